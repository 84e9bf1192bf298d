"""The timeline's page in a browser. The numbers are counted by hand from the table in tests/sifting.py."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, pick
from tests.driver import lay_down, site
from tests.sifting import FILES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return (lay_down(tmp_path_factory.mktemp("site"), site(FILES, look="real").files) / "timeline.html").as_uri()


@pytest.fixture
def page(opened: Open, address: str) -> Open:
    """Open the timeline with a query."""

    def open_(query: str = "", *size: Any, **how: Any) -> Page:
        return opened(address + query, *size, **how)

    return open_


def shown(page: Page) -> str:
    """The ids of the entries that can be seen."""
    return "".join(
        id[2:]
        for id in page.eval_on_selector_all(".card", "all => all.filter(x => x.checkVisibility()).map(x => x.id)")
    )


def headings(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        ".year, .month", "all => all.filter(x => x.checkVisibility()).map(x => x.id)"
    )
    return found


def said(page: Page) -> str:
    return page.locator("[data-shown]").inner_text()


def counts(page: Page, kind: str) -> dict[str, str]:
    """The number beside each choice of a kind."""
    found: dict[str, str] = page.eval_on_selector_all(
        f"[name={kind}]",
        "all => Object.fromEntries(all.map(x => [x.value, x.parentNode.querySelector('.count').textContent]))",
    )
    return found


def query(page: Page) -> str:
    return page.url.partition("?")[2]


@pytest.mark.parametrize(
    ("level", "entries", "words", "parts"),
    [
        ("all", "abcde", "All 5 entries", ["y2014", "m2014-06", "m2014-08", "y2016", "m2016-00", "y2017", "m2017-07"]),
        ("more", "abe", "3 of 5 entries: the key events and more", ["y2014", "m2014-06", "y2017", "m2017-07"]),
        ("key", "a", "1 of 5 entries: the key events", ["y2014", "m2014-06"]),
    ],
)
def test_levels_without_scripts(page: Open, level: str, entries: str, words: str, parts: list[str]) -> None:
    """A level hides what weighs less, and months and years left empty; the line below says how much there is."""
    still = page(java_script_enabled=False)
    still.locator(f"#level_{level}").check()
    assert (shown_without_scripts(still), said(still)) == (entries, words)
    visible = [
        id
        for id in ("y2014", "m2014-06", "m2014-08", "y2016", "m2016-00", "y2017", "m2017-07")
        if still.locator(f"#{id}").is_visible()
    ]
    assert visible == parts
    assert still.locator("[data-facets]").is_hidden()
    assert still.locator("[data-clear]").is_hidden()


def shown_without_scripts(page: Page) -> str:
    return "".join(id for id in "abcde" if page.locator(f"#e_{id}").is_visible())


def test_bars_without_scripts(page: Open) -> None:
    """Under a level, the bar of an empty year leads nowhere."""
    still = page(java_script_enabled=False)
    still.locator("#level_key").check()
    assert [still.locator(f".bar[data-year='{year}']").is_visible() for year in (2014, 2016, 2017)] == [
        True,
        False,
        False,
    ]
    assert still.locator(".bar[data-year='2016'] .ghost").is_visible()


def test_filters_and_counts(page: Open) -> None:
    """Choices of two kinds narrow; every number tells what its choice would show beside those of the other kinds."""
    live = page()
    pick(live, "actor", "front")
    assert (shown(live), said(live)) == ("abd", "3 of 5 entries")
    assert counts(live, "actor") == {"front": "3", "army": "2"}
    assert counts(live, "place") == {"mosul": "2", "sinjar": "0"}
    assert counts(live, "tag") == {"attack": "2", "declaration": "1", "territory": "1"}
    assert counts(live, "phase") == {"rise": "2", "loss": "1"}
    assert counts(live, "grade") == {"corroborated": "1", "reported": "1", "single-source": "1"}
    assert counts(live, "perspective") == {"independent": "3", "state": "1"}
    assert counts(live, "level") == {"key": "1", "more": "2", "all": "3"}
    pick(live, "tag", "attack")
    assert (shown(live), said(live)) == ("ad", "2 of 5 entries")
    assert counts(live, "actor") == {"front": "2", "army": "2"}
    assert counts(live, "tag") == {"attack": "2", "declaration": "1", "territory": "1"}
    assert headings(live) == ["y2014", "m2014-06", "y2016", "m2016-00"]
    live.locator("#level_key").check()
    assert (shown(live), said(live)) == ("a", "1 of 5 entries")
    assert counts(live, "actor") == {"front": "1", "army": "1"}


def test_two_choices_of_a_kind(page: Open) -> None:
    """Choices of one kind widen: an entry has one of them."""
    live = page()
    pick(live, "grade", "reported")
    pick(live, "grade", "single-source")
    assert shown(live) == "bcd"
    assert counts(live, "grade") == {"corroborated": "2", "reported": "1", "single-source": "2"}


@pytest.mark.parametrize(
    ("kind", "id", "entries"), [("phase", "loss", "cde"), ("place", "mosul", "ade"), ("perspective", "state", "cd")]
)
def test_each_kind(page: Open, kind: str, id: str, entries: str) -> None:
    """Phase, place and perspective narrow as actor, tag and grade do."""
    live = page()
    pick(live, kind, id)
    assert shown(live) == entries


def test_strip_of_years_counts_again(page: Open) -> None:
    """Bars and years tell how many of their entries are shown; an empty year is no link any more."""
    live = page("?actor=front&tag=attack")
    labels = live.eval_on_selector_all(
        ".bar", "all => all.map(x => [x.ariaLabel, x.querySelector('.total').textContent])"
    )
    assert labels == [["2014: 1 of 3 entries", "1"], ["2016: 1 entry, Loss 1", "1"], ["2017: 0 of 1 entries", "0"]]
    # The tallest bar, 2014, is 34 units for three entries, one of "rise" being left.
    heights = live.eval_on_selector_all(
        ".bar[data-year='2014'] .part", "all => all.map(x => Number(x.getAttribute('height')).toFixed(1))"
    )
    assert heights == ["10.3", "0.0"]
    assert live.locator("#y2014 .rail p").inner_text() == "1 of 3 entries"
    assert live.locator(".bar[data-year='2017']").is_hidden()
    live.locator("[data-clear]").click()
    assert live.locator(".bar").first.get_attribute("aria-label") == "2014: 3 entries, Rise 2, Loss 1"
    assert live.locator("#y2014 .rail p").inner_text() == "3 entries"


def test_address(page: Open) -> None:
    """What is chosen stands in the address; whoever opens that address sees the same."""
    live = page()
    pick(live, "actor", "front")
    live.locator("#level_more").check()
    assert query(live) == "actor=front&level=more"
    assert shown(live) == "ab"
    again = page("?" + query(live))
    assert (shown(again), said(again)) == ("ab", "2 of 5 entries")
    again.reload()
    assert shown(again) == "ab"
    assert again.locator("#level_more").is_checked()
    assert page("?actor=nobody&level=toString").locator("[data-shown]").inner_text() == "All 5 entries"


def test_back_button(page: Open) -> None:
    """The back button takes back one choice at a time, and comes back from an entry to what was chosen."""
    live = page()
    pick(live, "actor", "front")
    pick(live, "tag", "attack")
    live.keyboard.press("Escape")
    live.locator("#t_d a").click()
    expect(live.locator("h1")).to_have_text("Another attack")
    live.go_back()
    assert (shown(live), query(live)) == ("ad", "actor=front&tag=attack")
    live.go_back()
    assert (shown(live), query(live)) == ("abd", "actor=front")
    assert live.locator(".picked li").all_inner_texts() == ["Actor: The Front"]
    live.go_back()
    assert (shown(live), query(live)) == ("abcde", "")
    live.go_forward()
    assert shown(live) == "abd"


def test_nothing_fits(page: Open) -> None:
    """Where nothing fits, the page says so and offers the way back."""
    live = page("?actor=army&grade=reported")
    assert (shown(live), said(live)) == ("", "No entry fits all of this")
    live.locator("[data-clear]").click()
    assert (shown(live), query(live)) == ("abcde", "")


def test_link_to_a_hidden_entry(page: Open) -> None:
    """Who follows a link to an entry sees it, although the address would hide it."""
    live = page("?level=key#e_c")
    assert (shown(live), query(live)) == ("abcde", "")
    assert live.url.endswith("#e_c")


def test_chips(page: Open) -> None:
    """Each choice has a button that removes it; the focus goes on to the next, in the end to where choices are made."""
    live = page("?actor=front&actor=army&tag=attack")
    chips = live.locator(".picked button")
    assert [chip.get_attribute("aria-label") for chip in chips.all()] == [
        "Remove Actor: The Front",
        "Remove Actor: The Army",
        "Remove Subject: Attacks",
    ]
    chips.nth(1).click()
    expect(chips.nth(1)).to_be_focused()
    expect(chips.nth(1)).to_have_text("Subject: Attacks")
    chips.nth(1).click()
    expect(chips.nth(0)).to_be_focused()
    chips.nth(0).click()
    expect(live.locator("[data-facet=actor] summary")).to_be_focused()
    assert (shown(live), query(live)) == ("abcde", "")


def test_keyboard(page: Open) -> None:
    """All of it works by keyboard: levels by arrows, a list of choices opened, used and closed."""
    live = page()
    live.locator("#level_all").focus()
    live.keyboard.press("ArrowLeft")
    assert shown(live) == "abe"
    live.keyboard.press("Tab")
    live.keyboard.press("Enter")
    expect(live.locator("[data-facet=phase]")).to_have_attribute("open", "")
    live.keyboard.press("Tab")
    live.keyboard.press("Space")
    assert (shown(live), query(live)) == ("ab", "phase=rise&level=more")
    live.keyboard.press("Escape")
    expect(live.locator("[data-facet=phase] summary")).to_be_focused()
    expect(live.locator("[data-facet=phase] .facet-box")).to_be_hidden()


def test_skip_link(page: Open) -> None:
    """The skip link leads to the entries, whichever of them is the first to be shown."""
    live = page("?level=more&tag=territory&grade=corroborated")
    live.keyboard.press("Tab")
    live.keyboard.press("Enter")
    live.keyboard.press("Tab")
    assert live.evaluate("document.activeElement.closest('.chronicle') !== null")


def test_place_in_time(page: Open) -> None:
    """The strip marks the year that is being read; the heading of its month stays in view."""
    live = page(width=1280)
    live.set_viewport_size({"width": 1280, "height": 500})
    live.locator("#y2016").evaluate("year => year.scrollIntoView()")
    expect(live.locator(".bar[data-year='2016']")).to_have_attribute("aria-current", "location")
    expect(live.locator("#y2016 h2")).to_be_in_viewport()
    expect(live.locator("#m2016-00 h3")).to_be_in_viewport()


def faults(page: Page) -> list[Any]:
    """What axe finds; it must not ask for the style sheets again, which a page from disk may not."""
    found: list[Any] = Axe().run(page, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_accessible(page: Open, width: int, scheme: Literal["light", "dark"]) -> None:
    """Axe finds no fault: as the page comes, and with choices open, one of them made and some without an entry."""
    live = page("?actor=front", width=width, scheme=scheme)
    assert faults(page("", width=width, scheme=scheme)) == []
    for kind in ("place", "grade"):
        live.locator(f"[data-facet={kind}] summary").click()
        assert faults(live) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_targets(page: Open, width: int) -> None:
    """Whatever can be hit is at least 24 units high and wide; nothing makes the page wider than the screen."""
    live = page("?actor=front", width=width)
    for kind in ("phase", "actor", "place", "tag", "grade", "perspective"):
        live.locator(f"[data-facet={kind}] summary").click()
        small = live.eval_on_selector_all(
            ".sieve :is(label:has(input:not([type=search])), summary, button), .month-name a",
            "all => all.filter(x => x.checkVisibility()).map(x => [x.textContent, x.getBoundingClientRect()])"
            ".filter(([_, box]) => box.height < 24 || box.width < 24).map(([words]) => words)",
        )
        assert small == []
        assert live.evaluate("document.documentElement.scrollWidth <= innerWidth")
