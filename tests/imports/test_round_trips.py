from __future__ import annotations

import csv
import dataclasses
import functools
import io
import itertools
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from site_builder.bodies import Notes
from site_builder.disk import snapshot
from site_builder.files import Inputs, Options
from site_builder.loading import load
from site_builder.memo import Memo
from site_builder.model import Entry
from site_builder.timeline import Timeline
from tests.driver import entry, inputs, lay_out, site
from tests.imports.bringing import Brought, bring, fetch
from tests.test_golden import content
from tests.test_readers import given, whole

RISE = "---\nlabel: Rise & <fall>\nfrom: 2010\nto: ..\ncolour: amber\nshape: circle\n---\n"


@functools.cache
def exported(name: str) -> tuple[Timeline, Mapping[str, bytes]]:
    """A site's timeline, and its data by the names of the files."""
    files = whole(name).files
    data = {path.removeprefix("data/"): data for path, data in files.items() if path.startswith("data/")}
    return loaded(inputs(given(name))), data


def loaded(given: Inputs) -> Timeline:
    found, _ = load(given, Options(), Memo())
    assert found
    return found


def without(files: Mapping[str, bytes], *folders: str) -> dict[str, str | bytes]:
    return {path: data for path, data in files.items() if not path.startswith(folders)}


def told(timeline: Timeline, entry: Entry) -> dict[str, Any]:
    """All that an entry says. What is said of a record in place is said by the record; blank space says nothing."""
    places = timeline.records.places
    found = {field.name: getattr(entry, field.name) for field in dataclasses.fields(Entry)}
    found["actor"] = [(ref.id, ref.role, ref.name_used) for ref in entry.actor]
    found["location"] = [(ref.id, ref.precision or places[ref.id].precision, ref.note) for ref in entry.location]
    found["source"] = [(ref.source, ref.locator, ref.supports, ref.accessed) for ref in entry.source]
    found["summary"] = " ".join((entry.summary or entry.body.lead).split())
    found["body"] = [
        " ".join(part.split()) if isinstance(part, str) else part.cites if isinstance(part, Notes) else part.id
        for part in entry.body.parts
    ]
    return found


@pytest.mark.parametrize(
    ("name", "source"),
    [*itertools.product(("everything", "awkward", "real"), ("entries.json", "datapackage.json")), ("everything", "")],
)
def test_entries(name: str, source: str, tmp_path: Path) -> None:
    """Our data, brought into a site that has neither sources nor entries, gives the same entries, field by field."""
    before, data = exported(name)
    lay_out(tmp_path, without(given(name), "entries/", "sources/"))
    bibliography = bring(tmp_path, "sources.csl.json", data["sources.csl.json"])
    assert bibliography.errors == [], bibliography.text
    files = {path: text.decode() for path, text in data.items() if path.endswith((".csv", "datapackage.json"))}
    if source != "entries.json":
        (tmp_path / "theirs").mkdir()
        for path, text in files.items():
            (tmp_path / "theirs" / path).write_bytes(text.encode())
        brought = fetch(tmp_path, f"theirs/{source}")
    else:
        brought = bring(tmp_path, source, data[source])
    assert brought.errors == [], brought.text
    after = loaded(snapshot(tmp_path / "content", tmp_path / "templates"))
    assert [told(after, entry) for entry in after.entries] == [told(before, entry) for entry in before.entries]
    assert len(after.entries) >= 2
    jsonschema.validate(json.loads(data["entries.json"]), json.loads(data["entries.schema.json"]))


def test_files_with_odd_names(tmp_path: Path) -> None:
    """A link to a file whose name has signs that addresses write otherwise leads to that file again."""
    names = ("a b.png", "ü&c;.png", "100% (1).png")
    media = {f"media/{name}": content("everything")["media/hill.png"] for name in names}
    body = " ".join(f"[it](<media/{name}>) ![its picture](<media/{name}>)" for name in names)
    given = inputs({**media, "entries/a.md": entry(body=f"{body}\n")})
    before = loaded(given)
    lay_out(tmp_path, {**media, "sources/a.yaml": "example-org-report: {title: R}\n"})
    built = site({**media, "entries/a.md": entry(body=f"{body}\n")})
    assert bring(tmp_path, "entries.json", built.files["data/entries.json"]).errors == []
    after = loaded(snapshot(tmp_path / "content", tmp_path / "templates"))
    assert told(after, after.entries[0])["body"] == told(before, before.entries[0])["body"]


