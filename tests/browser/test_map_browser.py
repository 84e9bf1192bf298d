"""The map in a browser. Numbers are counted by hand from the entries of tests/test_maps.py."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.driver import SITE, entry, lay_down, site
from tests.test_maps import FILES, PHASES, PLACES, QUIET

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return (lay_down(tmp_path_factory.mktemp("site"), site(FILES, look="real").files) / "map.html").as_uri()


@pytest.fixture
def page(opened: Open, address: str) -> Open:
    """Open the map with what stands after its address."""

    def open_(after: str = "", *size: Any, **how: Any) -> Page:
        return opened(address + after, *size, **how)

    return open_


def slide(page: Page, name: str, year: int) -> None:
    page.locator(f"input[name={name}]").fill(str(year))


def listed(page: Page) -> list[str]:
    """The places of the list that can be seen."""
    found: list[str] = page.eval_on_selector_all(
        "li[data-place]", "all => all.filter(x => x.checkVisibility()).map(x => x.dataset.place)"
    )
    return found


def marked(page: Page) -> set[str]:
    """The places that have a mark, a circle, a dot or a name on a map."""
    return set(
        page.eval_on_selector_all(
            ".map-marks [data-place]", "all => all.filter(x => x.checkVisibility()).map(x => x.dataset.place)"
        )
    )


def seen_box(page: Page) -> list[float]:
    """What of the first map is in view, in its own units; land, frames and marks must agree on it."""
    box = [float(part) for part in str(page.locator(".map-frames").first.get_attribute("viewBox")).split()]
    land: dict[str, float] = page.locator(".map-frame").first.evaluate(
        """frame => {
            const land = frame.querySelector(".map-land");
            const a = frame.getBoundingClientRect(), b = land.getBoundingClientRect();
            const unit = land.getAttribute("width") / b.width;
            return { left: (a.x + 1 - b.x) * unit, top: (a.y + 1 - b.y) * unit, width: (a.width - 2) * unit };
        }"""
    )
    assert [land["left"], land["top"], land["width"]] == pytest.approx(box[:3], abs=2)
    return box


def test_the_slider_filters_marks_and_list(page: Open) -> None:
    """From 2016 on, places of earlier years only are gone from maps and list, and the count says so."""
    found = page()
    expect(found.get_by_role("status")).to_have_text("7 entries at 7 places.")
    slide(found, "from", 2016)
    expect(found.get_by_role("status")).to_have_text("3 entries at 5 places.")
    assert sorted(listed(found)) == ["far", "hills", "pointless", "secret", "syria"]
    assert marked(found) == {"far", "hills", "syria"}


def test_a_slider_pushes_the_other(page: Open) -> None:
    """The end cannot lie before the beginning."""
    found = page()
    slide(found, "from", 2016)
    slide(found, "to", 2014)
    assert found.locator("input[name=from]").input_value() == "2014"
    expect(found.get_by_role("status")).to_have_text("1 entry at 2 places.")


def test_a_mark_follows_the_filter(page: Open) -> None:
    """What is left at a place gives the mark its phase: the town has none of its own, and in 2015 it is "Early"."""
    found = page()
    town = found.locator("a[data-place=town]")
    expect(town.locator("use")).to_have_attribute("href", "#sign_mixed")
    slide(found, "from", 2015)
    expect(town.locator("use")).to_have_attribute("href", "#sign_circle")
    expect(town).to_have_class("mark near ph-amber")


def test_the_phases_filter(page: Open) -> None:
    """Without the late phase only what the early one has is left."""
    found = page()
    found.get_by_role("checkbox", name="Late").uncheck()
    assert sorted(listed(found)) == ["square", "town"]
    found.get_by_role("button", name="Show all").click()
    expect(found.get_by_role("status")).to_have_text("7 entries at 7 places.")
    assert "unused" in listed(found)


def test_the_address_keeps_the_filter(page: Open) -> None:
    """A filter is in the address, and an address with one opens filtered."""
    found = page()
    slide(found, "to", 2004)
    assert found.url.endswith("#from=2003&to=2004&phase=early,late")
    again = page("#from=2003&to=2004&phase=early")
    expect(again.get_by_role("status")).to_have_text("2 entries at 1 place.")
    assert again.locator("input[name=to]").input_value() == "2004"


def test_a_link_within_the_page_keeps_the_filter(page: Open) -> None:
    """The link to a closer map leads there; loaded again or sent on, its address shows that map, filtered."""
    found = page()
    slide(found, "to", 2004)
    found.locator("a.closer").first.click()
    expect(found).to_have_url(re.compile("#from=2003&to=2004&phase=early,late&at=map_near$"))
    top = "document.getElementById('map_near').getBoundingClientRect().top"
    assert 0 <= found.evaluate(top) < 450
    found.reload()
    expect(found.get_by_role("status")).to_have_text("2 entries at 1 place.")
    sent = page(found.url[found.url.index("#") :])
    expect(sent.get_by_role("status")).to_have_text("2 entries at 1 place.")
    assert 0 <= sent.evaluate(top) < 450


def test_numbers_follow_the_filter(page: Open) -> None:
    """A place tells how many of its entries fit, in the list and to the ear; without a filter it tells all."""
    found = page()
    row, mark = found.locator("li[data-place=square]"), found.locator("a[data-place=square]").first
    slide(found, "to", 2004)
    expect(row).to_contain_text("2 of 3 entries, 2003–2014")
    expect(mark).to_have_attribute("aria-label", re.compile("^Town Square: 2 of 3 entries, 2003–2014"))
    found.get_by_role("button", name="Show all").click()
    expect(row).to_contain_text("Town Square 3 entries, 2003–2014")


def test_an_address_without_phases_means_all_of_them(page: Open) -> None:
    """Whoever writes an address by hand may leave the phases out."""
    expect(page("#from=2003&to=2004").get_by_role("status")).to_have_text("2 entries at 1 place.")


def test_who_comes_back_finds_what_the_sliders_say(page: Open) -> None:
    """After a link within the page, which takes the filter out of the address, the way back still shows one state."""
    found = page()
    slide(found, "to", 2004)
    found.evaluate("location.hash = 'map_near'")
    found.goto(found.url.partition("map.html")[0] + "places.html")
    found.go_back()
    shown = (
        "2 entries at 1 place." if found.locator("input[name=to]").input_value() == "2004" else "7 entries at 7 places."
    )
    expect(found.get_by_role("status")).to_have_text(shown)


def test_early_years_are_worded(opened: Open, tmp_path: Path) -> None:
    """A slider says "44 BC" and "AD 7" as the rest of the page does, to the eye and to the ear."""
    early = {"site.yaml": SITE + QUIET, "places.yaml": PLACES, **PHASES}
    for n, date in enumerate(("-0043", "0007", "2014")):
        early[f"entries/e{n}.md"] = entry("phase: early\nlocation: square", date=date)
    found = opened((lay_down(tmp_path, site(early, look="real").files) / "map.html").as_uri())
    slide(found, "to", 7)
    assert found.locator(".map-year").all_inner_texts() == ["44 BC", "AD 7"]
    assert found.locator("input[name=to]").evaluate("slider => slider.ariaValueText") == "AD 7"
    slide(found, "to", -43)
    assert found.locator(".map-year").all_inner_texts() == ["44 BC", "44 BC"]


def test_buttons_zoom(page: Open) -> None:
    """Zooming in shows two thirds of the width, zooming out and the whole map show all of it again."""
    found = page()
    whole = seen_box(found)
    first = found.locator("[data-map]").first
    first.get_by_role("button", name="Zoom in").click()
    assert seen_box(found)[2] == pytest.approx(whole[2] / 1.5)
    first.get_by_role("button", name="Zoom out").click()
    assert seen_box(found) == pytest.approx(whole)
    first.get_by_role("button", name="Zoom in").click()
    first.get_by_role("button", name="Show the whole map").click()
    assert seen_box(found) == whole


def test_the_keyboard_zooms_and_moves(page: Open) -> None:
    """With a mark in focus + zooms, arrows move, 0 shows all; at the edge the map stays on the page."""
    found = page()
    whole = seen_box(found)
    found.locator("a[data-place=square]").first.focus()
    found.keyboard.press("+")
    found.keyboard.press("+")
    zoomed = seen_box(found)
    assert zoomed[2] == pytest.approx(whole[2] / 2.25)
    found.keyboard.press("ArrowLeft")
    assert seen_box(found)[0] < zoomed[0]
    for _ in range(20):
        found.keyboard.press("ArrowUp")
    assert seen_box(found)[1] == 0
    found.keyboard.press("0")
    assert seen_box(found) == whole


def test_arrows_scroll_a_whole_map(page: Open) -> None:
    """A map that shows all of itself leaves the arrow keys to the page."""
    found = page()
    found.locator("a[data-place=square]").first.focus()
    before = found.evaluate("scrollY")
    found.keyboard.press("ArrowDown")
    found.wait_for_function("before => scrollY > before", arg=before)


def test_focus_brings_a_mark_into_view(page: Open) -> None:
    """A mark that zooming has pushed out of view comes back when the keyboard reaches it."""
    found = page()
    town, square = (found.locator(f"a.mark[data-place={name}]").first for name in ("town", "square"))
    town.focus()
    for _ in range(5):
        found.keyboard.press("+")
    square.focus()
    frame, sign = found.locator(".map-frame").first.bounding_box(), square.locator("use").bounding_box()
    assert frame is not None
    assert sign is not None
    assert frame["x"] <= sign["x"] <= frame["x"] + frame["width"]
    assert frame["y"] <= sign["y"] <= frame["y"] + frame["height"]


def test_dragging_moves_and_does_not_follow_links(page: Open) -> None:
    """A drag that ends on a mark moves the map; only a click is a click."""
    found = page()
    found.locator("[data-map]").first.get_by_role("button", name="Zoom in").click()
    before = seen_box(found)
    sign = found.locator("a.mark[data-place=town] use").first.bounding_box()
    assert sign is not None
    found.mouse.move(sign["x"] + 5, sign["y"] + 5)
    found.mouse.down()
    found.mouse.move(sign["x"] + 105, sign["y"] + 65, steps=4)
    found.mouse.up()
    assert seen_box(found)[0] < before[0]
    assert found.url.partition("#")[0].endswith("map.html")


def test_the_wheel_scrolls_unless_it_zooms(page: Open) -> None:
    """The wheel alone scrolls the page past the map; with Ctrl it zooms at the pointer."""
    found = page()
    found.locator(".map-frame").first.scroll_into_view_if_needed()
    found.locator(".map-frame").first.hover()
    whole = seen_box(found)
    found.mouse.wheel(0, 120)
    found.wait_for_function("scrollY > 0")
    assert seen_box(found) == whole
    found.keyboard.down("Control")
    found.mouse.wheel(0, -120)
    found.wait_for_function(
        "w => +document.querySelector('.map-frames').getAttribute('viewBox').split(' ')[2] < w", arg=whole[2]
    )


def test_without_scripts_all_is_there(page: Open) -> None:
    """Without scripts there are no controls, and every place is on its map and in the list."""
    found = page(java_script_enabled=False)
    expect(found.locator(".map-filter")).to_be_hidden()
    expect(found.locator(".map-tools").first).to_be_hidden()
    expect(found.locator("a.mark[data-place=square]").first).to_be_visible()
    assert found.locator("li[data-place]").count() == 8


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_cut_off(page: Open, width: int) -> None:
    """The page is no wider than the window, and every control can be hit."""
    found = page(width=width)
    assert found.evaluate("document.documentElement.scrollWidth") == width
    for control in found.locator(".map-tools button, .map-filter button, .map-filter label").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(page: Open, width: int, scheme: Literal["light", "dark"]) -> None:
    """No rule of axe is broken on the map page, in light and dark, on a phone and on a wide screen."""
    found = page(width=width, scheme=scheme)
    # Axe must not ask for the style sheets again, which a page from disk may not.
    results = Axe().run(found, options={"resultTypes": ["violations"], "preload": False})
    assert [violation["id"] for violation in results.response["violations"]] == [], results.generate_report()
