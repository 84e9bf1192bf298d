"""Outlines of countries from compact data, and drawings of them as SVG paths.

The data (`templates/map/*.json`, see the README there): `grid` steps to a degree; `arcs`, each a flat list: x, y of its
first point, then the step to each next one; `countries` and `land`: rings of arcs by number, `~n` for arc n backwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain, pairwise
from math import ceil
from typing import Any

from site_builder.projection import Box, View, clip_line, clip_ring

Line = Sequence[tuple[float, float]]  # longitude and latitude in degrees, or x and y
_TURNS = (-360, 0, 360)
_ROWS = 48  # how finely a map is searched for room for a country's name
_LEAST = 3.0  # an island of fewer square units is not drawn


Numbers = tuple[int, ...]
Stretch = tuple[float, float]
Shape = tuple[Line, Box]  # a line or a ring, and the box around it


@dataclass(frozen=True)
class Outlines:
    """Arcs, none of which jumps at 180 degrees; all else is made of them by number, once for all maps."""

    arcs: tuple[Line, ...]
    land: tuple[Numbers, ...]
    countries: tuple[tuple[str, tuple[Numbers, ...]], ...]
    _cuts: dict[Box, tuple[list[Line], list[Line]]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def coasts(self) -> list[Shape]:
        return self._shapes(self.land)

    @property
    def borders(self) -> tuple[Numbers, ...]:
        """The arcs that two countries share, each by itself."""
        uses = {number for _, rings in self.countries for ring in rings for number in ring}
        return tuple((number,) for number in sorted(uses) if number >= 0 and ~number in uses)

    @cached_property
    def edges(self) -> list[Shape]:
        return self._shapes(self.borders)

    @cached_property
    def lands(self) -> list[tuple[str, list[Shape]]]:
        """The rings of each country."""
        return [(key, self._shapes(rings)) for key, rings in self.countries]

    def _shapes(self, rings: Iterable[Numbers]) -> list[Shape]:
        lines = (_joined(numbers, self.arcs) for numbers in rings)
        return [(line, _box(line)) for line in lines]

    def within(self, box: Box) -> tuple[list[Line], list[Line]]:
        """Land and borders in a box, in degrees: cut once for a map and the small one of the same bounds."""
        if box not in self._cuts:
            lines = [[line] if whole else clip_line(line, box) for line, whole in _placed(self.edges, box)]
            self._cuts[box] = list(_rings(self.coasts, box)), list(chain.from_iterable(lines))
        return self._cuts[box]


@dataclass(frozen=True, slots=True)
class Room:
    """Where a country's name may stand: the middle of a free stretch and its length, in parts of the map's size."""

    name: str
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map without its marks, as SVG paths in the units of its view."""

    land: str
    borders: str
    grid: str


def read(data: bytes) -> Outlines:
    """ValueError where the data is not what it should be."""
    try:
        found = json.loads(data)
        arcs = tuple(_arc(flat, found["grid"]) for flat in found["arcs"])
        return Outlines(
            arcs,
            land=_numbers(found["land"], len(arcs)),
            countries=tuple((str(key), _numbers(rings, len(arcs))) for key, rings in found["countries"]),
        )
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError) as wrong:
        raise ValueError(f"{type(wrong).__name__}: {wrong}") from wrong


def _arc(flat: Sequence[int], grid: int) -> Line:
    if len(flat) % 2 or not flat:
        raise ValueError("an arc has a longitude without a latitude, or no point at all")
    longitudes = [x / grid for x in accumulate(flat[::2])]
    return tuple(zip(longitudes, (y / grid for y in accumulate(flat[1::2])), strict=True))


def _numbers(rings: Iterable[Iterable[int]], count: int) -> tuple[Numbers, ...]:
    found = tuple(tuple(ring) for ring in rings)
    if not all(-count <= number < count for ring in found for number in ring):
        raise ValueError("a ring has an arc that is not there")
    return found


