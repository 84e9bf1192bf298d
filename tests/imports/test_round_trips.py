from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.driver import entry, site
from tests.imports.bringing import Brought, bring
from tests.test_golden import content

# Two records that the site `everything` writes out inside an entry, and that no export can bring back as such.
RISE = "---\nlabel: Rise & <fall>\nfrom: 2010\nto: ..\ncolour: amber\nshape: circle\n---\n"
NEIGHBOUR = "- {id: a-neighbour, name: A neighbour}\n"
FORD = "- {id: the-ford, name: The ford, country: Landia, lat: 34.4, lon: -43.1, precision: region}\n"


def everything() -> dict[str, bytes]:
    """The golden site with every field, its two inline people and places recorded."""
    files = dict(content("everything"))
    files["actors.yaml"] += NEIGHBOUR.encode()
    files["places.yaml"] += FORD.encode()
    return files


def without_entries(files: dict[str, bytes]) -> dict[str, str | bytes]:
    return {path: data for path, data in files.items() if not path.startswith(("entries/", "sources/"))}


def test_entries_json(tmp_path: Path) -> None:
    """Our sources and entries, exported and imported into a site that has none, are exported the same again."""
    before = site(everything())
    exports = {path.removeprefix("data/"): data for path, data in before.files.items() if path.startswith("data/")}
    base = without_entries(everything())
    sources = bring(tmp_path, "sources.csl.json", exports["sources.csl.json"], base)
    assert (sources.errors, sources.files) == ([], ["sources/sources-csl.json"])
    brought = bring(tmp_path, "entries.json", exports["entries.json"])
    assert brought.errors == [], brought.text
    after = brought.built()
    assert folded(after.files["data/entries.json"]) == folded(exports["entries.json"])
    for table in ("entries.csv", "claims.csv", "casualties.csv"):
        assert after.files[f"data/{table}"] == exports[table], table


def folded(data: bytes) -> Any:
    """The data; where a line of HTML ends says nothing."""
    found = json.loads(data)
    for item in found["entries"]:
        item["body_html"] = " ".join(item["body_html"].split())
    return found


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_entries_csv(tmp_path: Path) -> None:
    """Our tables of entries, claims and figures, imported together, give the same, the order of sources apart."""
    files = everything()
    before = site(files)
    tables = {name: before.files[f"data/{name}.csv"].decode() for name in ("entries", "claims", "casualties")}
    lay: dict[str, str] = {f"{name}.csv": text for name, text in tables.items()}
    base = {**without_entries(files), **{path: data for path, data in files.items() if path.startswith("sources/")}}
    base["sources/wire.yaml"] = (
        "wire-example-raid: {title: A, url: 'https://wire.example/raid', publisher: The Wire, perspective: state}\n"
    )
    for path, text in lay.items():
        (tmp_path / path).write_text(text, encoding="utf-8", newline="")
    brought = bring(tmp_path, "entries.csv", tables["entries"], base)
    assert brought.errors == [], brought.text
    after = brought.built()
    for name in ("claims", "casualties"):
        assert after.files[f"data/{name}.csv"].decode() == tables[name]
    # What a table of entries has no column for: revisions, why a grade was lowered, what a source supports.
    elsewhere = {"updated", "grade", "voices", "sources"}
    for was, now in zip(rows(before.files["data/entries.csv"]), rows(after.files["data/entries.csv"]), strict=True):
        assert {name: value for name, value in now.items() if name not in elsewhere} == {
            name: value for name, value in was.items() if name not in elsewhere
        }
        assert sorted(now["sources"].split(";")) == sorted(was["sources"].split(";"))


def test_own_folder(tmp_path: Path) -> None:
    """A folder of our own entries is imported as it is: the same timeline, to the byte."""
    files = everything()
    entries = {path: data.decode() for path, data in files.items() if path.startswith("entries/")}
    base = {**without_entries(files), **{path: data for path, data in files.items() if path.startswith("sources/")}}
    brought = bring(tmp_path, "theirs", entries, base)
    assert brought.errors == [], brought.text
    assert brought.built().files["data/entries.json"] == site(files).files["data/entries.json"]


# -- Sources


def imported(folder: Path, name: str, text: str, sources: dict[str, str] | None = None) -> Brought:
    return bring(folder, name, text, dict(sources or {}))


def test_bibliographies_are_copied(tmp_path: Path) -> None:
    """A bibliography goes into sources/ as it is, so that nothing of it is lost and it can be exported over."""
    text = "% my library\n@book{Writer_2017, title = {W}, isbn = {1}}\n"
    brought = imported(tmp_path, "My Library.bib", text)
    assert brought.files == ["sources/my-library.bib"]
    assert (tmp_path / "content/sources/my-library.bib").read_text() == text
    assert imported(tmp_path, "My Library.bib", text).errors == [(2, "import-taken")]


def test_bad_sources_are_left_out(tmp_path: Path) -> None:
    """What cannot be read, and what the site has already, is told and left out; the rest is taken, macros with it."""
    entries = ("@book{a, title={A}, publisher=h}", "@book{b title}", "@book{c, title={C}}", "@book{d, year=1}")
    text = "\n".join(['@string{h = "House"}', *entries])
    brought = imported(tmp_path, "x.bib", text, {"sources/c.yaml": "c: {title: C}\n"})
    assert brought.errors == [(3, "bibtex-syntax"), (4, "import-taken"), (5, "field-missing")]
    assert "publisher = {{House}}" in brought.built().files["data/sources.bib"].decode()
    items: list[dict[str, Any]] = [{"id": "e", "title": "E", "volume": 1}, {"id": "f"}, {"id": "e", "title": "again"}]
    brought = imported(tmp_path, "x.json", json.dumps(items))
    assert [code for _, code in brought.errors] == ["field-missing", "import-taken"]
    assert json.loads((tmp_path / "content/sources/x.json").read_text()) == items[:1]


@pytest.mark.parametrize("title", ["=1+1", "'=1+1", "-5 degrees", "'tis", "<b> & \\"])
def test_titles_that_act(tmp_path: Path, title: str) -> None:
    """What our tables and slides do to a text so that it acts nowhere is undone on the way back."""
    phase = {"phases/rise.md": RISE}
    exports = site({**phase, "entries/a.md": entry(f"phase: rise\ntitle: {json.dumps(title)}", title="")}).files
    for name in ("entries.csv", "timelinejs.json", "entries.json"):
        brought = bring(tmp_path / name, name, exports[f"data/{name}"], phase)
        found = json.loads(brought.built().files["data/entries.json"])["entries"][0]
        assert (found["title"], found["phase"]) == (title, "rise"), name
