"""Sources as others cite them: one line in the house style, and a record in CSL-JSON.

The house style is that of the reference lists of the site: authors, title, outlet, publisher and date, locator,
address, archived copies, each ended by a full stop. Where no link may be made to a source, none of these forms has
its address.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from site_builder import urls
from site_builder.changes import last_change
from site_builder.csl import DATES, NAMES, VARIABLES, edtf
from site_builder.dates import DateError, Day, Edtf, Point, Precision, parse
from site_builder.model import Archived, Author, Entry, Source
from site_builder.timeline import Timeline
from site_builder.wording import Words

# CSL 1.0.2, appendix III.
_TYPES = frozenset({
    *("article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter"),
    *("classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event"),
    *("figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture"),
    *("musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication"),
    *("post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech"),
    *("standard", "thesis", "treaty", "webpage"),
})  # fmt: skip

_NAME = frozenset({
    *("family", "given", "literal", "dropping-particle", "non-dropping-particle", "suffix", "comma-suffix"),
    *("static-ordering", "parse-names"),
})  # fmt: skip


def linkable(source: Source) -> bool:
    """Whether the site may lead anybody to it."""
    return not source.no_link and source.perspective != "perpetrator"


def address(source: Source) -> str:
    return source.url if linkable(source) else ""


def copies(source: Source) -> tuple[Archived, ...]:
    return source.archived if linkable(source) else ()


def extras(source: Source) -> Mapping[str, Any]:
    """What its bibliography had beside; there, too, may stand an address."""
    return source.extra if linkable(source) else {}


def type_of(source: Source) -> str:
    return source.type if source.type in _TYPES else "document"


def person(author: Author) -> str:
    return author.literal or " ".join(filter(None, (author.given, author.family)))


# -- One line


def formatted(source: Source, words: Words, locator: str = "") -> str:
    """A source in the house style, without mark-up."""
    dated = words.date(source.issued) if source.issued else ""
    outlet = source.container_title
    publisher = source.publisher if source.publisher != outlet else ""
    link = address(source)
    parts = [
        words.t("list.separator").join(person(author) for author in source.author),
        source.title,
        "" if publisher else words.t("list.separator").join(filter(None, (outlet, dated))),
        outlet if publisher else "",
        words.t("list.separator").join(filter(None, (publisher, dated))) if publisher else "",
        locator,
        link if link != source.title else "",
        *_kept(source, words),
    ]
    return " ".join(_ended(part) for part in parts if part)


def _kept(source: Source, words: Words) -> Iterator[str]:
    for copy in copies(source):
        yield words.t("cite.archived", date=words.date(copy.date)) if copy.date else words.t("cite.archived_undated")
        yield copy.url


def _ended(part: str) -> str:
    """An address stands alone: a full stop after it would be taken for a part of it. So does what ends in a colon."""
    return part if part.endswith((".", "?", "!", ":", "…")) or ("//" in part and urls.outside(part)) else f"{part}."


def of_entry(timeline: Timeline, entry: Entry, words: Words) -> Source:
    """The page of an entry as a source that somebody else may cite: its version is the day of its last change.

    Whoever has it in a reference manager sees no page, so a note says there what was taken back.
    """
    site, changed = timeline.site, last_change([entry])
    path = urls.page("entry", entry.id)
    return Source(
        id=f"{site.id}-{entry.id}",
        type="entry-encyclopedia",
        title=entry.title,
        author=tuple(Author(literal=author.name) for author in site.authors),
        container_title=site.title,
        issued=parse(changed) if changed else None,
        language=entry.lang or site.language,
        url=urls.absolute(site.base_url, path) if site.base_url else "",
        note=words.t("card.retracted") if entry.status == "retracted" else "",
    )


def of_entry_with_sources(timeline: Timeline, entry: Entry, words: Words) -> tuple[Source, ...]:
    sources = timeline.records.sources
    return (of_entry(timeline, entry, words), *(sources[key] for key in timeline.cited[entry.id]))


# -- CSL-JSON


def csl(source: Source) -> dict[str, Any]:
    """A record by the schema of CSL-JSON 1.0; what the format has no place for stands under `custom`."""
    fields = {
        "id": source.id,
        "type": type_of(source),
        "title": source.title,
        "author": people(source),
        "container-title": source.container_title,
        "publisher": source.publisher,
        "issued": csl_date(source.issued) if source.issued else None,
        "accessed": csl_date(source.accessed) if source.accessed else None,
        "language": source.language,
        "URL": address(source),
        "note": source.note,
    }
    custom = _custom(source)
    for name, value in extras(source).items():
        home = fields if name in VARIABLES and (shaped := _shaped(name, value)) else custom
        if not home.get(name):
            home[name] = shaped if home is fields else value
    fields["custom"] = custom
    return {name: value for name, value in fields.items() if value}


def people(source: Source) -> list[dict[str, Any]]:
    """The authors as CSL has them, with the parts of names that our pages do without."""
    whole = extras(source).get("author")
    return named(whole) if isinstance(whole, list) else [_name(author) for author in source.author]


def named(names: list[Any]) -> list[dict[str, Any]]:
    """Names with nothing but what CSL's schema knows; Crossref calls an organisation by `name`."""
    found = []
    for given in names:
        name = given if isinstance(given, dict) else {"literal": str(given)}
        kept = {part: text for part, text in name.items() if part in _NAME and text not in ("", None)}
        if "family" not in kept and "literal" not in kept and name.get("name"):
            kept["literal"] = str(name["name"])
        found.append(kept)
    return [name for name in found if name.keys() & {"family", "given", "literal"}]


