from __future__ import annotations

import pytest

from site_builder.tolls import Reach, TollGroup, toll_groups
from tests.driver import entry, timeline


def groups(*rows: str) -> tuple[TollGroup, ...]:
    found, _ = timeline({"entries/a.md": entry("casualties:\n" + "".join(f"  - {{{row}}}\n" for row in rows))})
    return toll_groups(found, found.entries[0])


def test_groups() -> None:
    """Figures stand together when they are about one harm to one group of people, in the order of the author."""
    found = groups(
        "harm: killed, group: guards, best: 2, by: The Army",
        "harm: wounded, best: 5",
        "harm: killed, best: 9",
        "harm: killed, group: guards, best: 3, by: The Front",
    )
    assert [(group.harm, group.group, [toll.by and toll.by.label for toll in group.tolls]) for group in found] == [
        ("killed", "guards", ["The Army", "The Front"]),
        ("wounded", "", [None]),
        ("killed", "", [None]),
    ]


@pytest.mark.parametrize(
    ("row", "reach"),
    [
        ("min: 50, max: 150", Reach(25.0, 75.0, False, None)),
        ("min: 50, max: 150, best: 100", Reach(25.0, 75.0, False, 50.0)),
        ("max: 100", Reach(0.0, 50.0, False, None)),
        ("best: 100", Reach(50.0, 50.0, False, 50.0)),
        ("min: 0, max: 0", Reach(0.0, 0.0, False, None)),
    ],
)
def test_ranges_on_one_scale(row: str, reach: Reach) -> None:
    """A range is drawn from zero to the highest number of the group; beside a figure of 200, 50 is a quarter."""
    (group,) = groups(f"harm: killed, {row}", "harm: killed, min: 200, max: 200")
    assert [toll.reach for toll in group.tolls] == [reach, Reach(100.0, 100.0, False, None)]


def test_no_upper_end() -> None:
    """ "At least" runs on to the end of a scale that is longer than any number."""
    (group,) = groups("harm: killed, min: 100", "harm: killed, max: 50")
    assert [toll.reach for toll in group.tolls] == [
        Reach(89.29, 100.0, True, None),
        Reach(0.0, 44.64, False, None),
    ]


def test_nothing_to_compare() -> None:
    """One figure alone, and one that nobody knows, is not drawn: unknown is not zero."""
    (alone,) = groups("harm: killed, min: 3")
    (unknown,) = groups("harm: killed, min: 3", "harm: killed, by: The Army")
    (nobody,) = groups("harm: killed, best: 0", "harm: killed, best: 0")
    assert [toll.reach for group in (alone, unknown, nobody) for toll in group.tolls] == [None] * 5
