"""The timeline page, and one page for each year."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder import tallies, urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.changes import last_change
from site_builder.facets import facets
from site_builder.linked_data import Teller
from site_builder.views import Edition, cards, density, levels, phase_mark, years


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    grouped = years(edition, timeline.entries)
    yield page(
        urls.TIMELINE,
        "timeline.html",
        updated=last_change(timeline.entries),
        years=grouped,
        density=density(timeline),
        phases=tuple(phase_mark(timeline, id) for id in timeline.records.phases),
        total=len(timeline.entries),
        levels=levels(timeline.entries),
        facets=facets(timeline, cards(edition, timeline.entries)),
    )
    for n, year in enumerate(grouped):
        before, after = grouped[n - 1] if n else None, grouped[n + 1] if n + 1 < len(grouped) else None
        yield page(
            year.path,
            "year.html",
            updated=last_change(timeline.by_year[year.year]),
            year=year,
            with_actors=tallies.actors(timeline, timeline.by_year[year.year]),
            at_places=tallies.places(timeline, timeline.by_year[year.year]),
            linked=Teller(timeline, year.path).collection(
                edition.words.year(year.year), "", timeline.by_year[year.year]
            ),
            previous=before and (before.year, before.path),
            next=after and (after.year, after.path),
        )


OUTPUT = Output(artifacts, nav=("nav.timeline", urls.TIMELINE))
