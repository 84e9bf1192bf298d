"""Lines that may be meant as an item of a list, a row, a heading or text, and that Markdown takes for something else.

The kinds are those of `layout.laid_out`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from site_builder.texts import SLOT_OPEN

BULLETS = "•◦‣⁃∙▪▫■□●○◆◇►➢➤✓✔·\uf0a7\uf0b7\uf0d8"  # the last ones: of the Symbol and Wingdings fonts
DASHES = "–—−‐‑"

_KINDS = (  # what a line begins with; whether one line alone says what is meant
    ("row", re.compile(r" *\|"), True),
    ("bullet", re.compile(rf" *(?:[{BULLETS}]|o {{2,}})\s*\S"), True),
    ("bullet", re.compile(rf" *[{DASHES}]\s+\S"), False),
    ("close", re.compile(r" *(?:(?:-|[0-9]{1,2}[.)])[^\W\d_]|\*[^\W\d_][^*]*$)"), False),
    ("sharp", re.compile(r"#{1,6}[^\W\d_]"), True),
    ("letters", re.compile(r" *(?:\([0-9a-z]{1,2}\)|[a-z]\)|[a-z]\.|[ivx]{2,4}[.)]) +\S"), False),
)
# With a citation, or long enough.
_SENTENCE = re.compile(rf" *[^\W\d_]+(?: [^\n]*{SLOT_OPEN}|(?:[ ,'’-]+[^\W_]+){{5}})")


def kinds(line: str, below: str) -> Iterator[tuple[str, bool]]:
    """What a line may be meant as, and whether that is likely; `below`: the next line."""
    for kind, pattern, alone in _KINDS:
        if pattern.match(line):
            yield kind, alone or bool(pattern.match(below))


def sentence(line: str) -> bool:
    """Whether a line of code is text."""
    return bool(_SENTENCE.match(line))


def sheets(text: str) -> Iterator[int]:
    """The first of several lines with words that tabs part, as a spreadsheet gives them."""
    parted = [_parted(line) for line in text.split("\n")] if "\t" in text else []
    for n, both in enumerate(map(all, pairwise(parted))):
        if both and not (n and parted[n - 1]):
            yield n + 1


def _parted(line: str) -> bool:
    """Whether a tab stands behind more than the sign of an item."""
    words, _, more = line.strip(" \t>").partition("\t")
    return bool(more) and len(words) > 1 and (len(words) > 3 or words.isalpha())
