"""One point of EDTF: a day, a month, a season, a year, a decade, a century, or a day with its time.

Whatever has the shape of a point is judged here; whatever has not raises `MalformedError`, which
`advice` explains.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn, TypedDict

from site_builder.dates.calendar import SEASONS, Day, month_length, months, years

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Precision(StrEnum):
    """How closely a date is known, from coarse to fine."""

    CENTURY = "century"
    DECADE = "decade"
    YEAR = "year"
    SEASON = "season"
    MONTH = "month"
    DAY = "day"


class DateError(ValueError):
    """A text that is no date: `message` says what was found and why it cannot be, `hint` what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class MalformedError(DateError):
    """The text has none of the shapes of EDTF that are read here."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} has none of the shapes of EDTF that are read here", "")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as typed; `offset` in minutes east of UTC, None where no zone was written."""

    hour: int
    minute: int
    second: int
    offset: int | None


@dataclass(frozen=True, slots=True)
class Point:
    """One date with its strict bounds; `year` is the first one of a decade or century.

    `month_open` and `day_open` tell `2014-XX` and `2014-06-XX` from `2014` and `2014-06`: precision and
    bounds are the same, but the author says that it happened in one month, on one day, that nobody knows.
    """

    precision: Precision
    earliest: Day
    latest: Day
    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None
    month_open: bool = False
    day_open: bool = False
    uncertain: bool = False
    approximate: bool = False
    clock: Clock | None = None


class _Marks(TypedDict, total=False):
    uncertain: bool
    approximate: bool


_YEAR = r"(?P<year>-?[0-9]{2}(?:[0-9]{2}|[0-9]X|XX))"
_MARK = r"(?P<mark>[?~%]?)"
_CALENDAR = re.compile(_YEAR + r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?" + _MARK)
_LONG_YEAR = re.compile(r"Y(?P<year>-?[1-9][0-9]{4,})" + _MARK)
_MOMENT = re.compile(
    r"(?P<date>-?[0-9]{4}-[0-9]{2}-[0-9]{2})T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
    r"(?P<zone>Z|[+-][0-9]{2}(?::[0-9]{2})?)?"
)


def read_point(text: str) -> Point:
    """The date that a text writes, without slash and brackets; raises DateError."""
    if match := _CALENDAR.fullmatch(text):
        return _calendar(match)
    if match := _LONG_YEAR.fullmatch(text):
        year = int(match["year"])
        earliest, latest = years(year, year)
        return Point(Precision.YEAR, earliest, latest, year, **_marks(match["mark"]))
    if match := _MOMENT.fullmatch(text):
        return _moment(match)
    raise MalformedError(text)


def _marks(mark: str) -> _Marks:
    return {"uncertain": mark in ("?", "%"), "approximate": mark in ("~", "%")} if mark else {}


def _calendar(match: re.Match[str]) -> Point:
    typed, month, day = match["year"], match["month"], match["day"]
    marks = _marks(match["mark"])
    if typed == "-0000":
        raise DateError("the year -0000 does not exist: the year 0 has no sign", "write 0000 for the year 1 BC")
    if "X" in typed:
        if month is not None:
            _refuse(match)
        return _open_year(typed, marks)
    year = int(typed)
    if month is None or month == "XX":
        return _year(match, year, marks)
    number = int(month)
    if number in SEASONS:
        return _season(match, year, number, marks)
    if not 1 <= number <= 12:
        _refuse_month(match, year, number)
    if day is None or day == "XX":
        earliest, latest = months(year, number, number)
        return Point(Precision.MONTH, earliest, latest, year, number, day_open=day == "XX", **marks)
    date = (year, number, _day(year, number, int(day)))
    return Point(Precision.DAY, date, date, *date, **marks)


def _year(match: re.Match[str], year: int, marks: _Marks) -> Point:
    month_open, day_open = match["month"] == "XX", match["day"] == "XX"
    if match["day"] is not None and not day_open:
        _refuse(match)
    earliest, latest = years(year, year)
    return Point(Precision.YEAR, earliest, latest, year, month_open=month_open, day_open=day_open, **marks)


def _refuse(match: re.Match[str]) -> NoReturn:
    raise MalformedError(match[0])


def _open_year(typed: str, marks: _Marks) -> Point:
    precision = Precision.CENTURY if typed.endswith("XX") else Precision.DECADE
    # Of a negative year the open digits count backwards: -201X runs from -2019 to -2010.
    first, last = sorted(int(typed.replace("X", digit)) for digit in "09")
    earliest, latest = years(first, last)
    return Point(precision, earliest, latest, first, **marks)


def _season(match: re.Match[str], year: int, season: int, marks: _Marks) -> Point:
    if match["day"] is not None:
        raise DateError(
            f"{match[0]} gives a day to a season: 21 to 24 in the place of the month mean spring to winter",
            f"write {match['year']}-{season} for the season, or a month from 01 to 12",
        )
    earliest, latest = months(year, *SEASONS[season])
    return Point(Precision.SEASON, earliest, latest, year, season=season, **marks)


def _refuse_month(match: re.Match[str], year: int, month: int) -> NoReturn:
    if 25 <= month <= 41:
        raise MalformedError(match[0])
    hint = "months run from 01 to 12 (21 to 24 are spring, summer, autumn and winter)"
    end = year - year % 100 + month
    if match["day"] is None and year >= 100 and end > year:
        hint += f"; for the years {year} to {end} write {year:04}/{end:04}"
    elif match["day"] is not None and 1 <= int(match["day"].replace("XX", "0")) <= 12:
        hint += "; the month comes before the day"
    raise DateError(f"{match[0]} has {month:02} for its month, and there is no such month", hint)


def _day(year: int, month: int, day: int) -> int:
    length = month_length(year, month)
    if 1 <= day <= length:
        return day
    name = f"{MONTH_NAMES[month - 1]} {year}"
    text = f"{year:05}-{month:02}" if year < 0 else f"{year:04}-{month:02}"
    raise DateError(
        f"{name} has {length} days, so there is no day {day:02} in it",
        f"write a day from {text}-01 to {text}-{length}, or {text}-XX if the day is not known",
    )


def _moment(match: re.Match[str]) -> Point:
    date = read_point(match["date"])
    hour, minute, second = (int(match[part]) for part in ("hour", "minute", "second"))
    if date.day is None:
        raise DateError(f"{match[0]} has a time but no day", "give the time to a whole date, or leave it out")
    if hour > 23:
        raise DateError(
            f"{match[0]} has the hour {hour:02}, and hours run from 00 to 23",
            "midnight is T00:00:00 of the day that begins",
        )
    # 60 is the leap second, which UTC can only insert at the end of an hour (of a half hour in a few zones).
    if minute > 59 or second > 60 or (second == 60 and minute not in (29, 59)):
        raise DateError(
            f"{match[0]} has {minute:02}:{second:02} for minutes and seconds",
            "minutes and seconds run from 00 to 59",
        )
    clock = Clock(hour, minute, second, _offset(match["zone"]))
    return Point(date.precision, date.earliest, date.latest, date.year, date.month, date.day, clock=clock)


def _offset(zone: str | None) -> int | None:
    if zone is None or zone == "Z":
        return None if zone is None else 0
    hours, minutes = int(zone[1:3]), int(zone[4:] or "0")
    if hours > 23 or minutes > 59 or (zone[0] == "-" and hours == minutes == 0):
        raise DateError(f"{zone} is not a distance from UTC", "write Z for UTC, or hours and minutes such as +03:00")
    return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1)
