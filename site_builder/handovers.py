"""Changes of hands as a page tells them: when, who, by which entry."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder import mentions, urls
from site_builder.cards import Mention
from site_builder.dates import Edtf
from site_builder.holding import Change
from site_builder.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Handover:
    """`ours`: of the line that a drawing follows."""

    date: Edtf
    date_display: str
    change: str
    holder: Mention
    ours: bool
    title: str
    path: str


def handover(timeline: Timeline, change: Change, ours: str = "") -> Handover:
    entry = change.entry
    return Handover(
        entry.date,
        entry.date_display,
        change.control.change,
        mentions.actor(timeline, change.control.holder, entry.date),
        change.line == ours,
        entry.title,
        urls.page("entry", entry.id),
    )
