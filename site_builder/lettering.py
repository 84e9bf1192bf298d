"""Where names stand on a map, so that none lies on another, at every width at which the map is shown.

Marks and letters keep their size while the map under them grows, so a wider map has room for more names. A name has one
place, and the first of the `TIERS` from which there is room for it; from there on it stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain, islice

from site_builder.geography import Room

# Widths in pixels of a phone, a column, a whole page, and two steps of zooming in. Between the widths of a tier names
# move a little against each other, so several of each are looked at.
TIERS: tuple[tuple[int, ...], ...] = ((326, 358, 450), (520, 540, 700), (900, 1000, 1104), (1800, 2500), (3600, 5000))

Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels
_Cells = dict[tuple[int, int], list[Box]]  # boxes by the squares that they touch

_SIZE, _STRONG, _CAPITALS = 12.0, 14.0, 11.0  # of a place's, a weighty place's and a country's name, in pixels
_ASCENT, _DESCENT = 10.0, 3.0
_CELL = 64
_PHONE = 0.75  # how much smaller signs are drawn on narrow screens
_OVERHANG = 0.75  # how much of a country's name must lie within the country where the map is small
_NARROW, _BROAD = frozenset("iljtfrI.,'’:;|()[] -"), frozenset("mwMWÆŒ—")


@dataclass(frozen=True, slots=True)
class Sign:
    """Something on a map that may have its name beside it. `x`, `y`: parts of the map's size; `size`: in pixels."""

    key: str
    text: str
    x: float
    y: float
    size: float
    strong: bool = False
    area: bool = False  # a circle around a region: its name may stand in it, and others' signs and names too
    corner: tuple[tuple[float, float], ...] = ()  # of a frame: where its name may stand, in pixels from it


@dataclass(frozen=True, slots=True)
class Beside:
    """A name beside its sign: how far from it, in pixels, and from which tier on."""

    dx: float
    dy: float
    anchor: str
    tier: int


@dataclass(frozen=True, slots=True)
class Across:
    """A name across a country: its middle, in parts of the map's size."""

    x: float
    y: float
    tier: int


@dataclass(slots=True)
class _Sheet:
    """What is taken of a map at one width: by signs and by names."""

    width: float
    height: float
    signs: _Cells = field(default_factory=dict)
    names: _Cells = field(default_factory=dict)

    def free(self, box: Box, *, of_signs: bool = True) -> bool:
        left, top, right, bottom = box
        if left < 2 or top < 2 or right > self.width - 2 or bottom > self.height - 2:
            return False
        for cell in _cells(box):
            for cells in (self.names, self.signs) if of_signs else (self.names,):
                for other in cells.get(cell, ()):
                    if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
                        return False
        return True


def _take(cells: _Cells, box: Box) -> None:
    for cell in _cells(box):
        cells.setdefault(cell, []).append(box)


