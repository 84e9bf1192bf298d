"""CSV and its relatives: rows with the line on which each begins, and what is wrong with the table itself."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from site_builder.diagnostics import Location
from site_builder.imports.events import Found, remark
from site_builder.imports.naming import is_head

_DELIMITERS = ",;\t|"
MAX_COLUMNS = 500
_ANY_CELL = 1 << 30
_HIGHEST = 10  # the names of the columns stand in one of so many rows
_TOP = 65_536  # characters in which they are looked for
_SEPARATOR = re.compile(r"\"?sep=(?P<sign>[,;\t|])\"?[,;\t|]*\r?(?:\n|$)", re.IGNORECASE)  # Excel's


@dataclass(frozen=True, slots=True)
class Row:
    where: Location
    cells: Mapping[str, str]  # by the name of the column; empty cells are left out


@dataclass(frozen=True, slots=True)
class _Shape:
    """`above`: how many rows stand above the one with the names. `titled`: whether these have words."""

    delimiter: str
    above: int
    titled: bool


def header(text: str) -> list[str]:
    """The names of the columns."""
    shape = _shape(text)
    try:
        first: list[str] = next(itertools.islice(_reader(text, shape.delimiter), shape.above, None), [])
    except csv.Error:
        return []  # `rows` says what is wrong
    return [name.strip() for name in first]


def rows(path: str, text: str, found: Found) -> Iterator[Row]:
    """The rows below the names of the columns; one of another width is refused."""
    shape = _shape(text)
    cells_of = _numbered(path, text, shape.delimiter, found)
    above = list(itertools.islice(cells_of, shape.above))
    where, first = next(cells_of, (Location(path, 1, 1), []))
    if shape.titled and above:
        said = "the names of the columns stand in this line, and what stands above them is left out"
        found.findings.append(remark(where, "import-changed", said))
    names = _names(path, first, found)
    for where, cells in cells_of if names else ():
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            message = f"the row has {len(cells)} cells, and the table has {len(names)} columns"
            parted = "a tab" if shape.delimiter == "\t" else f"`{shape.delimiter}`"
            found.refuse(where, message, f"put cells with {parted} in them in double quotes")
            continue
        yield Row(where, {name: cell.strip() for name, cell in zip(names, cells, strict=False) if cell.strip()})


def _numbered(path: str, text: str, delimiter: str, found: Found) -> Iterator[tuple[Location, list[str]]]:
    """Every row with the line on which it begins, up to the first that cannot be read."""
    reader, line = _reader(text, delimiter), 1
    try:
        for cells in reader:
            yield Location(path, line, 1), cells
            line = reader.line_num + 1
    except csv.Error as wrong:
        message = f"the table cannot be read from here on: {wrong}"
        found.refuse(Location(path, line, 1), message, "look for a quotation mark too many or too few in this row")


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


def _reader(text: str, delimiter: str, *, strict: bool = True) -> csv._reader:  # type: ignore[name-defined]  # the stubs' own name
    csv.field_size_limit(_ANY_CELL)  # one for the whole process; how long a cell may be is decided later, by its row
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _shape(text: str) -> _Shape:
    """Where the names of the columns stand, and the sign that parts them.

    Above them spreadsheets write `sep=;`, and people a title. They are the first row with a date and a title, by the
    names that these usually have; where there is none, the first row of several cells.
    """
    said = _SEPARATOR.match(text)
    first = 1 if said else 0
    tops = {sign: list(_top(text, sign)) for sign in (said["sign"] if said else _DELIMITERS)}
    rows = [(n, sign, top[n]) for n in range(first, _HIGHEST) for sign, top in tops.items() if n < len(top)]
    named = next(((n, sign) for n, sign, cells in rows if is_head(cells)), None)
    above, sign = named or _several(rows) or (first, next(iter(tops)))
    return _Shape(sign, above, any(cell.strip() for cells in tops[sign][first:above] for cell in cells))


def _several(rows: list[tuple[int, str, list[str]]]) -> tuple[int, str] | None:
    """The first row of several cells, read by the sign that gives it most."""
    filled = [(n, sign, sum(map(bool, map(str.strip, cells)))) for n, sign, cells in rows]
    at = next((n for n, _, count in filled if count > 1), None)
    most = max((one for one in filled if one[0] == at), key=lambda one: one[2], default=None)
    return (most[0], most[1]) if most else None


def _top(text: str, sign: str) -> Iterator[list[str]]:
    with contextlib.suppress(csv.Error):  # `rows` says what is wrong
        yield from itertools.islice(_reader(text[:_TOP], sign, strict=False), _HIGHEST)
