"""One page for each entry: the evidence card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder import citations, urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.changes import history, last_change
from site_builder.dates import Edtf
from site_builder.linked_data import Teller
from site_builder.locators import entry_locator
from site_builder.model import Casualties, Cite, Claim, Control, Entry
from site_builder.timeline import Timeline
from site_builder.views import Card, Edition, Mention, Reference, full_name, name_at, phase_mark, reference

Notes = tuple[tuple[str, str], ...]  # (citekey, locator)


@dataclass(frozen=True, slots=True)
class Neighbour:
    title: str
    path: str
    date: Edtf


@dataclass(frozen=True, slots=True)
class ClaimView:
    by: Mention
    claim: Claim
    notes: Notes


@dataclass(frozen=True, slots=True)
class TollView:
    by: Mention | None
    toll: Casualties
    notes: Notes


@dataclass(frozen=True, slots=True)
class ControlView:
    place: Mention
    holder: Mention
    change: str
    notes: Notes


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
        claims=tuple(ClaimView(_by(timeline, entry, c.by), c, _notes(c.cites)) for c in entry.claims),
        casualties=tuple(
            TollView(_by(timeline, entry, toll.by) if toll.by else None, toll, _notes(toll.cites))
            for toll in entry.casualties
        ),
        control=tuple(_control(timeline, entry, change) for change in entry.control),
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


def _notes(cites: Iterable[Cite]) -> Notes:
    return tuple((cite.source, cite.locator) for cite in cites)


def _by(timeline: Timeline, entry: Entry, who: str) -> Mention:
    """A claimant: an actor under the name of the time, or plain words."""
    actor = timeline.records.actors.get(who)
    return Mention(name_at(actor, entry.date), urls.page("actor", who)) if actor else Mention(who, "")


def _control(timeline: Timeline, entry: Entry, change: Control) -> ControlView:
    place = timeline.records.places[change.place]
    mention = Mention(full_name(place), urls.page("place", place.id))
    return ControlView(mention, _by(timeline, entry, change.holder), change.change, _notes(change.cites))


def _related(edition: Edition, entry: Entry) -> tuple[Mention, ...]:
    return tuple(
        # A withdrawn entry has no card: its address says all that may be said.
        edition.once(Mention, edition.cards[id].title if id in edition.cards else id, urls.page("entry", id), kind)
        for id, kind in ((relation.id, relation.relation) for relation in entry.related)
    )


OUTPUT = Output(artifacts)
