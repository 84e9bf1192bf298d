from __future__ import annotations

import dataclasses
import functools
import hashlib
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fastfeedparser
import html5lib
import jsonschema
import pytest
from geojson_pydantic import FeatureCollection

from site_builder.exports import EXPORTS, Export
from site_builder.model import Casualties, Claim, Control, Media, Relation, Revision
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


def test_a_place_twice() -> None:
    """Every feature has an id of its own, also where an entry names a place twice: readers tell them apart by it."""
    found = features("location: [{id: mosul, note: the bridge}, iraq, {id: mosul, note: the museum}]")
    assert [(item["id"], item["properties"]["note"]) for item in found] == [
        ("a/mosul", "the bridge"),
        ("a/iraq", None),
        ("a/mosul/2", "the museum"),
    ]


def test_days_of_something_else() -> None:
    """A map and a slide are told of what the date is, where it is not that of the event."""
    files = {"places.yaml": PLACES, "entries/a.md": entry("location: mosul\ndate_basis: report")}
    built = site(files)
    assert loaded(built, "data/places.geojson")["features"][0]["properties"]["date_basis"] == "report"
    assert "that of the report, not of the event" in loaded(built, "data/timelinejs.json")["events"][0]["text"]["text"]


@pytest.mark.parametrize(
    ("path", "one"),
    [("calendar.ics", entry(date="2014-06")), ("data/timelinejs.json", entry("status: retracted"))],
)
def test_nothing_to_show(path: str, one: str) -> None:
    """A calendar without events is none (RFC 5545, 3.6), and TimelineJS refuses a story without slides: no files."""
    assert path not in site({"entries/a.md": one}).files
    assert path in site({"entries/a.md": one, "entries/b.md": entry()}).files


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


@pytest.mark.parametrize("name", SITES)
def test_json_feed_is_read(name: str) -> None:
    """A reader of feeds finds the site, and its entries under the ids, addresses and days that they have in Atom."""
    files = site(content(name)).files
    if "feed.json" not in files:
        assert "feed.xml" not in files
        return
    found = fastfeedparser.parse(files["feed.json"])
    atom = fastfeedparser.parse(files["feed.xml"])
    assert (found.feed.title, found.feed.link) == (atom.feed.title, atom.feed.link)
    assert [(item.id, item.link, item.published, item.updated) for item in found.entries] == [
        (item.id, item.link, item.published, item.updated) for item in atom.entries
    ]
    assert all(item.title and item.description for item in found.entries)


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
        ("'[2014,2014-03..2014-05]'", {"year": 2014}, None),
        ("'[2014-01..2014-05,2014-02]'", {"year": 2014, "month": 1}, {"year": 2014, "month": 5}),
        ("'[2015,2014-06..]'", {"year": 2014, "month": 6}, None),
        ("-0043-03-15", {"year": -44, "month": 3, "day": 15}, None),
        ("0000/0001", {"year": -1}, {"year": 1}),
    ],
)
def test_slides(date: str, start: dict[str, int], end: dict[str, int] | None) -> None:
    """A slide has as much of its date as is known, its phase as group, and the phase is an era with an end."""
    story = slides(date)
    (slide,) = story["events"]
    assert (slide["start_date"], slide.get("end_date"), slide["group"]) == (start, end, "Rise")
    assert [era["text"]["headline"] for era in story["eras"]] == ["Rise"]
    assert all({"start_date", "end_date"} <= era.keys() for era in story["eras"])


def test_eras() -> None:
    """A phase goes from its first day to the day after its last, so that no part of its start stands in its end."""
    periods = {"a": ("2014", "2014-06"), "b": ("2014-06-30", "2014-06-30"), "c": ("2014-06", ".."), "d": ("2015", "..")}
    files = {
        f"phases/{name}.md": RISE.replace("2010", from_).replace("..", to) for name, (from_, to) in periods.items()
    }
    story = loaded(site({**files, "entries/a.md": entry("phase: a", date="2014-06-10")}), "data/timelinejs.json")
    ends = [[tuple(era[end].values()) for end in ("start_date", "end_date")] for era in story["eras"]]
    assert ends == [
        [(2014, 1, 1), (2014, 7, 1)],
        [(2014, 6, 30), (2014, 7, 1)],
        [(2014, 6, 1), (2014, 6, 11)],
        [(2015, 1, 1), (2015, 1, 2)],
    ]


