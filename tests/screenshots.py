"""Pictures of the site for the README: `python3 build.py test --screenshots` makes them anew.

They show `content/` as it is, opened from disk in the Chromium that the browser tests use.
"""

from __future__ import annotations

import io
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from site_builder import testing
from site_builder.disk import snapshot
from tests import driver

FOLDER = testing.ROOT / "docs/screenshots"
PAGES = {
    "home": "index.html",
    "timeline": "timeline.html#y2014",
    "entry": "entries/2014-06-10-fall-of-mosul.html",
    "map": "map.html#map_iraq-syria",
    "territory": "control.html#chart_",
}
SIZES = {"phone": (360, 740), "desktop": (1280, 860)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
COLOURS = 256  # of a picture: text on flat grounds needs no more


def main() -> None:
    """Take every page at every size in both modes, and let go of pictures that nobody takes any more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    taken = set()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as tools:
        home = _site(Path(folder)).as_uri()
        browser = tools.chromium.launch(executable_path=testing.chromium(), args=["--no-sandbox"])
        for (name, path), size, scheme in product(PAGES.items(), SIZES, SCHEMES):
            picture = FOLDER / f"{name}-{size}-{scheme}.png"
            picture.write_bytes(_taken(browser, f"{home}/{path}", SIZES[size], scheme))
            taken.add(picture)
            sys.stdout.write(f"{picture.relative_to(testing.ROOT)} {picture.stat().st_size // 1024} KB\n")
        browser.close()
    for picture in set(FOLDER.glob("*.png")) - taken:
        picture.unlink()


def _site(folder: Path) -> Path:
    made = driver.built(snapshot(testing.ROOT / "content", testing.ROOT / "templates"))
    if not made.report.ok:
        raise SystemExit("The site in content/ has errors: see `python3 build.py check`.")
    return driver.lay_down(folder, made.files)


def _taken(browser: Browser, address: str, size: tuple[int, int], scheme: Literal["light", "dark"]) -> bytes:
    """A picture of the first screen, its colours reduced to a palette."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
    context.close()
    small = _reduced(shot.convert("RGB"))
    data = io.BytesIO()
    small.save(data, "PNG", optimize=True)
    return data.getvalue()


def _reduced(shot: Image.Image) -> Image.Image:
    """The picture in its most frequent colours: a quantiser would shift grounds and grey small marks."""
    counted = shot.getcolors(shot.width * shot.height)
    frequent = sorted(counted or [], key=lambda one: one[0], reverse=True)[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette(b"".join(bytes(colour) for _, colour in frequent if isinstance(colour, tuple)))
    return shot.quantize(palette=palette, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
