"""One page for each phase: its introduction, then its entries."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder import urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.changes import last_change
from site_builder.linked_data import Teller
from site_builder.views import Edition, numbered, phase_mark, years


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    for phase in timeline.records.phases.values():
        entries = timeline.by_phase.get(phase.id, ())
        references, numbers = numbered(timeline, phase.body)
        yield page(
            urls.page("phase", phase.id),
            "phase.html",
            updated=last_change(entries),
            mark=phase_mark(timeline, phase.id),
            phase=phase,
            references=references,
            numbers=numbers,
            years=years(edition, entries),
            count=len(entries),
            linked=Teller(timeline, urls.page("phase", phase.id)).collection(phase.label, phase.summary, entries),
        )


OUTPUT = Output(artifacts)
