"""Who held a place when, as far as entries say: changes in the order of their dates, and the bars between them.

Nothing is assumed but this: between two recorded changes the holder stayed the same. What was before the first change
and after the last is not known, and a bar fades there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from site_builder.dates import Edtf
from site_builder.geometry import reach
from site_builder.model import Actor, Control, Entry
from site_builder.timeline import Timeline

_SHORT = 1.5 / 365  # years: what is known to the day needs no hatching


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry says of a place. `line`: the holder with all that it was called before and after."""

    entry: Entry
    control: Control
    line: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time (in years) of one holder. `look`: held, or contested (also: changing hands, or the day is not known)."""

    look: Literal["held", "contested"]
    line: str
    holder: str  # as the entry has it
    named: Edtf  # the date at which that was its name
    start: float
    end: float
    fades: str = ""
    since: Edtf | None = None
    until: Edtf | None = None


def changes(timeline: Timeline) -> dict[str, tuple[Change, ...]]:
    """The changes of each place that has enough of them to be drawn, places by their first change."""
    lines = successions(timeline.records.actors)
    found: dict[str, list[Change]] = defaultdict(list)
    for entry in timeline.entries:
        for control in entry.control if entry.status != "retracted" else ():
            found[control.place].append(Change(entry, control, lines.get(control.holder, control.holder)))
    enough = {
        place: tuple(of_place)
        for place, of_place in found.items()
        if len(of_place) > 1 or of_place[0].control.change != "contested"
    }
    return dict(sorted(enough.items(), key=lambda item: (item[1][0].entry.date.sort_key, item[0])))


def successions(actors: Mapping[str, Actor]) -> dict[str, str]:
    """Each actor's last successor: one line under several names. Where a group split, its line ends."""
    after: dict[str, set[str]] = defaultdict(set)
    for actor in actors.values():
        after[actor.id].update(other.id for other in actor.succeeded_by)
        for other in actor.succeeds:
            after[other.id].add(actor.id)
    return {id: _last(id, after) for id in actors}


def _last(id: str, after: Mapping[str, set[str]]) -> str:
    met = [id]
    while len(after.get(met[-1], ())) == 1:
        (following,) = after[met[-1]]
        if following in met:
            return min(met[met.index(following) :])  # they name each other in a ring: any of it, always the same
        met.append(following)
    return met[-1]


def foremost(all_changes: Iterable[Change]) -> str:
    """The line that most changes are about: the one that a drawing follows."""
    counts = Counter(change.line for change in all_changes)
    return min(counts, key=lambda line: (-counts[line], line), default="")


def stretches(of_place: Iterable[Change], tail: float) -> tuple[Stretch, ...]:
    """The bars of a place. `tail`: how long (in years) a bar fades where its beginning or end is not recorded."""
    story = _Story(tail)
    for _, group in groupby(of_place, key=lambda change: change.entry.id):
        story.tell(list(group))
    return story.finish()


class _Story:
    """A place's changes told in order: what is drawn, and what still goes on."""

    def __init__(self, tail: float) -> None:
        self.tail = tail
        self.told: list[Stretch] = []
        self.open: Stretch | None = None
        self.edge = float("-inf")  # the end of the last change

    def tell(self, moment: list[Change]) -> None:
        """All that one entry says."""
        date = moment[0].entry.date
        start, end = reach(date)
        start, end = max(start, self.edge), max(end, self.edge)
        lost, taken, contested = (_of(moment, kind) for kind in ("lost", "taken", "contested"))
        before = self._close(start, date, lost)
        if not (lost or taken):
            self.open = _stretch(contested[0], "contested", start, end)
            self.edge = start
            return
        if contested:
            self._draw(replace(_stretch(contested[0], "contested", start, end), until=date))
        elif len(taken) > 1:  # one after the other, and no more is known than the time in which it happened
            self._draw(replace(_stretch(taken[0], "held", start, end), until=date))
        elif before or taken:
            whose = before or _stretch(taken[0], "contested", start, end)
            self._draw(replace(whose, look="contested", start=start, end=end, fades="", since=date, until=date))
        self.open = _stretch(taken[-1], "held", end, end) if taken else None
        self.edge = end

    def _close(self, start: float, date: Edtf, lost: list[Change]) -> Stretch | None:
        """End what went on; what is lost without having been taken gets a beginning that fades in."""
        ended = self.open
        if ended and lost and ended.look == "held" and all(change.line != ended.line for change in lost):
            half = min(self.tail, (start - ended.start) / 2)
            self._add(replace(ended, end=ended.start + half, fades="out"))
            self.edge, ended = ended.start + half, None
        if ended:
            self._draw(replace(ended, end=start, until=date))
        elif lost:
            begun = max(self.edge, start - self.tail)
            ended = replace(_stretch(lost[0], "held", begun, start), since=None, until=date, fades="in")
            self._add(ended)
        return ended

    def finish(self) -> tuple[Stretch, ...]:
        if self.open:
            self._add(replace(self.open, end=self.open.end + self.tail, fades="out"))
        return tuple(self.told)

    def _draw(self, stretch: Stretch) -> None:
        if stretch.end - stretch.start > _SHORT:
            self._add(stretch)

    def _add(self, stretch: Stretch) -> None:
        if stretch.end > stretch.start:
            self.told.append(stretch)


def _of(moment: list[Change], kind: str) -> list[Change]:
    return [change for change in moment if change.control.change == kind]


def _stretch(change: Change, look: Literal["held", "contested"], start: float, end: float) -> Stretch:
    return Stretch(look, change.line, change.control.holder, change.entry.date, start, end, since=change.entry.date)


def drawn_changes(of_place: Iterable[Change]) -> Iterator[tuple[float, tuple[Change, ...]]]:
    """The changes of each entry together, with the moment of their mark.

    That is the end of what lasted until it was settled, the beginning of what is only contested, else the middle of
    what is known of the date.
    """
    for _, group in groupby(of_place, key=lambda change: change.entry.id):
        moment = tuple(group)
        date = moment[0].entry.date
        start, end = reach(date)
        if all(change.control.change == "contested" for change in moment):
            yield start, moment
        else:
            yield (end if date.kind == "interval" else (start + end) / 2), moment
