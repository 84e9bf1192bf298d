from __future__ import annotations

import pytest

from tests.driver import site
from tests.outline import read
from tests.sifting import FILES


@pytest.fixture(scope="module")
def html() -> str:
    return site(FILES, look="real").html("search.html")


def test_choices(html: str) -> None:
    """Entries are narrowed by what the timeline is narrowed by, but the source, and by their year."""
    boxes = [box for box in read(html.encode()).iter("input") if box.get("type") == "checkbox"]
    assert {box.get("name") for box in boxes} == {"phase", "actor", "place", "tag", "grade", "year"}
    assert [box.get("value") for box in boxes if box.get("name") == "year"] == ["2014", "2016", "2017"]


def test_no_dead_controls(html: str) -> None:
    """Until a script has found the index, all that it would work is hidden, and other ways are shown."""
    page = read(html.encode())
    (live,) = (part for part in page.iter("div") if part.get("data-live") is not None)
    assert live.get("hidden") is not None
    assert [part for part in page.find("body/main").iter("input") if part not in list(live.iter("input"))] == []
    reasons = {part.get("data-why"): part.get("hidden") for part in page.iter("p") if part.get("data-why")}
    assert reasons == {"script": None, "disk": "", "missing": ""}


def test_policy(html: str) -> None:
    """Only the search page may compile the program of its index; no page may run a script of its text."""
    built = site(FILES, look="real")
    allowing = [path for path, data in built.files.items() if b"unsafe" in data and path.endswith(".html")]
    assert allowing == ["search.html"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in html


def test_field_on_every_page() -> None:
    """A search can begin on every page, once; without an entry there is nothing to search and no field."""
    built = site(FILES, look="real")
    pages = [data.decode() for path, data in built.files.items() if path.endswith(".html") and ".embed." not in path]
    assert {page.count('role="search"') for page in pages} == {1}
    empty = site({}, look="real")
    assert "search.html" not in empty.files
    assert 'role="search"' not in empty.html("index.html")


@pytest.mark.parametrize(
    "path", ["search.html", "print.html", "404.html", "timeline.html", "years/2014.html", "index.html"]
)
def test_not_searched(path: str) -> None:
    """Pages that repeat what stands elsewhere, or say nothing, are not searched."""
    assert "data-pagefind-body" not in site(FILES, look="real").html(path)
