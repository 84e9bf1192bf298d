"""What templates see of sources, years and indexes: small frozen values, so that a page changes only when something on
it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from site_builder import citations, urls
from site_builder.bodies import Body
from site_builder.cards import Card, Mention, PhaseMark, phase_mark
from site_builder.dates import Edtf
from site_builder.edition import Edition, cards
from site_builder.model import Entry, Site, Source
from site_builder.timeline import Timeline, index


@dataclass(frozen=True, slots=True)
class Reference:
    """A source in a numbered list, or on its own page (number 0)."""

    number: int
    id: str
    path: str
    title: str
    authors: tuple[str, ...]
    outlet: str
    publisher: str
    issued: Edtf | None
    url: str  # "" where it must not be a link
    archived: tuple[tuple[str, Edtf | None], ...]
    perspective: str
    origin: str
    kind: str
    language: str
    note: str
    seen: bool
    locators: tuple[str, ...] = ()
    supports: str = "direct"


@dataclass(frozen=True, slots=True)
class Month:
    anchor: str
    month: int  # 1 to 12, 0: the month is not known
    cards: tuple[Card, ...]  # none where they have a page of their own
    count: int = 0
    path: str = ""  # that page


@dataclass(frozen=True, slots=True)
class Year:
    anchor: str
    year: int
    path: str
    months: tuple[Month, ...]
    count: int
    levels: tuple[int, int, int] = (0, 0, 0)
    key: tuple[Card, ...] = ()  # of a year without months: what stands for it in the list


def reference(
    timeline: Timeline,
    source: Source,
    number: int = 0,
    locators: tuple[str, ...] = (),
    supports: str = "direct",
) -> Reference:
    return referred(timeline.site, source, number, locators, supports)


def referred(
    site: Site,
    source: Source,
    number: int = 0,
    locators: tuple[str, ...] = (),
    supports: str = "direct",
) -> Reference:
    return Reference(
        number=number,
        id=source.id,
        path=urls.page("source", source.id),
        title=source.title,
        authors=tuple(citations.person(author) for author in source.author),
        outlet=source.container_title,
        publisher=source.publisher,
        issued=source.issued,
        url=citations.address(source),
        archived=tuple((copy.url, copy.date) for copy in citations.copies(source)),
        perspective=source.perspective,
        origin=site.origins.get(source.origin, source.origin),
        kind=source.kind,
        language=source.language,
        note=source.note,
        seen=source.seen,
        locators=locators,
        supports=supports,
    )


def years(edition: Edition, entries: Iterable[Entry]) -> tuple[Year, ...]:
    """Entries (in the order of their dates) under year and month headings."""
    grouped = []
    for year, of_year in groupby(entries, key=lambda entry: entry.date.year):
        months = []
        # What is known to the year or the season only stands before the months: `sorted` keeps the order within.
        by_month = sorted(of_year, key=lambda entry: entry.date.month or 0)
        for month, of_month_ in groupby(by_month, key=lambda entry: entry.date.month or 0):
            of_month = cards(edition, of_month_)
            months.append(Month(f"m{year}-{month:02}", month, of_month, len(of_month)))
        found = levels(card for month in months for card in month.cards)
        grouped.append(Year(f"y{year}", year, urls.page("year", str(year)), tuple(months), found[2], found))
    return tuple(grouped)


def levels(items: Iterable[Card | Entry]) -> tuple[int, int, int]:
    """How many there are to read: the key events, those and the weighty ones, all."""
    weights = [item.significance for item in items]
    return (weights.count(1), len(weights) - weights.count(3), len(weights))


LONGEST_STRIP = 400  # years; a longer story shows only the years that have entries


@dataclass(frozen=True, slots=True)
class Bar:
    """A year in the strip of all years: entries by phase (None: of no phase)."""

    year: int
    path: str
    counts: tuple[tuple[PhaseMark | None, int], ...]
    total: int
    levels: tuple[int, int, int] = (0, 0, 0)


def density(timeline: Timeline, entries: Iterable[Entry] | None = None, page: str = urls.TIMELINE) -> tuple[Bar, ...]:
    """One bar for each year from the first to the last, the empty ones too: gaps mean something.

    Of all entries, or of those that the page lists under the anchors of their years.
    """
    by_year = timeline.by_year if entries is None else index((entry.date.year, entry) for entry in entries)
    if not by_year:
        return ()
    order = [*timeline.records.phases, ""]
    bars = []
    span = range(min(by_year), max(by_year) + 1)
    for year in span if len(span) <= LONGEST_STRIP else sorted(by_year):
        of_year = by_year.get(year, ())
        of_phase = {id: sum(entry.phase == id for entry in of_year) for id in order}
        counts = tuple((phase_mark(timeline, id), count) for id, count in of_phase.items() if count)
        path = f"{page}#y{year}" if of_year else ""
        bars.append(Bar(year, path, counts, len(of_year), levels(of_year)))
    return tuple(bars)


@dataclass(frozen=True, slots=True)
class IndexItem:
    """A line of an index: the record, and the span of its entries."""

    mention: Mention
    description: str
    count: int
    first: Edtf | None
    last: Edtf | None


def index_item(mention: Mention, description: str, entries: Sequence[Entry]) -> IndexItem:
    first, last = (entries[0].date, entries[-1].date) if entries else (None, None)
    return IndexItem(mention, description, len(entries), first, last)


def numbered(timeline: Timeline, body: Body) -> tuple[tuple[Reference, ...], dict[str, int]]:
    """The sources that a text cites, numbered in the order of first use."""
    numbers = {key: n for n, key in enumerate(body.keys, start=1)}
    return tuple(reference(timeline, timeline.records.sources[key], n) for key, n in numbers.items()), numbers
