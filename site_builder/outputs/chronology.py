"""The timeline page, and one page for each year."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder import parts, tallies, urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.cards import Mention, phase_mark
from site_builder.changes import last_change
from site_builder.edition import Edition, cards
from site_builder.facets import facets
from site_builder.linked_data import Teller
from site_builder.views import density, levels


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    grouped = parts.shown(edition)
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
        beside = (before and (before.year, before.path), after and (after.year, after.path))
        own = edition.among(timeline.by_year[year.year])
        yield edition.once(_year, own, *beside)
        yield from edition.once(_months, own)


Beside = tuple[int, str] | None  # another year and its page


def _year(edition: Edition, previous: Beside, next_: Beside) -> Artifact:
    """`edition`: that of the year's entries alone."""
    timeline = edition.timeline
    path = urls.page("year", str(timeline.entries[0].date.year))
    year = parts.shown_year(edition, timeline.entries, path)
    return page(
        path,
        "year.html",
        updated=last_change(timeline.entries),
        year=year,
        with_actors=tallies.actors(timeline, timeline.entries),
        at_places=tallies.places(timeline, timeline.entries),
        linked=Teller(timeline, year.path).collection(edition.words.year(year.year), "", timeline.entries),
        previous=previous,
        next=next_,
    )


def _months(edition: Edition) -> tuple[Artifact, ...]:
    entries = edition.timeline.entries
    year = entries[0].date.year
    return tuple(parts.of_months(edition, Mention(edition.words.year(year), urls.page("year", str(year))), entries))


OUTPUT = Output(artifacts, nav=("nav.timeline", urls.TIMELINE))
