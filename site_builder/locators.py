"""Small maps beside a text: a picture of the land that all pages share, and the marks of one page over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from site_builder.cartography import DRAWN, POINTS, Mark, Spot, at, sign, spot
from site_builder.charts import Chart
from site_builder.edition import Edition
from site_builder.lettering import Beside, Paper, Sign, letter
from site_builder.model import Entry, Place

_WIDTH = 280  # in pixels
_ROOM = (215, 250)  # what names must fit into: phones show less of it, and some have wider letters than we reckon with


@dataclass(frozen=True, slots=True)
class LocatorView:
    """A small map beside a text: the picture of the land, and marks over it."""

    id: str
    label: str
    picture: str
    width: int
    height: int
    marks: tuple[Mark, ...]


def entry_locator(edition: Edition, entry: Entry) -> LocatorView | None:
    """Where an event was, as well as the entry itself knows it."""
    timeline = edition.timeline
    found = (spot(timeline, timeline.records.places[ref.id], [entry], ref.precision or "") for ref in entry.location)
    return locator(edition.charts, [each for each in found if each])


def place_locator(edition: Edition, place: Place, entries: Sequence[Entry]) -> LocatorView | None:
    found = spot(edition.timeline, place, entries) if entries else None
    return locator(edition.charts, [found] if found else [])


@lru_cache(maxsize=4096)  # the same few places stand on the maps of many entries
def _lettered(ratio: float, signs: tuple[Sign, ...]) -> Mapping[str, Beside]:
    return letter(Paper(ratio, (_ROOM,)), signs)[0]


def locator(charts: Sequence[Chart], spots: Iterable[Spot]) -> LocatorView | None:
    """The closest map that shows all of the places; None where none of them may be drawn."""
    drawn = [spot for spot in spots if spot.precision in DRAWN]
    if not drawn or not charts:
        return None
    fitting = [chart for chart in charts if all(chart.view.shows(spot.lon, spot.lat) for spot in drawn)]
    if not fitting:
        return None
    chart = min(fitting, key=lambda chart: chart.size)
    small = [replace(spot, count=min(spot.count, 1)) for spot in drawn]
    beside = _lettered(chart.ratio, tuple(sign(chart, spot) for spot in small))
    order = sorted(small, key=lambda spot: spot.precision in POINTS)  # a circle lies under the names of others
    marks = tuple(Mark(spot, *at(chart, spot), beside.get(spot.id)) for spot in order)
    return LocatorView(chart.id, chart.label, chart.path, _WIDTH, round(_WIDTH * chart.ratio), marks)
