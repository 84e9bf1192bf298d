"""What the outputs are made from: the whole of a timeline, and parts of it that stay the same while it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from site_builder.cards import Card, card
from site_builder.charts import Chart
from site_builder.memo import Memo, same
from site_builder.model import Entry, Phase, Site
from site_builder.timeline import Records, Timeline, bare, excerpt, records_of, together
from site_builder.wording import Words

T = TypeVar("T")


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
    own = alone.cards[entry.id]
    return made_of, alone, last[2] if last and last[2].digest == own.digest else own


def _alone(timeline: Timeline, words: Words, charts: tuple[Chart, ...]) -> Edition:
    return Edition(timeline, words, {entry.id: card(timeline, entry) for entry in timeline.entries}, charts)


def _bare(site: Site, records: Records, words: Words, charts: tuple[Chart, ...]) -> Edition:
    return Edition(bare(site, records), words, {}, charts)


def _among(
    site: Site, words: Words, charts: tuple[Chart, ...], phases: tuple[Phase, ...], excerpts: tuple[Edition, ...]
) -> Edition:
    timeline = together(site, phases, tuple(one.timeline for one in excerpts))
    cards = {id: card for one in excerpts for id, card in one.cards.items()}
    return Edition(timeline, words, cards, charts, excerpts={one.entry.id: one for one in excerpts})


def cards(edition: Edition, entries: Iterable[Entry]) -> tuple[Card, ...]:
    return tuple(edition.cards[entry.id] for entry in entries)
