from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.driver import entry, site
from tests.imports.bringing import Brought, bring

# The first row of Knight Lab's template, https://timeline.knightlab.com/docs/using-spreadsheets.html
COLUMNS = [
    *("Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date", "Headline"),
    *("Text", "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Type", "Group", "Background"),
]
RISE = "---\nlabel: Rise\nfrom: 2010\nto: 2014\ncolour: amber\nshape: circle\n---\n"


def sheet(*rows: dict[str, str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def row(**given: str) -> dict[str, str]:
    return {"Year": "2014", "Headline": "Raid", **{name.replace("_", " "): value for name, value in given.items()}}


def one(folder: Path, **given: str) -> str:
    brought = bring(folder, "a.csv", sheet(row(**given)))
    assert brought.errors == [], brought.text
    return brought.entry(brought.files[0].rpartition("/")[2].removesuffix(".md"))


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ({}, "2014"),
        ({"Month": "6"}, "2014-06"),
        ({"Month": "6", "Day": "1"}, "2014-06-01"),
        ({"Month": "June", "Day": "10"}, "2014-06-10"),
        ({"Month": "6", "Day": "10", "Time": "14:30"}, "2014-06-10T14:30:00"),
        ({"Month": "6", "End Year": "2014", "End Month": "8"}, "2014-06/2014-08"),
        ({"End Year": "2016"}, "2014/2016"),
        ({"Year": "-44"}, "-0043"),
        ({"Year": "-1"}, "0000"),
        ({"Year": "-44", "Month": "3", "Day": "15"}, "-0043-03-15"),
        ({"Year": "-66000000"}, "Y-65999999"),
        ({"Year": "12345"}, "Y12345"),
        ({"Year": "2,014"}, "2014"),
        *(
            ({"Month": "6", "Day": "10", "Time": time}, f"2014-06-10T{clock}")
            for time, clock in (
                ("2:30 pm", "14:30:00"),
                ("2.30 P.M.", "14:30:00"),
                ("12:05am", "00:05:00"),
                ("1430", "14:30:00"),
                ("9 am", "09:00:00"),
                ("14:30:15.5", "14:30:15"),
            )
        ),
    ],
)
def test_dates(tmp_path: Path, parts: dict[str, str], date: str) -> None:
    """Year, month, day and end are one date, as closely as the sheet has it.

    TimelineJS words a year below 0 as that many years BCE, and skips 0 on its axis (3.9.11: `formatJSDate` in
    src/js/language/Language.js, `yearZero` in src/js/timenav/TimeAxis.js); to EDTF, 0000 is 1 BC. The times are those
    that its `parseTime` reads (src/js/date/DateUtil.js).
    """
    assert f"date: {date}\n" in one(tmp_path, **{name.replace(" ", "_"): value for name, value in parts.items()})


@pytest.mark.parametrize(
    ("parts", "date", "kept"),
    [
        ({"Month": "6", "Day": "10", "Time": "at dawn"}, "2014-06-10", "x_time: at dawn\n"),
        ({"Month": "6", "Time": "9:00"}, "2014-06", 'x_time: 9:00\n'),
        (
            {"Month": "6", "Day": "10", "Time": "14:30", "End Year": "2014", "End Month": "6", "End Day": "10",
             "End Time": "16:00"},
            "2014-06-10T14:30:00",
            "x_end_time: 16:00\n",
        ),
    ],
)  # fmt: skip
def test_times_of_no_home(tmp_path: Path, parts: dict[str, str], date: str, kept: str) -> None:
    """A time that the date cannot say is told, and stays in the entry."""
    brought = bring(tmp_path, "a.csv", sheet(row(**{name.replace(" ", "_"): value for name, value in parts.items()})))
    (file,) = brought.files
    text = brought.entry(file.rpartition("/")[2].removesuffix(".md"))
    assert f"date: {date}\n" in text
    assert kept in text
    assert kept.partition(":")[0] in brought.text


def test_year_zero(tmp_path: Path) -> None:
    """There was no year 0, and what is meant by it is asked."""
    brought = bring(tmp_path, "a.csv", sheet(row(Year="0")))
    assert brought.errors == [(2, "import-refused")]
    assert "there was no year 0" in brought.text
    assert "write -1 for 1 BC, or 1 for AD 1" in brought.text


