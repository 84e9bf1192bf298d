"""The line of names that an actor stands in: what it was before, and what it became."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from site_builder import urls
from site_builder.cards import Mention
from site_builder.dates import Edtf
from site_builder.model import Actor


@dataclass(frozen=True, slots=True)
class Member:
    """One name of the line. `here`: the actor itself."""

    mention: Mention
    start: Edtf | None
    end: Edtf | None
    here: bool


class Lines:
    """Who follows whom, from both sides of each record."""

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        self._actors = actors
        self._before: dict[str, dict[str, Edtf | None]] = defaultdict(dict)
        self._after: dict[str, dict[str, Edtf | None]] = defaultdict(dict)
        for actor in actors.values():
            for other in actor.succeeds:
                self._follow(other.id, actor.id, other.date)
            for other in actor.succeeded_by:
                self._follow(actor.id, other.id, other.date)

    def _follow(self, earlier: str, later: str, date: Edtf | None) -> None:
        for steps, here, there in ((self._before, later, earlier), (self._after, earlier, later)):
            steps[here][there] = steps[here].get(there) or date

    def of(self, actor: Actor) -> tuple[Member, ...]:
        """Oldest first: those before, the actor, those after; nothing where it stands alone."""
        before, after = self._walk(self._before, actor.id), self._walk(self._after, actor.id)
        ids = [*reversed(before), actor.id, *(id for id in after if id not in before)]
        return tuple(self._member(id, id == actor.id) for id in ids) if len(ids) > 1 else ()

    def _walk(self, steps: Mapping[str, Mapping[str, Edtf | None]], start: str) -> list[str]:
        """All that can be reached, the nearest first; of those equally near, the oldest last in time is nearest."""
        met, edge = [start], [start]
        while edge:
            edge = sorted({other for id in edge for other in steps.get(id, ()) if other not in met})
            met += edge
        return met[1:]

    def _member(self, id: str, here: bool) -> Member:
        actor = self._actors[id]
        began = next((date for date in self._before.get(id, {}).values() if date), None)
        ended = next((date for date in self._after.get(id, {}).values() if date), None)
        start, end = actor.active_from or began, actor.active_to or ended
        return Member(Mention(actor.name, urls.page("actor", id)), start, end, here)
