"""Addresses: where each page lies, and the relative way from one to another."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from site_builder.limits import MAX_ADDRESS

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Cyrillic letters, and the Greek ones that are drawn as Latin ones, beside a Latin letter.
_ALIKE = "\u0400-\u052fΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορυ"
_FOREIGN = re.compile(f"[{_ALIKE}]")
_MIXED = re.compile(rf"[A-Za-zÀ-ɏ]+[{_ALIKE}]\w*|[{_ALIKE}]+[A-Za-zÀ-ɏ]\w*")
# Latin letters that Unicode does not part into one of ASCII and a mark.
_WITHOUT_STROKE = str.maketrans({
    "ß": "ss", "ẞ": "SS", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Þ": "Th", "þ": "th",
    **dict(zip("ØøŁłĐđÐðĦħŦŧı", "OoLlDdDdHhTti", strict=True)),
})  # fmt: skip
# Windows cannot hold files of these names, whatever their ending.
RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})

HOME, TIMELINE, NOT_FOUND = "index.html", "timeline.html", "404.html"
SIFT_INDEX = "timeline.index.json"
ACTORS, PLACES, SOURCES, TAGS, GLOSSARY = (
    "actors.html",
    "places.html",
    "sources.html",
    "tags.html",
    "glossary.html",
)
SOURCES_BY_KIND, SOURCES_BY_VOICE = "sources-by-kind.html", "sources-by-voice.html"
EVIDENCE, CORRECTIONS = "evidence.html", "corrections.html"
MAP = "map.html"
FIGURES, SPANS, CONTROL = "figures.html", "spans.html", "control.html"
SEARCH, BOOK = "search.html", "print.html"
FEED, SITEMAP, DATA = "feed.xml", "sitemap.xml", "data.html"
ICON, TOUCH_ICON, PICTURE = "favicon.ico", "icon.png", "picture.png"

_FOLDERS = {
    "entry": "entries",
    "phase": "phases",
    "year": "years",
    "actor": "actors",
    "place": "places",
    "source": "sources",
    "tag": "tags",
    "series": "series",
}


def page(kind: str, id: str) -> str:
    """The path of a record's page, from the root of the site: `page("entry", "x")` is "entries/x.html"."""
    if kind == "term":
        return f"{GLOSSARY}#{id}"
    id, hash_, place = id.partition("#")  # an author's link may lead to a heading: entry:x#aftermath
    return (f"{id}.html" if kind == "page" else f"{_FOLDERS[kind]}/{id}.html") + hash_ + place


@lru_cache(maxsize=65536)
def over_root(depth: int, target: str) -> str:
    """The address of `target` from any page of this depth: up to the root and down again."""
    path, hash_, fragment = target.partition("#")
    return "../" * depth + quote(path) + (f"#{quote(fragment)}" if hash_ else "")


def beside(path: str, ending: str) -> str:
    """The same record in another format: `beside("entries/x.html", "bib")` is "entries/x.bib"."""
    return f"{path.rpartition('.')[0]}.{ending}"


def relative(source: str, target: str) -> str:
    """The address of `target` (a path from the root, with a #fragment if wanted) as written in the page `source`."""
    path, hash_, fragment = target.partition("#")
    if path in ("", source) and hash_:
        return f"#{quote(fragment)}"
    return way(source.rpartition("/")[0], target)


@lru_cache(maxsize=65536)
def way(folder: str, target: str) -> str:
    """From any page of a folder to another page. (posixpath.relpath asks the system for the working directory.)"""
    path, hash_, fragment = target.partition("#")
    here, there = folder.split("/") if folder else [], path.split("/")
    while here and len(there) > 1 and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return quote("/".join([".."] * len(here) + there)) + (f"#{quote(fragment)}" if hash_ else "")


def absolute(base_url: str, path: str) -> str:
    """The full address of a page; the home page is the folder itself."""
    return base_url.rstrip("/") + "/" + quote("" if path == HOME else path)


