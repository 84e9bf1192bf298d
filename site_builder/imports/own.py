"""Our own exports, brought back: `data/entries.json`, and `data/entries.csv` with the tables beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from site_builder.diagnostics import Location
from site_builder.documents import Document
from site_builder.imports import prose
from site_builder.imports.events import Event, Found, remark
from site_builder.imports.naming import OWN
from site_builder.imports.sheets import Row, rows
from site_builder.imports.translating import unfit
from site_builder.jsontext import read_json

# A date in EDTF in the words of the site, so that only other words are written into an entry.
Worded = Callable[[str], str]

_HEAD = ["id", "title", "summary", "date", "earliest"]
# What the builder finds out by itself.
_DERIVED = frozenset({"id", "url", "grade", "voices", "disputed", "earliest", "latest", "updated", "body_html"})
_RENAMED = {
    "citations": "source",
    "actors": "actor",
    "places": "location",
    "locations": "location",
    "sources": "source",
}
_LISTS = frozenset({"actors", "places", "sources", "tags"})
_NOTE = re.compile(r"<sup>\[((?:<a href=\"\.\./sources/[^\"]*\">[^<]*</a>[^<\]]*)+)\]</sup>")
_CITE = re.compile(r"<a href=\"\.\./sources/([^\"]*)\.html\">[^<]*</a>(?:, ([^<;\]]*))?")
_SAFE = re.compile(r"\A'(?='*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")
_RECORD = re.compile(r"(?:\.\./)?(?:(entries|phases|actors|places|sources|tags|years)/)?([a-z0-9-]+)\.html(#[^\s]*)?")
_KINDS = {"entries": "entry", "phases": "phase", "actors": "actor", "places": "place", "sources": "source"}
_KINDS |= {"tags": "tag", "years": "year", "": "page"}


def is_table(names: list[str]) -> bool:
    return names[: len(_HEAD)] == _HEAD


def is_timeline(document: Document) -> bool:
    return isinstance(document.fields.get("entries"), list) and "schema" in document.fields


def read_timeline(path: str, text: str, worded: Worded, found: Found) -> None:
    """`entries.json`."""
    document, findings = read_json(path, text)
    found.findings += findings
    entries = document.fields.get("entries") if document else None
    if document is None or not isinstance(entries, list):
        if not findings:
            found.refuse(Location(path, 1, 1), "there is no list `entries`", "name another `--format`")
        return
    for n, entry in enumerate(entries):
        where = document.at(("entries", n))
        if not isinstance(entry, dict) or not isinstance(entry.get("date"), dict):
            found.refuse(where, "this is no entry with a date", "give the file as the site made it")
        elif fault := unfit(entry):
            found.refuse(where, *fault)
        else:
            found.events.append(_entry(where, entry, worded, found))


def _entry(where: Location, entry: Mapping[str, Any], worded: Worded, found: Found) -> Event:
    date = entry["date"]
    fields: dict[str, Any] = {"date": date.get("edtf")}
    fields |= {f"date_{name}": date[name] for name in ("basis", "note") if date.get(name)}
    if date.get("display") != worded(str(date.get("edtf"))):
        fields["date_display"] = date.get("display")
    html = str(entry.get("body_html") or "")
    for name, value in entry.items():
        if (
            name == "date"
            or name in _DERIVED
            or value in (None, "", [], {})
            or (name == "sources" and "citations" in entry)
        ):
            continue
        home = _RENAMED.get(name, name)
        if home in OWN:
            fields[home] = value
        else:
            found.keep(name, value, fields)
    if "grade_reason" in fields:
        fields["grade"] = entry.get("grade")
    if fields.get("summary") == _lead(html):
        del fields["summary"]
    for usual, value in (("status", "published"), ("significance", 3)):
        if fields.get(usual) == value:
            del fields[usual]
    return Event(where, fields, prose.from_html(_cited(html), _linked), str(entry.get("id", "")))


def _lead(html: str) -> str:
    first = re.search(r"<p>(.*?)</p>", html, re.DOTALL)
    return prose.words(_NOTE.sub("", first[1])) if first else ""


def _cited(text: str) -> str:
    """Notes as links that Markdown leaves whole until they are citations again (see `_linked`)."""
    return _NOTE.sub(lambda note: f'<a href="cite:{_cites(note[1])}">cited</a>', text)


def _cites(note: str) -> str:
    found = (f"@{key}, {locator}" if locator else f"@{key}" for key, locator in _CITE.findall(note))
    return "; ".join(found).replace('"', "&quot;")


def _linked(address: str, words: str) -> str:
    if address.startswith("cite:"):
        return f"[{address.removeprefix('cite:')}]"
    if address.startswith("../glossary.html#"):
        return f"[{words}](term:{address.rpartition('#')[2]})"
    if record := _RECORD.fullmatch(address):
        return f"[{words}]({_KINDS[record[1] or '']}:{record[2]}{record[3] or ''})"
    return prose.linked(address.removeprefix("../"), words)


# -- Tables


def read_tables(path: str, text: str, beside: Mapping[str, str], worded: Worded, found: Found) -> None:
    """`entries.csv`; `beside`: the texts of `claims.csv` and `casualties.csv`, where they lie in its folder."""
    folder = path.rpartition("/")[0]
    inside: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for name, table in beside.items():
        for row in rows(f"{folder}/{name}.csv" if folder else f"{name}.csv", table, found):
            cells = _cells(row)
            cells.pop("by_name", None)
            record: dict[str, Any] = {key: value for key, value in cells.items() if key not in ("entry", "sources")}
            if "sources" in cells:
                record["cites"] = cells["sources"].split(";")
            inside.setdefault(cells.get("entry", ""), {}).setdefault(name, []).append(record)
    for row in rows(path, text, found):
        if fault := unfit(row.cells):
            found.refuse(row.where, *fault)
            continue
        cells = _cells(row)
        fields = _row(cells, worded, found) | inside.get(cells.get("id", ""), {})
        found.events.append(Event(row.where, fields, "", cells.get("id", "")))
    message = "this table has no texts of entries, only their summaries"
    found.findings.append(remark(Location(path), "import-no-text", message, "import data/entries.json to have them"))


def _cells(row: Row) -> dict[str, str]:
    """The cells without the apostrophe that our tables put before what a spreadsheet would run (docs/data.md)."""
    return {name: _SAFE.sub("", value) for name, value in row.cells.items()}


def _row(cells: Mapping[str, str], worded: Worded, found: Found) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, value in cells.items():
        usual = {
            "date_display": worded(cells.get("date", "")),
            "date_basis": "event",
            "status": "published",
            "significance": "3",
        }
        if name in _DERIVED or usual.get(name) == value:
            continue
        home = _RENAMED.get(name, name)
        if home in OWN:
            fields[home] = value.split(";") if name in _LISTS else value
        else:
            found.keep(name, value, fields)
    return fields
