"""The tables as CSV (RFC 4180), and what describes them: a data package (datapackage.org, version 2)."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

from site_builder import exports, urls
from site_builder.artifacts import After, Artifact, Finished, Output, Text
from site_builder.changes import last_change
from site_builder.columns import ENTRY, Cell, Column, Table
from site_builder.edition import Edition
from site_builder.tables import ENTRIES, TABLES
from site_builder.timeline import Timeline

# A spreadsheet runs a text that begins so, also in full width, as a formula; a date or a figure cannot act. Apostrophes
# that stand before such a sign already count as part of it: so the first one can be taken off again everywhere.
_FORMULA = re.compile(r"(?!-?[0-9][0-9X.~?%/-]*\Z)'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_SIGNS = frozenset("'=+-@\t\r\uff1d\uff0b\uff0d\uff20")  # with which alone such a text can begin
# All that the format leaves open: a reader that is not told the comma may take the semicolons of `&amp;` for it.
_DIALECT = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
    "lineTerminator": "\r\n",
}
NOTE = (
    "A text that begins with =, +, - or @ has an apostrophe before it, so that no spreadsheet takes it for a formula; "
    "to undo that, take the first character off every text that begins with an apostrophe, or with several, and such "
    "a sign. Dates and figures have none. A list in a cell has its values apart by semicolons."
)


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    tables = [table for table in TABLES if table.export.fits(timeline)]
    for table in tables:
        shows = None if table.export is exports.TEXT_TABLE else ()
        yield Artifact(table.export.path, Text(partial(_csv, edition, table), shows), listed=False)
    if exports.PACKAGE.fits(timeline):
        yield Artifact(exports.PACKAGE.path, After(partial(_described, edition, tables)), listed=False)


def _csv(edition: Edition, table: Table) -> str:
    place = _together(table.parts).index(table)
    parts = (edition.once(_rows, table.parts, *part)[place] for part in table.parts(edition))
    return "".join([_lines([[column.name for column in table.columns]]), *parts])


def _rows(parts: Callable[..., Any], *part: Any) -> tuple[str, ...]:
    """The rows of a part in all tables that have such parts: made, and remembered, at once."""
    made = ([[_cell(cell) for cell in row] for row in table.rows(*part)] for table in _together(parts))
    return tuple([_lines(rows) if rows else "" for rows in made])


@cache
def _together(parts: Callable[..., Any]) -> tuple[Table, ...]:
    return tuple(table for table in TABLES if table.parts is parts)


def _lines(rows: Iterable[Iterable[str | float]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def _cell(cell: Cell) -> str | float:
    if isinstance(cell, str):
        return f"'{cell}" if cell[:1] in _SIGNS and _FORMULA.match(cell) else cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell


# -- The data package


def _described(edition: Edition, tables: Sequence[Table], finished: Mapping[str, Finished]) -> Text:
    """Written when the tables are there, as it has their sizes and hashes."""
    return Text(lambda: json.dumps(_package(edition, tables, finished), ensure_ascii=False, indent=1) + "\n")


def _package(edition: Edition, tables: Sequence[Table], finished: Mapping[str, Finished]) -> dict[str, Any]:
    site = edition.timeline.site
    found = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": site.id,
        "title": site.title,
        "description": "\n\n".join(filter(None, (site.description, NOTE))),
        "homepage": urls.absolute(site.base_url, urls.HOME) if site.base_url else "",
        "version": last_change(edition.timeline.entries),
        "contributors": [{"title": author.name, "roles": ["author"]} for author in site.authors],
        "licenses": _licences(edition.timeline),
        "resources": [_resource(edition, table, finished[table.export.path]) for table in tables],
    }
    return {name: value for name, value in found.items() if value}


def _licences(timeline: Timeline) -> list[dict[str, str]]:
    """The licence; by the profile of the package, a `name` has no spaces: `CC BY 4.0` is left to title and path."""
    licence = timeline.site.licence
    if not licence:
        return []
    name = {"name": licence.id} if re.fullmatch(r"[-A-Za-z0-9._]+", licence.id) else {}
    return [{**name, "title": licence.name, "path": licence.url}]


def _resource(edition: Edition, table: Table, file: Finished) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": table.export.path.removeprefix("data/"),
        "format": "csv",
        "mediatype": table.export.media,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.digest}",
        "dialect": _DIALECT,
        "schema": _schema(edition, table),
    }


def _schema(edition: Edition, table: Table) -> dict[str, Any]:
    key = {"primaryKey": list(table.key)} if table.key else {}
    foreign = [
        {"fields": [column.name], "reference": {"resource": column.refers, "fields": ["id"]}}
        for column in table.columns
        if _leads(column, edition.timeline)
    ]
    has_dates = _has_dates(edition.timeline)
    fields = [_field(column, has_dates) for column in table.columns]
    return {"fields": fields, "missingValues": [""], **key, **({"foreignKeys": foreign} if foreign else {})}


def _leads(column: Column, timeline: Timeline) -> bool:
    """Whether each value of the column has a row where it refers to: another entry that was withdrawn has none."""
    other = column.refers == ENTRIES.name and column is not ENTRY
    return bool(column.refers) and not (other and timeline.withdrawn)


def _has_dates(timeline: Timeline) -> bool:
    """Whether Table Schema has a date for every day of the timeline: its years have four digits."""
    ends = (day for entry in timeline.entries for day in (entry.date.earliest, entry.date.latest))
    return all(1 <= day[0] <= 9999 for day in ends if day)


def _field(column: Column, has_dates: bool) -> dict[str, Any]:
    """Days that are no dates for Table Schema are texts."""
    found = {
        "name": column.name,
        "type": "string" if column.type == "date" and not has_dates else column.type,
        "description": column.about,
    }
    held = ({"required": True} if column.required else {}) | ({"enum": list(column.choices)} if column.choices else {})
    return found | ({"constraints": held} if held else {})


OUTPUT = Output(artifacts)
