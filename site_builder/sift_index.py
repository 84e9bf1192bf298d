"""What the filters of a long timeline work on in the browser: all entries in few bytes, as columns.

    {"version": 1,
     "page": "entries/{id}.html",                  # where an entry's page lies, from here
     "choices": ["phase rise", "actor front", …],  # kind and id; they go by their place in this list
     "years": [[2014, 3], [2016, 1], …],           # how many entries, in order, begin in each
     "ids": "fall-of-mosul …",                     # of the entries, in the order of their dates, as all that follows
     "ranks": "113…",                              # their significance
     "traits": [[0, 1, 4], …],                     # their choices
     "dates": ["10 June 2014", "", …],             # as the site words them; "" is the same as the one before
     "titles": ["The fall of Mosul", …]}           # as text, not HTML

It belongs to the script `overview.js` of the same site and is promised to nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from site_builder import urls
from site_builder.cards import Card
from site_builder.facets import Traits
from site_builder.typography import Typography
from site_builder.wording import Words

VERSION = 1  # that the script knows


def text(words: Words, language: str, traits: Traits, *cards: Card) -> str:
    """The index of the entries in the order of their dates, one column a line. `traits`: those of the cards."""
    set_ = Typography(language).marks
    columns = {
        "version": VERSION,
        "page": urls.page("entry", "{id}"),
        "choices": traits.choices,
        "years": [(year, len(list(some))) for year, some in groupby(card.date.year for card in cards)],
        "ids": " ".join([card.id for card in cards]),
        "ranks": "".join([str(card.significance) for card in cards]),
        "traits": traits.of_cards,
        "dates": list(_dates(words, cards)),
        "titles": [set_(card.title) for card in cards],
    }
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    return "{" + ",\n".join(f'"{name}":{write(column)}' for name, column in columns.items()) + "}\n"


def _dates(words: Words, cards: Sequence[Card]) -> Iterator[str]:
    last = ""
    for card in cards:
        date = card.date_display or words.date(card.date)
        yield "" if date == last else date
        last = date