def test_text(tmp_path: Path) -> None:
    """HTML becomes Markdown, links become sources, words of the date stay, and what has no home is the author's own."""
    text = (
        '<p>The <b>gate</b> fell, <a href="https://a.example/x?b=c">they say</a>.</p><ul><li>one</li><li>two</li></ul>'
    )
    given = {
        "Text": text,
        "Media": "https://video.example/1",
        "Media_Credit": "A. Writer",
        "Display_Date": "That summer",
    }
    assert one(tmp_path, **given) == (
        "---\ntitle: Raid\ndate: 2014\ndate_display: That summer\nsource: https://a.example/x?b=c\n"
        "x_media: https://video.example/1\nx_media_credit: A. Writer\n---\n"
        "The **gate** fell, they say.\n\n-   one\n-   two\n"
    )


def test_what_is_no_event(tmp_path: Path) -> None:
    """Rows that cannot be entries are told with their line and the reason; the others are written."""
    rows = [
        {"Headline": "The story", "Type": "title"},
        row(Headline=""),
        row(Month="13"),
        row(Month="2", Day="30"),
        {"Headline": "No year"},
        row(Year="Era"),
        row(End_Year="2010"),
        row(),
    ]
    brought = bring(tmp_path, "a.csv", sheet(*rows))
    assert brought.errors == [(line, "import-refused") for line in (3, 4, 5, 6, 7, 8)]
    assert brought.files == ["entries/2014/2014-raid.md"]
    assert "a.csv:2:1: warning: the title slide is no event" in brought.text


def test_phases(tmp_path: Path) -> None:
    """A group that is a phase's label is the phase; else the date tells it, and where it does not, it is a draft."""
    rows = [row(Year="1999", Group="Rise"), row(Year="2012"), row(Year="2013", Group="Others"), row(Year="2020")]
    brought = bring(tmp_path, "a.csv", sheet(*rows), {"phases/rise.md": RISE})
    assert "phase: rise" in brought.entry("1999-raid")
    assert "phase: rise" in brought.entry("2012-raid")
    assert "x_group: Others" in brought.entry("2013-raid")
    assert "status: draft" in brought.entry("2020-raid")
    assert "2 entries (`2012-raid`, `2013-raid`)" in brought.text
    assert brought.built().report.ok


def test_own_export(tmp_path: Path) -> None:
    """Our own file for TimelineJS comes back with the ids, dates and phases that it went with."""
    files = {"phases/rise.md": RISE, "entries/a.md": entry("phase: rise", date="2014-06/2014-08", title="<b> & co")}
    story = site(files).files["data/timelinejs.json"].decode()
    brought = bring(tmp_path, "timelinejs.json", story, {"phases/rise.md": RISE})
    assert brought.files == ["entries/2014/a.md"]
    text = brought.entry("a")
    assert 'title: "<b> & co"\n' in text
    assert "date: 2014-06/2014-08\n" in text
    assert "phase: rise\n" in text


def story(**slide: Any) -> str:
    return json.dumps({"events": [{"start_date": {"year": "2014"}, "text": {"headline": "Raid"}, **slide}]})


def test_json(tmp_path: Path) -> None:
    """Parts of dates may be texts or numbers; a group of no home is kept whole."""
    slide = {
        "start_date": {"year": 2014, "month": "6", "day": 1, "hour": 9, "minute": 5, "second": "7"},
        "media": {"url": "https://v.example/", "caption": "C"},
    }
    brought: Brought = bring(tmp_path, "a.json", story(**slide, background={"color": "#fff"}))
    text = brought.entry("2014-06-01-raid")
    assert "date: 2014-06-01T09:05:07\n" in text
    assert (
        'x_media: {url: "https://v.example/", caption: C}\n' in text
        or "x_media: {url: https://v.example/, caption: C}\n" in text
    )
    assert 'x_background: {color: "#fff"}\n' in text


@pytest.mark.parametrize("eras", [True, 5, "none", {"a": 1}, None, ["x", 5]])
def test_eras_of_another_shape(tmp_path: Path, eras: Any) -> None:
    """What cannot be eras keeps no event out."""
    events = [{"start_date": {"year": 2014}, "text": {"headline": "Raid"}}]
    brought = bring(tmp_path, "a.json", json.dumps({"events": events, "eras": eras}))
    assert brought.files == ["entries/2014/2014-raid.md"]
