"""The timeline as flat tables: that of the entries, that of the sources, and those of what the entries have lists of.

The columns are the one truth for the CSV files and for the schema in their data package. A list in a cell has its
values apart by semicolons.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from site_builder import citations, urls
from site_builder.changes import last_change
from site_builder.columns import Column, Row, Table, column, listed, of_entries
from site_builder.dates import Edtf
from site_builder.edition import Edition
from site_builder.entry_data import ENTRY, day
from site_builder.exports import ENTRY_TABLE, SOURCE_TABLE
from site_builder.model import Source
from site_builder.part_tables import PART_TABLES
from site_builder.wording import Words

EDTF_NOTE = "as EDTF (ISO 8601-2)"


def _text(date: Edtf | None) -> str:
    return date.text if date else ""


def _entries(edition: Edition) -> Iterator[Row]:
    timeline, entry = edition.timeline, edition.entry
    evidence, path = timeline.evidence[entry.id], urls.page("entry", entry.id)
    yield (
        *(entry.id, entry.title, entry.summary or entry.body.lead),
        *(entry.date.text, day(entry.date.earliest), day(entry.date.latest)),
        entry.date_display or edition.words.date(entry.date),
        *(entry.date_basis, entry.date_note, entry.phase, entry.significance, entry.status),
        *(evidence.grade, entry.grade, entry.grade_reason, len(evidence.voices), listed(evidence.disputed)),
        *(listed(ref.id for ref in entry.actor), listed(ref.id for ref in entry.location)),
        *(listed(timeline.cited[entry.id]), listed(entry.tags)),
        *(_text(entry.published), last_change([entry])),
        *(listed(entry.aliases), entry.content_note, entry.lang),
        json.dumps(entry.extra, ensure_ascii=False) if entry.extra else "",
        urls.absolute(timeline.site.base_url, path) if timeline.site.base_url else f"../{path}",
    )


def _of_sources(edition: Edition) -> Iterator[tuple[Source, str, int, Words]]:
    """A part for each source, with the name of its origin and how many entries cite it."""
    timeline = edition.timeline
    for key in sorted(timeline.records.sources):
        source = timeline.records.sources[key]
        origin = timeline.site.origins.get(source.origin, source.origin)
        yield source, origin, len(timeline.by_source.get(key, ())), edition.words


def _apart(address: str) -> str:
    """An address for a list: the semicolon, which a URL may have, would part it in two."""
    return address.replace(";", "%3B")


def _sources(source: Source, origin: str, entries: int, words: Words) -> Iterator[Row]:
    yield (
        *(source.id, citations.type_of(source), source.title),
        listed(citations.person(author) for author in source.author),
        *(source.container_title, source.publisher, _text(source.issued), source.language),
        *(citations.address(source), listed(_apart(copy.url) for copy in citations.copies(source))),
        _text(source.accessed),
        *(source.kind, source.perspective, origin, source.seen),
        *(entries, citations.formatted(source, words)),
    )


ENTRIES = Table(
    ENTRY_TABLE,
    (
        *(column(ENTRY.named(name)) for name in ("id", "title")),
        replace(column(ENTRY.named("summary")), required=False),  # an empty cell is a missing value
        Column("date", f"when, {EDTF_NOTE}: as closely as it is known", required=True),
        Column("earliest", "first day that the date can mean; empty where it has no known start", "date"),
        Column("latest", "last day that the date can mean; empty where it has no known end", "date"),
        Column("date_display", "when, in words", required=True),
        Column("date_basis", "what the date is that of: event, report, publication, estimate", required=True),
        Column("date_note", "why the date is written so, or who gives another"),
        *(column(ENTRY.named(name)) for name in ("phase", "significance", "status")),
        *(column(ENTRY.named(name)) for name in ("grade", "lowered_to", "grade_reason")),
        Column("voices", "number of independent origins of its sources", "integer", required=True),
        Column("disputed", "what of it is disputed beside the event: date, place, toll, other"),
        Column("actors", "ids of those involved"),
        Column("places", "ids of the places"),
        Column("sources", "ids of the sources"),
        Column("tags", "ids of the subjects"),
        column(ENTRY.named("published")),
        Column("updated", "day of its last change", "date"),
        Column("aliases", "ids that it had before"),
        *(column(ENTRY.named(name)) for name in ("content_note", "lang")),
        Column("own_fields", "the authors' own fields, x_…, as a JSON object"),
        Column("url", "its page", required=True),
    ),
    of_entries,
    _entries,
    ("id",),
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
        Column("archived", "addresses of archived copies, a semicolon in one as %3B"),
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
    ("id",),
)
TABLES = (ENTRIES, *PART_TABLES, SOURCES)
