from __future__ import annotations

from typing import Any

import pytest

from site_builder.artifacts import Page
from site_builder.bodies import Body, Link, Notes
from site_builder.diagnostics import Diagnostic
from site_builder.files import Inputs
from site_builder.looks import load_look
from site_builder.markup import parse
from site_builder.model import Site
from site_builder.rendering import Constants, Made, Press, page_key

SITE = Site("t", "A <title>", base_url="https://example.org/t/", scripts={"Arab": "ar"})
CONSTANTS = Constants(SITE, (("nav.home", "index.html"),), (), ())
WORDS = (
    b"nav: {home: Home}\nlist: {table: Table}\ndate: {year: '{year}'}\nn: {one: '{count} one', other: '{count} more'}\n"
)


def rendered(
    template: str, path: str = "entries/x.html", more: dict[str, bytes] | None = None, **values: Any
) -> Made | Diagnostic:
    files = {"templates/t.html": template.encode(), "templates/strings/en.yaml": WORDS, **(more or {})}
    look, findings = load_look(Inputs(files), "en")
    assert look, findings
    return Press(look, CONSTANTS).render(path, Page("t.html", values))


def text(template: str, path: str = "entries/x.html", **values: Any) -> str:
    made = rendered(template, path, **values)
    assert isinstance(made, Made), made
    return made.data.decode()


def fault(template: str, **values: Any) -> tuple[str, int, str]:
    found = rendered(template, **values)
    assert isinstance(found, Diagnostic)
    return (found.location.path, found.location.line, found.message)


@pytest.mark.parametrize("value", ["<script>", '" onload="', "{{ 7*7 }}", "&"])
def test_values_are_escaped(value: str) -> None:
    """Whatever a value holds is text in the page, and never a template."""
    shown = text('<p title="{{ value }}">{{ value }}</p>', value=value)
    assert "<script>" not in shown
    assert "49" not in shown
    assert 'onload="' not in shown


def test_links_are_noted() -> None:
    """Every address is relative to the page and noted where it is made."""
    made = rendered(
        '{{ url("index.html") }} {{ url("timeline.html#y2014") }} {{ url("entries/x.html#a") }} {{ anchor("b") }}'
    )
    assert isinstance(made, Made)
    assert made.data == b"../index.html ../timeline.html#y2014 #a b"
    assert made.links == "entries/x.html#a\nindex.html\ntimeline.html#y2014"
    assert made.anchors == "b"


def test_not_found_page() -> None:
    """The page for dead addresses links from the root, as it is served at any depth."""
    assert text('{{ url("index.html") }} {{ url("a.html#b") }}', "404.html") == "/t/ /t/a.html#b"


def test_body() -> None:
    """The slots of a body are filled with numbers and addresses of the page that shows it."""
    body = parse("A [@k, p. <3>; @l] and [b](entry:y) ![c](media/c d.png).").body
    assert text("{{ fill(body, {'k': 1, 'l': 2}) }}", body=body).startswith(
        '<p>A <sup class="cite">[<a href="#source-1">1, p. &lt;3&gt;</a>; <a href="#source-2">2</a>]</sup> '
        'and <a href="y.html">b</a>'
    )


def test_body_without_numbers() -> None:
    """Where there are no notes, a citation leads to the page of its source."""
    assert text("{{ fill(body) }}", body=parse("A [@k].").body) == (
        '<p>A <sup class="cite">[<a href="../sources/k.html">k</a>]</sup>.</p>'
    )


def test_tables_of_a_body_can_be_scrolled() -> None:
    """A table stands in a part with a name that the keyboard reaches, so that what is too wide can be scrolled."""
    page = text("{{ fill(body) }}", body=parse("| a |\n|---|\n| 1 |").body)
    assert page.startswith('<div class="scroller" role="group" aria-label="Table" tabindex="0"><table>')
    assert page.endswith("</table></div>")


def test_anchors_of_a_body() -> None:
    """The headings of a body are places of the page."""
    made = rendered("{{ fill(body) }}", body=parse("# One\n\n# Two").body)
    assert isinstance(made, Made)
    assert made.anchors == "one\ntwo"


def test_slots_are_escaped() -> None:
    """Not even a slot that was made by hand gets a quotation mark into an attribute."""
    body = Body(('<a href="', Link("file", 'x" onclick="y'), '">', Notes((("k", '<"'),))))
    assert 'onclick="' not in text("{{ fill(body) }}", body=body)


def test_notes() -> None:
    """The marks of citations of fields; none where there are none."""
    assert text("{{ fill(body) }}|", body=Body((Notes(()),))) == "|"


@pytest.mark.parametrize(
    ("value", "shown"), [(1234, "1,234"), (0, "0"), (12000000, "12,000,000"), (6.5, "6.5"), (6.0, "6")]
)
def test_numbers(value: float, shown: str) -> None:
    """Numbers have marks between their thousands, and no decimals that say nothing."""
    assert text("{{ number(value) }}", value=value) == shown


def test_words() -> None:
    """Words come from the strings of the language, with their numbers."""
    assert text('{{ t("nav.home") }} {{ t("n", count=1) }} {{ t("n", count=2) }}') == "Home 1 one 2 more"


def test_runs_of_arabic() -> None:
    """Runs of a script that the site names get their language and direction, in titles as well."""
    assert text("{{ plain(value) }}", value="A <أبو بكر> b") == 'A &lt;<span lang="ar" dir="rtl">أبو بكر</span>&gt; b'


