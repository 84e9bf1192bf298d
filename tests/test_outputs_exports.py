from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import html5lib
import jsonschema
import pytest
from geojson_pydantic import FeatureCollection

from tests.driver import Built, entry, real_look, site
from tests.test_golden import SITES, content

PLACES = """\
- {id: mosul, name: Mosul, country: Iraq, lat: 36.34, lon: 43.13, precision: near}
- {id: iraq, name: Iraq, country: Iraq, lat: 33, lon: 44, precision: country}
- {id: somewhere, name: Somewhere}
"""
RISE = "---\nlabel: Rise\nfrom: 2010\nto: ..\ncolour: amber\nshape: circle\n---\n"
NO_ADDRESS = "id: t\ntitle: T\n"


def loaded(built: Built, path: str) -> Any:
    return json.loads(built.files[path])


# -- places.geojson


def features(fields: str) -> list[dict[str, Any]]:
    built = site({"places.yaml": PLACES, "entries/a.md": entry(fields)})
    text = built.files["data/places.geojson"]
    FeatureCollection.model_validate_json(text)
    return list(json.loads(text)["features"])


def test_point() -> None:
    """A place of an entry is a point, longitude first, with its precision and the date as EDTF."""
    (found,) = features("location: mosul")
    assert found["geometry"] == {"type": "Point", "coordinates": [43.13, 36.34]}
    assert found["id"] == "a/mosul"
    properties = found["properties"]
    assert (properties["edtf"], properties["date"]) == ("2020-09-17", "17 September 2020")
    assert properties["precision"] == "near"
    assert properties["url"] == "https://example.org/t/entries/a.html"
    assert not [value for value in properties.values() if isinstance(value, dict | list)]


@pytest.mark.parametrize("fields", ["location: iraq", "location: {id: mosul, precision: none}", "location: somewhere"])
def test_no_invented_point(fields: str) -> None:
    """A country, an unknown place and a place without coordinates have no point."""
    assert [found["geometry"] for found in features(fields)] == [None]


def test_no_places() -> None:
    """A site without places has no such file."""
    assert "data/places.geojson" not in site({"entries/a.md": entry()}).files


# -- feed.json


def test_json_feed() -> None:
    """The feed has the fields that JSON Feed 1.1 asks for, and dates by RFC 3339."""
    feed = loaded(site({"entries/a.md": entry("summary: S.")}), "feed.json")
    (item,) = feed["items"]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["home_page_url"], feed["feed_url"]) == ("https://example.org/t/", "https://example.org/t/feed.json")
    assert (item["id"], item["url"]) == ("tag:test,2000:entries/a.html", "https://example.org/t/entries/a.html")
    assert item["content_text"] == "S."
    assert item["date_published"] == "2026-01-02T00:00:00Z"


def test_json_feed_without_address() -> None:
    """Without an address of the site there is no feed, as its links would lead nowhere."""
    assert "feed.json" not in site({"site.yaml": NO_ADDRESS, "entries/a.md": entry()}).files


def test_control_characters() -> None:
    """A control character, which XML and others have no place for, does not get as far as any format."""
    built = site({"entries/a.md": entry(title='"a\\x07b"')})
    assert built.codes == ["hidden-character"]
    assert built.files == {}


# -- timelinejs.json


def slides(date: str, **given: str) -> Any:
    files = {"phases/rise.md": RISE, "entries/a.md": entry("phase: rise", date=date, **given)}
    return loaded(site(files), "data/timelinejs.json")


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2014-06-10", {"year": 2014, "month": 6, "day": 10}, None),
        ("2014-06", {"year": 2014, "month": 6}, None),
        ("2014/2016", {"year": 2014}, {"year": 2016}),
        ("[2014-06-04..2014-06-10]", {"year": 2014, "month": 6, "day": 4}, {"year": 2014, "month": 6, "day": 10}),
        ("2014-06/..", {"year": 2014, "month": 6}, None),
        ("-0043-03-15", {"year": -43, "month": 3, "day": 15}, None),
    ],
)
def test_slides(date: str, start: dict[str, int], end: dict[str, int] | None) -> None:
    """A slide has as much of its date as is known, its phase as group, and the phase is an era with an end."""
    story = slides(date)
    (slide,) = story["events"]
    assert (slide["start_date"], slide.get("end_date"), slide["group"]) == (start, end, "Rise")
    assert [era["text"]["headline"] for era in story["eras"]] == ["Rise"]
    assert all({"start_date", "end_date"} <= era.keys() for era in story["eras"])


