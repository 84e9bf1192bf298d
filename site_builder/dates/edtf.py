"""Dates as they are known: EDTF (ISO 8601-2:2019), levels 0 and 1 whole, and one-of sets from level 2.

`parse` reads what an author typed and keeps its bounds, its precision and its doubts. Bounds are strict: `~`
and `?` are marks for the reader and widen nothing, since any width would be invented. There is no wording
here (see `wording`), no clock and no conversion between zones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from site_builder.dates.advice import advise, only_meaning, shown
from site_builder.dates.calendar import Day
from site_builder.dates.points import DateError, MalformedError, Point, Precision, read_point
from site_builder.limits import MAX_DATE

_NO_DAY: Day = (0, 0, 0)
_RANK = {precision: rank for rank, precision in enumerate(Precision)}


class Limit(StrEnum):
    """An end that is no date: `..` has no limit, an empty end is a limit that nobody knows."""

    OPEN = ".."
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class Span:
    """From a point to a point, one end perhaps without a date; a single date starts where it ends."""

    start: Point | Limit
    end: Point | Limit

    @property
    def earliest(self) -> Day | None:
        return self.start.earliest if isinstance(self.start, Point) else None

    @property
    def latest(self) -> Day | None:
        return self.end.latest if isinstance(self.end, Point) else None

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(end for end in (self.start, self.end) if isinstance(end, Point))

    @property
    def order(self) -> tuple[int, ...]:
        """Within a set: without a start first, then by start, the coarser first, then by end."""
        started, first, last = self.earliest is not None, self.earliest or _NO_DAY, self.latest or _NO_DAY
        return (int(started), *first, _RANK[self.points[0].precision], int(self.latest is None), *last)


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as typed (`text`), and what it means.

    - `kind`: "date"; "interval" (`a/b`: it lasted); "set" (`[a..b]`, `[a,b]`: it happened once, not known
      when).
    - `earliest`, `latest`: the first and last day it can have touched; None where that end is open or
      unknown.
    - `precision`: of the date that the entry is filed by, the start, or the end where there is no start.
    - `uncertain`, `approximate`: whether any date in it is marked so.
    - `spans`: one for a date or an interval; for a set its members in order of time.
    """

    text: str
    kind: Literal["date", "interval", "set"]
    earliest: Day | None
    latest: Day | None
    precision: Precision
    uncertain: bool
    approximate: bool
    spans: tuple[Span, ...]
    sort_key: tuple[int, ...] = field(init=False, repr=False, compare=False)  # see `_sort_key`

    def __post_init__(self) -> None:
        object.__setattr__(self, "sort_key", _sort_key(self))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Edtf({self.text!r})"  # all else follows from it; pages are compared by this

    @property
    def end(self) -> Point | Limit:
        """Where it ends; of a choice the end of what ends last, the coarser before the finer."""
        return max(self.spans, key=lambda span: (span.latest is None, span.latest or _NO_DAY)).end

    @property
    def year(self) -> int:
        """The year to file it under: of the earliest bound, or of the latest where there is no start."""
        return (self.earliest or self.latest or _NO_DAY)[0]

    @property
    def month(self) -> int | None:
        """The month to file it under; None where the start is not known to the month."""
        if self.earliest is None or self.precision not in (Precision.MONTH, Precision.DAY):
            return None
        return self.earliest[1]

    @property
    def iso(self) -> str | None:
        """The start for HTML's `<time datetime>`, as precise as known; None where HTML has no form for it."""
        if self.earliest is None or self.earliest[0] < 1:
            return None
        year, month, day = self.earliest
        match self.precision:
            case Precision.DAY:
                return f"{year:04}-{month:02}-{day:02}"
            case Precision.MONTH:
                return f"{year:04}-{month:02}"
            case Precision.YEAR | Precision.SEASON:
                return f"{year:04}"
            case _:
                return None


def _sort_key(date: Edtf) -> tuple[int, ...]:
    """A total order, of equal length for all.

    First possible day; of one day what has no start before the others (it stands at its last day),
    coarser before finer, what ends earlier before what ends later or never, a whole day before its hours
    as typed.
    """
    first, last = date.earliest or date.latest or _NO_DAY, date.latest or _NO_DAY
    clock = date.spans[0].points[0].clock
    time = (clock.hour, clock.minute, clock.second) if clock else (-1, -1, -1)
    started, endless = int(date.earliest is not None), int(date.latest is None)
    return (*first, started, _RANK[date.precision], endless, *last, *time)


