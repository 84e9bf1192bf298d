from __future__ import annotations

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
    assert [id for id, _ in vicinity.around(MOSUL, 80)] == ["dam", "tal-afar"]
    assert [id for id, _ in vicinity.around(MOSUL, 50)] == ["dam"]
    assert vicinity.around(NINEVEH, 80) == vicinity.around(NOWHERE, 80) == []