def _cells(box: Box) -> list[tuple[int, int]]:
    rows = range(int(box[1] // _CELL), int(box[3] // _CELL) + 1)
    return [(column, row) for column in range(int(box[0] // _CELL), int(box[2] // _CELL) + 1) for row in rows]


@lru_cache(maxsize=4096)  # a name is tried in many places
def length(text: str, size: float) -> float:
    """About how long a line of text is in a common sans-serif; rather too long than too short."""
    return size * sum(0.32 if c in _NARROW else 0.9 if c in _BROAD else 0.7 if c.isupper() else 0.57 for c in text)


@dataclass(frozen=True, slots=True)
class Country:
    """A name for a country, and the stretches where it may stand, best first."""

    key: str
    text: str
    rooms: Sequence[Room]


@dataclass(frozen=True, slots=True)
class Paper:
    """What is lettered: a map of this height for a width of 1, at these widths."""

    ratio: float
    tiers: Sequence[Sequence[int]] = TIERS
    usual: int = 0  # the tier for which countries' names are placed
    corner: tuple[float, float] = (0, 0)  # how much of the upper right one something else takes, in pixels


def letter(
    paper: Paper,
    signs: Sequence[Sign],
    countries: Sequence[Country] = (),
    unnamed: Sequence[Sign] = (),
) -> tuple[dict[str, Beside], dict[str, Across]]:
    """Names beside signs and then, where there is room left, across countries, by key; of both the first come first.

    `unnamed`: signs that are only in the way.
    """
    sheets = [[_Sheet(width, width * paper.ratio) for width in widths] for widths in paper.tiers]
    corner = paper.corner
    for sheet in chain.from_iterable(sheets):
        _take(sheet.names, (sheet.width - corner[0], 0, sheet.width, corner[1]))
        for sign in (*signs, *unnamed):
            if not sign.area:
                _take(sheet.signs, _of_sign(sign, sheet))
    beside = _beside(signs, sheets)
    for sheet in chain.from_iterable(sheets):
        for sign in signs:
            if sign.area:
                _take(sheet.signs, _of_sign(sign, sheet))
    return beside, _across(countries, sheets, paper.usual)


def _beside(signs: Iterable[Sign], sheets: Sequence[Sequence[_Sheet]]) -> dict[str, Beside]:
    """Each name at the first tier that has a place for it; further in it may meet a sign, but never a name."""
    found: dict[str, Beside] = {}
    for tier in range(len(sheets)):
        later = list(chain.from_iterable(sheets[tier + 1 :]))
        for sign in signs:
            places = (
                place
                for place in _places(sign, tier)
                if sign.key not in found
                and all(sheet.free(_of_name(sign, place, sheet)) for sheet in sheets[tier])
                and all(sheet.free(_of_name(sign, place, sheet), of_signs=False) for sheet in later)
            )
            for place in islice(places, 1):
                found[sign.key] = place
                for sheet in (*sheets[tier], *later):
                    _take(sheet.names, _of_name(sign, place, sheet))
    return found


def _places(sign: Sign, tier: int) -> Iterator[Beside]:
    """In the order in which map makers try them: right, left, above, below, then the corners."""
    r = sign.size / 2
    if sign.corner:
        yield from (Beside(dx, dy, "end" if dx < 0 else "start", tier) for dx, dy in sign.corner)
        return
    if sign.area:
        yield Beside(0, 4, "middle", tier)
    yield Beside(r + 3, 4, "start", tier)
    yield Beside(-r - 3, 4, "end", tier)
    yield Beside(0, -r - 5, "middle", tier)
    yield Beside(0, r + 12, "middle", tier)
    corner = round(r * 0.75, 1)
    for dy in (-corner - 3, corner + 10):
        yield Beside(corner + 2, dy, "start", tier)
        yield Beside(-corner - 2, dy, "end", tier)


def _across(countries: Sequence[Country], sheets: Sequence[Sequence[_Sheet]], usual: int) -> dict[str, Across]:
    """Names across countries: where each stands best at the usual width, or else further in.

    It is shown from the tier on from which there is room for it in the country and nothing in its way.
    """
    found: dict[str, Across] = {}
    for at in range(usual, len(sheets)):
        for country in countries:
            if country.key not in found:
                spots = (spot for room in country.rooms for spot in _middles(room, country.text, sheets[at][0].width))
                fits = (spot for spot in spots if all(_fits(country.text, spot, tier) for tier in sheets[at:]))
                for spot in islice(fits, 1):
                    tier = at
                    while tier and _fits(country.text, spot, sheets[tier - 1]):
                        tier -= 1
                    found[country.key] = Across(round(spot.x, 4), round(spot.y, 4), tier)
                    for sheet in chain.from_iterable(sheets[tier:]):
                        _take(sheet.names, _of_country(country.text, spot.x, spot.y, sheet))
    return found


def _middles(room: Room, text: str, width: float) -> Iterator[Room]:
    """Where in a stretch the name fits: its middle first, then to both sides, each with what is left of the stretch."""
    spare = room.width * width - _across_length(text)
    if not room.width:
        yield room
    elif spare >= 0:
        for part in (0.0, -0.25, 0.25, -0.5, 0.5):
            aside = part * spare / width
            yield replace(room, x=room.x + aside, width=room.width - 2 * abs(aside))


def _fits(text: str, spot: Room, tier: Iterable[_Sheet]) -> bool:
    least = _across_length(text) * _OVERHANG if spot.width else 0
    return all(
        spot.width * sheet.width >= least and sheet.free(_of_country(text, spot.x, spot.y, sheet)) for sheet in tier
    )


def _across_length(text: str) -> float:
    """Of a name in wide capitals."""
    return length(text.upper(), _CAPITALS) + len(text) * 1.5


def _of_sign(sign: Sign, sheet: _Sheet) -> Box:
    x, y = sign.x * sheet.width, sign.y * sheet.height
    r = sign.size * 0.42 * (_PHONE if sheet.width < 520 else 1)
    return x - r, y - r, x + r, y + r


def _of_name(sign: Sign, place: Beside, sheet: _Sheet) -> Box:
    long = length(sign.text, _STRONG if sign.strong else _SIZE)
    x, y = sign.x * sheet.width + place.dx, sign.y * sheet.height + place.dy
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[place.anchor] * long
    return left, y - _ASCENT, left + long, y + _DESCENT


def _of_country(text: str, x: float, y: float, sheet: _Sheet) -> Box:
    half, middle, line = _across_length(text) / 2, x * sheet.width, y * sheet.height
    return middle - half, line - 6, middle + half, line + 6
