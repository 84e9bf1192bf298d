"""How well an entry is attested: voices counted by origin, and the grade that follows from them.

The table of precedence, from the first that fits:

| grade         | rule                                                                                           |
|---------------|------------------------------------------------------------------------------------------------|
| retracted     | the entry was taken back by its editors                                                        |
| contested     | somebody denies or disputes the event itself or who is responsible for it                      |
| corroborated  | a court or an official inquiry found it, or at least two independent voices report it          |
| reported      | two or more voices, of which at most one is independent                                        |
| single-source | everything rests on one voice, or on none                                                      |

A voice is an origin: two papers that print one agency's story are one voice. Copy of an agency that nobody names
(`origin: agencies`) is no further voice beside a named agency, since it may be the same. A voice is independent when a
source of it supports the entry directly and is neither a state's, nor a party's to the conflict, nor a compilation.
A court or an inquiry has found it when its own text (`perspective: court`, `kind: inquiry`) supports it directly.

An editor may lower a grade along the last three lines, never raise it; what is retracted or contested stays so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from site_builder.model import Entry, Source

GRADES = ("retracted", "contested", "corroborated", "reported", "single-source")

UNNAMED = "agencies"
WIRES = frozenset({"ap", "afp", "reuters", "dpa", "upi", "efe", "ansa", "xinhua", "tass", "anadolu", "pti", "ians"})

_NOBODY: Mapping[str, str] = {}
_DETAILS = ("date", "place", "toll", "other")
SIDES = frozenset({"state", "party-to-conflict", "perpetrator"})  # who speaks for a side
_DEPENDENT = SIDES | {"encyclopedia"}
_BY_HAND = ("corroborated", "reported", "single-source")  # an editor may go down this line
_WEIGHTS = ("contradicts", "indirect", "direct")

# The line of the table that applied, where a grade has more than one.
RULES = ("retracted", "contested", "court", "independent", "reported", "single-source", "unsourced", "lowered")


@dataclass(frozen=True, slots=True)
class Evidence:
    """`rule`: which of `RULES` gave the grade; `derived`: the grade before an editor lowered it."""

    grade: str
    voices: tuple[str, ...]  # every origin that supports the entry, sorted
    disputed: tuple[str, ...] = ()  # what is disputed beside the event: date, place, toll …
    rule: str = ""
    derived: str = ""
    supporting: tuple[str, ...] = ()  # citekeys, in the order of first use


def by_name(origins: Mapping[str, str]) -> dict[str, str]:
    """The ids of a site's origins by their names, to be compared without regard to case."""
    return {name.strip().casefold(): id for id, name in origins.items()}


def voice(source: Source, origins: Mapping[str, str] = _NOBODY) -> str:
    """Whose voice a source is: its origin, else who publishes it, else the host of its address.

    `origins`: see `by_name`. Who publishes under the name of an origin is that origin, whether it is said or not.
    """
    name = source.origin or source.publisher or source.container_title or urlsplit(source.url).hostname or source.id
    found = name.strip().casefold()
    return origins.get(found, found)


def weigh(
    entry: Entry, cited: Iterable[str], sources: Mapping[str, Source], voices: Mapping[str, str] | None = None
) -> Evidence:
    """The evidence of an entry. `cited`: its citekeys; those marked as contradicting it do not support it.

    `voices`: whose voice each source is, see `voice`.
    """
    weights = support(entry)
    supporting = [sources[key] for key in cited if weights.get(key) != "contradicts"]
    direct = [source for source in supporting if weights.get(source.id) != "indirect"]
    told = {source.id: voice(source) for source in supporting} if voices is None else voices
    every = _distinct(told[source.id] for source in supporting)
    independent = _distinct(told[source.id] for source in direct if source.perspective not in _DEPENDENT)
    rule = _rule(entry, len(every), len(independent), any(_finds(source) for source in direct))
    derived = {"court": "corroborated", "independent": "corroborated", "unsourced": "single-source"}.get(rule, rule)
    grade = _lowered(derived, entry.grade)
    return Evidence(
        grade,
        tuple(sorted(every)),
        tuple(sorted(_disputes(entry))),
        rule if grade == derived else "lowered",
        derived,
        tuple(source.id for source in supporting),
    )


def support(entry: Entry) -> dict[str, str]:
    """How each source in the list of an entry supports it: where it stands there more than once, at its strongest."""
    found: dict[str, str] = {}
    for ref in entry.source:
        found[ref.source] = max(ref.supports, found.get(ref.source, ref.supports), key=_WEIGHTS.index)
    return found


def _lowered(derived: str, wanted: str) -> str:
    """The grade that an editor set by hand, if it is lower than the one that follows from the sources."""
    if derived in _BY_HAND and wanted in _BY_HAND:
        return max(derived, wanted, key=_BY_HAND.index)
    return derived


def _finds(source: Source) -> bool:
    """Whether it is what a court or an official inquiry has found, in its own words."""
    return source.perspective == "court" or source.kind.casefold() == "inquiry"


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


def _rule(entry: Entry, voices: int, independent: int, found: bool) -> str:
    if entry.status == "retracted":
        return "retracted"
    if any(claim.stance != "asserts" and claim.about in ("event", "responsibility") for claim in entry.claims):
        return "contested"
    if found:
        return "court"
    if independent >= 2:
        return "independent"
    return "reported" if voices >= 2 else "single-source" if voices else "unsourced"
