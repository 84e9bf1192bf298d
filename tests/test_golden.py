"""Whole sites, compared with what they were when somebody last read them (see README.md)."""

from __future__ import annotations

import dataclasses
import itertools
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest

from site_builder import model
from site_builder.files import Inputs, Options
from site_builder.loading import load
from site_builder.memo import Memo
from tests.driver import PROJECT, Built, real_look, site
from tests.outline import HEADINGS, outline, read

GOLDEN = PROJECT / "tests/golden"
SITES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())
LOOK = ("static/", "map/")  # files of the look, which are its own affair


def content(name: str) -> dict[str, bytes]:
    folder = GOLDEN / name / "content"
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def sites() -> dict[str, Built]:
    return {name: site(content(name), look="real") for name in SITES}


def expectation(built: Built) -> dict[str, str]:
    """What a golden site keeps: the report, all paths but the look's, outlines of pages, feeds and data."""
    paths = "".join(f"{path}\n" for path in sorted(built.files) if not path.startswith(LOOK))
    kept = {"report.txt": built.messages, "paths.txt": paths}
    for path, data in built.files.items():
        if path.endswith(".html"):
            kept[f"{path}.txt"] = outline(data)
        elif path.endswith((".json", ".geojson", ".xml", ".txt", ".csv", ".ics", ".bib", ".ris", ".cff")):
            kept[path] = data.decode()
    return kept


@pytest.mark.parametrize("name", SITES)
def test_golden_site(name: str, sites: dict[str, Built]) -> None:
    """A site gives the paths, pages, feeds and data that are on record; a file on record that is not made fails too."""
    assert sites[name].report.ok, sites[name].messages
    folder, found = GOLDEN / name / "expected", expectation(sites[name])
    kept = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    if os.environ.get("UPDATE_GOLDEN"):
        for stale in kept.keys() - found.keys():
            kept[stale].unlink()
        for path, text in found.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
        kept = {path: folder / path for path in found}
    assert found.keys() == kept.keys()
    for path, text in found.items():
        assert text == kept[path].read_bytes().decode(), f"{name}/expected/{path}"


# -- What no golden file shows: that the HTML is HTML


@pytest.mark.parametrize("name", SITES)
def test_pages_are_valid(name: str, sites: dict[str, Built]) -> None:
    """A strict HTML parser finds no error in any page; no id stands twice; every picture has its text."""
    for path, data in sites[name].files.items():
        if path.endswith(".html"):
            document = read(data)
            ids = [element.get("id") for element in document.iter() if element.get("id")]
            assert sorted(set(ids)) == sorted(ids), path
            assert [image.get("src") for image in document.iter("img") if image.get("alt") is None] == [], path


@pytest.mark.parametrize("name", SITES)
def test_headings_step_down(name: str, sites: dict[str, Built]) -> None:
    """Every page has one first heading, and no heading skips a level."""
    for path, data in sites[name].files.items():
        if path.endswith(".html"):
            levels = [int(element.tag[1]) for element in read(data).iter() if element.tag in HEADINGS]
            assert levels.count(1) == 1, path
            assert levels[0] == 1, path
            assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (path, levels)


@pytest.mark.parametrize("name", SITES)
def test_references_inside_a_page(name: str, sites: dict[str, Built]) -> None:
    """What a page says of its own parts (labels, targets, controls) names parts that it has."""
    for path, data in sites[name].files.items():
        if path.endswith(".html"):
            document = read(data)
            ids = {element.get("id") for element in document.iter()}
            for element in document.iter():
                for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "popovertarget"):
                    assert set((element.get(attribute) or "").split()) <= ids, (path, attribute)


@pytest.mark.parametrize("name", SITES)
def test_nothing_from_elsewhere(name: str, sites: dict[str, Built]) -> None:
    """No page loads anything from another host, runs a script of its own text, or has a handler in an attribute."""
    for path, data in sites[name].files.items():
        if path.endswith(".html"):
            for element in read(data).iter():
                loads = element.get("src") or (element.get("href") if element.tag == "link" else "") or ""
                leads = element.get("rel") in ("canonical", "alternate")  # and nothing is loaded from there
                assert leads or not re.match(r"[a-z]+:|//", loads), (path, loads)
                assert not [name for name in element.keys() if name.startswith("on")], path  # noqa: SIM118
                runs = element.tag == "script" and element.get("type") != "application/ld+json"
                assert not (runs and (element.text or "").strip()), path


# -- The site called everything


def values(value: Any) -> Iterator[Any]:
    """All records in a value, however deep."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in dataclasses.fields(value):
            yield from values(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from values(item)
    elif isinstance(value, dict):
        yield from values(list(value.values()))


def test_everything_uses_every_field() -> None:
    """The site `everything` gives each field of each model a value at least once; a new field must be added to it."""
    files = {f"content/{path}": data for path, data in content("everything").items()}
    timeline, _ = load(Inputs(dict(sorted({**real_look(), **files}.items()))), Options(), Memo())
    assert timeline
    found = list(values((timeline.site, timeline.records, timeline.entries)))
    models = [item for item in vars(model).values() if isinstance(item, type) and dataclasses.is_dataclass(item)]
    every = {(item.__name__, field.name) for item in models for field in dataclasses.fields(item)}
    used = {
        (type(value).__name__, field.name)
        for value in found
        for field in dataclasses.fields(value)
        if field.default is dataclasses.MISSING or getattr(value, field.name) != field.default
    }
    # A draft is not in the timeline, and the look speaks one language so far.
    assert every - used == {("Entry", "status"), ("Site", "language")}


def test_golden_folders_are_read() -> None:
    """Every folder of golden/ is a site with content and expectations."""
    assert all((GOLDEN / name / part).is_dir() for name in SITES for part in ("content", "expected"))


def test_withdrawn_leaves_no_trace(sites: dict[str, Built]) -> None:
    """Of a withdrawn entry only its address is left: no title, no text, no source in any file."""
    for path, data in sites["awkward"].files.items():
        for secret in ("must not be seen", "Nobody may read", "secret.example"):
            assert secret.encode() not in data, path
    assert "entries/withdrawn.html" in sites["awkward"].files


def test_unpublished_is_absent(sites: dict[str, Built]) -> None:
    """Drafts and entries under review are in no file."""
    for path, data in sites["awkward"].files.items():
        assert b"Unfinished." not in data, path
        assert b"Being checked." not in data, path


def test_paths(sites: dict[str, Built]) -> None:
    """Every path is flat, lower-case ASCII that any server and any file system carries; one name is by its format."""
    for built in sites.values():
        odd = {path for path in built.files if not re.fullmatch(r"[a-z0-9./-]+", path)}
        assert odd <= {"CITATION.cff"}
