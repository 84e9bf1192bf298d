"""One page for each entry: the evidence card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder import accounts, citations, urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.changes import history, last_change
from site_builder.dates import Edtf
from site_builder.linked_data import Teller
from site_builder.locators import entry_locator
from site_builder.model import Entry
from site_builder.timeline import Timeline
from site_builder.views import Card, Edition, Mention, Reference, phase_mark, reference


@dataclass(frozen=True, slots=True)
class Neighbour:
    title: str
    path: str
    date: Edtf


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    in_phase = {id: _neighbours(edition, entries) for id, entries in timeline.by_phase.items()}
    in_time = _neighbours(edition, timeline.entries)
    for entry in timeline.entries:
        of_phase = in_phase.get(entry.phase, {}).get(entry.id, (None, None))
        yield edition.once(_page, edition.of(entry), _related(edition, entry), in_time[entry.id], of_phase)
        for alias in entry.aliases:
            target = Mention(entry.title, urls.page("entry", entry.id))
            yield page(urls.page("entry", alias), "moved.html", listed=False, target=target)
    for id in timeline.withdrawn:
        yield page(urls.page("entry", id), "withdrawn.html", listed=False, id=id)


Pair = tuple[Neighbour | None, Neighbour | None]


def _neighbours(edition: Edition, entries: Sequence[Entry]) -> Mapping[str, Pair]:
    marks = [edition.once(_neighbour, edition.cards[entry.id]) for entry in entries]
    pairs = zip([None, *marks][:-1], [*marks, None][1:], strict=True)
    return dict(zip((entry.id for entry in entries), pairs, strict=True))


def _neighbour(card: Card) -> Neighbour:
    return Neighbour(card.title, card.path, card.date)


def _page(edition: Edition, related: tuple[Mention, ...], in_time: Pair, in_phase: Pair) -> Artifact:
    """`edition`: that of the entry alone."""
    timeline, entry = edition.timeline, edition.entry
    references = _references(timeline, entry)
    return page(
        urls.page("entry", entry.id),
        "entry.html",
        updated=last_change([entry]),
        card=edition.cards[entry.id],
        entry=entry,
        phase=phase_mark(timeline, entry.phase),
        locator=entry_locator(edition, entry),
        evidence=timeline.evidence[entry.id],
        references=references,
        linked=Teller(timeline, urls.page("entry", entry.id)).article(entry),
        citation=citations.formatted(citations.of_entry(timeline, entry), edition.words),
        numbers={source.id: source.number for source in references},
        claims=accounts.claims(timeline, entry),
        casualties=accounts.tolls(timeline, entry),
        control=accounts.changes_of_hands(timeline, entry),
        related=related,
        revisions=history(entry),
        tags=tuple(Mention(timeline.site.tags.get(tag, tag), urls.page("tag", tag)) for tag in entry.tags),
        previous=in_time[0],
        next=in_time[1],
        previous_in_phase=in_phase[0],
        next_in_phase=in_phase[1],
    )


def _references(timeline: Timeline, entry: Entry) -> tuple[Reference, ...]:
    """The sources of an entry, numbered in the order in which a reader meets them."""
    listed = {ref.source: ref for ref in entry.source}
    found = []
    for number, key in enumerate(timeline.cited[entry.id], start=1):
        ref = listed.get(key)
        locators = (ref.locator,) if ref and ref.locator else ()
        supports = ref.supports if ref else "direct"
        found.append(reference(timeline, timeline.records.sources[key], number, locators, supports))
    return tuple(found)


def _related(edition: Edition, entry: Entry) -> tuple[Mention, ...]:
    return tuple(
        # A withdrawn entry has no card: its address says all that may be said.
        edition.once(Mention, edition.cards[id].title if id in edition.cards else id, urls.page("entry", id), kind)
        for id, kind in ((relation.id, relation.relation) for relation in entry.related)
    )


OUTPUT = Output(artifacts)
