"""The linked timeline: every record once, every reference resolved, every entry in its place in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Timeline:
    """`entries` are in the order of their dates; `withdrawn` are the ids of entries whose content is gone."""

    site: Site
    records: Records
    entries: tuple[Entry, ...]
    withdrawn: tuple[str, ...]
    cited: Mapping[str, tuple[str, ...]]  # entry id: citekeys in the order of first use
    evidence: Mapping[str, Evidence]  # by entry id
    by_id: Mapping[str, Entry]
    by_phase: Mapping[str, tuple[Entry, ...]]
    by_actor: Mapping[str, tuple[Entry, ...]]
    by_place: Mapping[str, tuple[Entry, ...]]
    by_source: Mapping[str, tuple[Entry, ...]]
    by_tag: Mapping[str, tuple[Entry, ...]]
    by_year: Mapping[int, tuple[Entry, ...]]
    media: tuple[str, ...] = ()  # logical paths
    voices: Mapping[str, str] = field(default_factory=dict)  # by citekey, see `evidence.voice`
    common: str = ""  # a digest of all that it was read from but for the texts of entries
    texts: Mapping[str, str] = field(default_factory=dict)  # entry id: the digest of its file


def bare(site: Site, records: Records) -> Timeline:
    """A timeline of the records alone, without entries."""
    return Timeline(site, records, (), (), {}, {}, **indexes((), {}))


def part(timeline: Timeline, entries: tuple[Entry, ...], phases: Iterable[Phase]) -> Timeline:
    """A timeline of some of the entries alone, with the records that they name. `phases`: those that it has.

    What is made of it can depend on nothing else, so it need not be made again while all of these stay as they are.
    """
    cited = {entry.id: timeline.cited[entry.id] for entry in entries}
    _, *named = records_of(timeline, entries)
    actors, places, sources = ({record.id: record for record in some} for some in named)
    return Timeline(
        site=timeline.site,
        records=Records({phase.id: phase for phase in phases}, actors, places, sources),
        entries=entries,
        withdrawn=(),
        cited=cited,
        evidence={entry.id: timeline.evidence[entry.id] for entry in entries},
        **indexes(entries, cited),
    )


def indexes(entries: tuple[Entry, ...], cited: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """The `by_…` fields of a timeline of these entries."""
    if len(entries) == 1:  # as there is such a timeline for each page of an entry
        return _indexes_of_one(entries, cited)
    return {
        "by_id": {entry.id: entry for entry in entries},
        "by_phase": index((entry.phase, entry) for entry in entries if entry.phase),
        "by_actor": index((ref.id, entry) for entry in entries for ref in entry.actor),
        "by_place": index((ref.id, entry) for entry in entries for ref in entry.location),
        "by_source": index((key, entry) for entry in entries for key in cited[entry.id]),
        "by_tag": index((tag, entry) for entry in entries for tag in entry.tags),
        "by_year": index((entry.date.year, entry) for entry in entries),
    }


def _indexes_of_one(entries: tuple[Entry, ...], cited: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    (entry,) = entries
    return {
        "by_id": {entry.id: entry},
        "by_phase": {entry.phase: entries} if entry.phase else {},
        "by_actor": dict.fromkeys([ref.id for ref in entry.actor], entries),
        "by_place": dict.fromkeys([ref.id for ref in entry.location], entries),
        "by_source": dict.fromkeys(cited[entry.id], entries),
        "by_tag": dict.fromkeys(entry.tags, entries),
        "by_year": {entry.date.year: entries},
    }


def records_of(timeline: Timeline, entries: Iterable[Entry]) -> tuple[tuple[Any, ...], ...]:
    """The phases, actors, places and sources that entries name, each once, in the order in which they name them."""
    records = timeline.records
    phases: dict[str, None] = {}
    actors: dict[str, None] = {}
    places: dict[str, None] = {}
    sources: dict[str, None] = {}
    for entry in entries:
        phases[entry.phase] = None
        actors.update(dict.fromkeys(_who(entry)))
        places.update(dict.fromkeys([ref.id for ref in entry.location]))
        places.update(dict.fromkeys([change.place for change in entry.control]))
        sources.update(dict.fromkeys(timeline.cited[entry.id]))
    named = ((records.phases, phases), (records.actors, actors), (records.places, places), (records.sources, sources))
    return tuple([tuple([known[id] for id in ids if id in known]) for known, ids in named])


def _who(entry: Entry) -> list[str]:
    """The ids of the actors that an entry names."""
    claimants = [*[claim.by for claim in entry.claims], *[toll.by for toll in entry.casualties]]
    return [*[ref.id for ref in entry.actor], *claimants, *[change.holder for change in entry.control]]


def index(pairs: Iterable[tuple[Key, Entry]]) -> dict[Key, tuple[Entry, ...]]:
    """Entries by key, each once a key, in the order given: all pairs of an entry, then all of the next."""
    groups: defaultdict[Key, list[Entry]] = defaultdict(list)
    for key, entry in pairs:
        group = groups[key]
        if not group or group[-1] is not entry:
            group.append(entry)
    return {key: tuple(entries) for key, entries in groups.items()}
