"""The search in a browser, from a folder of a host. Numbers are counted by hand from the table in tests/sifting.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, hosted, published
from tests.driver import entry, lay_down, site
from tests.sifting import FILES

pytest.importorskip("pagefind_bin", reason="Pagefind has no package for this machine")
pytestmark = pytest.mark.browser

MORE = {
    "entries/f.md": entry(
        "phase: loss\nlocation: mosul\ncontent_note: N", "Named <Ansar> & others, الدولة in the letters of the time.\n",
        title="A <name> & its words", date="2017-08", source="r",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A host with the site in `repo/`, and in `bare/` without its index."""
    made = site({**FILES, **MORE}, look="real", base_url="https://example.org/repo/")
    assert made.report.ok, made.messages
    folder = tmp_path_factory.mktemp("host")
    published(folder / "repo", made.files)
    lay_down(folder / "bare", made.files)
    return folder


@pytest.fixture(scope="module")
def host(folder: Path) -> Iterator[str]:
    with hosted(folder) as address:
        yield address


@pytest.fixture
def page(opened: Open, host: str) -> Open:
    """Open the search with a query, and wait for its answer."""

    def open_(query: str = "", *size: Any, **how: Any) -> Page:
        found = opened(f"{host}/repo/search.html{query}", *size, **how)
        expect(found.locator("[data-shown]")).not_to_be_empty()
        return found

    return open_


def titles(page: Page) -> list[str]:
    return page.locator("[data-results] h3").all_inner_texts()


def said(page: Page, words: str) -> None:
    """The line that tells how much was found has come to say this."""
    expect(page.locator("[data-shown]")).to_have_text(words)


def query(page: Page) -> str:
    return page.url.partition("?")[2]


def pick(page: Page, kind: str, id: str) -> None:
    facet = page.locator(f"[data-facet={kind}]")
    if facet.get_attribute("open") is None:
        facet.locator("summary").click()
    facet.locator(f"[value='{id}']").click()


def count(page: Page, name: str, id: str) -> str:
    return page.locator(f"[name={name}][value='{id}'] ~ .count").text_content() or ""


def test_words(page: Open) -> None:
    """A word finds the entries that have it in title or text, each with date, place and phase, and leads to them."""
    live = page()
    said(live, "Type a word or a name, or choose a filter.")
    live.locator("[data-seek] input").fill("attack")
    said(live, "2 results")
    assert sorted(titles(live)) == ["Another attack", "The attack"]
    first = live.locator("[data-results] li", has_text="The attack")
    assert first.locator(".date").inner_text() == "3 August 2014"
    assert first.locator(".where").inner_text() == "Sinjar"
    assert first.locator(".who-phase").inner_text() == "Loss"
    first.locator("a").click()
    expect(live.locator("h1")).to_have_text("The attack")
    assert live.url.endswith("/repo/entries/c.html")


def test_field_of_another_page(opened: Open, host: str) -> None:
    """Who types into the field of any page and presses Enter comes to the results."""
    live = opened(f"{host}/repo/entries/a.html")
    live.locator("header [type=search]").fill("attack")
    live.keyboard.press("Enter")
    expect(live.locator("[data-shown]")).to_have_text("2 results")
    assert query(live) == "q=attack"


def test_kinds(page: Open) -> None:
    """Entries are shown first; actors, places, sources and pages are one choice away, each with its number."""
    live = page("?q=mosul")
    said(live, "Nothing found here, but there is something of another kind")
    assert (count(live, "kind", "entry"), count(live, "kind", "place")) == ("0", "1")
    live.locator("[name=kind][value=place]").click()
    said(live, "1 result")
    assert titles(live) == ["Mosul"]
    assert live.locator("[data-facets]").is_hidden()
    assert query(live) == "q=mosul&kind=place"


def test_choices_of_entries_are_not_shown_beside_other_kinds(page: Open) -> None:
    """A choice narrows entries alone, so it is not named where places are listed; it is there again for entries."""
    live = page("?q=mosul&phase=loss&kind=place")
    said(live, "1 result")
    assert live.locator("[data-picked]").is_hidden()
    assert live.locator("[data-clear]").is_hidden()
    live.locator("[name=kind][value=entry]").click()
    expect(live.locator("[data-picked]")).to_have_text("Phase: Loss")
    assert live.locator("[data-clear]").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_sign_of_a_result_stands_beside_it(page: Open, width: int) -> None:
    """The sign of the phase stands before the date, on its line, as it does in the lists of the first page."""
    live = page("?q=attack", width)
    line = live.locator("[data-results] li").first
    sign, date = line.locator(".shape").bounding_box(), line.locator(".date").bounding_box()
    assert sign is not None
    assert date is not None
    assert sign["x"] + sign["width"] <= date["x"]
    assert date["y"] <= sign["y"] + sign["height"] / 2 <= date["y"] + date["height"]


def test_facets(page: Open) -> None:
    """Choices narrow without any word, in the order of dates; numbers tell what each choice would show."""
    live = page()
    pick(live, "actor", "front")
    said(live, "3 results")
    assert titles(live) == ["The city falls", "It is declared", "Another attack"]
    assert (count(live, "actor", "army"), count(live, "phase", "rise"), count(live, "tag", "attack")) == ("2", "2", "2")
    pick(live, "tag", "attack")
    said(live, "2 results")
    assert titles(live) == ["The city falls", "Another attack"]
    assert count(live, "year", "2016") == "1"
    pick(live, "year", "2016")
    said(live, "1 result")
    assert live.locator(".picked button").all_inner_texts() == ["Actor: The Front", "Subject: Attacks", "Year: 2016"]
    assert query(live) == "actor=front&tag=attack&year=2016"
    live.locator("[data-clear]").click()
    said(live, "Type a word or a name, or choose a filter.")
    assert query(live) == ""


