from __future__ import annotations

import json
import re
from typing import Any

import html5lib
import pytest
from pyld import jsonld

from site_builder.rendering import data_block
from tests.driver import SITE, Built, entry, site, tiny_look

SCHEMA = "https://schema.org/"
FILES: dict[str, str | bytes] = {
    "site.yaml": SITE + "licence: {id: CC0-1.0, name: CC0, url: https://example.org/cc0}\nauthors: [A. Editor]\n",
    "actors.yaml": "- {id: front, name: Front}\n",
    "places.yaml": "- {id: mosul, name: Mosul, country: Iraq, lat: 36.34, lon: 43.13, precision: near}\n",
    "templates/base.html": tiny_look()["templates/base.html"].replace(
        b"</head>", b"{% if linked is defined %}{{ data_block(linked) }}{% endif %}</head>"
    ),
    "phases/rise.md": "---\nlabel: Rise\nfrom: 2010\nto: ..\ncolour: amber\nshape: circle\n---\n",
}


def blocks(built: Built, path: str) -> list[Any]:
    """The JSON-LD of a page as an HTML parser finds it."""
    page = html5lib.parse(built.html(path), namespaceHTMLElements=False)
    return [json.loads(element.text) for element in page.iter("script") if element.get("type") == "application/ld+json"]


def vocabulary(url: str, options: object) -> dict[str, Any]:
    """In the place of the context that schema.org serves: its names are those of its terms."""
    assert url == SCHEMA.rstrip("/")
    return {"document": {"@context": {"@vocab": SCHEMA}}, "documentUrl": url, "contextUrl": None, "contentType": None}


def expanded(found: Any) -> Any:
    return jsonld.expand(found, {"documentLoader": vocabulary})


def article(fields: str = "", **given: str) -> Any:
    (found,) = blocks(site({**FILES, "entries/a.md": entry(f"phase: rise\n{fields}", **given)}), "entries/a.html")
    return found


def test_entry() -> None:
    """An entry is an article about an event, with its place and its sources."""
    found = article("location: mosul", date="2014-06-06/2014-06-10")
    (node,) = expanded(found)
    assert node["@type"] == [f"{SCHEMA}Article"]
    assert found["about"]["startDate"] == "2014-06-06"
    assert found["about"]["endDate"] == "2014-06-10"
    assert found["about"]["location"][0]["geo"] == {"@type": "GeoCoordinates", "latitude": 36.34, "longitude": 43.13}
    assert [work["url"] for work in found["citation"]] == ["https://example.org/report"]
    assert (found["dateModified"], found["license"]) == ("2026-01-02", "https://example.org/cc0")


def test_whose_it_is() -> None:
    """Whoever made it is a person where the site says so, else an organisation, as schema.org has no third kind."""
    authors = "authors: [The desk, {name: A. Editor, kind: person}]\n"
    made = site({**FILES, "site.yaml": SITE + authors, "entries/a.md": entry("phase: rise")})
    (found,) = blocks(made, "entries/a.html")
    assert found["creator"] == [
        {"@type": "Organization", "name": "The desk"},
        {"@type": "Person", "name": "A. Editor"},
    ]


@pytest.mark.parametrize("date", ["2014~", "[2014-06-04..2014-06-10]", "201X", "-0043"])
def test_no_invented_dates(date: str) -> None:
    """A date that schema.org has no form for is left out."""
    assert not {"startDate", "endDate"} & article(date=date)["about"].keys()


@pytest.mark.parametrize("basis", ["report", "publication", "estimate"])
def test_no_day_of_something_else(basis: str) -> None:
    """The day of a report is not given as that of the event, of which the page says that it is not."""
    found = article(f"date_basis: {basis}", date="2014-06-06/2014-06-10")
    assert not {"startDate", "endDate"} & found["about"].keys()


