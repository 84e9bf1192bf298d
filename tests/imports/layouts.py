"""Timelines in the layouts of three kinds of real projects: their fields and their habits, none of their words.

Each is seeded and gives its files and the rows that no importer may take, by file or line.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

WORDS = ("hearing", "vote", "report", "strike", "march", "ruling", "visit", "launch", "closure", "inquiry", "accord")
PLACES = ("Northport", "Hilltown", "Lower Ford", "Eastbridge", "St. Anne", "Québec Quarter")
PEOPLE = ("A. Writer", "The Committee", "Jan van den Berg", "O'Neill & Sons", "Ministry of Roads")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August")


@dataclass(frozen=True)
class Layout:
    """`faulty`: (file, line) of each row that must be refused; a file as a whole has line 0."""

    files: dict[str, str]
    faulty: set[tuple[str, int]]
    count: int
    maps: tuple[str, ...] = ()
    order: str = ""


def address(chance: random.Random) -> str:
    return f"https://{chance.choice(WORDS)}.example/{chance.randrange(10**6)}/{chance.choice(WORDS)}.html"


def jekyll(count: int = 1000, seed: int = 1) -> Layout:
    """A collection of Jekyll: dates with a midnight and a zone, or in the name alone; several spellings of a key."""
    chance = random.Random(seed)
    files: dict[str, str] = {}
    faulty: set[tuple[str, int]] = set()
    for number in range(count):
        year, month, day = chance.randrange(1990, 2025), chance.randrange(1, 13), chance.randrange(1, 29)
        stamp = f"{year}-{month:02}-{day:02}"
        path = f"_events/{stamp}-{chance.choice(WORDS)}-{number}.md"
        lines = ["layout: event", f'title: "{chance.choice(WORDS).title()}: no. {number}"']
        form = chance.randrange(4)
        lines += [[f"date: {stamp} 00:00:00 +0000"], [f"Date: {stamp}"], [f"event_date: {day} {MONTHS[3]} {year}"], []][
            form
        ]
        lines.append(f"{chance.choice(['place', 'Place', 'location', 'venue'])}: {chance.choice(PLACES)}")
        lines.append(f"{chance.choice(['people', 'Participants'])}: [{chance.choice(PEOPLE)}, {chance.choice(PEOPLE)}]")
        lines.append(f"{chance.choice(['link', 'url', 'Sources'])}: {address(chance)}")
        lines.append(f"categories: [{chance.choice(WORDS)}, Public Life]")
        lines += ["permalink: /events/:title/", "published: true"]
        body = f"It was said in {chance.choice(PLACES)}.\n\nMore [here]({address(chance)}).\n"
        if number % 20 == 7:  # a fault, of one kind after the other
            plant(lines, number // 20 % 4)
            faulty.add((path, 0))
        files[path] = "---\n" + "\n".join(lines) + f"\n---\n{body}"
    return Layout(files, faulty, count)


def plant(lines: list[str], kind: int) -> None:
    """A date that nobody can read, no title, YAML that is none, a character that nobody can see."""
    if kind == 0:
        lines[2:] = ["date: 31 February 2014"]
    elif kind == 1:
        lines[1] = "title:"
    elif kind == 2:
        lines[1] = "title: A: B"
    else:
        lines[1] = 'title: "A\\u202eB"'


def chronicle(count: int = 1000, seed: int = 2) -> Layout:
    """A chronicle kept by one author: `dateString` beside `date`, `links` with words, filters in a group, pictures."""
    chance = random.Random(seed)
    files: dict[str, str] = {}
    faulty: set[tuple[str, int]] = set()
    for number in range(count):
        path = f"entries/{number:04}.md"
        month, day = chance.randrange(1, 13), chance.randrange(1, 29)
        links = "".join(
            f'\n  - linkText: "Report of {name}"\n    href: "{address(chance)}"'
            + ('\n    extraText: ", paywalled"' if extra else "")
            for name, extra in ((chance.choice(PEOPLE), False), (chance.choice(PLACES), chance.random() < 0.3))
        )
        date = f"202{chance.randrange(5)}-{month:02}-{day:02}"
        if number % 30 == 3:
            date = ("2021-02-30", "soon", "2021-13-01", "02/03/2021")[number // 30 % 4]
            faulty.add((path, 0))
        fields = [
            f"id: {chance.choice(WORDS)}-{number}",
            f"title: {chance.choice(WORDS).title()} of {chance.choice(PLACES)} ({number})",
            f"date: {date}",
            f"dateString: {MONTHS[month % 8]} 2021",
            f"filters:\n  theme: [{chance.choice(WORDS)}]\n  tech: [none]",
            f"links:{links}",
            'image:\n  src: "a.jpg"\n  alt: "A street"',
            f"scamTotal: {chance.randrange(10**6)}",
            "color: purple",
        ]
        body = f'<p>It came to a <em>{chance.choice(WORDS)}</em>, <a href="{address(chance)}">they said</a>.</p>\n'
        files[path] = "---\n" + "\n".join(fields) + f"\n---\n{body}"
    return Layout(files, faulty, count)


def spreadsheet(count: int = 1000, seed: int = 3) -> Layout:
    """A newsroom's spreadsheet, saved with semicolons: headings in words, days first, lists, formulas, HTML."""
    chance = random.Random(seed)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["No.", "When?", "What happened", "Who", "Town", "Source link(s)", "Long text", "Checked by"])
    faulty: set[tuple[str, int]] = set()
    for number in range(count):
        line = out.getvalue().count("\n") + 1
        when = chance.choice([day_first(chance), f"{chance.choice(MONTHS)} 2019", "c. 2010"])
        row = [
            str(number),
            when,
            f"{chance.choice(WORDS).title()} in {chance.choice(PLACES)}",
            " | ".join(chance.sample(PEOPLE, 2)),
            chance.choice(PLACES),
            "\n".join(address(chance) for _ in range(2)),
            chance.choice(
                ['=HYPERLINK("https://x.example")', "<b>Bold</b> & <i>more</i>", "Two\n\nparagraphs; * starred"]
            ),
            chance.choice(PEOPLE),
        ]
        for fault in spoil(number):
            fault(row)
            faulty.add(("events.csv", line))
        writer.writerow(row)
    maps = (
        "date=When?",
        "title=What happened",
        "actor=Who",
        "location=Town",
        "source=Source link(s)",
        "body=Long text",
    )
    return Layout({"events.csv": out.getvalue()}, faulty, count, maps, "dmy")


def day_first(chance: random.Random) -> str:
    return f"{chance.randrange(1, 29):02}/{chance.randrange(1, 13):02}/{chance.randrange(2000, 2024)}"


FAULTS: tuple[Callable[[list[str]], None], ...] = (
    lambda row: row.__setitem__(1, "31/02/2014"),
    lambda row: row.__setitem__(1, ""),
    lambda row: row.__setitem__(2, " "),
    lambda row: row.append("one more"),
    lambda row: row.__setitem__(6, "a\x00b"),
    lambda row: row.__setitem__(6, "x" * 1_000_000),
)


def spoil(number: int) -> Iterator[Callable[[list[str]], None]]:
    """One fault after the other: a bad date, none, no title, a cell too many, a NUL; once a cell of a megabyte."""
    if number % 12 == 11:
        yield FAULTS[number // 12 % 5]
    elif number == 77:
        yield FAULTS[5]
