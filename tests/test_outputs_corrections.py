from __future__ import annotations

import functools
import time
from xml.etree import ElementTree

import feedparser
import pytest

from site_builder.changes import amendments
from site_builder.memo import Memo
from tests.driver import SITE, entry, site, timeline

real = functools.partial(site, look="real", memo=Memo())  # the look is read once
ATOM = "{http://www.w3.org/2005/Atom}"
FILES = {
    "site.yaml": SITE + "contact: desk@example.org\n",
    "entries/a.md": entry(
        "revisions:\n"
        '  - {date: 2026-03-01, kind: correction, summary: "The day was 12 June, not 11 June."}\n'
        "  - {date: 2026-02-01, kind: update, summary: A figure was added.}\n"
        "  - {date: 2026-03-01, kind: correction, summary: So was the <month>.}\n",
        title="The hearing", date="2014-06-12",
    ),
    "entries/b.md": entry(
        "status: retracted\nrevisions: {date: 2025-12-31, kind: retraction, summary: No source could be found.}",
        title="A rumour", date="2015", published="2025-01-01",
    ),
    "entries/c.md": entry("revisions: {date: 2026-03-02, kind: clarification, summary: Said better.}", date="2016"),
    "entries/d.md": entry(title="Untouched", date="2017", published="2026-05-05"),
    "entries/e.md": entry("status: withdrawn\nrevisions: {date: 2026-04-01, kind: correction, summary: Secret.}"),
    "entries/f.md": entry("status: draft\nrevisions: {date: 2026-04-01, kind: correction, summary: Unready.}"),
}  # fmt: skip


def test_newest_first() -> None:
    """Every revision of every published entry stands once, the newest first, with the way to its place."""
    found, _ = timeline(FILES)
    assert [(str(one.date), one.kind, one.path) for one in amendments(found)] == [
        ("2026-03-02", "clarification", "entries/c.html#revision-1_"),
        ("2026-03-01", "correction", "entries/a.html#revision-3_"),
        ("2026-03-01", "correction", "entries/a.html#revision-2_"),
        ("2026-02-01", "update", "entries/a.html#revision-1_"),
        ("2025-12-31", "retraction", "entries/b.html#revision-1_"),
    ]


def test_a_feed_reader_reads_it() -> None:
    """The feed has corrections and retractions only; a feed reader finds no fault with it."""
    built = real(FILES)
    found = feedparser.parse(built.html("corrections.xml"))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    assert [(item.title, item.summary) for item in found.entries] == [
        ("Correction: The hearing", "So was the <month>."),
        ("Correction: The hearing", "The day was 12 June, not 11 June."),
        ("Retraction: A rumour", "No source could be found."),
    ]
    assert [item.tags[0].term for item in found.entries] == ["correction", "correction", "retraction"]
    assert found.entries[0].link == "https://example.org/t/entries/a.html#revision-3_"
    assert time.strftime("%Y-%m-%d", found.feed.updated_parsed) == "2026-03-01"
    assert b'id="revision-3_"' in built.files["entries/a.html"]


def test_feed_is_inert() -> None:
    """What looks like mark-up in a title, or in the words of a correction, is read as text."""
    bad = "]]> <![CDATA[ <!-- </title><script>x</script> &amp; &#0;"
    files = {
        "entries/a.md": entry(f"revisions: {{date: 2026-03-01, kind: correction, summary: '{bad}'}}", title=f"'{bad}'")
    }
    text = site(files).html("corrections.xml")
    found = feedparser.parse(text, sanitize_html=False)
    assert not found.bozo
    assert [(item.title, item.summary) for item in found.entries] == [(f"Correction: {bad}", bad)]
    assert not [element.tag for element in ElementTree.fromstring(text).iter() if not element.tag.startswith(ATOM)]


def test_ids() -> None:
    """Every element has a tag URI of its own, two corrections of one day too, and so has each feed."""
    built = site(FILES)
    ids = [str(item.text) for item in ElementTree.fromstring(built.html("corrections.xml")).iter(f"{ATOM}id")]
    assert ids == [
        "tag:test,2000:corrections",
        "tag:test,2000:entries/a.html/2026-03-01/correction/2",
        "tag:test,2000:entries/a.html/2026-03-01/correction",
        "tag:test,2000:entries/b.html/2025-12-31/retraction",
    ]
    assert ElementTree.fromstring(built.html("feed.xml")).findtext(f"{ATOM}id") == "tag:test,2000:feed"


def test_a_later_revision_keeps_the_ids() -> None:
    """A new correction makes no old one new to a reader."""
    more = FILES["entries/a.md"].replace(
        "revisions:\n", "revisions:\n  - {date: 2026-09-01, kind: correction, summary: More.}\n"
    )
    before, after = (
        {item.id: item.summary for item in feedparser.parse(site(files).html("corrections.xml")).entries}
        for files in (FILES, {**FILES, "entries/a.md": more})
    )
    assert before.items() < after.items()


