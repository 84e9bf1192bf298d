"""What a good timeline keeps to, and a site builds without: every sentence cited, every claim with its ground.

Each finding is one of `diagnostics.CHECKS`; `checks` in site.yaml sets how severe it is and excuses single cases.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from itertools import islice
from typing import Any

from site_builder import plain_fields
from site_builder.diagnostics import CHECKS, Diagnostic, check, did_you_mean, error
from site_builder.documents import Document
from site_builder.evidence import Evidence
from site_builder.limits import MAX_HINTS
from site_builder.linking import citekeys
from site_builder.model import Entry, Place, Series, Site, Source, Span, Term
from site_builder.reading import Record
from site_builder.sentences import mask, sentences
from site_builder.texts import position
from site_builder.timeline import Timeline

YEARS_OFF = 5  # how far a year in the text may lie from the entry's date without being pointed at


def unmade(site: Site | None) -> tuple[str, ...]:
    """The checks of single records that are not made: those that are off, and figures where texts are not English."""
    off = _off(site) if site else set()
    if site and site.language.partition("-")[0] != "en":
        off.add("figure-unrecorded")
    return tuple(sorted(off & {"perpetrator-link", *_OF_ENTRIES}))


def _off(site: Site) -> set[str]:
    return {code for code, setting in site.checks.items() if setting.severity == "off"}


def of_record(record: Record[Any], unmade: Container[str] = ()) -> Iterator[Diagnostic]:
    """What can be said of a record without a look at any other, so that it can be remembered with its file."""
    withdrawn = isinstance(record.value, Entry) and record.value.status == "withdrawn"
    if not (withdrawn or record.document.given):  # what other tools have given is in their mark-up
        yield from islice(plain_fields.of_record(record.document, record.at), MAX_HINTS)
        yield from islice(_locators(record), MAX_HINTS)
    if isinstance(record.value, Source) and "perpetrator-link" not in unmade:
        yield from _perpetrator(record)
    elif isinstance(record.value, Entry) and not withdrawn:
        for code, (look, most) in _OF_ENTRIES.items():
            if code not in unmade:
                yield from islice(look(record), most)


def of_site(site: Site, document: Document, entries: Set[str]) -> Iterator[Diagnostic]:
    """What is wrong with site.yaml beyond its fields. `entries`: the ids that an excuse may name."""
    for code, setting in site.checks.items():
        if code not in CHECKS:
            hint = did_you_mean(code, CHECKS) or f"the checks are: {', '.join(sorted(CHECKS))}"
            where = document.at(("checks", code), key=True)
            yield error(where, "unknown-check", f"there is no check `{code}` that can be set", hint)
        for n, excuse in enumerate(setting.allow):
            if excuse.entry and excuse.entry not in entries:
                where = document.at(("checks", code, "allow", n, "entry"))
                hint = did_you_mean(excuse.entry, entries) or "write the name of an entry's file, without `.md`"
                yield error(where, "unknown-entry", f"there is no entry `{excuse.entry}`", hint)
    yield from plain_fields.of_record(document, ())
    yield from _alike(site, document)


def of_timeline(
    timeline: Timeline, records: Iterable[Record[Any]], sound: Iterable[Record[Any]] = ()
) -> Iterator[Diagnostic]:
    """What only the whole timeline shows: who stands alone, and what nothing rests on.

    `sound`: what is sound of faulty entries: a slip in a date does not leave an entry's sources without a use.
    """
    known, off = list(records), _off(timeline.site)
    cited = {key for keys in timeline.cited.values() for key in keys}
    cited.update(key for record in (*known, *sound) if not _published(record, timeline) for key in _cited(record))
    for record in known:
        if isinstance(record.value, Entry):
            evidence = timeline.evidence.get(record.value.id)
            if evidence and len(evidence.voices) == 1 and "rests-on-one-voice" not in off:
                message = f"everything in the entry rests on one voice, `{evidence.voices[0]}`"
                hint = "cite a source of another origin, or say in the text that there is none"
                yield check(record.location("source"), "rests-on-one-voice", message, hint)
            if evidence:
                yield from _by_hand(record, evidence)
            yield from _withdrawn(record, timeline.withdrawn)
        elif isinstance(record.value, Source) and record.value.id not in cited and "source-unused" not in off:
            message = f"nothing cites the source `{record.value.id}`"
            where = record.document.at(record.at, key=True)
            yield check(where, "source-unused", message, "cite it, or remove it")
    yield from _exchanged([record for record in known if isinstance(record.value, Place)])


def _published(record: Record[Any], timeline: Timeline) -> bool:
    return isinstance(record.value, Entry) and record.value.id in timeline.cited


def _withdrawn(record: Record[Entry], withdrawn: Iterable[str]) -> Iterator[Diagnostic]:
    if record.value.id not in withdrawn:
        for n, related in enumerate(record.value.related):
            if related.id in withdrawn:
                message = f"the entry `{related.id}` is withdrawn, so readers who follow find nothing there"
                yield check(record.location("related", n, "id"), "related-withdrawn", message, "remove it")


def _exchanged(records: Iterable[Record[Place]]) -> Iterator[Diagnostic]:
    """Places that lie far from all others of their country, and near to one with the two coordinates exchanged."""
    points: defaultdict[str, list[tuple[Record[Place], float, float]]] = defaultdict(list)
    for record in records:
        place = record.value
        if place.lat is not None and place.lon is not None and (place.country_code or place.country):
            points[place.country_code or place.country].append((record, place.lat, place.lon))
    for neighbours in (some for some in points.values() if len(some) > 2):  # of two nobody knows which is right
        for record, lat, lon in neighbours:
            others = [(y, x) for other, y, x in neighbours if other is not record]
            if not _near(lat, lon, others) and _near(lon, lat, others):
                message = (
                    f"the point lies far from the country's other places, and {lon:g}, {lat:g} would lie near them"
                )
                yield check(record.location("lat"), "coordinates-exchanged", message, "exchange `lat` and `lon`")


def _near(lat: float, lon: float, others: Iterable[tuple[float, float]], degrees: float = 5) -> bool:
    return any(abs(lat - y) <= degrees and abs(lon - x) <= degrees for y, x in others)


def _by_hand(record: Record[Entry], evidence: Evidence) -> Iterator[Diagnostic]:
    """A grade that its author set and that does not count."""
    if record.value.grade not in ("", evidence.grade):
        message = f"`grade: {record.value.grade}` has no effect: by the rules the entry is {evidence.derived}"
        if record.value.grade == "contested":
            hint = "a grade by hand can only lower it; a dispute is recorded as a claim that denies or disputes"
        else:
            hint = "a grade by hand can only lower it; remove the line"
        yield check(record.location("grade"), "grade-without-effect", message, hint)


def _cited(record: Record[Any]) -> Iterator[str]:
    """The citekeys of a record, published or not."""
    yield from (citation.key for citation in record.citations)
    value = record.value
    if isinstance(value, Entry):
        yield from citekeys(value)
    elif isinstance(value, Series):
        yield from (cite.source for point in value.points for cite in point.cites)
    elif isinstance(value, Term | Span):
        yield from (cite.source for cite in value.cites)


def _locators(record: Record[Any]) -> Iterator[Diagnostic]:
    """The citations whose page or paragraph has mark-up, which is not read there."""
    for citation in record.citations:
        if typed := plain_fields.marked(citation.locator):
            where = record.document.in_body(citation.line, citation.column)
            message = f"readers see `{typed[:60]}` as it is typed: what stands behind a key is plain text"
            yield check(where, "shown-as-typed", message, "delete the signs")


def _perpetrator(record: Record[Source]) -> Iterator[Diagnostic]:
    if record.value.perspective == "perpetrator" and record.value.url:
        message = "the source is the perpetrator's own, so its address is kept and never linked"
        yield check(record.location("url"), "perpetrator-link", message, "cite a report of it beside it")


def _uncited(record: Record[Entry]) -> Iterator[Diagnostic]:
    """Sentences without a citation, unless the entry has one source only: then there is no doubt who says so."""
    listed = {ref.source or ref.url or ref.title for ref in record.value.source}
    if not record.value.body.keys and len(listed.union(citekeys(record.value)) - {""}) < 2:
        return
    for sentence in sentences(record.document.body):
        if not sentence.cited:
            where = record.document.in_body(*position(record.document.body, sentence.start))
            message = f"“{_short(sentence.text)}” has no citation, so nobody can see who says so"
            hint = "cite a source: [@key]; or allow it, with a reason, under `checks` in content/site.yaml"
            yield check(where, "uncited-sentence", message, hint, about=sentence.text)


def _short(text: str, length: int = 60) -> str:
    return text if len(text) <= length else f"{text[:length].rsplit(' ', 1)[0]} …"


def _claims(record: Record[Entry]) -> Iterator[Diagnostic]:
    """Claims that somebody is responsible, without the ground or the source."""
    for n, claim in enumerate(record.value.claims):
        if claim.about != "responsibility" or claim.stance != "asserts":
            continue
        if not claim.basis:
            message = "the claim says who is responsible, and not on what ground"
            hint = "add `basis:` claimed, directed, inspired, convicted, found (by an inquiry) or alleged"
            yield check(record.location("claims", n), "claim-without-basis", message, hint)
        if not claim.cites:
            message = "the claim says who is responsible, and cites nothing"
            yield check(record.location("claims", n), "claim-without-basis", message, "add `cites: [key]`")


# What stands before is looked at after two digits: a pattern that begins with a digit is found much faster.
_YEAR = re.compile(r"(?:1[5-9]|20)(?<![\w.,/-]..)[0-9]{2}(?![\w%]|[,./-][0-9])")


def _years(record: Record[Entry]) -> Iterator[Diagnostic]:
    """Years in the text that lie far from the date: background, most often, and now and then a slip."""
    date, seen = record.value.date, set()
    first, last = (date.earliest or (0,))[0] - YEARS_OFF, (date.latest or (9999,))[0] + YEARS_OFF
    for match in _YEAR.finditer(mask(record.document.body)):
        if match[0] not in seen and not first <= int(match[0]) <= last:
            seen.add(match[0])
            where = record.document.in_body(*position(record.document.body, match.start()))
            message = f"the year {match[0]} is more than {YEARS_OFF} years from the entry's date, {date.text}"
            yield check(where, "year-outside", message, "see whether it is a slip")


# -- Figures of harm, in English words

_HARM = (
    r"(?:killed|dead|deaths?|died|wounded|injured|displaced|fled|abducted|kidnapped|missing|bodies|casualties|victims)"
)
_HARMED = re.compile(_HARM)
_BEFORE = r"(?<!aged .)(?<!age .)(?<![\w.,$€£].)"  # looked at after a digit, which is found faster
_NUMBER = rf"[0-9]{_BEFORE}(?:[0-9]{{0,2}}(?:,[0-9]{{3}})+|[0-9]*(?:\.[0-9]+)?)"
_FIGURE = rf"(?P<figure>{_NUMBER})(?: (?P<times>million|thousand))?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)[a-z]*"
# A figure is none of harm when it is a day, an age, an ordinal, a share or a distance.
_UNIT = rf"(?:{_MONTH}|per cent|years?|months?|weeks?|days?|hours?|km)"
_OTHERWISE = rf"(?![0-9%]|[.,][0-9]|st\b|nd\b|rd\b|th\b|-| {_UNIT}\b)"
_TOLL = re.compile(rf"{_FIGURE}{_OTHERWISE}(?=(?:[ –]+[^\s.;:,]+){{0,4}} {_HARM}\b)")
_SCALES: Mapping[str | None, int] = {None: 1, "thousand": 1_000, "million": 1_000_000}


def _figures(record: Record[Entry]) -> Iterator[Diagnostic]:
    """Figures of two digits and more within four words before a word of harm, which no row of casualties has."""
    masked = mask(record.document.body)
    if not _HARMED.search(masked):
        return
    rows = record.value.casualties
    known = {n for row in rows for n in (row.min, row.max, row.best) if n is not None}
    for sentence in sentences(record.document.body):
        start = sentence.start
        for match in _TOLL.finditer(masked[start : start + len(sentence.text)]):
            number = round(float(match["figure"].replace(",", "")) * _SCALES[match["times"]])
            year = re.fullmatch(r"(?:19|20)[0-9]{2}", match["figure"])
            if number >= 10 and number not in known and not year:
                where = record.document.in_body(*position(record.document.body, start + match.start()))
                message = f"{match[0]} stands in the text, and no row of `casualties` has it"
                yield check(where, "figure-unrecorded", message, "add a row with the figure and whose it is")


_OF_ENTRIES: Mapping[str, tuple[Callable[[Record[Entry]], Iterator[Diagnostic]], int | None]] = {
    "uncited-sentence": (_uncited, MAX_HINTS),
    "claim-without-basis": (_claims, None),
    "year-outside": (_years, None),
    "figure-unrecorded": (_figures, MAX_HINTS),
}


# -- Tags


def _alike(site: Site, document: Document) -> Iterator[Diagnostic]:
    """Tags that differ from an earlier one by case, a hyphen or a plural only."""
    first: dict[str, str] = {}
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for tag, label in site.tags.items():
        for key in sorted({_plain(tag), _plain(label)}):
            other = first.setdefault(key, tag)
            if other != tag and tag not in groups[other]:
                groups[other].add(tag)
                message = f"the tag `{tag}` is hardly another one than `{other}`"
                where = document.at(("tags", tag), key=True)
                yield check(where, "tag-near-duplicate", message, "keep one of the two")


def _plain(label: str) -> str:
    words = re.findall(r"\w+", label.casefold())
    return "".join(word.removesuffix("s") for word in words)
