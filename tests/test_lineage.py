from __future__ import annotations

from site_builder.lineage import Lines
from tests.driver import entry, timeline

ACTORS = """\
- {id: a, name: A, active_from: 1999, succeeded_by: [{id: b, date: 2004-10}]}
- {id: b, name: B}
- {id: c, name: C, succeeds: [{id: b, date: 2006}], active_to: 2013}
- {id: d, name: D, succeeds: [{id: c, date: 2014}]}
- {id: e, name: E, succeeds: [{id: c}]}
- {id: alone, name: Alone}
"""


def line(id: str, actors: str = ACTORS) -> list[str]:
    found, findings = timeline({"actors.yaml": actors, "entries/a.md": entry()})
    assert not [item for item in findings if item.severity == "error"], findings
    members = Lines(found.records.actors).of(found.records.actors[id])
    return [f"{'*' if m.here else ''}{m.mention.label} {m.start or ''}–{m.end or ''}" for m in members]


def test_a_line_from_both_sides() -> None:
    """What came before and after is found from either record; an unrecorded date is that of the change."""
    assert line("b") == ["A 1999–2004-10", "*B 2004-10–2006", "C 2006–2013", "D 2014–", "E –"]
    assert line("d") == ["A 1999–2004-10", "B 2004-10–2006", "C 2006–2013", "*D 2014–"]


def test_alone() -> None:
    """An actor without predecessors and successors has no line."""
    assert line("alone") == []


def test_a_ring_ends() -> None:
    """Records that name each other in a circle are each told once."""
    ring = "- {id: a, name: A, succeeded_by: [{id: b}]}\n- {id: b, name: B, succeeded_by: [{id: a}]}\n"
    assert line("a", ring) == ["B –", "*A –"]
