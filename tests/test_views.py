from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from site_builder import views
from site_builder.cards import Mention, full_name, name_at
from site_builder.dates import parse
from site_builder.edition import Edition
from site_builder.edition import edition as made
from site_builder.model import Actor, Named, Place
from tests.driver import SITE, entry, timeline, words


def edition(files: dict[str, str]) -> Edition:
    found, _ = timeline(files)
    return made(found, words())


def alias(name: str, start: str = "", end: str = "") -> Named:
    return Named(name, parse(start) if start else None, parse(end) if end else None)


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2001", "First"),
        ("2004-10-17", "Second"),
        ("2006", "Second"),
        ("2004-10-16", "First"),
        ("1998", "Now"),
        ("2020", "Now"),
        ("../2001-06-01", "First"),
    ],
)
def test_name_at(date: str, name: str) -> None:
    """An actor is called by the name that was valid at the date, else by its own."""
    actor = Actor(
        "a",
        "Now",
        aliases=(alias("Always"), alias("First", "1999", "2004-10-16"), alias("Second", "2004-10-17", "2006")),
    )
    assert name_at(actor, parse(date)) == name


def test_years_and_months() -> None:
    """Entries stand under year and month; what is not known to the month stands first; each month stands once."""
    dates = ["2014-06-01", "2014-22", "2014-06-10", "2014", "2014-07", "2015-01-01", "2014-06-05/2014-08"]
    found = edition({f"entries/e{n}.md": entry(date=date) for n, date in enumerate(dates)})
    years = views.years(found, found.timeline.entries)
    assert [(year.anchor, year.path, year.count) for year in years] == [
        ("y2014", "years/2014.html", 6),
        ("y2015", "years/2015.html", 1),
    ]
    assert [(month.anchor, month.month, [str(card.date) for card in month.cards]) for month in years[0].months] == [
        ("m2014-00", 0, ["2014", "2014-22"]),
        ("m2014-06", 6, ["2014-06-01", "2014-06-05/2014-08", "2014-06-10"]),
        ("m2014-07", 7, ["2014-07"]),
    ]


def test_strip_has_every_year() -> None:
    """The strip of years shows the empty ones, without a link."""
    found = edition(
        {"entries/a.md": entry(date="2012"), "entries/b.md": entry(date="2014"), "entries/c.md": entry(date="2014")}
    )
    bars = views.density(found.timeline)
    assert [(bar.year, bar.path, bar.total) for bar in bars] == [
        (2012, "timeline.html#y2012", 1), (2013, "", 0), (2014, "timeline.html#y2014", 2),
    ]  # fmt: skip


def test_levels() -> None:
    """Years and bars tell how many of their entries are key events, how many those and weighty ones, how many all."""
    weights = {"a": 1, "b": 2, "c": 2, "d": 3}
    found = edition({f"entries/{id}.md": entry(f"significance: {weight}") for id, weight in weights.items()})
    (year,), (bar,) = views.years(found, found.timeline.entries), views.density(found.timeline)
    assert (year.levels, bar.levels, views.levels(())) == ((1, 3, 4), (1, 3, 4), (0, 0, 0))


def test_long_strip() -> None:
    """A story of more than four hundred years shows only the years that have entries; an empty one none."""
    found = edition({"entries/a.md": entry(date="-0043"), "entries/b.md": entry(date="2014")})
    assert [bar.year for bar in views.density(found.timeline)] == [-43, 2014]
    assert views.density(edition({}).timeline) == ()


def test_bars_by_phase() -> None:
    """A bar tells how many of its entries are of which phase, in the order of the phases."""
    phase = "---\nlabel: {0}\nfrom: 1999\nto: ..\ncolour: amber\nshape: circle\norder: {1}\n---\n"
    files = {"phases/b.md": phase.format("B", 1), "phases/a.md": phase.format("A", 2)}
    files |= {f"entries/{n}.md": entry(f"phase: {id}") for n, id in enumerate("abb")}
    (bar,) = views.density(edition(files).timeline)
    assert [(mark and mark.id, count) for mark, count in bar.counts] == [("b", 2), ("a", 1)]


