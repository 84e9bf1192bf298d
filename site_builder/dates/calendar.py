"""Day arithmetic in the proleptic Gregorian calendar, for any year (the standard library stops at 9999).

Years are astronomical: 0 is 1 BC, -43 is 44 BC.
"""

from __future__ import annotations

Day = tuple[int, int, int]

# The meteorological seasons of the northern hemisphere, by EDTF's codes: first and last month.
# Winter runs over the turn of the year, so its last month is counted past twelve.
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


def is_leap(year: int) -> bool:
    """Whether a year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """How many days a month has, from 28 to 31."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def months(year: int, first: int, last: int) -> tuple[Day, Day]:
    """The first and the last day of a run of months; a month past twelve lies in the next year."""
    over, month = divmod(last - 1, 12)
    return (year, first, 1), (year + over, month + 1, month_length(year + over, month + 1))


def years(first: int, last: int) -> tuple[Day, Day]:
    """The first and the last day of a run of years."""
    return (first, 1, 1), (last, 12, 31)


def exists(date: tuple[int, ...]) -> bool:
    """Whether there is such a year, month or day; a season is none of them."""
    year, month, day = (*date, *(1, 1, 1)[len(date) :]) if date else (0, 0, 0)
    return 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def moved(date: tuple[int, ...], step: int) -> tuple[int, ...]:
    """The next year, month or day (`step` 1) or the one before (-1): whichever the date's last part is.

    >>> moved((2014,), 1), moved((2014, 1), -1), moved((2014, 2, 28), 1)
    ((2015,), (2013, 12), (2014, 3, 1))
    """
    if len(date) == 1:
        return (date[0] + step,)
    year, number = date[:2]
    if len(date) == 2:
        over, month = divmod(number - 1 + step, 12)
        return year + over, month + 1
    day = date[2] + step
    if 1 <= day <= month_length(year, number):
        return year, number, day
    year, number = moved((year, number), step)
    return year, number, 1 if step > 0 else month_length(year, number)


def written(date: tuple[int, ...]) -> str:
    """Year, month and day as ISO 8601 has them."""
    year = f"{'-' if date[0] < 0 else ''}{abs(date[0]):04}"
    return "-".join([year, *(f"{part:02}" for part in date[1:])])
