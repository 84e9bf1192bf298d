"""Records to one timeline: inline records registered, references resolved, entries in the order of their dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from site_builder import urls
from site_builder.diagnostics import Diagnostic, Location, check, error, soften
from site_builder.evidence import Evidence, by_name, voice, weigh
from site_builder.memo import Memo, same
from site_builder.model import Actor, Entry, Page, Phase, Place, Series, Site, Source, Span, Term
from site_builder.reading import Record
from site_builder.references import Known, astray
from site_builder.timeline import Records, Timeline
from site_builder.withdrawal import names, withheld

_REGISTRIES = (Phase, Actor, Place, Source, Term, Page, Series, Span)


def link(
    site: Site,
    records: Iterable[Record[Any]],
    broken: Set[tuple[type, str]] = frozenset(),
    *,
    sound: Iterable[Record[Entry]] = (),
    drafts: bool = False,
    memo: Memo | None = None,
) -> tuple[Timeline, list[Diagnostic]]:
    """The timeline, and every reference that leads nowhere.

    `sound`: what is sound of faulty entries; `drafts`: drafts count as published.
    """
    memo = memo or Memo()
    registry = _Registry(memo)
    kept = [record for record in records if registry.add(record)]
    shown = shown_statuses(drafts=drafts)
    entries = [record for record in kept if isinstance(record.value, Entry)]
    linked = [registry.resolve(record) for record in entries if record.value.status in shown]
    gone = [record.value for record in entries if record.value.status == "withdrawn"]
    withdrawn = {id for entry in gone for id in (entry.id, *entry.aliases)}
    ids: dict[type, Iterable[str]] = {model: registry.records[model] for model in _REGISTRIES}
    ids[Entry] = sorted({entry.id for entry in linked} | withdrawn)
    unpublished = {record.value.id for record in entries} - set(ids[Entry])
    moved = sorted((alias, entry.id) for entry in linked for alias in entry.aliases)
    known = memo.settled(Known.of(ids, site.tags, broken, sorted(unpublished), moved))
    findings = [*registry.findings, *(_eased(record, finding, drafts) for record, finding in _old_addresses(entries))]
    for record in kept:
        if getattr(record.value, "status", "") != "withdrawn":
            findings += [_eased(record, finding, drafts) for finding in _astray(record, known, memo)]
    for record in sound:
        found = _astray(record, known, memo)
        findings += [_eased(record, finding, drafts) for finding in found if _leads_nowhere(finding)]
    if gone:
        registry.hold_back(kept, shown)
    return _timeline(site, registry, linked, withdrawn), findings


def _astray(record: Record[Any], known: Known, memo: Memo) -> tuple[Diagnostic, ...]:
    return memo.revise("astray", id(record), (record, known), lambda last: astray(record, known))


def shown_statuses(*, drafts: bool) -> Set[str]:
    """Of entries that readers get to see. What is withdrawn has a page that says no more than this."""
    return {"published", "retracted", "draft"} if drafts else {"published", "retracted"}


def _old_addresses(entries: Sequence[Record[Entry]]) -> Iterator[tuple[Record[Entry], Diagnostic]]:
    """Old addresses that lead to something else already."""
    taken = {record.value.id: record.document.path for record in entries}
    for record in entries:
        for n, alias in enumerate(record.value.aliases):
            if alias in taken:
                where = "the entry's own address" if alias == record.value.id else f"taken already, in {taken[alias]}"
                message = f"the old address `{alias}` is {where}; an address leads to one entry only"
                yield record, error(record.location("aliases", n), "alias-taken", message, "remove it from `aliases`")
            taken.setdefault(alias, record.document.path)


def _leads_nowhere(finding: Diagnostic) -> bool:
    """Of a faulty entry only this is told: what it lacks may be what is faulty."""
    return finding.code.startswith("unknown-")


def _eased(record: Record[Any], finding: Diagnostic, drafts: bool) -> Diagnostic:
    draft = isinstance(record.value, Entry) and record.value.status == "draft"
    return soften(finding) if draft and not drafts else finding


def _timeline(site: Site, registry: _Registry, linked: list[Entry], withdrawn: set[str]) -> Timeline:
    entries = tuple(sorted(linked, key=lambda entry: (entry.date.sort_key, entry.id)))
    memo = registry.memo
    records = memo.once(_records, *(tuple(_ordered(model, registry.records[model])) for model in _REGISTRIES))
    voices = memo.once(_voices, site, records)
    cited: dict[str, tuple[str, ...]] = {}
    evidence: dict[str, Evidence] = {}
    for entry in entries:
        make = partial(_weighed, entry, records.sources, voices)
        cited[entry.id], evidence[entry.id] = memo.revise("evidence", entry.id, (entry, records, voices), make)
    return Timeline(
        site=site,
        records=records,
        entries=entries,
        withdrawn=tuple(sorted(withdrawn)),
        cited=cited,
        evidence=evidence,
        voices=voices,
        by_id={entry.id: entry for entry in entries},
    )


_Weighed = tuple[tuple[str, ...], Evidence]  # the citekeys of an entry, and what they give


def _weighed(entry: Entry, sources: Mapping[str, Source], voices: Mapping[str, str], last: _Weighed | None) -> _Weighed:
    cited = tuple(key for key in citekeys(entry) if key in sources)
    found = (cited, weigh(entry, cited, sources, voices))
    return last if last == found else found


def _voices(site: Site, records: Records) -> dict[str, str]:
    origins = by_name(site.origins)
    return {key: voice(source, origins) for key, source in records.sources.items()}


def _ordered(model: type, records: Mapping[str, Any]) -> list[Any]:
    """By id, so that the order of files says nothing; phases in the order that their authors gave them."""
    key: Callable[[Any], Any] = (lambda phase: (phase.order, phase.id)) if model is Phase else (lambda record: "")
    return sorted((records[id] for id in sorted(records)), key=key)


def _records(*by_model: tuple[Any, ...]) -> Records:
    """The registries; the same object while no record of any has changed."""
    return Records(*({record.id or record.actor: record for record in records} for records in by_model))


def citekeys(entry: Entry) -> Iterator[str]:
    """Every citekey of an entry, once, in the order in which a reader meets it."""
    told = [cite for group in (entry.claims, entry.casualties, entry.control) for item in group for cite in item.cites]
    listed = [ref.source for ref in entry.source]
    yield from dict.fromkeys([*entry.body.keys, *(cite.source for cite in told), *listed])


@dataclass(slots=True)
class _Registry:
    """The records by model and id, while they are brought together."""

    memo: Memo
    records: dict[type, dict[str, Any]] = field(default_factory=lambda: {model: {} for model in _REGISTRIES})
    findings: list[Diagnostic] = field(default_factory=list)
    _places: dict[tuple[type, str], Record[Any]] = field(default_factory=dict)
    _names: dict[tuple[type, str], str] = field(default_factory=dict)  # (model, a name of the record): its id

    def add(self, record: Record[Any]) -> bool:
        """Take a record in, unless its id is taken."""
        model, id = type(record.value), record.value.id or record.value.actor  # a span is known by its actor
        first = self._places.setdefault((model, id), record)
        if first is not record:
            where = first.location("id")
            at = f"{where.path}, line {where.line}" if where.line else where.path
            message = f"the id `{id}` is taken already ({at}); an address leads to one record only"
            self.findings.append(
                error(record.location("id"), "id-taken", message, "choose another id, or remove one of the two")
            )
            return False
        if model is not Entry:
            self._register(record.value, id)
        return True

    def hold_back(self, kept: Sequence[Record[Any]], shown: Set[str]) -> None:
        """Forget the records that only withdrawn entries name."""
        held = {
            (model, id): names(value) for model in (Actor, Place, Source) for id, value in self.records[model].items()
        }
        for model, id in withheld(held, kept, shown):
            del self.records[model][id]

    def _register(self, value: Any, id: str) -> None:
        self.records[type(value)][id] = value
        names: list[str] = []
        if isinstance(value, (Actor, Place)):
            names = [
                value.name,
                *(alias if isinstance(alias, str) else alias.name for alias in value.aliases),
            ]
        elif isinstance(value, Source):
            names = [value.url or value.title]
        for name in names:
            self._names.setdefault((type(value), name.casefold()), id)

    def resolve(self, record: Record[Entry]) -> Entry:
        """The entry with an id for every actor, place and source that has at least a name."""
        entry = record.value
        if _named(entry.actor, "id") and _named(entry.location, "id") and _named(entry.source, "source"):
            return entry
        named: dict[str, Any] = {
            "actor": self._each(record, "actor", Actor, "id", lambda ref: ref.name),
            "location": self._each(record, "location", Place, "id", lambda ref: ref.name),
            "source": self._each(record, "source", Source, "source", lambda ref: ref.url or ref.title),
        }
        if all(getattr(entry, field) == refs for field, refs in named.items()):
            return entry
        key = (same(entry), tuple(named.values()))
        return self.memo.remember("named", key, lambda: (entry, replace(entry, **named)))[1]

    def _each(
        self, record: Record[Entry], field: str, model: type, key: str, name: Callable[[Any], str]
    ) -> tuple[Any, ...]:
        """The references of a field, each with its `key` filled in."""
        return tuple(
            ref
            if getattr(ref, key) or not name(ref)
            else replace(ref, **{key: self._id(record.location(field, n), model, name(ref), ref)})
            for n, ref in enumerate(getattr(record.value, field))
        )

    def _id(self, where: Location, model: type, name: str, ref: Any) -> str:
        """The id of a record written out in an entry: that of the record of this name, else a new one's."""
        known = self._names.get((model, name.casefold()))
        if known is None:
            self._mistyped(where, model, name)
            known = self._free(model, name)
            key = (model, known, ref)
            self._register(self.memo.remember("inline", key, lambda: _INLINE[model](*key[1:])), known)
        message = f"`{name[:80]}` is written out here; other entries cannot share what is said of it"
        hint = f"record it once, in content/{_HOMES[model]}, and write its id here (such as `{known}`)"
        if (model, known) in self._places:
            hint = f"it has a record in content/{_HOMES[model]}: write its id here, `{known}`"
        self.findings.append(check(where, "inline-record", message, hint))
        return known

    def _mistyped(self, where: Location, model: type, name: str) -> None:
        """A new name that is a recorded id but for a capital, a sign or a word beside it: a slip, most likely."""
        words = re.split(r"[\s,;(]+", name.strip("-•*@ "))
        meant = [urls.slug(name), *(word for word in words[:1] if "-" in word)]
        id = next((id for id in meant if (model, id) in self._places), "")
        if id and model is not Source:
            message = f"`{name[:80]}` counts as another name than the id `{id}`, so this is taken for somebody else"
            hint = f"write `{id}`"
            if id != meant[0] and "," in name:
                others = [id, *(part.strip() for part in name.split(",")[1:] if part.strip())]
                hint += f", or a list if several are meant: [{', '.join(others)}]"
            self.findings.append(check(where, "id-mistyped", message.replace("somebody", _WHO[model]), hint))

    def _free(self, model: type, name: str) -> str:
        bare = name.removeprefix("https://").removeprefix("http://")
        id = urls.id_of(bare, "name")[:80].strip("-")
        while id in self.records[model] or id in urls.RESERVED:
            id += "-2"
        return id


def _named(refs: Iterable[Any], key: str) -> bool:
    return all(getattr(ref, key) for ref in refs)


_WHO: Mapping[type, str] = {Actor: "somebody", Place: "somewhere"}
_HOMES: Mapping[type, str] = {Actor: "actors.yaml", Place: "places.yaml", Source: "sources/"}


def _actor(id: str, ref: Any) -> Actor:
    kinds = ("group", "person", "state", "coalition")
    return Actor(id, ref.name, ref.kind if ref.kind in kinds else "organisation")


def _place(id: str, ref: Any) -> Place:
    return Place(id, ref.name, ref.country, "", ref.lat, ref.lon, ref.precision or "near")


def _source(id: str, ref: Any) -> Source:
    outlet = ref.publisher or (urlsplit(ref.url).hostname or "").removeprefix("www.")
    title = ref.title or ref.url
    return Source(
        id,
        title,
        container_title=outlet,
        issued=ref.issued,
        accessed=ref.accessed,
        url=ref.url,
        perspective=ref.perspective,
    )


_INLINE: Mapping[type, Callable[[str, Any], Any]] = {Actor: _actor, Place: _place, Source: _source}
