"""Things that last, one strip each, with the whole table: branches from their pledge to their end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder import mentions, urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.cards import Mention
from site_builder.edition import Edition
from site_builder.geometry import Part
from site_builder.lasting import Bar, Sign, axis, bars
from site_builder.model import Span
from site_builder.timeline import Timeline


@dataclass(frozen=True, slots=True)
class SpanRow:
    span: Span
    actor: Mention
    countries: tuple[Mention, ...]
    region: Mention | None
    precursors: tuple[Mention, ...]
    parts: tuple[Part, ...]
    signs: tuple[Sign, ...]
    notes: tuple[tuple[str, str], ...]


def artifacts(edition: Edition) -> Iterable[Artifact]:
    return (edition.once(_page, edition.bare()),) if edition.timeline.records.spans else ()


def _page(edition: Edition) -> Artifact:
    """`edition`: that of the records alone."""
    timeline = edition.timeline
    drawn, line = bars(timeline), axis(timeline)
    references, numbers = mentions.sources(timeline, (cite for bar in drawn for cite in bar.span.cites))
    pledges = [bar.span.pledged for bar in drawn if bar.span.pledged]
    return page(
        urls.SPANS,
        "spans.html",
        shows=(),
        rows=tuple(_row(timeline, bar) for bar in drawn),
        ticks=line.ticks() if line else (),
        first=pledges[0] if pledges else None,
        last=pledges[-1] if pledges else None,
        pledged=len(pledges),
        recognised=sum(bar.span.recognised is not None for bar in drawn),
        ended=sum(bar.span.ended_or_changed is not None for bar in drawn),
        references=references,
        numbers=numbers,
    )


def _row(timeline: Timeline, bar: Bar) -> SpanRow:
    span = bar.span
    return SpanRow(
        span,
        mentions.actor(timeline, span.actor),
        tuple(mentions.country(timeline, code) for code in span.country_codes),
        mentions.place(timeline, span.region, short=True) if span.region else None,
        tuple(mentions.actor(timeline, id) for id in span.precursor_actors),
        bar.parts,
        bar.signs,
        mentions.notes(span.cites),
    )


OUTPUT = Output(artifacts)