def _name(author: Author) -> dict[str, Any]:
    if author.literal or not author.family:
        return {"literal": person(author)}
    return {"family": author.family, "given": author.given} if author.given else {"family": author.family}


def _shaped(name: str, value: Any) -> Any:
    """The value of a variable as CSL's schema has it; None where it has another shape."""
    if name in DATES:
        return value if isinstance(value, dict) else _dated(str(value))
    if name in NAMES:
        return named(value if isinstance(value, list) else [value])
    return value if name == "categories" or not isinstance(value, dict | list) else None


def _dated(text: str) -> dict[str, Any]:
    try:
        return csl_date(parse(text))
    except DateError:
        return {"raw": text}


def _custom(source: Source) -> dict[str, Any]:
    fields = {
        "kind": source.kind,
        "perspective": source.perspective,
        "origin": source.origin,
        "archived": [{"url": copy.url, **({"date": str(copy.date)} if copy.date else {})} for copy in copies(source)],
        "no_link": source.no_link,
        "issued": _exact(source.issued),
        "accessed": _exact(source.accessed),
    }
    found = {name: value for name, value in fields.items() if value}
    return found if source.seen else {**found, "seen": False}


def _exact(date: Edtf | None) -> str:
    """The date as its author wrote it, where CSL's form says less."""
    return date.text if date and edtf(csl_date(date)) != date.text else ""


def csl_date(date: Edtf) -> dict[str, Any]:
    """A date as `date-parts`: one, or the two ends of a range; `circa` where it is no more than near the truth.

    An end that nobody knows has no form in `date-parts`: such a date is given as its author wrote it.
    """
    start, end = date.spans[0].start, date.end
    if not (isinstance(start, Point) and isinstance(end, Point)):
        return {"literal": date.text}
    found: dict[str, Any] = {"date-parts": _ends(start, end)}
    if start == end and start.season:
        found["season"] = start.season - 20  # spring is 21 in EDTF and 1 in CSL
    if date.uncertain or date.approximate or date.kind == "set":
        found["circa"] = True
    return found


def _ends(start: Point, end: Point) -> list[list[int]]:
    first, last = _parts(start, start.earliest), _parts(end, end.latest)
    return [first] if first == last else [first, last]


def _parts(point: Point, day: Day) -> list[int]:
    """Year, month and day as far as they are known. CSL has no year 0: the year before 1 is -1."""
    of_era = point.year if point.season else day[0]  # a winter ends in the year after the one that it is named by
    year = of_era if of_era > 0 else of_era - 1
    return [year, *day[1 : {Precision.MONTH: 2, Precision.DAY: 3}.get(point.precision, 1)]]
