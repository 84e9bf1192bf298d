from __future__ import annotations

import datetime
from typing import Any

import icalendar
import pytest

from tests.driver import Built, entry, site

LINES = 'A\nEND:VEVENT\nATTENDEE:x; b, c \\ "d" العربية'
NO_ADDRESS = "id: t\ntitle: T\n"


def events(built: Built) -> dict[str, Any]:
    calendar = icalendar.Calendar.from_ical(built.files["calendar.ics"])
    assert not calendar.errors
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


@pytest.mark.parametrize(
    ("date", "first", "after"),
    [
        ("2014-06-10", (2014, 6, 10), (2014, 6, 11)),
        ("2014-06-06/2014-06-10", (2014, 6, 6), (2014, 6, 11)),
        ("2012-02-28", (2012, 2, 28), (2012, 2, 29)),
        ("2014-12-31", (2014, 12, 31), (2015, 1, 1)),
        ("2014-06-10T23:30:00Z", (2014, 6, 10), (2014, 6, 11)),
        ("0632-06-08", (632, 6, 8), (632, 6, 9)),
    ],
)
def test_days(date: str, first: tuple[int, int, int], after: tuple[int, int, int]) -> None:
    """A day is a whole day, and ends where the next begins; what lasted takes in its last day."""
    (event,) = events(site({"entries/a.md": entry(date=date)})).values()
    assert (event["dtstart"].dt, event["dtend"].dt) == (datetime.date(*first), datetime.date(*after))


@pytest.mark.parametrize(
    "date",
    [
        *("2014", "2014-06", "2014-06-XX", "2014-06-10~", "2014-06-10?", "2014-06/.."),
        "[2014-06-01..2014-06-10]",
    ],
)
def test_no_invented_days(date: str) -> None:
    """What is not known to the day is left out and counted."""
    built = site({"entries/a.md": entry(date=date), "entries/b.md": entry()})
    assert set(events(built)) == {"b@test"}
    assert "1 entry whose day is not known is left out." in built.html("calendar.ics").replace("\r\n ", "")


@pytest.mark.parametrize("date", ["-0043-03-15", "0000-03-15", "9999-12-30/9999-12-31"])
def test_years_without_a_form(date: str) -> None:
    """A day of a year that is not of four digits (RFC 5545, 3.3.4) is left out, and not called unknown."""
    built = site({"entries/a.md": entry(date=date), "entries/b.md": entry()})
    assert set(events(built)) == {"b@test"}
    about = built.html("calendar.ics").replace("\r\n ", "")
    assert "1 entry of a year that calendars do not have is left out." in about
    assert "not known" not in about


def test_days_of_something_else() -> None:
    """Where the day is that of a report, the calendar says so as the page does; an estimate has no day in it."""
    files = {f"entries/{basis}.md": entry(f"date_basis: {basis}") for basis in ("event", "report", "estimate")}
    about = {uid: str(event["description"]) for uid, event in events(site(files)).items()}
    assert about == {
        "event@test": "What happened.",
        "report@test": "What happened. The date is that of the report, not of the event.",
    }


def test_stamp() -> None:
    """The stamp of an event is the day of its author's last change: no clock."""
    fields = "revisions: {date: 2026-02-03, kind: update, summary: More.}"
    (event,) = events(site({"entries/a.md": entry(fields)})).values()
    assert event["dtstamp"].dt == datetime.datetime(2026, 2, 3, tzinfo=datetime.UTC)


def test_calendar_is_inert() -> None:
    """No text ends its line, its event or its value; lines have at most 75 bytes and no character is cut."""
    summary = "summary: |-\n  " + LINES.replace("\n", "\n  ")
    built = site({"entries/a.md": entry(summary, title="العربية " + "ö" * 70)})
    (event,) = events(built).values()
    assert "ATTENDEE" not in event
    assert str(event["description"]).replace("\r\n", "\n") == LINES
    lines = built.files["calendar.ics"].split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert [line.decode() for line in lines]


def test_calendar_without_address() -> None:
    """Without an address of the site the events have none."""
    built = site({"site.yaml": NO_ADDRESS, "entries/a.md": entry()})
    assert "URL:" not in built.html("calendar.ics")


def test_retracted() -> None:
    """What its editors took back is cancelled."""
    built = site({"entries/a.md": entry("status: retracted"), "entries/b.md": entry()})
    status = {uid: str(event.get("status", "")) for uid, event in events(built).items()}
    assert status == {"a@test": "CANCELLED", "b@test": ""}
