"""Published figures over time: one page a quantity, one panel an estimator, never a line from one to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from site_builder import mentions, urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.cards import Mention
from site_builder.edition import Edition
from site_builder.geometry import Tick, TimeScale, label_sides, reach, scale, value_ticks
from site_builder.model import Point, Series
from site_builder.timeline import Timeline

HEIGHT = 180  # of a panel's plot; its width is that of the screen, and labels are laid out for a narrow one
WIDTH = 240
SERIES = 3  # values of one measure by one estimator that make a series, whose steps may be drawn
_DIGITS = 7  # letters of a label


@dataclass(frozen=True, slots=True)
class Dot:
    """A value. `left` to `right`: the time it can mean; `label`: where its figure is written, "" for nowhere.

    One that is `drawn` nowhere has another unit than its page and stands in the table only.
    """

    point: Point
    drawn: bool
    at: float
    top: float
    left: float
    right: float
    label: str
    places: tuple[Mention, ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The values of one estimator. `steps`: runs of dots of one measure, by the numbers of the dots."""

    id: str
    name: str
    dots: tuple[Dot, ...]
    steps: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """A value on the upright axis, and how far down it is drawn."""

    value: float
    top: float


def artifacts(edition: Edition) -> Iterable[Artifact]:
    return edition.once(_artifacts, edition.bare())


def _artifacts(edition: Edition) -> tuple[Artifact, ...]:
    """`edition`: that of the records alone."""
    return tuple(_pages(edition))


def _pages(edition: Edition) -> Iterator[Artifact]:
    for series in edition.timeline.records.series.values():
        if series.points:
            yield _page(edition.timeline, series)


def _page(timeline: Timeline, series: Series) -> Artifact:
    line = scale(point.date for point in series.points)
    values = value_ticks(point.value for point in series.points if _drawn(series, point))
    panels = tuple(_panels(timeline, series, line, values))
    points = [dot.point for panel in panels for dot in panel.dots]
    references, numbers = mentions.sources(timeline, (cite for point in points for cite in point.cites))
    dates = sorted((point.date for point in points), key=lambda date: date.sort_key)
    return page(
        urls.page("series", series.id),
        "series.html",
        shows=(),
        series=series,
        unit=_unit(series),
        panels=panels,
        ticks=_near(line),
        levels=tuple(Axis(value, _top(value, values)) for value in values),
        height=HEIGHT,
        count=len(points),
        first=dates[0],
        last=dates[-1],
        references=references,
        numbers=numbers,
    )


def _unit(series: Series) -> str:
    """The one unit of a page."""
    return series.unit or series.points[0].unit


def _drawn(series: Series, point: Point) -> bool:
    return (point.unit or series.unit) == _unit(series)


def _near(line: TimeScale) -> tuple[Tick, ...]:
    """Panels are narrow on every screen."""
    return line.ticks(most=6, least=6)


def _top(value: float, values: Sequence[float]) -> float:
    return round(HEIGHT * (values[-1] - value) / (values[-1] - values[0]), 2)


def _panels(timeline: Timeline, series: Series, line: TimeScale, values: Sequence[float]) -> Iterator[Panel]:
    """In the order in which the series names its estimators, then those it does not name."""
    order = list(dict.fromkeys([*series.estimators, *(point.estimator for point in series.points)]))
    ordered = sorted(series.points, key=lambda point: (order.index(point.estimator), point.date.sort_key))
    for id, of_one in groupby(ordered, key=lambda point: point.estimator):
        points = list(of_one)
        yield Panel(
            id,
            series.estimators.get(id, id),
            tuple(_dots(timeline, series, points, line, values)),
            tuple(_steps(series, points)),
        )


def _dots(
    timeline: Timeline, series: Series, points: list[Point], line: TimeScale, values: Sequence[float]
) -> Iterator[Dot]:
    drawn = [point for point in points if _drawn(series, point)]
    spots = [(_middle(line, point), _top(point.value, values)) for point in drawn]
    sides = label_sides([(at * WIDTH / 100, top) for at, top in spots], [_DIGITS] * len(spots), WIDTH)
    labels = dict(zip(drawn, sides, strict=True))
    for point in points:
        yield Dot(
            point,
            point in labels,
            _middle(line, point),
            _top(point.value, values),
            line.at(reach(point.date)[0]),
            line.at(reach(point.date)[1]),
            labels.get(point, ""),
            tuple(mentions.place(timeline, id, short=True) for id in point.places),
            mentions.notes(point.cites),
        )


def _middle(line: TimeScale, point: Point) -> float:
    return line.at(sum(reach(point.date)) / 2)


def _steps(series: Series, points: Sequence[Point]) -> Iterator[tuple[int, int]]:
    """Neighbours in a run of at least three values that the same estimator gave of the same thing."""

    def measure(number: int) -> tuple[str, str, str]:
        point = points[number]
        return point.measures or series.measures, point.area or series.area, point.unit or series.unit

    numbers = sorted((n for n, point in enumerate(points) if _drawn(series, point)), key=measure)
    for _, run in groupby(numbers, key=measure):
        same = list(run)
        if len(same) >= SERIES:
            yield from pairwise(same)


OUTPUT = Output(artifacts)
