"""Records that are larger than any honest one: what they say stands on many pages, or makes many.

What one thing costs is multiplied where it is shown: a name of a megabyte by each entry that names it, a page of the
menu by every page. So these limits are far below those of files.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from site_builder import urls
from site_builder.diagnostics import Diagnostic, error
from site_builder.documents import Document
from site_builder.limits import MAX_ITEMS, MAX_NAMED, MAX_NAMES, MAX_POINTS, MAX_REGIONS, MAX_SITE, MAX_TOLD
from site_builder.yamltext import Path

_WITH_PAGES = ("actor", "actors", "location", "locations")  # a name in them makes a page
_LONG = {"points": MAX_POINTS, "regions": MAX_REGIONS}  # lists that are no detail of what they stand in
_ELSEWHERE = ("tags", "origins", "regions", "checks")  # fields of site.yaml that do not stand on every page


def of_front_matter(document: Document) -> list[Diagnostic]:
    """Lists of an entry that no entry needs."""
    found = []
    for key, value in document.fields.items():
        if isinstance(value, list):
            for count, most, what, hint in _counts(key, value):
                if count > most:
                    message = f"`{key}` has {count:,} {what}; at most {most} are read"
                    found.append(error(document.at((key,), key=True), "front-matter-too-large", message, hint))
                    break
    return found


def _counts(key: str, value: list[Any]) -> Iterator[tuple[int, int, str, str]]:
    """How many there are of what, how many may be, and what to do."""
    yield len(value), MAX_NAMES if key in _WITH_PAGES else MAX_ITEMS, "items", "split the entry"
    if key in _WITH_PAGES:
        nameless = sum(not _is_record(item) for item in value)
        yield nameless, MAX_NAMED, "names without a record", "record them, and give their ids here"


def of_site(document: Document) -> list[Diagnostic]:
    """The texts that every page shows, and the maps."""
    fields = {key: value for key, value in document.fields.items() if key not in _ELSEWHERE}
    found = [*_too_heavy(document, (), fields, MAX_SITE, "the texts of the site"), *_lists(document, (), fields)]
    regions = document.fields.get("regions")
    return [*found, *_lists(document, (), {"regions": regions})]


def of_record(document: Document, at: Path, fields: Any) -> list[Diagnostic]:
    """A record of a registry or a bibliography, or a series; `at`: its place in the document."""
    if not isinstance(fields, dict):
        return []
    parts = {key: value for key, value in fields.items() if key not in ("points", "extra")}
    return [*_too_heavy(document, at, parts, MAX_TOLD, "the record"), *_lists(document, at, fields)]


def _is_record(item: Any) -> bool:
    return bool(isinstance(item, str) and urls.SLUG.fullmatch(item)) or (isinstance(item, dict) and "id" in item)


def _too_heavy(document: Document, at: Path, fields: Any, most: int, what: str) -> Iterator[Diagnostic]:
    if (weight := _weight(fields)) > most:
        message = f"{what} has {weight:,} characters; at most {most:,} are read"
        yield error(document.at(at), "record-too-large", message, "shorten it: long texts belong in entries and pages")


def _weight(value: Any) -> int:
    """The characters of all texts in a value."""
    if isinstance(value, dict):
        return sum(len(key) + _weight(part) for key, part in value.items())
    return sum(map(_weight, value)) if isinstance(value, list) else len(value) if isinstance(value, str) else 0


def _lists(document: Document, at: Path, value: Any) -> Iterator[Diagnostic]:
    """Every list inside a record that is too long."""
    if isinstance(value, list):
        most = _LONG.get(str(at[-1]), MAX_ITEMS) if at else MAX_ITEMS
        if len(value) > most:
            message = f"`{at[-1]}` has {len(value):,} items; at most {most:,} are read"
            yield error(document.at(at, key=True), "record-too-large", message, "keep those that readers need")
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        if isinstance(part, (dict, list)):
            yield from _lists(document, (*at, key), part)
