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
    by_phase: Mapping[str, tuple[Entry, ...]]
    by_actor: Mapping[str, tuple[Entry, ...]]
    by_place: Mapping[str, tuple[Entry, ...]]
    by_source: Mapping[str, tuple[Entry, ...]]
    by_tag: Mapping[str, tuple[Entry, ...]]
    by_year: Mapping[int, tuple[Entry, ...]]
    media: tuple[str, ...] = ()  # logical paths
    voices: Mapping[str, str] = field(default_factory=dict)  # by citekey, see `evidence.voice`


def excerpt(
    site: Site, entry: Entry, evidence: Evidence, cited: tuple[str, ...], records: tuple[tuple[Any, ...], ...]
) -> Timeline:
    """A timeline of this entry alone. `records`: the phases, actors, places and sources that it names.

    What is made of it can depend on nothing else, so it need not be made again while all of these stay as they are.
    """
    phases, actors, places, sources = ({record.id: record for record in some} for some in records)
    return Timeline(
        site=site,
        records=Records(phases, actors, places, sources),
        entries=(entry,),
        withdrawn=(),
        cited={entry.id: cited},
        evidence={entry.id: evidence},
        by_phase=dict.fromkeys(phases, (entry,)),
        by_actor={ref.id: (entry,) for ref in entry.actor},
        by_place={ref.id: (entry,) for ref in entry.location},
        by_source=dict.fromkeys(cited, (entry,)),
        by_tag=dict.fromkeys(entry.tags, (entry,)),
        by_year={entry.date.year: (entry,)},
    )


def bare(site: Site, records: Records) -> Timeline:
    """A timeline of the records alone, without entries."""
    return Timeline(site, records, (), (), {}, {}, **indexes((), {}))


def together(site: Site, phases: tuple[Phase, ...], excerpts: tuple[Timeline, ...]) -> Timeline:
    """A timeline of some entries alone, in the order given. `excerpts`: those of each; `phases`: all of the site."""
    entries = tuple(entry for one in excerpts for entry in one.entries)
    cited = {id: keys for one in excerpts for id, keys in one.cited.items()}
    return Timeline(
        site=site,
        records=Records(
            {phase.id: phase for phase in phases},
            _merged(one.records.actors for one in excerpts),
            _merged(one.records.places for one in excerpts),
            _merged(one.records.sources for one in excerpts),
        ),
        entries=entries,
        withdrawn=(),
        cited=cited,
        evidence=_merged(one.evidence for one in excerpts),
        **indexes(entries, cited),
    )


def _merged(some: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {id: value for each in some for id, value in each.items()}


def indexes(entries: Iterable[Entry], cited: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """The `by_…` fields of a timeline of these entries."""
    return {
        "by_phase": index((entry.phase, entry) for entry in entries if entry.phase),
        "by_actor": index((ref.id, entry) for entry in entries for ref in entry.actor),
        "by_place": index((ref.id, entry) for entry in entries for ref in entry.location),
        "by_source": index((key, entry) for entry in entries for key in cited[entry.id]),
        "by_tag": index((tag, entry) for entry in entries for tag in entry.tags),
        "by_year": index((entry.date.year, entry) for entry in entries),
    }


def records_of(timeline: Timeline, entry: Entry) -> tuple[tuple[Any, ...], ...]:
    """The phases, actors, places and sources that an entry names, each once."""
    records = timeline.records
    claimants = [*(claim.by for claim in entry.claims), *(toll.by for toll in entry.casualties)]
    actors = [*(ref.id for ref in entry.actor), *claimants, *(change.holder for change in entry.control)]
    places = [*(ref.id for ref in entry.location), *(change.place for change in entry.control)]
    return (
        _found(records.phases, [entry.phase]),
        _found(records.actors, actors),
        _found(records.places, places),
        _found(records.sources, timeline.cited[entry.id]),
    )


def _found(records: Mapping[str, Any], ids: Iterable[str]) -> tuple[Any, ...]:
    return tuple([records[id] for id in dict.fromkeys(ids) if id in records])


def index(pairs: Iterable[tuple[Key, Entry]]) -> dict[Key, tuple[Entry, ...]]:
    """Entries by key, each once a key, in the order given: all pairs of an entry, then all of the next."""
    groups: defaultdict[Key, list[Entry]] = defaultdict(list)
    for key, entry in pairs:
        group = groups[key]
        if not group or group[-1] is not entry:
            group.append(entry)
    return {key: tuple(entries) for key, entries in groups.items()}
