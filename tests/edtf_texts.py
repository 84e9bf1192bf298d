"""Valid EDTF for property tests, each text with the bounds that the standard gives it.

Nothing here uses the code under test: the days of a month come from the standard library.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

Day = tuple[int, int, int]

# A busy machine is no fault of a date.
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Known:
    """A text and its strict bounds; None for an open or unknown one."""

    text: str
    earliest: Day | None
    latest: Day | None


def days_of(year: int, month: int) -> int:
    """The calendar repeats itself every 400 years, which brings any year into the library's reach."""
    return monthrange(2000 + year % 400, month)[1]


def four(year: int) -> str:
    """A year in four digits, with its sign if it has one."""
    return f"-{-year:04}" if year < 0 else f"{year:04}"


YEARS = st.integers(-9999, 9999)
MONTHS = st.integers(1, 12)
MARKS = st.sampled_from(["", "", "", "?", "~", "%"])


@st.composite
def days(draw: st.DrawFn) -> Known:
    """A day."""
    year, month = draw(YEARS), draw(MONTHS)
    day = draw(st.integers(1, days_of(year, month)))
    date = (year, month, day)
    return Known(f"{four(year)}-{month:02}-{day:02}{draw(MARKS)}", date, date)


@st.composite
def months(draw: st.DrawFn, tail: str = "") -> Known:
    """A month."""
    year, month = draw(YEARS), draw(MONTHS)
    text = f"{four(year)}-{month:02}{tail}{draw(MARKS)}"
    return Known(text, (year, month, 1), (year, month, days_of(year, month)))


@st.composite
def years(draw: st.DrawFn, tail: str = "") -> Known:
    """A year."""
    year = draw(YEARS)
    return Known(f"{four(year)}{tail}{draw(MARKS)}", (year, 1, 1), (year, 12, 31))


@st.composite
def seasons(draw: st.DrawFn) -> Known:
    """A season of whole months; winter ends in the next year."""
    year, season = draw(YEARS), draw(st.sampled_from([21, 22, 23, 24]))
    start = {21: 3, 22: 6, 23: 9, 24: 12}[season]
    last_year, last = (year + 1, 2) if season == 24 else (year, start + 2)
    text = f"{four(year)}-{season}{draw(MARKS)}"
    return Known(text, (year, start, 1), (last_year, last, days_of(last_year, last)))


@st.composite
def long_years(draw: st.DrawFn) -> Known:
    """A year of more than four digits."""
    year = draw(st.integers(10_000, 10**9)) * draw(st.sampled_from([1, -1]))
    return Known(f"Y{year}{draw(MARKS)}", (year, 1, 1), (year, 12, 31))


@st.composite
def runs_of_years(draw: st.DrawFn) -> Known:
    """A decade or a century."""
    size = draw(st.sampled_from([10, 100]))
    head = draw(st.integers(0, 9999 // size))
    sign = draw(st.sampled_from(["", "-"]))
    digits = f"{head:03}X" if size == 10 else f"{head:02}XX"
    first, last = head * size, head * size + size - 1
    if sign:
        first, last = -last, -first
    return Known(f"{sign}{digits}{draw(MARKS)}", (first, 1, 1), (last, 12, 31))


@st.composite
def moments(draw: st.DrawFn) -> Known:
    """A day with a time."""
    date = draw(days().filter(lambda known: known.text[-1].isdigit()))
    time = draw(st.times()).strftime("%H:%M:%S")
    zone = draw(st.sampled_from(["", "Z", "+03", "-04", "+04:30", "-11:00", "+00:00"]))
    return Known(f"{date.text}T{time}{zone}", date.earliest, date.latest)


ENDS = st.one_of(days(), months(), years(), seasons(), long_years())
POINTS = st.one_of(ENDS, months("-XX"), years("-XX"), years("-XX-XX"), runs_of_years())


def in_order(first: Known, second: Known) -> tuple[Known, Known]:
    """The one that can begin earlier first."""
    return (second, first) if (second.earliest or ()) < (first.earliest or ()) else (first, second)


@st.composite
def intervals(draw: st.DrawFn) -> Known:
    """From one date to another, or with one end open or unknown."""
    start, end = in_order(draw(ENDS), draw(ENDS))
    limit = draw(st.sampled_from(["..", ""]))
    form = draw(st.sampled_from(["both", "both", "start", "end"]))
    if form == "start":
        return Known(f"{start.text}/{limit}", start.earliest, None)
    if form == "end":
        return Known(f"{limit}/{end.text}", None, end.latest)
    return Known(f"{start.text}/{end.text}", start.earliest, end.latest)


@st.composite
def ranges(draw: st.DrawFn) -> Known:
    """A part of a choice: between two dates."""
    start, end = in_order(draw(POINTS), draw(POINTS))
    assume(start.text != end.text)
    return Known(f"{start.text}..{end.text}", start.earliest, end.latest)


@st.composite
def choices(draw: st.DrawFn) -> Known:
    """One of several dates and ranges, perhaps open at one side."""
    member = st.one_of(POINTS, ranges())
    members = draw(st.lists(member, min_size=2, max_size=3, unique_by=lambda known: known.text))
    text = ",".join(known.text for known in members)
    earliest = min(known.earliest for known in members if known.earliest)
    latest = max(known.latest for known in members if known.latest)
    form = draw(st.sampled_from(["closed", "closed", "before", "after", "one range"]))
    if form == "before" and ".." not in members[0].text:
        return Known(f"[..{text}]", None, latest)
    if form == "after" and ".." not in members[-1].text:
        return Known(f"[{text}..]", earliest, None)
    if form == "one range":
        only = draw(ranges())
        return Known(f"[{only.text}]", only.earliest, only.latest)
    return Known(f"[{text}]", earliest, latest)


DATES = st.one_of(POINTS, moments())
TEXTS = st.one_of(DATES, intervals(), choices())
