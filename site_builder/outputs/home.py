"""The home page: what this is, the phases, the years at a glance, the key events, what is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder import urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.cards import PhaseMark, phase_mark
from site_builder.changes import changes
from site_builder.dates import Edtf
from site_builder.edition import Edition, cards
from site_builder.linked_data import Teller
from site_builder.timeline import Timeline
from site_builder.views import density

LATEST = 5
KEY_EVENTS = 40  # what is read in some ten minutes; a longer list leads on to the timeline


@dataclass(frozen=True, slots=True)
class PhaseSummary:
    mark: PhaseMark | None
    summary: str
    from_: Edtf
    to: Edtf | None  # None: it lasts
    count: int


@dataclass(frozen=True, slots=True)
class Totals:
    entries: int
    sources: int
    actors: int
    places: int
    voices: int


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    latest = tuple(changes(timeline, LATEST))
    key = [entry for entry in timeline.entries if entry.significance == 1]
    yield page(
        urls.HOME,
        "home.html",
        shows=(),
        updated=str(latest[0].date) if latest else "",
        phases=tuple(_summaries(timeline)),
        key_cards=cards(edition, key[:KEY_EVENTS]),
        key_count=len(key),
        density=density(timeline),
        latest=latest,
        totals=_totals(timeline),
        linked=Teller(timeline, urls.HOME).website(),
    )


def _summaries(timeline: Timeline) -> Iterator[PhaseSummary]:
    for phase in timeline.records.phases.values():
        count = len(timeline.by_phase.get(phase.id, ()))
        yield PhaseSummary(phase_mark(timeline, phase.id), phase.summary, phase.from_, phase.to, count)


def _totals(timeline: Timeline) -> Totals:
    voices = {voice for evidence in timeline.evidence.values() for voice in evidence.voices}
    return Totals(
        len(timeline.entries),
        len(timeline.by_source),
        len(timeline.by_actor),
        len(timeline.by_place),
        len(voices),
    )


OUTPUT = Output(artifacts, nav=("nav.home", urls.HOME))
