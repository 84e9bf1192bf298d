"""The index of places by country, and one page for each place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from site_builder import urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.changes import last_change
from site_builder.locators import place_locator
from site_builder.timeline import Timeline
from site_builder.views import Edition, IndexItem, Mention, index_item, years


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    if not timeline.records.places:
        return
    yield page(urls.PLACES, "places.html", groups=tuple(_groups(timeline)))
    for place in timeline.records.places.values():
        entries = timeline.by_place.get(place.id, ())
        yield page(
            urls.page("place", place.id),
            "place.html",
            updated=last_change(entries),
            place=place,
            locator=place_locator(edition, place, entries),
            years=years(edition, entries),
            count=len(entries),
        )


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
