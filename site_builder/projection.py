"""From longitude and latitude to a flat map and its edges. Plain arithmetic: the same numbers on every machine."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat
from operator import ge, itemgetter, le

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # west, south, east, north in degrees; east may lie beyond 180

WIDE = 180  # a map of more degrees of longitude than this is drawn as a globe rolled out
_MARGIN = 0.02


@dataclass(frozen=True, slots=True)
class View:
    """A map's frame. `bounds` are the degrees that it shows, `width` and `height` its size in units of the drawing."""

    bounds: Box
    width: float
    height: float

    @property
    def wide(self) -> bool:
        return self.bounds[2] - self.bounds[0] > WIDE

    @property
    def box(self) -> Box:
        """What is drawn: a little more than what is seen; all around the globe where its edges are curved."""
        west, south, east, north = self.bounds
        beyond = (east - west) * _MARGIN
        if self.wide:
            middle = (west + east) / 2
            west, east = middle - 180, middle + 180
        return west - beyond, max(south - beyond, -90), east + beyond, min(north + beyond, 90)

    def point(self, lon: float, lat: float) -> Point:
        """In units from the upper left corner; a longitude counts on the turn of the globe that the view shows."""
        west, _, east, _ = self.bounds
        middle = (west + east) / 2
        return self.line([(lon + 360 * round((middle - lon) / 360), lat)])[0]

    def line(self, points: Sequence[Point]) -> list[Point]:
        west, south, east, north = self.bounds
        if self.wide:
            middle, scale = (west + east) / 2, self.width / _reach(self.bounds)
            top, left = natural_earth(0, north)[1], -_reach(self.bounds) / 2
            flat = (natural_earth(lon - middle, lat) for lon, lat in points)
            return [((x - left) * scale, (top - y) * scale) for x, y in flat]
        across, down = self.width / (east - west), self.height / (north - south)
        return [((lon - west) * across, (north - lat) * down) for lon, lat in points]

    def shows(self, lon: float, lat: float) -> bool:
        x, y = self.point(lon, lat)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def graticule(self) -> Iterator[list[Point]]:
        """Meridians and parallels at a round distance, four to nine of them across the map."""
        west, south, east, north = self.box
        step = next(step for step in (0.5, 1, 2, 5, 10, 15, 30) if (east - west) / step < 10 or step == 30)
        fine = [south + (north - south) * n / 24 for n in range(25)] if self.wide else [south, north]
        for n in range(math.ceil(west / step), math.floor(east / step) + 1):
            yield self.line([(n * step, lat) for lat in fine])
        for n in range(math.ceil(south / step), math.floor(north / step) + 1):
            yield self.line([(west, n * step), (east, n * step)])


def view(bounds: Box, width: float) -> View:
    """A view of these bounds. A box whose east lies west of its west crosses 180 degrees."""
    west, south, east, north = bounds
    if east <= west:
        east += 360
    if east - west > 360 or north - south <= 0:
        raise ValueError("a map has its west, south, east and north in this order")
    whole = (west, south, east, north)
    if east - west > WIDE:
        height = (natural_earth(0, north)[1] - natural_earth(0, south)[1]) * width / _reach(whole)
    else:
        height = (north - south) * width / ((east - west) * parallel((south + north) / 2))
    return View(whole, width, max(round(height), 1))


def parallel(lat: float) -> float:
    """How long a degree of longitude is there, in degrees of latitude; never so little that a map has no width.

    Rounded, since the last digits of a cosine differ between machines.
    """
    return max(round(math.cos(math.radians(lat)), 6), 0.05)


def _reach(bounds: Box) -> float:
    """The width of a wide map on the globe's own scale: at its widest parallel."""
    west, south, east, north = bounds
    widest = min(max(south, 0), north) if south <= 0 <= north else min(south, north, key=abs)
    return 2 * natural_earth((east - west) / 2, 0.0 if south <= 0 <= north else widest)[0]


def natural_earth(lon: float, lat: float) -> Point:
    """Natural Earth I, as a polynomial (Šavrič, Jenny, Patterson, Petrovič and Hurni, 2011), on a globe of radius 1."""
    x, y = math.radians(lon), math.radians(lat)
    s = y * y
    f = s * s
    across = 0.8707 - 0.131979 * s + f * (-0.013791 + f * s * (0.003971 - 0.001529 * s))
    up = y * (1.007226 + s * (0.015085 + f * (-0.044475 + 0.028874 * s - 0.005916 * f)))
    return x * across, up


# -- edges


def clip_ring(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a ring within a box, its cuts along the edges (Sutherland and Hodgman, one edge at a time)."""
    west, south, east, north = box
    points = list(ring)
    for axis, edge, inner in ((0, west, ge), (0, east, le), (1, south, ge), (1, north, le)):
        inside = bytes(map(inner, map(itemgetter(axis), points), repeat(edge)))
        if 0 in inside:  # else all of the ring lies on this edge's inner side
            points = list(_inner(points, inside, axis, edge))
    return points


def _inner(points: Sequence[Point], inside: bytes, axis: int, edge: float) -> Iterator[Point]:
    """The points on the inner side of an edge and the cuts, stretch by stretch, as few points lie at a cut."""
    start, now = 0, inside[0]
    if inside[-1] != now:
        yield _crossing(points[-1], points[0], axis, edge)
    while True:
        end = inside.find(1 - now, start)
        if now:
            yield from points[start : end if end >= 0 else None]
        if end < 0:
            return
        yield _crossing(points[end - 1], points[end], axis, edge)
        start, now = end, 1 - now


def _crossing(start: Point, end: Point, axis: int, edge: float) -> Point:
    part = (edge - start[axis]) / (end[axis] - start[axis])
    other = start[1 - axis] + part * (end[1 - axis] - start[1 - axis])
    return (edge, other) if axis == 0 else (other, edge)


def clip_line(line: Sequence[Point], box: Box) -> list[list[Point]]:
    """The parts of a line within a box, each from where it comes in to where it goes out."""
    pieces: list[list[Point]] = []
    for start, end in pairwise(line):
        part = _segment(start, end, box)
        if part is None:
            continue
        if pieces and pieces[-1][-1] == part[0]:
            pieces[-1].append(part[1])
        else:
            pieces.append([*part])
    return pieces


def _segment(start: Point, end: Point, box: Box) -> tuple[Point, Point] | None:
    """The part of a straight line within a box (Liang and Barsky), or None."""
    (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
    west, south, east, north = box
    enter, leave = 0.0, 1.0
    for toward, room in ((-dx, x - west), (dx, east - x), (-dy, y - south), (dy, north - y)):
        if toward == 0:
            if room < 0:
                return None
        elif toward < 0:
            enter = max(enter, room / toward)
        else:
            leave = min(leave, room / toward)
    if enter > leave:
        return None
    at = (x + enter * dx, y + enter * dy) if enter > 0 else start
    return at, ((x + leave * dx, y + leave * dy) if leave < 1 else end)
