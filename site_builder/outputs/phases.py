"""One page for each phase: its introduction, then its entries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder import parts, tallies, urls
from site_builder.artifacts import Artifact, Output, Page, later
from site_builder.cards import phase_mark
from site_builder.changes import last_change
from site_builder.edition import Edition, cards
from site_builder.linked_data import Teller
from site_builder.model import Phase, Source
from site_builder.views import referred


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    phases = tuple(timeline.records.phases.values())
    for n, phase in enumerate(phases):
        beside = (phases[n - 1] if n else None, phases[n + 1] if n + 1 < len(phases) else None)
        cited = tuple([timeline.records.sources[key] for key in phase.body.keys])
        entries, path = timeline.by_phase.get(phase.id, ()), urls.page("phase", phase.id)
        make = partial(_made, phase=phase, cited=cited, beside=beside)
        yield later(edition, path, make, shows=(), updated=last_change(entries))
        yield from parts.of_list(edition, entries, phase.label, path)


def _made(edition: Edition, phase: Phase, cited: tuple[Source, ...], beside: tuple[Phase | None, Phase | None]) -> Page:
    return edition.once(_page, edition.among(edition.timeline.by_phase.get(phase.id, ())), phase, cited, beside)


def _page(edition: Edition, phase: Phase, cited: tuple[Source, ...], beside: tuple[Phase | None, Phase | None]) -> Page:
    """`edition`: that of the phase's entries alone; `cited`: what its own text cites."""
    timeline = edition.timeline
    entries, path = timeline.entries, urls.page("phase", phase.id)
    previous, next_ = (other and phase_mark(timeline, other.id) for other in beside)
    return Page.of(
        "phase.html",
        phase=phase,
        numbers={source.id: n for n, source in enumerate(cited, start=1)},
        previous=previous,
        next=next_,
        count=len(entries),
        **edition.asked(
            "phase.html",
            mark=lambda: phase_mark(timeline, phase.id),
            references=lambda: tuple(referred(timeline.site, source, n) for n, source in enumerate(cited, start=1)),
            key=lambda: cards(edition, (entry for entry in entries if entry.significance == 1)),
            with_actors=lambda: tallies.actors(timeline, entries),
            at_places=lambda: tallies.places(timeline, entries),
            strip=lambda: tallies.tempo(timeline, entries, path),
            years=lambda: parts.shown(edition, path),
            linked=lambda: Teller(timeline, path).collection(phase.label, phase.summary, entries),
        ),
    )


OUTPUT = Output(artifacts)
