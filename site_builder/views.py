"""What templates see: small frozen values, so that a page changes only when something on it changes.

No view of one entry holds a fact about the whole timeline but its neighbours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from typing import Any, TypeVar

from site_builder import citations, urls
from site_builder.charts import Chart
from site_builder.dates import Edtf
from site_builder.files import sha256
from site_builder.markup import Body
from site_builder.memo import Memo, same
from site_builder.model import Actor, Entry, Phase, Place, Site, Source
from site_builder.timeline import Records, Timeline, bare, excerpt, index, records_of, together
from site_builder.wording import Words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mention:
    """A record by name, with its page; `note` is a role, a precision or a relation as its id."""

    label: str
    path: str
    note: str = ""
    detail: str = ""  # the author's remark

    @property
    def id(self) -> str:
        """The record's id, which its page is called by."""
        return self.path.rpartition("/")[2].removesuffix(".html")


@dataclass(frozen=True, slots=True)
class PhaseMark:
    """A phase as its sign: name, colour and shape."""

    id: str
    label: str
    colour: str
    shape: str
    path: str


@dataclass(frozen=True, slots=True, repr=False)
class Card:
    """An entry in a list. `digest` stands for all other fields: a page of many cards is compared by their digests."""

    id: str
    path: str
    title: str
    summary: str
    date: Edtf
    date_display: str  # the author's own wording, else ""
    date_noted: bool
    phase: PhaseMark | None
    significance: int
    grade: str
    rule: str  # which of `evidence.RULES` gave the grade
    disputed: bool
    actors: tuple[Mention, ...]
    places: tuple[Mention, ...]
    sources: tuple[Mention, ...]
    tags: tuple[str, ...]
    retracted: bool
    draft: bool  # shown to its authors only, in a preview
    digest: str

    def __repr__(self) -> str:
        return f"Card({self.id!r}, {self.digest!r})"


@dataclass(frozen=True, slots=True)
class Edition:
    """What the outputs are made from: a timeline, the words of its language, a card for each entry."""

    timeline: Timeline
    words: Words
    cards: Mapping[str, Card]
    charts: tuple[Chart, ...] = ()
    memo: Memo = field(default_factory=Memo)
    excerpts: Mapping[str, Edition] = field(default_factory=dict)

    def of(self, entry: Entry) -> Edition:
        """An edition of this entry alone, the same object while nothing that the entry names has changed.

        `edition.once(make, edition.of(entry))` is made again only when it must be.
        """
        return self.excerpts[entry.id]

    def among(self, entries: Iterable[Entry]) -> Edition:
        """An edition of these entries alone, the same object while they, what they name and the phases stay."""
        phases = tuple(self.timeline.records.phases.values())
        excerpts = tuple([self.excerpts[entry.id] for entry in entries])
        return self.memo.once(_among, self.timeline.site, self.words, self.charts, phases, excerpts)

    def bare(self) -> Edition:
        """An edition of the records alone, without entries: the same object while they and the site stay."""
        return self.memo.once(_bare, self.timeline.site, self.timeline.records, self.words, self.charts)

    @property
    def entry(self) -> Entry:
        """The entry of an edition of one."""
        (entry,) = self.timeline.entries
        return entry

    def once(self, make: Callable[..., T], *inputs: Any) -> T:
        """See `Memo.once`."""
        return self.memo.once(make, *inputs)


def edition(timeline: Timeline, words: Words, charts: tuple[Chart, ...] = (), memo: Memo | None = None) -> Edition:
    memo = memo or Memo()
    known = (timeline.site, timeline.records, words, charts)
    excerpts: dict[str, Edition] = {}
    cards: dict[str, Card] = {}
    for entry in timeline.entries:
        inputs = (entry, timeline.evidence[entry.id], *known)
        make = partial(_excerpt, timeline, entry, words, charts)
        _, excerpts[entry.id], cards[entry.id] = memo.revise("excerpt", entry.id, inputs, make)
    return Edition(timeline, words, cards, charts, memo, excerpts)


_Excerpt = tuple[tuple[Any, ...], "Edition", Card]  # what it is made of, the edition of one entry, its card