def test_a_table_of_less(tmp_path: Path) -> None:
    """A table that is not there is told; so are rows that belong to nothing. The rest is taken."""
    files = {path: text.decode() for path, text in exported("everything")[1].items() if path.endswith(".csv")}
    package = exported("everything")[1]["datapackage.json"].decode()
    theirs = {**files, "datapackage.json": package}
    del theirs["claims.csv"], theirs["texts.csv"]
    theirs["media.csv"] += "nobody,1,media/hill.png,A hill,,,\r\nraid,1,media/hill.png,Twice,,,\r\n"
    theirs["related.csv"] = (
        theirs["related.csv"].replace("relation", "relation,mood").replace("precedes", "precedes,ill")
    )
    brought = bring(tmp_path, "theirs", theirs, without(content("everything"), "entries/"))
    assert brought.errors == [
        (2, "import-refused"),  # in cites.csv, the source of a claim that is not there
        *((0, "import-refused"), (0, "import-refused")),  # the two tables
        *((3, "import-refused"), (4, "import-refused")),  # in media.csv
    ]
    assert "there is no entry `nobody` in entries.csv" in brought.text
    assert "`raid`: a row of this table cannot have `mood`: it is left out" in brought.text
    assert (
        "theirs/datapackage.json: error: the table claims.csv, of which it tells, does not lie beside it"
        in brought.text
    )
    assert "so there are their summaries only" in brought.text
    assert brought.files == ["entries/2014/raid.md", "entries/2016/judgment.md"]


def test_tables_that_somebody_spoilt(tmp_path: Path) -> None:
    """A package that is none, and own fields that are no object of JSON, are told; the other entries are taken."""
    files = {path: text.decode() for path, text in exported("everything")[1].items() if path.endswith(".csv")}
    for spoilt in ("[1]", "{", '{""a"": 1}'):
        head, *rows = csv.reader(io.StringIO(files["entries.csv"], newline=""))
        rows[1][head.index("own_fields")] = spoilt
        out = io.StringIO()
        csv.writer(out).writerows([head, *rows])
        theirs = {**files, "entries.csv": out.getvalue(), "datapackage.json": "[" * 100_000}
        folder = tmp_path / str(len(spoilt))
        brought = bring(folder, "theirs", theirs, without(content("everything"), "entries/"))
        assert (0, "import-refused") in brought.errors
        assert "this is no data package as our sites make it" in brought.text
        assert "`own_fields` is no object of JSON" in brought.text
        assert brought.files == ["entries/2014/raid.md"]


def test_tables_that_lie_elsewhere(tmp_path: Path) -> None:
    """Only tables of our own names beside it are read, whatever a package says, and none that is a link."""
    (tmp_path / "secret.csv").write_text("entry,body_html\nraid,Secret\n")
    lay_out(tmp_path, without(content("everything"), "entries/"))
    folder = tmp_path / "theirs"
    folder.mkdir()
    (folder / "entries.csv").write_bytes(exported("everything")[1]["entries.csv"])
    (folder / "datapackage.json").write_text('{"resources": [{"name": "texts", "path": "../secret.csv"}]}')
    brought = fetch(tmp_path, "theirs")
    assert [code for _, code in brought.errors] == ["import-refused"]
    (folder / "texts.csv").symlink_to(tmp_path / "secret.csv")
    shutil.rmtree(tmp_path / "content/entries")
    assert "file-link" in [code for _, code in fetch(tmp_path, "theirs").errors]
    assert "Secret" not in (tmp_path / "content/entries/2014/raid.md").read_text()


