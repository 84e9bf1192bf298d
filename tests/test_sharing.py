"""What leaves an entry: reports of mistakes, frames on other pages, what others are told of a shared page."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jsonschema
import pytest
from PIL import Image

from site_builder import drawing
from site_builder.files import Options
from site_builder.memo import Memo
from site_builder.pictures import Poster
from site_builder.pipeline import build
from site_builder.publish import MemoryStaging
from tests.driver import SITE, Built, entry, inputs, site
from tests.outline import read

PHASE = "---\nlabel: The rise\nfrom: 2014\nto: ..\ncolour: amber\nshape: circle\n---\n"
CORRECTIONS = (
    'corrections:\n  url: "https://example.org/new?title=Correction:%20{id}&body={title}%0A{url}"\n'
    "  email: desk+news@example.org\n"
)
TITLE = 'Ten % of "it" & more? #1 – الموصل'
FILES = {
    "site.yaml": SITE + CORRECTIONS + "authors: [A. Editor]\n",
    "phases/rise.md": PHASE,
    "entries/a.md": entry(
        "phase: rise\naliases: [old]\nrevisions: {date: 2026-03-04, kind: correction, summary: S}\nsummary: It began.\n"
        "content_note: Of deaths.\nlocation: {name: Hilltown, precision: exact}",
        title=f"'{TITLE}'", date="2014-06",
    ),
    "entries/b.md": entry("phase: rise\nstatus: retracted\nsummary: What was wrong.", title="Taken back"),
    "entries/w.md": entry("status: withdrawn\nsummary: Secret.", title="Hidden"),
}  # fmt: skip


@pytest.fixture(scope="module")
def built() -> Built:
    made = site(FILES, look="real")
    assert made.report.ok, made.messages
    return made


def meta(built: Built, path: str) -> dict[str, str]:
    """What a page says of itself, by name or property, as an HTML parser reads it."""
    tags = read(built.files[path]).iter("meta")
    return {tag.get("property") or tag.get("name") or "": tag.get("content") for tag in tags}


def links(page: Any, rel: str) -> list[Mapping[str, str]]:
    return [dict(link.attrib) for link in page.iter("link") if link.get("rel") == rel]


# -- Reporting a mistake


def reports(built: Built) -> list[str]:
    document = read(built.files["entries/a.html"])
    return [
        a.get("href") for p in document.iter("p") if "report" in (p.get("class") or "").split() for a in p.iter("a")
    ]


def test_a_report_has_the_entry_filled_in(built: Built) -> None:
    """The address of the form, decoded as a server decodes it, has the entry's id, title and address unharmed."""
    asked = parse_qs(urlsplit(reports(built)[0]).query, strict_parsing=True)
    assert asked == {
        "title": ["Correction: a"],
        "body": [f"{TITLE}\nhttps://example.org/t/entries/a.html"],
    }


def test_a_report_by_mail(built: Built) -> None:
    """The mail's subject and text are percent-encoded as RFC 6068 wants it: no `+` for a space, lines end in CRLF."""
    scheme, _, rest = reports(built)[1].partition(":")
    to, _, query = rest.partition("?")
    assert (scheme, unquote(to)) == ("mailto", "desk+news@example.org")
    assert "+" not in query
    fields = {name: unquote(value) for name, _, value in (part.partition("=") for part in query.split("&"))}
    assert fields["subject"] == "Correction: a"
    assert fields["body"].splitlines()[:2] == [f"Entry: {TITLE}", "https://example.org/t/entries/a.html"]
    assert fields["body"].count("\r\n") == fields["body"].count("\n")


def test_without_a_desk_there_is_no_link() -> None:
    """A site that names no way to report gets none; one that names a sentence gets the sentence."""
    plain = site({**FILES, "site.yaml": SITE}, look="real")
    assert reports(plain) == []
    assert "Report it" not in plain.html("entries/a.html")
    told = site({**FILES, "site.yaml": SITE + "contact: Write to us.\n"}, look="real")
    assert (reports(told), "Write to us." in told.html("entries/a.html")) == ([], True)


def test_a_report_without_the_address_of_the_site() -> None:
    """Where the site does not know its address, the path of the entry stands in its place."""
    made = site(
        {**FILES, "site.yaml": FILES["site.yaml"].replace("base_url: https://example.org/t/\n", "")}, look="real"
    )
    assert parse_qs(urlsplit(reports(made)[0]).query)["body"] == [f"{TITLE}\nentries/a.html"]


# -- What is told of a shared page


