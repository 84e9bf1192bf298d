"""The ledger: what rests on each source, where and how; and how well the entries of each year are attested."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from site_builder import citations, mentions, urls
from site_builder.bodies import Body, Notes
from site_builder.cards import Card, Mention
from site_builder.edition import Edition
from site_builder.evidence import GRADES, SIDES, Evidence, support
from site_builder.model import Cite, Entry, Source
from site_builder.timeline import Timeline
from site_builder.views import LONGEST_STRIP


@dataclass(frozen=True, slots=True)
class Part:
    """What of an entry cites a source. `kind`: text, claim, toll or control.

    `about` is what a claim is about, what harm a figure counts, how a place changed hands; `who` claims, counts or
    holds; `path` leads to the part.
    """

    kind: str
    path: str
    about: str = ""
    who: Mention | None = None
    place: Mention | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """An entry that cites a source. `alone`: "source" where nothing else supports it, "voice" where only records of the
    same voice do, else "".
    """

    card: Card
    supports: str
    locators: tuple[str, ...]
    parts: tuple[Part, ...]
    alone: str


def use(edition: Edition, source: Source, voice: str) -> Use:
    """`edition`: that of an entry alone, which cites the source; `voice`: that of the source."""
    entry, parts = edition.entry, []
    locators = [ref.locator for ref in entry.source if ref.source == source.id]
    for part, cites in edition.once(_parts, edition):
        found = [locator for key, locator in cites if key == source.id]
        if found:
            parts.append(part)
            locators += found
    return Use(
        edition.cards[entry.id],
        support(entry).get(source.id, "direct"),
        tuple(dict.fromkeys(filter(None, locators))),
        tuple(dict.fromkeys(parts)),
        alone(edition.timeline.evidence[entry.id], source, voice),
    )


Pairs = tuple[tuple[str, str], ...]  # (citekey, locator)


def _parts(edition: Edition) -> tuple[tuple[Part, Pairs], ...]:
    """The parts of an entry with what each cites, in the order of its page. `edition`: that of the entry alone."""
    return tuple(_citing(edition.timeline, edition.entry))


def _citing(timeline: Timeline, entry: Entry) -> Iterator[tuple[Part, Pairs]]:
    path = urls.page("entry", entry.id)
    yield Part("text", path), _noted(entry.body)
    for claim in entry.claims:
        by = mentions.actor(timeline, claim.by, entry.date)
        yield Part("claim", f"{path}#claims_", claim.about, by), mentions.notes(claim.cites)
    for toll in entry.casualties:
        counted = mentions.actor(timeline, toll.by, entry.date) if toll.by else None
        yield Part("toll", f"{path}#tolls_", toll.harm, counted), mentions.notes(toll.cites)
    for change in entry.control:
        holder, place = mentions.actor(timeline, change.holder, entry.date), mentions.place(timeline, change.place)
        yield Part("control", f"{path}#control_", change.change, holder, place), mentions.notes(change.cites)


def _noted(body: Body) -> Pairs:
    return tuple(cite for part in body.parts if isinstance(part, Notes) for cite in part.cites)


def alone(evidence: Evidence, source: Source, voice: str) -> str:
    """Whether an entry rests on this source, or on its voice, alone: see `Use`. A retracted one asserts nothing."""
    if evidence.grade == "retracted" or source.id not in evidence.supporting or evidence.voices != (voice,):
        return ""
    return "source" if evidence.supporting == (source.id,) else "voice"


def elsewhere(timeline: Timeline) -> dict[str, tuple[Mention, ...]]:
    """By citekey, what cites a source beside entries: phases, pages, terms, figures."""
    found: dict[str, dict[Mention, None]] = defaultdict(dict)
    for mention, keys in _others(timeline):
        for key in keys:
            found[key][mention] = None
    return {key: tuple(some) for key, some in found.items()}


def _others(timeline: Timeline) -> Iterator[tuple[Mention, Iterable[str]]]:
    records = timeline.records
    for phase in records.phases.values():
        yield Mention(phase.label, urls.page("phase", phase.id), "phase"), phase.body.keys
    for page in records.pages.values():
        yield Mention(page.title, urls.page("page", page.id), "page"), page.body.keys
    for term in records.terms.values():
        yield Mention(term.term, urls.page("term", term.id), "term"), _keys(term.cites)
    for series in records.series.values():
        cites = (cite for point in series.points for cite in point.cites)
        yield Mention(series.title, urls.page("series", series.id), "series"), _keys(cites)
    for span in records.spans.values():
        name = mentions.actor(timeline, span.actor).label
        yield Mention(name, urls.SPANS, "span"), _keys(span.cites)


def _keys(cites: Iterable[Cite]) -> Iterator[str]:
    return (cite.source for cite in cites)


# -- Over time


@dataclass(frozen=True, slots=True)
class Quality:
    """The entries of a year by how they are attested. `path` is "" for a year without any.

    `grades` in the order of `evidence.GRADES`; `one_voice`: rest on one voice or none; `one_sided`: all that supports
    them comes from states, parties to the conflict or perpetrators; of `unkept` none of the web pages that support
    them has an archived copy, of `partly_kept` some have one and some have none.
    """

    year: int
    path: str
    total: int
    grades: tuple[int, ...] = (0,) * len(GRADES)
    one_voice: int = 0
    one_sided: int = 0
    unkept: int = 0
    partly_kept: int = 0


def by_year(timeline: Timeline) -> tuple[Quality, ...]:
    """Every year from the first to the last, the empty ones too; of a very long story only those with entries."""
    if not timeline.by_year:
        return ()
    span = range(min(timeline.by_year), max(timeline.by_year) + 1)
    years = span if len(span) <= LONGEST_STRIP else sorted(timeline.by_year)
    return tuple(_year(timeline, year, timeline.by_year.get(year, ())) for year in years)


def _year(timeline: Timeline, year: int, entries: Sequence[Entry]) -> Quality:
    if not entries:
        return Quality(year, "", 0)
    return quality(timeline, entries, year, urls.page("year", str(year)))


def quality(timeline: Timeline, entries: Sequence[Entry], year: int = 0, path: str = "") -> Quality:
    """How some entries are attested. A retracted entry counts among the grades only: it asserts nothing any more."""
    sources = timeline.records.sources
    evidence = [timeline.evidence[entry.id] for entry in entries]
    grades = Counter(found.grade for found in evidence)
    standing = [found for found in evidence if found.grade != "retracted"]
    kept = Counter(_kept(found, sources) for found in standing)
    return Quality(
        year,
        path,
        len(entries),
        tuple(grades[grade] for grade in GRADES),
        sum(len(found.voices) < 2 for found in standing),
        sum(_one_sided(found, sources) for found in standing),
        kept["none"],
        kept["some"],
    )


def _one_sided(evidence: Evidence, sources: Mapping[str, Source]) -> bool:
    told = [sources[key] for key in evidence.supporting]
    return bool(told) and all(source.perspective in SIDES for source in told)


def _kept(evidence: Evidence, sources: Mapping[str, Source]) -> str:
    """How many of the web pages that support an entry have an archived copy: all, some, none; "" without a page."""
    pages = [sources[key] for key in evidence.supporting if citations.address(sources[key])]
    copied = [bool(citations.copies(source)) for source in pages]
    return ("all" if all(copied) else "some" if any(copied) else "none") if copied else ""
