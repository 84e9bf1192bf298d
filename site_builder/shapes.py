"""The shape of a record that other programs get: for each field what it means, and where its value comes from.

The data and its JSON Schema (draft 2020-12) are made of one declaration: what stands in the one stands in the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, get_args, get_type_hints

from site_builder import urls

Schema = Mapping[str, Any]
Take = Callable[[Any], Any]

DAY: Schema = {"pattern": r"^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}$"}
SLUG: Schema = {"pattern": f"^{urls.SLUG.pattern}$"}
ID: Schema = {"type": "string", **SLUG}


@dataclass(frozen=True, slots=True)
class Field:
    """`take` finds its value in what the record is made from. An `optional` one is left out where it says nothing."""

    name: str
    schema: Schema
    take: Take
    optional: bool = False

    @property
    def about(self) -> str:
        return str(self.schema["description"])


@dataclass(frozen=True, slots=True)
class Shape:
    """`steps`: name, `take` and `optional` of each field, at hand for the many records of a site."""

    fields: tuple[Field, ...]
    steps: tuple[tuple[str, Take, bool], ...]

    def of(self, value: Any) -> dict[str, Any]:
        """The record that is made from a value."""
        found = {}
        for name, take, optional in self.steps:
            item = take(value)
            if item or not optional or item == 0:  # zero says something
                found[name] = item
        return found

    def schema(self, **more: Any) -> Schema:
        """An object of just these fields; those that are not optional are always there."""
        return {
            "type": "object",
            "properties": {field.name: field.schema for field in self.fields},
            "required": [field.name for field in self.fields if not field.optional],
            "additionalProperties": False,
            **more,
        }

    def named(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


def shape(*fields: Field) -> Shape:
    return Shape(fields, tuple((field.name, field.take, field.optional) for field in fields))


def text(name: str, about: str, take: Take | None = None, *, optional: bool = False, **more: Any) -> Field:
    """Without `take`, the value is what the model has under this name."""
    return Field(name, {"type": "string", "description": about, **more}, take or attrgetter(name), optional)


def dated(name: str, about: str, *, optional: bool = False, **more: Any) -> Field:
    """A date as its author wrote it."""
    return text(name, about, lambda value: str(getattr(value, name) or ""), optional=optional, **more)


def maybe(name: str, about: str, take: Take, kind: str = "string", **more: Any) -> Field:
    """A value that is always there, and null where it is not known."""
    return Field(name, {"type": [kind, "null"], "description": about, **more}, take)


def count(name: str, about: str, take: Take | None = None, *, optional: bool = False, **more: Any) -> Field:
    return Field(name, {"type": "integer", "description": about, **more}, take or attrgetter(name), optional)


def choice(name: str, about: str, words: Iterable[str], take: Take | None = None, *, optional: bool = False) -> Field:
    return Field(name, {"enum": list(words), "description": about}, take or attrgetter(name), optional)


def inside(name: str, about: str, inner: Shape, take: Take) -> Field:
    """A record inside the record."""
    return Field(name, inner.schema(description=about), lambda value: inner.of(take(value)))


def many(
    name: str, about: str, items: Shape | Schema, take: Take | None = None, *, optional: bool = False, **more: Any
) -> Field:
    """A list of records of one shape, or of plain values."""
    values = take or attrgetter(name)
    if isinstance(items, Shape):
        schema, each = items.schema(), items.of
        return Field(
            name,
            {"type": "array", "description": about, "items": schema, **more},
            lambda value: [each(item) for item in values(value)],
            optional,
        )
    schema = {"type": "array", "description": about, "items": items, **more}
    return Field(name, schema, lambda value: list(values(value)), optional)


def words(model: type, field: str) -> list[str]:
    """The words that the model knows for a field; the empty one stands for a field that is left out."""
    return [word for word in get_args(get_type_hints(model)[field]) if word]
