"""Which field of ours a field of another tool is: by the author's `--map`, by its own name, or by its usual meaning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from site_builder.model import Entry

BODY, END, LAT, LON, ID, DRAFT = "body", "end", "lat", "lon", "id", "draft"

OWN = frozenset(field.name for field in fields(Entry)) - {"id", "body", "extra"}
# Where `--map` may lead beside the fields of an entry.
TARGETS = OWN | {BODY, END, LAT, LON, ID}
PLURALS = {"actors": "actor", "locations": "location", "sources": "source"}

# Names that mean one thing in nearly every timeline, folded (see `fold`).
_USUAL: Mapping[str, str] = {
    name: ours
    for ours, names in {
        "title": "title headline name event eventtitle eventname heading",
        "date": "date when startdate datestart start begin begindate eventdate dateofevent datetime from",
        END: "end enddate dateend finish until to",
        "date_display": "displaydate datestring datedisplay datetext",
        "summary": "summary excerpt abstract blurb teaser",
        BODY: "body text content description details detail story entry",
        "actor": "actor actors people person persons who participants individuals organisations organizations",
        "location": "location locations place places where venue city",
        "source": "source sources url urls link links href reference references citation citations "
        "sourceurl sourceurls sourcelink sourcelinks articleurl externallink",
        "tags": "tag tags category categories topic topics theme themes keyword keywords label labels",
        LAT: "lat latitude",
        LON: "lon lng long longitude",
        "lang": "lang language",
        ID: "id slug uniqueid",
        DRAFT: "draft",
    }.items()
    for name in names.split()
}


class MappingError(ValueError):
    """A `--map` that leads nowhere."""


def fold(name: str) -> str:
    """A name without its case, spaces and signs: `Event Date`, `event_date` and `event-date` are one."""
    return re.sub(r"[\W_]+", "", name.casefold())


def is_head(cells: Iterable[str]) -> bool:
    """Whether a row of a table names a date and a title, as most tables call them."""
    names = {fold(cell) for cell in cells}
    return {"date", "title"} <= {_USUAL.get(name) for name in names} or {"year", "headline"} <= names


@dataclass(frozen=True, slots=True)
class Naming:
    """The author's mapping: folded name of theirs to a field of ours."""

    mapped: Mapping[str, str]

    def home(self, name: str) -> str:
        """The field of ours that theirs is; "" where none is known."""
        if fold(name) in self.mapped:
            return self.mapped[fold(name)]
        own = PLURALS.get(name, name)
        return own if own in OWN else _USUAL.get(fold(name), "")


def naming(pairs: Iterable[str], names: Iterable[str]) -> Naming:
    """`--map ours=theirs` (or theirs=ours), against the names that stand in the file."""
    there = {fold(name): name for name in names}
    mapped: dict[str, str] = {}
    for pair in pairs:
        left, equals, right = (part.strip() for part in pair.partition("="))
        if not (equals and left and right):
            raise MappingError(f"--map {pair}: write it as `field=name in the file`")
        for ours, theirs in ((left, right), (right, left)):
            if PLURALS.get(ours, ours) in TARGETS and fold(theirs) in there:
                mapped[fold(theirs)] = PLURALS.get(ours, ours)
                break
        else:
            raise MappingError(_leads_nowhere(pair, left, right, there.values()))
    return Naming(mapped)


def complete(names: Naming, columns: Iterable[str]) -> None:
    """Refuse a table of which no column is the date, or the title: none of its rows could be taken."""
    columns = list(columns)
    for field in ("date", "title"):
        if field not in {names.home(column) for column in columns}:
            shown = ", ".join(f"`{column[:60]}`" for column in columns[:40])
            raise MappingError(
                f"no column is known as the {field}; name it with --map {field}=…; there are: {shown or 'none'}"
            )


def _leads_nowhere(pair: str, left: str, right: str, names: Iterable[str]) -> str:
    if not {PLURALS.get(left, left), PLURALS.get(right, right)} & TARGETS:
        return f"--map {pair}: neither is a field of an entry; these are: {', '.join(sorted(TARGETS))}"
    shown = ", ".join(f"`{name[:60]}`" for name in list(names)[:40])
    return f"--map {pair}: nothing in the file has that name; there are: {shown or 'none'}"


def listed(value: Any) -> list[Any]:
    """One value where a list may stand."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]
