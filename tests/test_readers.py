"""Whole sites in the hands of others: every export, by a reader of its format that is not ours, and all of one mind."""

from __future__ import annotations

import functools
import json
import logging
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import fastfeedparser
import feedparser
import icalendar
import jsonschema
import pytest
import rispy
from geojson_pydantic import FeatureCollection
from pybtex.database import parse_string

from site_builder.exports import EXPORTS, TIMELINE_JS
from tests.driver import PROJECT, Built, site
from tests.test_golden import content
from tests.test_linked_data import FILES, blocks, expanded
from tests.test_outputs_citation_file import read_citation
from tests.test_outputs_sitemap import valid

BASE = {"templates/base.html": FILES["templates/base.html"]}  # a look that has JSON-LD in its pages
NAMES = ("everything", "awkward", "real")


def real() -> dict[str, bytes]:
    """The content of the project's own site."""
    folder = PROJECT / "content"
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def given(name: str) -> Mapping[str, bytes]:
    return real() if name == "real" else content(name)


@functools.cache
def whole(name: str) -> Built:
    return site({**BASE, **given(name)}, base_url="https://example.org/all/")


Found = set[str]


def _entries(data: bytes, folder: Path) -> Found:
    found = json.loads(data)
    jsonschema.validate(found, json.loads((folder / "data/entries.schema.json").read_bytes()))
    return {item["id"] for item in found["entries"]}


def _schema(data: bytes, folder: Path) -> Found:
    jsonschema.Draft202012Validator.check_schema(json.loads(data))
    return set()


@functools.cache
def _package(folder: Path) -> Mapping[str, list[dict[str, Any]]]:
    """The rows of all tables, once nothing is wrong with them: types, choices, keys, references, sizes, hashes."""
    logging.disable(logging.WARNING)
    import frictionless

    package: Any = frictionless.Package(str(folder / "data/datapackage.json"))
    report = package.validate()
    assert report.flatten(["type", "message"]) == []
    assert report.stats["tasks"] == len(list((folder / "data").glob("*.csv"))) >= 7
    return {resource.path: [row.to_dict() for row in resource.read_rows()] for resource in package.resources}


def _table(name: str, column: str) -> Callable[[bytes, Path], Found]:
    return lambda data, folder: {row[column] for row in _package(folder)[name]}


def _described(data: bytes, folder: Path) -> Found:
    assert set(_package(folder)) == {path.name for path in (folder / "data").glob("*.csv")}
    return set()


def _places(data: bytes, folder: Path) -> Found:
    found: Any = FeatureCollection.model_validate_json(data)
    return {str(feature.id).partition("/")[0] for feature in found.features}


def _calendar(data: bytes, folder: Path) -> Found:
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return {_id(str(event["url"])) for event in events}


def _atom(data: bytes, folder: Path) -> Found:
    feed = feedparser.parse(data)
    assert not feed.bozo, feed.get("bozo_exception")
    return {_id(item.link) for item in feed.entries}


def _json_feed(data: bytes, folder: Path) -> Found:
    return {_id(item.link) for item in fastfeedparser.parse(data).entries}


def _citation(data: bytes, folder: Path) -> Found:
    assert read_citation(folder, data)[1] == []
    return set()


def _bibtex(data: bytes, folder: Path) -> Found:
    return set(parse_string(data.decode(), "bibtex").entries)


def _ris(data: bytes, folder: Path) -> Found:
    return {item["id"] for item in rispy.loads(data.decode())}


def _csl(data: bytes, folder: Path) -> Found:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from citeproc.source.json import CiteProcJSON

        return set(CiteProcJSON(json.loads(data)))


def _id(address: str) -> str:
    return address.partition("#")[0].rpartition("/")[2].removesuffix(".html")


ENTRY_TABLES = (
    *("texts", "entry-actors", "entry-places", "entry-sources", "claims", "casualties", "control", "cites"),
    *("related", "revisions", "media"),
)
OF_ENTRIES: Mapping[str, Callable[[bytes, Path], Found]] = {
    "data/entries.csv": _table("entries.csv", "id"),
    **{f"data/{name}.csv": _table(f"{name}.csv", "entry") for name in ENTRY_TABLES},
    "data/entries.json": _entries,
    "data/entries.schema.json": _schema,
    "data/datapackage.json": _described,
    "data/places.geojson": _places,
    "calendar.ics": _calendar,
    "feed.xml": _atom,
    "corrections.xml": _atom,
    "feed.json": _json_feed,
    "CITATION.cff": _citation,
}
OF_SOURCES: Mapping[str, Callable[[bytes, Path], Found]] = {
    "data/sources.csv": _table("sources.csv", "id"),
    "data/sources.bib": _bibtex,
    "data/sources.ris": _ris,
    "data/sources.csl.json": _csl,
}


def test_every_export_has_a_reader() -> None:
    """An export that is added needs its reader here; that of TimelineJS is tried in a browser."""
    assert {export.path for export in EXPORTS} - OF_ENTRIES.keys() - OF_SOURCES.keys() == {TIMELINE_JS.path}


@pytest.mark.parametrize("name", NAMES)
def test_exports(name: str, tmp_path: Path) -> None:
    """Each export is accepted; those of all entries, and those of all sources, hold the same ones."""
    files = whole(name).files
    for path, data in files.items():
        if path.startswith("data/"):
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(data)
    found = {path: read(files[path], tmp_path) for path, read in OF_ENTRIES.items() if path in files}
    entries = found["data/entries.json"]
    assert entries == found["data/entries.csv"] == {path.stem for path in _written(name)} - UNPUBLISHED
    assert entries >= found["data/texts.csv"] > set()
    assert {path: ids - entries for path, ids in found.items() if ids - entries} == {}
    assert found["feed.xml"] == found["feed.json"] > set()
    sources = [read(files[path], tmp_path) for path, read in OF_SOURCES.items()]
    assert all(keys == sources[0] for keys in sources)
    assert sources[0] > set()


UNPUBLISHED = {"draft", "review", "withdrawn"}  # entries of the site `awkward`, named after what they are


def _written(name: str) -> list[Path]:
    folder = PROJECT / ("content" if name == "real" else f"tests/golden/{name}/content")
    return list((folder / "entries").rglob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_pages_for_machines(name: str) -> None:
    """The sitemap keeps to its protocol, and a processor of JSON-LD finds one article in the page of each entry."""
    built = whole(name)
    assert valid(built.files["sitemap.xml"])
    for item in json.loads(built.files["data/entries.json"])["entries"]:
        (article,) = blocks(built, f"entries/{item['id']}.html")
        (node,) = expanded(article)
        assert node["@type"] == ["https://schema.org/Article"]
        assert node["https://schema.org/headline"] == [{"@value": item["title"]}]
