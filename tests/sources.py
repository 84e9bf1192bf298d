"""Sources for the tests of citations: one of every kind, and one whose every text tries to act."""

from __future__ import annotations

from site_builder.dates import parse
from site_builder.model import Archived, Author, Source

PAPER = Source(
    id="gazette-2014",
    type="article-newspaper",
    title="The raid on Hilltown",
    author=(Author(family="Writer", given="Ann"), Author(literal="The Wire")),
    container_title="The Gazette",
    publisher="Gazette House",
    issued=parse("2014-06-11"),
    accessed=parse("2026-01-02"),
    language="en",
    url="https://gazette.example/raid_1?a=b&c=%20d",
    note="Front page.",
    perspective="independent",
    archived=(Archived("https://archive.example/1", parse("2014-06-12")),),
)
COURT = Source(id="court-2016", type="legal_case", title="Judgment", publisher="The Court", issued=parse("2016~"))
HIDDEN = Source(
    id="statement",
    title="Statement",
    url="https://front.example/",
    perspective="perpetrator",
    archived=(Archived("https://archive.example/front"),),
)
# Ends of lines and records, commands, formulas, mark-up: whatever acts in one format or another.
HOSTILE_TEXT = (
    'a\r\nER  - \r\nTY  - BOOK\nEND:VEVENT\u2028}} @book{x, \\input{/etc/passwd} 50% & $1 #2 _3 ~4 ^5 "6" '
    "</script><b> {unclosed"
)
HOSTILE = Source(
    id="hostile",
    type="no-such-type",
    title=HOSTILE_TEXT,
    author=(Author(family="Nobody and Sons, Inc.", given="A\\B"), Author(literal=HOSTILE_TEXT)),
    container_title=HOSTILE_TEXT,
    publisher=HOSTILE_TEXT,
    issued=parse("[2014-06..2014-08]"),
    note=HOSTILE_TEXT,
    url="https://x.example/a{b}c\\d",
)
SOURCES = (PAPER, COURT, HIDDEN, HOSTILE)
