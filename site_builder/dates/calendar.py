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
