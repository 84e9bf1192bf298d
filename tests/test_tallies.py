from __future__ import annotations

from site_builder import tallies
from site_builder.timeline import Timeline
from tests.driver import entry, timeline
from tests.sifting import FILES


def found() -> Timeline:
    return timeline(FILES)[0]


def test_whom_and_what_entries_name_most_often() -> None:
    """Records come by the number of entries that name them, without the one whose page it is."""
    all_of_it = found()
    told = [(tally.mention.label, tally.count) for tally in tallies.actors(all_of_it, all_of_it.entries)]
    assert told == [("The Front", 3), ("The Army", 2)]
    others = tallies.actors(all_of_it, all_of_it.by_actor["army"], but="army")
    assert [(tally.mention.label, tally.count) for tally in others] == [("The Front", 1)]
    where = tallies.places(all_of_it, all_of_it.entries)
    assert [(tally.mention.label, tally.count) for tally in where] == [("Mosul", 3), ("Sinjar", 1)]


def test_roles() -> None:
    """The parts in which an actor is named, the most frequent first; no particular part is none."""
    files = {
        "actors.yaml": "- {id: front, name: The Front}\n",
        "entries/a.md": entry("actor: {id: front, role: perpetrator}", date="2014-01-01"),
        "entries/b.md": entry("actor: {id: front, role: speaker}", date="2014-01-02"),
        "entries/c.md": entry("actor: [{id: front, role: perpetrator}, {id: front, role: speaker}]", date="2014-01-03"),
        "entries/d.md": entry("actor: {id: front, role: speaker}", date="2014-01-04"),
        "entries/e.md": entry("actor: front", date="2014-01-05"),
    }
    all_of_it, _ = timeline(files)
    assert tallies.roles(all_of_it.entries, "front") == (("speaker", 3), ("perpetrator", 2))


def test_names_in_use() -> None:
    """The names that entries use for an actor come in the order of their first use, with how often and when."""
    files = {
        "actors.yaml": "- {id: front, name: The Front, aliases: [{name: Old Front, from: 2000, to: 2005}]}\n",
        "entries/a.md": entry("actor: front", date="2001"),
        "entries/b.md": entry("actor: {id: front, name_used: Those Men}", date="2003"),
        "entries/c.md": entry("actor: front", date="2004"),
        "entries/d.md": entry("actor: front", date="2010"),
    }
    all_of_it, _ = timeline(files)
    used = tallies.names_used(all_of_it.records.actors["front"], all_of_it.entries)
    assert [(use.name, use.count, str(use.first), str(use.last)) for use in used] == [
        ("Old Front", 2, "2001", "2004"),
        ("Those Men", 1, "2003", "2003"),
        ("The Front", 1, "2010", "2010"),
    ]
    assert tallies.names_used(all_of_it.records.actors["front"], all_of_it.entries[3:]) == ()


def test_a_strip_where_it_helps() -> None:
    """A page gets a strip of its years from eight entries in three years on; its bars lead to its own anchors."""
    files = {f"entries/e{n}.md": entry("tags: t", date=str(2000 + 2 * (n % 3))) for n in range(8)}
    all_of_it, _ = timeline(files)
    bars = tallies.tempo(all_of_it, all_of_it.entries, "tags/t.html")
    assert [(bar.year, bar.total, bar.path) for bar in bars] == [
        (2000, 3, "tags/t.html#y2000"),
        (2001, 0, ""),
        (2002, 3, "tags/t.html#y2002"),
        (2003, 0, ""),
        (2004, 2, "tags/t.html#y2004"),
    ]
    assert tallies.tempo(all_of_it, all_of_it.entries[:7], "tags/t.html") == ()
    assert tallies.tempo(all_of_it, (all_of_it.entries[0],) * 9, "tags/t.html") == ()
