from __future__ import annotations

import pytest

from site_builder.bodies import RECORDS, Body, Link, Notes
from site_builder.markup import parse


def html(text: str) -> str:
    """The body with its slots as `{notes}` and `{kind:id}`."""
    parts = []
    for part in parse(text).body.parts:
        if isinstance(part, Notes):
            parts.append("{" + "; ".join(", ".join(filter(None, cite)) for cite in part.cites) + "}")
        elif isinstance(part, Link):
            parts.append(f"{{{part.kind}:{part.id}}}")
        else:
            parts.append(part)
    return "".join(parts)


def faults(text: str) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.line, fault.column) for fault in parse(text).faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One *two* **three** `four`.", "<p>One <em>two</em> <strong>three</strong> <code>four</code>.</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("a\n\n    b", "<p>a</p>\n<pre><code>b\n</code></pre>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("---", "<hr>"),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    """The Markdown that authors were promised."""
    assert html(text) == expected


def test_table() -> None:
    """Tables, with the sides to which their columns are set."""
    assert html("| a | b |\n|---|--:|\n| 1 | 2 |") == (
        "<table>\n<thead>\n<tr>\n<th>a</th>\n"
        '<th class="align-right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n'
        '<td class="align-right">2</td>\n</tr>\n</tbody>\n</table>'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## One\n\n### Two", '<h2 id="one">One</h2>\n<h3 id="two">Two</h3>'),
        ("# One\n\n## Two\n\n# Three", '<h2 id="one">One</h2>\n<h3 id="two">Two</h3>\n<h2 id="three">Three</h2>'),
        ("# One\n\n###### Six", '<h2 id="one">One</h2>\n<h6 id="six">Six</h6>'),
        ("# A *b* `c`", '<h2 id="a-b-c">A <em>b</em> <code>c</code></h2>'),
        ("# One [@a]", '<h2 id="one">One {a}</h2>'),
        ("# Über", '<h2 id="uber">Über</h2>'),
        # Eight digits of the SHA-256 of the words in UTF-8, as sha256sum counts it: no other heading changes it.
        ("# One\n\n# الموصل", '<h2 id="one">One</h2>\n<h2 id="section-c59521ff">الموصل</h2>'),
    ],
)
def test_headings(text: str, expected: str) -> None:
    """Headings stand one level below the page's own, each with an anchor made of its words."""
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# C#", '<h2 id="c">C#</h2>'),
        ("## D ##", '<h2 id="d">D</h2>'),
        ("#1 was first", "<p>#1 was first</p>"),
        ("It came\n#1 in the list", "<p>It came\n#1 in the list</p>"),
    ],
)
def test_signs_of_headings(text: str, expected: str) -> None:
    """A space parts the sign of a heading from its words, as CommonMark has it, and from those that close it."""
    assert html(text) == expected


def test_strokes_that_break_lines() -> None:
    """A stroke at the end of a line begins a new one, as CommonMark has it, but in code and at the end of a text."""
    assert html("a\\\nb\\") == "<p>a<br>\nb\\</p>"
    assert html("    a\\\n    b") == "<pre><code>a\\\nb\n</code></pre>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A *b **c*d", "<p>A *b **c*d</p>"),
        ("A.\n\n*b **c*[d](entry:x) e**", '<p>A.</p>\n<p>*b **c*<a href="{entry:x}">d</a> e**</p>'),
    ],
)
def test_italic_and_bold_that_cross(text: str, shown: str) -> None:
    """No letter and no link is lost where they do not fit into each other; the paragraph is told."""
    assert html(text) == shown
    fault = parse(text).faults[0]
    assert (fault.code, fault.line) == ("shown-as-typed", text.count("\n") + 1)
    assert "cross each other" in fault.message


def test_italic_and_bold_that_do_not_cross() -> None:
    """One inside the other, and one behind the other, are what they are."""
    assert html("**a *b* c** *d*") == "<p><strong>a <em>b</em> c</strong> <em>d</em></p>"
    assert faults("**a *b* c** *d*") == []


def test_strokes_before_signs() -> None:
    """A stroke before a sign keeps it from being one, as CommonMark has it; before a letter it stays."""
    parsed = parse(r"\"a\" \<b\> R\&D \~ \[[c]] C:\d")
    assert parsed.body.parts == ("<p>“a” &lt;b&gt; R&amp;D ~ [[c]] C:\\d</p>",)
    assert parsed.faults == ()


def test_places_of_links() -> None:
    """Each of several links has its own place, also where one address stands twice, or begins another."""
    links = parse("entry:x [a](entry:xy) [b]( entry:x)\n[c](<entry:x>) and [d](entry:x)").links
    assert [(link.line, link.column) for link in links] == [(1, 13), (1, 28), (2, 6), (2, 24)]


