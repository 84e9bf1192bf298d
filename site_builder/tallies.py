"""What some entries have in common: whom and what they name most often, under which names, and how they lie in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from site_builder import mentions
from site_builder.cards import Mention, name_at
from site_builder.dates import Edtf
from site_builder.model import Actor, Entry
from site_builder.timeline import Timeline
from site_builder.views import Bar, density

_MOST = 6
_ENOUGH = 8  # entries from which on a strip of years says more than their list


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries name it."""

    mention: Mention
    count: int


@dataclass(frozen=True, slots=True)
class NameUse:
    """A name that entries use, with how many do and the dates of the first and the last of them."""

    name: str
    count: int
    first: Edtf
    last: Edtf


def actors(timeline: Timeline, entries: Iterable[Entry], but: str = "") -> tuple[Tally, ...]:
    """The actors that the most entries name, under today's names; `but`: whose page it is."""
    found = _most((ref.id for ref in entry.actor if ref.id != but) for entry in entries)
    return tuple(Tally(mentions.actor(timeline, id), count) for id, count in found)


def places(timeline: Timeline, entries: Iterable[Entry], but: str = "") -> tuple[Tally, ...]:
    found = _most((ref.id for ref in entry.location if ref.id != but) for entry in entries)
    return tuple(Tally(mentions.place(timeline, id, short=True), count) for id, count in found)


def roles(entries: Iterable[Entry], actor: str) -> tuple[tuple[str, int], ...]:
    """In what part entries name an actor, and how many do."""
    found = _most((ref.role for ref in entry.actor if ref.id == actor and ref.role != "other") for entry in entries)
    return tuple(found)


def _most(named: Iterable[Iterable[str]]) -> list[tuple[str, int]]:
    """What is named by more than one, the most frequent first, each counted once an entry; where none is, nothing."""
    counts = Counter(id for of_entry in named for id in dict.fromkeys(of_entry))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ordered[:_MOST]


def names_used(actor: Actor, entries: Iterable[Entry]) -> tuple[NameUse, ...]:
    """The names of an actor in the order of their first use; none where entries only use the one it is listed by."""
    dates: dict[str, list[Edtf]] = {}
    for entry in entries:
        names = (ref.name_used or name_at(actor, entry.date) for ref in entry.actor if ref.id == actor.id)
        for name in dict.fromkeys(names):
            dates.setdefault(name, []).append(entry.date)
    if not dates.keys() - {actor.name}:
        return ()
    return tuple(NameUse(name, len(of_name), of_name[0], of_name[-1]) for name, of_name in dates.items())


def tempo(timeline: Timeline, entries: Sequence[Entry], path: str) -> tuple[Bar, ...]:
    """The strip of years of a page that lists these entries, where there are enough of them to need one."""
    if len(entries) < _ENOUGH or len({entry.date.year for entry in entries}) < 3:
        return ()
    return density(timeline, entries, path)
