"""A plain table with a mapping of its columns, and a folder of Markdown: names, dates, lists, and what has no home."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from site_builder.importing import UsageError
from site_builder.imports.dating import UnreadError, edtf
from tests.driver import SITE
from tests.imports.bringing import bring


def test_table(tmp_path: Path) -> None:
    """Columns go where the author says, in either order, or where their names say; what has no home is kept."""
    text = (
        "When,What happened,Who,City,Lat,Lng,Links,Checked by\n"
        '13/04/2014,"Raid, the first","A. B.; The Army",Hilltown,34.5,-43,'
        "https://a.example/1 https://a.example/2,C. D.\n"
    )
    brought = bring(tmp_path, "a.csv", text, maps=("date=When", "What happened=title", "location=city"))
    assert brought.errors == []
    assert brought.entry("2014-04-13-raid-the-first") == (
        "---\ntitle: Raid, the first\ndate: 2014-04-13\nactor:\n  - A. B.\n  - The Army\nlocation:\n"
        "  - {name: Hilltown, lat: 34.5, lon: -43}\nsource:\n  - https://a.example/1\n  - https://a.example/2\n"
        "x_checked_by: C. D.\n---\n"
    )
    assert "`Checked by` as `x_checked_by`" in brought.text
    assert brought.built().report.ok


@pytest.mark.parametrize(
    ("map_", "said"),
    [("date=Day", "nothing in the file has that name"), ("colour=When", "neither is a field"), ("date", "write it as")],
)
def test_mappings_that_lead_nowhere(tmp_path: Path, map_: str, said: str) -> None:
    """A mapping with a slip is told before anything is written."""
    with pytest.raises(UsageError, match=said):
        bring(tmp_path, "a.csv", "When,Title\n2014,A\n", maps=(map_,))
    assert not list((tmp_path / "content").rglob("*.md"))


@pytest.mark.parametrize(
    ("typed", "order", "expected"),
    [
        ("c. 1914", "", "1914~"),
        ("10 June 2014", "", "2014-06-10"),
        ("2014-06-10T00:00:00Z", "", "2014-06-10"),
        ("2014-06-10 14:30", "", "2014-06-10T14:30:00"),
        ("03/04/2014", "dmy", "2014-04-03"),
        ("03/04/2014", "mdy", "2014-03-04"),
        ("2014/03/04", "dmy", "2014-03-04"),
        ("03.04.2014 - 05.04.2014", "dmy", "2014-04-03/2014-04-05"),
        ("13/04/2014", "", "2014-04-13"),
        ("04/2014", "", "2014-04"),
        ("13/04/2014 14:30", "dmy", "2014-04-13T14:30:00"),
        ("4/13/2014 2:30 PM", "mdy", "2014-04-13T14:30:00"),
        ("13/04/2014 0:00", "", "2014-04-13"),
        ("10 June 2014, 2.30 p.m.", "", "2014-06-10T14:30:00"),
        ("June 10, 2014 9 am", "", "2014-06-10T09:00:00"),
        ("[2014-06-04..2014-06-10]", "", "[2014-06-04..2014-06-10]"),
    ],
)
def test_dates(typed: str, order: str, expected: str) -> None:
    """A date that can mean one thing is that date; the author's word decides between two."""
    assert edtf(typed, order) == expected


@pytest.mark.parametrize(
    ("typed", "order", "hint"),
    [
        ("03/04/2014", "", "--date-order"),
        ("31/02/2014", "dmy", "28"),
        ("13/04/2014", "mdy", "month"),
        ("03/04/14", "dmy", "four digits"),
        ("soon", "", "docs/dates.md"),
        ("43831", "", "2020-01-01 (if a spreadsheet"),
        ("14", "", "any century"),
        ("1900s", "", "190X (the ten years) or 19XX"),
        ("4/10 June 2014", "", "docs/dates.md"),
        ("6/10/2014 0:00", "", "--date-order"),  # as Excel writes a day
        ("June 2014 14:30", "", "leave the time out"),
    ],
)
def test_dates_that_nobody_can_read(typed: str, order: str, hint: str) -> None:
    """A date that could mean two things, or does not exist, is refused with what to write."""
    with pytest.raises(UnreadError) as refused:
        edtf(typed, order)
    assert hint in refused.value.message + refused.value.hint


