"""Pictures as bytes: what is shown where a page is shared (PNG, 1200 by 630), and the sign of a site (ICO, PNG).

Drawn with Pillow and the one font that it brings, which has the letters of ASCII and a few signs: a text with any
other letter is left out rather than shown with holes, and the words of the page stand beside the picture anyway. No
metadata, no clock: the same values give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache

from PIL import IcoImagePlugin, Image, ImageDraw, ImageFont

from site_builder.pictures import SIZE, Poster

# Those of the look in light: templates/static/site.css.
GROUND, TEXT, MUTED, HAIRLINE = "#fbfaf7", "#1c1f24", "#565c66", "#dcd9d1"
COLOURS = {
    "amber": "#75500b",
    "navy": "#16306e",
    "magenta": "#a9447d",
    "teal": "#0b6b6b",
    "brown": "#6b3a23",
    "slate": "#4a5568",
    "green": "#2f6a2c",
    "violet": "#5b3a9c",
    "": "#70767f",
}
# The outlines of templates/partials/marks.html on a ground of 20 by 20; a circle has none.
SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((3, 3), (17, 3), (17, 17), (3, 17)),
    "triangle": ((10, 2), (18.5, 17.5), (1.5, 17.5)),
    "diamond": ((10, 1), (19, 10), (10, 19), (1, 10)),
    "pentagon": ((10, 1.2), (18.9, 7.7), (15.5, 18.2), (4.5, 18.2), (1.1, 7.7)),
    "hexagon": ((5.3, 2), (14.7, 2), (19.4, 10), (14.7, 18), (5.3, 18), (0.6, 10)),
    "plus": (
        *((7, 1.5), (13, 1.5), (13, 7), (18.5, 7), (18.5, 13), (13, 13)),
        *((13, 18.5), (7, 18.5), (7, 13), (1.5, 13), (1.5, 7), (7, 7)),
    ),
    "star": (
        *((10, 0.8), (12.7, 6.8), (19.2, 7.5), (14.4, 11.9), (15.7, 18.3)),
        *((10, 15.1), (4.3, 18.3), (5.6, 11.9), (0.8, 7.5), (7.3, 6.8)),
    ),
}

_LEFT, _RIGHT = 96, 1120  # of everything but the band at the edge
_STRIP_TOP, _STRIP_BASE = 424, 544
_FINE = 8  # shapes are drawn so many times larger and then made smaller, which smooths their edges


def poster(shown: Poster) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", SIZE, GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 31, SIZE[1]), fill=COLOURS[shown.colour] if shown.label else TEXT)
    if shown.label:
        _write(draw, (_LEFT, 76), shown.title, 34, MUTED, lines=1)
        _sign(image, shown.shape, COLOURS[shown.colour], (_LEFT - 6, 174), 84)
        _write(draw, (_LEFT + 104, 166), shown.label, 84, TEXT, lines=1)
        _write(draw, (_LEFT, 290), shown.line, 38, MUTED, lines=1)
    else:
        _write(draw, (_LEFT, 84), shown.title, 76, TEXT, lines=2)
        _write(draw, (_LEFT, 290), shown.line, 34, MUTED, lines=2)
    _strip(draw, shown)
    return _png(image.quantize(64, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE))  # a third of the size


def _strip(draw: ImageDraw.ImageDraw, shown: Poster) -> None:
    """A bar a year; of a phase's picture, what belongs to other phases is pale."""
    highest = max((sum(count for _, count in bar.parts) for bar in shown.bars), default=0)
    if not highest:
        return
    step = (_RIGHT - _LEFT) / len(shown.bars)
    gap = 1 if step < 8 else round(step * 0.14)
    for n, bar in enumerate(shown.bars):
        left, right, base = round(_LEFT + n * step) + gap, round(_LEFT + (n + 1) * step) - gap, _STRIP_BASE
        for colour, count in bar.parts:
            top = base - max(2, round((_STRIP_BASE - _STRIP_TOP) * count / highest))
            other = shown.label and colour != shown.colour
            draw.rectangle((left, top, max(left, right - 1), base - 2), fill=HAIRLINE if other else COLOURS[colour])
            base = top
    draw.line((_LEFT, _STRIP_BASE, _RIGHT, _STRIP_BASE), fill=MUTED, width=2)
    first, last = shown.ends
    _write(draw, (_LEFT, _STRIP_BASE + 12), first, 28, MUTED, lines=1)
    if last != first:
        _write(draw, (_RIGHT - _width(last, 28), _STRIP_BASE + 12), last, 28, MUTED, lines=1)


