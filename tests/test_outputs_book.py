from __future__ import annotations

from typing import Any

import pytest

from site_builder.bodies import Body
from site_builder.outputs import book
from tests.driver import entry, site
from tests.outline import read

PHASE = "---\nlabel: {0}\nfrom: 1999\nto: ..\ncolour: {1}\nshape: circle\norder: {2}\n---\n{3}\n"
FILES = {
    "entries/a.md": entry("phase: loss", "## Part\n\nAfter [@r].\n", title="Last", date="2016", source="r"),
    "entries/b.md": entry(
        "phase: rise\nactor: {id: front, role: party}\nlocation: mosul\ndate_note: Said late.\n"
        "claims: {by: front, stance: denies, about: event, basis: claimed, statement: Not so, made_on: 2015,"
        " cites: [s]}\n"
        "casualties: {harm: killed, group: guards, min: 3, by: front, cites: ['r, p. 7']}\n"
        "control: {place: mosul, holder: front, change: taken, cites: [s]}\n"
        "revisions: {date: 2026-02-01, kind: correction, summary: A day was wrong.}",
        "## Part\n\nFirst [@s, p. 2; @r].\n", title="First", date="2014-06-10", source="t",
    ),
    "phases/loss.md": PHASE.format("Loss", "navy", 2, "Then [@q]."),
    "phases/rise.md": PHASE.format("Rise", "amber", 1, "At first [@r]."),
    "actors.yaml": "- {id: front, name: The Front}\n",
    "places.yaml": "- {id: mosul, name: Mosul}\n",
    "sources/s.yaml": "q: {title: Q}\nr: {title: R, url: 'https://example.org/r', archived: [{url: 'https://a.example/r'}]}\n"
    "s: {title: S, url: 'https://example.org/s', perspective: perpetrator}\nt: {title: T}\nu: {title: Unused}\n",
    "glossary.yaml": "- {id: t, term: Term, definition: A word., cites: [t]}\n",
    "pages/method.md": "---\ntitle: How\n---\n## Rule\n\nSo.\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def page() -> Any:
    return read(site(FILES, look="real").files["print.html"])


def text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def of_class(root: Any, tag: str, name: str) -> list[Any]:
    return [element for element in root.iter(tag) if name in (element.get("class") or "").split()]


def test_order(page: Any) -> None:
    """Chapters are the phases in their order; in them years and entries in the order of dates, numbered through."""
    headings = [text(element) for element in page.iter() if element.tag in ("h2", "h3", "h4")]
    assert headings == [
        "Contents", "Rise", "2014", "First", "Loss", "2016", "Last", "Glossary", "How", "Rule", "Sources",
    ]  # fmt: skip
    assert [text(number) for number in of_class(page, "span", "book-number")] == ["No. 1", "No. 2"]


def test_numbers_through_the_book(page: Any) -> None:
    """A source has one number, that of its first mention: r and then, in the first entry, s and t; q comes later."""
    (listed,) = of_class(page, "ol", "book-sources")
    assert [(item.get("value"), text(item.find("cite"))) for item in listed] == [
        ("1", "R"), ("2", "S"), ("3", "T"), ("4", "Q"),
    ]  # fmt: skip
    first, last = of_class(page, "article", "book-entry")
    assert [text(note) for note in of_class(first, "sup", "cite")] == [
        "[2, p. 2; 1]",
        "[2]",
        "[1, p. 7]",
        "[2]",
        "[2; 1; 3]",
    ]
    assert [text(note) for note in of_class(last, "sup", "cite")] == ["[1]", "[1]"]


def test_every_address_in_letters(page: Any) -> None:
    """Each address of a source stands there as text, but none of what the group itself published."""
    (listed,) = of_class(page, "ol", "book-sources")
    assert [text(link) for link in listed.iter("a")] == ["https://example.org/r", "https://a.example/r"]


def test_entries_in_full(page: Any) -> None:
    """An entry has its text, claims, figures, control, actors, remarks, evidence and corrections."""
    first = text(of_class(page, "article", "book-entry")[0])
    for words in (
        "No. 1 10 June 2014 Mosul (in or near)", "First [2, p. 2; 1].",
        "The Front denies (claimed): Not so[2] dated 2015",
        "Killed (guards): at least 3 – The Front[1, p. 7]", "Mosul taken by The Front[2]",
        "The Front (party to the fighting)", "Said late.", "Evidence: Contested, 2 voices.",
        "correction: A day was wrong.",
    ):  # fmt: skip
        assert words in first


def test_headings_inside_texts(page: Any) -> None:
    """Headings of a text lie below that of its entry, and the same heading in two entries has two anchors."""
    parts = [
        (element.tag, element.get("id")) for element in page.iter() if text(element) == "Part" and element.get("id")
    ]
    assert parts == [("h5", "b_part"), ("h5", "a_part")]


def test_lowered() -> None:
    """No heading gets below the sixth level; links within a text still meet their headings."""
    body = Body(('<h4 id="x">X</h4><a href="#x">x</a>', "</h2>"), "lead", ("x",))
    assert book.lowered(body, "e", 3) == Body(('<h6 id="e_x">X</h6><a href="#e_x">x</a>', "</h5>"), "lead", ("e_x",))


def test_not_for_search_engines(page: Any) -> None:
    """The book says again what the pages say, so it asks not to be indexed and is in no sitemap."""
    built = site(FILES, look="real")
    assert '<meta name="robots" content="noindex">' in built.html("print.html")
    assert "print.html" not in built.html("sitemap.xml")
    assert "search.html" not in built.html("sitemap.xml")


@pytest.mark.parametrize(("longest", "made"), [(2, True), (1, False)])
def test_longest(longest: int, made: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too long for one document has none, and no page leads to it; nor has a site without an entry."""
    monkeypatch.setattr(book, "LONGEST", longest)
    built = site(FILES, look="real")
    assert built.report.ok
    assert ("print.html" in built.files, "print.html" in built.html("index.html")) == (made, made)
    assert "print.html" not in site({}, look="real").files
