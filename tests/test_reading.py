from __future__ import annotations

from typing import Any

import pytest

from site_builder.memo import Memo
from site_builder.model import Entry, Source
from site_builder.reading import ALL, Read, read_file, unread
from site_builder.typography import Typography
from tests.driver import entry


def read(path: str, text: str | bytes) -> Read:
    data = text.encode() if isinstance(text, str) else text
    return read_file(path, data, Typography(), Memo())


def one(path: str, text: str) -> Any:
    found = read(path, text)
    assert found.findings == (), [item.message for item in found.findings]
    (record,) = found.records
    return record


def test_entry() -> None:
    """An entry's id is its file's name; its own fields of `x_…` are kept apart."""
    record = one("content/entries/2014/the-raid.md", entry("x_note: [a, b]", "Text [@a].\n"))
    assert (record.value.id, record.value.title, record.value.extra) == ("the-raid", "Hearing", {"x_note": ["a", "b"]})
    assert [(cite.key, cite.line) for cite in record.citations] == [("a", 1)]


@pytest.mark.parametrize("plural", ["actors", "locations", "sources"])
def test_plural(plural: str) -> None:
    """The plural of a field means the same."""
    record = one("content/entries/x.md", entry(f"{plural}: [a-b]", source="", published=""))
    assert len(getattr(record.value, plural[:-1])) == 1


def test_singular_and_plural() -> None:
    """Both spellings in one entry are no way to lose one of them."""
    found = read("content/entries/x.md", entry("sources: [a-b]"))
    assert [item.severity for item in found.findings] == ["error"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("The Raid", "file-name"),
        ("raid_1", "file-name"),
        ("aux", "file-name"),
        ("-raid", "file-name"),
        ("a" * 101, "file-name"),
    ],
)
def test_names_that_are_no_address(name: str, code: str) -> None:
    """A file whose name cannot be an address is told, without another fault on top."""
    assert [item.code for item in read(f"content/entries/{name}.md", entry()).findings] == [code]


def test_withdrawn() -> None:
    """Of a withdrawn entry nothing is read but that it is withdrawn."""
    record = one(
        "content/entries/x.md", "---\ntitle: Secret\ndate: 2014\nstatus: withdrawn\nactor: A name\n---\nSecret\n"
    )
    assert (record.value.title, record.value.actor, record.value.source) == ("withdrawn", (), ())
    assert "Secret" not in str(record.value)


def test_broken_record_is_known() -> None:
    """A record that is there and faulty is known by model and id, so that nobody is told that it does not exist."""
    assert read("content/entries/x.md", entry(title="")).broken == ((Entry, "x"),)
    assert read("content/entries/x.md", "no fields").broken == ((Entry, "x"),)
    assert read("content/sources/a.yaml", "a: [").broken == ((Source, ALL),)
    assert read("content/sources/a.yaml", b"a: \xff").broken == ((Source, ALL),)


def test_sources() -> None:
    """Sources stand under their keys; CSL's own spelling of URL is read too."""
    record = one("content/sources/a.yaml", "report-1:\n  title: R\n  URL: https://example.org/\n")
    assert (record.value.id, record.value.url) == ("report-1", "https://example.org/")
    assert record.location("title").line == 2


def test_list() -> None:
    """Every record of a list has its own place; one that is faulty does not take the others along."""
    found = read("content/actors.yaml", "- {id: a, name: A}\n- {id: b}\n- {id: c, name: C}\n")
    assert [record.value.id for record in found.records] == ["a", "c"]
    assert [(item.code, item.location.line) for item in found.findings] == [("field-missing", 2)]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]\n"])
@pytest.mark.parametrize("path", ["content/actors.yaml", "content/glossary.yaml", "content/spans.yaml"])
def test_empty_list(path: str, text: str) -> None:
    """A registry may be empty."""
    assert read(path, text) == Read()


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}\n"])
def test_empty_sources(text: str) -> None:
    """A file of sources may be empty."""
    assert read("content/sources/a.yaml", text) == Read()


def test_series_is_named_by_its_file() -> None:
    """A series has the id of its file's name."""
    assert one("content/series/area.yaml", "title: Area\npoints: []\n").value.id == "area"


@pytest.mark.parametrize(
    "path",
    [
        "content/entries/2014/x.md",
        "content/sources/a.yaml",
        "content/site.yaml",
        "content/media/a.bin",
        "content/actors.yaml",
        "content/pages/a.md",
        "content/README.md",
        "content/LICENSE",
    ],
)
def test_read_files(path: str) -> None:
    """What belongs to a site is read, or left alone, without a word."""
    assert unread(path) is None


@pytest.mark.parametrize(
    "path",
    [
        "content/entries/x.yaml",
        "content/entries/x.txt",
        "content/sources/x.md",
        "content/site.yaml.yaml",
        "content/actors.yaml.md",
        "content/actor.yaml",
        "content/x.md",
        "content/series/x.csv",
    ],
)
def test_unread_files(path: str) -> None:
    """What nobody reads is told: it is a slip, most likely."""
    found = unread(path)
    assert found
    assert (found.code, found.location.path) == ("file-unread", path)


def test_broken_bytes_hide_no_other_slip() -> None:
    """An entry whose text cannot be read is known by its file's name, so that links to others are still followed."""
    assert read("content/entries/x.md", b"\xff").broken == ((Entry, "x"),)
