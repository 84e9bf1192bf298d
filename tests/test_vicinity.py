from __future__ import annotations

import random

import pytest

from site_builder.model import Place
from site_builder.vicinity import Vicinity, distance

MOSUL = Place("mosul", "Mosul", lat=36.34, lon=43.13, precision="near")
TAL_AFAR = Place("tal-afar", "Tal Afar", lat=36.379, lon=42.449, precision="near")
DAM = Place("dam", "Mosul Dam", lat=36.63, lon=42.82, precision="exact")
NINEVEH = Place("nineveh", "Nineveh", lat=36.34, lon=43.13, precision="region")
NOWHERE = Place("nowhere", "Nowhere")


@pytest.mark.parametrize(
    ("pair", "kilometres"),
    [
        # A quarter of a meridian, and half of the equator, of a sphere with a radius of 6,371 km.
        ((0, 0, 90, 0), 10007.5),
        ((0, -90, 0, 90), 20015.1),
        ((0, 179.5, 0, -179.5), 111.2),
        ((36.34, 43.13, 36.34, 43.13), 0),
    ],
)
def test_distance(pair: tuple[float, float, float, float], kilometres: float) -> None:
    """The great circle, also across the line where the days meet."""
    assert distance(*pair) == pytest.approx(kilometres, abs=0.1)


def test_what_lies_around() -> None:
    """Places within reach come by distance; those whose spot is not known to a town are neither asked nor found."""
    vicinity = Vicinity([TAL_AFAR, NINEVEH, DAM, MOSUL, NOWHERE])
    assert [id for id, _ in vicinity.around(MOSUL, 80, 9)] == ["dam", "tal-afar"]
    assert [id for id, _ in vicinity.around(MOSUL, 50, 9)] == ["dam"]
    assert vicinity.around(NINEVEH, 80, 9) == vicinity.around(NOWHERE, 80, 9) == []


@pytest.mark.parametrize("most", [1, 8, 400])
def test_the_same_as_by_comparing_every_two(most: int) -> None:
    """Crowded or far apart, on one spot, at the poles or across the line where the days meet: none is passed over."""
    chance = random.Random(20140610)
    spots = [(36.3, 43.1)] * 20 + [(90, 0), (90, 120), (-90, 5), (0, 180), (0, -180), (0, 179.9), (0.1, -179.9)]
    spots += [(chance.uniform(36, 37), chance.uniform(43, 44)) for _ in range(200)]
    spots += [(chance.uniform(-90, 90), chance.uniform(-180, 180)) for _ in range(50)] + [
        (36.3, n / 50) for n in range(99)
    ]
    places = [Place(f"p{n}", "P", lat=lat, lon=lon, precision="near") for n, (lat, lon) in enumerate(spots)]
    vicinity = Vicinity(places)
    for one in places:
        others = [(distance(*spots[int(one.id[1:])], other.lat or 0, other.lon or 0), other.id) for other in places]
        near = sorted((far, id) for far, id in others if far <= 60 and id != one.id)[:most]
        assert vicinity.around(one, 60, most) == [(id, far) for far, id in near]


def test_most_that_lie_close() -> None:
    """No more than so many are found, the nearest."""
    assert [id for id, _ in Vicinity([TAL_AFAR, DAM, MOSUL]).around(MOSUL, 80, 1)] == ["dam"]