def test_anchors_are_different() -> None:
    """Headings of the same words get different anchors."""
    anchors = parse("# A 3\n\n# A\n\n# A\n\n# A\n\n# !\n\n# Section 5").body.anchors
    assert len(set(anchors)) == len(anchors) == 6


def test_citations() -> None:
    """A citation is a slot with its keys and places, each key with its line and column in the text."""
    parsed = parse("One [@a].\n\nTwo [@b, p. 12; @c-2,  ch. 3 ].")
    assert html("One [@a].\n\nTwo [@b, p. 12; @c-2,  ch. 3 ].") == "<p>One {a}.</p>\n<p>Two {b, p. 12; c-2, ch. 3}.</p>"
    assert [(cite.key, cite.locator, cite.line, cite.column) for cite in parsed.citations] == [
        ("a", "", 1, 6),
        ("b", "p. 12", 3, 6),
        ("c-2", "ch. 3", 3, 17),
    ]
    assert parsed.body.keys == ("a", "b", "c-2")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`[@a]`", "<p><code>[@a]</code></p>"),
        ("`` `[@a]` ``", "<p><code>`[@a]`</code></p>"),
        ("    [@a]", "<pre><code>[@a]\n</code></pre>"),
        ("\\[@a]", "<p>[@a]</p>"),
    ],
)
def test_no_citation_in_code(text: str, shown: str) -> None:
    """In code, and after a stroke, a citation is the text that was typed, and cites nothing."""
    assert html(text) == shown
    assert parse(text).citations == ()


def test_citation_in_a_link_and_a_title() -> None:
    """A citation among the words of a link counts; one in its title is text."""
    parsed = parse('[See [@a]](entry:x) and [y](entry:y "[@b]")')
    assert parsed.body.keys == ("a",)


@pytest.mark.parametrize("text", ["[@ a]", "[@A b]", "[@a; b]", "[@a;; @b]", "[@ä]", "[@a--b]"])
def test_malformed_citations(text: str) -> None:
    """What begins like a citation and is none is told, and stays out of the page as a citation."""
    assert [code for code, _, _ in faults(text)] == ["citation-malformed"]
    assert parse(text).citations == ()


@pytest.mark.parametrize(
    "text", ["`[@ a]`", "``[@a p. 2] ` <b>``", "`[@ a]\n<b>`", "    [@ a]", '![b](media/a.png "[@ a]")']
)
def test_what_is_wrong_in_code_is_nobodys_slip(text: str) -> None:
    """An example of a mistake stops no build."""
    assert faults(text) == []


@pytest.mark.parametrize("text", ["[a@b.org]", "a@b", "[x] @y", "[@a", "(@a)", "[@]"])
def test_no_citation(text: str) -> None:
    """An address of mail, or an @ elsewhere, is text."""
    assert faults(text) == []
    assert parse(text).citations == ()


@pytest.mark.parametrize("kind", RECORDS)
def test_links_to_records(kind: str) -> None:
    """A link to a record is a slot, with its place in the text."""
    text = f"One\n[two]({kind}:x)"
    assert html(text) == f'<p>One\n<a href="{{{kind}:x}}">two</a></p>'
    assert [(link.kind, link.id, link.line) for link in parse(text).links] == [(kind, "x", 2)]


def test_picture() -> None:
    """A picture is a file of the site."""
    assert (
        html('![A "hill"](media/hill.png "T")')
        == '<p><img alt="A &quot;hill&quot;" src="{file:media/hill.png}" title="T"></p>'
    )


def test_outside_link_goes_alone() -> None:
    """A link to another site is told; should the site allow it, it says nothing of the reader."""
    assert faults("[a](https://example.org/)") == [("outside-link", 1, 5)]
    assert html("[a](https://example.org/)") == '<p><a href="https://example.org/" rel="noopener noreferrer">a</a></p>'


def test_years_that_look_like_lists() -> None:
    """A paragraph that begins with a year and a full stop is a paragraph, and the lead of its entry."""
    assert html("2014. June was bad.") == "<p>2014. June was bad.</p>"
    assert parse("2014. June was bad.").body.lead == "2014. June was bad."


def test_lead() -> None:
    """The first paragraph without its marks is the text for lists and feeds."""
    assert parse("# H\n\nOne *two* [@a], <b> & [three](entry:x) [@b].\n\nFour.").body.lead == "One two, <b> & three."
    assert parse("- only a list").body.lead == ""
    assert parse("![A hill](media/a.png)\n\nOne.").body.lead == "One."


def test_nothing() -> None:
    """An empty text is an empty body."""
    assert parse("").body == Body()


def test_one_text_leaves_nothing_behind() -> None:
    """What a text defines, and a text that cannot be read, change nothing in the next one."""
    before = parse("A [b](entry:c).\n\n- d")
    for odd in ("[b]: https://example.org", "- " * 600, "> " * 5000, "*[A]: x", "1. a\n\n    - b"):
        parse(odd)
    assert parse("A [b](entry:c).\n\n- d") == before
