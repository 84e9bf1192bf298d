"""The maps of a site: the regions that its site.yaml names, and the world, each drawn from the look's outlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.files import Inputs, sha256
from site_builder.geography import Drawing, Outlines, Room, draw, names, read, rooms
from site_builder.model import Region, Site
from site_builder.projection import View, view

FOLDER = "templates/map/"
COARSE, FINE = f"{FOLDER}world.json", f"{FOLDER}detail.json"
WORLD = "world"
_INHABITED = (-180.0, -57.0, 180.0, 78.0)
# In degrees of longitude: narrower maps are drawn from the fine outlines, the narrowest in units half as large.
_NEAR, _CLOSE = 60, 30
_SMALL = 560.0  # the width in units of a map that stands beside a text


@dataclass(frozen=True, slots=True)
class Chart:
    """One map, large and small. `label` is "" for the world that nobody has named."""

    id: str
    label: str
    view: View
    drawing: Drawing
    rooms: tuple[Room, ...]
    small: Drawing
    small_view: View

    @property
    def path(self) -> str:
        """Where the small one lies in the site."""
        return f"map/{self.id}.svg"

    @property
    def large_path(self) -> str:
        return f"map/{self.id}.large.svg"

    @property
    def ratio(self) -> float:
        """The height for a width of 1."""
        return self.view.height / self.view.width

    @property
    def size(self) -> float:
        """In square degrees: what is smaller is closer."""
        west, south, east, north = self.view.bounds
        return (east - west) * (north - south)

    def holds(self, other: Chart) -> bool:
        """Whether all of the other map lies on this one."""
        west, south, east, north = other.view.bounds
        mine = self.view.bounds
        inside = mine[0] <= west and mine[1] <= south and mine[2] >= east and mine[3] >= north
        return inside and self.size > other.size


def picture(drawing: Drawing, view: View, *, grid: bool = False) -> str:
    """A map without its marks, as a file that all pages share.

    An <img> knows nothing of the page's colours, so its greys let the page's ground shine through: one picture for
    light and dark, on paper and from disk (where a browser lends a page neither masks nor parts of other files).
    """
    width, height = int(view.width), int(view.height)
    line = 'fill="none" stroke="#808080" vector-effect="non-scaling-stroke"'
    net = f'<path {line} stroke-opacity=".13" d="{drawing.grid}"/>' if grid else ""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{net}'
        f'<path fill="#8a8064" fill-opacity=".2" stroke="#808080" stroke-opacity=".55" stroke-linejoin="round" '
        f'vector-effect="non-scaling-stroke" d="{drawing.land}"/>'
        f'<path {line} stroke-opacity=".7" stroke-linejoin="round" d="{drawing.borders}"/></svg>\n'
    )


def key(inputs: Inputs, site: Site) -> tuple[Any, ...]:
    """All that the maps depend on."""
    digests = tuple((path, sha256(inputs.files[path])) for path in inputs.under(FOLDER))
    return (digests, site.regions, site.language)


def survey(inputs: Inputs, site: Site) -> tuple[tuple[Chart, ...], list[Diagnostic]]:
    """The maps in the order of site.yaml, the world last; none where the look has no outlines."""
    if COARSE not in inputs.files:
        return (), []
    findings: list[Diagnostic] = []
    coarse = _outlines(inputs, COARSE, findings)
    fine = _outlines(inputs, FINE, findings) if FINE in inputs.files else coarse
    labels = _labels(inputs, site.language, findings)
    if coarse is None or fine is None or findings:
        return (), findings
    return tuple(_chart(region, coarse, fine, labels) for region in _regions(site)), []


def _regions(site: Site) -> Iterator[Region]:
    yield from site.regions
    if not any(region.id == WORLD or view(region.bbox, 1).wide for region in site.regions):
        yield Region(WORLD, "", _INHABITED)


def _chart(region: Region, coarse: Outlines, fine: Outlines, labels: dict[str, str]) -> Chart:
    west, _, east, _ = view(region.bbox, 1).bounds
    large = view(region.bbox, 2000.0 if east - west < _CLOSE else 1000.0)
    outlines = fine if east - west < _NEAR else coarse
    small = view(region.bbox, _SMALL)
    return Chart(
        region.id,
        region.label,
        large,
        draw(outlines, large),
        rooms(outlines, large, labels),
        draw(fine if east - west < _CLOSE else coarse, small),
        small,
    )


def _outlines(inputs: Inputs, path: str, findings: list[Diagnostic]) -> Outlines | None:
    try:
        return read(inputs.files[path])
    except ValueError as wrong:
        findings.append(_unusable(path, wrong))
        return None


def _labels(inputs: Inputs, language: str, findings: list[Diagnostic]) -> dict[str, str]:
    """Countries' names; without a file for the language a map has none."""
    path = f"{FOLDER}names.{language}.json"
    try:
        return dict(names(inputs.files[path])) if path in inputs.files else {}
    except ValueError as wrong:
        findings.append(_unusable(path, wrong))
        return {}


def _unusable(path: str, wrong: ValueError) -> Diagnostic:
    message = f"no map can be drawn from this file: {wrong}"
    return error(Location(path), "outlines-invalid", message, "make it again as templates/map/README.md says")
