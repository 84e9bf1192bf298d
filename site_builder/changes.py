"""What is new: the authors' own dates are the only clock that pages, feeds and the sitemap know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder import urls
from site_builder.dates import Edtf
from site_builder.model import Entry
from site_builder.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Change:
    """An entry's last change. `kind`: "new", or that of its last revision."""

    date: Edtf
    kind: str
    summary: str
    title: str
    path: str
    event_date: Edtf
    published: Edtf


def changes(timeline: Timeline) -> Iterator[Change]:
    """Every published entry once, the last changed first."""
    dated = (_change(entry, entry.published) for entry in timeline.entries if entry.published)
    yield from sorted(
        dated,
        key=lambda change: (change.date.sort_key, change.event_date.sort_key, change.path),
        reverse=True,
    )


def _change(entry: Entry, published: Edtf) -> Change:
    path, summary = urls.page("entry", entry.id), entry.summary or entry.body.lead
    if not entry.revisions:
        return Change(published, "new", summary, entry.title, path, entry.date, published)
    last = max(entry.revisions, key=lambda revision: revision.date.sort_key)
    return Change(last.date, last.kind, last.summary, entry.title, path, entry.date, published)


def last_change(entries: Iterable[Entry]) -> str:
    """The day (YYYY-MM-DD) of the last change among the entries, or "" where none is known to the day."""
    days = [str(revision.date) for entry in entries for revision in entry.revisions]
    days += [str(entry.published) for entry in entries if entry.published]
    return max((day for day in days if len(day) == 10), default="")
