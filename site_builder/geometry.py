"""Places on a drawing: years along a line, values above zero, labels that do not cover each other.

Pure functions. Distances along a line of time are hundredths of its width, so that one drawing fits every screen.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from site_builder.dates import Day, Edtf
from site_builder.dates.calendar import is_leap, month_length

_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the axis. `minor`: its name is left out where there is little room."""

    year: int
    at: float
    minor: bool = False


@dataclass(frozen=True, slots=True)
class TimeScale:
    """From the first day of one year to the first day of another."""

    first: int
    last: int

    def at(self, moment: float) -> float:
        """Where a moment lies, in hundredths of the width."""
        return round(100 * (moment - self.first) / (self.last - self.first), 3)

    def ticks(self, most: int = 24, least: int = 7) -> tuple[Tick, ...]:
        """The years to name: `most` at full width, `least` on a narrow screen; the end of the axis has no name."""
        step = year_step(self.last - self.first, most)
        wide = year_step(self.last - self.first, least, among=step)
        years = range(-(-self.first // step) * step, self.last, step)
        return tuple(Tick(year, self.at(year), bool(year % wide)) for year in years)


def moment(day: Day, *, over: bool = False) -> float:
    """A day as a part of its year, at its beginning or when it is `over`: 2 July 2014 begins near 2014.5."""
    year, month, date = day
    before = sum(month_length(year, earlier) for earlier in range(1, month)) + date - (0 if over else 1)
    return year + before / (366 if is_leap(year) else 365)


def reach(date: Edtf) -> tuple[float, float]:
    """From the first moment that a date can mean to the last; an end that nobody gives is that of the other."""
    first, last = date.earliest or date.latest, date.latest or date.earliest
    if first is None or last is None:
        raise ValueError(f"nothing places {date.text} in time")
    return moment(first), moment(last, over=True)


def scale(dates: Iterable[Edtf], shortest: int = 2, after: float = 0) -> TimeScale:
    """Whole years around all dates, and around what is drawn `after` the last of them."""
    ends = [reach(date) for date in dates]
    first, last = math.floor(min(start for start, _ in ends)), math.ceil(max(end for _, end in ends) + after)
    return TimeScale(first, max(last, first + shortest))


def year_step(years: int, most: int, among: int = 1) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … years that is a multiple of `among` and gives at most `most` names."""
    power = 1
    while True:
        for step in _STEPS:
            if step * power % among == 0 and years <= most * step * power:
                return step * power
        power *= 10


def value_ticks(values: Iterable[float], most: int = 4) -> tuple[float, ...]:
    """Round values from zero, or from below it, to the first that none of the values exceeds."""
    known = [0.0, *values]
    low, high = min(known), max(known)
    least = (high - low) / most or 1.0
    power = 10.0 ** math.floor(math.log10(least))
    step = next(n * power for n in (1, 2, 2.5, 5, 10, 20) if n * power >= least * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), max(math.ceil(high / step - 1e-9), 1)
    return tuple(round(n * step, 9) for n in range(first, last + 1))


def lanes(places: Sequence[float], apart: float) -> tuple[int, ...]:
    """For places in ascending order: the first lane in which each is at least `apart` from the one before."""
    last: list[float] = []
    found = []
    for place in places:
        lane = next((n for n, before in enumerate(last) if place - before >= apart), len(last))
        last[lane : lane + 1] = [place]
        found.append(lane)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        beside = self.right <= other.left or other.right <= self.left
        return not beside and self.top < other.bottom and other.top < self.bottom


_RADIUS, _LINE, _LETTER = 6.0, 14.0, 7.0  # of a dot, a line of text, a digit


def label_sides(dots: Sequence[tuple[float, float]], lengths: Sequence[int], width: float) -> tuple[str, ...]:
    """Where the label of each dot goes: above it (in the middle, or to either side), beside it, below, or "" nowhere.

    `dots`: places in units of the drawing, `width` wide; `lengths`: letters of each label. The first and the last dot
    are labelled first: a reader asks where it began and where it ended.
    """
    taken = [Box(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS) for x, y in dots]
    sides = [""] * len(dots)
    for n in dict.fromkeys([0, len(dots) - 1, *range(len(dots))]) if dots else ():
        x, y = dots[n]
        for side, box in _around(x, y, lengths[n] * _LETTER):
            if box.left >= -_RADIUS and box.right <= width + _RADIUS and not any(box.meets(other) for other in taken):
                taken.append(box)
                sides[n] = side
                break
    return tuple(sides)


def _around(x: float, y: float, wide: float) -> tuple[tuple[str, Box], ...]:
    half, gap = wide / 2, _RADIUS + 1
    return (
        ("above", Box(x - half, y - gap - _LINE, x + half, y - gap)),
        ("above-right", Box(x - _RADIUS, y - gap - _LINE, x - _RADIUS + wide, y - gap)),
        ("above-left", Box(x + _RADIUS - wide, y - gap - _LINE, x + _RADIUS, y - gap)),
        ("right", Box(x + gap, y - _LINE / 2, x + gap + wide, y + _LINE / 2)),
        ("left", Box(x - gap - wide, y - _LINE / 2, x - gap, y + _LINE / 2)),
        ("below", Box(x - half, y + gap, x + half, y + gap + _LINE)),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar. `fades`: "in" where its beginning is not recorded, "out" where its end is not."""

    look: str  # a class of the drawing: held · other · thin · hatched · hatched-other
    at: float
    width: float
    fades: str = ""
    label: str = ""
    start: Edtf | None = None
    end: Edtf | None = None


def part(axis: TimeScale, look: str, start: float, end: float, fades: str = "") -> Part:
    """A piece of a bar between two moments; what would lie outside the axis is cut off."""
    left, right = max(axis.at(start), 0.0), min(axis.at(end), 100.0)
    return Part(look, left, round(right - left, 3), fades)
