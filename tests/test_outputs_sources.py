from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from site_builder.artifacts import Later, Page
from site_builder.edition import edition
from site_builder.outputs.sources import OUTPUT
from site_builder.rendering import put_together
from tests.driver import entry, site, timeline, words

SOURCES = """\
wire: {title: The wire, container-title: Paper, origin: ap, kind: news, perspective: state, issued: 2014-06-11}
copy: {title: A copy, container-title: Another, origin: ap, kind: news}
own: {title: Its own, publisher: associated press, kind: Leaflets}
radio: {title: Radio, container-title: Radio, kind: news, url: "https://example.org/r"}
tape:
  {title: Tape, publisher: Studio, perspective: perpetrator, url: "https://example.org/tape",
   archived: {url: "https://example.org/copy"}}
kept: {title: Kept, publisher: House, url: "https://example.org/h", no_link: true}
plain: {title: Plain, publisher: Plain}
"""
FILES = {
    "site.yaml": "id: test\ntitle: A test\nbase_url: https://example.org/t/\norigins: {ap: Associated Press}\n",
    "entries/a.md": entry(
        "claims: {by: Police, stance: asserts, about: toll, statement: S, cites: ['wire, p. 2']}\n"
        "casualties: {harm: killed, by: army, best: 3, cites: [wire]}\n"
        "control: {place: mosul, holder: army, change: taken, cites: [wire]}\n",
        "It happened [@wire, p. 1; @radio].\n", date="2014-01",
        source="{source: wire, locator: p. 1, supports: indirect}",
    ),
    "entries/b.md": entry(date="2014-02", source="wire"),
    "entries/c.md": entry(date="2014-03", source="[wire, copy, own]"),
    "entries/e.md": entry("status: retracted", date="2014-05", source="wire"),
    "entries/d.md": entry(date="2014-04", source="[radio, {source: wire, supports: contradicts}]"),
    "actors.yaml": "- {id: army, name: The Army}\n",
    "places.yaml": "- {id: mosul, name: Mosul}\n",
    "sources/s.yaml": SOURCES,
    "glossary.yaml": "- {id: t, term: Term, definition: D, cites: [wire]}\n",
    "pages/about.md": "---\ntitle: About\n---\nA [@wire].\n",
    "series/n.yaml": "title: Number\npoints: [{date: 2014, value: 1, estimator: X, cites: [wire, wire]}]\n",
}  # fmt: skip


def pages(files: Mapping[str, str] = FILES) -> dict[str, Mapping[str, Any]]:
    found, _ = timeline(files)
    made = OUTPUT.make(edition(found, words()))
    return {item.path: put_together(item.recipe).values for item in made if isinstance(item.recipe, Page | Later)}


def test_what_rests_on_a_source() -> None:
    """Every entry that cites it, with how it supports the entry, where in the source, and whether nothing else does."""
    found = pages()["sources/wire.html"]["uses"]
    assert [(use.card.id, use.supports, use.locators, use.alone) for use in found] == [
        ("a", "indirect", ("p. 1", "p. 2"), ""),
        ("b", "direct", (), "source"),
        ("c", "direct", (), "voice"),
        ("d", "contradicts", (), ""),
        ("e", "direct", (), ""),
    ]


def test_what_cites_it_in_an_entry() -> None:
    """Text, claims, figures and changes of control that cite it are named, and lead to their place in the entry."""
    found = pages()["sources/wire.html"]["uses"][0].parts
    assert [(part.kind, part.path, part.about, part.who and part.who.label) for part in found] == [
        ("text", "entries/a.html", "", None),
        ("claim", "entries/a.html#claims_", "toll", "Police"),
        ("toll", "entries/a.html#tolls_", "killed", "The Army"),
        ("control", "entries/a.html#control_", "taken", "The Army"),
    ]
    assert found[3].place.label == "Mosul"


