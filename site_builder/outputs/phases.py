"""One page for each phase: its introduction, then its entries."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder import tallies, urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.changes import last_change
from site_builder.linked_data import Teller
from site_builder.views import Edition, cards, numbered, phase_mark, years


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    phases = tuple(timeline.records.phases.values())
    for n, phase in enumerate(phases):
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
            key=cards(edition, (entry for entry in entries if entry.significance == 1)),
            with_actors=tallies.actors(timeline, entries),
            at_places=tallies.places(timeline, entries),
            strip=tallies.tempo(timeline, entries, urls.page("phase", phase.id)),
            previous=phase_mark(timeline, phases[n - 1].id) if n else None,
            next=phase_mark(timeline, phases[n + 1].id) if n + 1 < len(phases) else None,
            years=years(edition, entries),
            count=len(entries),
            linked=Teller(timeline, urls.page("phase", phase.id)).collection(phase.label, phase.summary, entries),
        )


OUTPUT = Output(artifacts)
