"""What search engines and other machines are told of a page: JSON-LD in the terms of schema.org.

An entry is an article about an event, so nobody who took part in it stands there as `organizer` or `performer`. What
is not known is left out: a date has only as many digits as its author gave it, a place a point only where it has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from site_builder import citations, urls
from site_builder.cards import full_name
from site_builder.changes import last_change
from site_builder.dates import Edtf, Point, Precision
from site_builder.exports import Export, present
from site_builder.model import Entry, Place, Source
from site_builder.timeline import Timeline

Node = dict[str, Any]

CONTEXT = "https://schema.org"
_WORKS = {
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "dataset": "Dataset",
    "legislation": "Legislation",
    "post-weblog": "BlogPosting",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
_POINTLESS = ("region", "country", "none")


class Teller:
    """Nodes for one page, whose addresses are whole where the site knows its own, else as seen from that page."""

    def __init__(self, timeline: Timeline, page: str) -> None:
        self._timeline = timeline
        self._page = page

    def at(self, path: str) -> str:
        base = self._timeline.site.base_url
        if not base:
            return urls.relative(self._page, path)
        page, hash_, fragment = path.partition("#")
        return urls.absolute(base, page) + hash_ + fragment

    # -- The whole

    def website(self) -> Node:
        """The site and the data that it offers: for the home page."""
        return {"@context": CONTEXT, "@graph": [self._site(), self._dataset()]}

    def _site(self) -> Node:
        site = self._timeline.site
        return _filled({
            "@type": "WebSite",
            "@id": self.at(f"{urls.HOME}#website"),
            "url": self.at(urls.HOME),
            "name": site.title,
            "alternativeHeadline": site.subtitle,
            "description": site.description,
            "inLanguage": site.language,
            **self._terms(),
        })  # fmt: skip

    def _dataset(self) -> Node:
        timeline, site = self._timeline, self._timeline.site
        countries = {timeline.records.places[id].country for id in timeline.by_place}
        changed = last_change(timeline.entries)
        return _filled({
            "@type": "Dataset",
            "@id": self.at(f"{urls.DATA}#dataset"),
            "url": self.at(urls.DATA),
            "name": site.title,
            "description": site.description,
            "inLanguage": site.language,
            "isAccessibleForFree": True,
            "temporalCoverage": _coverage(timeline.entries),
            "spatialCoverage": [{"@type": "Place", "name": name} for name in sorted(countries) if name],
            "version": changed,
            "dateModified": changed,
            "distribution": [self._download(export) for export in present(timeline) if export.is_data],
            **self._terms(),
        })  # fmt: skip

    def _download(self, export: Export) -> Node:
        return {
            "@type": "DataDownload",
            "name": export.path.rpartition("/")[2],
            "contentUrl": self.at(export.path),
            "encodingFormat": export.media,
        }

    def _terms(self) -> Node:
        """Whose it is, and under what licence."""
        site = self._timeline.site
        creators = [
            {"@type": "Person" if author.kind == "person" else "Organization", "name": author.name}
            for author in site.authors
        ]
        return {"creator": creators, "license": site.licence.url if site.licence else ""}

    # -- Lists

    def collection(self, name: str, about: str, entries: Iterable[Entry]) -> Node:
        """A page of many entries."""
        items = [
            {"@type": "ListItem", "position": n, "url": self.at(urls.page("entry", entry.id)), "name": entry.title}
            for n, entry in enumerate(entries, start=1)
        ]
        return _filled({
            "@context": CONTEXT,
            "@type": "CollectionPage",
            "url": self.at(self._page),
            "name": name,
            "description": about,
            "inLanguage": self._timeline.site.language,
            "isPartOf": {"@type": "WebSite", "@id": self.at(f"{urls.HOME}#website")},
            "mainEntity": {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items},
        })  # fmt: skip

    # -- One entry

    def article(self, entry: Entry) -> Node:
        timeline = self._timeline
        return _filled({
            "@context": CONTEXT,
            "@type": "Article",
            "@id": self.at(self._page),
            "url": self.at(self._page),
            "headline": entry.title,
            "creativeWorkStatus": "Retracted" if entry.status == "retracted" else "",
            "description": entry.summary or entry.body.lead,
            "inLanguage": entry.lang or timeline.site.language,
            "datePublished": str(entry.published) if entry.published else "",
            "dateModified": last_change([entry]),
            "isPartOf": {"@type": "WebSite", "@id": self.at(f"{urls.HOME}#website")},
            "about": self._event(entry),
            "citation": [_work(timeline.records.sources[key]) for key in timeline.cited[entry.id]],
            **self._terms(),
        })  # fmt: skip

    def _event(self, entry: Entry) -> Node:
        span = entry.date.spans[0]
        kind = entry.date.kind if entry.date_basis == "event" else ""  # else the date is not that of the event
        precise = {ref.id: ref.precision for ref in entry.location}
        places = [self._place(id, precise[id]) for id in precise]
        return _filled({
            "@type": "Event",
            "name": entry.title,
            "startDate": _iso(span.start) if kind in ("date", "interval") else "",
            "endDate": _iso(span.end) if kind == "interval" else "",
            "location": places,
        })  # fmt: skip

    def _place(self, id: str, precision: str | None) -> Node:
        place = self._timeline.records.places[id]
        return _filled({
            "@type": "Place",
            "name": full_name(place),
            "url": self.at(urls.page("place", id)),
            "geo": _point(place, precision or place.precision),
        })  # fmt: skip


@lru_cache(maxsize=4096)  # many entries rest on the same source
def _work(source: Source) -> Node:
    authors = [{"@type": "Person" if author.family else "Organization", "name": citations.person(author)}
               for author in source.author]  # fmt: skip
    return _filled({
        "@type": _WORKS.get(source.type, "CreativeWork"),
        "name": source.title,
        "author": authors,
        "publisher": _named("Organization", source.publisher or source.container_title),
        "datePublished": _iso(source.issued.spans[0].start) if source.issued and source.issued.kind != "set" else "",
        "inLanguage": source.language,
        "url": citations.address(source),
    })  # fmt: skip


def _named(kind: str, name: str) -> Node:
    return {"@type": kind, "name": name} if name else {}


def _point(place: Place, precision: str) -> Node:
    if precision in _POINTLESS or place.lat is None or place.lon is None:
        return {}
    return {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}


def _iso(end: object) -> str:
    """A point as ISO 8601 has it, as precise as it is known; "" for what that standard has no form for, as doubt."""
    if not isinstance(end, Point) or end.uncertain or end.approximate or not 0 < end.year <= 9999:
        return ""
    year, month, day = f"{end.year:04}", f"{end.month or 0:02}", f"{end.day or 0:02}"
    known = {Precision.DAY: (year, month, day), Precision.MONTH: (year, month), Precision.YEAR: (year,)}
    return "-".join(known.get(end.precision, ()))


def _coverage(entries: Iterable[Entry]) -> str:
    """From the first year to the last, as schema.org writes an interval; ISO 8601 has years of four digits."""
    years = [year for entry in entries for year in _years(entry.date)]
    if not years or min(years) < 1 or max(years) > 9999:
        return ""
    return f"{min(years):04}/{max(years):04}"


def _years(date: Edtf) -> Iterable[int]:
    return (day[0] for day in (date.earliest, date.latest) if day)


def _filled(node: Node) -> Node:
    """Without what is empty."""
    return {name: value for name, value in node.items() if value not in ("", None, [], {})}
