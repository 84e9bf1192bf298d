"""Pictures as others read them: Pillow opens each, and the colours are those of the style sheet."""

from __future__ import annotations

import io
import re
import struct

import pytest
from PIL import Image

from site_builder import drawing
from site_builder.pictures import SIZE, Bar, Poster
from tests.driver import PROJECT

BARS = (Bar(2014, (("amber", 3), ("navy", 1))), Bar(2015, ()), Bar(2016, (("navy", 4),)))
PHASE = Poster("A chronology", "Territorial loss", "From 2014 to 2019", "navy", "square", BARS, ("2014", "2016"))


def colours(poster: Poster, box: tuple[int, int, int, int]) -> set[object]:
    image = Image.open(io.BytesIO(drawing.poster(poster))).convert("RGB").crop(box)
    return {colour for _, colour in image.getcolors(1 << 20) or ()}


def rgb(name: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(name.removeprefix("#")))


def chunks(data: bytes) -> list[bytes]:
    """The types of the chunks of a PNG (RFC 2083, 3.2)."""
    found, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        found.append(data[at + 4 : at + 8])
        at += 12 + length
    return found


@pytest.mark.parametrize("shown", [PHASE, Poster("A chronology", "", "1999 to 2026", bars=BARS), Poster("T")])
def test_poster(shown: Poster) -> None:
    """A sharing picture is a small PNG of 1200 by 630 pixels, without a time or any other note in it."""
    data = drawing.poster(shown)
    image = Image.open(io.BytesIO(data))
    image.verify()
    assert (image.format, image.size, len(data) < 40_000) == ("PNG", (1200, 630), True)
    assert SIZE == (1200, 630)
    assert set(chunks(data)) == {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def test_same_values_same_bytes() -> None:
    """Drawn twice, even with nothing left in memory of the first time, a picture has the same bytes."""
    first = (drawing.poster(PHASE), drawing.icon(), drawing.touch_icon())
    drawing._font.cache_clear()
    assert (drawing.poster(PHASE), drawing.icon(), drawing.touch_icon()) == first


def test_colours_are_those_of_the_look() -> None:
    """A phase has the colour in its picture that it has in the light of the style sheet."""
    css = (PROJECT / "templates/static/site.css").read_text()
    told = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", css[: css.index("@supports")]))
    assert {name: told[name or "outline"] for name in drawing.COLOURS} == drawing.COLOURS
    assert [told[name] for name in ("ground", "text", "muted", "hairline")] == [
        drawing.GROUND,
        drawing.TEXT,
        drawing.MUTED,
        drawing.HAIRLINE,
    ]


def test_shapes_are_those_of_the_look() -> None:
    """Every shape of the templates can be drawn, from the same corner."""
    marks = (PROJECT / "templates/partials/marks.html").read_text()
    starts = {name: (float(x), float(y)) for name, x, y in re.findall(r'"([a-z]+)": "M([\d.]+) ?([\d.]+)', marks)}
    starts = {name: starts[name] for name in drawing.SHAPES}
    assert {name: points[0] for name, points in drawing.SHAPES.items()} == starts


def test_the_band_and_the_bars_have_the_colour_of_the_phase() -> None:
    """The edge is in the phase's colour; other phases' bars are pale, and only its own are coloured."""
    assert colours(PHASE, (0, 0, 20, 630)) == {rgb(drawing.COLOURS["navy"])}
    strip = colours(PHASE, (96, 424, 1120, 540))
    assert rgb(drawing.COLOURS["navy"]) in strip
    assert rgb(drawing.COLOURS["amber"]) not in strip
    assert rgb(drawing.COLOURS["amber"]) in colours(Poster("T", bars=BARS), (96, 424, 1120, 540))


@pytest.mark.parametrize("text", ["صعود التنظيم", "Société", "上升"])
def test_letters_that_the_font_lacks(text: str) -> None:
    """A text with a letter that the font has not is left out, rather than shown with boxes; the picture stays."""
    assert not drawing.writable(text)
    bare = drawing.poster(Poster("", "", "", "teal", "star", BARS))
    assert drawing.poster(Poster(text, "", text, "teal", "star", BARS)) == bare


def test_letters_that_it_has() -> None:
    """ASCII, the usual quotation marks and a dash can be written."""
    assert drawing.writable("“Rise” – 1999–2014, it’s…")


def test_a_long_text_stays_inside() -> None:
    """However long a label is, nothing is written in the margin on the right."""
    label = "The long and winding phase of the many offices that nobody could name in fewer words"
    shown = Poster(label * 2, label, label, "violet", "plus")
    assert colours(shown, (1130, 0, 1200, 630)) == {rgb(drawing.GROUND)}


def test_icons() -> None:
    """The icon has the three sizes that browsers ask for; that of a home screen is opaque, of 180 pixels."""
    icon = Image.open(io.BytesIO(drawing.icon()))
    assert (icon.format, icon.info["sizes"]) == ("ICO", {(16, 16), (32, 32), (48, 48)})
    touch = Image.open(io.BytesIO(drawing.touch_icon()))
    assert (touch.format, touch.size, touch.mode) == ("PNG", (180, 180), "RGB")
