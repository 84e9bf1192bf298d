"""Which places lie near each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

from site_builder.model import Place

_RADIUS = 6371.0  # of the Earth, in kilometres
_DEGREE = 111.0  # of latitude, in kilometres: a little less than any is
_SURE = ("exact", "near")


class Vicinity:
    """Places whose spot is known to a town or better. Sorted by latitude, so that few pairs are compared."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._points = sorted(
            (place.lat, place.lon, place.id)
            for place in places
            if place.lat is not None and place.lon is not None and place.precision in _SURE
        )
        self._latitudes = [lat for lat, _, _ in self._points]

    def around(self, place: Place, within: float) -> list[tuple[str, float]]:
        """Ids and kilometres of what lies within so many kilometres, the nearest first; the place itself is not."""
        if place.lat is None or place.lon is None or place.precision not in _SURE:
            return []
        margin = within / _DEGREE
        first, last = (
            bisect_left(self._latitudes, place.lat - margin),
            bisect_right(self._latitudes, place.lat + margin),
        )
        found = [(id, distance(place.lat, place.lon, lat, lon)) for lat, lon, id in self._points[first:last]]
        near = [(id, far) for id, far in found if far <= within and id != place.id]
        return sorted(near, key=lambda item: (item[1], item[0]))


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """The great circle between two points in degrees, in kilometres (haversine)."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    half = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * _RADIUS * asin(sqrt(min(1.0, half)))
