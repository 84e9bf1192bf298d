from __future__ import annotations

import re
from typing import Any

import pytest
import rispy
from pybtex.database import parse_string

from site_builder.bibliographies import bibtex, ris
from site_builder.dates import parse
from site_builder.model import Author, Source
from tests.sources import COURT, HIDDEN, HOSTILE, PAPER, SOURCES


def tex(*sources: Source) -> Any:
    """The records as pybtex reads them."""
    return parse_string(bibtex(sources), "bibtex").entries


def refs(*sources: Source) -> list[dict[str, Any]]:
    """The records as rispy reads them."""
    return list(rispy.loads(ris(sources)))


# -- BibTeX


def test_bibtex() -> None:
    """A reader finds type, names, title, holder, dates and address as they were given."""
    found = tex(PAPER)["gazette-2014"]
    fields = {name: value.strip("{}") for name, value in found.fields.items()}
    assert found.type == "article"
    assert [str(person).strip("{}") for person in found.persons["author"]] == ["Writer, Ann", "The Wire"]
    assert fields == {
        "title": "The raid on Hilltown",
        "journal": "The Gazette",
        "publisher": "Gazette House",
        "date": "2014-06-11",
        "year": "2014",
        "month": "June",
        "url": "https://gazette.example/raid_1?a=b&c=%20d",
        "urldate": "2026-01-02",
        "language": "en",
        "note": "Front page. Archived 2014-06-12: https://archive.example/1",
    }


@pytest.mark.parametrize(
    ("type_", "kind", "holder", "issuer"),
    [
        ("report", "techreport", "series", "institution"),
        ("book", "book", "series", "publisher"),
        ("chapter", "incollection", "booktitle", "publisher"),
        ("paper-conference", "inproceedings", "booktitle", "publisher"),
        ("thesis", "phdthesis", "series", "school"),
        ("webpage", "misc", "howpublished", "publisher"),
        ("unheard-of", "misc", "howpublished", "publisher"),
    ],
)
def test_bibtex_types(type_: str, kind: str, holder: str, issuer: str) -> None:
    """Each type has its own names for what holds a text and for who publishes it."""
    found = tex(Source(id="a", title="A", type=type_, container_title="B", publisher="C"))["a"]
    assert (found.type, found.fields[holder], found.fields[issuer]) == (kind, "{B}", "{C}")


def test_bibtex_is_inert() -> None:
    """No text ends its field or its record, or reaches TeX as a command; its letters are all there."""
    entries = tex(*SOURCES)
    assert list(entries) == ["gazette-2014", "court-2016", "statement", "hostile"]
    found = entries["hostile"]
    assert set(found.fields) == {"title", "howpublished", "publisher", "date", "year", "month", "url", "note"}
    title = found.fields["title"]
    commands = set(re.findall(r"\\([a-zA-Z]+|.)", title))
    marks = {f"text{name}" for name in ("braceleft", "braceright", "backslash", "asciitilde", "asciicircum")}
    assert commands == marks | set("&%$#_")
    plain = re.sub(r"\\text[a-z]+\{\}|[\\{}]", "", title)
    assert "input/etc/passwd 50% & $1 #2 _3" in plain
    assert found.fields["url"] == "https://x.example/a%7Bb%7Dc%5Cd"
    assert len(found.persons["author"]) == 2


def test_bibtex_has_balanced_braces() -> None:
    """Classic BibTeX counts braces whatever stands before them: there are as many that open as that close."""
    text = bibtex([HOSTILE])
    assert text.count("{") == text.count("}")


# -- RIS


def test_ris() -> None:
    """A reader finds type, names, title, holder, date and address as they were given."""
    (found,) = refs(PAPER)
    assert found["type_of_reference"] == "NEWS"
    assert found["id"] == "gazette-2014"
    assert found["authors"] == ["Writer, Ann", "The Wire,"]
    assert (found["title"], found["secondary_title"]) == ("The raid on Hilltown", "The Gazette")
    assert (found["publisher"], found["year"], found["date"]) == ("Gazette House", "2014", "2014/06/11/")
    assert found["urls"] == ["https://gazette.example/raid_1?a=b&c=%20d"]
    assert found["notes"] == ["Front page. Archived 2014-06-12: https://archive.example/1"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2014", "2014///"),
        ("2014-06", "2014/06//"),
        ("2014-06-11", "2014/06/11/"),
        ("2014~", "2014///2014~"),
        ("2014-06-01/2014-06-11", "2014/06/01/2014-06-01 to 2014-06-11"),
        ("0632", "0632///"),
        ("-0043-03-15", "///-0043-03-15"),
        ("0000", "///0000"),
    ],
)
def test_ris_dates(date: str, expected: str) -> None:
    """A date is year/month/day/other; the last part says what the others cannot."""
    assert refs(Source(id="a", title="A", issued=parse(date)))[0]["date"] == expected


@pytest.mark.parametrize(("date", "year"), [("0001", "1"), ("0000", None), ("-0043-03-15", None)])
def test_no_year_before_1(date: str, year: str | None) -> None:
    """A year BC, which RIS and the older fields of BibTeX have no form for, is not given as a year of another era."""
    source = Source(id="a", title="A", issued=parse(date))
    fields = tex(source)["a"].fields
    assert (fields["date"], fields.get("year"), refs(source)[0].get("year")) == (date, year, year)
    assert year or "month" not in fields


def test_ris_is_inert() -> None:
    """No text begins a line or a record of its own."""
    found = refs(*SOURCES)
    assert [record["id"] for record in found] == ["gazette-2014", "court-2016", "statement", "hostile"]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*|", line) for line in ris([HOSTILE]).split("\r\n"))
    assert [record["type_of_reference"] for record in found] == ["NEWS", "CASE", "ELEC", "GEN"]


def parted(name: str) -> tuple[str, str]:
    """Family and given name as Zotero's translator for RIS takes them; one without a given name is an organisation."""
    family, _, given = name.partition(",")
    return family.strip(), given.strip()


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ({"literal": "U.S. Department of Agriculture"}, ("U.S. Department of Agriculture", "")),
        ({"literal": "House, Committee on Security"}, ("House Committee on Security", "")),
        ({"family": "Sons, Inc.", "given": "A."}, ("Sons Inc.", "A.")),
        ({"family": "Plato"}, ("Plato", "")),
        ({"family": "King", "given": "Martin", "suffix": "Jr."}, ("King", "Martin, Jr.")),
    ],
)
def test_ris_names(author: dict[str, str], expected: tuple[str, str]) -> None:
    """The name of an organisation stays one piece, whatever commas it has; a suffix stands third."""
    (found,) = refs(Source(id="a", title="A", extra={"author": [author]}))
    assert parted(found["authors"][0]) == expected


def test_ris_organisations() -> None:
    """An organisation has a comma behind its name, as EndNote's manual wants it."""
    (found,) = refs(Source(id="a", title="A", author=(Author(literal="U.S. Department of Agriculture"),)))
    assert found["authors"] == ["U.S. Department of Agriculture,"]


@pytest.mark.parametrize("write", [bibtex, ris])
def test_no_way_to_perpetrators(write: Any) -> None:
    """What a perpetrator published has no address in any format."""
    assert "example" not in write([HIDDEN])
    assert "Judgment" in write([COURT])
