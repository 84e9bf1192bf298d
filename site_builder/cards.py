"""An entry in a list, and the records that it names, as templates see them.

Small frozen values, so that a page changes only when something on it changes. No view of one entry holds a fact about
the whole timeline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from site_builder import urls
from site_builder.dates import Edtf
from site_builder.files import sha256
from site_builder.model import Actor, Entry, Place, Source
from site_builder.timeline import Timeline


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


def card(timeline: Timeline, entry: Entry) -> Card:
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