def test_markdown(tmp_path: Path) -> None:
    """Names are known in any spelling, the file's name gives date and id, links become sources, misfits are kept."""
    text = (
        "---\nlayout: event\nTitle: Raid\nPlaces: Hilltown\ncategories: [Air Raids, news]\nlink: https://a.example/1\n"
        "published: true\naliases: [/old/]\n---\nIt [fell](https://b.example/2) [here][1] <b>then</b> ![x](/y.png).\n\n"
        "[1]: https://c.example/3\n"
    )
    brought = bring(tmp_path, "theirs", {"2014-06-10-raid.md": text, "notes.txt": "no entry"})
    assert brought.errors == []
    assert brought.entry("2014-06-10-raid") == (
        "---\ntitle: Raid\ndate: 2014-06-10\nlocation: Hilltown\nsource:\n  - https://a.example/1\n  - https://b.example/2\n"
        '  - https://c.example/3\ntags: [air-raids, news]\nx_aliases: "/old/"\nx_layout: event\nx_links: "/y.png"\n'
        "x_published: true\n---\nIt fell here **then** x.\n"
    )
    assert brought.built().report.ok


def test_references_that_lead_nowhere(tmp_path: Path) -> None:
    """What refers to records that the site does not have is told and kept, and the entry builds all the same."""
    text = (
        "---\ntitle: Raid\ndate: 2014\nactor: hilltown\nphase: two\nrelated: [gone]\n"
        "claims:\n  - {by: The Army, stance: asserts, about: event, statement: S, cites: [no-key]}\n"
        "casualties:\n  - {harm: killed, min: 1, by: nobody-here}\n---\n"
        "A [@no-key] and [it](entry:gone).\n"
    )
    brought = bring(tmp_path, "theirs", {"raid.md": text}, {"site.yaml": "id: t\ntitle: T\ntags: {law: Law}\n"})
    written = brought.entry("raid")
    assert "  - {name: hilltown}\n" in written
    for kept in ("x_phase: two", "x_related: gone", "x_claims:", "x_casualties:", "A \\[@no-key] and it."):
        assert kept in written
    for name in ("`two`", "`gone`", "`nobody-here`", "`no-key`"):
        assert name in brought.text
    assert brought.built().report.ok


def test_same_events(tmp_path: Path) -> None:
    """Two events of one day and title are two entries; importing again writes neither over, nor a third."""
    text = "date,title\n2014-06-10,Raid\n2014-06-10,Raid\n"
    brought = bring(tmp_path, "a.csv", text)
    assert brought.files == ["entries/2014/2014-06-10-raid.md", "entries/2014/2014-06-10-raid-2.md"]
    again = bring(tmp_path, "a.csv", text)
    assert (again.files, again.errors) == ([], [(2, "import-taken"), (3, "import-taken")])


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("sep=;\r\nDate;Title\r\n2014-06-10;Raid, the first\r\n", False),
        ('"sep=;"\nDate;Title\n2014-06-10;Raid, the first\n', False),
        ("sep=\t\nDate\tTitle\n2014-06-10\tRaid, the first\n", False),
        (";;\nDate;Title;\n2014-06-10;Raid, the first;\n", False),
        ('Our timeline,\n\nDate,Title\n2014-06-10,"Raid, the first"\n', True),
        ("The events, one by one\nas of 2014\nDate;Title\n2014-06-10;Raid, the first\n", True),
        ('"A title\nin two lines"\nQuand;Quoi\n2014-06-10;Raid, the first\n', True),
    ],
)
def test_what_stands_above_the_names(tmp_path: Path, text: str, left_out: bool) -> None:
    """A line `sep=;`, empty rows and a title above the names of the columns are no rows; a title is told."""
    brought = bring(tmp_path, "a.csv", text, maps=("date=quand", "title=quoi") if "Quand" in text else ())
    assert brought.errors == []
    assert "title: Raid, the first\ndate: 2014-06-10\n" in brought.entry("2014-06-10-raid-the-first")
    assert ("what stands above them is left out" in brought.text) is left_out


