"""What a timeline is made of: the records as their authors write them.

Frozen values, checked on the way in; a reference is an id here and is resolved by `linking`. The fields and their
comments are the one truth for validation, for the JSON Schema and for the reference in the docs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from site_builder.bodies import Body
from site_builder.fields import (
    CLOSED,
    Address,
    AddressSlots,
    BaseAddress,
    Bounds,
    Count,
    Country,
    Date,
    Day,
    Decimal,
    Email,
    End,
    Flag,
    Language,
    Latitude,
    Level,
    Longitude,
    Number,
    Slug,
    Text,
    cited,
    listed,
    shorthand,
    spelled,
)

Precision = Literal["exact", "near", "region", "country", "none"]
Perspective = Literal[
    "independent",
    "state",
    "party-to-conflict",
    "ngo",
    "academic",
    "court",
    "un",
    "encyclopedia",
    "perpetrator",
]
Status = Literal["draft", "review", "published", "retracted", "withdrawn"]
Role = Literal["perpetrator", "party", "target", "victim", "speaker", "decision-maker", "other"]
Shape = Literal["circle", "square", "triangle", "diamond", "pentagon", "hexagon", "plus", "star"]
Colour = Literal["amber", "navy", "magenta", "teal", "brown", "slate", "green", "violet"]
Severity = Literal["error", "warning", "info", "off", ""]  # "": as usual


@dataclass(frozen=True, slots=True)
class Person:
    __pydantic_config__ = CLOSED
    name: Text
    kind: Literal["person", "organisation"] = "organisation"


@dataclass(frozen=True, slots=True)
class Licence:
    __pydantic_config__ = CLOSED
    id: Text  # SPDX
    name: Text
    url: Address


@dataclass(frozen=True, slots=True)
class Corrections:
    """Where mistakes are reported: a page, in whose address `{id}`, `{title}` and `{url}` are filled, or by mail."""

    __pydantic_config__ = CLOSED
    url: AddressSlots = ""
    email: Email = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A map to be drawn. `bbox`: west, south, east, north in degrees (WGS 84); across 180, east is below west."""

    __pydantic_config__ = CLOSED
    id: Slug
    label: Text
    bbox: Bounds


@dataclass(frozen=True, slots=True)
class Excuse:
    """Findings that are allowed: those of an entry, those about certain words, or both at once."""

    __pydantic_config__ = CLOSED
    reason: Text
    entry: Slug = ""
    contains: Text = ""


@dataclass(frozen=True, slots=True)
class Check:
    """How severe a kind of finding is, and which single ones are no fault."""

    __pydantic_config__ = CLOSED
    severity: Severity = ""
    allow: Annotated[tuple[Excuse, ...], listed] = ()


