from __future__ import annotations

from typing import Any

import pytest

from site_builder.edition import edition
from site_builder.ledger import Quality, by_year, quality
from site_builder.outputs.evidence import HEIGHT, OUTPUT
from tests.driver import entry, real_look, site, timeline, words

SOURCES = """\
paper: {title: P, publisher: Paper, url: "https://example.org/p", archived: {url: "https://example.org/a"}}
radio: {title: R, publisher: Radio, url: "https://example.org/r"}
book: {title: B, publisher: Book}
state: {title: S, publisher: State, perspective: state, url: "https://example.org/s"}
army: {title: A, publisher: Army, perspective: party-to-conflict}
group: {title: G, publisher: Group, perspective: perpetrator, url: "https://example.org/g"}
wiki: {title: W, publisher: Wiki, perspective: encyclopedia}
"""


def of(source: str, more: str = "") -> Quality:
    """How an entry with these sources counts."""
    found, _ = timeline({"entries/a.md": entry(more, source=source), "sources/s.yaml": SOURCES})
    return quality(found, found.entries)


@pytest.mark.parametrize(
    ("source", "one_voice", "one_sided"),
    [
        ("paper", 1, 0),
        ("[paper, radio]", 0, 0),
        ("state", 1, 1),
        ("[state, army, group]", 0, 1),
        ("[state, wiki]", 0, 0),
        ("[state, {source: paper, supports: indirect}]", 0, 0),
        ("[state, {source: paper, supports: contradicts}]", 1, 1),
        ("{source: paper, supports: contradicts}", 1, 0),
    ],
)
def test_voices_and_sides(source: str, one_voice: int, one_sided: int) -> None:
    """One voice or none; sides alone where only states', parties' or perpetrators' sources support the entry."""
    found = of(source)
    assert (found.one_voice, found.one_sided) == (one_voice, one_sided)


@pytest.mark.parametrize(
    ("source", "unkept", "partly"),
    [
        ("paper", 0, 0),
        ("radio", 1, 0),
        ("[paper, radio]", 0, 1),
        ("[radio, state]", 1, 0),
        ("book", 0, 0),
        ("[radio, book]", 1, 0),
        ("group", 0, 0),
        ("[paper, {source: radio, supports: contradicts}]", 0, 0),
    ],
)
def test_pages_without_a_copy(source: str, unkept: int, partly: int) -> None:
    """Only web pages that the site leads to need a copy, and only those that support the entry."""
    found = of(source)
    assert (found.unkept, found.partly_kept) == (unkept, partly)


def test_a_retracted_entry_counts_by_its_grade_alone() -> None:
    """A retracted entry says nothing any more, so that nothing rests on its sources."""
    found = of("radio", "status: retracted")
    assert (found.total, found.grades) == (1, (1, 0, 0, 0, 0))
    assert (found.one_voice, found.one_sided, found.unkept) == (0, 0, 0)


FILES = {
    "entries/a.md": entry(date="2010", source="[paper, radio]"),
    "entries/b.md": entry(date="2010-05", source="state"),
    "entries/c.md": entry(date="2012", source="[paper, state]"),
    "sources/s.yaml": SOURCES,
}


def test_years() -> None:
    """Every year from the first to the last, the empty ones too, each with the way to its page if it has one."""
    found, _ = timeline(FILES)
    assert [(year.year, year.path, year.total, year.grades) for year in by_year(found)] == [
        (2010, "years/2010.html", 2, (0, 0, 1, 0, 1)),
        (2011, "", 0, (0, 0, 0, 0, 0)),
        (2012, "years/2012.html", 1, (0, 0, 0, 1, 0)),
    ]


def test_a_very_long_story() -> None:
    """Where the years are thousands, only those with entries are told."""
    found, _ = timeline({"entries/a.md": entry(date="-0500"), "entries/b.md": entry(date="2014")})
    assert [year.year for year in by_year(found)] == [-500, 2014]


def page(files: dict[str, str]) -> dict[str, Any]:
    found, _ = timeline(files)
    (artifact,) = OUTPUT.make(edition(found, words()))
    return dict(artifact.recipe.values)  # type: ignore[union-attr]


def test_bars() -> None:
    """The parts of a bar stand on each other; the longest bar has the full height; an empty year keeps its place."""
    grades = page(FILES)["panels"][0]
    first, second = grades.columns
    assert [(piece.look, piece.top, piece.height) for piece in first.pieces] == [
        ("corroborated", HEIGHT / 2, HEIGHT / 2),
        ("single-source", 0, HEIGHT / 2),
    ]
    assert (first.ghost.height, second.ghost.height) == (HEIGHT, HEIGHT / 2)
    assert (first.at, second.at) == (0, 66.667)


def test_only_looks_that_are_drawn_are_explained() -> None:
    """A grade that no entry has is not in the key of the drawing."""
    assert [panel.looks for panel in page(FILES)["panels"]] == [
        ("corroborated", "reported", "single-source"), ("weak",), ("weak",), ("weak", "partly"),
    ]  # fmt: skip


def test_the_page() -> None:
    """The page prints its definitions, says each panel in words, and leads from each year to its page."""
    text = site(FILES, look="real").html("evidence.html")
    assert "1 of 3: on one voice or none." in text
    assert "All sources that support the entry have one origin" in text
    assert text.count('href="years/2010.html"') == 5  # the table, and below each of the four panels
    assert 'href="years/2011.html"' not in text


@pytest.mark.parametrize("files", [{}, {"sources/s.yaml": SOURCES}, {"entries/a.md": entry(source="")}])
def test_no_page_without_evidence(files: dict[str, str]) -> None:
    """A site without entries, or without sources, has no such page."""
    assert "evidence.html" not in site(files).files


@pytest.mark.parametrize("own", ["evidence.css", "ledger.css"])
def test_weight(own: str) -> None:
    """The style sheets of these pages are at most 30 KB together."""
    sizes = [len(real_look()[f"templates/static/{name}"]) for name in ("site.css", own)]
    assert sum(sizes) <= 30_000