@pytest.mark.parametrize(
    ("date", "from_", "scale"),
    [
        *(("2014", "2010", "human"), ("Y-271819", "Y-271819", "human"), ("Y-271820", "2010", "cosmological")),
        *(("2014", "Y-400000", "cosmological"), ("2014/Y300000", "2010", "cosmological")),
    ],
)
def test_scale(date: str, from_: str, scale: str) -> None:
    """Years that JavaScript has no dates for, of an entry or of a phase, make a scale that counts in years."""
    files = {"phases/rise.md": RISE.replace("2010", from_), "entries/a.md": entry("phase: rise", date=date)}
    assert loaded(site(files), "data/timelinejs.json")["scale"] == scale


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


def groups(value: Any) -> Iterator[dict[str, Any]]:
    """Every group of fields in the data but those that are the authors' own."""
    if isinstance(value, dict):
        yield value
    for name, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if not str(name).startswith("x_"):
            yield from groups(item)


def test_a_field_that_the_schema_does_not_know() -> None:
    """A field that were only in the data, in whichever record, does not get past the schema."""
    built = site(content("everything"))
    validator = jsonschema.Draft202012Validator(loaded(built, "data/entries.schema.json"))
    data = loaded(built, "data/entries.json")
    every = list(groups(data))
    assert len(every) > 25
    for group in every:
        group["surprise"] = 1
        assert not validator.is_valid(data), group
        del group["surprise"]
    validator.validate(data)


def test_every_field_is_used() -> None:
    """The golden site with every field has in its data every field of the schema."""
    built = site(content("everything"))
    named = {path.rpartition("/")[2] for path, _ in properties(loaded(built, "data/entries.schema.json"))}
    assert {name for group in groups(loaded(built, "data/entries.json")) for name in group if name[:2] != "x_"} == named


