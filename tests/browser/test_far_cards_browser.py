"""Cards far from view are not laid out; whatever leads to one of them finds it all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.driver import SITE, entry, lay_down, site

pytestmark = pytest.mark.browser

ENTRIES = 80  # two of them a month; each says its number in words that no other has
FAR = 70
TALES = " ".join(["What happened then is told at some length, lest every card were of one height."] * 6)


def told(number: int) -> str:
    year, month, day = 2012 + number // 24, number // 2 % 12 + 1, 1 + number % 2
    fields = f"actor: {('north', 'south')[number % 2]}\nsummary: Word{number:03}. {TALES[: 60 + number * 37 % 300]}"
    return entry(fields, title=f"Event {number:03}", date=f"{year}-{month:02}-{day:02}")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    files = {f"entries/n{number:03}.md": told(number) for number in range(ENTRIES)}
    actors = "- {id: north, name: The North}\n- {id: south, name: The South}\n"
    made = site({"site.yaml": SITE, "actors.yaml": actors, **files}, look="real").files
    return (lay_down(tmp_path_factory.mktemp("site"), made) / "timeline.html").as_uri()


def laid_out(page: Page) -> int:
    """How many cards have been laid out."""
    seen: int = page.eval_on_selector_all(
        ".card-text", "all => all.filter(x => x.checkVisibility({ contentVisibilityAuto: true })).length"
    )
    return seen


def settled(page: Page) -> float:
    """Where the far card stands on the screen once nothing moves any more."""
    page.wait_for_function(
        """() => new Promise((done) => {
            const before = scrollY;
            setTimeout(() => done(scrollY === before), 250);
        })"""
    )
    top: float = page.locator(f"#e_n{FAR:03}").evaluate("card => card.getBoundingClientRect().top")
    return top


def under_the_headings(page: Page) -> float:
    """Where the heading of the far card's month ends, which stays in view above it."""
    end: float = page.locator(f"section:has(> .cards #e_n{FAR:03}) .month-name").evaluate(
        "heading => heading.getBoundingClientRect().bottom"
    )
    return end


def test_far_cards_wait(opened: Open, address: str) -> None:
    """As the page comes, only the cards about the first screen are laid out."""
    page = opened(address, 390)
    assert 0 < laid_out(page) < ENTRIES / 2


@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_to_a_far_card(opened: Open, address: str, width: int) -> None:
    """Its address shows the card at the top of the screen, whole, under the heading of its month."""
    page = opened(f"{address}#e_n{FAR:03}", width)
    assert under_the_headings(page) - 1 <= settled(page) < 300


def test_a_bar_leads_to_its_year(opened: Open, address: str) -> None:
    """The bar of the last year leads to that year's heading, although nothing between has been laid out."""
    page = opened(address, 1280)
    page.locator(".bar[data-year='2015']").click()
    expect(page.locator("#y2015 h2")).to_be_in_viewport()
    settled(page)
    expect(page.locator("#y2015 h2")).to_be_in_viewport()
    expect(page.locator("#t_n072")).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1280])
def test_back_to_a_far_card(opened: Open, address: str, width: int) -> None:
    """Who follows the link of a far card and comes back finds it where it was, and goes forward and back again."""
    page = opened(address, width)
    page.locator(f"#t_n{FAR:03}").scroll_into_view_if_needed()
    before = settled(page)
    for _ in range(2):
        page.locator(f"#t_n{FAR:03} a").evaluate("link => link.click()")
        expect(page.locator("h1")).to_have_text(f"Event {FAR:03}")
        page.go_back()
        expect(page.locator("h1")).to_have_text("Timeline")
        assert settled(page) == pytest.approx(before, abs=2)


def test_search_in_the_page(opened: Open, address: str) -> None:
    """The browser's own search finds the words of a far card and shows them."""
    page = opened(address, 390)
    assert page.evaluate(f"find('Word{FAR:03}')") is True
    settled(page)
    expect(page.locator(f"#e_n{FAR:03} .summary")).to_be_in_viewport()


def test_closed_choices_are_not_laid_out(opened: Open, address: str) -> None:
    """The choices of a closed filter have no layout, and are there as soon as it is opened."""
    page = opened(address)
    assert page.evaluate("document.querySelector('.facet-box').getClientRects().length") == 0
    page.locator("[data-facet=actor] summary").click()
    assert page.get_by_label("The North").is_visible()


def test_all_cards_are_printed(opened: Open, address: str) -> None:
    """On paper every card is laid out."""
    page = opened(address)
    page.emulate_media(media="print")
    assert laid_out(page) == ENTRIES


def test_far_uses_of_a_source_wait(opened: Open, tmp_path: Path) -> None:
    """Of a source that hundreds of entries cite, those far from view are not laid out; of few entries, all are."""
    for n, all_laid_out in ((30, True), (201, False)):
        files = {f"entries/n{number}.md": entry(body="It was [@s].", date=f"'{1800 + number}'") for number in range(n)}
        made = site({"sources/s.yaml": "s: {title: S, url: https://a.example}", **files}, look="real")
        page = opened((lay_down(tmp_path / str(n), made.files) / "sources/s.html").as_uri())
        assert page.locator(".use").count() == n
        last = page.locator(".use h3").last
        assert last.evaluate("x => x.checkVisibility({ contentVisibilityAuto: true })") is all_laid_out
