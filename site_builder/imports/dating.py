"""Dates of other tools in EDTF: only what can mean one thing, or what the author has said the order of."""

from __future__ import annotations

import re

from site_builder import dates

ORDERS = ("dmy", "mdy", "ymd")

_NUMBERS = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{1,4})")
_TIMED = re.compile(
    r"(?P<day>.+?),? (?P<time>[0-9]{1,2}(?::[0-9.:]+ ?(?:[ap]\.?m\.?)?|[0-9.]* ?[ap]\.?m\.?))", re.IGNORECASE
)
_TO = re.compile(r"\s+(?:-|–|—|to|until)\s+")
_CLOCK = re.compile(
    r"(?P<hour>[01]?[0-9]|2[0-3])(?:[:.]?(?P<minute>[0-5][0-9])(?:[:.](?P<second>[0-5][0-9])(?:[.,:][0-9]+)?)?)?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?",
    re.IGNORECASE,
)
MIDNIGHT = "00:00:00"  # what tools write that know no day without a time
_MIDNIGHT = re.compile(rf"(?<=[0-9]{{2}})T{MIDNIGHT}(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?")


class UnreadError(ValueError):
    """A date that cannot be read; `hint` says what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def edtf(text: str, order: str = "") -> str:
    """The date in EDTF. `order`: that of day, month and year in dates of numbers alone ("dmy", "mdy", "ymd")."""
    text = " ".join(text.split())
    timed = _TIMED.fullmatch(text)
    if timed and (time := clock(timed["time"])):
        return _with(edtf(timed["day"], order), time)
    ends = _TO.split(text)
    if len(ends) == 2 and all(_NUMBERS.fullmatch(end) for end in ends):
        return between(edtf(ends[0], order), edtf(ends[1], order))
    numbers = _NUMBERS.fullmatch(text)
    ordered = _ordered(numbers, order) if numbers else ""
    found = dates.understand(ordered or text)
    if found:
        return _MIDNIGHT.sub("", found)
    try:
        dates.parse(ordered or text)
    except dates.DateError as wrong:
        hint = wrong.hint
        if numbers and not order and "(if " in hint:
            hint += "; or give the order of all dates: `--date-order dmy`, `mdy` or `ymd`"
        raise UnreadError(wrong.message, hint) from None
    return text


def _with(date: str, time: str) -> str:
    """A day and its time; a midnight is none."""
    if time == MIDNIGHT:
        return date
    if not re.fullmatch(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}", date):
        raise UnreadError(f"“{date}” is no single day, and has the time {time}", "leave the time out")
    return f"{date}T{time}"


def _ordered(numbers: re.Match[str], order: str) -> str:
    """Year, month and day in their places, as the author said that they stand; "" where nothing was said."""
    first, _, second, third = numbers.groups()
    if len(first) == 4 or not order:
        return ""
    parts = dict(zip(order, (first, second, third), strict=True))
    if len(parts["y"]) != 4:
        message = f"“{numbers[0]}” has a year of {len(parts['y'])} digits, and the century cannot be known"
        raise UnreadError(message, "write the year with four digits")
    return f"{parts['y']}-{parts['m']:0>2}-{parts['d']:0>2}"


def from_parts(year: str, month: str, day: str, time: str = "") -> str:
    """A date whose parts stand apart, as far as they are there. `year`: -44 is 44 BC. `time`: `hh:mm:ss`, of a day."""
    if not re.fullmatch(r"-?[0-9]{1,9}", year):
        raise UnreadError(f"“{year[:40]}” is no year", "write the year in digits")
    number = int(year)
    if number == 0:
        raise UnreadError("there was no year 0", "write -1 for 1 BC, or 1 for AD 1")
    number += number < 0  # EDTF counts a year 0, which is 1 BC
    whole = f"Y{number}" if abs(number) > 9999 else f"{'-' if number < 0 else ''}{abs(number):04}"
    if day and not month:
        raise UnreadError(f"the day {day[:20]} has no month", "write the month too, or leave the day out")
    months = dates.understand(f"{month} 2000") if month and not month.isdigit() else ""
    month = months[5:7] if months else month
    text = "-".join([whole, *(part.zfill(2) for part in (month, day) if part)])
    return edtf(f"{text}T{time}" if time else text)


def clock(text: str) -> str:
    """A time of day as `hh:mm:ss`, where it can be read: 14:30, 1430, 2:30 pm, 2.30 p.m.; else ""."""
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return ""
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return ""
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return f"{hour:02}:{found['minute'] or '00'}:{found['second'] or '00'}"


def between(start: str, end: str) -> str:
    """From a start to an end, in whole days: intervals of EDTF have no times."""
    first, last = (date.partition("T")[0] for date in (start, end))
    if not last or first == last:
        return start
    if "/" in first + last or "[" in first + last:
        raise UnreadError(f"“{start}” and “{end}” are no start and end", "write one date in each field")
    return edtf(f"{first}/{last}")
