from __future__ import annotations

import pytest

from site_builder.known import Known
from site_builder.seen import Identity

A, B = "a" * 64, "b" * 64


def who(device: int = 1, number: int = 2, size: int = 3, changed: int = 4, moved: int = 5) -> Identity:
    return (device, number, size, changed, moved)


def test_what_was_learnt_is_known_afterwards() -> None:
    """Each identity has its own digest, also where two devices have files of the same number."""
    known = Known(Known().packed({who(): A, who(device=7): B, who(number=1): B, who(number=9, changed=-4): A}))
    asked = (who(), who(device=7), who(number=1), who(number=9, changed=-4))
    assert [known.get(one) for one in asked] == [A, B, B, A]


@pytest.mark.parametrize(
    "other", [who(device=0), who(number=3), who(size=4), who(changed=3), who(moved=6), who(number=1 << 70)]
)
def test_one_other_number_is_another_file(other: Identity) -> None:
    """Device, number, size and both times must all be the same."""
    assert Known(Known().packed({who(): A})).get(other) is None


def test_numbers_that_have_no_room_are_not_kept() -> None:
    """Some systems have file numbers of 128 bits and times after the year 2262: such files are read each time."""
    rows = Known().packed({who(number=1 << 100): A, who(changed=1 << 63): A, who(): B})
    assert len(rows) == 72
    assert Known(rows).get(who()) == B


def test_what_nobody_meets_is_forgotten_once_it_is_more_than_what_is_met() -> None:
    """The other generation of a site stays known; what was replaced long ago does not stay for ever."""
    rows = Known().packed({who(number=number): A for number in range(10)})
    for met, left in ((5, 10), (4, 4)):
        known = Known(rows)
        for number in range(met):
            assert known.get(who(number=number)) == A
        assert len(known.packed({})) == left * 72


def test_rows_that_are_cut_are_refused() -> None:
    """What is no whole number of rows is not taken for some."""
    with pytest.raises(ValueError, match="cut"):
        Known(Known().packed({who(): A})[:-1])
