from __future__ import annotations

import json
import warnings
from typing import Any

import pytest
import yaml

from site_builder.citations import csl, csl_date, formatted, of_entry
from site_builder.dates import parse
from site_builder.model import Source
from site_builder.wording import Words
from tests.driver import PROJECT, SITE, entry, site, timeline
from tests.sources import COURT, HIDDEN, HOSTILE, HOSTILE_TEXT, PAPER, SOURCES

WORDS = Words(yaml.safe_load((PROJECT / "templates/strings/en.yaml").read_text(encoding="utf-8")))


# -- One line


def test_house_style() -> None:
    """Authors, title, outlet, publisher with date, locator, address, archived copy, each ended by a full stop."""
    assert formatted(PAPER, WORDS, "p. 1") == (
        "Ann Writer, The Wire. The raid on Hilltown. The Gazette. Gazette House, 11 June 2014. p. 1. "
        "https://gazette.example/raid_1?a=b&c=%20d Archived 12 June 2014: https://archive.example/1"
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (COURT, "Judgment. The Court, about 2016."),
        (Source(id="a", title="Where?"), "Where?"),
        (Source(id="a", title="A", container_title="B"), "A. B."),
        (Source(id="a", title="A", container_title="B", publisher="B", issued=parse("2014")), "A. B, 2014."),
        (Source(id="a", title="A", issued=parse("2014")), "A. 2014."),
        (Source(id="a", title="https://b.example/", url="https://b.example/"), "https://b.example/"),
    ],
)
def test_what_is_not_known(source: Source, expected: str) -> None:
    """What is not known leaves no trace, a publisher that is the outlet stands once, no full stop is doubled."""
    assert formatted(source, WORDS) == expected


def test_no_way_to_perpetrators() -> None:
    """What a perpetrator published is cited without its address and without those of its copies."""
    assert formatted(HIDDEN, WORDS) == "Statement."
    assert "example" not in str(csl(HIDDEN))


def test_entry_as_a_source() -> None:
    """The page of an entry is cited with its authors, its site, the day of its last change and its address."""
    text = SITE + "authors: [A. Editor]\n"
    revised = entry("revisions: {date: 2026-02-01, kind: update, summary: More.}")
    found, _ = timeline({"site.yaml": text, "entries/raid.md": revised})
    assert formatted(of_entry(found, found.entries[0], WORDS), WORDS) == (
        "A. Editor. Hearing. A test, 1 February 2026. https://example.org/t/entries/raid.html"
    )


def test_what_was_taken_back() -> None:
    """The record of a retracted entry says so in every format, for those who see no page; those of others do not."""
    files = site({"entries/a.md": entry("status: retracted"), "entries/b.md": entry()}).files
    note = "This entry has been retracted. Its page says why."
    assert [item.get("note") for item in json.loads(files["entries/a.json"])] == [note, None]
    assert [files[f"entries/a.{ending}"].decode().count(note) for ending in ("bib", "ris")] == [1, 1]
    assert note not in files["entries/b.json"].decode()


# -- CSL-JSON


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2014-06-10", {"date-parts": [[2014, 6, 10]]}),
        ("2014-06", {"date-parts": [[2014, 6]]}),
        ("2014", {"date-parts": [[2014]]}),
        ("2014-XX-XX", {"date-parts": [[2014]]}),
        ("2014~", {"date-parts": [[2014]], "circa": True}),
        ("2014-06-10?", {"date-parts": [[2014, 6, 10]], "circa": True}),
        ("2014-21", {"date-parts": [[2014]], "season": 1}),
        ("2014-24", {"date-parts": [[2014]], "season": 4}),
        ("201X", {"date-parts": [[2010], [2019]]}),
        ("2014-06-06/2014-06-10", {"date-parts": [[2014, 6, 6], [2014, 6, 10]]}),
        ("2014/2015-02", {"date-parts": [[2014], [2015, 2]]}),
        ("[2014-06-04..2014-06-10]", {"date-parts": [[2014, 6, 4], [2014, 6, 10]], "circa": True}),
        ("[2014,2016]", {"date-parts": [[2014], [2016]], "circa": True}),
        ("[2014,2014-03..2014-05]", {"date-parts": [[2014]], "circa": True}),
        ("[2014-01..2014-05,2014-02]", {"date-parts": [[2014, 1], [2014, 5]], "circa": True}),
        ("[2015,2014-06..]", {"literal": "[2015,2014-06..]"}),
        ("2014-06/..", {"literal": "2014-06/.."}),
        ("[..2014-06]", {"literal": "[..2014-06]"}),
        ("-0043-03-15", {"date-parts": [[-44, 3, 15]]}),
        ("0000", {"date-parts": [[-1]]}),
        ("2014-06-10T12:30:00Z", {"date-parts": [[2014, 6, 10]]}),
    ],
)
def test_dates(date: str, expected: dict[str, Any]) -> None:
    """A date has the parts that are known, two ends for a range, `circa` for doubt; the year before 1 is -1."""
    assert csl_date(parse(date)) == expected


def test_record() -> None:
    """A record has CSL's own names, and what CSL has no name for under `custom`."""
    assert csl(PAPER) == {
        "id": "gazette-2014",
        "type": "article-newspaper",
        "title": "The raid on Hilltown",
        "author": [{"family": "Writer", "given": "Ann"}, {"literal": "The Wire"}],
        "container-title": "The Gazette",
        "publisher": "Gazette House",
        "issued": {"date-parts": [[2014, 6, 11]]},
        "accessed": {"date-parts": [[2026, 1, 2]]},
        "language": "en",
        "URL": "https://gazette.example/raid_1?a=b&c=%20d",
        "note": "Front page.",
        "custom": {
            "perspective": "independent",
            "archived": [{"url": "https://archive.example/1", "date": "2014-06-12"}],
        },
    }
    assert csl(HOSTILE)["type"] == "document"


def test_a_processor_reads_it() -> None:
    """citeproc-py takes every record, with all its fields and its date."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc.source.json import CiteProcJSON

        found = CiteProcJSON([csl(source) for source in SOURCES])
    assert set(found) == {source.id for source in SOURCES}
    paper = found["gazette-2014"]
    assert (str(paper.title), str(paper.container_title)) == ("The raid on Hilltown", "The Gazette")
    assert (paper.author[0].family, paper.issued.year, paper.issued.month, paper.issued.day) == ("Writer", 2014, 6, 11)


def test_csl_json_is_inert() -> None:
    """Line ends, braces, commands and mark-up are parts of the text that they stand in, and make no record or field."""
    bad = HOSTILE_TEXT.replace("\r\n", "\n").replace("\u2028", " ")
    files = {
        "sources/a.yaml": f"r: {{title: {json.dumps(bad)}, publisher: {json.dumps(bad)}}}\n",
        "entries/a.md": entry(),
    }
    found = json.loads(site(files).files["data/sources.csl.json"])
    (record,) = (item for item in found if item["id"] == "r")
    assert record.keys() == {"id", "type", "title", "publisher", "custom"}
    assert (record["title"], record["publisher"]) == (bad, bad)
