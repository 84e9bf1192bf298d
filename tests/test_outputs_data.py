from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import html5lib
import jsonschema
import pytest

from tests.driver import SITE, entry, site

DAY = {"type": ["string", "null"], "pattern": r"^-?\d{4,}-\d{2}-\d{2}$"}
TEXT = {"type": ["string", "null"], "minLength": 1}
ENTRY = {
    "type": "object",
    "required": [
        "id",
        "url",
        "title",
        "summary",
        "date",
        "phase",
        "significance",
        "status",
        "actors",
        "locations",
        "citations",
        "sources",
        "grade",
        "voices",
        "tags",
        "claims",
        "casualties",
        "published",
        "body_html",
    ],
    "additionalProperties": False,
    "patternProperties": {"^x_": True},
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z0-9-]+$"},
        "url": {"type": "string"},
        "title": {"type": "string", "minLength": 1},
        "summary": {"type": "string"},
        "date": {
            "type": "object",
            "required": ["edtf", "earliest", "latest", "display"],
            "properties": {
                "edtf": {"type": "string"},
                "earliest": DAY,
                "latest": DAY,
                "display": {"type": "string", "minLength": 1},
            },
        },
        "phase": TEXT,
        "significance": {"enum": [1, 2, 3]},
        "status": {"enum": ["published", "retracted", "draft"]},
        "actors": {"type": "array", "items": {"type": "object", "required": ["id", "name", "kind", "role"]}},
        "locations": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "name", "country", "lat", "lon", "precision"],
                "properties": {
                    "lat": {"type": ["number", "null"]},
                    "lon": {"type": ["number", "null"]},
                    "country": TEXT,
                },
            },
        },
        "citations": {"type": "array", "items": {"type": "object", "required": ["source", "supports"]}},
        "sources": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        "grade": {"enum": ["retracted", "contested", "corroborated", "reported", "single-source"]},
        "voices": {"type": "array", "items": {"type": "string"}},
        "tags": {"type": "array"},
        "claims": {
            "type": "array",
            "items": {"type": "object", "required": ["by", "stance", "about", "statement", "cites"]},
        },
        "casualties": {"type": "array", "items": {"type": "object", "required": ["harm", "cites"]}},
        "published": DAY,
        "body_html": {"type": "string"},
        "lowered_to": {"enum": ["contested", "corroborated", "reported", "single-source"]},
        "grade_reason": TEXT,
    },
}
DOCUMENT = {
    "type": "object",
    "required": ["schema", "title", "licence", "version", "entries"],
    "properties": {
        "schema": {"const": 1},
        "title": {"type": "string"},
        "version": DAY,
        "entries": {"type": "array", "items": ENTRY},
    },
}


def data(files: Mapping[str, str | bytes], **how: Any) -> Any:
    document = json.loads(site(files, **how).files["data/entries.json"])
    jsonschema.validate(document, DOCUMENT)
    return document


def one(fields: str = "", body: str = "What happened.\n", **given: str) -> Any:
    extra = {
        "actors.yaml": "- {id: front, name: Front}\n",
        "sources/a.yaml": "r: {title: R}\n",
        "places.yaml": "- {id: mosul, name: Mosul, lat: 0, lon: -1.5}\n",
    }
    (found,) = data({"entries/a.md": entry(fields, body, **given), **extra})["entries"]
    return found


def test_empty() -> None:
    """A site without entries has a file without entries."""
    assert data({}) == {"schema": 1, "title": "A test", "licence": None, "version": None, "entries": []}


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2014-06", ["2014-06-01", "2014-06-30"]),
        ("2014-06-10/..", ["2014-06-10", None]),
        ("-0043-03-15", ["-0043-03-15", "-0043-03-15"]),
        ("0632", ["0632-01-01", "0632-12-31"]),
        ("[2014-06-04..2014-06-10]", ["2014-06-04", "2014-06-10"]),
    ],
)
def test_dates(date: str, expected: list[str | None]) -> None:
    """A date is given as typed, with its bounds as days, an open end being null."""
    found = one(date=date)["date"]
    assert found["edtf"] == date
    assert [found["earliest"], found["latest"]] == expected


def test_wording_of_the_author() -> None:
    """The author's own wording of a date wins."""
    assert one("date_display: In spring")["date"]["display"] == "In spring"


