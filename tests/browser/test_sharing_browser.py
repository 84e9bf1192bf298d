"""What a reader takes away from an entry: its address, the code of its card, the card on somebody else's page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.conftest import Open, hosted
from tests.driver import lay_down, site
from tests.test_sharing import FILES, TITLE

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on this machine with the site at /t/, and beside it a page of somebody else's that frames cards."""
    folder = tmp_path_factory.mktemp("sharing")
    lay_down(folder / "t", site(FILES, look="real").files)
    frames = "".join(f'<iframe src="/t/entries/{id}.embed.html" width="320" height="380"></iframe>' for id in "abw")
    head = "<!DOCTYPE html><html lang=en><title>Other</title><link rel=icon href=/t/favicon.ico>"
    (folder / "other.html").write_text(f"{head}<h1>Other</h1>{frames}")
    with hosted(folder) as address:
        yield address


def test_copying(opened: Open, host: str) -> None:
    """A button copies the lasting address, another the code of the card; each says that it did."""
    page = opened(f"{host}/t/entries/a.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the address").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "https://example.org/t/entries/a.html"
    page.get_by_text("Share or embed").click()
    page.get_by_role("button", name="Copy the code").click()
    page.locator(".share").get_by_role("button", name="Copied").wait_for()
    code = page.evaluate("navigator.clipboard.readText()")
    assert code == page.get_by_label("Code for the page of another site").input_value()
    assert code.startswith('<iframe src="https://example.org/t/entries/a.embed.html"')


def test_without_scripts_address_and_code_are_there(opened: Open, host: str) -> None:
    """Without scripts there are no buttons: the address is a link, the code stands in its field."""
    page = opened(f"{host}/t/entries/a.html", java_script_enabled=False)
    assert page.get_by_role("button", name="Copy").count() == 0
    assert (
        page.get_by_role("link", name="Permanent link").get_attribute("href") == "https://example.org/t/entries/a.html"
    )
    page.get_by_text("Share or embed").click()
    assert "<iframe" in page.get_by_label("Code for the page of another site").input_value()


def test_a_card_in_the_page_of_another(opened: Open, host: str) -> None:
    """In a frame a card shows its style and its text, fits the width, and its link replaces the whole page."""
    page = opened(f"{host}/other.html", 360)
    card, retracted, withdrawn = (page.frame_locator("iframe").nth(n) for n in range(3))
    assert card.locator("article").evaluate("part => getComputedStyle(part).borderInlineStartWidth") == "5px"
    assert card.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth")
    assert "June 2014" in card.locator("main").inner_text()
    assert "has been retracted" in retracted.locator("main").inner_text()
    assert "was withdrawn" in withdrawn.locator("main").inner_text()
    card.get_by_role("link", name="The whole entry").click()
    page.wait_for_url("**/t/entries/a.html")
    assert page.locator("h1").inner_text() == TITLE.replace('"it"', "“it”")
