"""Our reading of EDTF beside that of the `edtf` package, an independent implementation.

Compared are its strict bounds (`lower_strict`, `upper_strict`); its fuzzy ones pad by widths of its own. Each
form in which the two differ is listed with the reason, and a test fails when a listed difference is gone.
"""

from __future__ import annotations

import math
import time
from typing import Any

import edtf
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from site_builder.dates import DateError, Day, parse
from tests.edtf_examples import DATE_EXAMPLES, INTERVAL_EXAMPLES, SET_EXAMPLES
from tests.edtf_texts import UNHURRIED, Known, days, months, runs_of_years, years

Bounds = tuple[Day | None, Day | None]

# What edtf 5.0.2 makes of a text that we read otherwise.
DIFFERENT: dict[str, tuple[Bounds | None, str]] = {
    "2001-24": (((2001, 12, 1), (2001, 12, 31)), "it ends winter with the year; ours ends in February"),
    "2003-24": (((2003, 12, 1), (2003, 12, 31)), "the same"),
    "2001-24~": (None, "it reads no mark on a season"),
    "Y170000002~": (None, "it reads no mark on a long year"),
    "Y17000/Y18000": (None, "it reads no long year in an interval"),
    "[2001-21,2001-22]": (None, "it reads no season in a set"),
    "1985-04-12/": (((1985, 4, 12), (1995, 4, 12)), "it gives an unknown end ten years; ours has no bound"),
    "1985-04/": (((1985, 4, 1), (1995, 4, 1)), "the same"),
    "1985/": (((1985, 1, 1), (1995, 1, 1)), "the same"),
    "/1985-04-12": (((1975, 4, 12), (1985, 4, 12)), "it gives an unknown start ten years"),
    "/1985-04": (((1975, 4, 30), (1985, 4, 30)), "the same"),
    "/1985": (((1975, 12, 31), (1985, 12, 31)), "the same"),
    "2016-12-31T23:59:60Z": (None, "it knows no leap seconds"),
    "[2014?,2016-22,201X]": (None, "it reads no season in a set"),
    "-0043-XX": (((-43, 12, 1), (-43, 1, 31)), "it turns months around when the year is negative"),
    "-0043-02-XX": (((-43, 2, 28), (-43, 2, 1)), "it turns days around when the year is negative"),
    "-0043-XX-XX": (((-43, 12, 31), (-43, 1, 1)), "it turns both around when the year is negative"),
}
# What it accepts and we refuse.
NARROWER = {
    "2014-06-10/2014-06-04": "ends before it starts",
    "[2015..2014]": "ends before it starts",
    "../..": "places nothing in time",
    "2014-06-10T24:00:00": "the hour 24",
    "2004-06-XX/2004-07-03": "level 2",
    "156X-12-25": "level 2",
    "{1960,1961-12}": "level 2",
    "2004-06~-11": "level 2",
    "2001-34": "level 2",
    "Y-17E7": "level 2",
    "1950S2": "level 2",
}


def day(moment: Any) -> Day | None:
    """A bound of theirs as a bound of ours."""
    if isinstance(moment, float):
        assert math.isinf(moment)
        return None
    assert isinstance(moment, time.struct_time) or hasattr(moment, "tm_year")
    return moment.tm_year, moment.tm_mon, moment.tm_mday


def theirs(text: str) -> Bounds | None:
    """The strict bounds of the other implementation, None where it refuses the text."""
    try:
        date = edtf.parse_edtf(text)
    except edtf.EDTFParseException:
        return None
    return day(date.lower_strict()), day(date.upper_strict())


def ours(text: str) -> Bounds | None:
    """Our bounds, None where we refuse the text."""
    try:
        date = parse(text)
    except DateError:
        return None
    return date.earliest, date.latest


EXAMPLES = [row[0] for row in (*DATE_EXAMPLES, *INTERVAL_EXAMPLES, *SET_EXAMPLES)]


@pytest.mark.parametrize("text", [text for text in EXAMPLES if text not in DIFFERENT])
def test_both_read_the_examples_of_the_standard_alike(text: str) -> None:
    """On every example without a listed difference, both implementations give the same bounds."""
    assert theirs(text) == ours(text) is not None


@pytest.mark.parametrize("text", DIFFERENT)
def test_a_listed_difference_is_still_one(text: str) -> None:
    """We read each listed form, the other reads it otherwise or not at all, as the list says."""
    expected, reason = DIFFERENT[text]
    assert expected == theirs(text), reason
    assert ours(text) not in (None, expected)


@pytest.mark.parametrize("text", NARROWER)
def test_what_only_the_other_accepts_is_listed(text: str) -> None:
    """Each form that we refuse on purpose is one that the other implementation accepts."""
    assert theirs(text) is not None
    assert ours(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2014-02-30",
        "2014-13-01",
        "2014-6-1",
        "20140610",
        "-0000",
        "2014-06-10T14:30",
        "2014-00",
        "junk",
        "Y2014",
    ],
)
def test_both_refuse_what_is_no_date(text: str) -> None:
    """Days that do not exist and forms outside EDTF are refused by both."""
    assert theirs(text) is ours(text) is None


PLAIN = st.one_of(days(), months(), years(), months("-XX"), years("-XX"), runs_of_years())


@settings(UNHURRIED, max_examples=150)
@given(PLAIN)
def test_both_read_any_date_alike(known: Known) -> None:
    """On generated days, months, years, decades and centuries, marked or not, both give the same bounds."""
    assume(not known.text.startswith("-") or "-XX" not in known.text)  # see DIFFERENT
    assert theirs(known.text) == ours(known.text)


ENDS = st.one_of(days(), months(), years())


@settings(UNHURRIED, max_examples=60)
@given(ENDS, ENDS)
def test_both_read_any_interval_alike(first: Known, second: Known) -> None:
    """On generated intervals both give the same bounds, except where the end comes first, which we refuse."""
    text = f"{first.text}/{second.text}"
    assert first.earliest is not None
    assert second.latest is not None
    assert ours(text) == (theirs(text) if first.earliest <= second.latest else None)
