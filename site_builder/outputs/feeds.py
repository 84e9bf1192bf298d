"""The Atom feed (RFC 4287) of new and changed entries. Its only clock is the authors' own dates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree import ElementTree

from site_builder import urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.changes import Change, changes
from site_builder.exports import ATOM
from site_builder.timeline import Timeline
from site_builder.views import Edition
from site_builder.wording import Words

LONGEST = 50
NAMESPACE = "http://www.w3.org/2005/Atom"


def artifacts(edition: Edition) -> Iterator[Artifact]:
    """Without a base URL there is no feed: its links would lead nowhere."""
    timeline = edition.timeline
    if ATOM.fits(timeline):
        yield Artifact(ATOM.path, Text(lambda: _feed(timeline, edition.words)), listed=False)


def _feed(timeline: Timeline, words: Words) -> str:
    site, latest = timeline.site, list(islice(changes(timeline), LONGEST))
    feed = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": site.language})
    _text(feed, "id", f"tag:{site.id},2000:feed")
    _text(feed, "title", site.title)
    _text(feed, "subtitle", site.description)
    _text(feed, "updated", _instant(str(latest[0].date) if latest else "2000-01-01"))
    for author in site.authors:
        _text(ElementTree.SubElement(feed, "author"), "name", author.name)
    if site.licence:
        _text(feed, "rights", site.licence.name)
    ElementTree.SubElement(feed, "link", {"rel": "self", "href": urls.absolute(site.base_url, urls.FEED)})
    ElementTree.SubElement(feed, "link", {"href": urls.absolute(site.base_url, urls.HOME)})
    for change in latest:
        _entry(feed, timeline, words, change)
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=False) + "\n"


def _entry(feed: ElementTree.Element, timeline: Timeline, words: Words, change: Change) -> None:
    """One element an event; a later change of it stands in its summary, under the same id."""
    item = ElementTree.SubElement(feed, "entry")
    _text(item, "id", f"tag:{timeline.site.id},2000:{change.path}")
    _text(item, "title", f"{words.date(change.event_date)}: {change.title}")
    ElementTree.SubElement(item, "link", {"href": urls.absolute(timeline.site.base_url, change.path)})
    _text(item, "updated", _instant(str(change.date)))
    _text(item, "published", _instant(str(change.published)))
    _text(item, "summary", change.summary)
    if not timeline.site.authors:
        _text(ElementTree.SubElement(item, "author"), "name", timeline.site.title)


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    if text:
        ElementTree.SubElement(parent, name).text = text


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


OUTPUT = Output(artifacts, alternate=(ATOM.media, "feed.title", ATOM.path))
