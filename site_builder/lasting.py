"""Things that last, as bars: from a pledge or a recognition to an end, or to an end that nobody recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.dates import Edtf
from site_builder.geometry import Part, TimeScale, part, reach, scale
from site_builder.model import Span
from site_builder.timeline import Timeline

TAIL = 4.0  # how far a bar goes on, fading, after a change that ends what was known (hundredths of the axis)
OPEN = 12.0  # the same up to the end of the axis, where no end is recorded
_SEAM = 0.2  # the same: what is whole and what fades overlap by a hair, so that no seam shows between them
_SHORT = 1.5 / 365  # years: what is known to the day is drawn as a point


@dataclass(frozen=True, slots=True)
class Sign:
    """A date on a bar. `rough`: known to the month or worse, or marked as approximate or uncertain."""

    kind: str  # pledged · recognised · ended
    at: float
    rough: bool
    date: Edtf


@dataclass(frozen=True, slots=True)
class Bar:
    span: Span
    parts: tuple[Part, ...]
    signs: tuple[Sign, ...]


def ordered(spans: Iterable[Span]) -> list[Span]:
    """By pledge, else by recognition, else at the end."""

    def key(span: Span) -> tuple[bool, tuple[int, ...], str]:
        first = span.pledged or span.recognised or span.ended_or_changed
        return first is None, first.sort_key if first else (), span.actor

    return sorted(spans, key=key)


def axis(timeline: Timeline) -> TimeScale | None:
    """From the first date of a span to the year in which the timeline ends; None where no span has a date."""
    dates = [date for span in timeline.records.spans.values() for date in _dates(span)]
    if not dates:
        return None
    ends = [*dates, *(entry.date for entry in timeline.entries)]
    return TimeScale(scale(dates).first, max(scale(ends).last, scale(dates).last))


def bars(timeline: Timeline) -> tuple[Bar, ...]:
    line = axis(timeline)
    spans = ordered(timeline.records.spans.values())
    if line is None:
        return tuple(Bar(span, (), ()) for span in spans)
    return tuple(Bar(span, tuple(_parts(line, span)), tuple(_signs(line, span))) for span in spans)


def _dates(span: Span) -> list[Edtf]:
    return [date for date in (span.pledged, span.recognised, span.ended_or_changed) if date]


def _signs(line: TimeScale, span: Span) -> Iterator[Sign]:
    known = (("pledged", span.pledged), ("recognised", span.recognised), ("ended", span.ended_or_changed))
    for kind, date in known:
        if date:
            start, end = reach(date)
            rough = date.approximate or date.uncertain or end - start > _SHORT
            yield Sign(kind, line.at((start + end) / 2), rough, date)


def _parts(line: TimeScale, span: Span) -> Iterator[Part]:
    """Hatched where a date leaves room, a thin line while there is only a pledge, whole from the recognition on."""
    stages = _stages(span)
    end = span.ended_or_changed
    if not stages:
        return
    closing = reach(end) if end else None
    before = stages[0][1][0]
    for n, (look, (start, known)) in enumerate(stages):
        until = stages[n + 1][1][0] if n + 1 < len(stages) else closing[0] if closing else line.last
        if known - start > _SHORT:
            yield from _some(line, "hatched", max(start, before), known)
        before = max(known, before)
        if n + 1 == len(stages) and closing is None:
            yield from _unended(line, look, before)
        else:
            yield from _some(line, look, before, until)
            before = max(before, until)
    if closing:
        if closing[1] - closing[0] > _SHORT:
            yield from _some(line, "hatched", max(before, closing[0]), closing[1])
        tail = TAIL / 100 * (line.last - line.first)
        yield from _some(line, stages[-1][0], max(before, closing[1]), max(before, closing[1]) + tail, "out")


def _stages(span: Span) -> list[tuple[str, tuple[float, float]]]:
    pledged = reach(span.pledged) if span.pledged else None
    recognised = reach(span.recognised) if span.recognised else None
    stages = []
    if pledged and (recognised is None or pledged[0] <= recognised[0]):
        stages.append(("thin", pledged))
    if recognised:
        stages.append(("held", recognised))
    return stages


def _unended(line: TimeScale, look: str, start: float) -> Iterator[Part]:
    years = line.last - line.first
    fading = line.last - OPEN / 100 * years
    yield from _some(line, look, start, fading + _SEAM / 100 * years)
    yield from _some(line, look, max(start, fading), line.last, "out")


def _some(line: TimeScale, look: str, start: float, end: float, fades: str = "") -> Iterator[Part]:
    if end > start:
        yield part(line, look, start, end, fades)