def test_assets() -> None:
    """A static file is addressed by its fingerprint, which changes with its bytes."""
    first = rendered('{{ asset("a.css") }}', more={"templates/static/a.css": b"a{}"})
    second = rendered('{{ asset("a.css") }}', more={"templates/static/a.css": b"b{}"})
    assert isinstance(first, Made)
    assert isinstance(second, Made)
    assert first.data.startswith(b"../static/a.")
    assert first.data != second.data


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        ("\n\n{{ gone }}", 3, "'gone' is undefined"),
        ("\n{{ value.gone }}", 2, "has no attribute 'gone'"),
        ("\n{{ t('gone') }}", 2, "there is no text or value 'gone'"),
        ("{{ asset('gone.css') }}", 1, "there is no file templates/static/gone.css"),
        ("\n{% if %}", 2, "Expected an expression"),
        ("\n{% include 'gone.html' %}", 2, "there is no template `gone.html`"),
        ("\n{{ date(none) }}", 2, "AttributeError"),
        ("\n{{ 1 // 0 }}", 2, "ZeroDivisionError"),
        ("\n{{ value() }}", 2, "not callable"),
    ],
)
def test_faults_of_templates(template: str, line: int, words: str) -> None:
    """A fault of a template is told with its file and line, whatever kind of fault it is."""
    path, where, message = fault(template, value="x")
    assert (path, where) == ("templates/t.html", line)
    assert words in message
    assert message.startswith("the template cannot make entries/x.html: ")


def test_fault_in_a_part() -> None:
    """A fault is told where it stands, also in a part that the template includes."""
    found = rendered("{% include 'p.html' %}", more={"templates/p.html": b"\n\n{{ gone }}"})
    assert isinstance(found, Diagnostic)
    assert (found.location.path, found.location.line) == ("templates/p.html", 3)


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("templates/t.html", b"\xff", "not-utf-8"),
        ("templates/strings/en.yaml", b"a: [", "yaml-syntax"),
        ("templates/p.html", "a\u202eb".encode(), "hidden-character"),
    ],
)
def test_looks_that_cannot_be_read(path: str, data: bytes, code: str) -> None:
    """Templates and words are read as strictly as content."""
    look, findings = load_look(Inputs({"templates/strings/en.yaml": WORDS, path: data}), "en")
    assert look is None
    assert [item.code for item in findings] == [code]


@pytest.mark.parametrize("language", ["fr", "../en", "", "en/../en"])
def test_no_words(language: str) -> None:
    """A language without words is told, and no other file can be named by it."""
    look, findings = load_look(Inputs({"templates/strings/en.yaml": WORDS}), language)
    assert look is None
    assert [item.code for item in findings] == ["language-missing"]


def test_page_keys() -> None:
    """A page's key follows from all that it shows: the look and constants, its path, its template, its values."""
    keys = {
        page_key("base", "a.html", Page("t.html", {"x": 1})),
        page_key("other", "a.html", Page("t.html", {"x": 1})),
        page_key("base", "b.html", Page("t.html", {"x": 1})),
        page_key("base", "a.html", Page("u.html", {"x": 1})),
        page_key("base", "a.html", Page("t.html", {"x": 2})),
    }
    assert len(keys) == 5
    assert page_key("base", "a.html", Page("t.html", {"x": 1})) in keys


def test_shared_parts_are_made_once() -> None:
    """What pages share is rendered for the first of them; each notes its links and anchors as its own."""
    template = (
        '{% call shared("part", digest) %}{{ count.append(1) or count | length }} '
        '{{ url("timeline.html#a") }} {{ anchor("b") }}{% endcall %}'
    )
    files = {"templates/t.html": template.encode(), "templates/strings/en.yaml": WORDS}
    look, _ = load_look(Inputs(files), "en")
    assert look
    count: list[int] = []
    paths = ("years/1.html", "years/2.html", "index.html", "404.html")
    press = Press(look, CONSTANTS)
    made = [press.render(path, Page("t.html", {"digest": "d", "count": count})) for path in paths]
    assert [page.data for page in made if isinstance(page, Made)] == [
        b"1 ../timeline.html#a b",
        b"1 ../timeline.html#a b",
        b"2 timeline.html#a b",
        b"3 /t/timeline.html#a b",
    ]
    assert {(page.links, page.anchors) for page in made if isinstance(page, Made)} == {("timeline.html#a", "b")}


def test_a_shared_part_names_its_targets_from_the_root() -> None:
    """A part that many pages have is the same on all of them, also on the page that it leads to."""
    template = '{% call shared("part") %}{{ url("years/2.html#a") }}{% endcall %} {{ url("years/2.html#a") }}'
    made = [text(template, path) for path in ("years/1.html", "years/2.html")]
    assert made == ["../years/2.html#a 2.html#a", "../years/2.html#a #a"]


def test_a_place_of_the_page_itself_is_each_page_s_own() -> None:
    """A shared part that leads to a place of its page leads to that of each page that it stands on."""
    template = '{% call shared("part") %}{{ url("#source-1") }}{% endcall %}'
    files = {"templates/t.html": template.encode(), "templates/strings/en.yaml": WORDS}
    look, _ = load_look(Inputs(files), "en")
    assert look
    press = Press(look, CONSTANTS)
    made = [press.render(path, Page("t.html", {})) for path in ("years/1.html", "years/2.html")]
    assert [(page.data, page.links) for page in made if isinstance(page, Made)] == [
        (b"#source-1", "years/1.html#source-1"),
        (b"#source-1", "years/2.html#source-1"),
    ]
