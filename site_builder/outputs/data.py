"""`data/entries.json`: the whole timeline for other programs, with every body as HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from site_builder import urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.changes import last_change
from site_builder.exports import ENTRIES
from site_builder.markup import Body, Link, Notes
from site_builder.model import Entry
from site_builder.tables import day
from site_builder.timeline import Timeline
from site_builder.views import Edition
from site_builder.wording import Words

SCHEMA = 1  # raised when a reader of the file would have to change


def artifacts(edition: Edition) -> Iterator[Artifact]:
    yield Artifact(ENTRIES.path, Text(lambda: _entries(edition)), listed=False)


def _entries(edition: Edition) -> str:
    """One entry a line: easy to compare, and many times faster to write than indented."""
    timeline, site = edition.timeline, edition.timeline.site
    head = {
        "schema": SCHEMA,
        "title": site.title,
        "licence": site.licence.id if site.licence else None,
        "version": last_change(timeline.entries) or None,
    }
    entries = (edition.once(_line, edition.of(entry)) for entry in timeline.entries)
    start = json.dumps(head, ensure_ascii=False).removesuffix("}")
    return start + ', "entries": [\n' + ",\n".join(entries) + "\n]}\n"


def _line(edition: Edition) -> str:
    return json.dumps(_entry(edition.timeline, edition.words, edition.entry), ensure_ascii=False)


def _entry(timeline: Timeline, words: Words, entry: Entry) -> dict[str, Any]:
    evidence, path = timeline.evidence[entry.id], urls.page("entry", entry.id)
    return {
        "id": entry.id,
        "url": urls.absolute(timeline.site.base_url, path) if timeline.site.base_url else path,
        "title": entry.title,
        "summary": entry.summary or entry.body.lead,
        "date": {
            "edtf": str(entry.date),
            "earliest": day(entry.date.earliest),
            "latest": day(entry.date.latest),
            "display": entry.date_display or words.date(entry.date),
        },
        "phase": entry.phase or None,
        "significance": entry.significance,
        "status": entry.status,
        "actors": [{"id": ref.id, "role": ref.role} for ref in entry.actor],
        "locations": [_place(timeline, ref.id, ref.precision) for ref in entry.location],
        "sources": list(timeline.cited[entry.id]),
        "grade": evidence.grade,
        "voices": list(evidence.voices),
        "tags": list(entry.tags),
        "claims": [_plain(claim) for claim in entry.claims],
        "casualties": [_plain(toll) for toll in entry.casualties],
        "published": str(entry.published) if entry.published else None,
        "body_html": _html(entry.body),
        **entry.extra,
    }


def _place(timeline: Timeline, id: str, precision: str | None) -> dict[str, Any]:
    place = timeline.records.places[id]
    return {
        "id": id,
        "name": place.name,
        "country": place.country or None,
        "lat": place.lat,
        "lon": place.lon,
        "precision": precision or place.precision,
    }


def _plain(value: Any) -> dict[str, Any]:
    """A claim or a toll with its unset fields left out; cites as citekeys."""
    fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
    fields["cites"] = [cite.source for cite in value.cites]
    return {
        name: str(field) if name == "made_on" else field for name, field in fields.items() if field not in (None, "")
    }


def _html(body: Body) -> str:
    """The body with addresses as seen from this file's folder, citations by citekey."""
    parts = []
    for part in body.parts:
        if isinstance(part, Notes):
            links = (f'<a href="../{urls.page("source", key)}">{key}</a>' for key, _ in part.cites)
            parts.append(f"<sup>[{'; '.join(links)}]</sup>")
        elif isinstance(part, Link):
            parts.append(f"../{part.id if part.kind == 'file' else urls.page(part.kind, part.id)}")
        else:
            parts.append(part)
    return "".join(parts)


OUTPUT = Output(artifacts)
