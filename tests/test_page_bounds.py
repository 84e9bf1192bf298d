"""What every page keeps to, read off the files of a site that has each kind of page."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from site_builder.disk import snapshot
from tests import node_tools, outline
from tests.driver import PROJECT, built, lay_down, site

EVERYTHING = PROJECT / "tests/golden/everything/content"
SCRIPTS, STYLES, TIMELINE = 20 * 1024, 30 * 1024, 120 * 1024  # in bytes; the last one compressed
SEARCH = "search.html"  # brings the search library
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'self'"
)
CARD_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"  # of what others embed


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    given = {str(path.relative_to(EVERYTHING)): path.read_bytes() for path in EVERYTHING.rglob("*") if path.is_file()}
    return site(given, look="real", base_url="https://example.org/repo/").files


def pages(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: data.decode() for path, data in files.items() if path.endswith(".html")}


def weight(files: Mapping[str, bytes], path: str, pattern: str) -> int:
    """How many bytes the page takes of files that it names so."""
    folder = path.rpartition("/")[0]
    names = (
        os.path.normpath(f"{folder}/{name}" if folder else name) for name in re.findall(pattern, files[path].decode())
    )
    return sum(len(files[name]) for name in names)


def test_scripts_and_styles_are_small(files: Mapping[str, bytes]) -> None:
    """A page has at most 20 KB of scripts and 30 KB of styles before compression."""
    served = {path for path in pages(files) if path not in (SEARCH, "404.html")}  # 404.html names whole addresses
    scripts = {path: weight(files, path, r'<script [^>]*src="([^"?]+)') for path in served}
    styles = {path: weight(files, path, r'<link rel="stylesheet" href="([^"?]+)') for path in served}
    assert min(styles.values()) > 0
    assert max(scripts.values()) > 0
    assert {path: size for path, size in scripts.items() if size > SCRIPTS} == {}
    assert {path: size for path, size in styles.items() if size > STYLES} == {}


def test_nothing_is_written_into_a_page_that_the_policy_forbids(files: Mapping[str, bytes]) -> None:
    """Each page has the policy before all that it rules, and no style, no script and no handler of its own."""
    for path, text in pages(files).items():
        head = text[: min(text.index(start) for start in ("<link", "<script", "<img", "<title") if start in text)]
        searching = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
        allowed = searching if path == SEARCH else CARD_POLICY if ".embed." in path else POLICY
        assert f'content="{allowed}"' in head.replace("&#39;", "'"), path
        for item in outline.read(files[path]).iter():
            assert item.tag != "style", path
            assert item.tag != "script" or item.get("src") or item.get("type") == "application/ld+json", path
            assert not [name for name in item.attrib if name == "style" or name.startswith("on")], path


def test_nothing_is_asked_of_another_host(files: Mapping[str, bytes]) -> None:
    """No page and no style sheet names a file of another host that a browser would fetch by itself."""
    for path, text in pages(files).items():
        if path != "404.html":
            assert re.findall(r'<(?:script|img|source|iframe|video|audio)[^>]* src="(?:https?:)?//[^"]*', text) == [], (
                path
            )
            assert re.findall(r'<link rel="(?:stylesheet|icon|preload)[^>]* href="(?:https?:)?//[^"]*', text) == [], (
                path
            )
    for path, data in files.items():
        if path.endswith(".css"):
            assert not re.search(rb"@import|url\((?![\"']?(?:#|data:))", data), path


@pytest.fixture(scope="module")
def first_site() -> Mapping[str, bytes]:
    """The site in `content/`."""
    made = built(snapshot(PROJECT / "content", PROJECT / "templates"), base_url="https://example.org/repo/")
    assert made.report.ok, made.messages
    return made.files


@pytest.mark.slow
def test_the_whole_timeline_is_light(first_site: Mapping[str, bytes]) -> None:
    """The page with all entries of the first site takes at most 120 KB over the line."""
    assert len(gzip.compress(first_site["timeline.html"], 9)) <= TIMELINE


@pytest.mark.slow
@pytest.mark.java
@pytest.mark.node
@pytest.mark.parametrize("which", ["files", "first_site"])
def test_pages_are_valid_html(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """The Nu HTML checker has no error to report on any page of the golden site and of the first one."""
    folder = lay_down(tmp_path, request.getfixturevalue(which))
    java = shutil.which("java")
    assert java is not None
    command = [
        java,
        "-jar",
        str(node_tools.installed() / "vnu-jar/build/dist/vnu.jar"),
        "--skip-non-html",
        "--errors-only",
        "--format",
        "json",
        str(folder),
    ]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    found = json.loads(done.stderr)["messages"]
    assert [(wrong["url"].removeprefix(folder.as_uri()), wrong["message"]) for wrong in found] == []