def _box(line: Line) -> Box:
    xs, ys = zip(*line, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def draw(outlines: Outlines, view: View) -> Drawing:
    """The outlines in a view. Land is cut a little outside of it, so that no cut edge shows as a coast."""
    rings, borders = outlines.within(view.box)
    land = [ring for ring in map(view.line, rings) if abs(_area(ring)) >= _LEAST]
    return Drawing(
        land="".join(_path(ring, closed=True) for ring in land),
        borders="".join(_path(view.line(line)) for line in borders),
        grid="".join(_path(line) for line in view.graticule()),
    )


def _rings(shapes: Iterable[Shape], box: Box) -> Iterator[Line]:
    for line, whole in _placed(shapes, box):
        cut = line if whole else clip_ring(line, box)
        if len(cut) > 2:
            yield cut


def _placed(shapes: Iterable[Shape], frame: Box) -> Iterator[tuple[Line, bool]]:
    """Those that reach into the frame, as often as they do, and whether they lie in it as a whole.

    A map across 180 degrees shows some a turn away.
    """
    west, south, east, north = frame
    for line, (left, foot, right, head) in shapes:
        if foot > north or head < south:
            continue
        for turn in _TURNS:
            if left + turn <= east and right + turn >= west:
                inside = west <= left + turn and right + turn <= east and south <= foot and head <= north
                yield ([(x + turn, y) for x, y in line] if turn else line), inside


def _joined(numbers: Numbers, arcs: Sequence[Line]) -> Line:
    """Arcs end to end, each moved by whole turns of the globe to where the one before it ended."""
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        turn = 360 * round((points[-1][0] - arc[0][0]) / 360) if points else 0
        points += [(x + turn, y) for x, y in arc[1:]] if points else arc
    return points


def _area(ring: Line) -> float:
    pairs = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return sum([x * v - u * y for (x, y), (u, v) in pairs]) / 2


def _path(line: Line, *, closed: bool = False) -> str:
    """Absolute start, then steps in whole units: "M10 20l3-4 5 6z"; "" for what is a single point on this grid."""
    snapped = [(round(x), round(y)) for x, y in line]
    steps = [(u - x, v - y) for (x, y), (u, v) in pairwise(snapped) if (x, y) != (u, v)]
    if not steps:
        return ""
    numbers = "".join(f"{n}" if n < 0 else f" {n}" for step in steps for n in step).strip()
    return f"M{snapped[0][0]} {snapped[0][1]}l{numbers}" + ("z" if closed else "")


# -- room for names


def rooms(outlines: Outlines, view: View, names: Mapping[str, str]) -> tuple[Room, ...]:
    """The free stretches of every country that has a name, the widest of each country first."""
    box = view.box
    named = ((names.get(key, ""), shapes) for key, shapes in outlines.lands)
    found = (_rooms(name, map(view.line, _rings(shapes, box)), view) for name, shapes in named if name)
    return tuple(room for of_country in found for room in of_country)


def _rooms(country: str, rings: Iterable[Line], view: View) -> list[Room]:
    """The free stretches of a country, widest first: inside it at the foot, middle and head of a line of text."""
    levels = _levels(rings, view.height / _ROWS / 2)
    found: list[Room] = []
    least = view.width / 40
    for row in range(1, _ROWS) if levels else ():  # most countries of the world have none
        for start, end in levels.get(2 * row, ()):
            left, right = max(start, 0.0), min(end, view.width)
            for line in (2 * row - 1, 2 * row + 1) if right - left > least else ():
                left, right = _under((left, right), levels.get(line, ()))
            if right - left > least:
                found.append(Room(country, (left + right) / 2 / view.width, row / _ROWS, (right - left) / view.width))
    return sorted(found, key=lambda room: (-room.width, room.y, room.x))


def _under(stretch: Stretch, level: Iterable[Stretch]) -> Stretch:
    """The longest part of a stretch that lies along one of the level's."""
    shared = ((max(stretch[0], start), min(stretch[1], end)) for start, end in level)
    return max(shared, key=lambda part: part[1] - part[0], default=(0.0, 0.0))


def _levels(rings: Iterable[Line], step: float) -> dict[int, list[Stretch]]:
    """Where the level lines, one every `step` from the top, run inside the rings, from west to east."""
    crossings: dict[int, list[float]] = {}
    for ring in rings:
        below = [ceil(y / step) for _, y in ring]  # the first line at or under each point
        for at, n1 in enumerate(below):
            n0 = below[at - 1]
            if n0 != n1:
                (x0, y0), (x1, y1) = ring[at - 1], ring[at]
                for n in range(min(n0, n1), max(n0, n1)):
                    crossings.setdefault(n, []).append(x0 + (x1 - x0) * (n * step - y0) / (y1 - y0))
    ordered = {n: sorted(found) for n, found in crossings.items()}
    return {n: list(zip(found[::2], found[1::2], strict=False)) for n, found in ordered.items()}


def names(data: bytes) -> Mapping[str, str]:
    """Countries' names by the keys of the outlines; ValueError where the data is not a mapping of texts."""
    found: Any = json.loads(data)
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found.values()):
        raise ValueError("not a mapping of texts")
    return found
