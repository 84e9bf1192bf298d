"""The linked timeline: every record once, every reference resolved, every entry in its place in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from site_builder.evidence import Evidence
from site_builder.model import Actor, Entry, Page, Phase, Place, Series, Site, Source, Span, Term

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Records:
    """The registries, by id."""

    phases: Mapping[str, Phase] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    spans: Mapping[str, Span] = field(default_factory=dict)


@dataclass(frozen=True)
class Timeline:
    """`entries` are in the order of their dates; `withdrawn` are the ids of entries whose content is gone.

    There is a timeline of its own for each page of a record, and few pages ask for all the ways to list its entries.
    """

    site: Site
    records: Records
    entries: tuple[Entry, ...]
    withdrawn: tuple[str, ...]
    cited: Mapping[str, tuple[str, ...]]  # entry id: citekeys in the order of first use
    evidence: Mapping[str, Evidence]  # by entry id
    by_id: Mapping[str, Entry]
    media: tuple[str, ...] = ()  # logical paths
    voices: Mapping[str, str] = field(default_factory=dict)  # by citekey, see `evidence.voice`
    common: str = ""  # a digest of all that it was read from but for the texts of entries
    texts: Mapping[str, str] = field(default_factory=dict)  # entry id: the digest of its file

    @cached_property
    def by_phase(self) -> Mapping[str, tuple[Entry, ...]]:
        return index((entry.phase, entry) for entry in self.entries if entry.phase)

    @cached_property
    def by_actor(self) -> Mapping[str, tuple[Entry, ...]]:
        return index((ref.id, entry) for entry in self.entries for ref in entry.actor)

    @cached_property
    def by_place(self) -> Mapping[str, tuple[Entry, ...]]:
        return index((ref.id, entry) for entry in self.entries for ref in entry.location)

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Entry, ...]]:
        return index((key, entry) for entry in self.entries for key in self.cited[entry.id])

    @cached_property
    def by_tag(self) -> Mapping[str, tuple[Entry, ...]]:
        return index((tag, entry) for entry in self.entries for tag in entry.tags)

    @cached_property
    def by_year(self) -> Mapping[int, tuple[Entry, ...]]:
        return index((entry.date.year, entry) for entry in self.entries)


def bare(site: Site, records: Records) -> Timeline:
    """A timeline of the records alone, without entries."""
    return Timeline(site, records, (), (), {}, {}, {})


def part(timeline: Timeline, entries: tuple[Entry, ...], phases: Iterable[Phase]) -> Timeline:
    """A timeline of some of the entries alone, with the records that they name. `phases`: those that it has.

    What is made of it can depend on nothing else, so it need not be made again while all of these stay as they are.
    """
    _, *named = records_of(timeline, entries)
    actors, places, sources = ({record.id: record for record in some} for some in named)
    return Timeline(
        site=timeline.site,
        records=Records({phase.id: phase for phase in phases}, actors, places, sources),
        entries=entries,
        withdrawn=(),
        cited={entry.id: timeline.cited[entry.id] for entry in entries},
        evidence={entry.id: timeline.evidence[entry.id] for entry in entries},
        by_id={entry.id: entry for entry in entries},
    )


def records_of(timeline: Timeline, entries: tuple[Entry, ...]) -> tuple[tuple[Any, ...], ...]:
    """The phases, actors, places and sources that entries name, each once, in the order in which they name them."""
    records = timeline.records
    named: tuple[tuple[Mapping[str, Any], list[str]], ...] = (
        (records.phases, [entry.phase for entry in entries]),
        (records.actors, [id for entry in entries for id in _who(entry)]),
        (records.places, [id for entry in entries for id in _where(entry)]),
        (records.sources, [key for entry in entries for key in timeline.cited[entry.id]]),
    )
    return tuple([tuple([known[id] for id in dict.fromkeys(ids) if id in known]) for known, ids in named])


def _who(entry: Entry) -> list[str]:
    """The ids of the actors that an entry names."""
    claimants = [*[claim.by for claim in entry.claims], *[toll.by for toll in entry.casualties]]
    return [*[ref.id for ref in entry.actor], *claimants, *[change.holder for change in entry.control]]


def _where(entry: Entry) -> list[str]:
    """The ids of the places that an entry names."""
    return [*[ref.id for ref in entry.location], *[change.place for change in entry.control]]


def index(pairs: Iterable[tuple[Key, Entry]]) -> dict[Key, tuple[Entry, ...]]:
    """Entries by key, each once a key, in the order given: all pairs of an entry, then all of the next."""
    groups: defaultdict[Key, list[Entry]] = defaultdict(list)
    for key, entry in pairs:
        group = groups[key]
        if not group or group[-1] is not entry:
            group.append(entry)
    return {key: tuple(entries) for key, entries in groups.items()}
