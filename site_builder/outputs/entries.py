"""One page for each entry: the evidence card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from site_builder import accounts, citations, sharing, urls
from site_builder.artifacts import Artifact, Output, Page, later, page
from site_builder.cards import Mention, actors, phase_mark
from site_builder.changes import history, last_change
from site_builder.edition import Edition
from site_builder.holding import successions
from site_builder.linked_data import Teller
from site_builder.locators import entry_locator
from site_builder.model import Entry
from site_builder.neighbours import Places, Thread, all_places, threads
from site_builder.timeline import Timeline
from site_builder.tolls import toll_groups
from site_builder.views import Reference, reference

TEMPLATE = "entry.html"


@dataclass(frozen=True, slots=True)
class ActorView:
    """An actor under the name of the time, with what the record is called and what the group was called in the end."""

    mention: Mention
    listed_as: str  # "" where it is the same
    later: Mention | None


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    lines = successions(timeline.records.actors)
    for entry, places in zip(timeline.entries, all_places(edition), strict=True):
        make = partial(_made, id=entry.id, places=places, lines=lines)
        yield later(edition, urls.page("entry", entry.id), make, shows=(entry.id,), updated=last_change([entry]))
        for alias in entry.aliases:
            target = Mention(entry.title, urls.page("entry", entry.id))
            yield page(urls.page("entry", alias), "moved.html", shows=(), listed=False, target=target)
    for id in timeline.withdrawn:
        yield page(urls.page("entry", id), "withdrawn.html", shows=(), listed=False, id=id)


Renamed = tuple[Mention | None, ...]  # of each actor: what it was called in the end, where that is another record


def _made(edition: Edition, id: str, places: Places, lines: Mapping[str, str]) -> Page:
    entry = edition.timeline.by_id[id]
    renamed = tuple(_renamed(edition, ref.id, lines) for ref in entry.actor)
    alone, related = edition.of(entry), _related(edition, entry)
    stories = threads(edition, entry, places) if edition.shows(TEMPLATE, "threads") else ()
    make = partial(_page, alone, related, renamed, stories)
    made: Page = edition.memo.revise("entry page", entry.id, (alone, stories, *related, *renamed), make)
    return made


def _renamed(edition: Edition, id: str, lines: Mapping[str, str]) -> Mention | None:
    last = edition.timeline.records.actors.get(lines.get(id, id))
    return edition.once(Mention, last.name, urls.page("actor", last.id)) if last and last.id != id else None


def _page(
    edition: Edition, related: tuple[Mention, ...], renamed: Renamed, threads: tuple[Thread, ...], last: Page | None
) -> Page:
    """`edition`: that of the entry alone; of the last page, nothing is right any more."""
    del last
    timeline, entry = edition.timeline, edition.entry
    references = _references(timeline, entry)
    return Page.of(
        TEMPLATE,
        card=edition.cards[entry.id],
        entry=entry,
        evidence=timeline.evidence[entry.id],
        references=references,
        numbers={source.id: source.number for source in references},
        related=related,
        threads=threads,
        **edition.asked(
            TEMPLATE,
            changed=lambda: last_change([entry]),
            phase=lambda: phase_mark(timeline, entry.phase),
            locator=lambda: entry_locator(edition, entry),
            linked=lambda: Teller(timeline, urls.page("entry", entry.id)).article(entry),
            citation=lambda: citations.formatted(citations.of_entry(timeline, entry, edition.words), edition.words),
            claims=lambda: accounts.claims(timeline, entry),
            actors=lambda: tuple(_actors(timeline, entry, renamed)),
            tolls=lambda: toll_groups(timeline, entry),
            control=lambda: accounts.changes_of_hands(timeline, entry),
            revisions=lambda: history(entry),
            tags=lambda: tuple(Mention(timeline.site.tags.get(tag, tag), urls.page("tag", tag)) for tag in entry.tags),
            desk=lambda: sharing.desk(timeline.site, edition.words, entry),
            frame=lambda: sharing.frame(timeline.site, entry),
        ),
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


def _actors(timeline: Timeline, entry: Entry, renamed: Renamed) -> Iterator[ActorView]:
    for mention, ref, last in zip(actors(timeline, entry), entry.actor, renamed, strict=True):
        name = timeline.records.actors[ref.id].name
        yield ActorView(mention, name if name != mention.label else "", last)


def _related(edition: Edition, entry: Entry) -> tuple[Mention, ...]:
    return tuple(
        # A withdrawn entry has no card: its address says all that may be said.
        edition.once(Mention, edition.cards[id].title if id in edition.cards else id, urls.page("entry", id), kind)
        for id, kind in ((relation.id, relation.relation) for relation in entry.related)
    )


OUTPUT = Output(artifacts)
