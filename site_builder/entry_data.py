"""An entry as other programs get it, in JSON and in tables: its fields, what they mean and where they come from."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from site_builder import urls
from site_builder.bodies import Body, Link, Notes
from site_builder.changes import last_change
from site_builder.dates import Day
from site_builder.entry_parts import ACTOR, CHANGE, CITATION, CLAIM, MEDIA, PLACE, RELATION, REVISION, TOLL
from site_builder.evidence import GRADES, Evidence
from site_builder.model import Actor, ActorRef, Entry, Place, PlaceRef
from site_builder.shapes import DAY, ID, SLUG, Field, choice, count, inside, many, maybe, shape, text, words
from site_builder.timeline import Timeline
from site_builder.wording import Words


@dataclass(frozen=True, slots=True)
class Told:
    """What the record of an entry is made from. `timeline`: any that has the entry."""

    timeline: Timeline
    words: Words
    entry: Entry

    @property
    def evidence(self) -> Evidence:
        return self.timeline.evidence[self.entry.id]

    @property
    def path(self) -> str:
        return urls.page("entry", self.entry.id)

    @property
    def address(self) -> str:
        """Of its page: as far as the site knows it, else a path from the root of the site."""
        base = self.timeline.site.base_url
        return urls.absolute(base, self.path) if base else self.path

    def actors(self) -> Iterator[tuple[ActorRef, Actor]]:
        return ((ref, self.timeline.records.actors[ref.id]) for ref in self.entry.actor)

    def places(self) -> Iterator[tuple[PlaceRef, Place]]:
        return ((ref, self.timeline.records.places[ref.id]) for ref in self.entry.location)


def day(value: Day | None) -> str | None:
    """A day by ISO 8601; years before 1 with a minus, as EDTF has them."""
    if value is None:
        return None
    year, month, of_month = value
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{of_month:02}"


def body_html(body: Body) -> str:
    """The text with addresses as seen from the folder of the data, citations by citekey."""
    parts = []
    for part in body.parts:
        if isinstance(part, Notes):
            parts.append(f"<sup>[{'; '.join(_note(key, locator) for key, locator in part.cites)}]</sup>")
        elif isinstance(part, Link):
            parts.append(urls.over_root(1, part.id if part.kind == "file" else urls.page(part.kind, part.id)))
        else:
            parts.append(part)
    return "".join(parts)


def _note(key: str, locator: str) -> str:
    link = f'<a href="../{urls.page("source", key)}">{key}</a>'
    return f"{link}, {html.escape(locator)}" if locator else link


_DATE = shape(
    text("edtf", "as its author wrote it, in EDTF (ISO 8601-2)", attrgetter("entry.date.text")),
    maybe(
        "earliest",
        "first day that it can mean; null where it has no known start",
        lambda told: day(told.entry.date.earliest),
        **DAY,
    ),
    maybe(
        "latest",
        "last day that it can mean; null where it has no known end",
        lambda told: day(told.entry.date.latest),
        **DAY,
    ),
    text("display", "in words", lambda told: told.entry.date_display or told.words.date(told.entry.date)),
    choice(
        "basis",
        "what it is the date of; left out for the event",
        words(Entry, "date_basis"),
        lambda told: "" if told.entry.date_basis == "event" else told.entry.date_basis,
        optional=True,
    ),
    text("note", "why it is written so, or who gives another", attrgetter("entry.date_note"), optional=True),
)
ENTRY = shape(
    text("id", "id of the entry, which never changes", attrgetter("entry.id"), **SLUG),
    text(
        "url",
        "its page; a path from the root of the site where the site does not know its address",
        attrgetter("address"),
    ),
    text("title", "what happened, in a few words", attrgetter("entry.title"), minLength=1),
    text(
        "summary",
        "what happened, in a sentence or two; empty where its authors wrote neither that nor a text",
        lambda told: told.entry.summary or told.entry.body.lead,
    ),
    inside("date", "when, as closely as it is known", _DATE, lambda told: told),
    maybe("phase", "id of the phase", lambda told: told.entry.phase or None),
    count("significance", "1: without it the story breaks", attrgetter("entry.significance"), minimum=1, maximum=3),
    choice(
        "status",
        "retracted: its editors took it back and say why",
        words(Entry, "status"),
        attrgetter("entry.status"),
    ),
    many("actors", "those involved", ACTOR, Told.actors),
    many("locations", "where", PLACE, Told.places),
    many("citations", "the sources of the whole entry, and what each says of it", CITATION, attrgetter("entry.source")),
    many(
        "sources",
        "ids of all sources that it or its text cites (citekeys), in the order of first use",
        ID,
        lambda told: told.timeline.cited[told.entry.id],
        uniqueItems=True,
    ),
    choice("grade", "how well it is attested", GRADES, attrgetter("evidence.grade")),
    many(
        "voices",
        "the independent origins of its sources",
        {"type": "string", "description": "an origin"},
        attrgetter("evidence.voices"),
    ),
    many("tags", "ids of the subjects", ID, attrgetter("entry.tags")),
    many("claims", "who says what: disagreement is data", CLAIM, attrgetter("entry.claims")),
    many("casualties", "figures by claimant, never added up", TOLL, attrgetter("entry.casualties")),
    maybe(
        "published",
        "day of its first publication",
        lambda told: str(told.entry.published) if told.entry.published else None,
        **DAY,
    ),
    text(
        "body_html",
        "its text; addresses are relative to the folder of this file",
        lambda told: body_html(told.entry.body),
    ),
    choice(
        "lowered_to",
        "the grade that its editors set by hand",
        words(Entry, "grade"),
        attrgetter("entry.grade"),
        optional=True,
    ),
    text("grade_reason", "why its editors lowered the grade", attrgetter("entry.grade_reason"), optional=True),
    many("control", "who took or lost which place", CHANGE, attrgetter("entry.control"), optional=True),
    many("related", "other entries", RELATION, attrgetter("entry.related"), optional=True),
    many(
        "revisions",
        "what was changed since it was first published",
        REVISION,
        attrgetter("entry.revisions"),
        optional=True,
    ),
    many("aliases", "ids that it had before", ID, attrgetter("entry.aliases"), optional=True),
    text("content_note", "a warning that stands before the text", attrgetter("entry.content_note"), optional=True),
    text(
        "lang",
        "its language by BCP 47, where it is not that of the site",
        attrgetter("entry.lang"),
        optional=True,
    ),
    many("media", "pictures; paths are those inside the site", MEDIA, attrgetter("entry.media"), optional=True),
)

VERSION = 1
HEAD = shape(
    Field(
        "schema",
        {"const": VERSION, "description": "raised when a reader of the file would have to change"},
        lambda timeline: VERSION,
    ),
    text("title", "title of the site", attrgetter("site.title")),
    maybe("licence", "SPDX id of the licence", lambda timeline: timeline.site.licence and timeline.site.licence.id),
    maybe("version", "day of the last change", lambda timeline: last_change(timeline.entries) or None, **DAY),
)
_OF_ENTRIES = {
    "type": "array",
    "description": "in the order of their dates",
    "items": ENTRY.schema(patternProperties={"^x_": True}),
}
ENTRIES = {
    "title": "Entries of a timeline",
    "description": "Every published entry with its text. Fields that begin with x_ are the authors' own.",
    **shape(*HEAD.fields, Field("entries", _OF_ENTRIES, attrgetter("entries"))).schema(),
}
