"""A made-up chronology of any size, the same for the same seed: the opening of libraries, bridges and gardens.

Each entry has what an entry of a real site has: two actors, a place, three sources of which each is cited, two tags
and about 180 words in three paragraphs, with a link to another entry. Registries grow with the number of entries.
"""

from __future__ import annotations

import calendar
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FIRST_YEAR, LAST_YEAR = 1990, 2025
PHASES = ("plans", "works", "openings", "repairs")
COLOURS = ("amber", "navy", "teal", "magenta")
SHAPES = ("circle", "square", "triangle", "diamond")
TAGS = (
    *("archive", "bridge", "canal", "ceremony", "concert", "council", "exhibition", "fair", "festival", "garden"),
    *("harbour", "lecture", "library", "market", "museum", "orchard", "parade", "railway", "restoration", "school"),
    *("theatre", "tower", "vote", "workshop"),
)
WORDS = tuple(
    re.findall(
        r"\w+",
        """
        the a of and in to for with on by at after before new old town river council library bridge garden museum
        opened closed planned restored extended painted counted planted voted agreed published showed moved built
        members visitors citizens engineers teachers gardeners musicians archivists readers children spring summer
        autumn winter morning evening week month season year first second third large small public common open quiet
        early late plain careful yearly plan report letter map drawing record list account minute photograph notice
        programme
        """,
    )
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many records of each kind a corpus of so many entries has."""

    entries: int

    @property
    def actors(self) -> int:
        return 20 + self.entries // 50

    @property
    def places(self) -> int:
        return 20 + self.entries // 40

    @property
    def sources(self) -> int:
        return 30 + self.entries // 2


@dataclass(frozen=True, slots=True)
class Event:
    """An entry before it is written in any generator's form. `paragraphs`: texts, each with what it cites."""

    id: str
    title: str
    date: str
    phase: str
    significance: int
    actors: tuple[str, ...]
    place: str
    sources: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str
    paragraphs: tuple[str, ...]
    related: str


def actor(n: int) -> str:
    return f"society-{n}"


def place(n: int) -> str:
    return f"quarter-{n}"


def source(n: int) -> str:
    return f"gazette-{n}"


def events(entries: int, seed: int = 1) -> Iterator[Event]:
    """The events in the order of their numbers; dates lie anywhere in the years."""
    size, chance = Size(entries), random.Random(seed)
    for n in range(entries):
        year, month = chance.randint(FIRST_YEAR, LAST_YEAR), chance.randint(1, 12)
        day = chance.randint(1, calendar.monthrange(year, month)[1])
        related = f"event-{chance.randrange(entries)}"
        yield Event(
            id=f"event-{n}",
            title=f"{_phrase(chance, 5).capitalize()} ({n})",
            date=f"{year}-{month:02}" if chance.random() < 0.1 else f"{year}-{month:02}-{day:02}",
            phase=PHASES[(year - FIRST_YEAR) * len(PHASES) // (LAST_YEAR - FIRST_YEAR + 1)],
            significance=1 if chance.random() < 0.05 else 2 if chance.random() < 0.3 else 3,
            actors=tuple(dict.fromkeys(actor(chance.randrange(size.actors)) for _ in range(2))),
            place=place(chance.randrange(size.places)),
            sources=tuple(dict.fromkeys(source(chance.randrange(size.sources)) for _ in range(3))),
            tags=tuple(dict.fromkeys(chance.choice(TAGS) for _ in range(2))),
            summary=_sentence(chance, 18),
            paragraphs=tuple(" ".join(_sentence(chance, 15) for _ in range(4)) for _ in range(3)),
            related=related if related != f"event-{n}" else f"event-{(n + 1) % entries}",
        )


def _phrase(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words))


def _sentence(chance: random.Random, words: int) -> str:
    return f"{_phrase(chance, words).capitalize()}."


def entry(event: Event) -> str:
    """The event as a file of ours."""
    cited = [event.sources[n % len(event.sources)] for n in range(len(event.paragraphs))]
    texts = [f"{text[:-1]} [@{key}]." for text, key in zip(event.paragraphs, cited, strict=True)]
    texts[-1] += f" See [what came before](entry:{event.related}) [@{cited[-1]}]."
    lists = (("actor", event.actors), ("location", (event.place,)), ("source", event.sources), ("tags", event.tags))
    fields = "".join(f"{name}: [{', '.join(ids)}]\n" for name, ids in lists)
    return (
        f'---\ntitle: "{event.title}"\ndate: "{event.date}"\nphase: {event.phase}\nsignificance: {event.significance}\n'
        f"{fields}summary: {event.summary}\npublished: 2025-12-31\n---\n\n" + "\n\n".join(texts) + "\n"
    )


def write(folder: Path, entries: int, seed: int = 1) -> None:
    """The corpus as the content of a site: `folder`/site.yaml, entries by year, registries."""
    size = Size(entries)
    _put(folder / "site.yaml", _site())
    for n, phase in enumerate(PHASES):
        years = (LAST_YEAR - FIRST_YEAR + 1) // len(PHASES)
        first = FIRST_YEAR + n * years
        _put(
            folder / f"phases/{phase}.md",
            f"---\nlabel: {phase.capitalize()}\nfrom: {first}\nto: {first + years - 1}\n"
            f"colour: {COLOURS[n]}\nshape: {SHAPES[n]}\norder: {n}\nsummary: The {phase}.\n---\n\nThe {phase}.\n",
        )
    _put(folder / "actors.yaml", "".join(f"- {{id: {actor(n)}, name: Society {n}}}\n" for n in range(size.actors)))
    _put(folder / "places.yaml", "".join(map(_place, range(size.places))))
    for shelf in range(0, size.sources, 1000):
        numbers = range(shelf, min(shelf + 1000, size.sources))
        _put(folder / f"sources/shelf-{shelf // 1000}.yaml", "".join(map(_source, numbers)))
    for event in events(entries, seed):
        _put(folder / f"entries/{event.date[:4]}/{event.id}.md", entry(event))


def _site() -> str:
    tags = "".join(f"  {tag}: {tag.capitalize()}\n" for tag in TAGS)
    head = "id: corpus\ntitle: A made-up chronology\nbase_url: https://example.org/corpus/\n"
    return f"{head}checks: {{uncited-sentence: off, source-unused: off}}\ntags:\n{tags}"


def _place(n: int) -> str:
    lat, lon = 40 + n * 7 % 500 // 5 / 10, 5 + n * 11 % 500 // 5 / 10
    return f"- {{id: {place(n)}, name: Quarter {n}, country: Land, lat: {lat}, lon: {lon}}}\n"


def _source(n: int) -> str:
    issued = f"{FIRST_YEAR + n % 36}-{n % 12 + 1:02}-{n % 28 + 1:02}"
    return (
        f"{source(n)}:\n  type: article-newspaper\n  title: Notice {n}\n  container-title: Gazette {n % 40}\n"
        f'  issued: "{issued}"\n  url: https://gazette-{n % 40}.example/{n}\n'
    )


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