BODIES = {
    "cells": "| a | b |\n| --- | --: |\n| *one* **two** [@r] | `x` [p](place:m) \\| c |\n",
    "titles": '[p](place:m "Its \\"name\\" *here*") and ![c](media/c.png "A *c*").\n',
    "nested": "Before.\n\n1.  - a\n    - b\n2.  c\n\nAfter.\n",
    "years": "It says:\n\n-   2014. June was bad.\n-   2015. So was this.\n",
    "parted": "-   One.\n\n    More of it.\n\n-   Two.\n    -   Inner.\n    -   Other.\n\n-   Three.\n",
    "table inside": "-   1990. A.\n\n    | a | b |\n    | --- | --- |\n    | 1 | 2 |\n\n-   B.\n",
    "quoted": "> One.\n>\n> -   a\n> -   b\n>\n> > Two.\n\n# Three\n\nFour  \nfive.\n",
    "two quotations": "> One.\n\n> Two.\n\n-   A.\n\n    > Three.\n\n    > Four.\n    >\n    > Five.\n",
    "signs": "5 < 6 & 7, a\\*b, C:\\\\x, snake_case, \\[x], &amp;lt;, #tag, 1\\. no, \\+ plus, \\> more.\n",
    "code": "`` a`b `` and:\n\n    <b> & [@r]\n\n    more\n",
    "sources": "One [@r, p. 2; @s] two [@s].\n",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_bodies(body: str, tmp_path: Path) -> None:
    """A text comes back as it was, whatever Markdown there is in it; it goes as HTML."""
    base: dict[str, str | bytes] = {
        "sources/r.yaml": "r: {title: R}\ns: {title: S}\n",
        "places.yaml": "- {id: m, name: M}\n",
        "media/c.png": content("everything")["media/hill.png"],
    }
    files = {**base, "entries/a.md": entry("location: m", body)}
    before = site(files)
    assert before.report.ok, before.messages
    brought = bring(tmp_path, "entries.json", before.files["data/entries.json"], base)
    assert brought.errors == [], brought.text
    first, second = (loaded(inputs(files)), loaded(snapshot(tmp_path / "content", tmp_path / "templates")))
    assert [told(second, one)["body"] for one in second.entries] == [told(first, one)["body"] for one in first.entries]


def test_text_of_code(tmp_path: Path) -> None:
    """What looks like a citation stays as it is in code, in a line and in a block, and is words in a text.

    So is a year that begins a line: no reader of Markdown is to take it for the number of an item.
    """
    body = "`[@a]` [@r]\n\n    [@b]\n\n2014. June.\n"
    files = {"sources/r.yaml": "r: {title: R}\n", "entries/a.md": entry(body=body)}
    data = site(files).files["data/entries.json"]
    brought = bring(tmp_path, "entries.json", data, {})
    written = brought.entry("a")
    assert "`[@a]` \\[@r]\n\n    [@b]\n\n2014\\. June." in written
    assert "cites `r`, which this site does not have" in brought.text


def test_own_folder(tmp_path: Path) -> None:
    """A folder of our own entries is imported as it is: the same timeline, to the byte."""
    files = content("everything")
    entries = {path: data.decode() for path, data in files.items() if path.startswith("entries/")}
    brought = bring(tmp_path, "theirs", entries, without(files, "entries/"))
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


def test_what_stands_in_the_copy_is_told(tmp_path: Path) -> None:
    """The copy keeps what the site shows nowhere, so an import names it, with the first place and what to do."""
    text = "@book{a, title={A},\n file={/home/me/a.pdf}, Annote={b}}\n@book{c, title={C}, url={<Go to ISI>://WOS:1}}\n"
    brought = imported(tmp_path, "x.bib", text)
    assert (brought.errors, brought.files) == ([], ["sources/x.bib"])
    assert [(found.location.line, found.code) for found in brought.report.diagnostics] == [
        (2, "import-private"),
        (3, "import-changed"),
    ]
    assert "`annote`, `file`" in brought.text
    assert "`<Go to ISI>://WOS:1` is a link that only EndNote can follow" in brought.text
    other = imported(tmp_path, "x.json", json.dumps([{"id": "j", "title": "J", "keyword": "mine"}]))
    assert [found.code for found in other.report.diagnostics] == ["import-private"]


def test_bad_sources_are_left_out(tmp_path: Path) -> None:
    """What cannot be read, and what the site has already, is told and left out; the rest is taken, macros with it."""
    entries = ("@book{a, title={A}, publisher=h}", "@book{b title}", "@book{c, title={C}}", "@book{d, year=1999}")
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
