"""The timeline page, one page for each year, and what the filters of a long timeline work on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from site_builder import parts, sift_index, tallies, urls
from site_builder.artifacts import Artifact, Output, Page, Text, later, page
from site_builder.cards import Mention, phase_mark
from site_builder.changes import last_change
from site_builder.edition import Edition, cards
from site_builder.facets import of_timeline, traits
from site_builder.files import sha256
from site_builder.linked_data import Teller
from site_builder.views import Year, density, levels


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    grouped = parts.shown(edition)
    index = _index(edition) if len(timeline.entries) > parts.LONGEST else ""
    if index:
        yield Artifact(urls.SIFT_INDEX, Text(lambda: index, shows=()), listed=False)
    yield page(
        urls.TIMELINE,
        "timeline.html",
        shows=(),
        updated=last_change(timeline.entries),
        years=grouped,
        density=density(timeline),
        phases=tuple(phase_mark(timeline, id) for id in timeline.records.phases),
        total=len(timeline.entries),
        levels=levels(timeline.entries),
        facets=of_timeline(edition),
        index=index and sha256(index.encode())[:8],
    )
    for n, year in enumerate(grouped):
        beside = (_beside(grouped[n - 1 : n]), _beside(grouped[n + 1 : n + 2]))
        entries, path = timeline.by_year[year.year], urls.page("year", str(year.year))
        make = partial(_made, year=year.year, beside=beside)
        yield later(edition, path, make, shows=(), updated=last_change(entries))
        yield from parts.of_months(edition, Mention(edition.words.year(year.year), path), entries)


def _index(edition: Edition) -> str:
    """What the filters of a timeline work on whose entries do not stand on its page."""
    timeline = edition.timeline
    listed = cards(edition, timeline.entries)
    return edition.once(sift_index.text, edition.words, timeline.site.language, traits(edition), *listed)


Beside = tuple[int, str] | None  # another year and its page


def _beside(years: Sequence[Year]) -> Beside:
    return (years[0].year, years[0].path) if years else None


def _made(edition: Edition, year: int, beside: tuple[Beside, Beside]) -> Page:
    return edition.once(_year, edition.among(edition.timeline.by_year[year]), *beside)


def _year(edition: Edition, previous: Beside, next_: Beside) -> Page:
    """`edition`: that of the year's entries alone."""
    timeline = edition.timeline
    path = urls.page("year", str(timeline.entries[0].date.year))
    year = parts.shown_year(edition, timeline.entries, path)
    return Page.of(
        "year.html",
        year=year,
        previous=previous,
        next=next_,
        **edition.asked(
            "year.html",
            with_actors=lambda: tallies.actors(timeline, timeline.entries),
            at_places=lambda: tallies.places(timeline, timeline.entries),
            linked=lambda: Teller(timeline, year.path).collection(edition.words.year(year.year), "", timeline.entries),
        ),
    )


OUTPUT = Output(artifacts, nav=("nav.timeline", urls.TIMELINE))