@lru_cache(maxsize=65536)
def parse(text: str) -> Edtf:
    """Reads a date in EDTF, each once; raises DateError, whose message and hint are written for authors.

    >>> parse("2014-06-06/2014-06-10").latest
    (2014, 6, 10)
    """
    text = text.strip(" \t\r\n")
    if not text:
        raise DateError("the date is empty", "write what is known of it: 2014, 2014-06 or 2014-06-10")
    if len(text) > MAX_DATE:
        raise DateError(
            f"the date has {len(text)} characters, and no date needs more than {MAX_DATE}",
            "write the date alone here; remarks belong in date_note",
        )
    try:
        return _read(text)
    except MalformedError:
        raise DateError(*advise(text, _refusal)) from None


@lru_cache(maxsize=4096)
def understand(text: str) -> str:
    """The EDTF of a date in EDTF or in another habit, where it can mean one thing only; else "".

    >>> understand("c. 1914"), understand("June 10, 2014"), understand("03/04/2014")
    ('1914~', '2014-06-10', '')
    """
    text = text.strip()
    if not text or len(text) > MAX_DATE:
        return ""
    return only_meaning(text, _refusal) if _refusal(text) else text


def _refusal(text: str) -> DateError | None:
    """Why a text cannot be read; None if it can. The advice proposes only what would be accepted."""
    try:
        _read(text)
    except DateError as refused:
        return refused
    return None


def _read(text: str) -> Edtf:
    if text.startswith("[") and text.endswith("]"):
        return _set(text)
    if text.count("/") == 1:
        return _interval(text)
    point = read_point(text)
    return _edtf(text, "date", (Span(point, point),))


def _interval(text: str) -> Edtf:
    start, end = (_end(text, part) for part in text.split("/"))
    span = Span(start, end)
    if not span.points:
        raise DateError(
            f"{shown(text)} has neither a start nor an end, so nothing places it in time",
            "write at least one of the two: 2014-06-10/.. (since) or ../2014-06-10 (until)",
        )
    if span.earliest and span.latest and span.latest < span.earliest:
        first, second = text.split("/")
        raise DateError(
            f"{shown(text)} ends before it starts",
            f"write the earlier date first: {second}/{first}, or mend one of them",
        )
    return _edtf(text, "interval", (span,))


def _end(text: str, part: str) -> Point | Limit:
    if part in (Limit.OPEN, Limit.UNKNOWN):
        return Limit(part)
    point = read_point(part)
    if point.month_open or point.day_open or point.precision in (Precision.DECADE, Precision.CENTURY):
        raise MalformedError(text)
    if point.clock:
        raise DateError(
            f"{shown(text)} has a time of day inside an interval, and EDTF measures intervals in whole days",
            f"write {part[: part.index('T')]} there; the times belong in the text of the entry",
        )
    return point


def _set(text: str) -> Edtf:
    members = text[1:-1].split(",")
    spans = [_member(text, member, place, len(members)) for place, member in enumerate(members)]
    if len(spans) == 1 and spans[0].start == spans[0].end:
        raise DateError(f"{shown(text)} is a choice of one date only", f"write {members[0].partition('..')[0]}")
    if len(set(spans)) < len(spans):
        raise DateError(f"{shown(text)} names the same date twice", "write each date of the choice once")
    if spans[0].earliest is None and spans[-1].latest is None:
        raise DateError(
            f"{shown(text)} is open at both sides, so nothing places it in time",
            "write [..a] (at a or earlier) or [a..] (at a or later)",
        )
    return _edtf(text, "set", tuple(sorted(spans, key=lambda span: span.order)))


def _member(text: str, member: str, place: int, count: int) -> Span:
    first, dots, last = member.partition("..")
    if not dots:
        first = last = member
    if (dots and not first and (place > 0 or not last)) or (dots and not last and place < count - 1):
        raise DateError(
            f"{shown(text)} has an open end that is not the outermost one",
            "open ends stand first ([..2014-06-10,…]) or last ([…,2014-06-10..]), beside a date",
        )
    start = read_point(first) if first or not dots else Limit.OPEN
    end = read_point(last) if last or not dots else Limit.OPEN
    for point in (start, end):
        if isinstance(point, Point) and point.clock:
            raise DateError(
                f"{shown(text)} has a time of day inside a choice of dates", "write the dates without times"
            )
    span = Span(start, end)
    if span.earliest and span.latest and span.latest < span.earliest:
        raise DateError(f"{shown(member)} ends before it starts", f"write the earlier date first: [{last}..{first}]")
    return span


def _edtf(text: str, kind: Literal["date", "interval", "set"], spans: tuple[Span, ...]) -> Edtf:
    points = [point for span in spans for point in span.points]
    starts, ends = [span.earliest for span in spans], [span.latest for span in spans]
    return Edtf(
        text=text,
        kind=kind,
        earliest=None if None in starts else min(day for day in starts if day),
        latest=None if None in ends else max(day for day in ends if day),
        precision=points[0].precision,
        uncertain=any(point.uncertain for point in points),
        approximate=any(point.approximate for point in points),
        spans=spans,
    )
