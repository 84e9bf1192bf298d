"""The overview of all figures that a site has, each with what it shows and how much it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from site_builder import urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.dates import Edtf
from site_builder.edition import Edition
from site_builder.geometry import Part, TimeScale, part, reach, scale
from site_builder.holding import changes, foremost, stretches
from site_builder.lasting import TAIL, bars
from site_builder.model import Series
from site_builder.timeline import Timeline

Strips = tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A series in the list. `spots`: when its values are dated, along a line that all items share."""

    path: str
    title: str
    description: str
    points: int
    estimators: int
    first: Edtf
    last: Edtf
    spots: tuple[float, ...]


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    series = [one for one in timeline.records.series.values() if one.points]
    held, lasting = _control(timeline), tuple(bar.parts for bar in bars(timeline))
    if not (series or held or lasting):
        return
    line = scale(point.date for one in series for point in one.points) if series else None
    yield page(
        urls.FIGURES,
        "figures.html",
        shows=(),
        spans=lasting,
        held=held,
        groups=tuple(_groups(series, line)) if line else (),
        ticks=line.ticks(most=12, least=6) if line else (),
    )


def _control(timeline: Timeline) -> Strips:
    """The strips of the page on control, without words."""
    found = changes(timeline)
    every = [change for of_place in found.values() for change in of_place]
    if not every:
        return ()
    line, ours = scale(change.entry.date for change in every), foremost(every)
    tail = TAIL / 100 * (line.last - line.first)
    looks = {("held", True): "held", ("held", False): "other", ("contested", True): "hatched"}
    return tuple(
        tuple(
            part(line, looks.get((bar.look, bar.line == ours), "hatched-other"), bar.start, bar.end, bar.fades)
            for bar in stretches(of_place, tail)
        )
        for of_place in found.values()
    )


def _groups(series: list[Series], line: TimeScale) -> Iterator[tuple[str, tuple[Item, ...]]]:
    """By what is measured, the richest first."""
    ordered = sorted(series, key=lambda one: (not one.measures, one.measures, -len(one.points), one.title))
    for measures, some in groupby(ordered, key=lambda one: one.measures):
        yield measures[:1].upper() + measures[1:], tuple(_item(one, line) for one in some)


def _item(series: Series, line: TimeScale) -> Item:
    dates = sorted((point.date for point in series.points), key=lambda date: date.sort_key)
    return Item(
        urls.page("series", series.id),
        series.title,
        series.description,
        len(series.points),
        len({point.estimator for point in series.points}),
        dates[0],
        dates[-1],
        tuple(line.at(sum(reach(date)) / 2) for date in dates),
    )


OUTPUT = Output(artifacts, nav=("figures.nav", urls.FIGURES))