def _sign(image: Image.Image, shape: str, colour: str, at: tuple[int, int], size: int) -> None:
    large = Image.new("L", (size * _FINE, size * _FINE), 0)
    scale = size * _FINE / 20
    pen = ImageDraw.Draw(large)
    if shape in SHAPES:
        pen.polygon([(x * scale, y * scale) for x, y in SHAPES[shape]], fill=255)
    else:
        pen.ellipse((2 * scale, 2 * scale, 18 * scale, 18 * scale), fill=255)
    image.paste(colour, (*at, at[0] + size, at[1] + size), large.resize((size, size), Image.Resampling.BOX))


# -- Text


def writable(text: str) -> bool:
    """Whether the font has every letter of the text. A dash between numbers is drawn as a line."""
    missing = bytes(_font(16).getmask("\uffff"))
    return all(sign in " –" or bytes(_font(16).getmask(sign)) != missing for sign in set(text))


def _write(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, colour: str, *, lines: int) -> None:
    """The text in at most so many lines, smaller where it does not fit; nothing where the font lacks a letter."""
    if not text or not writable(text):
        return
    room = _RIGHT - at[0]
    wanted = size
    while size > 20 and (len(list(_broken(text, size, room))) > lines or _widest(text, size, room) > room):
        size -= 2
    for n, line in enumerate(_balanced(text, size, room)):
        top = at[1] + (wanted - size) // 2 if lines == 1 else at[1]  # one line keeps its middle
        _line(draw, (at[0], top + round(n * size * 1.18)), line, size, colour)


def _broken(text: str, size: int, room: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _width(longer, size) > room:
            yield line
            line = word
        else:
            line = longer
    yield line


def _balanced(text: str, size: int, room: int) -> list[str]:
    """The same number of lines, as even as they can be."""
    lines = list(_broken(text, size, room))
    while len(narrower := list(_broken(text, size, room - 20))) == len(lines) and room > 40:
        lines, room = narrower, room - 20
    return lines


def _widest(text: str, size: int, room: int) -> int:
    return max(_width(line, size) for line in _broken(text, size, room))


def _pieces(text: str) -> Sequence[str]:
    return text.split("–")


@lru_cache(maxsize=1024)  # lines are broken again and again until they are even
def _width(text: str, size: int) -> int:
    """In pixels; a dash is half as wide as the letters are high."""
    pieces = _pieces(text)
    return round(sum(_font(size).getlength(piece) for piece in pieces)) + (len(pieces) - 1) * (size // 2)


def _line(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, colour: str) -> None:
    x, y = at
    font = _font(size)
    for n, piece in enumerate(_pieces(text)):
        if n:
            middle = y + round(size * 0.66)
            draw.line((x + 1, middle, x + size // 2 - 2, middle), fill=colour, width=max(2, size // 14))
            x += size // 2
        draw.text((x, y), piece, font=font, fill=colour)
        x += round(font.getlength(piece))


@lru_cache(maxsize=64)
def _font(size: int) -> ImageFont.FreeTypeFont:
    """Pillow's own font, set letter by letter: the other engine is there on some machines only."""
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise RuntimeError("this Pillow was built without FreeType")
    return font.font_variant(layout_engine=ImageFont.Layout.BASIC)


# -- The sign of a site: three events on a line


def icon() -> bytes:
    """As ICO, for browsers that take no SVG: 16, 32 and 48 pixels."""
    data = io.BytesIO()
    sizes = [(16, 16), (32, 32), (48, 48)]
    frames = [_mark(size, 6) for size, _ in sizes]
    # Named by its own module: to look for the name, Pillow would load all the formats that it has.
    frames[-1].save(data, IcoImagePlugin.IcoImageFile.format, sizes=sizes, append_images=frames[:-1])
    return data.getvalue()


def touch_icon() -> bytes:
    """As PNG of 180 pixels, for a reader's home screen, which rounds its corners itself."""
    return _png(_mark(180, 0).convert("RGB"))


def _mark(size: int, corner: int) -> Image.Image:
    """As templates/static/favicon.svg, on a light ground so that it is seen on a dark one. `corner`: of 32."""
    unit = size * _FINE / 40  # the drawing's 32 and a margin of 4
    large = Image.new("RGBA", (size * _FINE, size * _FINE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(large)
    draw.rounded_rectangle((0, 0, size * _FINE - 1, size * _FINE - 1), corner * unit, fill=GROUND)

    def box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        return ((left + 4) * unit, (top + 4) * unit, (right + 4) * unit, (bottom + 4) * unit)

    draw.rectangle(box(7.5, 2, 10.5, 30), fill=TEXT)
    for y, end in ((7, 28), (16, 24), (25, 28)):
        draw.rectangle(box(15, y - 1.5, end, y + 1.5), fill=TEXT)
        draw.ellipse(box(5, y - 4, 13, y + 4), fill=TEXT)
    return large.resize((size, size), Image.Resampling.BOX)


def _png(image: Image.Image) -> bytes:
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()
