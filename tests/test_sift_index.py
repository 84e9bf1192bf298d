"""What the filters of a long timeline work on. The columns are written by hand from the table in tests/sifting.py."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from site_builder import parts
from site_builder.memo import Memo
from tests.driver import PROJECT, Built, entry, site
from tests.outline import read
from tests.sifting import FILES

INDEX = "timeline.index.json"


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five entries are one more than a page lists."""
    monkeypatch.setattr(parts, "LONGEST", 4)


def page(made: Built) -> str:
    assert made.report.ok, made.messages
    return made.html("timeline.html")


@pytest.mark.usefixtures("long")
def test_index() -> None:
    """It has a column for all that entries can be chosen by and are shown with, and nothing else."""
    assert json.loads(site(FILES).files[INDEX]) == {
        "version": 1,
        "page": "entries/{id}.html",
        "choices": [
            *("phase rise", "actor front", "actor army", "place mosul", "tag attack", "tag territory"),
            *("grade corroborated", "perspective independent", "tag declaration", "grade single-source"),
            *("phase loss", "place sinjar", "perspective state", "grade reported"),
        ],
        "years": [[2014, 3], [2016, 1], [2017, 1]],
        "ids": "a b c d e",
        "ranks": "12332",
        "traits": [
            [0, 1, 2, 3, 4, 5, 6, 7],
            [0, 1, 8, 9, 7],
            [10, 2, 11, 4, 9, 12],
            [10, 1, 3, 4, 13, 7, 12],
            [10, 3, 5, 6, 7],
        ],
        "dates": ["10 June 2014", "29 June 2014", "3 August 2014", "2016", "10 July 2017"],
        "titles": ["The city falls", "It is declared", "The attack", "Another attack", "The city is retaken"],
    }


@pytest.mark.usefixtures("long")
def test_a_date_is_written_once_for_entries_of_one_day() -> None:
    """An entry of the same date as the one before has none of its own; an author's wording counts as the date."""
    days = ("2014-06-10", "2014-06-10", "2014-06-11", "2014-06-11", "2014-06-10")
    files: dict[str, str | bytes] = {f"entries/e{n}.md": entry(date=day) for n, day in enumerate(days)}
    files["entries/e3.md"] = entry('date_display: "the day after"', date="2014-06-11")
    index = json.loads(site(files).files[INDEX])
    assert index["ids"] == "e0 e1 e4 e2 e3"
    assert index["dates"] == ["10 June 2014", "", "", "11 June 2014", "the day after"]


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("</script><img src=x onerror=alert(1)>", "</script><img src=x onerror=alert(1)>"),
        ("{year} &amp; {id}", "{year} &amp; {id}"),
        ("The “plan” and the \\ of 'it'", "The “plan” and the \\ of ‘it’"),
    ],
)
def test_titles_are_text(title: str, shown: str) -> None:
    """A title stands in it as its letters, whatever a browser would make of them, with the quotation marks as shown."""
    text = FILES["entries/a.md"].replace("title: The city falls", f"title: {json.dumps(title)}")
    made = site({**FILES, "entries/a.md": text})
    assert made.report.ok, made.messages
    assert json.loads(made.files[INDEX])["titles"][0] == shown


@pytest.mark.usefixtures("long")
def test_page_of_a_long_timeline() -> None:
    """It names the index by its bytes, and hides all choices, which need a script; the search is still offered."""
    made = site(FILES, look="real")
    assert f'data-index="{INDEX}?{hashlib.sha256(made.files[INDEX]).hexdigest()[:8]}"' in page(made)
    (sieve,) = [part for part in read(made.files["timeline.html"]).iter("section") if part.get("class") == "sieve"]
    assert sieve.get("hidden") is not None
    assert re.findall(r'src="static/(\w+)\.', page(made)) == ["facets", "overview", "timeline", "site"]
    assert "Search the text of all entries" in page(made)
    assert INDEX not in made.html("sitemap.xml")


def test_short_timelines_have_no_index() -> None:
    """Where all entries stand on the page there is no file of them, and the page asks for none."""
    made = site(FILES, look="real")
    assert INDEX not in made.files
    assert "index.json" not in page(made)
    assert "overview" not in page(made)


@pytest.mark.usefixtures("long")
def test_a_change_of_what_it_shows_changes_its_address() -> None:
    """A new title makes another index and another address; a new text of the entry leaves both."""
    memo = Memo()
    before = site(FILES, look="real", memo=memo)
    text = site({**FILES, "entries/a.md": FILES["entries/a.md"] + "\nMore.\n"}, look="real", memo=memo)
    fell = {**FILES, "entries/a.md": FILES["entries/a.md"].replace("falls", "fell")}
    title = site(fell, look="real", memo=memo)
    assert text.files[INDEX] == before.files[INDEX]
    assert b"The city fell" in title.files[INDEX]
    assert title.files == site(fell, look="real").files
    addresses = [re.findall(r'data-index="([^"]+)"', page(made)) for made in (before, text, title)]
    assert addresses[0] == addresses[1] != addresses[2]


def test_the_script_knows_the_version() -> None:
    """The script reads the index of this version and of no other."""
    script = Path(PROJECT / "templates/static/overview.js").read_text(encoding="utf-8")
    assert "const VERSION = 1;" in script
