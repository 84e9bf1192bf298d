"""Feeds as Atom (RFC 4287). Their only clock is the authors' own dates; their ids are `tag:` URIs of the site's id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree import ElementTree

from site_builder import urls
from site_builder.model import Site

NAMESPACE = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Item:
    """One element of a feed. `id` is told from all others of the site; `path` may end in a #fragment.

    `updated` and `published` are days (YYYY-MM-DD).
    """

    id: str
    title: str
    path: str
    updated: str
    published: str
    summary: str
    category: str = ""


def feed(site: Site, path: str, title: str, subtitle: str, updated: str, items: Iterable[Item]) -> str:
    """The feed that lies at `path`. `updated`: the day of its last change, "" where nothing is dated."""
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": site.language})
    _text(root, "id", tag(site, path.removesuffix(".xml")))
    _text(root, "title", title)
    _text(root, "subtitle", subtitle)
    _text(root, "updated", _instant(updated or "2000-01-01"))
    for author in site.authors:
        _text(ElementTree.SubElement(root, "author"), "name", author.name)
    if site.licence:
        _text(root, "rights", site.licence.name)
    ElementTree.SubElement(root, "link", {"rel": "self", "href": urls.absolute(site.base_url, path)})
    ElementTree.SubElement(root, "link", {"href": urls.absolute(site.base_url, urls.HOME)})
    for item in items:
        _entry(root, site, item)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def tag(site: Site, id: str) -> str:
    """A lasting id (RFC 4151): it stays the same when the site moves."""
    return f"tag:{site.id},2000:{id}"


def _entry(root: ElementTree.Element, site: Site, item: Item) -> None:
    page, hash_, fragment = item.path.partition("#")
    element = ElementTree.SubElement(root, "entry")
    _text(element, "id", tag(site, item.id))
    _text(element, "title", item.title)
    ElementTree.SubElement(element, "link", {"href": urls.absolute(site.base_url, page) + hash_ + fragment})
    _text(element, "updated", _instant(item.updated))
    _text(element, "published", _instant(item.published))
    _text(element, "summary", item.summary)
    if item.category:
        ElementTree.SubElement(element, "category", {"term": item.category})
    if not site.authors:
        _text(ElementTree.SubElement(element, "author"), "name", site.title)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    if text:
        ElementTree.SubElement(parent, name).text = text


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"
