"""The rows of tables in Markdown: how many cells one has, and whether it is the heading of a table."""

from __future__ import annotations

import re

_RULE = re.compile(r" *\|?(?: *:?-+:? *\|)*(?: *:?-+:? *)?")
_SIGN = re.compile(r"\\.|(?<!`)(`++)(?:(?!\1).)*+\1|(\|)")
_END = re.compile(r"(?<!\\)(?:\\\\)*\|$")


def cells(row: str) -> int:
    """How many cells a row has; a bar in code, and one behind a stroke, parts none."""
    row = row.strip(" ")
    bars = [match.start(2) for match in _SIGN.finditer(row) if match[2]]
    return 1 + len(bars) - (0 in bars) - (len(row) > 1 and len(row) - 1 in bars)


def barred(row: str) -> bool:
    """Whether there is a bar at an end of it."""
    return row.startswith("|") or bool(_END.search(row))


def unbarred(row: str) -> str:
    """The row without the bars at its ends."""
    row = row.removeprefix("|")
    return row[:-1] if _END.search(row) else row


def rules(line: str) -> bool:
    """Whether a line parts a heading from the rows below it."""
    return "|" in line and "-" in line and bool(_RULE.fullmatch(line))


def heads(line: str, below: str) -> bool:
    """Whether a line is the heading of a table: below it stands a rule of as many cells."""
    return "|" in line and rules(below) and cells(line) == cells(below)
