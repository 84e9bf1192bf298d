"""`search.html`: the form over the index that is made when the site is published, with what entries are narrowed by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from site_builder import parts, urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.cards import phase_mark
from site_builder.edition import Edition
from site_builder.facets import Choice, Facet, of_timeline

KINDS = ("entry", "actor", "place", "source", "page")  # of what is found, as the pages say of themselves


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    if not timeline.entries:
        return
    of_entries = [facet for facet in of_timeline(edition) if facet.id != "perspective"]
    yield page(
        urls.SEARCH,
        "search.html",
        shows=(),
        listed=False,
        kinds=KINDS,
        whole=len(timeline.entries) <= parts.LONGEST,
        facets=(*of_entries, *_years(edition)),
        phases=tuple(phase_mark(timeline, id) for id in timeline.records.phases),
    )


def _years(edition: Edition) -> Iterator[Facet]:
    counts = Counter(entry.date.year for entry in edition.timeline.entries)
    if len(counts) > 1:
        choices = (Choice(str(year), edition.words.year(year), counts[year]) for year in sorted(counts))
        yield Facet("year", tuple(choices))


OUTPUT = Output(artifacts, nav=("nav.search", urls.SEARCH))
