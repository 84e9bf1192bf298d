"""Maps as templates see them: places as marks that claim no more than is known, and the names that there is room for.

An exact or a near place is a sign, a region a wide circle without a middle, a country only its name; a place whose spot
is not known is on no map. Every place is a link on the closest map that shows it, and a mere dot on wider ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from site_builder import urls
from site_builder.cards import PhaseMark, phase_mark
from site_builder.charts import Chart
from site_builder.geography import Room
from site_builder.lettering import Across, Beside, Country, Paper, Sign, length, letter
from site_builder.model import Entry, Place
from site_builder.timeline import Timeline

POINTS = ("exact", "near")
DRAWN = (*POINTS, "region")
SIZES = ((20, 28), (10, 23), (5, 18), (2, 14), (0, 11))  # from so many entries on, so many pixels
_CIRCLE, _DOT = 46, 5
_WEIGHTY = 5  # entries from which a name is set stronger
_PAGE, _SPARE = 1100, 40  # in pixels: a map over the whole page; room for more than a frame's name
_TOOLS = (46, 116)  # the size of the buttons in a map's corner


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as maps know it. `phase`: that of most of its entries, None where no phase has most."""

    id: str
    label: str
    path: str
    lat: float
    lon: float
    precision: str
    phase: PhaseMark | None
    count: int
    first: int | None = None
    last: int | None = None

    @property
    def size(self) -> int:
        if self.precision == "region":
            return _CIRCLE
        return next(size for least, size in SIZES if self.count >= least)

    @property
    def weighty(self) -> bool:
        return self.precision in POINTS and self.count >= _WEIGHTY


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a map: `x`, `y` in hundredths of the map's width and height."""

    spot: Spot
    x: float
    y: float
    name: Beside | None


@dataclass(frozen=True, slots=True)
class Name:
    """A country's name on a map; with a `spot` it is a place of the timeline, of which no more is known."""

    text: str
    x: float
    y: float
    tier: int
    spot: Spot | None


@dataclass(frozen=True, slots=True)
class Frame:
    """A closer map on this one: its outline in the map's units, and its upper left corner in hundredths."""

    id: str
    label: str
    outline: str
    x: float
    y: float
    roomy: bool  # whether its name fits into it on a wide page
    name: Beside | None = None


@dataclass(frozen=True, slots=True)
class MapView:
    id: str
    label: str
    width: int
    height: int
    wide: bool
    places: int
    picture: str
    marks: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    names: tuple[Name, ...]
    frames: tuple[Frame, ...]


# -- places


def spot(timeline: Timeline, place: Place, entries: Sequence[Entry], precision: str = "") -> Spot | None:
    """A place with its entries; None where it has no coordinates. `precision`: what an entry says of the place."""
    if place.lat is None or place.lon is None:
        return None
    years = [entry.date.year for entry in entries]
    return Spot(
        place.id,
        place.name,
        urls.page("place", place.id),
        place.lat,
        place.lon,
        precision or place.precision,
        phase_mark(timeline, leading(entries)),
        len(entries),
        min(years, default=None),
        max(years, default=None),
    )


def leading(entries: Sequence[Entry]) -> str:
    """The phase of more than half of the entries, else ""."""
    (phase, count), *_ = Counter(entry.phase for entry in entries).most_common(1) or [("", 0)]
    return phase if count * 2 > len(entries) else ""


# -- maps


@lru_cache(maxsize=2)
def maps(charts: tuple[Chart, ...], spots: tuple[Spot, ...]) -> tuple[MapView, ...]:
    """Every map that has something on it, with frames of such others alone.

    Names take long to place, and an edit of a text moves none of them.
    """
    shown = {chart.id: [spot for spot in spots if chart.view.shows(spot.lon, spot.lat)] for chart in charts}
    closest: dict[str, str] = {}
    for chart in sorted(charts, key=lambda chart: chart.size):
        for each in shown[chart.id]:
            closest.setdefault(each.id, chart.id)
    drawn = [chart for chart in charts if shown[chart.id]]
    return tuple(
        _map(chart, drawn, found, {each.id for each in found if closest[each.id] == chart.id})
        for chart, found in ((chart, shown[chart.id]) for chart in drawn)
    )


