from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from tests.driver import entry
from tests.previews import ENTRY, PAGE, PATIENCE, Preview, preview, project, write
from tests.sifting import FILES

pytestmark = pytest.mark.browser

OTHER = "content/entries/2020/other.md"
PANEL = "[role=alertdialog]"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    with preview(project(tmp_path_factory.mktemp("preview"))) as found:
        yield found


@pytest.fixture
def live(running: Preview) -> Preview:
    """The preview with nothing wrong and the first title, whatever the last test has left."""
    (running.folder / OTHER).unlink(missing_ok=True)
    write(running.folder / ENTRY, entry())
    wait(lambda: "Hearing</h1>" in running.ask(f"/{PAGE}")[1])
    wait(lambda: '"count": 0' in running.ask("/_preview/state.json")[1])
    return running


@pytest.fixture
def page(chromium: Browser, live: Preview) -> Iterator[Page]:
    """The entry's page, with a permission for the clipboard; what its policy blocks is a failure."""
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    found = context.new_page()
    problems: list[str] = []
    found.on("console", lambda message: problems.append(message.text) if "Policy" in message.text else None)
    found.on("pageerror", lambda wrong: problems.append(str(wrong)))
    found.goto(live.url + PAGE)
    yield found
    context.close()
    assert problems == []


def wait(true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it has not come to pass"
        time.sleep(0.02)


def shows(page: Page, selector: str, text: str) -> None:
    """Wait until an element shows the text, through any reload."""
    expect(page.locator(selector)).to_contain_text(text, timeout=PATIENCE * 1000)


def test_every_save_reloads(page: Page, live: Preview) -> None:
    """Saves in quick succession all reach the reader, under the strict policy and without a message of it."""
    for title in ("Verdict", "Appeal", "Review"):
        write(live.folder / ENTRY, entry(title=title))
        shows(page, "h1", title)
    assert page.locator("#preview_").count() == 0


def test_a_hundred_quick_saves(page: Page, live: Preview) -> None:
    """Of a hundred saves in a second or two, the last one is what the reader sees in the end."""
    for number in range(100):
        write(live.folder / ENTRY, entry(title=f"State {number}"))
        time.sleep(0.01)
    expect(page.locator("h1")).to_have_text("State 99", timeout=PATIENCE * 1000)
    # A file that was read while it was written is an error until the whole site is made, after its page.
    expect(page.locator("#preview_")).to_have_count(0, timeout=PATIENCE * 1000)


@pytest.mark.slow
def test_a_hundred_states(page: Page, live: Preview) -> None:
    """A hundred saves, each made when the last one is seen, are a hundred states in the browser: no reload is lost."""
    loads: list[Page] = []

    def loaded(again: Page) -> None:
        loads.append(again)

    page.on("load", loaded)
    for number in range(100):
        write(live.folder / ENTRY, entry(title=f"State {number}"))
        expect(page.locator("h1")).to_have_text(f"State {number}", timeout=PATIENCE * 1000)
    assert len(loads) == 100


def test_an_error_lies_over_the_last_good_page(page: Page, live: Preview) -> None:
    """All errors are listed with place, reason, hint and line, as text; the page stays; the fix takes them away."""
    write(live.folder / ENTRY, entry(title="Verdict", date="2020-02-30"))
    shows(page, PANEL, "1 error: this is the last good build")
    write(live.folder / OTHER, entry(phase="<img src=x onerror=alert(1)>"))
    shows(page, PANEL, "2 errors")
    shows(page, PANEL, "content/entries/2020/hearing.md:3:7")
    shows(page, PANEL, "content/entries/2020/other.md:6:")
    shows(page, PANEL, "phase: <img src=x onerror=alert(1)>")
    assert page.locator(f"{PANEL} mark").first.inner_text() == "2"
    assert page.locator(f"{PANEL} img").count() == 0
    assert page.locator("h1").inner_text() == "Hearing"

    page.goto(live.url + "t/index.html")  # a page that is opened later has it too
    shows(page, PANEL, "2 errors")

    (live.folder / OTHER).unlink()
    shows(page, PANEL, "1 error:")
    write(live.folder / ENTRY, entry(title="Verdict"))
    expect(page.locator("#preview_")).to_have_count(0, timeout=PATIENCE * 1000)
    page.goto(live.url + PAGE)
    shows(page, "h1", "Verdict")


def test_an_error_can_be_taken_back(page: Page, live: Preview) -> None:
    """When a mistake is undone and nothing has changed after all, the errors go without a reload."""
    page.evaluate("window.kept = true")
    write(live.folder / ENTRY, entry(date="2020-02-30"))
    shows(page, PANEL, "1 error")
    write(live.folder / ENTRY, entry())
    expect(page.locator("#preview_")).to_have_count(0, timeout=PATIENCE * 1000)
    assert page.evaluate("window.kept") is True


def test_the_errors_by_keyboard(page: Page, live: Preview) -> None:
    """The panel has a name and the focus; Tab leads to its buttons, Enter copies `path:line`, Escape closes it."""
    write(live.folder / ENTRY, entry(date="2020-02-30"))
    shows(page, PANEL, "1 error")
    panel = page.get_by_role("alertdialog", name="1 error: this is the last good build")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("heading")).to_be_focused()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    shows(page, f"{PANEL} [role=status]", "copied")
    assert page.evaluate("navigator.clipboard.readText()") == "content/entries/2020/hearing.md:3"
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    write(live.folder / ENTRY, entry(date="2020-02-31"))
    shows(page, PANEL, "2020-02-31")  # another mistake is shown again
    page.get_by_role("button", name="Close").click()
    expect(panel).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_errors_are_readable(page: Page, live: Preview, scheme: Literal["light", "dark"]) -> None:
    """The panel has its own look in light and dark, at the foot of the window and not over all of it."""
    page.emulate_media(color_scheme=scheme)
    write(live.folder / ENTRY, entry(date="2020-02-30"))
    shows(page, PANEL, "1 error")
    box, window = page.locator(PANEL).bounding_box(), page.viewport_size
    assert box
    assert window
    assert box["y"] + box["height"] == pytest.approx(window["height"], abs=1)
    assert box["height"] <= window["height"] * 0.6 + 1
    ground = page.locator(PANEL).evaluate("panel => getComputedStyle(panel).backgroundColor")
    assert ground == {"light": "rgb(255, 253, 248)", "dark": "rgb(28, 31, 37)"}[scheme]


