"""From what an author types to the id that is meant: by the id, the name, some of its words, or nearly one of these."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from site_builder import urls

Shelf = Mapping[str, tuple[str, ...]]  # the ids of one kind of record, each with the names it goes by

SURE, NEAR = 0.9, 0.6


def candidates(typed: str, shelf: Shelf, most: int = 5) -> list[str]:
    """The ids that may be meant, the likeliest first; one alone where there is no doubt.

    >>> candidates("armstrong", {"neil-armstrong": ("Neil Armstrong",), "iraq": ("Iraq",)})
    ['neil-armstrong']
    """
    if typed in shelf:
        return [typed]
    scored = ((_likeness(_plain(typed), [_plain(id), *map(_plain, names)]), id) for id, names in shelf.items())
    ranked = sorted(((score, id) for score, id in scored if score >= NEAR), key=lambda pair: (-pair[0], pair[1]))
    best = [id for score, id in ranked if score >= SURE and score == ranked[0][0]]
    return best if len(best) == 1 else [id for _, id in ranked[:most]]


def is_sure(typed: str, id: str, shelf: Shelf) -> bool:
    """Whether an id is what was typed, and not only near it."""
    return _likeness(_plain(typed), [_plain(id), *map(_plain, shelf[id])]) >= SURE


def _likeness(typed: str, names: Iterable[str]) -> float:
    """1 for the name itself, SURE where every word of what was typed is a word of the name, else how near it is."""
    words = set(typed.split())
    best = 0.0
    for name in names:
        if typed == name:
            return 1.0
        if words and words <= set(name.split()):
            best = max(best, SURE)
        best = max(best, min(difflib.SequenceMatcher(None, typed, name).ratio(), SURE - 0.01))
    return best


def _plain(text: str) -> str:
    return urls.slug(text).replace("-", " ") or text.casefold()
