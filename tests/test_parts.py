"""Lists that are too long for one page."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from site_builder import parts
from tests.driver import Built, entry, site

PHASE = "---\nlabel: Works\nfrom: 2014\nto: ..\ncolour: amber\nshape: circle\n---\n"
CARD = re.compile(rb'<article class="card[^"]*" id="e_([a-z0-9-]+)"')
# Year, and how many entries it has in each of its months (0: month not known).
ENTRIES = {2014: {1: 2, 3: 1}, 2015: {0: 1, 6: 4, 7: 2}, 2017: {12: 1}}


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Built:
    monkeypatch.setattr(parts, "LONGEST", 4)
    files: dict[str, str | bytes] = {"phases/works.md": PHASE, "actors.yaml": "- {id: council, name: Council}\n"}
    for year, months in ENTRIES.items():
        for month, count in months.items():
            for n in range(count):
                date = f"{year}-{month:02}" if month else str(year)
                files[f"entries/{year}/e{year}-{month}-{n}.md"] = entry(
                    "phase: works\nactor: council\ntags: [law]", date=f'"{date}"'
                )
    return site(files, look="real")


def cards(built: Built, path: str) -> list[str]:
    """The ids of the entries that a page shows in full."""
    return [id.decode() for id in CARD.findall(built.files[path])]


def test_no_page_lists_more_than_it_may(built: Built) -> None:
    """However long a list is, no page of it shows more entries than the limit, and no link of any leads nowhere."""
    assert built.report.ok, built.messages
    assert max(len(cards(built, path)) for path in built.files if path.endswith(".html")) == 4


@pytest.mark.parametrize("path", ["phases/works", "actors/council", "tags/law", "years"])
def test_every_entry_is_on_one_page_of_a_list(built: Built, path: str) -> None:
    """The pages of the years and months of a list show each of its entries once."""
    shown = Counter(id for page in built.files if page.startswith(f"{path}/") for id in cards(built, page))
    assert sorted(shown) == sorted(
        f"e{year}-{month}-{n}"
        for year, months in ENTRIES.items()
        for month, count in months.items()
        for n in range(count)
    )
    assert set(shown.values()) == {1}


def test_a_long_list_is_an_overview_of_its_years(built: Built) -> None:
    """The page of a long list shows its years with their numbers, each a link to a page; a long year its months."""
    page = built.files["actors/council.html"].decode()
    assert re.findall(r'href="(council/\d+\.html)">(\d+)</a></h2><p>([^<]*)', page) == [
        ("council/2014.html", "2014", "3 entries"),
        ("council/2015.html", "2015", "7 entries"),
        ("council/2017.html", "2017", "1 entry"),
    ]
    year = built.files["actors/council/2015.html"].decode()
    assert re.findall(r'class="month-name"[^>]*><a href="([^"]+)">([^<]+)<', year) == [
        ("2015/00.html", "2015, month unknown"),
        ("2015/06.html", "June 2015"),
        ("2015/07.html", "July 2015"),
    ]


def test_the_parts_of_a_list_lead_to_each_other(built: Built) -> None:
    """A part names what it is of, and leads to the one before, to the one after, and back to the list."""
    page = built.files["actors/council/2015.html"].decode()
    assert "<h1>Council, 2015</h1>" in page
    assert re.findall(r'<a rel="(\w+)" href="([^"]+)"', page) == [("prev", "2014.html"), ("next", "2017.html")]
    assert 'href="../council.html#y2015"' in page
    assert 'href="../../timeline.html#y2015"' not in page


def test_a_long_timeline_leads_to_the_pages_of_its_years(built: Built) -> None:
    """The timeline itself shows no entry then, and offers the search in place of its own choice."""
    assert cards(built, "timeline.html") == []
    page = built.files["timeline.html"].decode()
    assert re.findall(r'href="(years/\d+\.html)"', page) == ["years/2014.html", "years/2015.html", "years/2017.html"]
    assert "Search the text of all entries" in page
    assert re.findall(r'class="month-name"[^>]*><a href="([^"]+)">', built.files["years/2015.html"].decode()) == [
        f"2015/{month}.html" for month in ("00", "06", "07")
    ]


def test_a_list_of_the_limit_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list that is just as long as a page may be stays on one."""
    monkeypatch.setattr(parts, "LONGEST", 2)
    made = site({f"entries/2014/e{n}.md": entry("tags: [law]", date='"2014-06"') for n in range(2)}, look="real")
    assert cards(made, "tags/law.html") == ["e0", "e1"]
    assert cards(made, "timeline.html") == ["e0", "e1"]
    assert not [path for path in made.files if path.startswith("tags/law/")]


def test_key_events_stand_for_their_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a list that is parted, each year shows its first three key events, as links to their pages."""
    monkeypatch.setattr(parts, "LONGEST", 4)
    weights = (1, 3, 1, 1, 1)
    made = site(
        {
            f"entries/2014/e{n}.md": entry(f"significance: {w}", date=f'"2014-06-0{n + 1}"')
            for n, w in enumerate(weights)
        },
        look="real",
    )
    page = made.files["timeline.html"].decode()
    (key,) = re.findall(r'<ul class="year-key">.*?</ul>', page, re.DOTALL)
    assert re.findall(r'href="([^"]+)"', key) == ["entries/e0.html", "entries/e2.html", "entries/e3.html"]
