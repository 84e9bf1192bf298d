"""What the entries have lists of, a table for each: a row belongs to the entry whose id stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from site_builder import exports
from site_builder.cards import name_at
from site_builder.columns import ENTRY, NUMBER, Column, Row, Table, column, listed, of_entries
from site_builder.edition import Edition
from site_builder.entry_data import ENTRY as RECORD
from site_builder.entry_data import Told, body_html
from site_builder.entry_parts import ACTOR, CHANGE, CITATION, CITE, CLAIM, MEDIA, PLACE, RELATION, REVISION, TOLL
from site_builder.exports import Export
from site_builder.model import Casualties, Claim
from site_builder.shapes import Shape

CITED = ("claims", "casualties", "control")  # what has sources of its own


@dataclass(frozen=True, slots=True)
class Part:
    """A list of an entry, under the name `field` of its record.

    `refers`: the tables that its columns lead to. `id`: the name of the column for a field `id`. `take` finds what the
    records of the list are made of.
    """

    export: Export
    field: str
    shape: Shape
    take: Callable[[Told], Iterable[Any]]
    id: str = ""
    refers: Mapping[str, str] | None = None

    @property
    def names(self) -> dict[str, str]:
        """The columns of the fields, by their names in the record."""
        return {
            field.name: self.id if field.name == "id" else field.name
            for field in self.shape.fields
            if field.name != "cites"
        }


def _of(name: str) -> Callable[[Told], Iterable[Any]]:
    return lambda told: getattr(told.entry, name)


PARTS = (
    Part(exports.ACTOR_TABLE, "actors", ACTOR, Told.actors, "actor"),
    Part(exports.PLACE_TABLE, "locations", PLACE, Told.places, "place"),
    Part(exports.CITATION_TABLE, "citations", CITATION, _of("source"), refers={"source": "sources"}),
    Part(exports.CLAIM_TABLE, "claims", CLAIM, _of("claims")),
    Part(exports.TOLL_TABLE, "casualties", TOLL, _of("casualties")),
    Part(exports.CONTROL_TABLE, "control", CHANGE, _of("control")),
    Part(exports.RELATION_TABLE, "related", RELATION, _of("related"), "other", {"id": "entries"}),
    Part(exports.REVISION_TABLE, "revisions", REVISION, _of("revisions")),
    Part(exports.MEDIA_TABLE, "media", MEDIA, _of("media")),
)
# Beside the fields of a record, for those who read a table alone.
SPOKEN = Column("by_name", "who says so, under the name of the time")
SOURCES = Column("sources", "ids of the sources that say so; where in them stands in cites.csv")


def _table(part: Part) -> Table:
    refers = part.refers or {}
    columns = [column(part.shape.named(field), name, refers.get(field, "")) for field, name in part.names.items()]
    if part.shape in (CLAIM, TOLL):
        columns.append(SPOKEN)
    if part.field in CITED:
        columns.append(SOURCES)
    return Table(part.export, (ENTRY, NUMBER, *columns), of_entries, partial(_rows, part), ("entry", "number"))


def _rows(part: Part, edition: Edition) -> Iterator[Row]:
    told = Told(edition.timeline, edition.words, edition.entry)
    for number, item in enumerate(part.take(told), start=1):
        record = part.shape.of(item)
        yield (
            *(edition.entry.id, number, *(record.get(field) for field in part.names)),
            *([_name(edition, item.by)] if isinstance(item, Claim | Casualties) else ()),
            *([listed(dict.fromkeys(cite.source for cite in item.cites))] if part.field in CITED else ()),
        )


def _name(edition: Edition, who: str) -> str:
    actor = edition.timeline.records.actors.get(who)
    return name_at(actor, edition.entry.date) if actor else who


def _cites(edition: Edition) -> Iterator[Row]:
    for field in CITED:
        for number, item in enumerate(getattr(edition.entry, field), start=1):
            for cite in item.cites:
                yield edition.entry.id, field, number, cite.source, cite.locator


def _texts(edition: Edition) -> Iterator[Row]:
    if edition.entry.body.parts:
        yield edition.entry.id, body_html(edition.entry.body)


CITES = Table(
    exports.CITE_TABLE,
    (
        *(ENTRY, Column("part", "the table that says so: claims, casualties or control", required=True, choices=CITED)),
        Column("number", "the number of the row there", "integer", required=True),
        *(column(field, refers="sources" if field.name == "source" else "") for field in CITE.fields),
    ),
    of_entries,
    _cites,
    (),
)
TEXTS = Table(exports.TEXT_TABLE, (ENTRY, column(RECORD.named("body_html"))), of_entries, _texts, ("entry",))
PART_TABLES = (*(_table(part) for part in PARTS), CITES, TEXTS)