def _excerpt(
    timeline: Timeline, entry: Entry, words: Words, charts: tuple[Chart, ...], last: _Excerpt | None
) -> _Excerpt:
    """The edition of an entry alone, the same object while all that it names stays; so is its card while nothing
    that a card shows has changed.
    """
    evidence, cited, records = timeline.evidence[entry.id], timeline.cited[entry.id], records_of(timeline, entry)
    made_of = (timeline.site, entry, evidence, cited, records, words, charts)
    if last and same(last[0]) == same(made_of):
        return last
    alone = _alone(excerpt(timeline.site, entry, evidence, cited, records), words, charts)
    card = alone.cards[entry.id]
    return made_of, alone, last[2] if last and last[2].digest == card.digest else card


def _alone(timeline: Timeline, words: Words, charts: tuple[Chart, ...]) -> Edition:
    return Edition(timeline, words, {entry.id: _card(timeline, entry) for entry in timeline.entries}, charts)


def _bare(site: Site, records: Records, words: Words, charts: tuple[Chart, ...]) -> Edition:
    return Edition(bare(site, records), words, {}, charts)


def _among(
    site: Site, words: Words, charts: tuple[Chart, ...], phases: tuple[Phase, ...], excerpts: tuple[Edition, ...]
) -> Edition:
    timeline = together(site, phases, tuple(one.timeline for one in excerpts))
    cards = {id: card for one in excerpts for id, card in one.cards.items()}
    return Edition(timeline, words, cards, charts, excerpts={one.entry.id: one for one in excerpts})


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


def _card(timeline: Timeline, entry: Entry) -> Card:
    evidence = timeline.evidence[entry.id]
    fields: dict[str, Any] = {
        "id": entry.id,
        "path": urls.page("entry", entry.id),
        "title": entry.title,
        "summary": entry.summary or entry.body.lead,
        "date": entry.date,
        "date_display": entry.date_display,
        "date_noted": bool(entry.date_note),
        "phase": phase_mark(timeline, entry.phase),
        "significance": entry.significance,
        "grade": evidence.grade,
        "rule": evidence.rule,
        "disputed": bool(evidence.disputed) or evidence.grade == "contested",
        "actors": actors(timeline, entry),
        "places": places(timeline, entry),
        "sources": tuple(chip(timeline.records.sources[key]) for key in timeline.cited[entry.id]),
        "tags": entry.tags,
        "retracted": entry.status == "retracted",
        "draft": entry.status == "draft",
    }
    return Card(**fields, digest=sha256(repr(fields).encode()))


def cards(edition: Edition, entries: Iterable[Entry]) -> tuple[Card, ...]:
    return tuple(edition.cards[entry.id] for entry in entries)


def phase_mark(timeline: Timeline, id: str) -> PhaseMark | None:
    phase = timeline.records.phases.get(id)
    if phase is None:
        return None
    return PhaseMark(id, phase.label, phase.colour, phase.shape, urls.page("phase", id))


def actors(timeline: Timeline, entry: Entry) -> tuple[Mention, ...]:
    """The actors of an entry, under the names that were valid at its date."""
    return tuple(
        Mention(
            ref.name_used or name_at(timeline.records.actors[ref.id], entry.date),
            urls.page("actor", ref.id),
            ref.role,
        )
        for ref in entry.actor
    )


def name_at(actor: Actor, date: Edtf) -> str:
    """The actor's name at a date: a former name while it was valid (it has a beginning and an end), else today's."""
    day = date.earliest or date.latest
    for alias in actor.aliases:
        start = alias.from_ and alias.from_.earliest
        end = alias.to and alias.to.latest
        if day and start and end and start <= day <= end:
            return alias.name
    return actor.name


def places(timeline: Timeline, entry: Entry) -> tuple[Mention, ...]:
    """The places of an entry, each with how well its point is known."""
    found = ((ref, timeline.records.places[ref.id]) for ref in entry.location)
    return tuple(
        Mention(place.name, urls.page("place", place.id), ref.precision or place.precision, ref.note)
        for ref, place in found
    )


def full_name(place: Place) -> str:
    return f"{place.name}, {place.country}" if place.country not in ("", place.name) else place.name


def chip(source: Source) -> Mention:
    """A source in a few words: its outlet and year."""
    outlet = source.container_title or source.publisher or source.title
    year = str(source.issued.year) if source.issued and source.issued.year is not None else ""
    return Mention(outlet, urls.page("source", source.id), source.perspective, year)


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
