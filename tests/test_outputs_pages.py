from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from site_builder.artifacts import Later, Page
from site_builder.edition import edition
from site_builder.outputs import OUTPUTS
from site_builder.rendering import put_together
from tests.driver import entry, site, timeline, words

PHASE = "---\nlabel: {0}\nfrom: 1999\nto: {1}\ncolour: amber\nshape: circle\norder: {2}\n---\nIntro [@r].\n"
FILES = {
    "entries/a.md": entry(
        "phase: one\nactor: front\nlocation: mosul\ntags: [b, a]\nsignificance: 1\n"
        "related: {id: b, relation: precedes}",
        "A [@s].\n", date="2014-01", source="{source: r, locator: p. 3, supports: indirect}",
    ),
    "entries/b.md": entry(
        "phase: two\nactor: front\nclaims: {by: band, stance: asserts, about: event, statement: S}\n"
        "control: {place: mosul, holder: front, change: taken, cites: ['r, p. 1']}", date="2014-02", source="r"),
    "entries/c.md": entry("phase: one\nrelated: w", date="2015", source="r"),
    "entries/w.md": entry("status: withdrawn"),
    "phases/one.md": PHASE.format("One", "2014", 1),
    "phases/two.md": PHASE.format("Two", "..", 2),
    "actors.yaml": "- {id: front, name: The Front, kind: group, succeeds: [{id: band, date: 2000}]}\n"
    "- {id: band, name: A Band}\n- {id: state, name: A State, kind: state}\n",
    "places.yaml": "- {id: mosul, name: Mosul, country: Iraq}\n- {id: raqqa, name: Raqqa, country: Syria}\n"
    "- {id: sea, name: The Sea}\n",
    "sources/s.yaml": "r: {title: R, publisher: Zeta}\ns: {title: S, container-title: alpha}\nu: {title: U}\n",
    "glossary.yaml": "- {id: t, term: Term, definition: D, see: [a, front, u], cites: [s]}\n"
    "- {id: u, term: another, definition: D, cites: [r, s]}\n",
    "pages/about.md": "---\ntitle: About\n---\nA [@s] [@r].\n",
}  # fmt: skip


def pages(files: Mapping[str, str] = FILES) -> dict[str, Mapping[str, Any]]:
    """The values of every page, by path."""
    found, findings = timeline(files)
    assert [item.message for item in findings if item.severity == "error"] == []
    material = edition(found, words())
    made = [artifact for output in OUTPUTS for artifact in output.make(material)]
    assert len({artifact.path for artifact in made}) == len(made)
    return {item.path: put_together(item.recipe).values for item in made if isinstance(item.recipe, Page | Later)}


def test_neighbours() -> None:
    """An entry leads to the one before and after it, in time and in its phase."""
    made = pages()
    found = {id: {thread.kind: thread for thread in made[f"entries/{id}.html"]["threads"]} for id in "abc"}
    in_time = [found[id]["time"] for id in "abc"]
    assert [thread.previous and thread.previous.path for thread in in_time] == [
        None,
        "entries/a.html",
        "entries/b.html",
    ]
    assert [thread.next and thread.next.path for thread in in_time] == ["entries/b.html", "entries/c.html", None]
    assert found["a"]["phase"].next.path == "entries/c.html"
    assert "phase" not in found["b"]


def test_references() -> None:
    """The sources of an entry are numbered as a reader meets them, each with its place and weight there."""
    found = pages()["entries/a.html"]
    assert [(source.number, source.id, source.locators, source.supports) for source in found["references"]] == [
        (1, "s", (), "direct"), (2, "r", ("p. 3",), "indirect"),
    ]  # fmt: skip
    assert found["numbers"] == {"s": 1, "r": 2}


def test_claimants_and_holders() -> None:
    """Who claims and who holds is named, and leads to a page that is there."""
    made = pages()
    found = made["entries/b.html"]
    (claim,), (control,) = found["claims"], found["control"]
    assert (claim.by.label, claim.by.path) == ("A Band", "actors/band.html")
    assert (control.place.label, control.holder.label, control.change, control.notes) == (
        "Mosul, Iraq",
        "The Front",
        "taken",
        (("r", "p. 1"),),
    )
    assert claim.by.path in made


def test_related() -> None:
    """A related entry is named by its title, a withdrawn one only by its id."""
    made = pages()
    assert [(item.label, item.path, item.note) for item in made["entries/a.html"]["related"]] == [
        ("Hearing", "entries/b.html", "precedes")
    ]
    assert [item.label for item in made["entries/c.html"]["related"]] == ["w"]
    assert made["entries/w.html"] == {"id": "w"}


def test_home() -> None:
    """The home page has the phases with their counts, the key events, the latest changes and the totals."""
    found = pages()["index.html"]
    assert [(phase.mark.label, phase.count, phase.to and str(phase.to)) for phase in found["phases"]] == [
        ("One", 2, "2014"),
        ("Two", 1, None),
    ]
    assert [card.id for card in found["key_cards"]] == ["a"]
    assert len(found["latest"]) == 3
    totals = found["totals"]
    assert (totals.entries, totals.sources, totals.actors, totals.places, totals.voices) == (3, 2, 1, 1, 2)


def test_latest_are_five() -> None:
    """Of the latest changes the home page has five."""
    files = {f"entries/{n}.md": entry(published=f"2026-01-0{n}") for n in range(1, 8)}
    assert [item.path for item in pages(files)["index.html"]["latest"]] == [
        f"entries/{n}.html" for n in (7, 6, 5, 4, 3)
    ]