def test_what_cites_it_elsewhere() -> None:
    """Pages, terms and figures that cite it are named once each."""
    found = pages()["sources/wire.html"]["elsewhere"]
    assert [(item.label, item.note) for item in found] == [("About", "page"), ("Term", "term"), ("Number", "series")]


def test_records_of_one_voice() -> None:
    """A source names the other records of its voice, also of a publisher that has the origin's name."""
    made = pages()
    found = made["sources/wire.html"]
    assert (found["voice"], found["others"]) == ("Associated Press", 2)
    assert [item.label for item in found["same"]] == ["A copy", "Its own"]
    groups = [(group.name, len(group.items), group.alone) for group in made["sources-by-voice.html"]["groups"]]
    assert groups[0] == ("Associated Press", 3, 2)
    assert found["voice_path"] == "sources-by-voice.html#group_1"


def test_a_voice_of_many_records() -> None:
    """Of a voice with many records each page tells the number and leads to the list of all."""
    sources = "".join(f"s{n}: {{title: T{n}, origin: ap}}\n" for n in range(9))
    found = pages({"sources/s.yaml": sources})["sources/s0.html"]
    assert (found["others"], found["same"]) == (8, ())
    assert site({"sources/s.yaml": sources, "entries/a.md": entry(source="s0")}, look="real").report.ok


def test_why_no_link_is_given() -> None:
    """A source without a link says whether it is the perpetrators', the editors' wish, or has no address."""
    made = pages()
    reasons = {id: made[f"sources/{id}.html"]["unlinked"] for id in ("radio", "tape", "kept", "plain")}
    assert reasons == {"radio": "", "tape": "perpetrator", "kept": "wanted", "plain": "unknown"}
    text = site(FILES, look="real").html("sources/tape.html")
    assert "this site leads nobody there" in text
    assert "example.org/tape" not in text
    assert "example.org/copy" not in text


def test_kinds() -> None:
    """By kind: those with a name in the interface under it, others under their author's, those of none last."""
    groups = [
        (group.name, len(group.items), group.entries, group.alone)
        for group in pages()["sources-by-kind.html"]["groups"]
    ]
    assert groups == [("Leaflets", 1, 1, 1), ("News", 3, 5, 3), ("", 3, 0, 0)]


def test_letters() -> None:
    """The letters lead to the first outlet of each; names without an ASCII letter stand under their own."""
    sources = "".join(
        f"s{n}: {{title: T, publisher: {name}}}\n" for n, name in enumerate(["Beta", "alpha", "7 Days", "Été", "bee"])
    )
    found = pages({"sources/s.yaml": sources})["sources.html"]
    assert found["letters"] == (("0–9", 1), ("A", 2), ("B", 3), ("É", 5))


@pytest.mark.parametrize("entries", [{}, {"entries/a.md": entry("status: draft", source="r")}])
def test_sources_before_the_first_entry(entries: dict[str, str]) -> None:
    """A site whose sources are there before its first entry is out is built, and leads to no page about its entries."""
    built = site({"sources/a.yaml": "r: {title: R}\n", **entries}, look="real")
    assert built.report.ok, built.messages
    for path in ("sources.html", "sources-by-voice.html", "sources-by-kind.html"):
        assert "evidence.html" not in built.html(path)
    there = site({"sources/a.yaml": "r: {title: R}\n", "entries/a.md": entry(source="r")}, look="real")
    assert 'href="evidence.html"' in there.html("sources.html")


def test_a_page_for_readers() -> None:
    """On the page: the voice, the reading, what is cited for what; and the way back from the index."""
    made = site(FILES, look="real")
    page = made.html("sources/wire.html")
    for words_ in (
        "Associated Press",
        "the number killed, according to The Army",
        "Mosul taken by The Army",
        "p. 1; p. 2",
    ):
        assert words_ in page
    assert 'href="sources/wire.html"' in made.html("sources.html")
    assert 'href="sources/wire.html"' in made.html("sources-by-kind.html")
