"""`data/entries.json`: the whole timeline for other programs, with every body as HTML."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

from site_builder import urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.changes import last_change
from site_builder.dates import Edtf
from site_builder.exports import ENTRIES
from site_builder.markup import Body, Link, Notes
from site_builder.model import Entry, PlaceRef
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
            **_said({"basis": "" if entry.date_basis == "event" else entry.date_basis, "note": entry.date_note}),
        },
        "phase": entry.phase or None,
        "significance": entry.significance,
        "status": entry.status,
        "actors": [{"id": ref.id, "role": ref.role, **_said({"name_used": ref.name_used})} for ref in entry.actor],
        "locations": [_place(timeline, ref) for ref in entry.location],
        "sources": list(timeline.cited[entry.id]),
        "grade": evidence.grade,
        "voices": list(evidence.voices),
        "tags": list(entry.tags),
        "claims": [_plain(claim) for claim in entry.claims],
        "casualties": [_plain(toll) for toll in entry.casualties],
        "published": str(entry.published) if entry.published else None,
        "body_html": _html(entry.body),
        **_beside(entry),
        **entry.extra,
    }


def _beside(entry: Entry) -> dict[str, Any]:
    """What few entries have, left out where there is none of it."""
    cited = [_plain(ref, "source", "locator", "supports", "accessed") for ref in entry.source]
    return _said(
        {
            "grade_reason": entry.grade_reason,
            "citations": cited
            if any(cite.keys() > {"source", "supports"} or cite["supports"] != "direct" for cite in cited)
            else [],
            "control": [_plain(change) for change in entry.control],
            "related": [_plain(relation) for relation in entry.related],
            "revisions": [_plain(revision) for revision in entry.revisions],
            "aliases": list(entry.aliases),
            "content_note": entry.content_note,
            "lang": entry.lang,
            "media": [_plain(media) for media in entry.media],
        }
    )


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _place(timeline: Timeline, ref: PlaceRef) -> dict[str, Any]:
    place = timeline.records.places[ref.id]
    return {
        "id": ref.id,
        "name": place.name,
        "country": place.country or None,
        "lat": place.lat,
        "lon": place.lon,
        "precision": ref.precision or place.precision,
        **_said({"note": ref.note}),
    }


def _plain(value: Any, *names: str) -> dict[str, Any]:
    """A record (or these fields of it) with its unset fields left out; dates as texts, cites as citekeys."""
    found: dict[str, Any] = {}
    for name in names or value.__dataclass_fields__:
        field = getattr(value, name)
        found[name] = (
            [cite.source for cite in field] if name == "cites" else str(field) if isinstance(field, Edtf) else field
        )
    return {name: field for name, field in found.items() if field not in (None, "")}


def _html(body: Body) -> str:
    """The body with addresses as seen from this file's folder, citations by citekey."""
    parts = []
    for part in body.parts:
        if isinstance(part, Notes):
            parts.append(f"<sup>[{'; '.join(_note(key, locator) for key, locator in part.cites)}]</sup>")
        elif isinstance(part, Link):
            parts.append(f"../{part.id if part.kind == 'file' else urls.page(part.kind, part.id)}")
        else:
            parts.append(part)
    return "".join(parts)


def _note(key: str, locator: str) -> str:
    link = f'<a href="../{urls.page("source", key)}">{key}</a>'
    return f"{link}, {html.escape(locator)}" if locator else link


OUTPUT = Output(artifacts)
