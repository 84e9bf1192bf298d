"""`print.html`: the whole chronology as one book, with its sources numbered through and listed once at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from site_builder import accounts, mentions, urls
from site_builder.accounts import ClaimView, ControlView
from site_builder.artifacts import Artifact, Output, Page, later
from site_builder.bodies import Body, Link
from site_builder.cards import Card, PhaseMark, phase_mark
from site_builder.changes import last_change
from site_builder.dates import parse
from site_builder.edition import Edition
from site_builder.evidence import Evidence
from site_builder.files import sha256
from site_builder.model import Entry, Phase, Term
from site_builder.model import Page as OwnPage
from site_builder.timeline import Timeline
from site_builder.tolls import Toll, tolls
from site_builder.views import reference

LONGEST = 1000  # entries; what is longer is printed year by year, from the pages of the years

_HEADING = re.compile(r"<(/?)h([1-6])")
_PLACE = re.compile(r'(<h[1-6] id="|href="#)')


@dataclass(frozen=True, slots=True, repr=False)
class Article:
    """An entry in full. `digest` stands for it where pages are compared; `marks` are the numbers of its sources."""

    card: Card
    entry: Entry
    body: Body
    cited: tuple[tuple[str, str], ...]
    evidence: Evidence
    claims: tuple[ClaimView, ...]
    casualties: tuple[Toll, ...]
    control: tuple[ControlView, ...]
    digest: str
    marks: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"Article({self.digest!r}, {self.marks!r})"


@dataclass(frozen=True, slots=True)
class YearPart:
    year: int
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A phase, or all that has none. Its entries are numbered from `first` to `last`."""

    mark: PhaseMark | None
    phase: Phase | None
    body: Body
    years: tuple[YearPart, ...]
    first: int
    last: int


def artifacts(edition: Edition) -> Iterator[Artifact]:
    if 0 < len(edition.timeline.entries) <= LONGEST:
        yield later(edition, urls.BOOK, _made, listed=False)


def _made(edition: Edition) -> Page:
    timeline = edition.timeline
    own = sorted(timeline.records.pages.values(), key=lambda own: (own.order, own.id))
    terms = sorted(timeline.records.terms.values(), key=lambda term: (term.term.casefold(), term.id))
    version = last_change(timeline.entries)
    numbers = {key: n for n, key in enumerate(_cited(timeline, terms, own), start=1)}
    return Page.of(
        "book.html",
        chapters=tuple(_chapters(edition, numbers)),
        total=len(timeline.entries),
        version=parse(version) if version else None,
        terms=tuple((term, mentions.notes(term.cites)) for term in terms),
        pages=tuple((own, lowered(own.body, own.id, 1)) for own in own),
        references=tuple(reference(timeline, timeline.records.sources[key], n) for key, n in numbers.items()),
        numbers=numbers,
    )


def _cited(timeline: Timeline, terms: Iterable[Term], own: Iterable[OwnPage]) -> dict[str, None]:
    """Every source in the order in which a reader of the book meets it."""
    found: dict[str, None] = {}
    for phase, entries in _by_phase(timeline):
        found |= dict.fromkeys(phase.body.keys if phase else ())
        for entry in entries:
            found |= dict.fromkeys(timeline.cited[entry.id])
    for term in terms:
        found |= dict.fromkeys(cite.source for cite in term.cites)
    for page_ in own:
        found |= dict.fromkeys(page_.body.keys)
    return found


def _by_phase(timeline: Timeline) -> Iterator[tuple[Phase | None, tuple[Entry, ...]]]:
    without = tuple(entry for entry in timeline.entries if not entry.phase)
    parts = [
        *((phase, timeline.by_phase.get(id, ())) for id, phase in timeline.records.phases.items()),
        (None, without),
    ]
    return ((phase, entries) for phase, entries in parts if entries)


def _chapters(edition: Edition, numbers: Mapping[str, int]) -> Iterator[Chapter]:
    def article(entry: Entry) -> Article:
        marks = tuple([numbers[key] for key in edition.timeline.cited[entry.id]])
        return edition.once(_marked, edition.once(_article, edition.of(entry)), marks)

    first = 1
    for phase, entries in _by_phase(edition.timeline):
        years = tuple(
            YearPart(year, tuple(map(article, of_year)))
            for year, of_year in groupby(entries, key=lambda entry: entry.date.year)
        )
        mark = phase_mark(edition.timeline, phase.id) if phase else None
        body = lowered(phase.body, phase.id, 1) if phase else Body()
        yield Chapter(mark, phase, body, years, first, first + len(entries) - 1)
        first += len(entries)


def _marked(article: Article, marks: tuple[int, ...]) -> Article:
    return replace(article, marks=marks)


def _article(edition: Edition) -> Article:
    """`edition`: that of the entry alone."""
    timeline, entry = edition.timeline, edition.entry
    values = (
        edition.cards[entry.id],
        entry,
        lowered(entry.body, entry.id, 3),
        tuple((key, "") for key in timeline.cited[entry.id]),
        timeline.evidence[entry.id],
        accounts.claims(timeline, entry),
        tolls(timeline, entry),
        accounts.changes_of_hands(timeline, entry),
    )
    return Article(*values, sha256(repr(values).encode()))


def lowered(body: Body, id: str, by: int) -> Body:
    """The text with its headings some levels lower, and their anchors kept apart from those of other texts.

    >>> lowered(Body(('<h2 id="a">A</h2>',), "", ("a",)), "x", 3).parts
    ('<h5 id="x_a">A</h5>',)
    """

    def lower(part: Any) -> Any:
        if isinstance(part, Link) and part.id.startswith("#"):  # to a heading of the same text
            return replace(part, id=f"#{id}_{part.id[1:]}")
        if not isinstance(part, str):
            return part
        part = _PLACE.sub(rf"\g<1>{id}_", part)
        return _HEADING.sub(lambda found: f"<{found[1]}h{min(6, int(found[2]) + by)}", part)

    return replace(body, parts=tuple(map(lower, body.parts)), anchors=tuple(f"{id}_{name}" for name in body.anchors))


OUTPUT = Output(artifacts, nav=("nav.book", urls.BOOK))
