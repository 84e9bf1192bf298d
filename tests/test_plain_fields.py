"""Mark-up in fields, which readers would see as it was typed."""

from __future__ import annotations

import pytest

from site_builder.diagnostics import Location
from site_builder.plain_fields import marked
from tests.driver import SITE, entry, site


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("The *first* hearing", "*first*"),
        ("The **first** hearing", "**first**"),
        ("In “*Dabiq*”", "*Dabiq*"),
        ("The _first_ hearing", "_first_"),
        ("Called `x`", "`x`"),
        ("See [the other](entry:other).", "[the other](entry:other)"),
        ("See ![it](media/a.png).", "![it](media/a.png)"),
        ("It was said [@report, p. 2].", "[@report, p. 2]"),
        ("It was said [^1].", "[^1]"),
        ("See [[other]].", "[[other]]"),
        ("A <b>b</b>", "<b>"),
        ("A <br/> b", "<br/>"),
        ("A <!-- b -->", "<!--"),
        ("R&amp;D", "&amp;"),
        ("A&nbsp;b &#8211; c", "&nbsp;"),
        ("~~A~~ b", "~~A~~"),
        ("A \\*star\\*", "\\*"),
        ("# Hearing", "#"),
    ],
)
def test_what_is_meant_as_mark_up(text: str, typed: str) -> None:
    """Signs that Markdown or HTML would take, found with what stands between them."""
    assert marked(text) == typed


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4 is 2*3*4",
        "A 5* hotel and a 4* inn",
        "The first (*) and the last (*)",
        "the_file_name and _one",
        "`Abd al-Rahman and `Umar",
        "Mas`ud and Sa`d",
        "[sic] (later) and [Redacted]",
        "a < b > c, R&D, AT&T; <3",
        "<Ansar> said so",
        "#1 of the list, C#",
        "C:\\files",
        "***",
        "@report",
    ],
)
def test_what_is_none(text: str) -> None:
    """Honest signs are nobody's slip."""
    assert marked(text) == ""


def test_where_it_stands() -> None:
    """Each field is told once, with its line, in entries, pages, registries and in site.yaml; not what is withdrawn."""
    given = {
        "site.yaml": SITE + "description: A *test*\n",
        "entries/a.md": entry("summary: It was *said* and **heard** [@b].\nx_note: A *note*", title="A <b>"),
        "entries/b.md": entry("status: withdrawn", title="A *b*"),
        "pages/about.md": "---\ntitle: About *us*\n---\nText.\n",
        "glossary.yaml": "- id: a\n  term: A\n  definition: Not\n    *b*.\n",
        "sources/s.json": '[{"id": "s", "type": "book", "title": "The <i>Times</i> here"}]',
    }
    found = [one for one in site(given).report.diagnostics if one.code == "shown-as-typed"]
    assert [(one.location.path.removeprefix("content/"), one.location.line, one.message) for one in found] == [
        ("entries/a.md", 2, "readers see `<b>` as it is typed: `title` is plain text"),
        ("entries/a.md", 6, "readers see `*said*` as it is typed: `summary` is plain text"),
        ("glossary.yaml", 3, "readers see `*b*` as it is typed: `definition` is plain text"),
        ("pages/about.md", 2, "readers see `*us*` as it is typed: `title` is plain text"),
        ("site.yaml", SITE.count("\n") + 1, "readers see `*test*` as it is typed: `description` is plain text"),
    ]


def test_a_site_can_allow_it() -> None:
    """It is a check like others: a title that is so in the source can be excused."""
    allowed = "checks: {shown-as-typed: {allow: [{entry: a, reason: The title has stars., contains: '*b*'}]}}\n"
    built = site({"site.yaml": SITE + allowed, "entries/a.md": entry(title="A *b* and c")})
    assert "shown-as-typed" not in built.codes
    assert Location("content/entries/a.md", 2, 8) not in {one.location for one in built.report.diagnostics}