def test_an_entry_is_told_as_an_article(built: Built) -> None:
    """Open Graph (ogp.me) has an entry's title and summary, its days, and its phase's picture with size and words."""
    told = meta(built, "entries/a.html")
    assert {name: told[name] for name in told if name.startswith(("og:", "article:", "twitter:"))} == {
        "og:type": "article",
        "og:site_name": "A test",
        "og:title": TITLE,
        "og:description": "It began.",
        "og:url": "https://example.org/t/entries/a.html",
        "og:image": "https://example.org/t/phases/rise.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "The phase “The rise” of “A test”: bars show the number of entries in each year, "
        "those of the phase in its colour.",
        "article:published_time": "2026-01-02",
        "article:modified_time": "2026-03-04",
        "article:section": "The rise",
        "twitter:card": "summary_large_image",
    }


def test_every_page_has_what_a_shared_link_shows(built: Built) -> None:
    """Each page with the frame of the site names a title of its own, a type and a picture that the site has."""
    for path in built.files:
        if path.endswith(".html") and not path.endswith(".embed.html"):
            told = meta(built, path)
            assert (told["og:title"] and not told["og:title"].endswith("A test")) or path == "index.html", path
            picture = told["og:image"].removeprefix("https://example.org/t/")
            assert Image.open(io.BytesIO(built.files[picture])).size == (
                int(told["og:image:width"]),
                int(told["og:image:height"]),
            ), path


def test_the_name_of_the_site_stands_once() -> None:
    """Whatever signs the name of the site has, the title of a shared page is without it, as it is told beside."""
    made = site({**FILES, "site.yaml": SITE.replace("A test", "Hill's <R&D>")}, look="real")
    told = meta(made, "entries/a.html")
    assert (told["og:title"], told["og:site_name"]) == (TITLE, "Hill's <R&D>")


def test_what_was_taken_back_is_told_as_such(built: Built) -> None:
    """Who sees the link to a retracted entry, and not its page, is told that first."""
    told = meta(built, "entries/b.html")["og:description"]
    assert told == "This entry has been retracted. Its page says why. What was wrong."


def test_without_an_address_no_picture() -> None:
    """A site that does not know its address names neither address nor picture, and draws none but its icons."""
    made = site({**FILES, "site.yaml": SITE.replace("base_url: https://example.org/t/\n", "")}, look="real")
    told = meta(made, "entries/a.html")
    assert (told["og:title"], told["twitter:card"]) == (TITLE, "summary")
    assert not {"og:url", "og:image"} & told.keys()
    assert sorted(path for path in made.files if path.endswith((".png", ".ico"))) == ["favicon.ico", "icon.png"]