def test_a_table_of_an_old_excel(tmp_path: Path) -> None:
    """Whoever saved a table in Windows' own letters is told the name under which Excel has the right ones."""
    brought = bring(tmp_path, "a.csv", "Date;Title\n2014;\u00e9cole\n".encode("cp1252"))
    assert brought.errors == [(2, "not-utf-8")]
    assert "save the file as UTF-8; Excel calls it “CSV UTF-8”" in brought.text


def test_a_recorded_source_with_fields_of_its_own(tmp_path: Path) -> None:
    """Beside the key of a source that the site has, only what an entry says of it is taken, and the rest is told."""
    text = "---\ntitle: Raid\ndate: 2014\nsource: {source: a, locator: p. 3, title: B}\n---\nText.\n"
    brought = bring(tmp_path, "old", {"raid.md": text}, {"sources/a.yaml": "a: {title: A}\n"})
    assert "source:\n  - {source: a, locator: p. 3}\n" in brought.entry("raid")
    assert "the source `a` is recorded here, so what is said of it is left out: `title`" in brought.text
    assert brought.built().report.ok


def test_tags_that_can_be_no_ids(tmp_path: Path) -> None:
    """Of tags in other letters, and of those that the site does not have, every one is kept."""
    one, other = "\u0645\u062d\u0627\u0643\u0645", "\u0635\u062d\u0627\u0641\u0629"
    site = {"site.yaml": f"{SITE}tags: {{law: Courts}}\n"}
    brought = bring(tmp_path, "a.csv", f"Date,Title,Tags\n2014,Raid,{one};law;{other};press\n", site)
    text = brought.entry("2014-raid")
    assert "tags: [law]\n" in text
    assert f"x_tags:\n  - {one}\n  - {other}\n  - press\n" in text


URL = "https://a.example/1"


@pytest.mark.parametrize(
    ("typed", "source"),
    [
        (f"- {URL}", URL),
        (f"The Gazette: {URL}", [{"url": URL, "title": "The Gazette"}]),
        (f"The Gazette ({URL}).", [{"url": URL, "title": "The Gazette"}]),
        (f"{URL} p. 3", [{"url": URL, "locator": "p. 3"}]),
        ("The Gazette, 3 May 2014", [{"title": "The Gazette, 3 May 2014"}]),
        (f"{URL}, and {URL}2", [{"title": f"{URL}, and {URL}2"}]),
    ],
)
def test_an_address_among_words(tmp_path: Path, typed: str, source: object) -> None:
    """An address that stands among words leads to the source, and the words stay beside it."""
    text = bring(tmp_path, "a.csv", f'Date,Title,Source\n2014,Raid,"{typed}"\n').entry("2014-raid")
    assert yaml.safe_load(text.split("---\n")[1])["source"] == source


@pytest.mark.parametrize(
    ("lat", "lon", "point"),
    [
        ("36,34", "-43,13", "{name: Hilltown, lat: 36.34, lon: -43.13}"),
        ("36.34", "43", "{name: Hilltown, lat: 36.34, lon: 43}"),
        ("1,234,5", "43", "Hilltown"),
        ("91,5", "43", "Hilltown"),
    ],
)
def test_decimal_commas(tmp_path: Path, lat: str, lon: str, point: str) -> None:
    """Degrees have a comma in the tables of many countries; what is no point on the globe is kept beside."""
    text = f"Date;Title;Place;Lat;Lon\n2014;Raid;Hilltown;{lat};{lon}\n"
    entry = bring(tmp_path, "a.csv", text).entry("2014-raid")
    assert point in entry
    assert ("x_lat: " in entry) is (point == "Hilltown")
