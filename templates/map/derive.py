"""Makes world.json and detail.json (and names.en.json, once) from Natural Earth's outlines. README.md has the steps.

    python3 templates/map/derive.py FOLDER    # that holds countries-50m.json and countries-10m.json

Not part of a build, and never copied into a site. Input: TopoJSON (https://github.com/topojson/topojson-specification):
lines that countries share are stored once, so whatever is done to a line is done to both its sides.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[int, int]
Line = list[Point]

HERE = Path(__file__).resolve().parent
ANTARCTICA = "010"  # runs around the pole, where no flat map can close its line
ABBREVIATED = {
    "024": "Angola", "070": "Bosnia and Herzegovina", "090": "Solomon Islands", "140": "Central African Republic",
    "180": "DR Congo", "214": "Dominican Republic", "226": "Equatorial Guinea", "384": "Côte d’Ivoire",
    "728": "South Sudan", "732": "Western Sahara", "748": "Eswatini", "807": "North Macedonia", "840": "United States",
    "N. Cyprus": "Northern Cyprus",
}  # fmt: skip


def main(folder: Path) -> None:
    for source, target, grid, slack, least in (
        ("countries-50m.json", "world.json", 10, 0.9, 9.0),
        ("countries-10m.json", "detail.json", 50, 1.0, 30.0),
    ):
        topology = json.loads((folder / source).read_text(encoding="utf-8"))
        outlines = derive(topology, grid, slack, least)
        data = json.dumps(outlines, separators=(",", ":"), ensure_ascii=False)
        (HERE / target).write_text(data.replace("],[", "],\n[") + "\n", encoding="utf-8", newline="\n")
    names = {key: ABBREVIATED.get(key, name) for key, name in sorted(_names(topology))}
    lines = json.dumps(names, indent=0, ensure_ascii=False)
    (HERE / "names.en.json").write_text(lines + "\n", encoding="utf-8", newline="\n")


def derive(topology: Any, grid: int, slack: float, least: float) -> dict[str, Any]:
    """The outlines on a grid of 1/`grid` degree.

    `slack`: how far (in steps) a line may pass a point it leaves out; `least`: the area (in
    square steps) under which an island is left out.
    """
    arcs = [_thinned(line, slack * _coarser(line[0][1] / grid)) for line in _lines(topology, grid)]
    countries = []
    used: dict[int, int] = {}
    for key, polygons in _countries(topology):
        kept = [ring for rings in polygons for ring in rings if _area(ring, arcs) >= least]
        for ring in kept:
            for arc in ring:
                used.setdefault(arc if arc >= 0 else ~arc, len(used))
        if kept:
            countries.append((key, kept))
    lines = [arcs[arc] for arc in used]
    shapes = [[key, [[_renumber(arc, used) for arc in ring] for ring in rings]] for key, rings in countries]
    land = list(_land([ring for _, rings in shapes for ring in rings], lines, grid))
    return {"grid": grid, "arcs": [_deltas(line) for line in lines], "countries": shapes, "land": land}


def _land(rings: list[list[int]], lines: list[Line], grid: int) -> Iterator[list[int]]:
    """The rings of all countries as one: their lines that no two of them share, end to end."""

    def node(point: Point) -> Point:
        return point[0] % (360 * grid), point[1]

    def ends(arc: int) -> tuple[Point, Point]:
        line = lines[arc] if arc >= 0 else lines[~arc][::-1]
        return node(line[0]), node(line[-1])

    outer = {arc for ring in rings for arc in ring} - {~arc for ring in rings for arc in ring}
    starts: dict[Point, list[int]] = {}
    for arc in sorted(outer):
        starts.setdefault(ends(arc)[0], []).append(arc)
    while starts:
        first, at = next((point, point) for point in sorted(starts))
        ring: list[int] = []
        while at in starts:
            arc = starts[at].pop(0)
            if not starts[at]:
                del starts[at]
            ring.append(arc)
            at = ends(arc)[1]
        if at != first:
            raise ValueError(f"a coast ends at {at}")
        yield ring


def _renumber(arc: int, numbers: dict[int, int]) -> int:
    return numbers[arc] if arc >= 0 else ~numbers[~arc]


def _lines(topology: Any, grid: int) -> Iterator[Line]:
    """Each line in steps of the grid, without the jump from one edge of the map to the other at 180 degrees."""
    (east, north), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line: Line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            lon, lat = x * east + west, y * north + south
            if line:
                lon += 360 * round((line[-1][0] / grid - lon) / 360)
            point = (round(lon * grid), round(lat * grid))
            if not line or point != line[-1]:
                line.append(point)
        yield line


def _thinned(line: Line, slack: float) -> Line:
    """Douglas and Peucker: the fewest points so that none left out lies further than `slack` from the line."""
    if line[0] == line[-1] and len(line) > 3:  # a ring: two halves, from its first point to the furthest one
        far = max(range(len(line)), key=lambda n: (line[n][0] - line[0][0]) ** 2 + (line[n][1] - line[0][1]) ** 2)
        return _thinned(line[: far + 1], slack)[:-1] + _thinned(line[far:], slack)
    keep = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        start, end = waiting.pop()
        worst, at = max(((_off(line[n], line[start], line[end]), n) for n in range(start + 1, end)), default=(0.0, 0))
        if worst > slack:
            keep.add(at)
            waiting += [(start, at), (at, end)]
    return [line[n] for n in sorted(keep)]


def _coarser(lat: float) -> float:
    """Fjords of the far north and south would be most of the data, and little of what anybody draws."""
    return 1 + max(0.0, abs(lat) - 40) / 8


def _off(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    px, py = point[0] - start[0], point[1] - start[1]
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, (px * dx + py * dy) / length)) if length else 0.0
    return float(((px - along * dx) ** 2 + (py - along * dy) ** 2) ** 0.5)


def _countries(topology: Any) -> Iterator[tuple[str, list[list[list[int]]]]]:
    for shape in topology["objects"]["countries"]["geometries"]:
        key = shape.get("id") or shape["properties"]["name"]
        if key != ANTARCTICA and shape.get("arcs"):
            yield key, shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]


def _names(topology: Any) -> Iterator[tuple[str, str]]:
    for shape in topology["objects"]["countries"]["geometries"]:
        yield shape.get("id") or shape["properties"]["name"], shape["properties"]["name"]


def _area(ring: Iterable[int], arcs: list[Line]) -> float:
    """Of a ring, in square steps; its lines may lie a turn of the globe apart."""
    points: Line = []
    for arc in ring:
        points += arcs[arc] if arc >= 0 else arcs[~arc][::-1]
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairs)) / 2


def _deltas(line: Line) -> list[int]:
    """`x, y` of the first point, then the step to each next one."""
    flat = [*line[0]]
    for (x, y), (u, v) in pairwise(line):
        flat += [u - x, v - y]
    return flat


if __name__ == "__main__":
    main(Path(sys.argv[1]))
