"""`CITATION.cff`, as a reader of the Citation File Format finds it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rs_metadata.adapters.cff import CffAdapter
from rs_metadata.diagnostics import Severity

from tests.driver import entry, site
from tests.test_golden import SITES, content


def read_citation(folder: Path, data: bytes) -> tuple[Any, list[str]]:
    """What a reader of the format finds in the file, and what it finds wrong with it."""
    (folder / "CITATION.cff").write_bytes(data)
    reader = CffAdapter()
    found = reader.parse(folder / "CITATION.cff", "CITATION.cff")
    return found.document, [item.message for item in reader.validate_source(found) if item.severity is Severity.ERROR]


def citation(folder: Path, **given: str) -> Any:
    fields = {"id": "t", "title": "T", **given}
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    found, wrong = read_citation(folder, site({"site.yaml": text, "entries/a.md": entry()}).files["CITATION.cff"])
    assert wrong == []
    return found


def test_citation_of_the_wrong_kind(tmp_path: Path) -> None:
    """The reader would refuse a field that the format does not know, and a day that is none."""
    data = site({"entries/a.md": entry()}).files["CITATION.cff"]
    assert len(read_citation(tmp_path, data + b"subtitle: S\n")[1]) == 1
    assert len(read_citation(tmp_path, data.replace(b"2026-01-02", b"2026"))[1]) == 1


@pytest.mark.parametrize("name", SITES)
def test_citation_of_golden_sites(name: str, tmp_path: Path) -> None:
    """A reader of the format finds nothing wrong with the file of any golden site that has one."""
    data = site(content(name)).files.get("CITATION.cff")
    assert (data is None) == (name == "empty")
    assert data is None or read_citation(tmp_path, data)[1] == []


def test_citation(tmp_path: Path) -> None:
    """The site is cited with its authors, its version (the day of its last change), its address and its licence."""
    licence = "{id: CC-BY-4.0, name: CC, url: 'https://cc.example/'}"
    found = citation(
        tmp_path, authors="[A. Editor, B]", licence=licence, base_url="https://example.org/t/", description="D."
    )
    assert [author["name"] for author in found["authors"]] == ["A. Editor", "B"]
    assert (found["title"], found["version"], found["date-released"]) == ("T", "2026-01-02", "2026-01-02")
    assert (found["url"], found["license"], found["abstract"]) == ("https://example.org/t/", "CC-BY-4.0", "D.")


def test_citation_of_little(tmp_path: Path) -> None:
    """A site that names no author is its own; a licence that SPDX does not know stands by its address."""
    found = citation(tmp_path, licence="{id: House rules, name: H, url: 'https://h.example/'}")
    assert found["authors"] == [{"name": "T"}]
    assert (found.get("license"), found["license-url"]) == (None, "https://h.example/")


def test_citation_is_inert(tmp_path: Path) -> None:
    """No text ends its line, and none becomes a field, a list or a tag of YAML."""
    bad = 'T\nurl: https://evil.example\n- !!python/x &a *b # c: "d" \''
    found = citation(tmp_path, title=json.dumps(bad), description=json.dumps(bad), authors=json.dumps([bad]))
    assert "url" not in found
    assert found["abstract"] == bad
    assert [author["name"].split() for author in found["authors"]] == [bad.split()]
    assert found["title"].split() == bad.split()
