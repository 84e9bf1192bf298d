"""Outlines, projections and edges. Positions are worked out by hand, or printed by the projection's authors."""

from __future__ import annotations

import json
import re
from itertools import accumulate, pairwise
from typing import Any

import pytest

from site_builder.geography import Outlines, draw, read, rooms
from site_builder.projection import clip_line, clip_ring, natural_earth, view
from tests.driver import PROJECT

# Two countries side by side, 10 degrees each, sharing the meridian of 10 degrees east; north of them an island at the
# 180th meridian that lies on both its sides.
TWO: dict[str, Any] = {
    "grid": 10,
    "arcs": [
        [100, 0, 0, 100],  # 0: the border, from (10, 0) up to (10, 10)
        [100, 100, -100, 0, 0, -100, 100, 0],  # 1: around the western country, back to (10, 0)
        [100, 0, 100, 0, 0, 100, -100, 0],  # 2: around the eastern one, from (10, 0) to (10, 10)
        [1750, 500, 100, 0, 0, 50, -100, 0, 0, -50],  # 3: the island, from 175 to 185
    ],
    "countries": [["001", [[0, 1]]], ["002", [[2, -1]]], ["003", [[3]]]],
    "land": [[1, 2], [3]],
}
BOX = (0.0, 0.0, 10.0, 10.0)


def outlines(**changed: Any) -> Outlines:
    return read(json.dumps({**TWO, **changed}).encode())


def test_a_regional_map_is_plain() -> None:
    """A narrow map counts degrees: the middle of its box is the middle of the map, the corners are the corners."""
    frame = view((10, 50, 30, 70), 400)
    assert frame.point(10, 70) == (0, 0)
    assert frame.point(20, 60) == (200, frame.height / 2)


def test_a_regional_map_is_as_wide_as_its_middle_parallel() -> None:
    """On the 60th parallel a degree of longitude is half as long: 20 by 20 degrees there is twice as high as wide."""
    assert view((10, 50, 30, 70), 400).height == 800


@pytest.mark.parametrize(
    ("lat", "length", "distance"),
    [
        (0, 1.0, 0.0),
        (15, 0.9894, 0.186),
        (30, 0.957, 0.372),
        (45, 0.9006, 0.5571),
        (60, 0.8196, 0.7346),
        (75, 0.716, 0.8936),
    ],
)
def test_natural_earth(lat: float, length: float, distance: float) -> None:
    """Parallels have the length and the distance from the equator that the table of the projection's authors gives."""
    widest, pole = natural_earth(180, 0)[0], natural_earth(0, 90)[1]
    x, y = natural_earth(180, lat)
    assert x / widest == pytest.approx(length, abs=0.002)
    assert y / pole == pytest.approx(distance, abs=0.003)


def test_natural_earth_is_symmetric() -> None:
    """West mirrors east and south mirrors north."""
    x, y = natural_earth(30, 40)
    assert natural_earth(-30, -40) == (-x, -y)


def test_the_whole_world_is_about_twice_as_wide_as_high() -> None:
    """The projection's height is 0.52 of its width."""
    assert view((-180, -90, 180, 90), 1000).height == pytest.approx(520, abs=1)


def test_the_middle_of_the_world() -> None:
    """The equator and the middle meridian cross in the middle of the map."""
    frame = view((-180, -90, 180, 90), 1000)
    assert frame.point(0, 0) == pytest.approx((500, frame.height / 2), abs=0.5)


def test_a_box_across_the_180th_meridian() -> None:
    """A box from 170 east to 170 west is 20 degrees wide; longitudes of both signs lie on it where they belong."""
    frame = view((170, 0, -170, 10), 200)
    assert frame.bounds == (170, 0, 190, 10)
    assert frame.point(-175, 10) == (150, 0)
    assert frame.shows(175, 5)
    assert not frame.shows(165, 5)


def test_clipping_a_ring() -> None:
    """A square that reaches over a corner of the box leaves the part within, cut along the edges."""
    ring = [(5.0, 5.0), (15.0, 5.0), (15.0, 15.0), (5.0, 15.0)]
    assert sorted(clip_ring(ring, BOX)) == [(5, 5), (5, 10), (10, 5), (10, 10)]


def test_a_ring_inside_is_left_as_it_is() -> None:
    """Nothing is added to or taken from a ring that the box holds whole."""
    ring = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)]
    assert clip_ring(ring, BOX) == ring


def test_a_ring_outside_is_gone() -> None:
    """A ring that the box does not touch leaves nothing, and no ring no error."""
    assert clip_ring([(11.0, 1.0), (12.0, 1.0), (12.0, 2.0)], BOX) == []
    assert clip_ring([], BOX) == []


