"""Every kind of page as a reader opens it: from a host's root, from a folder of a host, from disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import Open, on_disk, served
from tests.driver import PROJECT, site

pytestmark = pytest.mark.browser

# One of each template, as the golden site "everything" has them.
EVERYTHING = PROJECT / "tests/golden/everything/content"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that holds the site as `repo/`, made for that address."""
    files = {str(path.relative_to(EVERYTHING)): path.read_bytes() for path in EVERYTHING.rglob("*") if path.is_file()}
    folder = tmp_path_factory.mktemp("host")
    made = site(files, look="real", base_url="https://example.org/repo/").files
    on_disk(folder / "repo", made)
    return folder


@pytest.fixture(scope="module")
def host(built: Path) -> Iterator[str]:
    with served(built) as address:
        yield address


def pages(built: Path) -> list[str]:
    """The fullest page of each folder, and every page at the top; of the entries also the fullest card."""
    folder = built / "repo"
    top = sorted(path.name for path in folder.glob("*.html"))
    found = sorted(folder.glob("*/*.html"))
    inner = {
        (path.parent, ".embed." in path.name): path for path in sorted(found, key=lambda path: path.stat().st_size)
    }
    return [*top, *(str(path.relative_to(folder)) for path in inner.values())]


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (360, "dark"),
        (1280, "light"),
        pytest.param(360, "light", marks=pytest.mark.slow),
        pytest.param(1280, "dark", marks=pytest.mark.slow),
    ],
)
def test_no_page_keeps_anybody_out(
    opened: Open, built: Path, host: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    """Axe finds no fault in any kind of page; nothing is blocked, missing, or asked of another host."""
    found = {}
    for path in pages(built):
        page = opened(f"{host}/repo/{path}", width, scheme)
        faults = Axe().run(page).response["violations"]
        found[path] = [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in faults]
        page.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_axe_sees_a_fault_below_the_fold(opened: Open, host: str) -> None:
    """The check above can fail: a picture without words, planted at the end of a long page, is found."""
    page = opened(f"{host}/repo/timeline.html")
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert "image-alt" in [fault["id"] for fault in Axe().run(page).response["violations"]]


def test_no_page_scrolls_sideways_on_the_smallest_phone(opened: Open, built: Path, host: str) -> None:
    """At 320 pixels every page fits."""
    wide = []
    for path in pages(built):
        page = opened(f"{host}/repo/{path}", 320)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(path)
        page.close()
    assert wide == []


def test_the_site_reads_from_disk_without_scripts(opened: Open, built: Path) -> None:
    """Opened as a file and with scripts off, the first entry of the timeline can be read and its link followed."""
    page = opened((built / "repo/timeline.html").as_uri(), java_script_enabled=False)
    first = page.locator("article h4 a, article h3 a").first
    title = first.inner_text()
    first.click()
    assert page.locator("h1").inner_text() == title
