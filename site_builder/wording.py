"""The words of the interface: texts by key, and dates as a reader is told them.

Every word comes from `strings/<language>.yaml` of the look; there is none in this file. Texts are filled by
names in braces only, in one pass, so that nothing in a value is read as a name and no text can reach into an
object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from site_builder.dates import Clock, Edtf, Limit, Point, Precision, Span

_NAME = re.compile(r"\{([a-z_]+)\}")
# The forms of a text that depends on a number; a branch with other names beside these is a branch.
_FORMS = {"one", "other"}
# Years from here on are understood as numbers; an earlier one is named as AD or BC.
_FIRST_PLAIN_YEAR = 100


_MOST_DATES = 20_000  # that are kept in words; past that, they begin anew


class Words:
    """The texts of one language: `t` by key, `date` for a date.

    >>> Words({"entries": {"one": "{count} entry", "other": "{count} entries"}}).t("entries", count=1)
    '1 entry'
    """

    __slots__ = ("_dates", "_plain_texts", "_texts")

    def __init__(self, strings: Mapping[str, Any]) -> None:
        self._texts: dict[str, str | Mapping[str, Any]] = dict(_flattened(strings))
        texts = self._texts.items()
        self._plain_texts = {key: text for key, text in texts if isinstance(text, str) and "{" not in text}
        self._dates: dict[str, str] = {}

    def t(self, key: str, **values: object) -> str:
        """The text of a key with its values; KeyError for an unknown key and for a value that is missing."""
        if key in self._plain_texts:  # as are most
            return self._plain_texts[key]
        text = self._texts[key]
        if not isinstance(text, str):
            text = str(text["one" if values["count"] == 1 else "other"])
        parts = [*_parted(text)]
        parts[1::2] = [str(values[name]) for name in parts[1::2]]
        return "".join(parts)

    def name(self, group: str, id: str) -> str:
        """The name of an id that authors choose freely, such as a kind or a language: the id where it has no other."""
        text = self._texts.get(f"{group}.{id}", id)
        return text if isinstance(text, str) else id

    def date(self, edtf: Edtf) -> str:
        """A date in words, as closely as it is known and no closer."""
        words = self._dates.get(edtf.text)
        if words is None:
            if len(self._dates) >= _MOST_DATES:
                self._dates.clear()
            words = self._dates[edtf.text] = self._worded(edtf)
        return words

    def _worded(self, edtf: Edtf) -> str:
        if edtf.kind == "set":
            return self._choice(edtf.spans)
        span = edtf.spans[0]
        if edtf.kind == "interval":
            return self._lasting(span)
        return self._point(span.points[0], gaps=True)

    # -- one date

    def _point(self, point: Point, *, gaps: bool = False) -> str:
        """With its marks; `gaps` says which parts are open, where the words around do not say so already."""
        date = self._plain(point)
        if gaps and (point.day_open or point.month_open):
            which = ("day_and_month" if point.month_open else "day") if point.day_open else "month"
            date = self.t(f"date.{which}_unknown", date=date)
        if point.clock:
            date = self._timed(date, point.clock)
        mark = "_".join(word for word, on in (("possibly", point.uncertain), ("about", point.approximate)) if on)
        return self.t(f"date.{mark}", date=date) if mark else date

    def _plain(self, point: Point) -> str:
        year = self.year(point.year)
        match point.precision:
            case Precision.DAY:
                return self.t("date.day", day=point.day, month=self._month(point), year=year)
            case Precision.MONTH:
                return self.t("date.month", month=self._month(point), year=year)
            case Precision.SEASON:
                return self.t(f"date.seasons.{point.season}", year=year, next_year=self.year(point.year + 1))
            case Precision.DECADE | Precision.CENTURY:
                return self._many_years(point)
            case _:
                return year

    def _many_years(self, point: Point) -> str:
        start, end = self.year(point.year), self.year(point.latest[0])
        if point.year < _FIRST_PLAIN_YEAR:
            return self.t("date.between", start=start, end=end)
        # "The 2000s" alone could be ten years or a hundred.
        doubtful = point.precision is Precision.CENTURY or point.year % 100 == 0
        return self.t("date.century" if doubtful else "date.decade", start=start, end=end)

    def _month(self, point: Point) -> str:
        return self.t(f"date.months.{point.month}")

    def year(self, year: int) -> str:
        # The year 0 of the calendar is 1 BC.
        number = year if year > 0 else 1 - year
        digits = str(number) if number < 10_000 else f"{number:,}".replace(",", self.t("date.digit_group"))
        key = "year_before" if year < 1 else "year_early" if year < _FIRST_PLAIN_YEAR else "year"
        return self.t(f"date.{key}", year=digits)

    def _timed(self, date: str, clock: Clock) -> str:
        time = self.t(
            "date.clock_seconds" if clock.second else "date.clock",
            hour=f"{clock.hour:02}",
            minute=f"{clock.minute:02}",
            second=f"{clock.second:02}",
        )
        if clock.offset is None:
            return self.t("date.timed", date=date, time=time)
        return self.t("date.timed_zone", date=date, time=time, zone=self._zone(clock.offset))

    def _zone(self, offset: int) -> str:
        if offset == 0:
            return self.t("date.utc")
        hours, minutes = divmod(abs(offset), 60)
        key = ("date.utc_west" if offset < 0 else "date.utc_east") + ("_minutes" if minutes else "")
        return self.t(key, hours=hours, minutes=f"{minutes:02}")

    # -- from one date to another

    def _lasting(self, span: Span) -> str:
        start, end = span.start, span.end
        if isinstance(start, Point) and isinstance(end, Point):
            return self._range(start, end)
        if isinstance(start, Point):
            return self.t("date.since" if end is Limit.OPEN else "date.end_unknown", start=self._point(start))
        (known,) = span.points
        return self.t("date.until" if start is Limit.OPEN else "date.start_unknown", end=self._point(known))

    def _range(self, start: Point, end: Point) -> str:
        if start == end:
            return self._point(start)
        first, last = self._shortened((start, end))
        # "6–10 June 2014" and "1999–2001" are close; what has spaces in it needs them around the dash too.
        close = " " not in first and (" " not in last or first != self._point(start))
        return self.t("date.range_close" if close else "date.range", start=first, end=last)

    def _shortened(self, points: tuple[Point, ...]) -> list[str]:
        """The dates in words, all but the last without the month and year that all of them share."""
        last, key = points[-1], ""
        alike = all(_bare(point) and (point.precision, point.year) == (last.precision, last.year) for point in points)
        if alike and last.precision is Precision.MONTH:
            key = "date.month_of_year"
        elif alike and last.precision is Precision.DAY:
            key = "date.day_of_month" if all(point.month == last.month for point in points) else "date.day_of_year"
        if not key:
            return [self._point(point) for point in points]
        return [self.t(key, day=p.day, month=self._month(p)) for p in points[:-1]] + [self._point(last)]

    # -- one of several

    def _choice(self, spans: tuple[Span, ...]) -> str:
        if len(spans) == 1:
            return self._one_of(spans[0], alone=True)
        if all(span.start == span.end for span in spans):
            *texts, last = self._shortened(tuple(span.points[0] for span in spans))
        else:
            *texts, last = [self._one_of(span, alone=False) for span in spans]
        first = texts.pop()
        joined = self.t("date.choice_last", first=first, last=last)
        for text in reversed(texts):
            joined = self.t("date.choice", first=text, rest=joined)
        return joined

    def _one_of(self, span: Span, *, alone: bool) -> str:
        if span.start == span.end:
            return self._point(span.points[0])
        if len(span.points) == 2:
            start, end = self._shortened(span.points)
            return self.t("date.between", start=start, end=end)
        later = isinstance(span.start, Point)
        key = ("or_later" if later else "or_earlier") if alone else ("any_since" if later else "any_until")
        return self.t(f"date.{key}", date=self._point(span.points[0]))


@lru_cache(maxsize=4096)
def _parted(text: str) -> tuple[str, ...]:
    """Texts and the names between them, in turn."""
    return tuple(_NAME.split(text))


def _bare(point: Point) -> bool:
    return not (point.uncertain or point.approximate)


def _flattened(strings: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str | Mapping[str, Any]]]:
    for name, value in strings.items():
        if isinstance(value, Mapping) and set(value) != _FORMS:
            yield from _flattened(value, f"{prefix}{name}.")
        else:
            yield prefix + str(name), value if isinstance(value, Mapping) else str(value)
