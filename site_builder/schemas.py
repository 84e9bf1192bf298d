"""JSON Schema (draft 2020-12) of what authors write, for editors and other programs.

It knows the shape of a file and not what stands in the others: whether an id leads somewhere, only `check` can say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder import fields
from site_builder.descriptions import about
from site_builder.model import Actor, Entry, Page, Phase, Place, Series, Site, Source, Span, Term
from site_builder.reading import PLURALS

Schema = dict[str, Any]

KINDS: Mapping[str, type] = {
    "entry": Entry,
    "phase": Phase,
    "page": Page,
    "site": Site,
    "actors": Actor,
    "places": Place,
    "glossary": Term,
    "spans": Span,
    "sources": Source,
    "series": Series,
}
_LISTS = ("actors", "places", "glossary", "spans")
_TITLES: Mapping[str, str] = {
    "entry": "The fields of an entry",
    "phase": "The fields of a phase",
    "page": "The fields of a page",
    "site": "content/site.yaml",
    "sources": "A file of content/sources/",
    "series": "A file of content/series/",
}
# Fields whose value comes from the name of the file where they are left out.
OPTIONAL = frozenset({("series", "id")})


def schema(kind: str) -> Schema:
    """The schema of a file, or of the front matter of one."""
    found = fields.schema(KINDS[kind])
    defs: Schema = found.pop("$defs", {})
    for name, record in ((KINDS[kind].__name__, found), *defs.items()):
        _finish(name, record)
    record = _own(kind, found)
    if kind in _LISTS:
        record = {"type": ["array", "null"], "items": record}
    elif kind == "sources":
        record = {"type": ["object", "null"], "additionalProperties": record}
    title = _TITLES.get(kind, f"content/{kind}.yaml")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    kept = _used(record, defs)
    return {**head, **record, **({"$defs": kept} if kept else {}), "title": title}


def text(kind: str) -> str:
    """The schema as the text of a file."""
    return json.dumps(schema(kind), indent=1, ensure_ascii=False) + "\n"


def hidden(kind: str) -> set[str]:
    """The attributes of a file's record that no author writes, since the builder sets them."""
    return {"body", "extra"} | ({"id"} if kind in ("entry", "phase", "page", "sources") else set())


def _finish(model: str, record: Schema) -> None:
    """Fields may be left empty, which means left out; each says what it is for."""
    record.pop("description", None)
    required = record.get("required", ())
    for name, field in record.get("properties", {}).items():
        field.pop("title", None)
        field.pop("default", None)
        description = {"description": words} if (words := about(model, name)) else {}
        empty = field if name in required else {"anyOf": [field, {"type": "null"}]}
        record["properties"][name] = {**description, **empty}


def _own(kind: str, record: Schema) -> Schema:
    """What the builder sets goes; what it reads beside the model comes."""
    properties: Schema = record["properties"]
    ours = hidden(kind)
    record["required"] = [name for name in record["required"] if name not in ours and (kind, name) not in OPTIONAL]
    record["properties"] = {name: field for name, field in properties.items() if name not in ours}
    record["additionalProperties"] = False
    if kind == "entry":
        record["properties"] |= {plural: properties[name] for plural, name in PLURALS.items()}
        record["patternProperties"] = {"^x_": True}
    if kind == "sources":
        record["properties"]["URL"] = properties["url"]
    return record


def _used(record: Schema, defs: Schema) -> Schema:
    """The definitions that a schema refers to, and those that these refer to."""
    found: set[str] = set()
    todo = [record]
    while todo:
        for name in set(_references(todo.pop())) - found:
            found.add(name)
            todo.append(defs[name])
    return {name: defs[name] for name in sorted(found)}


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"].rpartition("/")[2]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)