def test_key_events_are_forty() -> None:
    """Of more than forty key events the home page has the first forty, says so, and leads to all of them."""

    def home(last: int) -> str:
        files = {f"entries/{year}.md": entry("significance: 1", date=f"'{year}'") for year in range(1901, last + 1)}
        return site(files, look="real").html("index.html")

    assert "timeline.html?level=key" not in home(1940)
    page = home(1941)
    assert re.findall(r'<h3><a href="entries/(\d+)\.html"', page) == [str(year) for year in range(1901, 1941)]
    assert "The first 40 of them:" in page
    assert re.search(r'timeline\.html\?level=key">All 41 key events', page)


def test_years() -> None:
    """Each year has a page that leads to the one before and after it."""
    made = pages()
    assert made["years/2014.html"]["previous"] is None
    assert made["years/2014.html"]["next"] == (2015, "years/2015.html")
    assert made["years/2015.html"]["previous"] == (2014, "years/2014.html")


def test_phase() -> None:
    """A phase has its introduction with its sources, and its entries."""
    found = pages()["phases/one.html"]
    assert found["numbers"] == {"r": 1}
    assert found["count"] == 2


def test_actors() -> None:
    """Actors are grouped by kind, every one with a page, a span of entries, and its line."""
    made = pages()
    groups = {kind: [item.mention.label for item in items] for kind, items in made["actors.html"]["groups"]}
    assert groups == {"group": ["The Front"], "organisation": ["A Band"], "state": ["A State"]}
    assert list(groups) == ["group", "organisation", "state"]
    item = made["actors.html"]["groups"][0][1][0]
    assert (item.count, str(item.first), str(item.last)) == (2, "2014-01", "2014-02")
    before, itself = made["actors/front.html"]["line"]
    assert (before.mention.path, str(before.end), itself.here) == ("actors/band.html", "2000", True)
    assert made["actors/state.html"]["count"] == 0


def test_who_held_a_place() -> None:
    """A place tells the changes of hands that entries record there, each with its entry."""
    (held,) = pages()["places/mosul.html"]["held"]
    assert (str(held.date), held.change, held.holder.label, held.path) == (
        "2014-02",
        "taken",
        "The Front",
        "entries/b.html",
    )
    assert pages()["places/raqqa.html"]["held"] == ()


def test_phases_lead_on() -> None:
    """A phase names its key events, and the phases before and after it."""
    made = pages()
    one, two = made["phases/one.html"], made["phases/two.html"]
    assert [card.id for card in one["key"]] == ["a"]
    assert (one["previous"], one["next"].label, two["previous"].label, two["next"]) == (None, "Two", "One", None)


def test_places() -> None:
    """Places are grouped by country, those of none last."""
    groups = [(country, [item.mention.label for item in items]) for country, items in pages()["places.html"]["groups"]]
    assert groups == [("Iraq", ["Mosul"]), ("Syria", ["Raqqa"]), ("", ["The Sea"])]


def test_sources() -> None:
    """Sources are grouped by outlet, whatever its case, those without one last; each says how much rests on it."""
    groups = [
        (group.name, [(item.source.id, item.count, item.alone) for item in group.items], group.entries, group.alone)
        for group in pages()["sources.html"]["groups"]
    ]
    assert groups == [
        ("alpha", [("s", 1, 0)], 1, 0), ("Zeta", [("r", 3, 2)], 3, 2), ("", [("u", 0, 0)], 0, 0),
    ]  # fmt: skip


def test_tags() -> None:
    """Tags are listed by their labels; each has its page."""
    made = pages({**FILES, "site.yaml": "id: t\ntitle: T\ntags: {a: Zebra, b: apple}\n"})
    assert [item.mention.label for item in made["tags.html"]["items"]] == ["apple", "Zebra"]
    assert made["tags/a.html"]["label"] == "Zebra"


def test_glossary() -> None:
    """Terms are sorted by their words; what they lead to is named, sources are numbered over the whole page."""
    found = pages()["glossary.html"]
    assert [view.term.id for view in found["terms"]] == ["u", "t"]
    assert [(item.label, item.path) for item in found["terms"][1].see] == [
        ("Hearing", "entries/a.html"), ("The Front", "actors/front.html"), ("another", "glossary.html#u"),
    ]  # fmt: skip
    assert found["numbers"] == {"r": 1, "s": 2}


def test_own_page() -> None:
    """An author's page has its sources numbered in its own order."""
    assert pages()["about.html"]["numbers"] == {"s": 1, "r": 2}


def test_outputs_without_data() -> None:
    """A site without data has the three pages that every site has."""
    assert sorted(pages({})) == ["404.html", "index.html", "timeline.html"]


def test_an_old_address_leads_to_the_new_one() -> None:
    """An alias is a page that sends its visitors on, without a script, and stands in no sitemap."""
    files = {"entries/2020/hearing.md": entry("aliases: [old-hearing]")}
    made = site(files, look="real", base_url="https://example.org/").files
    assert b'content="0; url=hearing.html"' in made["entries/old-hearing.html"]
    assert b"old-hearing" not in made["sitemap.xml"]


def test_an_entry_that_moved_twice() -> None:
    """Every old address leads at once to the newest, and search engines are told of the newest only."""
    built = site({"entries/c.md": entry("aliases: [a, b]")}, look="real", base_url="https://example.org/x/")
    for old in ("entries/a.html", "entries/b.html"):
        assert 'content="0; url=c.html"' in built.html(old)
        assert '<link rel="canonical" href="https://example.org/x/entries/c.html">' in built.html(old)
        assert '<a href="c.html">Hearing</a>' in built.html(old)
