"""What is fed in: pieces that mean something to a parser, at random, and honest texts with a few mutations."""

from __future__ import annotations

import random

from tests.driver import SITE, entry

_DATE = [
    *"0123456789X-/.~?%+:TZ[]{},",
    "..",
    "2014",
    "-06",
    "-10",
    "20XX",
    "1960s",
    "/..",
    "Y17",
    "E5",
    "−",
    "٢",
    "\u200b",
    "June",
    "ca. ",
    " ",
    "BC",
    "-21",
    "T23:30:00",
    "+14:00",
]
_HONEST_DATES = (
    "2014-06-10",
    "2014-06",
    "2014",
    "201X",
    "2014~",
    "2014?/2015",
    "[2014-06-04..2014-06-10]",
    "..",
    "-0043-03",
    "2014-06-10T12:00:00Z",
    "Y17000",
    "2014-21",
    "{2014,2015}",
    "10 June 2014",
)
_SIGNS = [
    *"<>&\"'`[]()!@*_#\\|-:=~^+.$%{},;?/",
    "\n",
    "\n\n",
    "    ",
    "\t",
    " ",
    "a",
    "0",
    "é",
    "ا",
    "\u0301",
    "👨‍👩‍👧",
]
_MARKUP = [
    "<script>",
    "</script>",
    "<img src=x onerror=y>",
    "javascript:",
    "[@a]",
    "[@a, p. 2; @c]",
    "[x](entry:good)",
    "[y](term:x)",
    "![z](media/a.png)",
    "&#x6a;",
    "&colon;",
    "<!--",
    "-->",
    "]]>",
    "{{ x }}",
    "{% x %}",
    "1. ",
    "- ",
    "> ",
    "# ",
    "| a | b |\n|---|---|\n",
    "```",
    "---\n",
    "klzzwxh:0",
    "&#xFDD0;0&#xFDD1;",
    "https://example.org/",
    "**",
    "__",
    "[^1]",
    "[x][y]",
    "\\",
]
_YAML = [
    "title",
    "date",
    "actor",
    "location",
    "source",
    "tags",
    "claims",
    "casualties",
    "related",
    "status",
    "media",
    "x_a",
    "aliases",
    "published",
    "revisions",
    "id",
    "body",
    ": ",
    ":",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    '"',
    "&a",
    "*a",
    "!!int ",
    "<<",
    "|",
    ">",
    "?",
    "#",
    "@",
    "%",
    "~",
    "null",
    "yes",
    "2014",
    "2014-06-10",
    "x",
    "name",
    "draft",
    "\\u202e",
    "\t",
]


def date(chance: random.Random) -> str:
    if chance.random() < 0.6:
        return mutated(chance.choice(_HONEST_DATES), _DATE, chance)
    return "".join(chance.choices(_DATE, k=chance.randrange(1, 14)))


def mutated(text: str, pieces: list[str], chance: random.Random) -> str:
    for _ in range(chance.randrange(1, 4)):
        at, length = chance.randrange(len(text) + 1), chance.randrange(3)
        text = text[:at] + (chance.choice(pieces) if chance.random() < 0.7 else "") + text[at + length :]
    return text


def body(chance: random.Random) -> str:
    return "".join(chance.choices(_SIGNS + _MARKUP * 2, k=chance.randrange(1, 16)))


def fields(chance: random.Random) -> str:
    return "".join(chance.choices(_YAML, k=chance.randrange(1, 25)))


_REGISTRIES = {
    "actors.yaml": "- {id: a, name: A, kind: person}\n- id: b\n  name: B\n  aliases: [C]\n",
    "places.yaml": "- {id: p, name: P, lat: 1.5, lon: 2, precision: near}\n",
    "glossary.yaml": "- {id: x, term: X, definition: d, see: [good]}\n",
    "spans.yaml": "- {actor: a, pledged: 2014, status: s}\n",
    "sources/s.yaml": "a:\n  title: T\n  url: https://example.org/a\n"
    "  author: [A, {family: B, given: C}]\n  issued: 2014-06\n",
    "sources/s.json": '[{"id": "b", "type": "book", "title": "T", "issued": {"date-parts": [[2014]]}}]',
    "sources/s.bib": '@book{c,\n title = {T {\\\'e} \\& x},\n author = {A, B},\n year = 2014,\n}\n@string{d = "e"}\n',
    "series/n.yaml": "title: T\npoints:\n  - {date: 2014, value: 1, estimator: e}\n",
    "phases/f.md": "---\nlabel: L\nfrom: 2014\nto: ..\ncolour: amber\nshape: circle\n---\nText.\n",
    "pages/g.md": "---\ntitle: G\n---\nText [@a].\n",
    "site.yaml": SITE + "tags: {law: Law}\nchecks: {source-unused: off}\n",
}


_NEEDED = ("actors.yaml", "glossary.yaml", "sources/s.yaml", "sources/s.bib", "phases/f.md", "site.yaml")


def project(chance: random.Random) -> dict[str, str | bytes]:
    """A small site of which one to three files are hurt."""
    files: dict[str, str | bytes] = {
        "entries/good.md": entry("actor: a\ntags: law\nphase: f", body="Text [@a, p. 1].\n")
    }
    files |= {name: text for name, text in _REGISTRIES.items() if name in _NEEDED or chance.random() < 0.3}
    files["media/a.png"] = "x"
    if chance.random() < 0.6:
        files["entries/one.md"] = entry(
            "phase: f\n" + fields(chance) if chance.random() < 0.2 else "phase: f",
            body=body(chance),
            date=date(chance) if chance.random() < 0.3 else "2020",
        )
    else:
        name = chance.choice(sorted(files))
        files[name] = mutated(str(files[name]), _YAML + _MARKUP, chance)
    if chance.random() < 0.05:
        name = chance.choice(sorted(files))
        data = bytearray(str(files[name]).encode())
        data[chance.randrange(len(data))] = chance.randrange(256)
        files[name] = bytes(data)
    return files
