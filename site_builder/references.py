"""Whether every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field, fields
from functools import cache, partial
from typing import Any

from site_builder import urls
from site_builder.bodies import Link
from site_builder.coherence import habits, half_a_point, impossible
from site_builder.diagnostics import Diagnostic, Location, check, did_you_mean, error
from site_builder.model import (
    Actor,
    Casualties,
    Cite,
    Claim,
    Control,
    Entry,
    Page,
    Phase,
    Place,
    Series,
    Source,
    Span,
    Term,
)
from site_builder.reading import ALL, Record

_Where = Callable[[], Location]  # asked only for what is wrong: a sound file is not read again for its places

_HOMES: Mapping[type, tuple[str, str]] = {
    Entry: ("published entry", "content/entries/"),
    Phase: ("phase", "content/phases/"),
    Actor: ("actor", "content/actors.yaml"),
    Place: ("place", "content/places.yaml"),
    Source: ("source", "content/sources/"),
    Term: ("term", "content/glossary.yaml"),
    Page: ("page", "content/pages/"),
}
# What an entry may say of a record that it names; the rest is the record's to say, and would be lost.
SAID: Mapping[type, Set[str]] = {
    Actor: {"id", "role", "name_used"},
    Place: {"id", "precision", "note"},
    Source: {"source", "locator", "supports", "accessed"},
}
_LINKED: Mapping[str, type] = {model.__name__.lower(): model for model in _HOMES}


@dataclass(frozen=True, slots=True)
class Known:
    """What a reference may lead to: the ids of each model, in order, and the tags; `broken`: see `reading.Read`."""

    ids: tuple[tuple[type, tuple[str, ...]], ...]
    tags: tuple[str, ...]
    broken: frozenset[tuple[type, str]]
    unpublished: frozenset[str]
    moved: tuple[tuple[str, str], ...]  # the old addresses of entries, and their ids
    of_model: Mapping[type, Mapping[str, None]] = field(compare=False)

    @staticmethod
    def of(
        ids: Mapping[type, Iterable[str]],
        tags: Iterable[str],
        broken: Iterable[tuple[type, str]],
        unpublished: Iterable[str] = (),
        moved: Iterable[tuple[str, str]] = (),
    ) -> Known:
        """`unpublished`: the entries that are there and that readers do not see yet."""
        listed = {model: dict.fromkeys(some) for model, some in ids.items()}
        pairs = tuple((model, tuple(some)) for model, some in listed.items())
        return Known(pairs, tuple(tags), frozenset(broken), frozenset(unpublished), tuple(moved), listed)


def astray(record: Record[Any], known: Known) -> tuple[Diagnostic, ...]:
    """Everything that can be wrong with a record that was read well, once it is known what there is beside it."""
    references = References(known.of_model, known.tags, known.broken, known.unpublished, dict(known.moved), [])
    references.check(record)
    return tuple(references.findings)


@dataclass(frozen=True, slots=True)
class References:
    """The check of one record against what is known."""

    ids: Mapping[type, Mapping[str, None]]
    tags: tuple[str, ...]
    broken: Set[tuple[type, str]]
    unpublished: Set[str]
    moved: Mapping[str, str]
    findings: list[Diagnostic]

    def check(self, record: Record[Any]) -> None:
        for citation in record.citations:
            self._known(partial(record.document.in_body, citation.line, citation.column), Source, citation.key)
        for citation in record.unmarked:
            if citation.key in self.ids[Source]:
                where = record.document.in_body(citation.line, citation.column)
                message = f"`{citation.key}` is the key of a source, and without its signs readers see it as text"
                self.findings.append(check(where, "citation-unmarked", message, f"write [@{citation.key}]"))
        for link in record.links:
            self._link(record, link)
        kinds: dict[type, Callable[[Record[Any]], None]] = {
            Entry: self._entry,
            Actor: self._actor,
            Place: self._place,
            Series: self._series,
            Span: self._span,
            Term: self._term,
        }
        if type(record.value) in kinds:
            kinds[type(record.value)](record)

    def _term(self, record: Record[Term]) -> None:
        self._cites(record, record.value.cites, "cites")
        for n, id in enumerate(record.value.see):
            if not any(id in self.ids[model] or (model, id) in self.broken for model in (Entry, Actor)):
                self._known(partial(record.location, "see", n), Term, id)

    def _actor(self, record: Record[Actor]) -> None:
        for name in ("succeeds", "succeeded_by"):
            for n, other in enumerate(getattr(record.value, name)):
                self._known(partial(record.location, name, n, "id"), Actor, other.id)

    def _place(self, record: Record[Place]) -> None:
        self.findings.extend(half_a_point(record, record.value))

    def _series(self, record: Record[Series]) -> None:
        for n, point in enumerate(record.value.points):
            self._cites(record, point.cites, "points", n, "cites")
            for at, place in enumerate(point.places):
                self._known(partial(record.location, "points", n, "places", at), Place, place)

    def _span(self, record: Record[Span]) -> None:
        span = record.value
        self._cites(record, span.cites, "cites")
        self._known(partial(record.location, "actor"), Actor, span.actor)
        if span.region:
            self._known(partial(record.location, "region"), Place, span.region)
        for n, actor in enumerate(span.precursor_actors):
            self._known(partial(record.location, "precursor_actors", n), Actor, actor)

    def _known(self, where: _Where, model: type, id: str) -> None:
        if id in self.ids[model] or (model, id) in self.broken or (model, ALL) in self.broken:
            return
        name, home = _HOMES[model]
        if model is Entry and id in self.unpublished:
            message = f"the entry `{id}` is not published (see its `status`), so nothing can lead to it"
            hint = "publish it too, or take this out"
            self.findings.append(error(where(), "unknown-entry", message, hint))
            return
        hint = f"it is an old address: write `{self.moved[id]}`" if model is Entry and id in self.moved else ""
        hint = hint or did_you_mean(id, self.ids[model]) or f"add it in {home}, or write the id of one that is there"
        code = f"unknown-{model.__name__.lower()}"
        self.findings.append(error(where(), code, f"there is no {name} `{id}`", hint))

    def _link(self, record: Record[Any], link: Link) -> None:
        where = partial(record.document.in_body, link.line, link.column)
        id = link.id.partition("#")[0]
        if link.kind in _LINKED:
            self._known(where, _LINKED[link.kind], id)
        elif link.kind == "tag":
            self._tag(where, id)

    def _tag(self, where: _Where, tag: str) -> None:
        if self.tags and tag not in self.tags:
            hint = did_you_mean(tag, self.tags) or f"the tags are: {', '.join(sorted(self.tags))}"
            self.findings.append(error(where(), "unknown-tag", f"`{tag}` is not a tag of this site", hint))

    def _cites(self, record: Record[Any], cites: Iterable[Cite], *at: str | int) -> None:
        for n, cite in enumerate(cites):
            self._known(partial(record.location, *at, n), Source, cite.source)

    def _entry(self, record: Record[Entry]) -> None:
        entry, at = record.value, record.location
        for n, actor in enumerate(entry.actor):
            self._reference(partial(at, "actor", n, "id"), Actor, actor.id, actor.name)
            self._lost(record, Actor, actor.id, actor, "actor", n)
        for n, place in enumerate(entry.location):
            self._reference(partial(at, "location", n, "id"), Place, place.id, place.name)
            self._lost(record, Place, place.id, place, "location", n)
            self.findings.extend(half_a_point(record, place, "location", n))
        for n, source in enumerate(entry.source):
            self._reference(partial(at, "source", n, "source"), Source, source.source, source.url or source.title)
            self._lost(record, Source, source.source, source, "source", n)
        for n, tag in enumerate(entry.tags):
            self._tag(partial(at, "tags", n), tag)
        for n, related in enumerate(entry.related):
            self._known(partial(at, "related", n, "id"), Entry, related.id)
        for name in ("claims", "casualties", "control"):
            for n, item in enumerate(getattr(entry, name)):
                self._cites(record, item.cites, name, n, "cites")
                self._who(record, item, name, n)
        self._phase(record)
        self.findings.extend([*impossible(record), *habits(record)])

    def _reference(self, where: _Where, model: type, id: str, name: str) -> None:
        if id:
            self._known(where, model, id)
        elif not name:
            what = _HOMES[model][0]
            hint = f"write the id of the {what}, or at least its {'url' if model is Source else 'name'}"
            self.findings.append(error(where(), "reference-empty", f"this {what} has neither an id nor a name", hint))

    def _lost(self, record: Record[Entry], model: type, id: str, said: Any, *at: str | int) -> None:
        """What a reference says beside the id of a record, and nobody would read."""
        for name, usual in _unread(model, said.__class__) if id in self.ids[model] else ():
            if getattr(said, name) != usual:
                what, home = _HOMES[model]
                message = f"`{name}` is not read beside the id of the {what}, whose record says it"
                hint = f"write it into the record of `{id}` in {home}, or delete it here"
                self.findings.append(error(record.location(*at, name), "unknown-field", message, hint))

    def _who(self, record: Record[Entry], item: Claim | Casualties | Control, field: str, n: int) -> None:
        """A claimant or holder is an actor's id, or plain words; what is shaped like an id must be one."""
        if isinstance(item, Control):
            self._known(partial(record.location, field, n, "place"), Place, item.place)
        key, who = ("holder", item.holder) if isinstance(item, Control) else ("by", item.by)
        if not urls.SLUG.fullmatch(who) or who in self.ids[Actor]:
            return
        where, near = partial(record.location, field, n, key), did_you_mean(who, self.ids[Actor])
        if near or (Actor, ALL) in self.broken:
            self._known(where, Actor, who)
        else:
            hint = f"write an id of content/actors.yaml, or a name with a capital letter: `{who.capitalize()}`"
            self.findings.append(error(where(), "unknown-actor", f"there is no actor `{who}`", hint))

    def _phase(self, record: Record[Entry]) -> None:
        if record.value.phase:
            self._known(partial(record.location, "phase"), Phase, record.value.phase)
        elif self.ids[Phase]:
            message = "`phase` is missing; every entry of a site with phases belongs to one"
            hint = f"add a line such as `phase: {min(self.ids[Phase])}`"
            self.findings.append(error(record.location(), "field-missing", message, hint))


@cache
def _unread(model: type, kind: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a kind of reference that nobody reads beside the id of a record, and their defaults."""
    return tuple((part.name, part.default) for part in fields(kind) if part.name not in SAID[model])


def lost_files(record: Record[Any], media: Set[str]) -> Iterable[Diagnostic]:
    """Files of `content/media/` to which a text or a picture leads and which are not there."""
    document, value = record.document, record.value
    wanted = [(document.in_body(link.line, link.column), link.id) for link in record.links if link.kind == "file"]
    lost = [(where, src) for where, id in wanted if (src := id.partition("#")[0]).startswith("media/")]
    if isinstance(value, Entry):
        lost += [(record.location("media", n, "src"), picture.src) for n, picture in enumerate(value.media)]
    for where, src in lost:
        if f"content/{src}" not in media:
            known = [path.removeprefix("content/") for path in media]
            hint = did_you_mean(src, known) or "put the file into content/media/, and write its path from media/ on"
            yield error(where, "dead-link", f"there is no file `content/{src}`", hint)
