"""The bibliography by outlet, by voice and by kind, and one page for each source: what it is, and what rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from site_builder import citations, urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.changes import last_change
from site_builder.evidence import UNNAMED
from site_builder.ledger import alone, elsewhere, use
from site_builder.model import Site, Source
from site_builder.timeline import Timeline
from site_builder.views import Edition, Mention, Reference, chip, referred
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
    names = _names(timeline)
    items = {id: _item(edition, source) for id, source in timeline.records.sources.items()}
    outlets, spoken = (tuple(_groups(timeline, items, name)) for name in (_outlet, lambda source: names[source.id]))
    kinds = tuple(_groups(timeline, items, lambda source: edition.words.name("source_kind", source.kind)))
    yield page(urls.SOURCES, "sources.html", order="outlet", groups=outlets, letters=tuple(_letters(outlets)))
    yield page(urls.SOURCES_BY_VOICE, "sources.html", order="voice", groups=spoken, letters=tuple(_letters(spoken)))
    yield page(urls.SOURCES_BY_KIND, "sources_by_kind.html", groups=kinds)
    voices = dict(_voices(edition, spoken))
    others = {id: edition.memo.settled(some) for id, some in elsewhere(timeline).items()}
    for source in timeline.records.sources.values():
        citing = tuple(edition.of(entry) for entry in timeline.by_source.get(source.id, ()))
        which = (source, timeline.voices[source.id], voices[source.id], citing, others.get(source.id, ()))
        yield edition.once(_page, timeline.site, edition.words, which)


Which = tuple[Source, str, Voice, tuple[Edition, ...], tuple[Mention, ...]]


def _page(site: Site, words: Words, which: Which) -> Artifact:
    """`which`: the source, its voice by id and as it is shown, the entries that cite it, and what else does."""
    source, spoken, voice, citing, others = which
    same = voice.sources if len(voice.sources) <= FEW else ()
    return page(
        urls.page("source", source.id),
        "source.html",
        updated=last_change([one.entry for one in citing]),
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


def _names(timeline: Timeline) -> dict[str, str]:
    """The name of the voice of each source: that of the site's origins, else as it is written first."""
    names = dict(timeline.site.origins)
    for id, source in timeline.records.sources.items():
        written = source.origin or source.publisher or source.container_title
        names.setdefault(timeline.voices[id], written or timeline.voices[id])
    return {id: names[voice] for id, voice in timeline.voices.items()}


def _voices(edition: Edition, spoken: Sequence[Group]) -> Iterator[tuple[str, Voice]]:
    """By citekey."""
    for number, group in enumerate(spoken, start=1):
        sources = tuple(edition.timeline.records.sources[item.source.id] for item in group.items)
        voice = edition.once(Voice, group.name, f"{urls.SOURCES_BY_VOICE}#group_{number}", sources)
        yield from ((source.id, voice) for source in sources)


def _titled(source: Source) -> Mention:
    outlet = chip(source)
    return Mention(source.title, outlet.path, outlet.label, outlet.detail)


# -- The indexes


def _outlet(source: Source) -> str:
    return source.container_title or source.publisher


def _item(edition: Edition, source: Source) -> Item:
    timeline = edition.timeline
    entries, voice = timeline.by_source.get(source.id, ()), timeline.voices[source.id]
    lonely = sum(bool(alone(timeline.evidence[entry.id], source, voice)) for entry in entries)
    return edition.once(Item, edition.once(referred, timeline.site, source), len(entries), lonely)


def _groups(timeline: Timeline, items: Mapping[str, Item], name: Callable[[Source], str]) -> Iterator[Group]:
    """The sources under the names of what they share, those without a name last."""

    def order(source: Source) -> tuple[bool, str, str, str, str]:
        return (not name(source), name(source).casefold(), name(source), _outlet(source).casefold(), source.id)

    for shared, group in groupby(sorted(timeline.records.sources.values(), key=order), key=name):
        sources = tuple(group)
        cited: set[str] = set()
        sole: set[str] = set()
        for source in sources:
            entries = timeline.by_source.get(source.id, ())
            cited.update(entry.id for entry in entries)
            if items[source.id].alone:
                voice = timeline.voices[source.id]
                sole.update(entry.id for entry in entries if alone(timeline.evidence[entry.id], source, voice))
        yield Group(shared, tuple(items[source.id] for source in sources), len(cited), len(sole))


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
