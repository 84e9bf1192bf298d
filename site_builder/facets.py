"""What a list of entries can be narrowed by: kinds of choices, each with what its entries have of that kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from site_builder.cards import Card
from site_builder.evidence import GRADES
from site_builder.model import Perspective
from site_builder.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Choice:
    """`label` is empty where the look has the words, by the id."""

    id: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """`id`: phase, actor, place, tag, grade or perspective, as the cards of a page name it."""

    id: str
    choices: tuple[Choice, ...]


# What each card has of a kind; the cards of a page say the same in their attributes.
_OF_CARD: Mapping[str, Callable[[Card], Iterable[str]]] = {
    "phase": lambda card: (card.phase.id,) if card.phase else (),
    "actor": lambda card: {actor.id for actor in card.actors},
    "place": lambda card: {place.id for place in card.places},
    "tag": lambda card: set(card.tags),
    "grade": lambda card: (card.grade,),
    "perspective": lambda card: {source.note for source in card.sources},
}


def facets(timeline: Timeline, cards: Sequence[Card]) -> tuple[Facet, ...]:
    """The kinds by which these entries differ; short kinds in their own order, long ones by how often they occur."""
    labels = _labels(timeline)
    found = []
    for kind, of_card in _OF_CARD.items():
        counts = Counter(id for card in cards for id in of_card(card))
        known = [id for id in labels[kind] if counts[id]]
        if kind in ("actor", "place"):
            known.sort(key=lambda id: (-counts[id], labels[kind][id].casefold()))
        if len(known) > 1 or any(counts[id] < len(cards) for id in known):
            found.append(Facet(kind, tuple(Choice(id, labels[kind][id], counts[id]) for id in known)))
    return tuple(found)


def _labels(timeline: Timeline) -> dict[str, dict[str, str]]:
    """Every choice that there could be, in the order in which it is offered."""
    records = timeline.records
    return {
        "phase": {id: phase.label for id, phase in records.phases.items()},
        "actor": {id: actor.name for id, actor in records.actors.items()},
        "place": {id: place.name for id, place in records.places.items()},
        "tag": dict(sorted(timeline.site.tags.items(), key=lambda tag: tag[1].casefold())),
        "grade": dict.fromkeys((*GRADES[2:], "contested", "retracted"), ""),
        "perspective": dict.fromkeys(get_args(Perspective), ""),
    }
