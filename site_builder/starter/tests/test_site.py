"""The site of this repository: that it builds, always alike, asks nobody else for anything and keeps nobody out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder import testing
from site_builder.diagnostics import Report, Severity
from site_builder.disk import snapshot
from site_builder.files import Options
from site_builder.memo import Memo
from site_builder.pipeline import build
from site_builder.publish import MemoryStaging

ROOT = Path(__file__).resolve().parent.parent


Made = tuple[Report, Mapping[str, bytes]]


def make() -> Made:
    """What a build of the site reports, and its files by path."""
    stage = MemoryStaging()
    report = build(snapshot(ROOT / "content", ROOT / "templates"), Options(), Memo(), stage)
    return report, stage.files


@pytest.fixture(scope="module")
def made() -> Made:
    return make()


@pytest.fixture
def files(made: Made) -> Mapping[str, bytes]:
    return made[1]


def test_no_errors(made: Made) -> None:
    """Every file can be read, and everything that is named exists; `build.py check` says more."""
    assert [found for found in made[0].diagnostics if found.severity is Severity.ERROR] == []


def test_same_bytes(files: Mapping[str, bytes]) -> None:
    """Two builds of the same files give the same bytes."""
    assert files == make()[1]


def test_nobody_else_is_asked(files: Mapping[str, bytes]) -> None:
    """No page loads anything from another host: readers are not watched."""
    loads = rb"""<(?:script|img|iframe|source|audio|video|link rel="stylesheet")[^>]*(?:src|href)="(?:https?:)?//"""
    assert [path for path, data in files.items() if path.endswith(".html") and re.search(loads, data)] == []


@pytest.mark.browser
def test_no_page_keeps_anybody_out(files: Mapping[str, bytes], tmp_path: Path) -> None:
    """Axe finds no barrier for readers with disabilities in the pages at the top and the first one of each folder."""
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    folders = [tmp_path, *(folder for folder in tmp_path.iterdir() if folder.is_dir())]
    pages = [*tmp_path.glob("*.html"), *(min(found) for folder in folders[1:] if (found := [*folder.glob("*.html")]))]
    faults = {}
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=testing.chromium(), args=["--no-sandbox"])
        for page in sorted(pages):
            opened = browser.new_page()
            opened.goto(page.as_uri())
            faults[page.name] = [fault["id"] for fault in Axe().run(opened).response["violations"]]
            opened.close()
        browser.close()
    assert pages
    assert {name: found for name, found in faults.items() if found} == {}
