"""What a flat table of the timeline is: its columns, each with its type and meaning, and where its rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from site_builder.edition import Edition
from site_builder.exports import Export
from site_builder.shapes import DAY, Field

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`type` by Table Schema. `refers`: the table whose column `id` has the same values. `choices`: all that can be."""

    name: str
    about: str
    type: str = "string"
    required: bool = False
    refers: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are those of a part, made of what `parts` says. `key`: the columns that tell each row from all others."""

    export: Export
    columns: tuple[Column, ...]
    parts: Callable[[Edition], Iterator[tuple[Any, ...]]]
    rows: Callable[..., Iterator[Row]]
    key: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.export.table


ENTRY = Column("entry", "id of the entry", required=True, refers="entries")
NUMBER = Column("number", "its place among those of the entry, from 1", "integer", required=True)


def column(field: Field, name: str = "", refers: str = "") -> Column:
    """The column for a field of a record that is one value."""
    kinds = field.schema.get("type", "string")
    kind = "date" if field.schema.get("pattern") == DAY["pattern"] else kinds if isinstance(kinds, str) else kinds[0]
    needed = not field.optional and isinstance(kinds, str)
    return Column(name or field.name, field.about, kind, needed, refers, tuple(field.schema.get("enum", ())))


def of_entries(edition: Edition) -> Iterator[tuple[Edition]]:
    """A part for each entry: an edition of it alone."""
    return ((edition.of(entry),) for entry in edition.timeline.entries)


def listed(values: Iterable[str]) -> str:
    """A list in one cell."""
    return ";".join(values)
