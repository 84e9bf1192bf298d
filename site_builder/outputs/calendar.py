"""`calendar.ics` (RFC 5545, 7986): the entries whose days are known, as days of a calendar to subscribe to.

An own writer: icalendar 7.3, which reads the file back in the tests, would cost 0.13 s of every build for its import
alone, more than all other exports together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from site_builder import urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.changes import last_change
from site_builder.dates import Day
from site_builder.dates.calendar import moved, written
from site_builder.edition import Edition
from site_builder.exports import CALENDAR, calendar_days, known_days
from site_builder.model import Entry
from site_builder.wording import Words

WIDTH = 75  # bytes in a line
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")  # all but the line feed, which has a form of its own
_UNDATED = "20000101"  # the stamp of an entry that does not say when it was published


def artifacts(edition: Edition) -> Iterator[Artifact]:
    if CALENDAR.fits(edition.timeline):
        yield Artifact(CALENDAR.path, Text(lambda: _calendar(edition), shows=()), listed=False)


def _calendar(edition: Edition) -> str:
    site, words, entries = edition.timeline.site, edition.words, edition.timeline.entries
    dated = [(entry, days) for entry in entries if (days := calendar_days(entry))]
    unknown = sum(not known_days(entry) for entry in entries)
    left_out = {"calendar.left_out": unknown, "calendar.too_far": len(entries) - len(dated) - unknown}
    notes = (words.t(name, count=n, n=n) for name, n in left_out.items() if n)
    about = _text(" ".join(filter(None, (site.description, *notes))))
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//site_builder//{_text(site.id)}//EN", "CALSCALE:GREGORIAN"),
        *(f"{name}:{_text(site.title)}" for name in ("NAME", "X-WR-CALNAME")),
        *(f"{name}:{about}" for name in ("DESCRIPTION", "X-WR-CALDESC") if about),
    ]
    if site.base_url:
        lines += [f"SOURCE;VALUE=URI:{urls.absolute(site.base_url, CALENDAR.path)}"]
    head = "".join(_folded(line) for line in lines)
    events = (edition.once(_event_text, edition.of(entry), *days) for entry, days in dated)
    return "".join([head, *events, _folded("END:VCALENDAR")])


def _event_text(edition: Edition, first: Day, last: Day) -> str:
    return "".join(_folded(line) for line in _event(edition, edition.entry, first, last))


def _event(edition: Edition, entry: Entry, first: Day, last: Day) -> Iterator[str]:
    """The lines of an event, which ends on the day after its last one."""
    timeline = edition.timeline
    stamp = (last_change([entry]) or _UNDATED).replace("-", "")
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.id}@{timeline.site.id}"
    yield f"DTSTAMP:{stamp}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(first)}"
    yield f"DTEND;VALUE=DATE:{_basic(moved(last, 1))}"
    yield f"SUMMARY:{_text(entry.title)}"
    yield f"DESCRIPTION:{_text(_about(edition.words, entry))}"
    if entry.location:
        yield f"LOCATION:{_text(_places(edition, entry))}"
    if entry.phase:
        yield f"CATEGORIES:{_text(timeline.records.phases[entry.phase].label)}"
    if timeline.site.base_url:
        yield f"URL:{urls.absolute(timeline.site.base_url, urls.page('entry', entry.id))}"
    if entry.status == "retracted":
        yield "STATUS:CANCELLED"
    yield "TRANSP:TRANSPARENT"  # nobody is busy on that day
    yield "END:VEVENT"


def _about(words: Words, entry: Entry) -> str:
    """The summary, and what else than the event happened on that day, if so."""
    basis = "" if entry.date_basis == "event" else words.t(f"entry.basis_{entry.date_basis}")
    return " ".join(filter(None, (entry.summary or entry.body.lead, basis)))


def _places(edition: Edition, entry: Entry) -> str:
    places: Iterable[str] = (edition.timeline.records.places[ref.id].name for ref in entry.location)
    return edition.words.t("list.separator").join(places)


def _basic(day: tuple[int, ...]) -> str:
    return written(day).replace("-", "")


def _text(text: str) -> str:
    """A value in which nothing ends the line or the value."""
    one = _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", one).replace("\n", "\\n")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, no character cut in two, each further piece after a space."""
    if len(line.encode()) <= WIDTH:
        return f"{line}\r\n"
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > WIDTH:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"


OUTPUT = Output(artifacts)
