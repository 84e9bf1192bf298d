"""What goes with a withdrawn entry: the records and files that it names and that nothing else on the site does.

A withdrawn entry keeps its address and nothing else. An actor, a place, a source or a picture that only it names would
tell of it all the same, so it is held back too, and comes back when anything that is shown names it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from site_builder.model import Actor, Entry, Named, Place, Source
from site_builder.reading import Record

T = TypeVar("T")


def names(value: Actor | Place | Source) -> frozenset[str]:
    """What others can call a record by."""
    if isinstance(value, Source):
        return frozenset({value.id, value.url.casefold() or value.title.casefold()})
    aliases = (alias.name if isinstance(alias, Named) else alias for alias in value.aliases)
    return frozenset({value.id, value.name.casefold(), *(alias.casefold() for alias in aliases)})


def withheld(things: Mapping[T, frozenset[str]], records: Sequence[Record[Any]], shown: Collection[str]) -> set[T]:
    """Of the things with these names, those that withdrawn entries name and no entry of a shown status, no other
    record does.
    """
    gone: set[str] = set()
    for record in records:
        if isinstance(record.value, Entry) and record.value.status == "withdrawn":
            gone.update(_words(record.document.fields), *_marked(record))
    candidates = {thing: called for thing, called in things.items() if called & gone}
    if not candidates:
        return set()
    told: set[str] = set()
    for record in records:
        value = record.value
        if not isinstance(value, Entry):
            told |= set(_told(value)) - (names(value) if isinstance(value, Actor | Place | Source) else set())
        elif value.status in shown:
            told.update(_told(value), *_marked(record))
    return {thing for thing, called in candidates.items() if not called & told}


def _marked(record: Record[Any]) -> Iterator[set[str]]:
    """What a text cites and links to."""
    yield {citation.key for citation in record.citations}
    yield {link.id.partition("#")[0] for link in record.links}


def _told(value: Any) -> Iterator[str]:
    """All texts in a record that can be a reference: those of its body are no such texts."""
    if isinstance(value, Entry):
        groups = (value.actor, value.location, value.source, value.claims, value.casualties, value.control, value.media)
        yield from (word for group in groups for item in group for word in _told(item))
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _told(getattr(value, field.name))
    else:
        yield from _words(value)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
        yield value.casefold()
    elif isinstance(value, dict):
        for item in value.values():
            yield from _words(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _told(item)
