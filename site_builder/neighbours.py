"""What comes before and after an entry: in time, and in the story of its phase, of its actors and of its places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from site_builder import urls
from site_builder.cards import Card, Mention, name_at
from site_builder.dates import Edtf
from site_builder.edition import Edition
from site_builder.memo import same
from site_builder.model import Entry

Kind = Literal["time", "phase", "actor", "place"]


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    path: str
    date: Edtf


@dataclass(frozen=True, slots=True)
class Thread:
    """A story that goes through an entry, with the steps next to it. `of`: whose story; None for the whole timeline."""

    kind: Kind
    of: Mention | None
    previous: Step | None
    next: Step | None


def all_threads(edition: Edition) -> Mapping[str, tuple[Thread, ...]]:
    """The stories that go through each entry, by its id."""
    timeline = edition.timeline
    told = tuple(
        (entry.phase, tuple([ref.id for ref in entry.actor]), tuple([ref.id for ref in entry.location]))
        for entry in timeline.entries
    )
    known = (tuple(edition.cards.values()), timeline.records)

    def find() -> tuple[Any, dict[str, tuple[Thread, ...]]]:
        threads = Threads(edition)
        return known, {entry.id: edition.memo.settled(threads.of(entry)) for entry in timeline.entries}

    return edition.memo.remember("threads", (same(known), told), find)[1]


class Threads:
    """All stories of a timeline, each walked once. What has not changed comes as the same objects again."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._at: dict[tuple[Kind, str], dict[str, int]] = {}
        self._steps: dict[str, Step] = {}

    def of(self, entry: Entry) -> tuple[Thread, ...]:
        """The whole timeline first; a story of one entry is none."""
        found = (self._thread(entry, kind, id, of) for kind, id, of in self._stories(entry))
        return tuple(thread for thread in found if thread.previous or thread.next)

    def _stories(self, entry: Entry) -> Iterator[tuple[Kind, str, Mention | None]]:
        timeline = self._edition.timeline
        yield "time", "", None
        if entry.phase:
            yield "phase", entry.phase, self._named(timeline.records.phases[entry.phase].label, "phase", entry.phase)
        for id in dict.fromkeys(ref.id for ref in entry.actor):
            yield "actor", id, self._named(name_at(timeline.records.actors[id], entry.date), "actor", id)
        for id in dict.fromkeys(ref.id for ref in entry.location):
            yield "place", id, self._named(timeline.records.places[id].name, "place", id)

    def _named(self, label: str, kind: Kind, id: str) -> Mention:
        return self._edition.once(Mention, label, urls.page(kind, id))

    def _thread(self, entry: Entry, kind: Kind, id: str, of: Mention | None) -> Thread:
        entries = self._entries(kind, id)
        if (kind, id) not in self._at:
            self._at[kind, id] = {each.id: n for n, each in enumerate(entries)}
        n = self._at[kind, id][entry.id]
        before = self._step(entries[n - 1]) if n else None
        after = self._step(entries[n + 1]) if n + 1 < len(entries) else None
        return self._edition.once(Thread, kind, of, before, after)

    def _entries(self, kind: Kind, id: str) -> Sequence[Entry]:
        timeline = self._edition.timeline
        groups = {"phase": timeline.by_phase, "actor": timeline.by_actor, "place": timeline.by_place}
        return groups[kind][id] if kind in groups else timeline.entries

    def _step(self, entry: Entry) -> Step:
        if entry.id not in self._steps:
            self._steps[entry.id] = self._edition.once(_step, self._edition.cards[entry.id])
        return self._steps[entry.id]


def _step(card: Card) -> Step:
    return Step(card.title, card.path, card.date)
