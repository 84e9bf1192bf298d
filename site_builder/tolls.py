"""Figures of harm as each claimant gives them: grouped by whom they are about, drawn on one scale, never added up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from site_builder import mentions
from site_builder.cards import Mention
from site_builder.model import Casualties, Entry
from site_builder.timeline import Timeline

_BEYOND = 1.12  # how much longer the scale is than the highest number, where somebody says "at least"


@dataclass(frozen=True, slots=True)
class Reach:
    """A claimant's range on a scale from zero, in hundredths of its length. `open`: no upper end is given."""

    start: float
    end: float
    open: bool
    best: float | None


@dataclass(frozen=True, slots=True)
class Toll:
    """One claimant's figures; `reach` where they are compared with those of others."""

    by: Mention | None
    toll: Casualties
    notes: tuple[tuple[str, str], ...]
    reach: Reach | None = None


@dataclass(frozen=True, slots=True)
class TollGroup:
    """What is said of one harm to one group of people."""

    harm: str
    group: str
    tolls: tuple[Toll, ...]


def tolls(timeline: Timeline, entry: Entry) -> tuple[Toll, ...]:
    """In the order of their author."""
    return tuple(_toll(timeline, entry, row) for row in entry.casualties)


def toll_groups(timeline: Timeline, entry: Entry) -> tuple[TollGroup, ...]:
    """In the order in which the author names them first."""
    keys = list(dict.fromkeys((toll.harm, toll.group) for toll in entry.casualties))
    ordered = sorted(entry.casualties, key=lambda toll: keys.index((toll.harm, toll.group)))
    return tuple(
        TollGroup(*key, tuple(_compared(timeline, entry, list(of_key))))
        for key, of_key in groupby(ordered, key=lambda toll: (toll.harm, toll.group))
    )


def _toll(timeline: Timeline, entry: Entry, row: Casualties, reach: Reach | None = None) -> Toll:
    by = mentions.actor(timeline, row.by, entry.date) if row.by else None
    return Toll(by, row, mentions.notes(row.cites), reach)


def _compared(timeline: Timeline, entry: Entry, rows: Sequence[Casualties]) -> Iterable[Toll]:
    known = [row for row in rows if _numbers(row)]
    highest = max((max(_numbers(row)) for row in known), default=0)
    compared = len(known) > 1 and highest > 0
    scale = highest * _BEYOND if any(_is_open(row) for row in known) else highest
    for row in rows:
        yield _toll(timeline, entry, row, _reach(row, scale) if compared and row in known else None)


def _numbers(row: Casualties) -> list[int]:
    return [number for number in (row.min, row.max, row.best) if number is not None]


def _is_open(row: Casualties) -> bool:
    return row.min is not None and row.max is None


def _reach(row: Casualties, scale: float) -> Reach:
    start = row.min if row.min is not None else 0 if row.max is not None else row.best or 0
    end = scale if _is_open(row) else row.max if row.max is not None else row.best or 0
    best = None if row.best is None else _at(row.best, scale)
    return Reach(_at(start, scale), _at(end, scale), _is_open(row), best)


def _at(number: float, scale: float) -> float:
    return round(100 * number / scale, 2)
