from __future__ import annotations

import csv
import hashlib
import io
import json
import logging
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from site_builder.outputs import tables
from tests.driver import PROJECT, SITE, Built, entry, site
from tests.test_golden import content

FILES = {
    "site.yaml": SITE + "authors: [A. Editor]\nlicence: {id: CC0-1.0, name: CC0, url: https://example.org/cc0}\n",
    "actors.yaml": "- {id: front, name: Front, aliases: [{name: Old Front, from: 2010, to: 2015}]}\n",
    "places.yaml": "- {id: mosul, name: Mosul, lat: 0, lon: -1.5}\n",
    "sources/a.yaml": "r: {title: R, issued: 2014~, url: https://r.example/}\n"
    "s: {title: S, perspective: perpetrator, url: https://s.example/}\n",
    "entries/2014/raid.md": entry(
        "actor: front\nlocation: mosul\n"
        "claims:\n"
        "  - {by: front, stance: denies, about: toll, statement: No., made_on: 2014-07, cites: [r, 'r, p. 2', s]}\n"
        "  - {by: Somebody, stance: asserts, about: event, statement: Yes.}\n"
        "casualties: [{harm: killed, min: 0, by: front, cites: r}, {harm: wounded}]",
        date="2014-06",
    ),
}


def rows(built: Built, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(built.html(f"data/{name}.csv"), newline="")))


def checked(built: Built, folder: Path) -> Any:
    """What frictionless finds wrong with the data package, after comparing sizes, hashes, keys and types."""
    logging.disable(logging.WARNING)
    import frictionless

    for path, data in built.files.items():
        if path.startswith("data/"):
            (folder / path.removeprefix("data/")).write_bytes(data)
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [*report.flatten(["type", "message"]), *report.errors]


def test_entries() -> None:
    """An entry has one row, with its date as typed and its bounds as days."""
    (row,) = rows(site(FILES), "entries")
    assert (row["id"], row["date"], row["earliest"], row["latest"]) == ("raid", "2014-06", "2014-06-01", "2014-06-30")
    assert (row["date_display"], row["actors"], row["places"]) == ("June 2014", "front", "mosul")
    assert row["url"] == "https://example.org/t/entries/raid.html"


def test_claims() -> None:
    """A claim has one row; its actor stands under the name of the time, each source once."""
    first, second = rows(site(FILES), "claims")
    assert (first["entry"], first["by"], first["by_name"], first["sources"]) == ("raid", "front", "Old Front", "r;s")
    assert (second["by"], second["by_name"], second["made_on"]) == ("Somebody", "Somebody", "")


def test_casualties() -> None:
    """Zero is a figure, and what is unknown is empty."""
    first, second = rows(site(FILES), "casualties")
    assert (first["min"], first["max"], second["min"]) == ("0", "", "")


def test_sources() -> None:
    """A source has one row; the address of what a perpetrator published is nowhere."""
    found = {row["id"]: row for row in rows(site(FILES), "sources")}
    assert (found["r"]["url"], found["r"]["issued"], found["r"]["seen"]) == ("https://r.example/", "2014~", "true")
    assert found["s"]["url"] == ""
    assert "s.example" not in site(FILES).html("data/sources.csv")


def test_semicolons_in_a_list() -> None:
    """A list of addresses has as many as were given: a semicolon in one is escaped as RFC 3986 (2.1) does it."""
    copies = ("https://archive.example/2014/https://r.example/a;id=1", "https://archive.example/2015")
    sources = f"r: {{title: R, archived: {json.dumps([{'url': url} for url in copies])}}}\n"
    files = {"sources/a.yaml": sources, "entries/a.md": entry(body="A [@r].\n")}
    (cell,) = (row["archived"] for row in rows(site(files), "sources") if row["id"] == "r")
    assert tuple(unquote(part) for part in cell.split(";")) == copies


def test_tables_without_rows() -> None:
    """A table that would have no rows is no file, and the package does not name it."""
    built = site({"entries/a.md": entry()})
    assert "data/claims.csv" not in built.files
    resources = json.loads(built.html("data/datapackage.json"))["resources"]
    assert [item["name"] for item in resources] == ["entries", "entry-sources", "texts", "sources"]


