"""What comes before and after an entry: in time, and in the story of its phase, of its actors and of its places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from site_builder import urls
from site_builder.cards import Mention, name_at
from site_builder.dates import Edtf
from site_builder.edition import Edition, cards
from site_builder.model import Entry
from site_builder.timeline import Timeline

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


Places = tuple[tuple[Kind, str, str, str], ...]  # of an entry: kind and id of a story, the entries before and after it


def all_places(edition: Edition) -> Sequence[Places]:
    """Where each entry stands in its stories, in the order of the entries."""
    timeline = edition.timeline
    if not edition.memo.again:
        return _places(timeline)
    # A card has all that says where its entry stands, and stays the same object while only the text changes.
    shown = cards(edition, timeline.entries)
    told: _Told = edition.memo.revise("places", "", shown, partial(_told_places, timeline))
    return told[1]


_Told = tuple[tuple[Any, ...], Sequence[Places]]  # what says where the entries stand, and where


def _told_places(timeline: Timeline, last: _Told | None) -> _Told:
    told = tuple(
        (entry.id, entry.phase, tuple([ref.id for ref in entry.actor]), tuple([ref.id for ref in entry.location]))
        for entry in timeline.entries
    )
    return last if last and last[0] == told else (told, _places(timeline))


def threads(edition: Edition, entry: Entry, places: Places) -> tuple[Thread, ...]:
    """The stories that go through an entry; the same object while nothing in them changes. `places`: its own."""
    beside = [edition.cards[id] for place in places for id in place[2:] if id]
    make = partial(_threads, edition, entry, places)
    return edition.memo.revise("threads", entry.id, (places, edition.timeline.records, entry, *beside), make)


def _places(timeline: Timeline) -> list[Places]:
    """A story of one entry is none."""
    ordered: dict[tuple[Kind, str], list[str]] = {}
    for entry in timeline.entries:
        for story in _stories(entry):
            ordered.setdefault(story, []).append(entry.id)
    at: dict[tuple[Kind, str], int] = dict.fromkeys(ordered, 0)
    found: list[Places] = []
    for entry in timeline.entries:
        places: list[tuple[Kind, str, str, str]] = []
        for story in _stories(entry):
            ids, n = ordered[story], at[story]
            at[story] = n + 1
            if len(ids) > 1:
                places.append((*story, ids[n - 1] if n else "", ids[n + 1] if n + 1 < len(ids) else ""))
        found.append(tuple(places))
    return found


def _stories(entry: Entry) -> Iterator[tuple[Kind, str]]:
    """The whole timeline first."""
    yield "time", ""
    if entry.phase:
        yield "phase", entry.phase
    for id in dict.fromkeys(ref.id for ref in entry.actor):
        yield "actor", id
    for id in dict.fromkeys(ref.id for ref in entry.location):
        yield "place", id


def _threads(edition: Edition, entry: Entry, places: Places, last: tuple[Thread, ...] | None) -> tuple[Thread, ...]:
    found = tuple(
        Thread(kind, _named(edition.timeline, entry, kind, id), _step(edition, before), _step(edition, after))
        for kind, id, before, after in places
    )
    return last if last == found else found


def _named(timeline: Timeline, entry: Entry, kind: Kind, id: str) -> Mention | None:
    if kind == "time":
        return None
    records = timeline.records
    if kind == "actor":
        label = name_at(records.actors[id], entry.date)
    else:
        label = records.phases[id].label if kind == "phase" else records.places[id].name
    return Mention(label, urls.page(kind, id))


def _step(edition: Edition, id: str) -> Step | None:
    if not id:
        return None
    card = edition.cards[id]
    return Step(card.title, card.path, card.date)
