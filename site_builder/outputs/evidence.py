"""`evidence.html`: how well the entries of each year are attested, drawn and as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from site_builder import urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.changes import last_change
from site_builder.edition import Edition
from site_builder.evidence import GRADES
from site_builder.ledger import Quality, by_year, quality

HEIGHT = 88  # of the longest bar
LINKED = 30  # years; of more, the names would not stand side by side
_ORDER = ("corroborated", "reported", "single-source", "contested", "retracted")  # from the ground up


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, measured from the top of the panel in units of its height. `look`: its class."""

    look: str
    top: float
    height: float
    count: int


@dataclass(frozen=True, slots=True)
class Column:
    """The bar of a year; `at` and `width` of its place in hundredths of the panel's width; `ghost` is all entries."""

    year: int
    at: float
    width: float
    ghost: Piece
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """`looks` are drawn and explained; `counts` are their sums over all years."""

    id: str
    looks: tuple[str, ...]
    counts: tuple[int, ...]
    columns: tuple[Column, ...]


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    if not timeline.records.sources or not timeline.entries:
        return
    years = by_year(timeline)
    yield page(
        urls.EVIDENCE,
        "evidence.html",
        shows=(),
        updated=last_change(timeline.entries),
        years=years,
        total=quality(timeline, timeline.entries),
        grades=tuple((grade, GRADES.index(grade)) for grade in _ORDER),
        panels=tuple(_panels(years)),
        height=HEIGHT,
        linked=len(years) <= LINKED,
    )


def _panels(years: Sequence[Quality]) -> Iterator[Panel]:
    grades = [grade for grade in _ORDER if any(year.grades[GRADES.index(grade)] for year in years)]
    yield _panel("grades", grades, years, [[year.grades[GRADES.index(grade)] for grade in grades] for year in years])
    yield _panel("one_voice", ["weak"], years, [[year.one_voice] for year in years])
    yield _panel("one_sided", ["weak"], years, [[year.one_sided] for year in years])
    yield _panel("unkept", ["weak", "partly"], years, [[year.unkept, year.partly_kept] for year in years])


def _panel(id: str, looks: list[str], years: Sequence[Quality], counts: list[list[int]]) -> Panel:
    highest, width = max(year.total for year in years), 100 / len(years)
    columns = []
    for n, (year, of_year) in enumerate(zip(years, counts, strict=True)):
        if year.total:
            ghost = _piece("ghost", 0, year.total, highest)
            pieces, below = [], 0
            for look, count in zip(looks, of_year, strict=True):
                if count:
                    pieces.append(_piece(look, below, count, highest))
                    below += count
            columns.append(Column(year.year, round(n * width, 3), round(width, 3), ghost, tuple(pieces)))
    sums = list(map(sum, zip(*counts, strict=True)))
    drawn = [n for n, amount in enumerate(sums) if amount or n == 0]  # what no year has needs no explanation
    return Panel(id, tuple(looks[n] for n in drawn), tuple(sums[n] for n in drawn), tuple(columns))


def _piece(look: str, below: int, count: int, highest: int) -> Piece:
    """`below` entries lie under it."""
    height = HEIGHT * count / highest
    return Piece(look, round(HEIGHT - HEIGHT * below / highest - height, 2), round(height, 2), count)


OUTPUT = Output(artifacts, foot=("evidence.nav", urls.EVIDENCE))