def test_a_ring_around_the_box_fills_it() -> None:
    """In the midst of a continent the whole map is land."""
    ring = [(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)]
    assert sorted(set(clip_ring(ring, BOX))) == [(0, 0), (0, 10), (10, 0), (10, 10)]


def test_clipping_a_line() -> None:
    """A line that leaves the box and comes back is two pieces, and no stroke runs along the edge between them."""
    line = [(5.0, 5.0), (15.0, 5.0), (15.0, 8.0), (5.0, 8.0)]
    assert clip_line(line, BOX) == [[(5, 5), (10, 5)], [(10, 8), (5, 8)]]


def test_a_line_along_the_edge_stays() -> None:
    """A line on the very edge belongs to the map."""
    assert clip_line([(0.0, 2.0), (0.0, 4.0)], BOX) == [[(0, 2), (0, 4)]]


def test_shared_lines_are_borders() -> None:
    """What two countries share is a border, drawn once; the coast is what they do not share."""
    found = outlines()
    assert found.borders == ((0,),)
    drawing = draw(found, view((0, 0, 20, 20), 200))
    assert drawing.borders.count("M") == 1
    assert drawing.land.count("M") == 1


def test_paths_are_steps_in_whole_units() -> None:
    """The border from (10, 0) to (10, 10) on a map of 10 units a degree across: one start, one step of 100 upwards."""
    frame = view((0, -10, 20, 10), 200)  # its middle is the equator, where degrees are equal
    assert frame.height == 200
    assert draw(outlines(), frame).borders == "M100 100l0-100"


def reach(path: str) -> tuple[int, int]:
    """How far to the left and to the right a path goes."""
    xs: list[int] = []
    for part in path.split("M")[1:]:
        start, _, steps = part.rstrip("z").partition("l")
        numbers = [int(number) for number in re.findall(r"-?[0-9]+", steps)]
        xs += accumulate([int(start.split()[0]), *numbers[::2]])
    return min(xs), max(xs)


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [((170, 40, -170, 60), (50, 150)), ((170, 40, 180, 60), (100, 204)), ((-180, 40, -170, 60), (-4, 100))],
)
def test_an_island_on_the_180th_meridian(bounds: tuple[float, float, float, float], expected: tuple[int, int]) -> None:
    """Land from 175 east to 175 west stands on maps of either side, cut just beyond their edge, whole on one across."""
    assert reach(draw(outlines(), view(bounds, 200)).land) == expected


def test_no_stroke_across_the_world() -> None:
    """On the map of the world the island at 180 degrees is two small pieces at the two edges."""
    drawing = draw(outlines(), view((-180, -60, 180, 80), 1000))
    assert drawing.land.count("M") == 3


def test_room_for_a_name() -> None:
    """A name stands in the middle of the widest part of its country; a country without a name gets none."""
    found = rooms(outlines(), view((0, -10, 20, 10), 200), {"001": "Westland"})
    assert {room.name for room in found} == {"Westland"}
    assert found[0].x == pytest.approx(0.25)
    assert found[0].width == pytest.approx(0.5)
    assert 0 < found[0].y < 0.5


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"[]",
        b"{}",
        json.dumps({**TWO, "grid": 0}).encode(),
        json.dumps({**TWO, "arcs": [[1, 2, 3]]}).encode(),
        json.dumps({**TWO, "land": [[4]]}).encode(),
        json.dumps({**TWO, "countries": [["001"]]}).encode(),
    ],
)
def test_broken_outlines(broken: bytes) -> None:
    """Whatever is wrong with the data is one kind of error."""
    with pytest.raises(ValueError, match=r"."):
        read(broken)


@pytest.mark.parametrize("name", ["world", "detail"])
def test_own_outlines(name: str) -> None:
    """The outlines of the project hold together: every ring closes, no line jumps, Iraq and Syria share a border."""
    found = read((PROJECT / f"templates/map/{name}.json").read_bytes())
    for line in found.arcs:
        assert all(abs(a[0] - b[0]) < 40 for a, b in pairwise(line))  # Canada's 49th parallel has 28
    of = {key: {arc if arc >= 0 else ~arc for ring in rings for arc in ring} for key, rings in found.countries}
    assert of["368"] & of["760"]
    assert {len(key) for key in of if key.isdigit()} == {3}


def test_own_outlines_are_compact() -> None:
    """A few hundred kilobytes at the most."""
    sizes = [path.stat().st_size for path in (PROJECT / "templates/map").glob("*.json")]
    assert sum(sizes) < 500_000
