"""Which places lie near each other."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from site_builder.model import Place

_RADIUS = 6371.0  # of the Earth, in kilometres
_SURE = ("exact", "near")
_ROUNDING = 1e-6  # kilometres

_Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where one or more places lie; `point` is on a ball of the Earth's size, in kilometres from its middle."""

    point: _Point
    lat: float
    lon: float
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Node:
    """A k-d tree: what `low` holds lies on one side of the spot along the axis, what `high` holds on the other."""

    spot: _Spot
    axis: int
    low: _Node | None
    high: _Node | None


class Vicinity:
    """Places whose spot is known to a town or better, so kept that not every two are compared."""

    def __init__(self, places: Iterable[Place]) -> None:
        found = defaultdict[tuple[float, float], list[str]](list)
        for place in places:
            if place.lat is not None and place.lon is not None and place.precision in _SURE:
                found[place.lat, place.lon].append(place.id)
        self._root = _tree([_Spot(_point(*at), *at, tuple(sorted(ids))) for at, ids in found.items()], 0)

    def around(self, place: Place, within: float, most: int) -> list[tuple[str, float]]:
        """Ids and kilometres of the nearest within so many kilometres, at most so many; the place itself is not."""
        if place.lat is None or place.lon is None or place.precision not in _SURE:
            return []
        found: list[tuple[float, str]] = []
        here, waiting = _point(place.lat, place.lon), [(0.0, self._root)]
        while waiting:
            gap, node = waiting.pop()
            reach = found[-1][0] if len(found) == most else within
            if node is None or gap > reach + _ROUNDING:
                continue
            far = distance(place.lat, place.lon, node.spot.lat, node.spot.lon)
            if far <= reach:
                for id in node.spot.ids[: most + 1]:
                    if id != place.id:
                        insort(found, (far, id))
                del found[most:]
            side = here[node.axis] - node.spot.point[node.axis]  # the great circle is never shorter than this
            near, other = (node.low, node.high) if side < 0 else (node.high, node.low)
            waiting += [(abs(side), other), (gap, near)]
        return [(id, far) for far, id in found]


def _tree(spots: Sequence[_Spot], depth: int) -> _Node | None:
    if not spots:
        return None
    axis = depth % 3
    ordered = sorted(spots, key=lambda spot: spot.point[axis])
    middle = len(ordered) // 2
    return _Node(ordered[middle], axis, _tree(ordered[:middle], depth + 1), _tree(ordered[middle + 1 :], depth + 1))


def _point(lat: float, lon: float) -> _Point:
    north, east = radians(lat), radians(lon)
    return (_RADIUS * cos(north) * cos(east), _RADIUS * cos(north) * sin(east), _RADIUS * sin(north))


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great circle between two points in degrees, in kilometres (haversine)."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    half = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * _RADIUS * asin(sqrt(min(1.0, half)))
