"""Class 12: the exports of the site of all cases, read by the formats' own readers; texts come out as they went in."""

from __future__ import annotations

import csv
import io
import json
import re

import icalendar
import lxml.etree
import pybtex.database
import rispy

from tests.hostile.outside import BREAKS
from tests.hostile.readers import harm, parsed, plain
from tests.hostile.test_hostile import together

IDS = [f"format-{name}" for name in BREAKS]


def typed(text: str) -> str:
    """A title as YAML gives it: what was typed, but for spaces."""
    return plain(text)


def test_json() -> None:
    """Every file of JSON is read, and the entries have their titles whole."""
    files = {path: data for path, data in together().files.items() if path.endswith(".json")}
    read = {path: json.loads(data, parse_constant=lambda name: 1 / 0) for path, data in files.items()}
    titles = {one["id"]: one["title"] for one in read["data/entries.json"]["entries"]}
    assert {id: plain(titles[id]) for id in IDS} == {f"format-{name}": typed(text) for name, text in BREAKS.items()}
    bodies = [one["body_html"] for one in read["data/entries.json"]["entries"]]
    assert [list(harm(parsed(text))) for text in bodies if list(harm(parsed(text)))] == []


def test_xml() -> None:
    """Feeds and sitemap are well-formed without any entity, and what is HTML in them runs nothing."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True)
    for path, data in together().files.items():
        if path.endswith(".xml"):
            root = lxml.etree.fromstring(data, parser)
            assert root.getroottree().docinfo.doctype == ""
            for element in root.iter("{http://www.w3.org/2005/Atom}content", "{http://www.w3.org/2005/Atom}summary"):
                if element.get("type") == "html":
                    assert list(harm(parsed(element.text or ""))) == []


def test_calendar() -> None:
    """The calendar has one event for each dated entry: no text ends one or begins another."""
    calendar = icalendar.Calendar.from_ical(together().files["calendar.ics"].decode())
    events = list(calendar.walk("VEVENT"))
    assert len({str(event["uid"]) for event in events}) == len(events)
    summaries = {plain(str(event["summary"])) for event in events}
    assert {typed(text) for text in BREAKS.values()} <= summaries


def test_tables() -> None:
    """Every row of a table has as many cells as its heading: no text begins another cell or is a formula."""
    for path, data in together().files.items():
        if path.endswith(".csv"):
            heading, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
            assert {len(row) for row in rows} == {len(heading)}
            risky = [cell for row in rows for cell in row if re.match(r"[=+@\t\r]|-(?![\d.]+$)", cell)]
            assert [cell for cell in risky if not re.fullmatch(r"-\d{4}(-.*)?", cell)] == []  # years before 1


def test_bibliographies() -> None:
    """BibTeX and RIS are read with every source in them once."""
    files = together().files
    sources = {one["id"] for one in json.loads(files["data/sources.csl.json"])}
    assert set(pybtex.database.parse_string(files["data/sources.bib"].decode(), "bibtex").entries) == sources
    assert len(rispy.loads(files["data/sources.ris"].decode())) == len(sources)
