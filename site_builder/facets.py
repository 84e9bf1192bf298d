"""What a list of entries can be narrowed by: kinds of choices, each with what its entries have of that kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count
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


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What cards can be chosen by. `choices`: each as kind and id, "actor front"; `of_cards`: their places in that."""

    choices: tuple[str, ...]
    of_cards: tuple[list[int], ...]


def of_timeline(edition: Edition) -> tuple[Facet, ...]:
    """The kinds by which all entries differ; short kinds in their own order, long ones by how often they occur."""
    return edition.once(_facets, edition.timeline, traits(edition))


def traits(edition: Edition) -> Traits:
    """Those of all entries. The cards of a page say the same in their attributes."""
    return edition.once(_traits, *cards(edition, edition.timeline.entries))


def _traits(*listed: Card) -> Traits:
    places: defaultdict[str, int] = defaultdict(count().__next__)
    of_cards = tuple([[places[choice] for choice in _choices(card)] for card in listed])
    return Traits(tuple(places), of_cards)


def _choices(card: Card) -> Iterable[str]:
    """Each once."""
    found = [f"phase {card.phase.id}"] if card.phase else []
    found += [f"actor {actor.id}" for actor in card.actors]
    found += [f"place {place.id}" for place in card.places]
    found += [f"tag {tag}" for tag in card.tags]
    found.append(f"grade {card.grade}")
    found += [f"perspective {source.note}" for source in card.sources]
    return dict.fromkeys(found)


def _facets(timeline: Timeline, traits: Traits) -> tuple[Facet, ...]:
    counts = Counter(chain.from_iterable(traits.of_cards))
    by_choice = {choice: counts[place] for place, choice in enumerate(traits.choices)}
    found = []
    for kind, labels in _labels(timeline).items():
        known = [Choice(id, label, n) for id, label in labels.items() if (n := by_choice.get(f"{kind} {id}"))]
        if kind in ("actor", "place"):
            known.sort(key=lambda choice: (-choice.count, choice.label.casefold()))
        if len(known) > 1 or any(choice.count < len(traits.of_cards) for choice in known):
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
