"""CSV and its relatives: rows with the line on which each begins, and what is wrong with the table itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from site_builder.diagnostics import Location
from site_builder.imports.events import Found

_DELIMITERS = ",;\t|"
MAX_COLUMNS = 500
_ANY_CELL = 1 << 30


@dataclass(frozen=True, slots=True)
class Row:
    where: Location
    cells: Mapping[str, str]  # by the name of the column; empty cells are left out


def header(text: str) -> list[str]:
    """The names of the columns."""
    try:
        first: list[str] = next(_reader(text, _delimiter(text)), [])
    except csv.Error:
        return []  # `rows` says what is wrong
    return [name.strip() for name in first]


def rows(path: str, text: str, found: Found) -> Iterator[Row]:
    """The rows of a table, by its first line; a row of another width is refused."""
    reader = _reader(text, _delimiter(text))
    names: list[str] = []
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as wrong:
            message = f"the table cannot be read from here on: {wrong}"
            found.refuse(Location(path, line, 1), message, "look for a quotation mark too many or too few in this row")
            return
        if cells is None:
            return
        where, line = Location(path, line, 1), reader.line_num + 1
        if not names:
            names = _names(path, cells, found)
            if not names:
                return
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            message = f"the row has {len(cells)} cells, and the table has {len(names)} columns"
            found.refuse(where, message, "put cells that contain the delimiter in double quotes")
            continue
        yield Row(where, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()})


def _names(path: str, first: list[str], found: Found) -> list[str]:
    """The names of the columns, each once; a column without a name is called by its number."""
    names: list[str] = []
    if len(first) > MAX_COLUMNS:
        found.refuse(
            Location(path, 1, 1), f"the table has {len(first):,} columns", "remove what is no part of the timeline"
        )
        return []
    for number, name in enumerate(first, start=1):
        known = name.strip() or f"column {number}"
        names.append(known if known not in names else f"{known} ({number})")
    return names


def _reader(text: str, delimiter: str) -> csv._reader:  # type: ignore[name-defined]  # the stubs' own name
    csv.field_size_limit(_ANY_CELL)  # one for the whole process; how long a cell may be is decided later, by its row
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _delimiter(text: str) -> str:
    """The sign that parts most names in the first line."""
    first = text.split("\n", 1)[0]
    return max(_DELIMITERS, key=lambda sign: (first.count(sign), -_DELIMITERS.index(sign)))
