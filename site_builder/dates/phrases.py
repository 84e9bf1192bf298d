"""Dates as people write them in English, turned into the EDTF that an error message proposes.

Nothing here decides what is accepted: it only reads what an author may have meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from site_builder.dates import calendar
from site_builder.dates.points import MONTH_NAMES

_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}


def month_number(word: str) -> int | None:
    """The month that a word or its first three letters and more name."""
    word = word.lower().rstrip(".")
    names = [name.lower() for name in MONTH_NAMES]
    if word == "sept":
        return 9
    return next((n for n, name in enumerate(names, 1) if len(word) >= 3 and name.startswith(word)), None)


def phrase(text: str) -> str | None:
    """The EDTF for a date in words, None if it is not understood. The first pattern that fits decides."""
    for pattern, turn in _PATTERNS:
        if match := pattern.fullmatch(text.strip()):
            return turn(match)
    return None


def _inner(text: str) -> str | None:
    """A part of a phrase: words, or EDTF as it stands."""
    return text.strip() if re.fullmatch(r"-?[0-9X]{4}(?:-[0-9X]{2}){0,2}", text.strip()) else phrase(text)


def _around(before: str, after: str) -> Callable[[re.Match[str]], str | None]:
    def turn(match: re.Match[str]) -> str | None:
        inner = _inner(match[1])
        return None if inner is None else before + inner + after

    return turn


def _beyond(before: str, step: int, after: str) -> Callable[[re.Match[str]], str | None]:
    """What was before a date was not on it: `before 2014` is 2013 or earlier."""

    def turn(match: re.Match[str]) -> str | None:
        inner = re.fullmatch(r"(-?\d{4})(?:-(\d\d))?(?:-(\d\d))?", _inner(match[1]) or "")
        date = tuple(int(part) for part in inner.groups() if part) if inner else ()
        beside = calendar.moved(date, step) if calendar.exists(date) else ()
        return before + calendar.written(beside) + after if beside else None

    return turn


def _both(before: str, between: str, after: str) -> Callable[[re.Match[str]], str | None]:
    def turn(match: re.Match[str]) -> str | None:
        first, last = _borrowing(match[1], match[2]), _inner(match[2])
        if re.fullmatch(r"\d{1,2}", match[2]):  # "2014-06-10 to 12": a day of a month that only its author knows
            return None
        return before + first + between + last + after if first and last else None

    return turn


def _borrowing(first: str, last: str) -> str | None:
    """The first of two dates, which borrows from the last: "6 to 10 June 2014", "30 May to 4 June 2014"."""
    whole = _inner(first)
    if whole and not re.fullmatch(r"\d{1,2}", first.strip()):
        return whole
    words = last.split()
    return next((edtf for tail in (words[-2:], words[-1:]) if (edtf := _inner(" ".join([first, *tail])))), None)


def _day(day: str, word: str, year: str) -> str | None:
    number = month_number(word)
    return f"{year:0>4}-{number:02}-{day:0>2}" if number else None


def _month(match: re.Match[str]) -> str | None:
    number = month_number(match[1]) or _SEASONS.get(match[1].lower())
    return f"{match[2]}-{number:02}" if number else None


def _winter(match: re.Match[str]) -> str | None:
    """The winter that two years share is the one of the first."""
    follows = f"{int(match[1]) + 1:04}".endswith(match[2])
    return f"{match[1]}-24" if follows else None


def _before_christ(match: re.Match[str]) -> str:
    year = int(match[1])
    return "0000" if year == 1 else f"-{year - 1:04}"


_TH = r"(?:st|nd|rd|th)?"
_MONTH = rf"((?:{'|'.join([name[:3] for name in MONTH_NAMES] + list(_SEASONS))})[a-z]{{0,6}})\.?"
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), turn)
    for pattern, turn in (
        (r"between (.+?) and (.+)", _both("[", "..", "]")),
        (r"(?:until|till|up to)\s+(.+)", _around("../", "")),
        (r"(?:by|no later than|on or before)\s+(.+)", _around("[..", "]")),
        (r"(?:no earlier than|on or after)\s+(.+)", _around("[", "..]")),
        (r"before\s+(.+)", _beyond("[..", -1, "]")),
        (r"after\s+(.+)", _beyond("[", 1, "..]")),
        (r"(?:either )?(.+?) or (.+)", _both("[", ",", "]")),
        (r"(?:from )?(.+?) (?:to|until|till|through) (.+)", _both("", "/", "")),
        (r"(.+?) - (.+)", _both("", "/", "")),
        (rf"(\d{{1,2}}){_TH} (?:of )?{_MONTH},? (\d{{3,4}})", lambda m: _day(m[1], m[2], m[3])),
        (rf"{_MONTH} (\d{{1,2}}){_TH},? (\d{{4}})", lambda m: _day(m[2], m[1], m[3])),
        (rf"(\d{{4}}),? {_MONTH} (\d{{1,2}})", lambda m: _day(m[3], m[2], m[1])),
        (rf"{_MONTH},? (?:of )?(\d{{4}})", _month),
        (r"winter (?:of )?(\d{4})[/-](\d\d|\d{4})", _winter),
        (r"(?:the )?(\d\d[1-9])0'?s", lambda m: f"{m[1]}X"),
        (rf"(?:the )?(\d{{1,2}}){_TH} century", lambda m: f"{int(m[1]) - 1:02}XX" if int(m[1]) else None),
        (r"(\d{1,4}) ?(?:bce?|b\.c\.)", _before_christ),
        (r"(?:ad )?(\d{1,4})(?: ?(?:ad|ce|a\.d\.))?", lambda m: f"{m[1]:0>4}"),
        (r"(?:circa|ca?\.|ca?|about|around|approximately|approx\.?|roughly)\s+(.+)", _around("", "~")),
        (r"(?:c\.|~)(.+)", _around("", "~")),
        (r"(?:possibly|probably|perhaps|maybe|presumably)\s+(.+)", _around("", "?")),
        (r"(.+) ?\(\?\)|(?:.+) \?", lambda m: f"{_inner(m[0].rstrip(' (?)'))}?"),
        (r"(?:since|from)\s+((?:(?! to | until ).)+)", _around("", "/..")),
        (r"(\d{1,2}|[A-Za-z]{3,9})-(.+)", _both("", "/", "")),
    )
)
