"""`data/timelinejs.json`: the timeline for TimelineJS (Knight Lab), a slide for each entry, an era for each phase.

That library takes its texts for HTML, so they are escaped here; what it takes for the words of a date or for the name
of a group it unescapes before it takes it for HTML, so that is escaped twice (seen in 3.9.11).
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

from site_builder import urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.dates import Day, Edtf, Limit, Point, Precision
from site_builder.dates.calendar import moved
from site_builder.edition import Edition
from site_builder.exports import TIMELINE_JS
from site_builder.model import Entry, Phase

_DEPTH = {Precision.DAY: 3, Precision.MONTH: 2}
_YEARS = (-271_819, 275_759)  # of EDTF, whose every day can be a date of JavaScript
_NO_DAY: Day = (1, 1, 1)


def artifacts(edition: Edition) -> Iterator[Artifact]:
    if TIMELINE_JS.fits(edition.timeline):
        yield Artifact(TIMELINE_JS.path, Text(lambda: _story(edition), shows=()), listed=False)


def _story(edition: Edition) -> str:
    """One slide a line."""
    site = edition.timeline.site
    head = {
        "title": {"text": {"headline": html.escape(site.title), "text": html.escape(site.description)}},
        "eras": list(_eras(edition)),
        "scale": _scale(edition),
    }
    told = (entry for entry in edition.timeline.entries if entry.status != "retracted")
    slides = (edition.once(_slide_text, edition.of(entry)) for entry in told)
    start = json.dumps(head, ensure_ascii=False).removesuffix("}")
    return start + ', "events": [\n' + ",\n".join(slides) + "\n]}\n"


def _slide_text(edition: Edition) -> str:
    return json.dumps(_slide(edition, edition.entry), ensure_ascii=False)


def _slide(edition: Edition, entry: Entry) -> dict[str, Any]:
    timeline = edition.timeline
    phase = timeline.records.phases.get(entry.phase)
    found = {
        "unique_id": entry.id,
        "start_date": _start(entry.date),
        "end_date": _end(entry.date),
        "display_date": _twice(entry.date_display or edition.words.date(entry.date)),
        "group": _twice(phase.label) if phase else "",
        "text": {"headline": html.escape(entry.title), "text": _told(edition, entry)},
    }
    return {name: value for name, value in found.items() if value}


def _twice(text: str) -> str:
    return html.escape(html.escape(text, quote=False), quote=False)


def _told(edition: Edition, entry: Entry) -> str:
    """The summary, of what the date is if not of the event, and the way to the sources if the site has an address."""
    told = f"<p>{html.escape(entry.summary or entry.body.lead)}</p>"
    if entry.date_basis != "event":
        told += f"<p>{html.escape(edition.words.t(f'entry.basis_{entry.date_basis}'))}</p>"
    base = edition.timeline.site.base_url
    if not base:
        return told
    address = html.escape(urls.absolute(base, urls.page("entry", entry.id)))
    return f'{told}<p><a href="{address}">{html.escape(edition.words.t("source.heading"))}</a></p>'


def _eras(edition: Edition) -> Iterator[dict[str, Any]]:
    """An era must end, and one that lasts ends with the last entry.

    It is told from its first day to the day after its last: an end in which each part of the start stands again is
    dropped by that library, and then the whole story refused.
    """
    for phase in edition.timeline.records.phases.values():
        first, last = _era(edition, phase)
        text = {"headline": html.escape(phase.label)}
        yield {"start_date": _dated(first), "end_date": _dated(moved(last, 1)), "text": text}


def _era(edition: Edition, phase: Phase) -> tuple[Day, Day]:
    """The first and the last day of a phase."""
    first = phase.from_.earliest or phase.from_.latest or _NO_DAY
    if phase.to:
        return first, phase.to.latest or phase.to.earliest or first
    days = (entry.date.latest or entry.date.earliest for entry in edition.timeline.entries)
    return first, max((day for day in days if day and day > first), default=first)


def _scale(edition: Edition) -> str:
    """Whether all years can be days of JavaScript; else that library counts in years alone."""
    records = edition.timeline.records
    eras = [day for phase in records.phases.values() for day in _era(edition, phase)]
    days = [day for entry in edition.timeline.entries for day in (entry.date.earliest, entry.date.latest) if day]
    return "human" if all(_YEARS[0] <= day[0] <= _YEARS[1] for day in (*eras, *days)) else "cosmological"


def _start(date: Edtf) -> dict[str, int]:
    """Where the slide stands: the start as precise as it is known, or the end where there is no start."""
    return _point(date.spans[0].points[0])


def _end(date: Edtf) -> dict[str, int]:
    """Of what lasted, and of a choice of dates, the last one, where that is another than the first."""
    if isinstance(date.end, Limit) or date.end == date.spans[0].points[0]:
        return {}
    return _point(date.end)


def _point(point: Point) -> dict[str, int]:
    return _dated((point.year, point.month or 0, point.day or 0)[: _DEPTH.get(point.precision, 1)])


def _dated(date: tuple[int, ...]) -> dict[str, int]:
    """The parts of a date. That library words -44 as 44 BCE, and has no year 0, which is 1 BC in EDTF."""
    year = date[0] if date[0] > 0 else date[0] - 1
    return dict(zip(("year", "month", "day"), (year, *date[1:]), strict=False))


OUTPUT = Output(artifacts)
