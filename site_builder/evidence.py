"""How well an entry is attested: voices counted by origin, and the grade that follows from them.

The table of precedence, from the first that fits:

| grade         | rule                                                                                           |
|---------------|------------------------------------------------------------------------------------------------|
| retracted     | the entry was withdrawn by its editors                                                         |
| contested     | somebody denies or disputes the event itself or who is responsible for it                      |
| corroborated  | a court or an official inquiry found it, or at least two independent voices report it          |
| reported      | two or more voices, of which at most one is independent                                        |
| single-source | everything rests on one voice                                                                  |

A voice is an origin: two papers that print one agency's story are one voice. Copy of an agency that nobody names
(`origin: agencies`) is no further voice beside a named agency, since it may be the same. A voice is independent when a
source of it supports the entry directly and is neither a state's, nor a party's to the conflict, nor a compilation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from site_builder.model import Entry, Source

GRADES = ("retracted", "contested", "corroborated", "reported", "single-source")

UNNAMED = "agencies"
WIRES = frozenset({"ap", "afp", "reuters", "dpa", "upi", "efe", "ansa", "xinhua", "tass", "anadolu", "pti", "ians"})

_DETAILS = ("date", "place", "toll", "other")
_DEPENDENT = frozenset({"state", "party-to-conflict", "encyclopedia", "perpetrator"})


@dataclass(frozen=True, slots=True)
class Evidence:
    grade: str
    voices: tuple[str, ...]  # every origin that supports the entry, sorted
    disputed: tuple[str, ...] = ()  # what is disputed beside the event: date, place, toll …


def voice(source: Source) -> str:
    """Whose voice a source is: its origin, else who publishes it, else the host of its address."""
    name = source.origin or source.publisher or source.container_title or urlsplit(source.url).hostname or source.id
    return name.strip().casefold()


def weigh(entry: Entry, cited: Iterable[str], sources: Mapping[str, Source]) -> Evidence:
    """The evidence of an entry. `cited`: its citekeys; those marked as contradicting it do not support it."""
    against = {ref.source for ref in entry.source if ref.supports == "contradicts"}
    supporting = [sources[key] for key in cited if key not in against]
    indirect = {ref.source for ref in entry.source if ref.supports == "indirect"}
    voices = _distinct(voice(source) for source in supporting)
    independent = _distinct(
        voice(source) for source in supporting if source.perspective not in _DEPENDENT and source.id not in indirect
    )
    court = any(source.perspective == "court" for source in supporting)
    derived = _grade(entry, len(voices), len(independent), court)
    lowered = entry.grade if entry.grade and GRADES.index(entry.grade) > GRADES.index(derived) else derived
    return Evidence(lowered, tuple(sorted(voices)), tuple(sorted(_disputes(entry))))


def _disputes(entry: Entry) -> set[str]:
    """What is disputed beside the event itself: denied, or told in two ways."""
    denied: set[str] = {claim.about for claim in entry.claims if claim.stance != "asserts"}
    told: list[str] = [claim.about for claim in entry.claims]
    disputed = {about for about in _DETAILS if about in denied or (about != "other" and told.count(about) > 1)}
    return disputed | ({"toll"} if _figures_differ(entry) else set())


def _figures_differ(entry: Entry) -> bool:
    """Whether two claimants give different figures for one harm to one group."""
    figures: dict[tuple[str, str], dict[str, tuple[int | None, ...]]] = {}
    for row in entry.casualties:
        figures.setdefault((row.harm, row.group), {})[row.by] = (row.min, row.max, row.best)
    return any(len(set(by_claimant.values())) > 1 for by_claimant in figures.values())


def _distinct(voices: Iterable[str]) -> set[str]:
    """The voices that are surely different ones."""
    found = set(voices)
    return found - {UNNAMED} if found & WIRES else found


def _grade(entry: Entry, voices: int, independent: int, court: bool) -> str:
    if entry.status == "retracted":
        return "retracted"
    if any(claim.stance != "asserts" and claim.about in ("event", "responsibility") for claim in entry.claims):
        return "contested"
    if court or independent >= 2:
        return "corroborated"
    return "reported" if voices >= 2 else "single-source"