def test_a_picture_is_drawn_when_something_in_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rebuild draws no picture again, unless a year has other entries or a phase another name."""
    drawn: list[str] = []

    def draw(shown: Poster) -> bytes:
        drawn.append(shown.label)
        return shown.label.encode()

    monkeypatch.setattr(drawing, "poster", draw)
    memo = Memo()
    last: dict[str, bytes] = {}

    def build_with(files: Mapping[str, str]) -> list[str]:
        drawn.clear()
        stage = MemoryStaging(files=last)
        assert build(inputs(files), Options(), memo, stage).ok
        last.update(stage.files)
        return sorted(drawn)

    assert build_with(FILES) == ["", "The rise"]
    assert build_with({**FILES, "entries/a.md": FILES["entries/a.md"].replace("What happened", "Other words")}) == []
    assert build_with({**FILES, "phases/rise.md": PHASE.replace("The rise", "A rise")}) == ["A rise"]
    assert build_with({**FILES, "entries/d.md": entry("phase: rise", date="2013")}) == ["", "The rise"]


def test_icons_are_named(built: Built) -> None:
    """Every page names an icon for browsers that read no SVG, the SVG, and the one of a home screen."""
    page = read(built.files["entries/a.html"])
    assert links(page, "icon")[0]["href"] == "../favicon.ico"
    assert links(page, "icon")[1]["type"] == "image/svg+xml"
    assert links(page, "apple-touch-icon")[0]["href"] == "../icon.png"


# -- Frames

# oEmbed 1.0 (https://oembed.com/, 2.3.4): what a response of type `rich` must have, and of what kind it is.
RICH = {
    "type": "object",
    "required": ["type", "version", "html", "width", "height"],
    "properties": {
        "type": {"const": "rich"},
        "version": {"const": "1.0"},
        "title": {"type": "string"},
        "author_name": {"type": "string"},
        "author_url": {"type": "string", "format": "uri"},
        "provider_name": {"type": "string"},
        "provider_url": {"type": "string", "format": "uri"},
        "cache_age": {"type": "integer"},
        "thumbnail_url": {"type": "string", "format": "uri"},
        "thumbnail_width": {"type": "integer"},
        "thumbnail_height": {"type": "integer"},
        "html": {"type": "string", "pattern": "^<iframe "},
        "width": {"type": "integer"},
        "height": {"type": "integer"},
    },
    "dependentRequired": {
        "thumbnail_url": ["thumbnail_width", "thumbnail_height"],
        "thumbnail_width": ["thumbnail_url", "thumbnail_height"],
        "thumbnail_height": ["thumbnail_url", "thumbnail_width"],
    },
    "additionalProperties": False,
}


def test_oembed(built: Built) -> None:
    """What an entry's page leads to is a rich oEmbed response, whose frame is the entry's own card."""
    (found,) = [
        link for link in links(read(built.files["entries/a.html"]), "alternate")
        if link["type"] == "application/json+oembed"
    ]  # fmt: skip
    path = found["href"].removeprefix("https://example.org/t/")
    told = json.loads(built.files[path])
    jsonschema.validate(told, RICH)
    assert (told["title"], told["author_name"], told["provider_name"]) == (TITLE, "A. Editor", "A test")
    page = read(f"<!DOCTYPE html><title>t</title>{told['html']}".encode())
    (frame,) = page.iter("iframe")
    assert (frame.get("src"), frame.get("title")) == ("https://example.org/t/entries/a.embed.html", TITLE)
    assert (frame.get("width"), frame.get("height")) == (str(told["width"]), str(told["height"]))


def test_the_code_to_copy_is_that_of_oembed(built: Built) -> None:
    """The field on the page holds the same frame, as a reader of HTML sees it."""
    (field,) = read(built.files["entries/a.html"]).iter("textarea")
    assert field.text == json.loads(built.files["entries/a.oembed.json"])["html"]


def test_no_address_no_frame() -> None:
    """Without an address of the site there is no code, no oEmbed file and no link to one; the card itself is there."""
    made = site({**FILES, "site.yaml": SITE.replace("base_url: https://example.org/t/\n", "")}, look="real")
    assert not [path for path in made.files if path.endswith(".oembed.json")]
    page = read(made.files["entries/a.html"])
    assert ([*page.iter("textarea")], links(page, "alternate")) == ([], [])
    assert "entries/a.embed.html" in made.files


def test_a_card(built: Built) -> None:
    """A card has the entry's date, place, title, note and summary, asks for nothing but its style, and leads out."""
    page = read(built.files["entries/a.embed.html"])
    text = " ".join("".join(page.find("body").itertext()).split())
    for part in (
        "June 2014",
        "Hilltown",
        "& more? #1 – الموصل",
        "Of deaths.",
        "It began.",
        "Single source",
        "1 source",
        "A test",
    ):
        assert part in text, part
    assert {a.get("target") for a in page.iter("a")} == {"_top"}
    assert [*page.iter("script")] == []
    assert [link["href"].startswith("../static/embed.") for link in links(page, "stylesheet")] == [True]
    assert [link["href"] for link in links(page, "canonical")] == ["https://example.org/t/entries/a.html"]
    assert meta(built, "entries/a.embed.html")["robots"] == "noindex"
    (policy,) = [tag.get("content") for tag in page.iter("meta") if tag.get("http-equiv") == "Content-Security-Policy"]
    assert policy.split("; ")[:2] == ["default-src 'none'", "style-src 'self'"]


def test_a_card_of_what_was_taken_back(built: Built) -> None:
    """A retracted entry's card says so and repeats nothing of it; a withdrawn one's has its address only."""
    retracted, withdrawn = built.html("entries/b.embed.html"), built.html("entries/w.embed.html")
    assert "has been retracted" in retracted
    assert "What was wrong." not in retracted
    assert "was withdrawn" in withdrawn
    assert not [word for word in ("Secret", "Hidden") if word in withdrawn]
    assert "entries/w.oembed.json" not in built.files


def test_an_old_address_keeps_its_card(built: Built) -> None:
    """A frame that was set up under a former id of the entry still shows it."""
    assert read(built.files["entries/old.embed.html"]).find(".//h1/a").get("href") == "a.html"


def test_cards_are_no_pages_of_the_sitemap(built: Built) -> None:
    """Search engines are not sent to cards."""
    assert "embed" not in built.html("sitemap.xml")
