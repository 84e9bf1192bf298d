"""A timeline that is too long for one page, in a browser: its filters work on an index that comes when it is needed.

What has to be shown is counted from the events of the made-up corpus, before they are entries.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from site_builder import parts
from site_builder.disk import snapshot
from tests.bench import corpus
from tests.browser.conftest import Open, hosted, pick
from tests.driver import PROJECT, built, lay_down, site
from tests.sifting import FILES

pytestmark = pytest.mark.browser

EVENTS = sorted(corpus.events(150), key=lambda event: f"{event.date}-00"[:10])  # a month goes before its days
HOSTILE = "<img src=x onerror=alert(1)> & {id}"
Made = tuple[str, str]


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Of the corpus; and of the small site of tests/sifting.py, with a title like HTML and two entries of one date."""
    content, folder = tmp_path_factory.mktemp("content"), tmp_path_factory.mktemp("site")
    corpus.write(content, len(EVENTS))
    attack = FILES["entries/d.md"]
    hostile = attack.replace("title: Another attack", f"title: {json.dumps(HOSTILE)}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "LONGEST", len(EVENTS) - 1)
        made = built(snapshot(content, PROJECT / "templates"))
        patch.setattr(parts, "LONGEST", 5)
        small = site({**FILES, "entries/d.md": hostile, "entries/f.md": attack}, look="real")
    assert made.report.ok, made.messages
    assert small.report.ok, small.messages
    lay_down(folder / "corpus", made.files)
    lay_down(folder / "small", small.files)
    with hosted(folder) as home:
        yield f"{home}/corpus/timeline.html", (folder / "small/timeline.html").as_uri()


@pytest.fixture
def page(opened: Open, addresses: Made) -> Open:
    """Open the timeline of the corpus with a query."""

    def open_(query: str = "", *size: Any, **how: Any) -> Page:
        return opened(addresses[0] + query, *size, **how)

    return open_


@pytest.fixture
def small(opened: Open, addresses: Made) -> Open:
    """Open that of the small site with a query, from a host."""

    def open_(query: str = "", *size: Any, **how: Any) -> Page:
        return opened(addresses[0].replace("corpus", "small") + query, *size, **how)

    return open_


def titles(page: Page) -> list[str]:
    """Those of the entries that are listed, in order."""
    return page.locator(".year:visible .line:visible h3 a").all_inner_texts()


UNLOADED = re.compile("could not be loaded")


def says(page: Page, words: str | re.Pattern[str]) -> None:
    """The line of the sum comes to say this."""
    expect(page.locator("[data-shown]")).to_have_text(words, use_inner_text=True)


def numbers(page: Page, kind: str) -> dict[str, int]:
    """The number beside each choice of a kind."""
    found: dict[str, str] = page.eval_on_selector_all(
        f"[name={kind}]",
        "all => Object.fromEntries(all.map(x => [x.value, x.parentNode.querySelector('.count').textContent]))",
    )
    return {id: int(number) for id, number in found.items() if number != "0"}


def fetched(page: Page) -> Any:
    """How often the page has asked for its index."""
    return page.evaluate("performance.getEntriesByType('resource').filter(x => x.name.includes('.json')).length")


def test_an_actor_and_a_level(page: Open) -> None:
    """List, sum and every number are those of the entries that fit; the index comes with the first choice, once."""
    live = page()
    assert fetched(live) == 0
    pick(live, "actor", "society-3")
    of_actor = [event for event in EVENTS if "society-3" in event.actors]
    says(live, f"{len(of_actor)} of 150 entries")
    assert titles(live) == [event.title for event in of_actor]
    assert numbers(live, "phase") == Counter(event.phase for event in of_actor)
    assert numbers(live, "place") == Counter(event.place for event in of_actor)
    assert numbers(live, "tag") == Counter(tag for event in of_actor for tag in event.tags)
    assert numbers(live, "actor") == Counter(actor for event in EVENTS for actor in event.actors)
    live.locator("#level_more").check()
    fitting = [event for event in of_actor if event.significance < 3]
    assert 0 < len(fitting) < len(of_actor)
    says(live, f"{len(fitting)} of 150 entries")
    assert titles(live) == [event.title for event in fitting]
    assert numbers(live, "level") == {
        name: n
        for rank, name in enumerate(("key", "more", "all"), 1)
        if (n := sum(event.significance <= rank for event in of_actor))
    }
    assert fetched(live) == 1


def test_years_and_bars(page: Open) -> None:
    """Years without an entry that fits go; the others, and the bars, say how many of theirs do."""
    live = page("?actor=society-3")
    whole = Counter(event.date[:4] for event in EVENTS)
    fitting = Counter(event.date[:4] for event in EVENTS if "society-3" in event.actors)
    says(live, f"{fitting.total()} of 150 entries")
    words = {year: f"{fitting[year]} of {whole[year]} entries" for year in fitting if fitting[year] < whole[year]}
    assert words
    rails = live.eval_on_selector_all(
        ".year", "all => all.filter(x => x.checkVisibility()).map(x => x.innerText.split(/\\s*\\n\\s*/).slice(0, 2))"
    )
    assert [year for year, _ in rails] == sorted(fitting)
    assert {year: told for year, told in rails if fitting[year] < whole[year]} == words
    bars = live.eval_on_selector_all(".bar", "all => all.map(x => [x.dataset.year, x.ariaLabel])")
    assert {year: label for year, label in bars if year in words} == {
        year: f"{year}: {told}" for year, told in words.items()
    }
    assert live.locator(".bar.is-empty").count() == len(whole) - len(fitting)


def test_what_a_line_shows(small: Open) -> None:
    """An entry is its date, place, phase and grade, and its title as text, which leads to its page."""
    live = small("?actor=front&phase=loss")
    says(live, "2 of 6 entries")
    line, other = live.locator(".line").all()
    assert line.locator(".when > *").all_inner_texts() == ["2016", "Mosul", "Loss", "Reported"]
    assert other.locator(".date").inner_text() == "2016"
    assert line.locator("h3").inner_text() == HOSTILE
    assert live.locator("main img").count() == 0
    assert line.locator(".shape.ph-navy").count() == 1
    line.locator("h3 a").click()
    expect(live.locator("h1")).to_have_text(HOSTILE)


def test_overview_comes_back(page: Open) -> None:
    """While nothing is chosen the page is as it came."""
    live = page()
    came = live.locator("main").inner_text()
    pick(live, "phase", "works")
    says(live, f"{sum(event.phase == 'works' for event in EVENTS)} of 150 entries")
    assert live.locator(".year-key:visible").count() == 0
    live.locator("[data-clear]").click()
    live.keyboard.press("Escape")
    says(live, "All 150 entries")
    assert live.locator("main").inner_text() == came


def test_more_of_a_year(page: Open) -> None:
    """Of much that fits, each year shows a part; its button adds the rest and leads the keyboard to it."""
    live = page("?" + "&".join(f"phase={phase}" for phase in corpus.PHASES))
    says(live, "All 150 entries")
    full = max(Counter(event.date[:4] for event in EVENTS).items(), key=lambda pair: pair[1])
    lines, more = live.locator(f"#y{full[0]} .line h3"), live.locator(f"#y{full[0]} button")
    assert lines.count() == 3
    expect(more).to_have_text(f"Show more of {full[0]} ({full[1] - 3} left)")
    more.click()
    assert lines.all_inner_texts() == [event.title for event in EVENTS if event.date[:4] == full[0]]
    expect(lines.nth(3).locator("a")).to_be_focused()
    expect(more).to_be_hidden()


def test_address_and_back_button(page: Open) -> None:
    """What is chosen stands in the address; each choice is a step back, also from an entry."""
    live = page()
    pick(live, "actor", "society-3")
    pick(live, "phase", "works")
    live.keyboard.press("Escape")
    both = [event.title for event in EVENTS if "society-3" in event.actors and event.phase == "works"]
    says(live, f"{len(both)} of 150 entries")
    assert live.url.endswith("?phase=works&actor=society-3")
    live.locator(".line h3 a").first.click()
    expect(live.locator("h1")).to_have_text(both[0])
    live.go_back()
    says(live, f"{len(both)} of 150 entries")
    assert titles(live) == both
    live.go_back()
    assert titles(live) == [event.title for event in EVENTS if "society-3" in event.actors]
    live.go_back()
    says(live, "All 150 entries")
    assert titles(live) == []


def test_link_to_a_hidden_year(page: Open) -> None:
    """Who follows a link to a year sees it, although the address would hide it."""
    missing = next(
        year for year in range(1990, 2026) if not any(e.date[:4] == str(year) and e.phase == "works" for e in EVENTS)
    )
    live = page(f"?phase=works#y{missing}")
    says(live, "All 150 entries")
    expect(live.locator(f"#y{missing}")).to_be_in_viewport()


def test_nothing_fits(page: Open) -> None:
    """Where nothing fits, the page says so and offers the way back."""
    live = page("?actor=society-3&place=quarter-1&tag=archive&phase=plans&level=key")
    says(live, "No entry fits all of this")
    assert titles(live) == []
    live.locator("[data-clear]").click()
    says(live, "All 150 entries")


def test_without_the_index(chromium: Browser, addresses: Made) -> None:
    """Where the index does not come, a sentence says so, the years stay, and the next choice tries again."""
    context = chromium.new_context()
    live = context.new_page()
    live.route("**/timeline.index.json?*", lambda route: route.abort())
    live.goto(addresses[0])
    pick(live, "actor", "society-3")
    says(live, UNLOADED)
    assert live.locator(".year-key").first.is_visible()
    assert live.locator(".picked li").all_inner_texts() == ["Actor: Society 3"]
    live.locator("[data-clear]").click()
    says(live, "All 150 entries")
    live.unroute("**/timeline.index.json?*")
    pick(live, "actor", "society-3")
    says(live, f"{sum('society-3' in event.actors for event in EVENTS)} of 150 entries")
    context.close()


def test_of_another_version(chromium: Browser, addresses: Made) -> None:
    """An index that another version of the builder has written is not read."""
    context = chromium.new_context()
    live = context.new_page()
    live.route("**/timeline.index.json?*", lambda route: route.fulfill(json={"version": 2}))
    live.goto(addresses[0] + "?actor=society-3")
    says(live, UNLOADED)
    context.close()


def test_of_a_later_site(chromium: Browser, addresses: Made) -> None:
    """A page that is older than the index finds in it what it knows, by its name."""
    context = chromium.new_context()
    live = context.new_page()
    later = {
        "version": 1,
        "page": "entries/{id}.html",
        "choices": ["actor nobody-knew", "actor society-3"],
        "years": [[1990, 1], [1991, 1], [2050, 1]],
        "ids": "new event-1 last",
        "ranks": "333",
        "traits": [[0], [0, 1], [1]],
        "dates": ["1990", "May 1991", "2050"],
        "titles": ["New", "Old", "Last"],
    }
    live.route("**/timeline.index.json?*", lambda route: route.fulfill(json=later))
    live.goto(addresses[0] + "?actor=society-3")
    says(live, "1 of 2 entries")
    assert titles(live) == ["Old"]
    context.close()


def test_from_a_disk(opened: Open, addresses: Made) -> None:
    """A page opened from a disk, which may not read the index, says so and asks for nothing."""
    live = opened(addresses[1] + "?actor=front")
    says(live, UNLOADED)
    assert live.locator(".year:visible").count() == 3


def test_without_scripts(page: Open) -> None:
    """Nothing that only a script can work is seen; the years and the way to the search are."""
    still = page(java_script_enabled=False)
    assert still.locator(".sieve").is_hidden()
    assert still.locator("#y1990").is_visible()
    assert still.get_by_text("Search the text of all entries").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_accessible(page: Open, width: int) -> None:
    """Axe finds no fault with entries listed, the buttons are large enough, and nothing is wider than the screen."""
    live = page("?phase=works", width=width)
    says(live, f"{sum(event.phase == 'works' for event in EVENTS)} of 150 entries")
    found = Axe().run(live, options={"resultTypes": ["violations"], "preload": False}).response["violations"]
    assert found == []
    small = live.eval_on_selector_all(
        ".year button",
        "all => all.filter(x => x.checkVisibility() && x.getBoundingClientRect().height < 24).map(x => x.textContent)",
    )
    assert small == []
    assert live.evaluate("document.documentElement.scrollWidth <= innerWidth")