def test_card() -> None:
    """A card has the entry's names as they were, its sources by outlet, and its first paragraph for a summary."""
    files = {
        "entries/a.md": entry(
            "actor: {id: front, name_used: The Old, role: party}\n"
            "location: {id: mosul, precision: region, note: North}\n"
            "tags: [law, war]",
            source="r",
        ),
        "site.yaml": SITE + "tags: {law: Law, war: War}\n",
        "actors.yaml": "- {id: front, name: The Front}\n",
        "places.yaml": "- {id: mosul, name: Mosul}\n",
        "sources/a.yaml": "r: {title: R, container-title: The Paper, issued: 2014-06}\n",
    }
    (card,) = edition(files).cards.values()
    assert (card.summary, card.grade, card.disputed, card.retracted) == (
        "What happened.",
        "single-source",
        False,
        False,
    )
    assert card.actors == (Mention("The Old", "actors/front.html", "party"),)
    assert card.places == (Mention("Mosul", "places/mosul.html", "region", "North"),)
    assert card.sources == (Mention("The Paper", "sources/r.html", "independent", "2014"),)
    assert (card.actors[0].id, card.places[0].id, card.sources[0].id, card.tags) == (
        "front",
        "mosul",
        "r",
        ("law", "war"),
    )


def test_cards_differ_when_their_entries_do() -> None:
    """Whatever shows on a card changes its digest, by which pages know that they must be made again."""
    base = {
        "entries/a.md": entry("actor: front\nlocation: mosul\nphase: p", source="r"),
        "actors.yaml": "- {id: front, name: The Front}\n",
        "places.yaml": "- {id: mosul, name: Mosul}\n",
        "sources/a.yaml": "r: {title: R}\n",
        "phases/p.md": "---\nlabel: P\nfrom: 1999\nto: ..\ncolour: amber\nshape: circle\n---\n",
    }
    changed: list[dict[str, str]] = [
        {"entries/a.md": base["entries/a.md"].replace("Hearing", "Hearings")},
        {"entries/a.md": base["entries/a.md"].replace("What happened", "What came")},
        {"entries/a.md": base["entries/a.md"].replace("2020-09-17", "2020-09-18")},
        {"actors.yaml": "- {id: front, name: The Back}\n"},
        {"places.yaml": "- {id: mosul, name: Mossul}\n"},
        {"places.yaml": "- {id: mosul, name: Mosul, precision: exact}\n"},
        {"sources/a.yaml": "r: {title: R, publisher: Q}\n"},
        {"phases/p.md": base["phases/p.md"].replace("amber", "navy")},
    ]
    digests = {repr(edition({**base, **change}).cards["a"]) for change in [{}, *changed]}
    assert len(digests) == len(changed) + 1


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (Place("a", "Mosul", "Iraq"), "Mosul, Iraq"),
        (Place("a", "Iraq", "Iraq"), "Iraq"),
        (Place("a", "Mosul"), "Mosul"),
    ],
)
def test_full_name(place: Place, name: str) -> None:
    """A place is named with its country, unless it is the country."""
    assert full_name(place) == name


@pytest.mark.parametrize(
    ("given", "url", "archived"),
    [({}, "https://example.org/", 1), ({"no_link": True}, "", 0), ({"perspective": "perpetrator"}, "", 0)],
)
def test_links_to_perpetrators(given: dict[str, Any], url: str, archived: int) -> None:
    """No link leads to what perpetrators publish, nor to copies of it."""
    found, _ = timeline(
        {"sources/a.yaml": "r: {title: R, url: https://example.org/, archived: [{url: https://archive.example/}]}\n"}
    )
    shown = views.reference(found, replace(found.records.sources["r"], **given))
    assert (shown.url, len(shown.archived)) == (url, archived)
