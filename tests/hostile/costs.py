"""Classes 13 and 14: what is made to cost more than its size, and much at once.

Each costly text is as large as the limits let it be, or larger, and then it is refused. What an entry may cost at most
is measured by a slow test, in a process of its own: see test_costs.py.
"""

from __future__ import annotations

from collections.abc import Callable

from site_builder.limits import (
    MAX_BACKSLASHES,
    MAX_BODY,
    MAX_BRACKETS,
    MAX_CELLS,
    MAX_FILLED,
    MAX_FRONT_MATTER,
    MAX_HEADINGS,
    MAX_ITEMS,
    MAX_LINE,
    MAX_LINES,
    MAX_NAMED,
    MAX_NAMES,
    MAX_NESTING,
    MAX_OPENED,
    MAX_PAGES,
    MAX_PHASES,
    MAX_POINTS,
    MAX_REGIONS,
    MAX_SIGNS,
    MAX_SITE,
    MAX_TOLD,
)
from tests.driver import SITE, entry
from tests.hostile.cases import Case, Outcome, body, file_of, good, reject

_REFUSED = {
    "bytes": "word\n" * (MAX_BODY // 5 + 1),
    "line": "a" * (MAX_LINE + 1),
    "lines": "a\n" * (MAX_LINES + 1),
    "headings": "# a\n" * (MAX_HEADINGS + 1),
    "brackets": "[" * (MAX_BRACKETS + 1),
    "stars": "*" * (MAX_SIGNS + 1),
    "backticks": "`" * (MAX_SIGNS + 1),
    "backslashes": "\\" * (MAX_BACKSLASHES + 1),
    "cells": "|" * (MAX_CELLS + 1),
    "opened": "[@a] and [b] " * (MAX_OPENED + 1),
    "filled": "|".join("a" * 60) + "\n" + "|".join("-" * 60) + "\n" + "x|\n" * (MAX_FILLED // 58 + 1),
    "cells-square": "|".join("a" * 90) + "\n" + "|".join("-" * 90) + "\n" + "x|\n" * 90,
    "nested-list": "- " * (MAX_NESTING + 1) + "x",
    "nested-numbers": "1. " * (MAX_NESTING + 1) + "x",
    "nested-quotes": "> " * (MAX_NESTING + 1) + "x",
    "nested-mixed": "- > 1. " * MAX_NESTING + "x",
}


def _actor(name: str) -> str:
    return f"- {{id: a, name: {name}}}\n"


def _csl(title: str) -> str:
    return f'[{{"id": "s", "type": "book", "title": "{title}"}}]'


def _regions(count: int) -> str:
    return "regions:\n" + "".join(f"- {{id: r{n}, label: R, bbox: [35, 28, 49, 38]}}\n" for n in range(count))


def _series(count: int) -> str:
    return "title: S\npoints:\n" + "- {date: 2014-06, value: 1, estimator: E}\n" * count


def _pages(count: int) -> dict[str, str]:
    names = [*(f"p{n}" for n in range(10, 9 + count)), "p99"]
    return {f"pages/{name}.md": f"---\ntitle: {name}\n---\nText.\n" for name in names}


def _phases(count: int) -> dict[str, str]:
    fields = "from: 1000\nto: 1001\ncolour: amber\nshape: circle\n"
    names = [*(f"p{n}" for n in range(10, 9 + count)), "p99"]
    return {f"phases/{name}.md": f"---\nlabel: {name}\n{fields}---\nText.\n" for name in names}


_FIELDS = "front-matter-too-large"
_RULES = ("nested-list", "nested-numbers", "nested-quotes", "nested-mixed")

CASES: tuple[Case, ...] = (
    *(
        reject(13, f"cost-{name}", body(text + "\n"), 7, "text-too-deep" if name in _RULES else "text-too-large")
        for name, text in _REFUSED.items()
    ),
    reject(13, "cost-fields", entry("x_a: " + "a" * MAX_FRONT_MATTER), 1, "front-matter-too-large"),
    reject(
        13,
        "cost-items",
        entry(f"tags: [{', '.join(f't{n}' for n in range(MAX_ITEMS + 1))}]"),
        6,
        "front-matter-too-large",
    ),
    reject(13, "cost-actors", entry(f"actor: [{', '.join(f'a{n}' for n in range(MAX_NAMES + 1))}]"), 6, _FIELDS),
    reject(13, "cost-names", entry(f"actor: [{', '.join(f'A {n}' for n in range(MAX_NAMED + 1))}]"), 6, _FIELDS),
    *(
        Case(f"cost-{name}", 13, Outcome.REJECT, files, at=at, code=code)
        for name, files, at, code in (
            ("name", {"actors.yaml": _actor("A" * MAX_TOLD)}, ("actors.yaml", 1), "record-too-large"),
            (
                "authors",
                {"sources/s.yaml": f"s:\n  title: S\n  author: [{', '.join('A' * (MAX_ITEMS + 1))}]\n"},
                ("sources/s.yaml", 3),
                "record-too-large",
            ),
            ("csl", {"sources/s.json": _csl("A" * MAX_TOLD)}, ("sources/s.json", 1), "record-too-large"),
            ("site", {"site.yaml": f"{SITE}subtitle: {'A' * MAX_SITE}\n"}, ("site.yaml", 1), "record-too-large"),
            ("maps", {"site.yaml": SITE + _regions(MAX_REGIONS + 1)}, ("site.yaml", 4), "record-too-large"),
            ("figures", {"series/s.yaml": _series(MAX_POINTS + 1)}, ("series/s.yaml", 2), "record-too-large"),
            ("pages", _pages(MAX_PAGES + 1), ("pages/p99.md", 2), "content-too-large"),
            ("phases", _phases(MAX_PHASES + 1), ("phases/p99.md", 2), "content-too-large"),
        )
    ),
    reject(13, "cost-depth", entry("x_a: " + "[" * 60_000), 6, "yaml-depth"),
    reject(13, "cost-alias", entry("x_a: &a [b]\nx_c: [*a, *a]"), 6, "yaml-alias"),
    good(13, Outcome.ACCEPT, "cost-quotes", body("> " * MAX_NESTING + "deep\n"), "deep"),
    good(
        13,
        Outcome.ACCEPT,
        "cost-cells-wide",
        body("|".join("a" * 60) + "\n" + "|".join("-" * 60) + "\n" + "x|\n" * 8),
        "x",
    ),
    good(
        13,
        Outcome.ACCEPT,
        "cost-rule",
        body("One.\n\n" + "-" * 500 + "\n\n" + "* " * 40 + "\n\nTwo.\n"),
        "One.",
        "Two.",
    ),
    Case(
        "cost-cited",
        13,
        Outcome.ACCEPT,
        {
            file_of("cost-cited"): body("It was so [@cost-cited]. " * (MAX_OPENED + 50) + "\n"),
            "sources/cost-cited.yaml": "cost-cited: {title: A report, publisher: Paper}\n",
        },
        shown=("It was so",),
    ),
    # Many at once
    Case(
        "many-broken",
        14,
        Outcome.REJECT,
        {f"entries/b{n}.md": entry(date="x") for n in range(500)},
        at=("entries/b77.md", 3),
    ),
    Case(
        "many-one-broken",
        14,
        Outcome.REJECT,
        {**{f"entries/g{n}.md": entry() for n in range(300)}, "entries/bad.md": entry(date="x")},
        at=("entries/bad.md", 3),
    ),
    Case(
        "many-faults-in-one",
        14,
        Outcome.REJECT,
        {"entries/b.md": entry("\n".join(f"k{n}: x" for n in range(3000)))},
        at=("entries/b.md", 2000),
        code="unknown-field",
    ),
    Case(
        "many-unseen-in-one",
        14,
        Outcome.REJECT,
        {"entries/b.md": entry(body="\x00" * 100_000)},
        at=("entries/b.md", 7),
        code="hidden-character",
    ),
    Case(
        "many-kinds",
        14,
        Outcome.REJECT,
        {
            "entries/a.md": "x",
            "entries/b.md": b"\xff",
            "entries/c.md": entry("status: x"),
            "actors.yaml": "- [",
            "sources/a.json": "{",
            "sources/b.bib": "@misc{",
            "site.yaml": SITE,
        },
        at=("entries/c.md", 6),
    ),
    Case(
        "many-tags",
        14,
        Outcome.REJECT,
        {
            file_of("many-tags"): entry(f"tags: [{', '.join(f't{n}' for n in range(150))}]"),
            "site.yaml": f"{SITE}tags: {{law: Law}}\n",
        },
        at=(file_of("many-tags"), 6),
        code="unknown-tag",
    ),
)

# -- The dearest texts that are still read, for the measuring

_WORDS = "It happened in the town, as 11 people said on the day. "


def _lines(line: str, most: int = MAX_LINES - 10) -> str:
    return (line + "\n") * min(most, (MAX_BODY - 1000) // (len(line.encode()) + 1))


DEAREST: dict[str, Callable[[], str]] = {
    "prose": lambda: _lines(_WORDS * 12 + "\n"),
    "short sentences": lambda: _lines("Ab c. " * 4_900 + "\n"),
    "figures": lambda: _lines("11 dead. " * 3_200 + "\n"),
    "years": lambda: _lines("".join(f"{1500 + n % 600} " for n in range(5_900)) + "\n"),
    "short paragraphs": lambda: _lines("a\n", MAX_LINES // 2 - 4),
    "short lines": lambda: _lines("a"),
    "stars": lambda: _lines("*a" * 1000, MAX_SIGNS // 1000),
    "stars and strokes": lambda: _lines("*_" * 500, MAX_SIGNS // 1000),
    "strong": lambda: _lines("***a* " * 250, MAX_SIGNS // 1000),
    "stars in one line": lambda: "*a" * MAX_SIGNS,
    "strokes in one line": lambda: "*_" * (MAX_SIGNS // 2),
    "backticks": lambda: "`a" * (MAX_SIGNS),
    "backticks growing": lambda: "".join("`" * n + " " for n in range(1, 140)),
    "quotes": lambda: _lines("> " * MAX_NESTING + "a\n", MAX_LINES // 2 - 4),
    "quote lines": lambda: _lines("> a"),
    "items": lambda: _lines("- a"),
    "loose items": lambda: _lines("- a\n", MAX_LINES // 2 - 4),
    "nested items": lambda: _lines("".join("    " * n + "- a\n" for n in range(40)), 100),
    "nested loose items": lambda: _lines("".join("    " * n + "- a\n\n" for n in range(40)), 100),
    "items and quotes": lambda: _lines("- > " * (MAX_NESTING // 2) + "a\n", MAX_LINES // 2 - 4),
    "deep items": lambda: _lines("- " * MAX_NESTING + "a\n", MAX_LINES // 2 - 4),
    "less-than": lambda: _lines("<" * 29_000),
    "declarations": lambda: _lines("<![" * MAX_OPENED + "\n", 5),
    "tags": lambda: _lines("<b>"),
    "tags in lines": lambda: _lines("<b>" * 9_900),
    "comments": lambda: _lines("<!-- " * 5_900),
    "references": lambda: _lines("&lt;" * 7_400),
    "ampersands": lambda: _lines("&" * 29_000),
    "quotation marks": lambda: _lines('"' * 29_000),
    "links": lambda: _lines("[a](https://example.org/)\n", MAX_BRACKETS - 1),
    "links of a paragraph": lambda: ("[a](https://example.org/) " * MAX_OPENED + "\n\n") * 5,
    "links that never close": lambda: ("[a](" + "(" * 80 + "\n\n") * 999,
    "links that never close in a paragraph": lambda: ("[a](" * MAX_OPENED + "\n\n") * 5,
    "links that never close in a long one": lambda: "[a](" * MAX_OPENED + ("a" * 29_000 + "\n") * 3,
    "brackets": lambda: ("[" * MAX_OPENED + "\n\n") * 5,
    "brackets far apart": lambda: (("[" + "a" * 93 + "\n") * MAX_OPENED + "\n") * 5,
    "brackets before a long text": lambda: "[" * MAX_OPENED + ("a" * 29_000 + "\n") * 3,
    "brackets that close late": lambda: "[" * 100 + "]" * 100 + "(" * 19_000,
    "brackets that close in code": lambda: ("[`]`" * MAX_OPENED + "\n\n") * 5,
    "pictures": lambda: ("![" * MAX_OPENED + "\n\n") * 5,
    "pictures before a long text": lambda: "![" * MAX_OPENED + ("a" * 29_000 + "\n") * 3,
    "citations": lambda: _lines("[@a]" * 10 + "\n", MAX_BRACKETS // 10),
    "long citations": lambda: _lines("[@a, " + "p" * 80 + "]\n", MAX_BRACKETS - 2),
    "many keys": lambda: _lines("[" + ";".join(["@a"] * 490) + "]", 40),
    "at signs": lambda: _lines("@a " * 9_900),
    "footnotes": lambda: ("[^1] " * MAX_OPENED + "\n\n") * 5,
    "addresses": lambda: _lines("https://a.b " * 2_400),
    "cells that are left out": lambda: "|".join("a" * 24) + "\n" + "|".join("-" * 24) + "\n" + "x|\n" * 21,
    "cells in rows": lambda: "a|b\n-|-\n" + "a|b\n" * (MAX_CELLS - 10),
    "escapes": lambda: "\\*" * MAX_BACKSLASHES,
    "headings": lambda: _lines("# a", MAX_HEADINGS),
    "underlined headings": lambda: _lines("a\n=", MAX_HEADINGS),
    "long heading": lambda: "# " + "a " * 14_000,
    "rules": lambda: _lines("***", MAX_HEADINGS),
    "fences": lambda: _lines("```", MAX_SIGNS // 3),
    "code": lambda: _lines("    a"),
    "arabic": lambda: _lines("ا a " * 7_000),
    "combining": lambda: _lines("a" + "\u0301" * 29_000),
    "pictographs": lambda: _lines("👨‍👩‍👧" * 3_000),
    "mixed letters": lambda: _lines("aб " * 9_000),
    "stash words": lambda: _lines("wzxhzdk:0 " * 2_900),
}
