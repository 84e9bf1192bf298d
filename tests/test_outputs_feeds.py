from __future__ import annotations

import json
import time
from xml.etree import ElementTree

import feedparser
import pytest

from tests.driver import SITE, entry, site

ATOM = "{http://www.w3.org/2005/Atom}"
FULL = (
    SITE
    + "description: About it & more\nauthors: [A. Editor]\nlicence: {id: CC0-1.0, name: CC0, url: https://example.org/cc0}\n"
)


def feed(files: dict[str, str]) -> str:
    return site({"site.yaml": FULL, **files}).html("feed.xml")


def entries(count: int) -> dict[str, str]:
    return {f"entries/e{n:03}.md": entry(date=f"20{n % 90 + 10}", published="2026-01-02") for n in range(count)}


def test_a_reader_reads_it() -> None:
    """A feed reader finds no fault, and gets titles, addresses, days and summaries as they are."""
    found = feedparser.parse(feed({"entries/a.md": entry('summary: "5 < 6 & \\"so\\""', title='"<b> & العربية"')}))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    assert (found.feed.title, found.feed.subtitle, found.feed.author) == ("A test", "About it & more", "A. Editor")
    (item,) = found.entries
    assert item.title == "17 September 2020: <b> & العربية"
    assert item.summary == '5 < 6 & "so"'
    assert item.link == "https://example.org/t/entries/a.html"
    assert time.strftime("%Y-%m-%d", item.updated_parsed) == "2026-01-02"


def test_is_inert() -> None:
    """No text ends its element or begins another: what looks like mark-up is read as text."""
    bad = "]]> <![CDATA[ <!-- </title><script>x</script> &amp; &#0;"
    text = feed({"entries/a.md": entry(f"summary: '{bad}'", title=f"'{bad}'")})
    found = feedparser.parse(text, sanitize_html=False)
    assert not found.bozo
    assert found.entries[0].title == f"17 September 2020: {bad}"
    assert found.entries[0].summary == bad
    assert {element.tag for element in ElementTree.fromstring(text).iter()} == {
        f"{ATOM}{name}"
        for name in (
            *("feed", "id", "title", "subtitle", "updated", "author", "name", "rights", "link"),
            *("entry", "published", "summary", "category"),
        )
    }


def test_what_rfc_4287_asks_for() -> None:
    """Feed and entries have what the standard requires: one id, title and updated each, an author, a link to itself."""
    root = ElementTree.fromstring(feed(entries(3)))
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
    assert root.findall(f"{ATOM}author")
    assert [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] == [
        "https://example.org/t/feed.xml"
    ]
    ids = [item.text for item in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == 4
    assert all(str(id).startswith("tag:test,2000:") for id in ids)
    for name in ("updated", "published"):
        for stamp in root.iter(f"{ATOM}{name}"):
            time.strptime(str(stamp.text), "%Y-%m-%dT%H:%M:%SZ")


def test_no_author() -> None:
    """A site that names no author has its title in the place that the standard wants filled."""
    found = feedparser.parse(site({"entries/a.md": entry()}).html("feed.xml"))
    assert found.entries[0].author == "A test"


def test_the_last_fifty() -> None:
    """The feed has the fifty entries that changed last."""
    files = {**entries(60), "entries/late.md": entry(published="2026-03-01")}
    found = feedparser.parse(feed(files))
    assert len(found.entries) == 50
    assert found.entries[0].link.endswith("/late.html")
    assert found.feed.updated == "2026-03-01T00:00:00Z"


def test_a_change_keeps_its_id() -> None:
    """A corrected entry comes again, under the same id, with what was corrected."""
    text = entry()
    first = feedparser.parse(feed({"entries/a.md": text})).entries[0]
    revised = text.replace(
        "---\nWhat", "revisions: {date: 2026-02-03, kind: correction, summary: Put right.}\n---\nWhat"
    )
    second = feedparser.parse(feed({"entries/a.md": revised})).entries[0]
    assert (first.id, first.published) == (second.id, second.published)
    assert (second.updated, second.summary) == ("2026-02-03T00:00:00Z", "Correction: Put right.")


@pytest.mark.parametrize(
    ("own", "told"), [("in the autumn of 2020", "in the autumn of 2020"), ("before dawn", "17 September 2020")]
)
def test_the_words_of_a_date(own: str, told: str) -> None:
    """Both feeds have the author's own words for the date if they name the year, and say of what it is, as pages do."""
    fields = f"summary: S.\ndate_display: {own}\ndate_basis: report"
    files = site({"site.yaml": FULL, "entries/a.md": entry(fields)}).files
    (item,) = feedparser.parse(files["feed.xml"]).entries
    (same,) = json.loads(files["feed.json"])["items"]
    assert item.title == same["title"] == f"{told}: Hearing"
    assert item.summary == same["content_text"] == "S. The date is that of the report, not of the event."


def test_what_was_taken_back() -> None:
    """A retracted entry comes again as such, in both feeds, and not as news of the event."""
    text = entry("status: retracted\nrevisions: {date: 2026-02-03, kind: retraction, summary: The letter was forged.}")
    files = site({"site.yaml": FULL, "entries/a.md": text, "entries/b.md": entry()}).files
    taken_back, new = feedparser.parse(files["feed.xml"]).entries
    assert (taken_back.summary, taken_back.tags[0].term) == ("Retraction: The letter was forged.", "retraction")
    assert (new.summary, new.tags[0].term) == ("What happened.", "new")
    items = json.loads(files["feed.json"])["items"]
    assert [(item["content_text"], item["tags"]) for item in items] == [
        ("Retraction: The letter was forged.", ["retraction"]),
        ("What happened.", ["new"]),
    ]


@pytest.mark.parametrize("files", [{"site.yaml": "id: t\ntitle: T\n", "entries/a.md": entry()}, {"site.yaml": SITE}])
def test_no_feed(files: dict[str, str]) -> None:
    """Without an address, or without an entry, there is no feed and no link to one."""
    built = site(files)
    assert "feed.xml" not in built.files
    assert "feed.xml" not in built.html("index.html")
