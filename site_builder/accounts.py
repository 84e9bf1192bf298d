"""What each party says of an event, as templates see it: claims, tolls, places that changed hands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder import urls
from site_builder.model import Casualties, Cite, Claim, Control, Entry
from site_builder.timeline import Timeline
from site_builder.views import Mention, full_name, name_at

Notes = tuple[tuple[str, str], ...]  # (citekey, locator)


@dataclass(frozen=True, slots=True)
class ClaimView:
    by: Mention
    claim: Claim
    notes: Notes


@dataclass(frozen=True, slots=True)
class TollView:
    by: Mention | None
    toll: Casualties
    notes: Notes


@dataclass(frozen=True, slots=True)
class ControlView:
    place: Mention
    holder: Mention
    change: str
    notes: Notes


def claims(timeline: Timeline, entry: Entry) -> tuple[ClaimView, ...]:
    return tuple(ClaimView(_by(timeline, entry, claim.by), claim, notes(claim.cites)) for claim in entry.claims)


def tolls(timeline: Timeline, entry: Entry) -> tuple[TollView, ...]:
    return tuple(
        TollView(_by(timeline, entry, toll.by) if toll.by else None, toll, notes(toll.cites))
        for toll in entry.casualties
    )


def changes_of_hands(timeline: Timeline, entry: Entry) -> tuple[ControlView, ...]:
    return tuple(_control(timeline, entry, change) for change in entry.control)


def notes(cites: Iterable[Cite]) -> Notes:
    return tuple((cite.source, cite.locator) for cite in cites)


def _by(timeline: Timeline, entry: Entry, who: str) -> Mention:
    """A claimant: an actor under the name of the time, or plain words."""
    actor = timeline.records.actors.get(who)
    return Mention(name_at(actor, entry.date), urls.page("actor", who)) if actor else Mention(who, "")


def _control(timeline: Timeline, entry: Entry, change: Control) -> ControlView:
    place = timeline.records.places[change.place]
    mention = Mention(full_name(place), urls.page("place", place.id))
    return ControlView(mention, _by(timeline, entry, change.holder), change.change, notes(change.cites))