def test_the_place_on_the_page_is_kept(page: Page, live: Preview) -> None:
    """A reload does not lose the line that the author was looking at."""
    long = "".join(f"Line {number}.\n\n" for number in range(300))
    write(live.folder / ENTRY, entry(body=long))
    shows(page, "main", "Line 299.")
    page.evaluate("scrollTo(0, 4000)")
    write(live.folder / ENTRY, entry(title="Verdict", body=long))
    shows(page, "h1", "Verdict")
    wait(lambda: page.evaluate("scrollY") == 4000)


def test_what_is_chosen_is_kept(chromium: Browser, tmp_path: Path) -> None:
    """A reload keeps the filters of the real timeline, and the place in it."""
    for path, text in FILES.items():
        write(tmp_path / "content" / path, text)
    page = chromium.new_page(viewport={"width": 1280, "height": 400})
    with preview(tmp_path) as running:
        page.goto(running.url + "t/timeline.html?actor=front")
        expect(page.locator("[data-shown]")).to_have_text("3 of 5 entries")
        page.locator("#e_d").scroll_into_view_if_needed()
        page.wait_for_timeout(300)  # cards out of view are laid out when they come near
        place = page.evaluate("scrollY")
        assert place > 0
        write(tmp_path / "content/entries/d.md", FILES["entries/d.md"].replace("Another attack", "One more attack"))
        shows(page, "#e_d", "One more attack")
        expect(page.locator("[data-shown]")).to_have_text("3 of 5 entries")
        assert page.locator("#e_c").is_hidden()
        wait(lambda: page.evaluate("scrollY") == place)
    page.close()


def test_a_page_that_was_asleep_catches_up(chromium: Browser, live: Preview) -> None:
    """A page that has missed a message, the computer being asleep, is loaded again as soon as it is connected."""
    page = chromium.new_page()
    silent: list[WebSocketRoute] = []

    def route(socket: WebSocketRoute) -> None:
        socket.connect_to_server() if silent else silent.append(socket)

    page.route_web_socket("**/_preview/socket", route)
    page.goto(live.url + PAGE)
    write(live.folder / ENTRY, entry(title="Verdict"))
    wait(lambda: "<h1>Verdict</h1>" in live.ask(f"/{PAGE}")[1])
    page.wait_for_timeout(300)
    assert page.locator("h1").inner_text() == "Hearing"
    silent[0].close()
    shows(page, "h1", "Verdict")
    page.close()


def test_the_beginning_and_the_end(chromium: Browser, tmp_path: Path) -> None:
    """The plain page of a failed first build becomes the site when it is mended; the end of the preview is told."""
    write(project(tmp_path) / ENTRY, entry(date="2020-02-30"))
    page = chromium.new_page()
    with preview(tmp_path, wait=False) as running:
        page.goto(running.url)
        shows(page, "h1", "The first build has found errors")
        shows(page, "li", "content/entries/2020/hearing.md:3:7")
        write(tmp_path / ENTRY, entry())
        shows(page, "h1", "A test")
        page.wait_for_timeout(300)
    shows(page, "[role=status]", "The preview has ended")
    page.close()
