"""What an author can write in each record: its fields, what each takes, and what can be found wrong at it."""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from site_builder import schemas

# What a type takes, by the name of its validator (see `site_builder.fields`), and the codes of what it cannot take.
TAKES: Mapping[str, tuple[str, str]] = {
    "_text": ("text", "value-invalid"),
    "_slug": ("an id", "value-invalid"),
    "_address": ("an address", "value-invalid"),
    "_base": ("an address", "value-invalid"),
    "_address_slots": ("an address with slots", "value-invalid"),
    "_email": ("an e-mail address", "value-invalid"),
    "_edtf": ("a [date](dates.md)", "date-invalid value-invalid"),
    "_day": ("a day", "date-invalid value-invalid"),
    "_end": ("a [date](dates.md), or `..`", "date-invalid value-invalid"),
    "_level": ("`1`, `2` or `3`", "value-invalid"),
    "_language": ("a code of BCP 47", "value-invalid"),
    "_country": ("two capital letters", "value-invalid"),
    "_flag": ("`true` or `false`", "value-invalid"),
    "_bounds": ("four numbers", "value-invalid"),
    "cite": ("a key, `key, p. 12`", "value-invalid"),
}
_SHORT = {
    "id": "an id",
    "name": "a name",
    "literal": "a name",
    "source": "a key",
    "url": "an address",
    "severity": "a severity",
}
# What else is found at a field, once its value can be read: about what it leads to, or what it means.
CODES: Mapping[str, str] = {
    "Actor.id": "id-taken",
    "ActorRef.id": "unknown-actor",
    "Casualties.best": "range-reversed",
    "Casualties.by": "unknown-actor",
    "Casualties.cites": "unknown-source",
    "Casualties.min": "range-reversed",
    "Claim.by": "unknown-actor",
    "Claim.cites": "unknown-source",
    "Control.cites": "unknown-source",
    "Control.holder": "unknown-actor",
    "Control.place": "unknown-place",
    "Entry.actor": "id-mistyped inline-record reference-empty unknown-actor",
    "Entry.aliases": "alias-taken",
    "Entry.claims": "claim-without-basis",
    "Entry.date": "date-after-published",
    "Entry.grade": "grade-reason-missing grade-without-effect",
    "Entry.location": "id-mistyped inline-record reference-empty unknown-place",
    "Entry.phase": "unknown-phase",
    "Entry.published": "published-missing",
    "Entry.related": "related-to-itself related-withdrawn unknown-entry",
    "Entry.source": "inline-record reference-empty rests-on-one-voice source-missing unknown-source",
    "Entry.status": "retraction-unexplained",
    "Entry.tags": "unknown-tag",
    "Entry.title": "mixed-script title-long",
    "Excuse.entry": "unknown-entry",
    "Media.src": "dead-link",
    "Place.id": "id-taken",
    "Place.lat": "coordinate-missing coordinates-exchanged",
    "Place.lon": "coordinate-missing",
    "PlaceRef.id": "unknown-place",
    "PlaceRef.lat": "coordinate-missing",
    "PlaceRef.lon": "coordinate-missing",
    "Point.cites": "unknown-source",
    "Point.places": "unknown-place",
    "Relation.id": "related-to-itself unknown-entry",
    "Site.base_url": "base-url-missing",
    "Site.checks": "unknown-check",
    "Site.language": "language-missing",
    "Site.tags": "tag-near-duplicate",
    "Source.url": "perpetrator-link",
    "SourceRef.source": "unknown-source",
    "Span.actor": "unknown-actor",
    "Span.cites": "unknown-source",
    "Span.precursor_actors": "unknown-actor",
    "Span.region": "unknown-place",
    "Succession.id": "unknown-actor",
    "Term.cites": "unknown-source",
    "Term.see": "unknown-term",
}


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A field of a record by its name in the file; `group`: the record of which it holds one or many."""

    record: type
    name: str
    takes: str
    codes: tuple[str, ...]
    required: bool
    default: Any
    group: type | None

    @property
    def key(self) -> str:
        return f"{self.record.__name__}.{self.name}"


@cache
def fields_of(record: type, kind: str = "") -> list[Field]:
    """What an author can write in a record; `kind`: of the file whose own record it is."""
    found = []
    hints = get_type_hints(record, include_extras=True)
    for each in dataclasses.fields(record):
        base, notes = _peeled(hints[each.name])
        name = next((alias for note in notes if (alias := getattr(note, "alias", None))), each.name)
        if name in schemas.hidden(kind):
            continue
        takes, codes, group = _read(base, notes)
        bare = each.default is each.default_factory is dataclasses.MISSING
        required = bare and (kind, name) not in schemas.OPTIONAL
        key = f"{record.__name__}.{name}"
        codes = {*codes, *CODES.get(key, "").split(), *(["field-missing"] if required else [])}
        default = None if each.default is dataclasses.MISSING else each.default
        found.append(Field(record, name, takes, tuple(sorted(codes)), required, default, group))
    return found


# -- What a type takes


def _peeled(hint: Any) -> tuple[Any, list[Any]]:
    """A type without its notes, and the notes; `None` beside it only means that it can be left out."""
    notes: list[Any] = []
    while get_origin(hint) in (Annotated, Union, types.UnionType):
        notes += getattr(hint, "__metadata__", ())
        hint = next(each for each in get_args(hint) if each is not type(None))
    return hint, notes


def _read(base: Any, notes: list[Any]) -> tuple[str, set[str], type | None]:
    """Words for what can stand there, codes of what cannot, and the record if it is a group of fields."""
    validators = [getattr(note, "func", None) for note in notes]
    names = [getattr(one, "__name__", "") for one in validators]
    for name in names:
        if name in TAKES and name != "cite":
            return TAKES[name][0], set(TAKES[name][1].split()), None
    if "_number" in names:
        return _number(base, notes), {"value-invalid"}, None
    if get_origin(base) is Literal:
        return ", ".join(f"`{word}`" for word in get_args(base) if word), {"not-a-choice"}, None
    if get_origin(base) is tuple:
        takes, codes, group = _read(*_peeled(get_args(base)[0]))
        return f"{'one or more' if '_listed' in names else 'list'}: {takes}", {*codes, "value-invalid"}, group
    if get_origin(base) is dict:
        _, (_, value) = base, get_args(base)
        takes, codes, group = _read(*_peeled(value))
        return f"`id: …`, each with {takes}", {*codes, "value-invalid"}, group
    assert isinstance(base, type), base
    short = [word for one in validators for word in _short(one)]
    return f"{', '.join([*short, ''])}{_linked(base)}".replace(", [", " or ["), {"value-invalid"}, base


def _short(validator: Any) -> list[str]:
    """What may stand in the place of a group of fields, in words."""
    if getattr(validator, "__name__", "") == "cite":
        return [TAKES["cite"][0]]
    if getattr(validator, "__name__", "") != "shorthand_of":
        return []
    given = inspect.getclosurevars(validator).nonlocals
    return [_SHORT[given[name]] for name in ("name", "otherwise") if given.get(name)]


def _number(base: type, notes: list[Any]) -> str:
    bounds = {
        name: getattr(item, name)
        for note in notes
        for item in getattr(note, "metadata", ())
        for name in ("ge", "le")
        if hasattr(item, name)
    }
    what = "a whole number" if base is int else "a number"
    return what + "".join(f" {word} {bounds[name]}" for name, word in (("ge", "from"), ("le", "to")) if name in bounds)


# -- Groups of fields


def groups(record: type, kind: str, told: set[type]) -> Iterator[type]:
    """The groups of fields in a record, however deep, that no section has told of yet."""
    for field in fields_of(record, kind):
        if field.group and field.group not in told:
            told.add(field.group)
            yield field.group
            yield from groups(field.group, "", told)


_TITLES: Mapping[str, str] = {
    "ActorRef": "An actor of an entry",
    "Archived": "An archived copy",
    "Author": "An author",
    "Casualties": "A figure of harm",
    "Check": "A check",
    "Cite": "A citation in a field",
    "Claim": "A claim",
    "Control": "A change of control",
    "Corrections": "Where mistakes are reported",
    "Excuse": "What a check allows",
    "Licence": "The licence",
    "Media": "A picture",
    "Named": "Another name",
    "Person": "An editor",
    "PlaceRef": "A place of an entry",
    "Point": "A figure of a series",
    "Region": "A map",
    "Relation": "A related entry",
    "Revision": "A revision",
    "SourceRef": "A source of an entry",
    "Succession": "What came before or after",
}


def titled(group: type) -> str:
    return _TITLES[group.__name__]


def _linked(group: type) -> str:
    return f"[fields](#{titled(group).lower().replace(' ', '-')})"
