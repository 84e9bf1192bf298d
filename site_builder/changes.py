"""What is new: the authors' own dates are the only clock that pages, feeds and the sitemap know."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder import urls
from site_builder.dates import Edtf
from site_builder.model import Entry, Revision
from site_builder.timeline import Timeline
from site_builder.wording import Words


@dataclass(frozen=True, slots=True)
class Change:
    """Something new about an entry. `kind`: "new", or that of a revision. `path` leads to where it is told."""

    date: Edtf
    kind: str
    summary: str
    title: str
    path: str
    event_date: Edtf


@dataclass(frozen=True, slots=True)
class LastChange(Change):
    """The last one of an entry, which was first published on a day that is known."""

    published: Edtf
    date_display: str
    date_basis: str


@dataclass(frozen=True, slots=True)
class Amendment(Change):
    """One revision of an entry. `id` tells it from all others of the site."""

    id: str
    retracted: bool


def changes(timeline: Timeline, most: int) -> list[LastChange]:
    """Of the published entries those that were changed last, each once; the last one first, and `most` at most."""
    dated = ((_last_day(entry, entry.published), entry) for entry in timeline.entries if entry.published)
    latest = heapq.nlargest(most, dated, lambda one: (one[0].sort_key, one[1].date.sort_key, _path(one[1])))
    return [_change(entry, entry.published) for _, entry in latest if entry.published]


def titled(words: Words, change: LastChange) -> str:
    """The title behind the date of its event: in the author's words, but for such as leave the year to a heading."""
    own, date = change.date_display, change.event_date
    return f"{own if str(abs(date.year)) in own else words.date(date)}: {change.title}"


def told(words: Words, change: LastChange) -> str:
    """The summary of a new entry, and of what the date is if not of the event.

    Of a later change it says of what kind it is, as a retraction is no news of the event.
    """
    if change.kind == "new":
        basis = "" if change.date_basis == "event" else words.t(f"entry.basis_{change.date_basis}")
        return " ".join(filter(None, (change.summary, basis)))
    return words.t("corrections.item", kind=words.t(f"corrections.one_{change.kind}"), title=change.summary)


def history(entry: Entry) -> tuple[Revision, ...]:
    """The revisions of an entry from the first to the last, those of one day as their author has them."""
    return tuple(sorted(entry.revisions, key=lambda revision: revision.date.sort_key))


def amendments(timeline: Timeline) -> Iterator[Amendment]:
    """Every revision of every entry, the newest first."""
    found = (amendment for entry in timeline.entries for amendment in _amendments(entry))
    yield from sorted(found, key=lambda one: (one.date.sort_key, one.event_date.sort_key, one.path), reverse=True)


def _amendments(entry: Entry) -> Iterator[Amendment]:
    path = _path(entry)
    retracted, seen = entry.status == "retracted", Counter[str]()
    for number, revision in enumerate(history(entry), start=1):
        id = f"{path}/{revision.date}/{revision.kind}"
        seen[id] += 1
        id += f"/{seen[id]}" if seen[id] > 1 else ""
        said = (revision.date, revision.kind, revision.summary, entry.title, f"{path}#{anchor(number)}", entry.date)
        yield Amendment(*said, id, retracted)


def anchor(number: int) -> str:
    """The place of an entry's nth revision (from 1) on its page."""
    return f"revision-{number}_"


def _last_day(entry: Entry, published: Edtf) -> Edtf:
    return history(entry)[-1].date if entry.revisions else published


def _path(entry: Entry) -> str:
    return urls.page("entry", entry.id)


def _change(entry: Entry, published: Edtf) -> LastChange:
    day, kind, summary = published, "new", entry.summary or entry.body.lead
    if entry.revisions:
        last = history(entry)[-1]
        day, kind, summary = last.date, last.kind, last.summary
    event = (entry.title, _path(entry), entry.date, published, entry.date_display, entry.date_basis)
    return LastChange(day, kind, summary, *event)


def last_change(entries: Iterable[Entry]) -> str:
    """The day (YYYY-MM-DD) of the last change among the entries, or "" where none is known to the day."""
    days = [revision.date.text for entry in entries for revision in entry.revisions]
    days += [entry.published.text for entry in entries if entry.published]
    return max([day for day in days if len(day) == 10], default="")
