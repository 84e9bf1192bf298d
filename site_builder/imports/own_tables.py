"""Our own tables, brought back: `data/entries.csv` and those beside it, together the records of `data/entries.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from site_builder.diagnostics import Location
from site_builder.imports import own
from site_builder.imports.events import Found, remark
from site_builder.imports.own import Worded
from site_builder.imports.sheets import Row, rows
from site_builder.imports.translating import unfit
from site_builder.jsontext import read_json
from site_builder.part_tables import CITES, PARTS, SOURCES, SPOKEN, TEXTS, Part

MAIN = "entries"
PACKAGE = "datapackage.json"
_OTHERS = (*(part.export.table for part in PARTS), CITES.name, TEXTS.name)
BESIDE = (PACKAGE, *(f"{name}.csv" for name in _OTHERS))

_HEAD = ["id", "title", "summary", "date", "earliest"]
# What the builder finds out by itself, and what another column says as well.
_DERIVED = frozenset({"url", "grade", "voices", "disputed", "earliest", "latest", "updated"})
_DATE = {"date": "edtf", "date_display": "display", "date_basis": "basis", "date_note": "note"}
_LISTS = frozenset({"actors", "places", "sources", "tags", "aliases"})
_RENAMED = {"places": "locations"}
_SAFE = re.compile(r"\A'(?='*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])")


def is_table(names: list[str]) -> bool:
    return names[: len(_HEAD)] == _HEAD


def read_tables(files: Mapping[str, tuple[str, str]], worded: Worded, found: Found) -> None:
    """The entries of our tables; `files`: path and text of each by its name, that of the entries among them.

    With the data package that describes them, a table that it names and that is not there is told.
    """
    tables = {name: list(_rows(*file, found)) for name, file in files.items() if name != PACKAGE}
    if PACKAGE in files:
        _complete(*files[PACKAGE], tables.keys(), found)
    inside = _Inside(found, {row.cells.get("id", "") for row in tables[MAIN]})
    inside.read(tables)
    for row in tables[MAIN]:
        record = _record(row, inside, found)
        if record:
            found.events.append(own.event(row.where, record, worded, found))
    if TEXTS.name not in files:
        message = "the texts of the entries do not lie beside this table, so there are their summaries only"
        hint = f"put {TEXTS.name}.csv into its folder, or import data/entries.json"
        found.findings.append(remark(Location(files[MAIN][0]), "import-no-text", message, hint))


def _complete(path: str, text: str, there: Set[str], found: Found) -> None:
    """Tell of each table that the package names and that is not there."""
    try:
        package = json.loads(text)
        named = {str(resource["name"]) for resource in package["resources"]}
    except (ValueError, LookupError, TypeError, RecursionError):
        found.refuse(Location(path), "this is no data package as our sites make it", "get the file again, or delete it")
        return
    for name in _OTHERS:
        if name in named - there:
            message = f"the table {name}.csv, of which it tells, does not lie beside it"
            found.refuse(Location(path), message, "get that file, and import again")


def _rows(path: str, text: str, found: Found) -> Iterator[Row]:
    """The rows that can be taken, without the apostrophe that our tables put before what a spreadsheet would run."""
    for row in rows(path, text, found):
        if fault := unfit(row.cells):
            found.refuse(row.where, *fault)
        else:
            yield Row(row.where, {name: _SAFE.sub("", value) for name, value in row.cells.items()})


def _record(row: Row, inside: _Inside, found: Found) -> dict[str, Any] | None:
    """The record of an entry, as `entries.json` has it."""
    cells = dict(row.cells)
    document, wrong = read_json(row.where.path, cells.pop("own_fields", "{}"))
    if document is None or wrong or "" in document.fields:
        found.refuse(row.where, "`own_fields` is no object of JSON", 'write it as {"x_name": "value"}')
        return None
    record: dict[str, Any] = {"date": {part: cells.pop(name) for name, part in _DATE.items() if name in cells}}
    for name, value in cells.items():
        if name not in _DERIVED:
            record[_RENAMED.get(name, name)] = value.split(";") if name in _LISTS else value
    empty: dict[str, Any] = {name: [] for name in inside.fields}
    return {**record, **empty, **inside.of(cells.get("id", "")), **document.fields}


@dataclass(slots=True)
class _Inside:
    """What stands in the other tables. `fields`: those that have a table. `records`: lists by entry and field."""

    found: Found
    known: set[str]
    fields: set[str] = field(default_factory=set)
    records: dict[str, dict[str, Any]] = field(default_factory=dict)

    def read(self, tables: Mapping[str, list[Row]]) -> None:
        for part in PARTS:
            if part.export.table in tables:
                self.fields.add(part.field)
            for row in tables.get(part.export.table, ()):
                self.take(part, row)
        for row in tables.get(CITES.name, ()):
            self.cite(row)
        for row in tables.get(TEXTS.name, ()):
            if id := self.entry(row):
                self.records.setdefault(id, {})["body_html"] = row.cells.get("body_html", "")

    def of(self, id: str) -> dict[str, Any]:
        """The fields of an entry, each list in the order of its numbers."""
        return {
            name: [value[number] for number in sorted(value)] if isinstance(value, dict) else value
            for name, value in self.records.get(id, {}).items()
        }

    def entry(self, row: Row) -> str:
        """The entry that a row belongs to; a row of none is told."""
        id = row.cells.get("entry", "")
        if id in self.known and id:
            return id
        self._refuse(row, f"there is no entry `{id[:60]}` in {MAIN}.csv")
        return ""

    def take(self, part: Part, row: Row) -> None:
        """A row as a record in a list of its entry."""
        id = self.entry(row)
        if not id:
            return
        there = self.records.setdefault(id, {}).setdefault(part.field, {})
        number = _number(row) or len(there) + 1
        if number in there:
            self._refuse(row, f"`{id}` has another row of the number {number} here")
            return
        cells = dict(row.cells)
        record: dict[str, Any] = {field: cells.pop(name) for field, name in part.names.items() if name in cells}
        if SOURCES.name in cells:  # as it is where no table says more of them
            record["cites"] = cells[SOURCES.name].split(";")
        there[number] = record
        beside = cells.keys() - {"entry", "number", SOURCES.name, SPOKEN.name}
        if beside:
            names = ", ".join(f"`{name[:60]}`" for name in sorted(beside))
            self.found.findings.append(
                remark(row.where, "import-changed", f"`{id}`: a row of this table cannot have {names}: it is left out")
            )

    def cite(self, row: Row) -> None:
        """A source of a record that was taken: where in it."""
        id, cells = self.entry(row), row.cells
        if not id:
            return
        record = self.records.get(id, {}).get(cells.get("part", ""), {}).get(_number(row))
        if record is None:
            self._refuse(row, f"`{id}` has no row of this number in the table `{cells.get('part', '')[:60]}`")
            return
        if not (record.get("cites") and isinstance(record["cites"][0], dict)):
            record["cites"] = []
        record["cites"].append({name: cells[name] for name in ("source", "locator") if name in cells})

    def _refuse(self, row: Row, message: str) -> None:
        self.found.refuse(row.where, message, "correct the row, or delete it")


def _number(row: Row) -> int:
    text = row.cells.get("number", "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
