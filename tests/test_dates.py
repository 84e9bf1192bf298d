"""EDTF: what is read, with which bounds, and in which order it stands."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.dates import Day, parse
from tests.edtf_examples import DATE_EXAMPLES, INTERVAL_EXAMPLES, SET_EXAMPLES
from tests.edtf_texts import DATES, TEXTS, UNHURRIED, Known


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), DATE_EXAMPLES)
def test_every_single_date_has_its_bounds(text: str, earliest: Day, latest: Day, precision: str) -> None:
    """A date of level 0 or 1 is read with strict bounds and its precision."""
    date = parse(text)
    assert ("date", earliest, latest, precision) == (date.kind, date.earliest, date.latest, date.precision)


@pytest.mark.parametrize(("text", "earliest", "latest"), INTERVAL_EXAMPLES)
def test_every_interval_runs_from_first_to_last_day(text: str, earliest: Day | None, latest: Day | None) -> None:
    """An interval reaches from the first day of its start to the last of its end, None where it is open."""
    date = parse(text)
    assert ("interval", earliest, latest) == (date.kind, date.earliest, date.latest)


@pytest.mark.parametrize(("text", "earliest", "latest"), SET_EXAMPLES)
def test_every_choice_spans_its_members(text: str, earliest: Day | None, latest: Day | None) -> None:
    """A set reaches from its earliest to its latest member, in whatever order these were typed."""
    date = parse(text)
    assert ("set", earliest, latest) == (date.kind, date.earliest, date.latest)


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2014", False, False),
        ("2014?", True, False),
        ("2014~", False, True),
        ("2014%", True, True),
        ("2014/2015~", False, True),
        ("2014?/2015", True, False),
        ("[2014,2015%]", True, True),
        ("[2014,2015]", False, False),
    ],
)
def test_marks_are_kept_and_widen_nothing(text: str, uncertain: bool, approximate: bool) -> None:
    """A mark on any part is told of the whole; the bounds are those of the date without marks."""
    date, bare = parse(text), parse(re.sub("[?~%]", "", text))
    assert (uncertain, approximate) == (date.uncertain, date.approximate)
    assert (bare.earliest, bare.latest) == (date.earliest, date.latest)


@pytest.mark.parametrize(
    ("text", "year", "month", "iso"),
    [
        ("2014", 2014, None, "2014"),
        ("2014-06", 2014, 6, "2014-06"),
        ("2014-06-10", 2014, 6, "2014-06-10"),
        ("2014-06-10T23:30:00-05:00", 2014, 6, "2014-06-10"),
        ("2014-06-XX", 2014, 6, "2014-06"),
        ("2014-XX", 2014, None, "2014"),
        ("2014-22", 2014, None, "2014"),
        ("2014-24", 2014, None, "2014"),
        ("201X", 2010, None, None),
        ("19XX", 1900, None, None),
        ("0632-06-08", 632, 6, "0632-06-08"),
        ("0000", 0, None, None),
        ("-0043-03-15", -43, 3, None),
        ("Y170000002", 170000002, None, "170000002"),
        ("2014-06-10/2014-07", 2014, 6, "2014-06-10"),
        ("2014-06/..", 2014, 6, "2014-06"),
        ("../2014-06-10", 2014, None, None),
        ("/2014", 2014, None, None),
        ("[2014-06-04..2014-06-10]", 2014, 6, "2014-06-04"),
        ("[2015,2014-06-04]", 2014, 6, "2014-06-04"),
        ("[..2014-06]", 2014, None, None),
    ],
)
def test_pages_get_year_month_and_html_date(text: str, year: int, month: int | None, iso: str | None) -> None:
    """Year and month say where an entry is filed, `iso` is valid in HTML and never closer than known."""
    date = parse(text)
    assert (year, month, iso) == (date.year, date.month, date.iso)


def test_dates_sort_by_first_day_then_coarser_first() -> None:
    """The order of a timeline, written by hand, is the order of the sort keys."""
    expected = [
        "Y-170000002",
        "-0043",
        "0000",
        "0632-06-08",
        "19XX",
        "201X",
        "../2013-12-31",
        "2013-12-31",
        "2014",
        "2014-01",
        "2014-01-01",
        "2014-01-01/2014-01-03",
        "2014-01-01/2014-02",
        "2014-01-01/..",
        "2014-06",
        "2014-06-10",
        "2014-06-10T09:00:00",
        "2014-06-10T14:30:00",
        "[2014-06-10,2014-06-11]",
        "2014-24",
        "2015",
        "Y170000002",
    ]
    for start in (sorted(expected), sorted(expected, reverse=True)):
        assert expected == sorted(start, key=lambda text: parse(text).sort_key)


def test_what_has_no_start_stands_at_its_last_day_before_the_others() -> None:
    """An open or unknown start is filed by the end, and comes first among entries of that day."""
    texts = ["2014-06-10", "2014-06-10/..", "../2014-06-10", "2014-06-09"]
    assert sorted(texts, key=lambda text: parse(text).sort_key) == [
        "2014-06-09",
        "../2014-06-10",
        "2014-06-10",
        "2014-06-10/..",
    ]


def test_a_slash_lasts_and_brackets_choose() -> None:
    """An interval and a set of the same two dates have the same bounds and different kinds."""
    lasted, once = parse("2014-06-04/2014-06-10"), parse("[2014-06-04..2014-06-10]")
    assert (lasted.earliest, lasted.latest) == (once.earliest, once.latest)
    assert (lasted.kind, once.kind) == ("interval", "set")


def test_text_is_what_was_typed() -> None:
    """A date turns back into its text, without the blanks around it."""
    assert "2014-06-10T14:30:00Z" == str(parse("  2014-06-10T14:30:00Z\n")) == parse("2014-06-10T14:30:00Z").text


def test_dates_are_values() -> None:
    """Two readings of one text are equal, hash alike, and survive a trip between processes."""
    date = parse("[2014-06-04,2014-06-06..]")
    assert parse("[2014-06-04,2014-06-06..]") == date
    assert len({date, pickle.loads(pickle.dumps(date))}) == 1


@UNHURRIED
@given(TEXTS)
def test_every_valid_text_is_read_with_its_bounds(known: Known) -> None:
    """Whatever the standard allows is read as typed, and its bounds are those of the standard."""
    date = parse(known.text)
    assert known.text == str(date)
    assert (known.earliest, known.latest) == (date.earliest, date.latest)
    assert date.earliest is None or date.latest is None or date.earliest <= date.latest


SHUFFLED = st.lists(TEXTS, max_size=12).flatmap(lambda dates: st.tuples(st.just(dates), st.permutations(dates)))


@UNHURRIED
@given(SHUFFLED)
def test_the_order_is_total_and_does_not_depend_on_the_input(lists: tuple[list[Known], list[Known]]) -> None:
    """Keys are integers of one length, agree with year and first day, and sort alike from any start."""
    first, second = ([parse(known.text) for known in knowns] for knowns in lists)
    ordered = sorted(first, key=lambda date: (date.sort_key, date.text))
    assert ordered == sorted(second, key=lambda date: (date.sort_key, date.text))
    keys = [date.sort_key for date in ordered]
    assert len({len(key) for key in keys}) <= 1
    assert all(type(part) is int for key in keys for part in key)
    days = [date.earliest or date.latest or (0, 0, 0) for date in ordered]
    assert sorted(days) == days
    assert [day[0] for day in days] == [date.year for date in ordered]


@UNHURRIED
@given(DATES)
def test_the_html_date_is_a_prefix_of_the_first_day(known: Known) -> None:
    """What goes into `<time datetime>` is a year, month or day of the common era, that of the first day."""
    date = parse(known.text)
    assert known.earliest is not None
    if date.iso is not None:
        year, month, day = known.earliest
        assert year >= 1
        assert f"{year:04}-{month:02}-{day:02}".startswith(date.iso)