def test_package(tmp_path: Path) -> None:
    """The format's own validator finds nothing wrong; licence, version and hashes are there."""
    built = site(FILES)
    package = json.loads(built.html("data/datapackage.json"))
    assert checked(built, tmp_path) == []
    assert package["licenses"] == [{"name": "CC0-1.0", "title": "CC0", "path": "https://example.org/cc0"}]
    assert package["version"] == "2026-01-02"
    for item in package["resources"]:
        data = built.files[f"data/{item['path']}"]
        assert (item["bytes"], item["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")


@pytest.mark.parametrize(("id", "names"), [("CC-BY-4.0", ["CC-BY-4.0"]), ("CC BY 4.0", [])])
def test_licence_without_a_name(id: str, names: list[str]) -> None:
    """By the profile of data packages (2.0) the name of a licence has no spaces; its title and address say it too."""
    text = f"{SITE}licence: {{id: '{id}', name: The licence, url: 'https://example.org/l'}}\n"
    package = json.loads(site({"site.yaml": text, "entries/a.md": entry()}).html("data/datapackage.json"))
    (licence,) = package["licenses"]
    assert [licence[name] for name in licence if name == "name"] == names
    assert (licence["title"], licence["path"]) == ("The licence", "https://example.org/l")


def test_package_of_texts_full_of_semicolons(tmp_path: Path) -> None:
    """The package says what parts the cells, so that no reader guesses the semicolons of `&amp;` instead."""
    built = site({"entries/a.md": entry(body="\n\n".join(["&<" * 300] * 60))})
    assert checked(built, tmp_path) == []


def test_package_of_entries_without_words(tmp_path: Path) -> None:
    """An entry that is a title and a date, and one that leads to a withdrawn entry, break no rule of the tables."""
    files = {"entries/a.md": entry("related: [b, gone]", ""), "entries/b.md": entry()}
    built = site({**files, "entries/gone.md": entry("status: withdrawn")})
    assert built.report.ok, built.messages
    assert [row["summary"] for row in rows(built, "entries")] == ["", "What happened."]
    assert [row["other"] for row in rows(built, "related")] == ["b", "gone"]
    assert checked(built, tmp_path) == []


def test_related_entries_are_checked(tmp_path: Path) -> None:
    """Where nothing is withdrawn, a reader is told that each related entry has a row."""
    built = site({"entries/a.md": entry("related: b"), "entries/b.md": entry()})
    package = json.loads(built.html("data/datapackage.json"))
    (table,) = (item for item in package["resources"] if item["name"] == "related")
    leads = {key["fields"][0]: key["reference"]["resource"] for key in table["schema"]["foreignKeys"]}
    assert leads == {"entry": "entries", "other": "entries"}
    assert checked(built, tmp_path) == []


def test_a_spoilt_table_is_noticed(tmp_path: Path) -> None:
    """The check above would see a table of other bytes."""
    built = site(FILES)
    spoilt = {**built.files, "data/claims.csv": built.files["data/claims.csv"].replace(b"raid", b"ride")}
    assert {kind for kind, _ in checked(Built(built.report, spoilt), tmp_path)} >= {"hash-count", "foreign-key"}


def test_package_of_any_time(tmp_path: Path) -> None:
    """Days before the year 1 are texts in the schema, and the table is still valid."""
    built = site({"entries/-43/ides.md": entry(date="-0043-03-15")})
    assert checked(built, tmp_path) == []
    assert rows(built, "entries")[0]["earliest"] == "-0043-03-15"


ACTING = ["=cmd|'/C calc'!A0", "+1+cmd", "-2+3+cmd|x", "@SUM(1)", "\uff1d1+1", '=1,"2"', "-x", "'=1", "''@x"]


@pytest.mark.parametrize("text", ACTING)
def test_formulas_are_inert(text: str) -> None:
    """A text that a spreadsheet would run has an apostrophe before it, in every column of texts."""
    built = site({"entries/a.md": entry(f"summary: {json.dumps(text)}", title=json.dumps(text))})
    (row,) = rows(built, "entries")
    assert (row["title"], row["summary"]) == (f"'{text}", f"'{text}")


def test_formulas_are_inert_in_every_table() -> None:
    """In whichever table a text of an author stands, it begins with an apostrophe where a spreadsheet would run it."""
    bad = "'=cmd(1)'"
    cite = "'r, =cmd(1)'"
    fields = f"""
summary: {bad}
date_display: {bad}
date_note: {bad}
content_note: {bad}
grade: single-source
grade_reason: {bad}
actor: {{id: front, name_used: {bad}}}
location: {{id: mosul, note: {bad}}}
source: {{source: r, locator: {bad}}}
claims: {{by: {bad}, stance: asserts, about: event, statement: {bad}, cites: {cite}}}
casualties: {{harm: killed, group: {bad}, by: {bad}}}
control: {{place: mosul, holder: {bad}, change: taken}}
revisions: {{date: 2026-02-01, kind: update, summary: {bad}}}
media: {{src: media/a.png, alt: {bad}, caption: {bad}, credit: {bad}, licence: {bad}}}
x_note: {bad}"""
    records: dict[str, str | bytes] = {
        "actors.yaml": f"- {{id: front, name: {bad}}}\n",
        "places.yaml": f"- {{id: mosul, name: {bad}, country: {bad}}}\n",
        "sources/a.yaml": f"r: {{title: {bad}, author: {bad}, publisher: {bad}, kind: {bad}}}\n",
        "media/a.png": content("everything")["media/hill.png"],
    }
    built = site({**records, "entries/a.md": entry(fields, bad.strip("'"), title=bad, source="")})
    assert built.report.ok, built.messages
    cells = [
        (path, cell)
        for path, data in built.files.items()
        if path.endswith(".csv")
        for row in csv.reader(io.StringIO(data.decode(), newline=""))
        for cell in row
    ]
    assert [(path, cell) for path, cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
    held = {path.removeprefix("data/") for path, cell in cells if cell == "'=cmd(1)"}
    tables = ("entries", "entry-actors", "entry-places", "entry-sources", "claims", "casualties", "control", "cites")
    assert held == {f"{name}.csv" for name in (*tables, "revisions", "media", "sources")}
    assert len([cell for _, cell in cells if cell == "'=cmd(1)"]) >= 25  # fields of text that were given


@pytest.mark.parametrize("text", [*ACTING, "'x'", "'", "a=b", "Plain"])
def test_the_apostrophe_can_be_undone(text: str) -> None:
    """The step that docs/data.md gives to data users finds every text as its author wrote it."""
    (step,) = re.findall(r"^    (text = .+)$", (PROJECT / "docs/data.md").read_text(encoding="utf-8"), re.MULTILINE)
    (row,) = rows(site({"entries/a.md": entry(title=json.dumps(text))}), "entries")
    found = {"re": re, "cell": row["title"]}
    exec(step, found)
    assert found["text"] == text


def test_control_characters_are_inert() -> None:
    """A tab inside a text ends no cell, and one before a formula is gone with all blank space there."""
    built = site({"entries/a.md": entry(r'summary: "\t=1"', title=r'"a\tb"')})
    (row,) = rows(built, "entries")
    assert (row["title"], row["summary"]) == ("a\tb", "'=1")


def test_no_line_of_its_own() -> None:
    """A line end inside a text makes no row of its own, and what stands after it is not the begin of a cell."""
    built = site({"entries/a.md": entry("summary: |-\n  One.\n  =1,2\n")})
    assert [row["summary"] for row in rows(built, "entries")] == ["One.\n=1,2"]


def test_figures_stay_figures() -> None:
    """A figure or a date below zero has no apostrophe: it could not act, and programs read it as what it is."""
    cells = [tables._cell(value) for value in (-5, "-5", "-0043-03-15", "-0043/-0042~")]
    assert cells == [-5, "-5", "-0043-03-15", "-0043/-0042~"]


def test_signs_that_cannot_act() -> None:
    """Dates and texts that only contain such signs are as they were."""
    built = site({"entries/-43/a.md": entry(title="a=b, c+d", date="-0043")})
    (row,) = rows(built, "entries")
    assert (row["title"], row["date"]) == ("a=b, c+d", "-0043")