def outside(url: str) -> str:
    """The address if it is safe to link to (http or https with a host, no user name), else ""."""
    if "//" not in url:  # so it has no host
        return ""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  raises on an impossible port
    except ValueError:
        return ""
    plain = parts.scheme in ("http", "https") and _is_host(parts.hostname or "") and parts.username is None
    return url if plain and len(url) <= MAX_ADDRESS and not re.search(r"[\s\\<>\"]", url) else ""


def wire(url: str) -> str:
    """The address in the letters of RFC 3986, as it is sent: its host by IDNA, all else escaped, no fragment.

    Raises ValueError where the host has no such form.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else ".".join(map(_in_ascii, host.split(".")))
    place = f"{host}:{parts.port}" if parts.port else host
    return urlunsplit((parts.scheme, place, _escaped(parts.path or "/"), _escaped(parts.query, "?"), ""))


def _escaped(text: str, also: str = "") -> str:
    """What is escaped already stays as it is; a per cent sign that escapes nothing is none of RFC 3986."""
    return quote(re.sub("%(?![0-9A-Fa-f]{2})", "%25", text), safe="/%:@!$&'()*+,;=~-._" + also)


def _in_ascii(label: str) -> str:
    """A part of a host's name by IDNA as browsers have it (UTS #46); Python's own codec makes `ss` of an `ß`."""
    small = "".join(sign.lower() for sign in unicodedata.normalize("NFC", label))
    coded = label if label.isascii() else f"xn--{small.encode('punycode').decode()}"
    if len(coded) > 63:
        raise ValueError(f"{label} is too long for a part of a host's name")
    return coded


def base(url: str) -> str:
    """The address of a site in the letters of RFC 3986; "" for one below which no page can lie."""
    if not outside(url) or re.search(r"[?#]|/index\.html?$", url):
        return ""
    try:
        return wire(url)
    except ValueError:
        return ""


def _is_host(host: str) -> bool:
    """Whether this names a host, and no other one than it seems to."""
    if ":" in host:  # an address of IPv6, which the parser has looked at
        return True
    if not host.isascii() and (mixed(host) or unicodedata.normalize("NFKC", host).casefold() != host.casefold()):
        return False
    return all(0 < len(label) < 64 and all(map(_in_label, label)) for label in host.removesuffix(".").split("."))


def _in_label(sign: str) -> bool:
    return sign.isalnum() or sign in "-_" or unicodedata.category(sign)[0] == "M"


def mixed(text: str, start: int = 0) -> re.Match[str] | None:
    """The first word of letters that look alike and are of two scripts, such as `Jаne` with a Cyrillic `а`."""
    return _MIXED.search(text, start) if not text.isascii() and _FOREIGN.search(text, start) else None


def slug(text: str) -> str:
    """An id made of a text's Latin letters, without accents, and its digits; "" where it has none."""
    return "-".join(re.findall(r"[a-z0-9]+", plain(text).lower()))


def id_of(text: str, otherwise: str) -> str:
    """An id for any text: its slug; one in other letters than Latin gets a digest after `otherwise`.

    The digest depends on nothing but the text, so that an address stays the same whatever is written beside it.
    """
    id = slug(text)
    if re.search("[a-z]", id) or (id and not any(sign.isalpha() for sign in text)):
        return id
    digest = hashlib.sha256(
        unicodedata.normalize("NFC", text.strip()).casefold().encode("utf-8", "replace")
    ).hexdigest()
    return "-".join(filter(None, [id or otherwise, digest[:8]]))


def plain(text: str) -> str:
    """The text without the accents of its Latin letters: "Müller" is "Muller", "Łódź" is "Lodz"."""
    if text.isascii():
        return text
    parted = unicodedata.normalize("NFKD", text).translate(_WITHOUT_STROKE)
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def from_root(base_url: str, path: str) -> str:
    """The address of a page from the root of its host: `/repo/entries/x.html`."""
    page, hash_, fragment = path.partition("#")
    folder = urlsplit(base_url).path.strip("/")
    return (f"/{folder}/" if folder else "/") + quote("" if page == HOME else page) + hash_ + quote(fragment)
