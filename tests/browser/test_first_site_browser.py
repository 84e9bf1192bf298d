"""The site in `content/` as a whole: its texts are longer, and stranger, than those that tests are written with."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.disk import snapshot
from tests.browser.conftest import Open
from tests.driver import PROJECT, built, lay_down

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = built(snapshot(PROJECT / "content", PROJECT / "templates"))
    assert made.report.ok, made.messages
    return lay_down(tmp_path_factory.mktemp("site"), made.files)


def test_pages_fit_the_smallest_phone(opened: Open, folder: Path) -> None:
    """At 320 pixels no page of the first site that is the fullest of its folder, or has a table, scrolls sideways."""
    texts = {path: path.read_text(encoding="utf-8") for path in folder.rglob("*.html") if ".embed." not in path.name}
    fullest = {path.parent: path for path in sorted(texts, key=lambda path: len(texts[path]))}
    chosen = {path for path in texts if path.parent == folder or "<table" in texts[path]} | set(fullest.values())
    page = opened((folder / "index.html").as_uri(), 320)
    wide = {}
    left_out = {folder / "search.html", folder / "404.html"}  # whose index and whose style sheets are not to be had so
    for path in sorted(chosen - left_out):
        page.goto(path.as_uri(), wait_until="domcontentloaded")
        wide[path.name] = page.evaluate("document.documentElement.scrollWidth") - 320
    assert len(wide) > 50
    assert {path: width for path, width in wide.items() if width > 0} == {}


def test_table_of_branches_is_short_on_paper(opened: Open, folder: Path) -> None:
    """The figure, its table of some twenty rows and its sixty sources take at most six sheets of A4."""
    page = opened((folder / "spans.html").as_uri())
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert 2 < printed.count(b"/Type /Page\n") <= 6
