"""Who held which place when: a strip for each place whose entries record a change, and every change in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from site_builder import mentions, urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.cards import Mention
from site_builder.changes import last_change
from site_builder.dates import Edtf
from site_builder.edition import Edition
from site_builder.geometry import Part, TimeScale, lanes, part, scale
from site_builder.handovers import Handover, handover
from site_builder.holding import Change, Stretch, changes, drawn_changes, foremost, stretches
from site_builder.lettering import length
from site_builder.model import Entry
from site_builder.timeline import Timeline

TAIL = 4.0  # hundredths of the axis: how far a bar fades where no more is recorded
APART = 3.5  # the same: 24 px of the narrowest strip on which marks are links
_GAP = 12  # pixels between two names
_STRIP = {"wide": 704, "narrow": 288}  # in pixels, where a name has least room: on a screen of 992 and of 320
_TEXT = 12  # pixels, as in figures.css


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry on a strip. `lane`: 0 on the bar, more above it, so that no two targets touch."""

    at: float
    lane: int
    path: str
    title: str
    date: Edtf
    rough: bool
    changes: tuple[tuple[str, str], ...]  # (change, holder)


@dataclass(frozen=True, slots=True)
class Label:
    """A holder's name under its bar, on wide or on narrow screens; `ends` there rather than begins there."""

    at: float
    text: str
    size: str
    ends: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    id: str
    place: Mention
    country: str
    parts: tuple[Part, ...]
    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]
    lanes: int
    table: tuple[Handover, ...]


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    found = changes(timeline)
    if not found:
        return
    every = [change for of_place in found.values() for change in of_place]
    first = scale(change.entry.date for change in every)
    line = scale((change.entry.date for change in every), after=TAIL / 100 * (first.last - first.first))
    ours = foremost(every)
    yield page(
        urls.CONTROL,
        "control.html",
        shows=(),
        updated=last_change(_entries(every)),
        rows=tuple(_row(timeline, line, ours, place, of_place) for place, of_place in found.items()),
        ticks=line.ticks(),
        ours=mentions.actor(timeline, ours),
        names=_names(timeline, every, ours),
        first=every[0].entry.date,
        last=max((change.entry.date for change in every), key=lambda date: date.sort_key),
        count=len(every),
    )


def _entries(every: Sequence[Change]) -> tuple[Entry, ...]:
    return tuple({change.entry.id: change.entry for change in every}.values())


def _names(timeline: Timeline, every: Sequence[Change], ours: str) -> tuple[Mention, ...]:
    """The names under which the line that the drawing follows appears, oldest first."""
    dated = sorted((change for change in every if change.line == ours), key=lambda change: change.entry.date.sort_key)
    return tuple(mentions.actor(timeline, holder) for holder in dict.fromkeys(c.control.holder for c in dated))


def _row(timeline: Timeline, line: TimeScale, ours: str, place: str, of_place: tuple[Change, ...]) -> PlaceRow:
    bars = stretches(of_place, TAIL / 100 * (line.last - line.first))
    marks = tuple(_marks(timeline, line, of_place))
    record = timeline.records.places.get(place)
    return PlaceRow(
        place,
        mentions.place(timeline, place, short=True),
        record.country if record and record.country != record.name else "",
        tuple(_part(timeline, line, ours, bar) for bar in bars),
        tuple(_labels(timeline, line, ours, bars)),
        marks,
        max(mark.lane for mark in marks) + 1,
        tuple(handover(timeline, change, ours) for change in of_place),
    )


def _part(timeline: Timeline, line: TimeScale, ours: str, bar: Stretch) -> Part:
    look = "hatched" if bar.look == "contested" else "held"
    if bar.line != ours:
        look = "hatched-other" if bar.look == "contested" else "other"
    drawn = part(line, look, bar.start, bar.end, bar.fades)
    name = mentions.actor(timeline, bar.holder, bar.named).label
    return replace(drawn, label=name, start=bar.since, end=bar.until)


def _labels(timeline: Timeline, line: TimeScale, ours: str, bars: Sequence[Stretch]) -> Iterator[Label]:
    """The names of the others under their bars, as far as they do not run into each other."""
    pairs = zip([None, *bars], bars, strict=False)
    others = [bar for before, bar in pairs if bar.line != ours and (before is None or before.line != bar.line)]
    for size, wide in _STRIP.items():
        free, gap = 0.0, 100 * _GAP / wide
        for n, bar in enumerate(others):
            text = mentions.actor(timeline, bar.holder, bar.named).label
            start, end, width = max(line.at(bar.start), 0.0), line.at(bar.end), 100 * length(text, _TEXT) / wide
            until = line.at(others[n + 1].start) - gap if n + 1 < len(others) else 100.0
            if start >= free and start + width <= until:
                yield Label(start, text, size, ends=False)
                free = start + width + gap
            elif end - width >= free:
                yield Label(end, text, size, ends=True)
                free = end + gap


def _marks(timeline: Timeline, line: TimeScale, of_place: Sequence[Change]) -> Iterator[Mark]:
    placed = sorted(drawn_changes(of_place), key=lambda pair: pair[0])
    spots = [line.at(when) for when, _ in placed]
    for at, lane, (_, moment) in zip(spots, lanes(spots, APART), placed, strict=True):
        entry = moment[0].entry
        told = tuple((c.control.change, mentions.actor(timeline, c.control.holder, entry.date).label) for c in moment)
        rough = entry.date.approximate or entry.date.uncertain
        yield Mark(at, lane, urls.page("entry", entry.id), entry.title, entry.date, rough, told)


OUTPUT = Output(artifacts)
