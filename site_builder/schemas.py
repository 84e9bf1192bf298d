"""JSON Schema (draft 2020-12) of what authors write, for editors and other programs.

It knows the shape of a file and not what stands in the others: whether an id leads somewhere, only `check` can say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder import fields
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
_EDTF = "as it is known, in EDTF: 2014-06-10, 2014-06, 2006~ (about), 2014-06-06/2014-06-10 (it lasted)"
_ABOUT: Mapping[str, str] = {
    "about": "what the claim is about",
    "accessed": f"when the source was read; {_EDTF}",
    "active_from": _EDTF,
    "active_to": _EDTF,
    "actor": "ids of actors.yaml or names, each with a role if wanted",
    "aliases": "other names; of an entry, ids that it had before",
    "allow": "single findings that are no fault, with the reason",
    "alt": "what the picture shows, for those who cannot see it",
    "archived": "copies in archives",
    "area": "what the figure covers",
    "author": "family and given, or literal",
    "authors": "who edits the site",
    "base_url": "where the site is published; feeds and the sitemap need it",
    "basis": "the ground of a claim of responsibility",
    "bbox": "west, south, east, north in degrees",
    "best": "the claimant's own best figure",
    "born": _EDTF,
    "by": "an actor's id, or a name with a capital letter",
    "caption": "what stands below the picture",
    "casualties": "one row for each claimant and harm; leave out what is unknown",
    "change": "what happened to the place",
    "checks": "how severe each kind of finding is",
    "cites": "keys of sources, each with a locator if there is one: key, p. 12",
    "claims": "who says what",
    "colour": "one of the palette's eight",
    "contact": "how to report a mistake",
    "container-title": "the paper, journal, broadcaster or site",
    "contains": "words of the finding",
    "content_note": "a warning that stands before the text",
    "control": "which place was taken, lost or contested, and by whom",
    "corrections": "where readers report a mistake: an address with the slots {id}, {title} and {url}, or an email",
    "country": "its name",
    "country_code": "ISO 3166-1, two capital letters",
    "country_codes": "ISO 3166-1, two capital letters each",
    "credit": "whose picture it is",
    "date": _EDTF,
    "date_basis": "what the date is the date of",
    "date_display": "the date in your own words",
    "date_note": "why the date is written so, or who gives another",
    "definition": "what the term means here",
    "description": "who or what it is, in a sentence or two",
    "died": _EDTF,
    "email": "one address: desk@example.org",
    "ended_or_changed": _EDTF,
    "entry": "id of an entry",
    "estimator": "who gives the figure: a key of `estimators`",
    "estimators": "id: Name",
    "family": "family name",
    "from": _EDTF,
    "given": "given name",
    "grade": "only to lower the grade that is derived",
    "grade_reason": "why it is lowered",
    "group": "who was harmed",
    "harm": "what was done to people",
    "holder": "an actor's id, or a name with a capital letter",
    "id": "a to z, 0 to 9 and single hyphens",
    "issued": f"when it appeared; {_EDTF}",
    "kind": "what kind it is",
    "label": "the name that readers see",
    "lang": "the language of the entry where it is not the site's (BCP 47)",
    "language": "code of a language (BCP 47)",
    "lat": "degrees north (WGS 84), with a point",
    "licence": "under what the work may be used",
    "literal": "the whole name, of an organisation",
    "location": "ids of places.yaml or names, each with a precision if wanted",
    "locator": "where in the source: p. 12",
    "lon": "degrees east (WGS 84), with a point",
    "made_on": f"when it was said; {_EDTF}",
    "max": "the highest figure",
    "measures": "what is counted",
    "media": "pictures that lie in content/media/",
    "min": "the lowest figure",
    "name": "the name that readers see",
    "name_used": "the name under which the actor acted then",
    "no_link": "keep the address and never link it",
    "note": "what readers should know of it",
    "order": "its place among its like",
    "origin": "whose text it carries, if not its own",
    "origins": "id: Name of those whose text sources carry",
    "perspective": "whose view the source has",
    "phase": "id of a phase; required once the site has phases",
    "place": "id of a place",
    "places": "ids of places",
    "pledged": _EDTF,
    "points": "one for each published figure",
    "precision": "how well the point stands for the place",
    "precursor": "what was there before it",
    "precursor_actors": "ids of actors that were there before it",
    "published": "the day on which the entry was first public: 2026-11-23",
    "publisher": "who publishes it",
    "reason": "why this is no fault",
    "recognised": _EDTF,
    "region": "id of a place",
    "regions": "maps to be drawn",
    "related": "ids of other entries, each with a relation if wanted",
    "relation": "how this entry stands to the other",
    "revisions": "what was changed after publication",
    "role": "what the actor did or suffered",
    "scripts": "Arab: ar marks runs of Arabic letters as Arabic",
    "see": "ids of entries, actors or terms",
    "seen": "false: found, not read",
    "severity": "how severe it is on this site",
    "shape": "one of the palette's eight",
    "significance": "1: without it the story breaks; 2: important; 3: the rest",
    "source": "keys of sources or addresses, each with a locator if wanted",
    "src": "media/ and the name of the file",
    "stance": "whether the claimant asserts, denies or disputes it",
    "statement": "what is said, in your words",
    "status": "of an entry: draft and review are not shown",
    "subtitle": "stands below the title",
    "succeeded_by": "what came after it",
    "succeeds": "what came before it",
    "summary": "two sentences for lists",
    "supports": "how the source bears on the entry",
    "tags": "ids of `tags` in site.yaml; there, id: Label",
    "term": "the word",
    "title": "neutral, at most 90 characters",
    "to": f"{_EDTF}; .. while it lasts",
    "type": "a type of CSL: article-newspaper, report, book, webpage …",
    "unit": "of the figure",
    "url": "the whole address",
    "value": "the figure",
    "wikidata": "id of the item: Q42",
}


def schema(kind: str) -> Schema:
    """The schema of a file, or of the front matter of one."""
    found = fields.schema(KINDS[kind])
    defs: Schema = found.pop("$defs", {})
    for record in (found, *defs.values()):
        _finish(record)
    record = _own(kind, found)
    if kind in _LISTS:
        record = {"type": ["array", "null"], "items": record}
    elif kind == "sources":
        record = {"type": ["object", "null"], "additionalProperties": record}
    title = _TITLES.get(kind, f"content/{kind}.yaml")
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title}
    kept = _used(record, defs)
    return {**about, **record, **({"$defs": kept} if kept else {}), "title": title}


def text(kind: str) -> str:
    """The schema as the text of a file."""
    return json.dumps(schema(kind), indent=1, ensure_ascii=False) + "\n"


def _finish(record: Schema) -> None:
    """Fields may be left empty, which means left out; each says what it is for."""
    record.pop("description", None)
    required = record.get("required", ())
    for name, field in record.get("properties", {}).items():
        field.pop("title", None)
        field.pop("default", None)
        about = {"description": _ABOUT[name]} if name in _ABOUT else {}
        empty = field if name in required else {"anyOf": [field, {"type": "null"}]}
        record["properties"][name] = {**about, **empty}


def _own(kind: str, record: Schema) -> Schema:
    """What the builder sets goes; what it reads beside the model comes."""
    properties: Schema = record["properties"]
    hidden = {"body", "extra"} | ({"id"} if kind in ("entry", "phase", "page", "sources") else set())
    record["required"] = [
        name for name in record["required"] if name not in hidden and (kind, name) != ("series", "id")
    ]
    record["properties"] = {name: field for name, field in properties.items() if name not in hidden}
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
