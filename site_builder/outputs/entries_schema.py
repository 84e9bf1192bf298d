"""`data/entries.schema.json`: what `data/entries.json` holds, as JSON Schema (draft 2020-12)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_args, get_type_hints

from site_builder import urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.evidence import GRADES
from site_builder.exports import SCHEMA
from site_builder.model import Casualties, Claim, Control, Entry, Precision, Relation, Revision, Role, SourceRef
from site_builder.views import Edition

Schema = Mapping[str, Any]


def artifacts(edition: Edition) -> Iterator[Artifact]:
    base = edition.timeline.site.base_url
    where = {"$id": urls.absolute(base, SCHEMA.path)} if base else {}
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **where, **_DOCUMENT}
    yield Artifact(SCHEMA.path, Text(lambda: json.dumps(document, indent=1) + "\n"), listed=False)


def _text(about: str, **more: Any) -> Schema:
    return {"type": "string", "description": about, **more}


def _maybe(about: str, kind: str = "string", **more: Any) -> Schema:
    return {"type": [kind, "null"], "description": about, **more}


def _choice(about: str, words: Iterable[str]) -> Schema:
    return {"enum": list(words), "description": about}


def _list(items: Schema, about: str, **more: Any) -> Schema:
    return {"type": "array", "description": about, "items": items, **more}


def _record(optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """An object of just these fields; those that are not named optional are always there."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _words(model: type, field: str) -> list[str]:
    """The words that the model knows for a field; the empty one stands for a field that is left out."""
    return [word for word in get_args(get_type_hints(model)[field]) if word]


_DAY = {"pattern": r"^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}$"}
_SLUG = {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_IDS = {"type": "string", **_SLUG}
_CITES = _list(_IDS, "ids of the sources that say so")
_DATE = _record(
    ("basis", "note"),
    edtf=_text("as its author wrote it, in EDTF (ISO 8601-2)"),
    earliest=_maybe("first day that it can mean; null where it has no known start", **_DAY),
    latest=_maybe("last day that it can mean; null where it has no known end", **_DAY),
    display=_text("in words"),
    basis=_choice("what it is the date of; left out for the event", _words(Entry, "date_basis")),
    note=_text("why it is written so, or who gives another"),
)
_ACTOR = _record(
    ("name_used",),
    id=_text("id of the actor", **_SLUG),
    role=_choice("what they had to do with it", get_args(Role)),
    name_used=_text("its name in this entry"),
)
_PLACE = _record(
    ("note",),
    id=_text("id of the place", **_SLUG),
    name=_text("its name"),
    country=_maybe("the country that it lies in"),
    lat=_maybe("degrees north (WGS 84)", "number", minimum=-90, maximum=90),
    lon=_maybe("degrees east (WGS 84)", "number", minimum=-180, maximum=180),
    precision=_choice("how well the point stands for the place", get_args(Precision)),
    note=_text("what to know of it here"),
)
_CLAIM = _record(
    ("basis", "made_on"),
    by=_text("id of an actor, or a name"),
    stance=_choice("whether it is asserted, denied or disputed", _words(Claim, "stance")),
    about=_choice("what of the event it is about", _words(Claim, "about")),
    statement=_text("what is said, in the editors' words"),
    basis=_choice("of a claim of responsibility: what it rests on", _words(Claim, "basis")),
    made_on=_text("when it was said, in EDTF"),
    cites=_CITES,
)
_UNKNOWN = "left out where it is unknown, which is not zero"


def _figure(about: str) -> Schema:
    return {"type": "integer", "minimum": 0, "description": f"{about}; {_UNKNOWN}"}


_TOLL = _record(
    ("group", "min", "max", "best", "by"),
    harm=_choice("what was done to them", _words(Casualties, "harm")),
    group=_text("who was harmed"),
    min=_figure("lowest figure given"),
    max=_figure("highest figure given"),
    best=_figure("the figure given as the best"),
    by=_text("who says so: id of an actor, or a name"),
    cites=_CITES,
)
_CITATION = _record(
    ("locator", "accessed"),
    source=_text("id of the source", **_SLUG),
    locator=_text("where in the source"),
    supports=_choice("whether it says so, says so indirectly, or says otherwise", _words(SourceRef, "supports")),
    accessed=_text("when it was read, in EDTF"),
)
_CHANGE = _record(
    place=_text("id of the place", **_SLUG),
    holder=_text("id of an actor, or a name"),
    change=_choice("what became of the place", _words(Control, "change")),
    cites=_CITES,
)
_RELATION = _record(
    id=_text("id of the other entry", **_SLUG),
    relation=_choice("how this entry stands to the other", _words(Relation, "relation")),
)
_REVISION = _record(
    date=_text("its day", **_DAY),
    kind=_choice("what kind of change", _words(Revision, "kind")),
    summary=_text("what was changed"),
)
_MEDIA = _record(
    ("caption", "credit", "licence"),
    src=_text("its path in the site"),
    alt=_text("what it shows, in words"),
    caption=_text("what is said below it"),
    credit=_text("who made it"),
    licence=_text("under which licence"),
)
_ENTRY = _record(
    (
        *("grade_reason", "citations", "control", "related", "revisions", "aliases", "content_note", "lang"),
        "media",
    ),
    id=_text("id of the entry, which never changes", **_SLUG),
    url=_text("its page; a path from the root of the site where the site does not know its address"),
    title=_text("what happened, in a few words", minLength=1),
    summary=_text("what happened, in a sentence or two"),
    date={**_DATE, "description": "when, as closely as it is known"},
    phase=_maybe("id of the phase"),
    significance={"type": "integer", "minimum": 1, "maximum": 3, "description": "1: without it the story breaks"},
    status=_choice("retracted: withdrawn by its editors, who say why", _words(Entry, "status")),
    actors=_list(_ACTOR, "those involved"),
    locations=_list(_PLACE, "where"),
    sources=_list(
        {"type": "string", **_SLUG}, "ids of the sources (citekeys), in the order of first use", uniqueItems=True
    ),
    grade=_choice("how well it is attested", GRADES),
    voices=_list(_text("an origin"), "the independent origins of its sources"),
    tags=_list(_IDS, "ids of the subjects"),
    claims=_list(_CLAIM, "who says what: disagreement is data"),
    casualties=_list(_TOLL, "figures by claimant, never added up"),
    published=_maybe("day of its first publication", **_DAY),
    body_html=_text("its text; addresses are relative to the folder of this file"),
    grade_reason=_text("why its editors lowered the grade"),
    citations=_list(_CITATION, "its sources with what more is said of them, where more is said"),
    control=_list(_CHANGE, "who took or lost which place"),
    related=_list(_RELATION, "other entries"),
    revisions=_list(_REVISION, "what was changed since it was first published"),
    aliases=_list(_IDS, "ids that it had before"),
    content_note=_text("a warning that stands before the text"),
    lang=_text("its language by BCP 47, where it is not that of the site"),
    media=_list(_MEDIA, "pictures; paths are those inside the site"),
)
_DOCUMENT = {
    "title": "Entries of a timeline",
    "description": "Every published entry with its text. Fields that begin with x_ are the authors' own.",
    **_record(
        schema={"const": 1, "description": "raised when a reader of the file would have to change"},
        title=_text("title of the site"),
        licence=_maybe("SPDX id of the licence"),
        version=_maybe("day of the last change", **_DAY),
        entries=_list({**_ENTRY, "patternProperties": {"^x_": True}}, "in the order of their dates"),
    ),
}

OUTPUT = Output(artifacts)