BAD = "<img src=x onerror=alert(1)> </script> R&D"


def read_as_html(text: str) -> str:
    """What a browser shows of a text that it takes for HTML; no element may be in it."""
    parsed = html5lib.parseFragment(text, namespaceHTMLElements=False)
    assert not list(parsed), text
    return "".join(parsed.itertext())


def test_slides_are_inert() -> None:
    """TimelineJS takes texts for HTML, and dates and groups once more for what that says: no text makes an element."""
    (slide,) = slides("2014", title=f"'{BAD}'", date_display=f"'{BAD}'", summary=f"'{BAD}'")["events"]
    assert read_as_html(slide["text"]["headline"]) == BAD
    assert read_as_html(read_as_html(slide["display_date"])) == BAD
    summary = html5lib.parseFragment(slide["text"]["text"], namespaceHTMLElements=False)
    assert [element.tag for element in summary.iter()][1:] == ["p", "p", "a"]
    label = RISE.replace("Rise", f"'{BAD}'")
    story = loaded(site({"phases/rise.md": label, "entries/a.md": entry("phase: rise")}), "data/timelinejs.json")
    assert read_as_html(read_as_html(story["events"][0]["group"])) == BAD
    assert read_as_html(story["eras"][0]["text"]["headline"]) == BAD


# -- entries.schema.json


@pytest.mark.parametrize("name", SITES)
def test_schema(name: str) -> None:
    """The schema is one of draft 2020-12, and the data of every golden site keeps to it."""
    built = site(content(name))
    schema = loaded(built, "data/entries.schema.json")
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(loaded(built, "data/entries.json"))


def test_schema_notices() -> None:
    """The schema refuses a field that it does not know, a word outside its list and a date that is no day."""
    built = site({"entries/a.md": entry()})
    validator = jsonschema.Draft202012Validator(loaded(built, "data/entries.schema.json"))
    for name, value in (("surprise", 1), ("status", "gone"), ("published", "2026"), ("sources", ["a", "a"])):
        data = loaded(built, "data/entries.json")
        data["entries"][0][name] = value
        assert not validator.is_valid(data), name


# -- Beside the entries, and the page about it all


def test_files_beside_an_entry() -> None:
    """Each entry has its own citation and its sources in three formats, and its page leads to them."""
    files = {"sources/a.yaml": "r: {title: R}\n", "entries/a.md": entry(body="A [@r].\n")}
    built = site(files, look="real")
    assert [item["title"] for item in loaded(built, "entries/a.json")] == ["Hearing", "R", "https://example.org/report"]
    for ending in ("bib", "ris", "json"):
        assert f'href="a.{ending}"' in built.html("entries/a.html")


def test_data_page() -> None:
    """The page about the data lists every export with the size and the SHA-256 of its finished bytes."""
    look = {"templates/data.html": real_look()["templates/data.html"]}
    built = site({"entries/a.md": entry(), "entries/b.md": entry(), **look})
    page = built.html("data.html")
    listed = set(re.findall(r'<h3[^>]*><a href="([^"]+)"', page))
    made = {path for path in built.files if path.startswith("data/") or re.fullmatch(r"feed\..*|.*\.ics", path)}
    assert listed == made
    for path in listed:
        assert f"{len(built.files[path]):,} bytes" in page
        assert hashlib.sha256(built.files[path]).hexdigest() in page


def test_retracted() -> None:
    """What its editors took back is no slide, as nothing there would say so."""
    built = site({"entries/a.md": entry("status: retracted"), "entries/b.md": entry()})
    assert [slide["unique_id"] for slide in loaded(built, "data/timelinejs.json")["events"]] == ["b"]


def test_withdrawn() -> None:
    """Of a withdrawn entry no export says anything."""
    built = site({"entries/gone.md": entry("status: withdrawn", title="Secret"), "entries/a.md": entry()})
    assert not [path for path, data in built.files.items() if b"Secret" in data]
    assert not [path for path in built.files if path.startswith("entries/gone") and path != "entries/gone.html"]