def properties(schema: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every property that a schema names, wherever it stands, by its path."""
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}/{name}", inner
        yield from properties(inner, f"{path}/{name}")
    if "items" in schema:
        yield from properties(schema["items"], f"{path}/*")


def test_schema_describes() -> None:
    """Every property says what it means, and the schema says where it is itself."""
    schema = loaded(site({"entries/a.md": entry()}), "data/entries.schema.json")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "https://example.org/t/data/entries.schema.json"
    found = dict(properties(schema))
    assert [path for path, inner in found.items() if not inner.get("description")] == []
    assert "$id" not in loaded(site({"site.yaml": NO_ADDRESS}), "data/entries.schema.json")


@pytest.mark.parametrize(
    ("model", "name"),
    [
        *((Claim, "claims"), (Casualties, "casualties"), (Control, "control"), (Relation, "related")),
        *((Revision, "revisions"), (Media, "media")),
    ],
)
def test_schema_is_that_of_the_model(model: type, name: str) -> None:
    """A field that is added to the model is missed in the schema; what may be left out there may be left out here."""
    found = dict(properties(loaded(site({"entries/a.md": entry()}), "data/entries.schema.json")))
    fields = {field.name: field for field in dataclasses.fields(model)}
    items = found[f"/entries/*/{name}"]["items"]
    assert set(items["properties"]) == set(fields)
    needed = {name for name, field in fields.items() if field.default is dataclasses.MISSING}
    always = {"cites", "relation"} & set(fields)  # said even where its author left it out
    assert set(items["required"]) == needed | always


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


FULL: dict[str, str | bytes] = {
    "places.yaml": PLACES,
    "sources/a.yaml": "r: {title: R}\n",
    "entries/a.md": entry(
        "location: mosul\nclaims: [{by: X, stance: asserts, about: event, statement: Yes., cites: r}]\n"
        "casualties: [{harm: killed, min: 1, by: X, cites: r}]\nactor: front\nrelated: [{id: b, relation: precedes}]\n"
        "control: {place: mosul, holder: X, change: taken, cites: r}\nmedia: {src: media/a.png, alt: A, licence: CC0}\n"
        "revisions: [{date: 2026-02-01, kind: correction, summary: S.}]"
    ),
    "entries/b.md": entry(),
    "actors.yaml": "- {id: front, name: Front}\n",
    "media/a.png": content("everything")["media/hill.png"],
}


@functools.cache
def full() -> Built:
    return site({**FULL, "templates/data.html": real_look()["templates/data.html"]})


def test_data_page() -> None:
    """The page about the data lists every export with the size and the SHA-256 of its finished bytes."""
    built = full()
    page = built.html("data.html")
    listed = set(re.findall(r'<h3[^>]*><a href="([^"]+)"', page))
    made = {path for path in built.files if re.fullmatch(r"data/.*|feed\..*|corrections\.xml|.*\.(ics|cff)", path)}
    assert listed == made == {export.path for export in EXPORTS}
    for path in listed:
        assert f"{len(built.files[path]):,} bytes" in page
        assert hashlib.sha256(built.files[path]).hexdigest() in page


@pytest.mark.parametrize("export", [export for export in EXPORTS if export.example], ids=lambda export: export.path)
def test_examples(
    export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The lines of Python that the page gives run as they stand there, beside the files, and print what was asked."""
    logging.disable(logging.WARNING)
    built = full()
    for path, data in built.files.items():
        (tmp_path / path.rpartition("/")[2]).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    shown = html5lib.parse(built.html("data.html"), namespaceHTMLElements=False)
    blocks = ["".join(pre.itertext()) for pre in shown.iter("pre")]
    (code,) = (block for block in blocks if block == "\n".join(export.example))
    assert code.count("\n") <= 2
    exec(code, {})
    assert capsys.readouterr().out.strip() == PRINTED[export.path]


PRINTED = {
    "data/entries.json": "[]",
    "data/entries.schema.json": "",
    "data/entries.csv": "Counter({'corroborated': 1, 'single-source': 1})",
    "data/entry-actors.csv": "Counter({'other': 1})",
    "data/entry-places.csv": "Counter({'Iraq': 1})",
    "data/entry-sources.csv": "Counter({'direct': 2})",
    "data/claims.csv": "Counter({'asserts': 1})",
    "data/casualties.csv": "Counter({'X': 1})",
    "data/control.csv": "Counter({'taken': 1})",
    "data/cites.csv": "Counter({'claims': 1, 'casualties': 1, 'control': 1})",
    "data/related.csv": "Counter({'precedes': 1})",
    "data/revisions.csv": "Counter({'correction': 1})",
    "data/media.csv": "Counter({'CC0': 1})",
    "data/sources.csv": "Counter({'independent': 2})",
    "data/datapackage.json": "True",
    "data/places.geojson": "[[43.13, 36.34]]",
    "data/sources.bib": "2",
    "data/sources.ris": "2",
    "calendar.ics": "['Hearing', 'Hearing']",
    "feed.xml": "['17 September 2020: Hearing', '17 September 2020: Hearing']",
}


# -- Texts that could act elsewhere

HOSTILE = "]]> <b>b</b> <!-- [a](javascript:x) **c** &amp; </script>"


def test_geojson_is_inert() -> None:
    """A text is a value as its author wrote it, under names that no map takes for mark-up or for style."""
    built = site({"places.yaml": PLACES, "entries/a.md": entry("location: mosul", title=f"'{HOSTILE}'")})
    (found,) = loaded(built, "data/places.geojson")["features"]
    assert found["properties"]["title"] == HOSTILE
    # What simplestyle and the common map programs show as HTML or take as an address or a colour.
    acting = {"description", "popup", "popupContent", "html", "icon", "marker-symbol", "marker-color", "stroke", "fill"}
    assert not acting & found["properties"].keys()


def test_json_is_inert() -> None:
    """Texts of every kind stand in JSON as what they are, and no name of a field acts on the object that it is in."""
    built = site({"entries/a.md": entry("x_note: {constructor: a, toString: b}", title=f"'{HOSTILE}'")})
    (found,) = loaded(built, "data/entries.json")["entries"]
    assert (found["title"], found["x_note"]) == (HOSTILE, {"constructor": "a", "toString": "b"})
    assert site({"entries/a.md": entry("x_note: {__proto__: {a: b}}")}).codes == ["yaml-key"]
    assert [item["title"] for item in loaded(built, "feed.json")["items"]] == [f"17 September 2020: {HOSTILE}"]


def test_retracted() -> None:
    """What its editors took back is no slide, as nothing there would say so."""
    built = site({"entries/a.md": entry("status: retracted"), "entries/b.md": entry()})
    assert [slide["unique_id"] for slide in loaded(built, "data/timelinejs.json")["events"]] == ["b"]


def test_withdrawn() -> None:
    """Of a withdrawn entry no export says anything."""
    built = site({"entries/gone.md": entry("status: withdrawn", title="Secret"), "entries/a.md": entry()})
    assert not [path for path, data in built.files.items() if b"Secret" in data]
    kept = {"entries/gone.html", "entries/gone.embed.html"}  # frames on the pages of others must say it, too
    assert {path for path in built.files if path.startswith("entries/gone")} == kept