def test_zero_is_not_unknown() -> None:
    """Zero coordinates and figures are zero; what is not known is left out or null."""
    found = one("location: [mosul, Elsewhere]\ncasualties: [{harm: killed, min: 0}, {harm: wounded}]")
    assert [(place["lat"], place["lon"]) for place in found["locations"]] == [(0, -1.5), (None, None)]
    assert found["casualties"] == [{"harm": "killed", "min": 0, "cites": []}, {"harm": "wounded", "cites": []}]


def test_claims() -> None:
    """A claim is given with its fields, its day as text, its sources by key and place."""
    text = "claims: {by: front, stance: denies, about: toll, statement: No., made_on: 2014~, cites: [r, 'r, p. 1']}"
    (claim,) = one(text)["claims"]
    assert claim.pop("cites") == [{"source": "r"}, {"source": "r", "locator": "p. 1"}]
    assert claim == {"by": "front", "stance": "denies", "about": "toll", "statement": "No.", "made_on": "2014~"}


def test_sources() -> None:
    """What the entry says of each of its sources is told apart from all that it and its text cite."""
    found = one("source: [{source: r, locator: p. 1, supports: indirect, accessed: 2026-01-02}]", source="")
    assert found["citations"] == [{"source": "r", "locator": "p. 1", "supports": "indirect", "accessed": "2026-01-02"}]
    found = one(body="A [@r].\n", source="")
    assert (found["citations"], found["sources"]) == ([], ["r"])


def test_lowered() -> None:
    """A grade that was set by hand is told beside the one that counts."""
    found = one("grade: reported\ngrade_reason: Why.")
    assert (found["grade"], found["lowered_to"], found["grade_reason"]) == ("single-source", "reported", "Why.")


def test_own_fields() -> None:
    """The author's own fields go through as they are."""
    assert one("x_note: {a: [b, '1']}")["x_note"] == {"a": ["b", "1"]}


def test_body() -> None:
    """Addresses in the body are right from where the file lies; citations name their source."""
    found = data(
        {
            "entries/a.md": entry(body="A [@r] [b](entry:a#x) ![c](media/c.png).\n\n# X\n"),
            "sources/a.yaml": "r: {title: R}\n",
            "media/c.png": "x",
        }
    )
    html = found["entries"][0]["body_html"]
    document = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert [link.get("href") for link in document.iter("a")] == ["../sources/r.html", "../entries/a.html#x"]
    assert [image.get("src") for image in document.iter("img")] == ["../media/c.png"]


def test_addresses_of_files() -> None:
    """Signs in the name of a file that an address or HTML would take for their own are written as on the pages."""
    name = "100% (a&b) ü.png"
    files = {f"media/{name}": "x", "entries/a.md": entry(body=f"[a](<media/{name}>)\n")}
    html = data(files)["entries"][0]["body_html"]
    (link,) = html5lib.parseFragment(html, namespaceHTMLElements=False).iter("a")
    assert unquote(link.get("href")) == f"../media/{name}"
    assert not set(link.get("href")) & set(" &ü")


def test_text_of_every_kind() -> None:
    """Any text comes out of the file as it went in."""
    title = 'Quotes " \\ </script> & العربية 😀'
    text = entry(title=json.dumps(title, ensure_ascii=False))
    assert data({"entries/a.md": text})["entries"][0]["title"] == title


def test_without_address() -> None:
    """Without an address of the site, entries have their paths."""
    found = data({"site.yaml": "id: t\ntitle: T\n", "entries/a.md": entry()})
    assert found["entries"][0]["url"] == "entries/a.html"


def test_licence_and_version() -> None:
    """The file says under which licence it is, and how new."""
    found = data(
        {"site.yaml": SITE + "licence: {id: CC0-1.0, name: CC0, url: https://example.org/}\n", "entries/a.md": entry()}
    )
    assert (found["licence"], found["version"]) == ("CC0-1.0", "2026-01-02")


def test_withdrawn_and_unpublished() -> None:
    """What is withdrawn, in review or a draft is not in the data; what is retracted says so."""
    files = {
        f"entries/{status}.md": entry(f"status: {status}") for status in ("draft", "review", "withdrawn", "retracted")
    }
    assert [(item["id"], item["grade"]) for item in data(files)["entries"]] == [("retracted", "retracted")]