def test_a_feed_before_the_first_correction() -> None:
    """Who follows a site from the start gets an empty, valid feed that was changed when the site was."""
    found = feedparser.parse(site({"entries/a.md": entry()}).html("corrections.xml"))
    assert not found.bozo
    assert (found.entries, found.feed.updated) == ([], "2026-01-02T00:00:00Z")


def test_announced() -> None:
    """Pages announce the feed in their heads, and lead to the page at their foot."""
    text = real(FILES).html("entries/d.html")
    kind = 'rel="alternate" type="application/atom+xml"'
    assert f'<link {kind} title="Corrections and retractions (feed)" href="../corrections.xml">' in text
    assert '<li><a href="../corrections.html">Corrections</a></li>' in text


def test_no_feed_without_an_address() -> None:
    """Without a base URL there is a page and no feed; without entries there is neither."""
    built = real({"site.yaml": "id: t\ntitle: T\n", "entries/a.md": entry()})
    assert "corrections.html" in built.files
    assert "corrections.xml" not in built.files
    assert b"corrections.xml" not in built.files["corrections.html"]
    empty = real({"site.yaml": SITE}).files
    assert "corrections.html" not in empty
    assert b"corrections.html" not in empty["index.html"]


def test_the_page() -> None:
    """Every change stands under its year, with its kind; how many entries were retracted or withdrawn is said."""
    text = real(FILES).html("corrections.html")
    assert text.index('<h2 id="year_1">2026') < text.index("Said better.") < text.index("A figure was added.")
    assert text.index("A figure was added.") < text.index("2025</h2>") < text.index("No source could be found.")
    assert "So was the &lt;month&gt;." in text
    assert "One entry is retracted." in text
    assert "One entry was withdrawn" in text
    assert 'href="mailto:desk@example.org?subject=Correction' in text
    for word in ("Secret", "Unready", "Untouched"):
        assert word not in text


def test_kinds_can_be_chosen() -> None:
    """Each kind that occurs can be shown alone, with its number; a single kind needs no choice."""
    text = real(FILES).html("corrections.html")
    choices = text.partition("<fieldset")[2].partition("</fieldset>")[0]
    assert [part.partition(">")[2].partition("</span")[0].strip() for part in choices.split("<input")[1:]] == [
        'All <span class="count">5', 'Correction <span class="count">2', 'Retraction <span class="count">1',
        'Clarification <span class="count">1', 'Update <span class="count">1',
    ]  # fmt: skip
    one = {name: text for name, text in FILES.items() if not name.endswith(("a.md", "c.md"))}
    assert "<fieldset" not in real(one).html("corrections.html")


def test_nothing_corrected() -> None:
    """A site without corrections says so, and how to report one."""
    text = real({"entries/a.md": entry()}).html("corrections.html")
    assert "No corrections have been made so far." in text
    assert "How to report a mistake" in text
    assert '<h2 id="year' not in text


@pytest.mark.parametrize(
    ("contact", "expected"),
    [
        ("desk@example.org", '%0A">desk@example.org</a>'),
        ("https://example.org/issues", '<a rel="external" href="https://example.org/issues">'),
        ("Write to the desk.", "Write to the desk."),
        ("javascript:alert(1)//@", "javascript:alert(1)//@</p>"),
    ],
)
def test_contact(contact: str, expected: str) -> None:
    """The site's contact is a link where it is an address for mail or of a secure page, else plain text."""
    text = real({"site.yaml": f'{SITE}contact: "{contact}"\n', "entries/a.md": entry()}).html("corrections.html")
    assert expected in text.partition('id="report_"')[2]
    assert 'href="javascript' not in text


def test_on_the_entry() -> None:
    """An entry says at its top what was last put right, and tells its changes in their order below."""
    text = real(FILES).html("entries/a.html")
    assert ">Corrected on 1 March 2026</a>: So was the &lt;month&gt;." in text.partition("record")[0]
    parts = [text.index(f'id="revision-{n}_"') for n in (1, 2, 3)]
    assert parts == sorted(parts)
    assert text.index("A figure was added.") < text.index("The day was 12 June")
    assert 'href="../corrections.html"' in text.partition('id="history_"')[2]


def test_a_retracted_entry_is_a_tombstone() -> None:
    """A retracted entry keeps its page and its text; it says at once why it was taken back, and so does every list."""
    built = real({**FILES, "site.yaml": SITE})
    text = built.html("entries/b.html")
    assert "On 31 December 2025: No source could be found." in text.partition('class="record')[0]
    assert "What happened." in text
    note = "This entry has been retracted. Its page says why."
    for path in ("timeline.html", "years/2015.html", "corrections.html"):
        assert note in built.html(path)