def test_two_choices_of_a_kind(page: Open) -> None:
    """Choices of one kind widen, and go with the words."""
    live = page("?q=attack&year=2014&year=2016")
    said(live, "2 results")
    assert (count(live, "year", "2014"), count(live, "year", "2016")) == ("1", "1")


def test_order(page: Open) -> None:
    """What is found stands by how well it fits, or, as the reader likes, by date."""
    live = page("?q=what+happened")
    said(live, "5 results")
    live.locator("[value=date]").click()
    expect(live.locator("[data-results] h3").first).to_have_text("The city falls")
    assert titles(live) == [
        "The city falls", "It is declared", "The attack", "Another attack", "The city is retaken",
    ]  # fmt: skip
    assert query(live) == "q=what+happened&order=date"


def test_address_and_back(page: Open) -> None:
    """What is asked stands in the address; the back button takes back a step, and comes back from a result."""
    live = page("?q=attack")
    said(live, "2 results")
    pick(live, "actor", "army")
    said(live, "1 result")
    live.keyboard.press("Escape")
    live.locator("[data-results] a").click()
    expect(live.locator("h1")).to_have_text("The attack")
    live.go_back()
    said(live, "1 result")
    assert query(live) == "q=attack&actor=army"
    live.go_back()
    said(live, "2 results")
    assert (query(live), live.locator("[data-seek] input").input_value()) == ("q=attack", "attack")
    live.reload()
    said(live, "2 results")


def test_typing_is_one_step(page: Open) -> None:
    """Every letter searches, and all of them together are one step back."""
    live = page()
    live.locator("[data-seek] input").press_sequentially("att", delay=300)
    live.locator("[data-seek] input").press_sequentially("ack", delay=300)
    said(live, "2 results")
    assert query(live) == "q=attack"
    live.go_back()
    said(live, "Type a word or a name, or choose a filter.")


def test_nothing(page: Open) -> None:
    """Where nothing is found, the page says so."""
    said(page("?q=zzzz&kind=source"), "Nothing found here")
    said(page("?q=zzzz&year=nobody&kind=else&order=toString"), "Nothing found here")


def test_letters_that_could_act(page: Open) -> None:
    """Signs of HTML in titles and texts are letters; what was found is marked; Arabic is found as well."""
    live = page("?q=others")
    said(live, "1 result")
    assert titles(live) == ["A <name> & its words"]
    assert live.locator("[data-results] mark").all_inner_texts() == [
        "others,",
        "others,",
    ]  # in the summary and in the text
    assert "Named <Ansar> & others, الدولة in" in live.locator("[data-results] .summary").inner_text()
    arabic = page("?q=الدولة")
    said(arabic, "1 result")


def test_with_the_keyboard(page: Open) -> None:
    """From the field, Tab comes to kinds, filters and results; Enter opens a result."""
    live = page("?q=declared")
    said(live, "1 result")
    live.locator("[data-seek] input").focus()
    for _ in range(40):
        live.keyboard.press("Tab")
        if live.evaluate("document.activeElement.closest('[data-results]') !== null"):
            break
    live.keyboard.press("Enter")
    expect(live.locator("h1")).to_have_text("It is declared")


def test_axe(page: Open) -> None:
    """With results on it, the page has no fault on a phone and a desktop, and does not scroll sideways."""
    for width, scheme in ((360, "dark"), (1280, "light")):
        live = page("?q=attack&actor=army", width, scheme)
        said(live, "1 result")
        faults = Axe().run(live).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []
        assert live.evaluate("document.documentElement.scrollWidth") <= width


def test_nobody_with_scripts_is_told_that_they_do_not_run(opened: Open, host: str) -> None:
    """While the search is still loading, its stand-in is not seen; if nothing takes over, it is, some seconds later."""
    page = opened(f"{host}/repo/search.html")
    page.locator("[data-live]").wait_for()
    page.evaluate(
        "document.querySelector('[data-ways]').hidden = document.querySelector('[data-why=script]').hidden = false"
    )
    stand_in = page.locator("[data-why=script]")
    expect(stand_in).not_to_be_visible()
    expect(stand_in).to_be_visible(timeout=30_000)


def test_without_scripts(opened: Open, host: str) -> None:
    """Without scripts the page says so, offers ways that need none, and no field that does nothing."""
    still = opened(f"{host}/repo/search.html", java_script_enabled=False)
    assert still.locator("[data-why=script]").is_visible()
    assert still.locator("main input").count() == still.locator("main [data-live] input").count()
    assert still.locator("[data-live]").is_hidden()
    still.locator("main a").first.click()
    assert still.locator("h1").inner_text() == "Timeline"


def test_from_disk(opened: Open, folder: Path) -> None:
    """Opened from a disk, where no index can be read, the page says so."""
    live = opened((folder / "repo/search.html").as_uri())
    expect(live.locator("[data-why=disk]")).to_be_visible()
    assert live.locator("[data-live]").is_hidden()


def test_without_an_index(chromium: Any, host: str) -> None:
    """A copy without an index says so. (The browser notes the missing file on its console.)"""
    context = chromium.new_context()
    live = context.new_page()
    live.goto(f"{host}/bare/search.html")
    expect(live.locator("[data-why=missing]")).to_be_visible()
    assert live.locator("[data-live]").is_hidden()
    context.close()
