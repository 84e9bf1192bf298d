"""The index of places by country, and one page for each place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import groupby

from site_builder import mentions, parts, tallies, urls
from site_builder.artifacts import Artifact, Output, Page, later, page
from site_builder.cards import Mention
from site_builder.changes import last_change
from site_builder.edition import Edition
from site_builder.handovers import Handover, handover
from site_builder.holding import Change, changes
from site_builder.locators import place_locator
from site_builder.model import Control, Place
from site_builder.tallies import Tally
from site_builder.timeline import Timeline
from site_builder.vicinity import Vicinity
from site_builder.views import IndexItem, index_item

NEAR, MOST = 60, 8  # kilometres; places


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    places = timeline.records.places
    if not places:
        return
    yield page(urls.PLACES, "places.html", shows=(), groups=tuple(_groups(timeline)))
    held, lasted = changes(timeline), _lasted(timeline)
    near = edition.once(_near, edition.bare(), tuple([len(timeline.by_place.get(id, ())) for id in places]))
    for place in places.values():
        told = tuple(
            edition.once(_told, edition.of(change.entry), change.control, change.line)
            for change in held.get(place.id, ())
        )
        entries, path = timeline.by_place.get(place.id, ()), urls.page("place", place.id)
        beside = near[place.id], lasted.get(path, ())
        make = partial(_made, place=place, held=told, beside=edition.memo.settled(beside))
        yield later(edition, path, make, shows=(), updated=last_change(entries))
        yield from parts.of_list(edition, entries, place.name, path)


Beside = tuple[tuple[Tally, ...], tuple[Mention, ...]]  # places close by; actors that the spans have in a place


def _made(edition: Edition, place: Place, held: tuple[Handover, ...], beside: Beside) -> Page:
    return edition.once(_page, edition.among(edition.timeline.by_place.get(place.id, ())), place, held, beside)


def _page(edition: Edition, place: Place, held: tuple[Handover, ...], beside: Beside) -> Page:
    """`edition`: that of the place's entries alone."""
    timeline, (near, lasted) = edition.timeline, beside
    entries, path = timeline.entries, urls.page("place", place.id)
    return Page.of(
        "place.html",
        place=place,
        held=held,
        near=near,
        lasted=lasted,
        count=len(entries),
        **edition.asked(
            "place.html",
            locator=lambda: place_locator(edition, place, entries),
            with_actors=lambda: tallies.actors(timeline, entries),
            strip=lambda: tallies.tempo(timeline, entries, path),
            years=lambda: parts.shown(edition, path),
        ),
    )


def _lasted(timeline: Timeline) -> dict[str, tuple[Mention, ...]]:
    """By the page of a place, the actors of the spans that have it as their region or as one of their countries."""
    found: dict[str, list[Mention]] = {}
    for span in timeline.records.spans.values():
        where = [mentions.country(timeline, code) for code in span.country_codes]
        where += [mentions.place(timeline, span.region)] if span.region else []
        for path in dict.fromkeys(mention.path for mention in where if mention.path):
            found.setdefault(path, []).append(mentions.actor(timeline, span.actor))
    return {path: tuple(sorted(some, key=lambda mention: mention.label.casefold())) for path, some in found.items()}


def _told(edition: Edition, control: Control, line: str) -> Handover:
    """`edition`: that of the entry alone."""
    return handover(edition.timeline, Change(edition.entry, control, line))


def _near(edition: Edition, counts: tuple[int, ...]) -> dict[str, tuple[Tally, ...]]:
    """By place, what else happened close by. `edition`: that of the records; `counts`: the entries of each place."""
    places = edition.timeline.records.places
    count = dict(zip(places, counts, strict=True))
    vicinity = Vicinity(place for id, place in places.items() if count[id])
    return {place.id: tuple(_around(edition.timeline, vicinity, place, count)) for place in places.values()}


def _around(timeline: Timeline, vicinity: Vicinity, place: Place, count: Mapping[str, int]) -> Iterator[Tally]:
    """The nearest first; the note is the distance in kilometres."""
    for id, far in vicinity.around(place, NEAR, MOST):
        mention = replace(mentions.place(timeline, id, short=True), note=str(round(far)))
        yield Tally(mention, count[id])


def _groups(timeline: Timeline) -> Iterator[tuple[str, tuple[IndexItem, ...]]]:
    ordered = sorted(
        timeline.records.places.values(),
        key=lambda place: (not place.country, place.country.casefold(), place.name.casefold(), place.id),
    )
    for country, places in groupby(ordered, key=lambda place: place.country):
        yield (
            country,
            tuple(
                index_item(
                    Mention(place.name, urls.page("place", place.id), place.precision),
                    "",
                    timeline.by_place.get(place.id, ()),
                )
                for place in places
            ),
        )


OUTPUT = Output(artifacts, nav=("nav.places", urls.PLACES))