@dataclass(frozen=True, slots=True)
class Site:
    __pydantic_config__ = CLOSED
    id: Slug
    title: Text
    language: Text = "en"
    subtitle: Text = ""
    description: Text = ""
    base_url: BaseAddress = ""
    authors: Annotated[tuple[Annotated[Person, shorthand("name")], ...], listed] = ()
    licence: Licence | None = None
    contact: Text = ""
    corrections: Corrections | None = None
    content_note: Text = ""
    tags: dict[Slug, Text] = field(default_factory=dict)
    origins: dict[Slug, Text] = field(default_factory=dict)  # names of the origins that sources carry
    regions: tuple[Region, ...] = ()
    scripts: dict[Text, Text] = field(default_factory=dict)
    checks: dict[Slug, Annotated[Check, shorthand("severity")]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Phase:
    __pydantic_config__ = CLOSED
    id: Slug
    label: Text
    from_: Annotated[Date, spelled("from")]
    to: End  # EDTF, or ".." while it lasts
    colour: Colour
    shape: Shape
    order: Number = 0
    summary: Text = ""
    body: Body = Body()


@dataclass(frozen=True, slots=True)
class Named:
    """A name that was valid for a time."""

    __pydantic_config__ = CLOSED
    name: Text
    from_: Annotated[Date | None, spelled("from")] = None
    to: Date | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    __pydantic_config__ = CLOSED
    id: Slug
    date: Date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    __pydantic_config__ = CLOSED
    id: Slug
    name: Text
    kind: Literal["group", "person", "state", "organisation", "coalition"] = "organisation"
    aliases: Annotated[tuple[Annotated[Named, shorthand("name")], ...], listed] = ()
    description: Text = ""
    born: Date | None = None
    died: Date | None = None
    active_from: Date | None = None
    active_to: Date | None = None
    succeeds: tuple[Succession, ...] = ()
    succeeded_by: tuple[Succession, ...] = ()
    wikidata: Text = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map (WGS 84, degrees) and how well it stands for the place."""

    __pydantic_config__ = CLOSED
    id: Slug
    name: Text
    country: Text = ""
    country_code: Country = ""  # ISO 3166-1 alpha-2
    lat: Latitude | None = None
    lon: Longitude | None = None
    precision: Precision = "near"
    aliases: Annotated[tuple[Text, ...], listed] = ()


@dataclass(frozen=True, slots=True)
class Author:
    """A name as CSL has it: family and given, or literal."""

    __pydantic_config__ = CLOSED
    family: Text = ""
    given: Text = ""
    literal: Text = ""


@dataclass(frozen=True, slots=True)
class Archived:
    __pydantic_config__ = CLOSED
    url: Address
    date: Date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A bibliography record in CSL's terms (https://docs.citationstyles.org/), with ours for evidence."""

    __pydantic_config__ = CLOSED
    id: Slug
    title: Text
    type: Text = "webpage"
    author: Annotated[tuple[Annotated[Author, shorthand("literal")], ...], listed] = ()
    container_title: Annotated[Text, spelled("container-title")] = ""
    publisher: Text = ""
    issued: Date | None = None
    accessed: Date | None = None
    language: Text = ""
    url: Address = ""
    note: Text = ""
    kind: Text = ""
    perspective: Perspective = "independent"
    origin: Text = ""  # whose text it carries; "" where it speaks for itself
    seen: Flag = True  # whether somebody read that it says so
    archived: Annotated[tuple[Archived, ...], listed] = ()
    no_link: Flag = False
    # What a bibliography has beside, by its name in CSL or BibTeX, handed on to the exports; records stay hashable.
    extra: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Cite:
    __pydantic_config__ = CLOSED
    source: Slug
    locator: Text = ""


Cites = Annotated[tuple[Annotated[Cite, cited], ...], listed]


@dataclass(frozen=True, slots=True)
class ActorRef:
    __pydantic_config__ = CLOSED
    id: Slug = ""
    name: Text = ""
    kind: Text = ""
    role: Role = "other"
    name_used: Text = ""


@dataclass(frozen=True, slots=True)
class PlaceRef:
    __pydantic_config__ = CLOSED
    id: Slug = ""
    name: Text = ""
    country: Text = ""
    lat: Latitude | None = None
    lon: Longitude | None = None
    precision: Precision | None = None
    note: Text = ""


@dataclass(frozen=True, slots=True)
class SourceRef:
    __pydantic_config__ = CLOSED
    source: Slug = ""
    url: Address = ""
    title: Text = ""
    publisher: Text = ""
    issued: Date | None = None
    perspective: Perspective = "independent"
    locator: Text = ""
    supports: Literal["direct", "indirect", "contradicts"] = "direct"
    accessed: Date | None = None


@dataclass(frozen=True, slots=True)
class Control:
    __pydantic_config__ = CLOSED
    place: Slug
    holder: Text
    change: Literal["taken", "lost", "contested"]
    cites: Cites = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says what; disagreement is data."""

    __pydantic_config__ = CLOSED
    by: Text
    stance: Literal["asserts", "denies", "disputes"]
    about: Literal["event", "responsibility", "date", "place", "toll", "other"]
    statement: Text
    basis: Literal["claimed", "directed", "inspired", "convicted", "found", "alleged", ""] = ""
    made_on: Date | None = None
    cites: Cites = ()


@dataclass(frozen=True, slots=True)
class Casualties:
    """One claimant's figures; None is unknown, never zero."""

    __pydantic_config__ = CLOSED
    harm: Literal["killed", "wounded", "displaced", "abducted", "detained", "missing"]
    group: Text = ""
    min: Count | None = None
    max: Count | None = None
    best: Count | None = None
    by: Text = ""
    cites: Cites = ()


@dataclass(frozen=True, slots=True)
class Relation:
    __pydantic_config__ = CLOSED
    id: Slug
    relation: Literal["precedes", "follows", "part-of", "response-to"] = "follows"


@dataclass(frozen=True, slots=True)
class Revision:
    __pydantic_config__ = CLOSED
    date: Day
    kind: Literal["correction", "clarification", "update", "retraction"]
    summary: Text


@dataclass(frozen=True, slots=True)
class Media:
    __pydantic_config__ = CLOSED
    src: Text
    alt: Text
    caption: Text = ""
    credit: Text = ""
    licence: Text = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. `id` is the name of its file; `body` is its text after Markdown."""

    __pydantic_config__ = CLOSED
    id: Slug
    title: Text
    date: Date
    summary: Text = ""
    date_display: Text = ""
    date_note: Text = ""
    date_basis: Literal["event", "report", "publication", "estimate"] = "event"
    phase: Slug = ""
    significance: Level = 3
    actor: Annotated[tuple[Annotated[ActorRef, shorthand("id", otherwise="name")], ...], listed] = ()
    location: Annotated[tuple[Annotated[PlaceRef, shorthand("id", otherwise="name")], ...], listed] = ()
    source: Annotated[tuple[Annotated[SourceRef, shorthand("source", otherwise="url")], ...], listed] = ()
    tags: Annotated[tuple[Slug, ...], listed] = ()
    control: Annotated[tuple[Control, ...], listed] = ()
    claims: Annotated[tuple[Claim, ...], listed] = ()
    casualties: Annotated[tuple[Casualties, ...], listed] = ()
    related: Annotated[tuple[Annotated[Relation, shorthand("id")], ...], listed] = ()
    published: Day | None = None
    revisions: Annotated[tuple[Revision, ...], listed] = ()
    grade: Literal["contested", "corroborated", "reported", "single-source", ""] = ""
    grade_reason: Text = ""
    status: Status = "published"
    aliases: Annotated[tuple[Slug, ...], listed] = ()
    content_note: Text = ""
    lang: Language = ""
    media: Annotated[tuple[Media, ...], listed] = ()
    extra: dict[str, Any] = field(default_factory=dict)  # the author's own `x_…` fields, handed on to the exports
    body: Body = Body()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the author's own: about, method."""

    __pydantic_config__ = CLOSED
    id: Slug
    title: Text
    summary: Text = ""
    order: Number = 0
    body: Body = Body()


@dataclass(frozen=True, slots=True)
class Term:
    __pydantic_config__ = CLOSED
    id: Slug
    term: Text
    definition: Text
    aliases: Annotated[tuple[Text, ...], listed] = ()
    see: Annotated[tuple[Slug, ...], listed] = ()
    cites: Cites = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts: a branch from its pledge to its end."""

    __pydantic_config__ = CLOSED
    actor: Slug
    id: Slug = ""
    country_codes: Annotated[tuple[Country, ...], listed] = ()
    region: Slug = ""
    precursor: Text = ""
    precursor_actors: Annotated[tuple[Slug, ...], listed] = ()
    pledged: Date | None = None
    recognised: Date | None = None
    ended_or_changed: Date | None = None
    status: Text = ""
    cites: Cites = ()


@dataclass(frozen=True, slots=True)
class Point:
    __pydantic_config__ = CLOSED
    date: Date
    value: Decimal
    estimator: Text
    unit: Text = ""
    area: Text = ""
    places: Annotated[tuple[Slug, ...], listed] = ()
    measures: Text = ""
    note: Text = ""
    cites: Cites = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Published figures of one quantity over time, by estimator, never joined."""

    __pydantic_config__ = CLOSED
    id: Slug
    title: Text
    points: tuple[Point, ...]
    unit: Text = ""
    area: Text = ""
    measures: Text = ""
    description: Text = ""
    estimators: dict[Slug, Text] = field(default_factory=dict)