def _map(chart: Chart, charts: Sequence[Chart], shown: Iterable[Spot], own: set[str]) -> MapView:
    ordered = sorted(shown, key=lambda spot: (-spot.count, spot.precision == "region", spot.id))
    linked = [spot for spot in ordered if spot.id in own and spot.precision in DRAWN]
    countries = [spot for spot in ordered if spot.id in own and spot.precision == "country"]
    frames = [_frame(chart, other) for other in charts if _framed(chart, other, charts)]
    dots = [spot for spot in ordered if spot.id not in own and spot.precision in POINTS]
    paper = Paper(chart.ratio, usual=2 if chart.view.wide or chart is charts[0] else 1, corner=_TOOLS)
    beside, names = _lettered(chart, paper, (linked, countries, dots), frames)
    order = sorted(linked, key=lambda spot: (-spot.size, spot.lat, spot.id))  # the small ones lie on top
    return MapView(
        chart.id,
        chart.label,
        int(chart.view.width),
        int(chart.view.height),
        chart.view.wide,
        len(ordered),
        chart.large_path,
        marks=tuple(Mark(spot, *at(chart, spot), beside.get(spot.id)) for spot in order),
        dots=tuple(Mark(spot, *at(chart, spot), None) for spot in dots),
        names=names,
        frames=tuple(replace(frame, name=beside.get(_key(frame))) for frame in frames),
    )


def at(chart: Chart, spot: Spot) -> tuple[float, float]:
    x, y = chart.view.point(spot.lon, spot.lat)
    return round(100 * x / chart.view.width, 2), round(100 * y / chart.view.height, 2)


def sign(chart: Chart, spot: Spot) -> Sign:
    x, y = at(chart, spot)
    return Sign(spot.id, spot.label, x / 100, y / 100, spot.size, spot.weighty, spot.precision == "region")


def _framed(chart: Chart, other: Chart, charts: Iterable[Chart]) -> bool:
    """Whether the other map has its frame on this one: it lies on it, and on no third map whose frame it has."""
    return chart.holds(other) and not any(chart.holds(third) and third.holds(other) for third in charts)


def _frame(chart: Chart, other: Chart) -> Frame:
    west, south, east, north = other.view.bounds
    turn = 360 * round((sum(chart.view.bounds[::2]) - west - east) / 720)
    corners = [(west, north), (east, north), (east, south), (west, south), (west, north)]
    edge = [
        (a + (c - a) * n / 12 + turn, b + (d - b) * n / 12) for (a, b), (c, d) in pairwise(corners) for n in range(12)
    ]
    line = chart.view.line(edge)
    outline = "M" + " ".join(f"{round(x)} {round(y)}" for x, y in line) + "z"
    room = (max(x for x, _ in line) - line[0][0]) / chart.view.width * (_PAGE if chart.view.wide else _PAGE / 2)
    x, y = line[0]
    corner = (round(100 * x / chart.view.width, 2), round(100 * y / chart.view.height, 2))
    return Frame(other.id, other.label, outline, *corner, room > length(other.label, 12) + _SPARE)


def _key(frame: Frame) -> str:
    return f"frame {frame.id}"  # no place has such an id


def _corner(frame: Frame) -> Sign:
    """A frame as something with a name: in its corner, or above or beside it, where its map is not under the name."""
    at = ((4.0, 14.0), (0.0, -4.0), (-4.0, 10.0))[0 if frame.roomy else 1 :]
    return Sign(_key(frame), frame.label, frame.x / 100, frame.y / 100, 0, corner=at)


def _lettered(
    chart: Chart, paper: Paper, spots: tuple[Sequence[Spot], Sequence[Spot], Sequence[Spot]], frames: Iterable[Frame]
) -> tuple[dict[str, Beside], tuple[Name, ...]]:
    """Names beside marks, and across countries; a place that is a country stands for its country's name.

    `spots`: those with a mark, those that are countries, those with a dot.
    """
    linked, countries, dots = spots
    rooms: dict[str, list[Room]] = {}
    for room in chart.rooms:
        rooms.setdefault(room.name, []).append(room)
    homes = {_home(chart, spot): spot for spot in countries}
    texts = {name: name for name in sorted(rooms)} | {home: spot.label for home, spot in homes.items()}
    beside, across = letter(
        paper,
        [*map(_corner, frames), *(sign(chart, spot) for spot in linked)],
        [
            Country(key, texts[key], rooms.get(key) or [_spot_of(chart, homes[key])])
            for key in sorted(texts, key=lambda key: (key not in homes, key))
        ],
        unnamed=[replace(sign(chart, spot), size=_DOT) for spot in dots],
    )
    return beside, tuple(_name(texts[key], place, homes.get(key)) for key, place in across.items())


def _spot_of(chart: Chart, spot: Spot) -> Room:
    """For a country that is too small for its name, or that the outlines do not have: over its point."""
    x, y = at(chart, spot)
    return Room(spot.id, x / 100, y / 100, 0)


def _home(chart: Chart, spot: Spot) -> str:
    """The name of the country in which a place lies, else its own id."""
    x, y = (value / 100 for value in at(chart, spot))
    around = (room.name for room in chart.rooms if abs(room.y - y) < 0.02 and abs(room.x - x) < room.width / 2)
    return next(around, spot.id)


def _name(text: str, place: Across, spot: Spot | None) -> Name:
    return Name(text, round(100 * place.x, 2), round(100 * place.y, 2), place.tier, spot)
