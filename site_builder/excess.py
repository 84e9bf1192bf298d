"""What would cost far more time or room than its size: Markdown that no author writes, found by counting.

What each costs without its limit, as measured with Markdown 3.11.3 on one core: 1,000 opening brackets in a paragraph
of 240 KB 10 s, 125,000 asterisks or backticks 4 to 6 s, 60,000 paragraphs 3 s, a list 100,000 deep in one line 16 s,
and a table of 1,650 columns and as many rows of one cell 20 s and 1.5 GB.
"""

from __future__ import annotations

import re

from site_builder.limits import (
    MAX_BACKSLASHES,
    MAX_BODY,
    MAX_BRACKETS,
    MAX_CELLS,
    MAX_FILLED,
    MAX_HEADINGS,
    MAX_LINE,
    MAX_LINES,
    MAX_NESTING,
    MAX_OPENED,
    MAX_SIGNS,
)
from site_builder.texts import position

_PARAGRAPHS = re.compile(r"\n\s*\n")
# Of a line.
_HEADING = re.compile(r"[ \t>]*(?:#|=+[ \t]*$|-[- \t]*$|\*[* \t]*$)")
_NESTED = re.compile(
    rf"[ \t]*(?:(?:[-*+]|[0-9]{{1,9}}\.)[ \t]+|>[ \t]?){{{MAX_NESTING + 1}}}.*[^-*\s]"
)  # a line of hyphens or asterisks only is a rule
_OPENED = re.compile(r"\[(?!@[^\[\]\n]{1,200}\])")
_LONG = re.compile(rf"[^\n]{{{MAX_LINE + 1}}}")
TOO_DEEP = ("lists or quotations are nested too deep to be read", "flatten them")


def excess(text: str) -> tuple[tuple[int, int], str, str, str] | None:
    """Where it stands (line and column), code, message and hint of what is too much in a text; None if nothing is."""
    lines = text.split("\n")
    for found, limit, what in _counts(text, lines):
        if found > limit:
            message = f"the text has {found:,} {what}; at most {limit:,} are read"
            return (1, 1), "text-too-large", message, "split the text into several entries or pages"
    if long := _LONG.search(text):
        message = f"this line has more than the {MAX_LINE:,} characters that are read"
        return position(text, long.start()), "text-too-large", message, "part it into paragraphs by empty lines"
    if deep := next((n for n, line in enumerate(lines, start=1) if _NESTED.match(line)), 0):
        return (deep, 1), "text-too-deep", *TOO_DEEP
    return _opened(text)


def _opened(text: str) -> tuple[tuple[int, int], str, str, str] | None:
    """The paragraph with too many brackets: Markdown looks for the end of each, to the end of the paragraph."""
    start = 0
    for part in _PARAGRAPHS.split(text):
        if part.count("[") > MAX_OPENED and (count := sum(1 for _ in _OPENED.finditer(part))) > MAX_OPENED:
            message = (
                f"this paragraph has {count:,} opening brackets that begin no citation; at most {MAX_OPENED} are read"
            )
            hint = "part it into paragraphs by empty lines"
            return position(text, text.index(part, start)), "text-too-large", message, hint
        start += len(part)
    return None


def _counts(text: str, lines: list[str]) -> tuple[tuple[int, int, str], ...]:
    return (
        (len(text.encode()), MAX_BODY, "bytes"),
        (text.count("\n"), MAX_LINES, "lines"),
        (sum(map(bool, map(_HEADING.match, lines))), MAX_HEADINGS, "headings and rules"),
        (text.count("["), MAX_BRACKETS, "opening brackets"),
        (text.count("\\"), MAX_BACKSLASHES, "backslashes"),
        (sum(map(text.count, "*_`")), MAX_SIGNS, "asterisks, underscores and backticks"),
        (_cells(text), MAX_CELLS, "table cells"),
        (_filled(text), MAX_FILLED, "table cells that short rows leave out"),
    )


def _cells(text: str) -> int:
    """The cells of all tables; the Markdown step fills a row up to the width of its heading."""
    if "|" not in text:
        return 0
    lines = (part.split("\n") for part in _PARAGRAPHS.split(text) if "|" in part)
    return sum(max(sum(line.count("|") for line in part), _width(part) * len(part)) for part in lines)


def _filled(text: str) -> int:
    """The cells that the Markdown step adds to rows that are shorter than their heading."""
    if "|" not in text:
        return 0
    tables = (part.split("\n") for part in _PARAGRAPHS.split(text) if "|" in part)
    return sum(_lacking(lines, _width(lines)) for lines in tables)


def _lacking(lines: list[str], width: int) -> int:
    return sum(max(width - line.count("|"), 0) for line in lines if line.strip())


def _width(lines: list[str]) -> int:
    """How many columns a table has that these lines make; a heading without a rule below it makes none."""
    ruled = any(line.count("-") and not line.strip(" \t>|:-") for line in lines)
    return max(line.count("|") for line in lines) if ruled else 0
