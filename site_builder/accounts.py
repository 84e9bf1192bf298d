"""What each party says of an event, as templates see it: claims, and places that changed hands."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder import mentions
from site_builder.cards import Mention
from site_builder.model import Claim, Control, Entry
from site_builder.timeline import Timeline

Notes = tuple[tuple[str, str], ...]  # (citekey, locator)


@dataclass(frozen=True, slots=True)
class ClaimView:
    by: Mention
    claim: Claim
    notes: Notes


@dataclass(frozen=True, slots=True)
class ControlView:
    place: Mention
    holder: Mention
    change: str
    notes: Notes


def claims(timeline: Timeline, entry: Entry) -> tuple[ClaimView, ...]:
    return tuple(
        ClaimView(mentions.actor(timeline, claim.by, entry.date), claim, mentions.notes(claim.cites))
        for claim in entry.claims
    )


def changes_of_hands(timeline: Timeline, entry: Entry) -> tuple[ControlView, ...]:
    return tuple(_control(timeline, entry, change) for change in entry.control)


def _control(timeline: Timeline, entry: Entry, change: Control) -> ControlView:
    holder = mentions.actor(timeline, change.holder, entry.date)
    return ControlView(mentions.place(timeline, change.place), holder, change.change, mentions.notes(change.cites))
