"""The bibliography by outlet, by voice and by kind, and one page for each source: what it is, and what rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from site_builder import citations, urls
from site_builder.artifacts import Artifact, Output, Page, later, page
from site_builder.cards import Mention, chip
from site_builder.changes import last_change
from site_builder.edition import Edition
from site_builder.evidence import UNNAMED, Evidence
from site_builder.ledger import alone, elsewhere, use
from site_builder.model import Site, Source
from site_builder.views import Reference, referred
from site_builder.wording import Words


@dataclass(frozen=True, slots=True)
class Item:
    """A source in an index: how many entries cite it, and how many of them rest on its voice alone."""

    source: Reference
    count: int
    alone: int


@dataclass(frozen=True, slots=True)
class Group:
    """`entries` counts each entry once, though it cites several sources of the group."""

    name: str
    items: tuple[Item, ...]
    entries: int
    alone: int


FEW = 8  # records of a voice that stand on the page of each of them; more stand in the index only


@dataclass(frozen=True, slots=True)
class Voice:
    """`path` leads to its place in the index."""

    name: str
    path: str
    sources: tuple[Source, ...]


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    if not timeline.records.sources:
        return
    used = tuple(
        (source, timeline.voices[id], tuple([(e.id, timeline.evidence[e.id]) for e in timeline.by_source.get(id, ())]))
        for id, source in timeline.records.sources.items()
    )
    indexes, voices = edition.once(_indexes, timeline.site, edition.words, used, bool(timeline.entries))
    yield from indexes
    others = {id: edition.memo.settled(some) for id, some in edition.once(elsewhere, edition.bare().timeline).items()}
    for source in timeline.records.sources.values():
        make = partial(_made, source=source, voice=voices[source.id], others=others.get(source.id, ()))
        updated = last_change(timeline.by_source.get(source.id, ()))
        yield later(edition, urls.page("source", source.id), make, shows=(), updated=updated)


def _made(edition: Edition, source: Source, voice: Voice, others: tuple[Mention, ...]) -> Page:
    timeline = edition.timeline
    citing = tuple([edition.of(entry) for entry in timeline.by_source.get(source.id, ())])
    which = (source, timeline.voices[source.id], voice, citing, others)
    return edition.once(_page, timeline.site, edition.words, which)


# A source, its voice by id, and what rests on it: the entries that cite it, with their evidence.
Used = tuple[Source, str, tuple[tuple[str, Evidence], ...]]


def _indexes(
    site: Site, words: Words, used: tuple[Used, ...], assessed: bool
) -> tuple[tuple[Artifact, ...], dict[str, Voice]]:
    """The pages that list the sources, and the voice of each by its citekey. `assessed`: a page weighs the entries."""
    names, items = _names(site, used), {each[0].id: _item(site, each) for each in used}
    outlets, spoken, kinds = (
        tuple(_groups(used, items, name))
        for name in (
            _outlet,
            lambda source: names[source.id],
            lambda source: words.name("source_kind", source.kind),
        )
    )
    listed = partial(page, template="sources.html", shows=(), assessed=assessed)
    pages = (
        listed(urls.SOURCES, order="outlet", groups=outlets, letters=tuple(_letters(outlets))),
        listed(urls.SOURCES_BY_VOICE, order="voice", groups=spoken, letters=tuple(_letters(spoken))),
        page(urls.SOURCES_BY_KIND, "sources_by_kind.html", shows=(), groups=kinds, assessed=assessed),
    )
    return pages, dict(_voices({each[0].id: each[0] for each in used}, spoken))


Which = tuple[Source, str, Voice, tuple[Edition, ...], tuple[Mention, ...]]


def _page(site: Site, words: Words, which: Which) -> Page:
    """`which`: the source, its voice by id and as it is shown, the entries that cite it, and what else does."""
    source, spoken, voice, citing, others = which
    same = voice.sources if len(voice.sources) <= FEW else ()
    return Page.of(
        "source.html",
        reference=referred(site, source),
        kind=words.name("source_kind", source.kind),
        type=words.name("source_type", citations.type_of(source)),
        language=words.name("language", source.language or site.language),
        accessed=source.accessed,
        unlinked=_unlinked(source),
        voice=voice.name,
        voice_path=voice.path,
        unnamed=spoken == UNNAMED,
        others=len(voice.sources) - 1,
        same=tuple(_titled(other) for other in same if other.id != source.id),
        uses=tuple(use(one, source, spoken) for one in citing),
        elsewhere=others,
    )


def _unlinked(source: Source) -> str:
    """Why no link leads to the source: it is the perpetrator's, its editors want none, it has no address; else ""."""
    if source.perspective == "perpetrator":
        return "perpetrator"
    return "wanted" if source.no_link else "" if source.url else "unknown"


def _names(site: Site, used: Iterable[Used]) -> dict[str, str]:
    """The name of the voice of each source: that of the site's origins, else as it is written first."""
    names = dict(site.origins)
    for source, voice, _ in used:
        names.setdefault(voice, source.origin or source.publisher or source.container_title or voice)
    return {source.id: names[voice] for source, voice, _ in used}


def _voices(sources: Mapping[str, Source], spoken: Sequence[Group]) -> Iterator[tuple[str, Voice]]:
    """By citekey."""
    for number, group in enumerate(spoken, start=1):
        of_group = tuple(sources[item.source.id] for item in group.items)
        voice = Voice(group.name, f"{urls.SOURCES_BY_VOICE}#group_{number}", of_group)
        yield from ((source.id, voice) for source in of_group)


def _titled(source: Source) -> Mention:
    outlet = chip(source)
    return Mention(source.title, outlet.path, outlet.label, outlet.detail)


# -- The indexes


def _outlet(source: Source) -> str:
    return source.container_title or source.publisher


def _item(site: Site, used: Used) -> Item:
    source, voice, citing = used
    lonely = sum(bool(alone(evidence, source, voice)) for _, evidence in citing)
    return Item(referred(site, source), len(citing), lonely)


def _groups(used: Iterable[Used], items: Mapping[str, Item], name: Callable[[Source], str]) -> Iterator[Group]:
    """The sources under the names of what they share, those without a name last."""

    def order(each: Used) -> tuple[bool, str, str, str, str]:
        source, shared = each[0], name(each[0])
        return (not shared, shared.casefold(), shared, _outlet(source).casefold(), source.id)

    for shared, group in groupby(sorted(used, key=order), key=lambda each: name(each[0])):
        members = tuple(group)
        cited = {id for _, _, citing in members for id, _ in citing}
        sole = {id for source, voice, citing in members for id, evidence in citing if alone(evidence, source, voice)}
        yield Group(shared, tuple(items[source.id] for source, _, _ in members), len(cited), len(sole))


def _letters(groups: Sequence[Group]) -> Iterator[tuple[str, int]]:
    """The first letters of the names, each with the number (from 1) of its first group."""
    seen = set()
    for number, group in enumerate(groups, start=1):
        first = group.name[:1].upper()
        letter = "0–9" if first.isdigit() else first
        if letter and letter not in seen:
            seen.add(letter)
            yield letter, number


OUTPUT = Output(artifacts, nav=("nav.sources", urls.SOURCES))
