"""The bibliography by outlet, and one page for each source: what it is, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from site_builder import urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.changes import last_change
from site_builder.evidence import voice
from site_builder.model import Source
from site_builder.timeline import Timeline
from site_builder.views import Edition, Reference, cards, reference, years


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    if not timeline.records.sources:
        return
    yield page(urls.SOURCES, "sources.html", groups=tuple(_groups(timeline)))
    for source in timeline.records.sources.values():
        entries = timeline.by_source.get(source.id, ())
        sole = (entry for entry in entries if timeline.evidence[entry.id].voices == (voice(source),))
        yield page(
            urls.page("source", source.id),
            "source.html",
            updated=last_change(entries),
            reference=reference(timeline, source),
            years=years(edition, entries),
            count=len(entries),
            sole=cards(edition, sole),
        )


def _groups(timeline: Timeline) -> Iterator[tuple[str, tuple[tuple[Reference, int], ...]]]:
    def outlet(source: Source) -> str:
        return source.container_title or source.publisher

    ordered = sorted(
        timeline.records.sources.values(),
        key=lambda source: (outlet(source).casefold(), outlet(source), source.id),
    )
    for name, sources in groupby(ordered, key=outlet):
        yield (
            name,
            tuple((reference(timeline, source), len(timeline.by_source.get(source.id, ()))) for source in sources),
        )


OUTPUT = Output(artifacts, nav=("nav.sources", urls.SOURCES))