@pytest.mark.parametrize(("issued", "said"), [("2014-06", "2014-06"), ("'[2014-06-04,2014-06-10]'", None)])
def test_no_invented_day_of_a_source(issued: str, said: str | None) -> None:
    """Of a source that appeared on one of several days none is given as its day."""
    files = {
        "sources/a.yaml": f"r: {{title: R, issued: {issued}}}\n",
        "entries/a.md": entry("phase: rise", body="A [@r].\n"),
    }
    (found,) = blocks(site({**FILES, **files}), "entries/a.html")
    assert [work.get("datePublished") for work in found["citation"] if work["name"] == "R"] == [said]


def test_no_invented_coverage() -> None:
    """Years of more than four digits, which ISO 8601 does not have, give the data no time that they cover."""
    files = {"entries/a.md": entry("phase: rise", date="Y12014"), "entries/b.md": entry("phase: rise")}
    (found,) = blocks(site({**FILES, **files}), "index.html")
    assert [node["name"] for node in found["@graph"] if "temporalCoverage" in node] == []


@pytest.mark.parametrize("role", ["perpetrator", "party", "speaker"])
def test_nobody_organises_harm(role: str) -> None:
    """Whoever took part is neither organiser nor performer of an event."""
    text = json.dumps(article(f"actor: {{id: front, role: {role}}}"))
    assert not re.search("organizer|performer|Front", text)


def test_no_way_to_perpetrators() -> None:
    """What a perpetrator published has no address here either."""
    found = article("source: {url: 'https://front.example/', title: T, perspective: perpetrator}", source="")
    assert "https://front.example" not in json.dumps(found)


def test_home() -> None:
    """The home page tells of the site and of its data, with a download for each file that there is."""
    built = site({**FILES, "entries/a.md": entry("phase: rise")})
    (found,) = blocks(built, "index.html")
    website, dataset = found["@graph"]
    assert (website["@type"], dataset["@type"]) == ("WebSite", "Dataset")
    assert dataset["temporalCoverage"] == "2020/2020"
    paths = {item["contentUrl"].removeprefix("https://example.org/t/") for item in dataset["distribution"]}
    assert paths == {path for path in built.files if path.startswith("data/")}
    assert {node["@type"][0] for node in expanded(found)} == {f"{SCHEMA}WebSite", f"{SCHEMA}Dataset"}


@pytest.mark.parametrize("path", ["years/2020.html", "phases/rise.html"])
def test_lists(path: str) -> None:
    """The page of a year or of a phase is a list of its entries in their order."""
    built = site({**FILES, "entries/b.md": entry("phase: rise"), "entries/a.md": entry("phase: rise")})
    (found,) = blocks(built, path)
    items = found["mainEntity"]["itemListElement"]
    assert found["@type"] == "CollectionPage"
    assert [(item["position"], item["url"]) for item in items] == [
        (1, "https://example.org/t/entries/a.html"),
        (2, "https://example.org/t/entries/b.html"),
    ]


def test_is_inert() -> None:
    """No text ends the block or begins another element, and all of it comes out as it went in."""
    title = "</script><script>alert(1)</script><!-- \u2028 & 'x'"
    built = site({**FILES, "entries/a.md": entry("phase: rise", title=json.dumps(title.replace("\u2028", " ")))})
    (found,) = blocks(built, "entries/a.html")
    assert found["headline"] == title.replace("\u2028", " ")
    inside = built.html("entries/a.html").split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert not set("<>&") & set(inside)


def test_block_is_inert() -> None:
    """Whatever a block of data holds, no sign in it ends the block, or a line for a reader of scripts."""
    value = {"a": "</script> <!-- & \u2028 \u2029", "__proto__": {"b": "c"}}
    text = str(data_block(value))
    inside = text.split(">", 1)[1].rpartition("<")[0]
    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside) == value


def test_without_address() -> None:
    """Without an address of the site, addresses are as seen from the page."""
    built = site({**FILES, "site.yaml": "id: t\ntitle: T\n", "entries/a.md": entry("phase: rise\nlocation: mosul")})
    (found,) = blocks(built, "entries/a.html")
    assert found["about"]["location"][0]["url"] == "../places/mosul.html"
