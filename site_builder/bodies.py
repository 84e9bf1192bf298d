"""The text of an entry as values: safe HTML in pieces with slots, what it cites and leads to, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

RECORDS = ("entry", "phase", "actor", "place", "source", "term", "tag", "year", "page")  # what a text can lead to


@dataclass(frozen=True, slots=True)
class Citation:
    """One key of a citation, where it stands in the body's text."""

    key: str
    locator: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Notes:
    """A slot: the sources cited at this point, as (citekey, locator)."""

    cites: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A slot: the address of a record (`kind` and `id`) or of a file of the site (kind "file")."""

    kind: str
    id: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Body:
    """Safe HTML in pieces; joined, with the slots filled, it is the text of a page."""

    parts: tuple[str | Notes | Link, ...] = ()
    lead: str = ""  # the first paragraph as plain text
    anchors: tuple[str, ...] = ()
    keys: tuple[str, ...] = field(init=False, repr=False, compare=False)  # citekeys, in the order of first use

    def __post_init__(self) -> None:
        notes = (part for part in self.parts if isinstance(part, Notes))
        object.__setattr__(self, "keys", tuple(dict.fromkeys(key for note in notes for key, _ in note.cites)))


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the text, at a line and column of the body."""

    line: int
    column: int
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Parsed:
    body: Body
    citations: tuple[Citation, ...] = ()
    links: tuple[Link, ...] = ()
    faults: tuple[Fault, ...] = ()
    unmarked: tuple[Citation, ...] = ()  # citations without their signs, if there are sources of these keys
