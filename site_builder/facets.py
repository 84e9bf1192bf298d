"""What a list of entries can be narrowed by: kinds of choices, each with what its entries have of that kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from site_builder.cards import Card
from site_builder.edition import Edition, cards
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


def traits(card: Card) -> list[str]:
    """All that a card can be chosen by, each once, as kind and id: "actor front". The cards of a page say the same."""
    found = [f"phase {card.phase.id}"] if card.phase else []
    found += [f"actor {actor.id}" for actor in card.actors]
    found += [f"place {place.id}" for place in card.places]
    found += [f"tag {tag}" for tag in card.tags]
    found.append(f"grade {card.grade}")
    found += [f"perspective {source.note}" for source in card.sources]
    return list(dict.fromkeys(found))


def of_timeline(edition: Edition) -> tuple[Facet, ...]:
    """The kinds by which all entries differ."""
    timeline = edition.timeline
    return edition.once(facets, timeline, cards(edition, timeline.entries))


def facets(timeline: Timeline, listed: Sequence[Card]) -> tuple[Facet, ...]:
    """The kinds by which these entries differ; short kinds in their own order, long ones by how often they occur."""
    counts = Counter(trait for card in listed for trait in traits(card))
    found = []
    for kind, labels in _labels(timeline).items():
        known = [Choice(id, label, n) for id, label in labels.items() if (n := counts[f"{kind} {id}"])]
        if kind in ("actor", "place"):
            known.sort(key=lambda choice: (-choice.count, choice.label.casefold()))
        if len(known) > 1 or any(choice.count < len(listed) for choice in known):
            found.append(Facet(kind, tuple(known)))
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
