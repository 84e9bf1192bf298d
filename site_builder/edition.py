"""What the outputs are made from: the whole of a timeline, and parts of it that stay the same while it changes."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from site_builder.cards import Card, card
from site_builder.charts import Chart
from site_builder.memo import Memo, same
from site_builder.model import Entry, Phase, Site
from site_builder.timeline import Records, Timeline, bare, part, records_of
from site_builder.wording import Words

T = TypeVar("T")
Names = Callable[[str], Container[str]]  # a template to all names of values that it can show


@dataclass(frozen=True, slots=True)
class Edition:
    """What the outputs are made from: a timeline, the words of its language, a card for each entry.

    `names`: of the look that the words belong to, so they change together; without it, templates show every value.
    """

    timeline: Timeline
    words: Words
    cards: Mapping[str, Card]
    charts: tuple[Chart, ...] = ()
    memo: Memo = field(default_factory=Memo)
    excerpts: dict[str, Edition] = field(default_factory=dict)
    names: Names | None = None

    def shows(self, template: str, name: str) -> bool:
        """Whether the template can show a value of this name, which need not be made otherwise."""
        return self.names is None or name in self.names(template)

    def asked(self, template: str, **make: Callable[[], Any]) -> dict[str, Any]:
        """Those values that the template can show: a look of a site's own may leave out what takes long to make."""
        return {name: value() for name, value in make.items() if self.shows(template, name)}

    def of(self, entry: Entry) -> Edition:
        """An edition of this entry alone, the same object while nothing that the entry names has changed.

        `edition.once(make, edition.of(entry))` is made again only when it must be.
        """
        if entry.id not in self.excerpts:
            own, card = part(self.timeline, (entry,), _phases(self.timeline, entry)), self.cards[entry.id]
            self.excerpts[entry.id] = Edition(own, self.words, {entry.id: card}, self.charts, names=self.names)
        return self.excerpts[entry.id]

    def among(self, entries: Iterable[Entry]) -> Edition:
        """An edition of these entries alone, the same object while they, what they name and the phases stay."""
        entries, phases = tuple(entries), tuple(self.timeline.records.phases.values())
        if not self.memo.again:
            return self._among(entries, phases, {})
        excerpts = {entry.id: self.excerpts[entry.id] for entry in entries}
        inputs = (self.timeline.site, self.words, self.charts, phases, tuple(excerpts.values()))
        return self.memo.stable("among", inputs, lambda: self._among(entries, phases, excerpts))

    def _among(self, entries: tuple[Entry, ...], phases: tuple[Phase, ...], excerpts: dict[str, Edition]) -> Edition:
        own = {entry.id: self.cards[entry.id] for entry in entries}
        timeline = part(self.timeline, entries, phases)
        return Edition(timeline, self.words, own, self.charts, excerpts=excerpts, names=self.names)

    def apart(self) -> Edition:
        """The same edition, for one page: what is made of it on the way is not kept."""
        return replace(self, memo=Memo(again=False), excerpts={})

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


def edition(
    timeline: Timeline,
    words: Words,
    charts: tuple[Chart, ...] = (),
    memo: Memo | None = None,
    names: Names | None = None,
) -> Edition:
    memo = memo or Memo()
    whole = Edition(timeline, words, {}, charts, memo, names=names)
    if not memo.again:
        return replace(whole, cards={entry.id: card(timeline, entry) for entry in timeline.entries})
    known = (timeline.site, timeline.records, words, charts)
    excerpts: dict[str, Edition] = {}
    cards: dict[str, Card] = {}
    for entry in timeline.entries:
        inputs = (entry, timeline.evidence[entry.id], *known)
        make = partial(_excerpt, whole, entry)
        _, excerpts[entry.id], cards[entry.id] = memo.revise("excerpt", entry.id, inputs, make)
    return replace(whole, cards=cards, excerpts=excerpts)


_Excerpt = tuple[tuple[Any, ...], "Edition", Card]  # what it is made of, the edition of one entry, its card


def _excerpt(whole: Edition, entry: Entry, last: _Excerpt | None) -> _Excerpt:
    """The edition of an entry alone, the same object while all that it names stays; so is its card while nothing
    that a card shows has changed.
    """
    timeline, words, charts = whole.timeline, whole.words, whole.charts
    evidence, cited, records = timeline.evidence[entry.id], timeline.cited[entry.id], records_of(timeline, (entry,))
    made_of = (timeline.site, entry, evidence, cited, records, words, charts)
    if last and same(last[0]) == same(made_of):
        return last
    own = card(timeline, entry)
    timeline = part(timeline, (entry,), _phases(timeline, entry))
    alone = Edition(timeline, words, {entry.id: own}, charts, names=whole.names)
    return made_of, alone, last[2] if last and last[2].digest == own.digest else own


def _phases(timeline: Timeline, entry: Entry) -> tuple[Phase, ...]:
    """The phase of an entry, where it has one."""
    phase = timeline.records.phases.get(entry.phase)
    return (phase,) if phase else ()


def _bare(site: Site, records: Records, words: Words, charts: tuple[Chart, ...]) -> Edition:
    return Edition(bare(site, records), words, {}, charts)


def cards(edition: Edition, entries: Iterable[Entry]) -> tuple[Card, ...]:
    return tuple(edition.cards[entry.id] for entry in entries)
