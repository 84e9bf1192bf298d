"""The timeline as flat tables: for each its columns, with type and meaning, and its rows.

The columns are the one truth for the CSV files and for the schema in their data package. A list in a cell has its
values apart by semicolons.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from site_builder import citations, urls
from site_builder.changes import last_change
from site_builder.dates import Edtf
from site_builder.entry_data import day
from site_builder.exports import CLAIM_TABLE, ENTRY_TABLE, SOURCE_TABLE, TOLL_TABLE, Export
from site_builder.model import Casualties, Claim, Source
from site_builder.views import Edition, name_at
from site_builder.wording import Words

Cell = str | int | bool | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`type` by Table Schema. `refers` is the table whose first column has the same values."""

    name: str
    about: str
    type: str = "string"
    required: bool = False
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` are those of a part, made of what `parts` says; the first column is the key where `keyed`."""

    export: Export
    columns: tuple[Column, ...]
    parts: Callable[[Edition], Iterator[tuple[Any, ...]]]
    rows: Callable[..., Iterator[Row]]
    keyed: bool = False

    @property
    def name(self) -> str:
        return self.export.path.removeprefix("data/").removesuffix(".csv")


EDTF_NOTE = "as EDTF (ISO 8601-2)"
_ENTRY = Column("entry", "id of the entry", required=True, refers="entries")
_CITES = Column("sources", "ids of the sources that say so")
_BY = (
    Column("by", "who says so: id of an actor, or a name"),
    Column("by_name", "who says so, under the name of the time"),
)


def _list(values: Iterable[str]) -> str:
    return ";".join(values)


def _text(date: Edtf | None) -> str:
    return date.text if date else ""


def _of_entries(edition: Edition) -> Iterator[tuple[Edition]]:
    """A part for each entry: an edition of it alone."""
    return ((edition.of(entry),) for entry in edition.timeline.entries)


def _entries(edition: Edition) -> Iterator[Row]:
    timeline, entry = edition.timeline, edition.entry
    evidence, path = timeline.evidence[entry.id], urls.page("entry", entry.id)
    yield (
        *(entry.id, entry.title, entry.summary or entry.body.lead),
        *(entry.date.text, day(entry.date.earliest), day(entry.date.latest)),
        entry.date_display or edition.words.date(entry.date),
        *(entry.date_basis, entry.phase, entry.significance, entry.status),
        *(evidence.grade, len(evidence.voices), _list(evidence.disputed)),
        *(_list(ref.id for ref in entry.actor), _list(ref.id for ref in entry.location)),
        *(_list(timeline.cited[entry.id]), _list(entry.tags)),
        *(_text(entry.published), last_change([entry])),
        urls.absolute(timeline.site.base_url, path) if timeline.site.base_url else f"../{path}",
    )


def _claims(edition: Edition) -> Iterator[Row]:
    entry = edition.entry
    for claim in entry.claims:
        head = (entry.id, claim.by, _name(edition, claim.by), claim.stance, claim.about, claim.basis)
        yield (*head, claim.statement, _text(claim.made_on), _cites(claim))


def _tolls(edition: Edition) -> Iterator[Row]:
    for toll in edition.entry.casualties:
        figures = (toll.min, toll.max, toll.best)
        yield (edition.entry.id, toll.harm, toll.group, *figures, toll.by, _name(edition, toll.by), _cites(toll))


def _cites(record: Claim | Casualties) -> str:
    return _list(dict.fromkeys(cite.source for cite in record.cites))


def _name(edition: Edition, who: str) -> str:
    actor = edition.timeline.records.actors.get(who)
    return name_at(actor, edition.entry.date) if actor else who


def _of_sources(edition: Edition) -> Iterator[tuple[Source, str, int, Words]]:
    """A part for each source, with the name of its origin and how many entries cite it."""
    timeline = edition.timeline
    for key in sorted(timeline.records.sources):
        source = timeline.records.sources[key]
        origin = timeline.site.origins.get(source.origin, source.origin)
        yield source, origin, len(timeline.by_source.get(key, ())), edition.words


def _sources(source: Source, origin: str, entries: int, words: Words) -> Iterator[Row]:
    yield (
        *(source.id, citations.type_of(source), source.title),
        _list(citations.person(author) for author in source.author),
        *(source.container_title, source.publisher, _text(source.issued), source.language),
        *(citations.address(source), _list(copy.url for copy in citations.copies(source)), _text(source.accessed)),
        *(source.kind, source.perspective, origin, source.seen),
        *(entries, citations.formatted(source, words)),
    )


ENTRIES = Table(
    ENTRY_TABLE,
    (
        Column("id", "id of the entry, which never changes", required=True),
        Column("title", "what happened, in a few words", required=True),
        Column("summary", "what happened, in a sentence or two"),
        Column("date", f"when, {EDTF_NOTE}: as closely as it is known", required=True),
        Column("earliest", "first day that the date can mean; empty where it has no known start", "date"),
        Column("latest", "last day that the date can mean; empty where it has no known end", "date"),
        Column("date_display", "when, in words", required=True),
        Column("date_basis", "what the date is that of: event, report, publication, estimate", required=True),
        Column("phase", "id of the phase"),
        Column("significance", "1: without it the story breaks; 3: the least", "integer", required=True),
        Column("status", "published, or retracted by its editors", required=True),
        Column("grade", "how well it is attested, by the rules that the site explains", required=True),
        Column("voices", "number of independent origins of its sources", "integer", required=True),
        Column("disputed", "what of it is disputed beside the event: date, place, toll, other"),
        Column("actors", "ids of those involved"),
        Column("places", "ids of the places"),
        Column("sources", "ids of the sources"),
        Column("tags", "ids of the subjects"),
        Column("published", "day of its first publication", "date"),
        Column("updated", "day of its last change", "date"),
        Column("url", "its page", required=True),
    ),
    _of_entries,
    _entries,
    keyed=True,
)
CLAIMS = Table(
    CLAIM_TABLE,
    (
        *(_ENTRY, *_BY),
        Column("stance", "asserts, denies or disputes", required=True),
        Column("about", "event, responsibility, date, place, toll or other", required=True),
        Column("basis", "of a claim of responsibility: claimed, directed, inspired, convicted, found, alleged"),
        Column("statement", "what is said, in the editors' words", required=True),
        Column("made_on", f"when it was said, {EDTF_NOTE}"),
        _CITES,
    ),
    _of_entries,
    _claims,
)
CASUALTIES = Table(
    TOLL_TABLE,
    (
        _ENTRY,
        Column("harm", "killed, wounded, displaced, abducted, detained or missing", required=True),
        Column("group", "who was harmed"),
        Column("min", "lowest figure given; empty is unknown, never zero", "integer"),
        Column("max", "highest figure given", "integer"),
        Column("best", "the figure given as the best", "integer"),
        *(*_BY, _CITES),
    ),
    _of_entries,
    _tolls,
)
SOURCES = Table(
    SOURCE_TABLE,
    (
        Column("id", "id of the source (citekey)", required=True),
        Column("type", "by the terms of CSL", required=True),
        Column("title", "its title", required=True),
        Column("authors", "who wrote it"),
        Column("outlet", "newspaper, site, journal or book that it is part of"),
        Column("publisher", "who published it"),
        Column("issued", f"when it appeared, {EDTF_NOTE}"),
        Column("language", "by BCP 47; empty for that of the site"),
        Column("url", "its address; empty where the site gives none, as for what perpetrators published"),
        Column("archived", "addresses of archived copies"),
        Column("accessed", f"when it was read, {EDTF_NOTE}"),
        Column("kind", "what kind of publication"),
        Column("perspective", "whose side it stands on"),
        Column("origin", "whose text it carries, where that is another's"),
        Column("seen", "whether an editor has read that it says so", "boolean", required=True),
        Column("entries", "number of entries that cite it", "integer", required=True),
        Column("citation", "the source as one line", required=True),
    ),
    _of_sources,
    _sources,
    keyed=True,
)
TABLES = (ENTRIES, CLAIMS, CASUALTIES, SOURCES)
