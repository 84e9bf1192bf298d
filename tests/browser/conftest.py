"""Chromium, and pages in it whose every complaint is a failure."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from site_builder import searching, testing
from site_builder.publish import Staging

Open = Callable[..., Page]


@pytest.fixture(scope="module")  # not longer: while it lives, Playwright holds the event loop that others' tests need
def chromium() -> Iterator[Browser]:
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=testing.chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Browser) -> Iterator[Open]:
    """Open an address; a word on the console, what the policy blocks, or a request to another host is a failure."""
    problems: list[str] = []
    contexts = []

    def open_(address: str, width: int = 1280, scheme: Literal["light", "dark"] = "light", **how: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **how)
        contexts.append(context)
        context.add_init_script("addEventListener('securitypolicyviolation', e => console.error(e.violatedDirective))")
        page = context.new_page()
        home = address[: address.index("/", 8)]
        page.on("console", lambda message: problems.append(message.text))
        page.on("pageerror", lambda wrong: problems.append(str(wrong)))
        page.on("request", lambda asked: None if asked.url.startswith(home) else problems.append(asked.url))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert problems == []


def published(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A built site as a web server has it, with the index of its search."""
    with Staging(folder) as staging:
        for path, data in files.items():
            staging.write(path, data)
        searching.index(staging)
        staging.publish()
    return folder


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing: the test says what was wrong."""


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # a browser asks for many files at once; of five that wait the sixth may be turned away


@contextlib.contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The address of a web server for the folder."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def pick(page: Page, kind: str, id: str) -> None:
    """Choose in one of the boxes of the timeline's filters, as a reader does."""
    facet = page.locator(f"[data-facet={kind}]")
    if facet.get_attribute("open") is None:
        facet.locator("summary").click()
    facet.locator(f"[value={id}]").click()
