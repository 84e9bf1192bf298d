"""The sentences of a Markdown text, each with its place and whether a citation stands at it.

What counts as a sentence:

- A sentence ends at `.`, `!`, `?` or `…`, with the quotes, brackets, emphasis and citations that close it, when white
  space and then a capital letter or a digit follow. `Fell [@a]. Then` and `Fell. [@a] Then` are both one cited sentence
  and the next.
- No sentence ends at an abbreviation (`Dr.`, `e.g.`), at one that stands before a number (`no. 5`, `p. 12`), inside a
  number or a date (`3.5`, `10.06.2014`), or at an ellipsis that leaves words out in the middle (` … `).
- Initials and abbreviations that may end a sentence (`J.`, `U.S.`, `a.m.`, `Jr.`) end it only before a word that often
  begins one (`The`, `In`, `He`). Where that stays unclear two sentences count as one: a check should rather miss a
  sentence than blame a whole one.
- An item of a list is a text of its own. Items below a cited sentence that ends in a colon belong to that sentence.
- A row of a table is one sentence; its heading row, headings, rules, pictures and blocks of code are none.

The lists of abbreviations are English; another language loses nothing but their finer judgement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from site_builder.texts import SLOT_CLOSE as FILL
from site_builder.texts import SLOT_OPEN as CITED


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ABBREVIATIONS = _words(
    "dr mr mrs ms st prof gen lt col maj sgt capt cmdr adm gov sen rep rev hon messrs mt ft "
    "e.g i.e cf viz vs approx ca c al ibid ed eds trans "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_BEFORE_NUMBER = _words("no nos nr vol vols p pp para paras art arts ch fig figs sec sect s res doc op")
_MAY_END = _words("jr sr inc ltd co corp bros etc")
_STARTERS = _words(
    "a after although an and another as at because before both but by during each even every few for four from he "
    "her here his how however i if in it its later many meanwhile most no nobody none not of on one only others our "
    "several she since so some that the their there these they this those three through to today two under until "
    "we what when where whether which while who with within you"
)

# Every pattern takes time in proportion to the text, whatever a stranger writes. Those that begin with a sign are found
# many times faster than those that begin with a look at what stands before it, so that comes second.
_CODE = re.compile(r"(?<![`\\])(`++)(?:(?!\n\s*\n)[\s\S]){1,500}?(?<!`)\1(?!`)")
_CITATION = re.compile(r"\[(?<!\\\[)@[^\[\]]+\]")
_TARGET = re.compile(r"\((?<=\]\()[^()\s]*\)")
_PICTURE = re.compile(rf"!\[[^\[\]]*\](?={FILL})")
_QUOTED = re.compile(r"^(?: {0,3}> ?)+", re.MULTILINE)
_LINE = re.compile(
    r"(?P<blank>\s*$)"
    r"|(?P<rule>[\s|:=-]++$)"
    r"|(?P<break>[\s*_]++$)"
    r"|(?P<heading> {0,3}#{1,6}(?:\s|$))"
    r"|(?P<item>\s*(?:[-*+]|[0-9]{1,2}[.)])\s+)"
    r"|(?P<row>\s*\|)"
    r"|(?P<code> {4}|\t)"
    r"|(?P<text>)"
)
_END = re.compile(
    rf"(?P<mark>[.!?…](?<![.!?…].)[.!?…]*+)[\"'”’»›)\]*_{FILL}]*+(?P<cites>(?:[\s{CITED}]*{CITED})?)(?=\s)"
)
_STOPPED = re.compile(rf"[.:!?…][\"'”’»)\]*_{FILL}{CITED}\s]*$")
_NEAR = 60  # what is looked at before and after a stop
_OPENERS = "\"'“‘«‹([*_"
_BEFORE_WORD = re.compile(rf"[\s{re.escape(_OPENERS)}]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is as typed, on one line; `start` is the index of its first character in the whole text."""

    text: str
    start: int
    cited: bool


@lru_cache(maxsize=16)  # several checks ask for the same text one after the other
def sentences(text: str) -> tuple[Sentence, ...]:
    """Every sentence of a Markdown text, in its order."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    masked = mask(text)
    covered = False  # whether the items that follow belong to a cited sentence
    for unit in _units(masked):
        covered = covered and unit.item
        for start, end in _split(masked, unit):
            piece = masked[start:end]
            cited = CITED in piece or covered
            if any(letter.isalpha() for letter in piece):
                first, *rest = text[start:end].split("\n")  # the marks of a quotation stand where a line begins
                words = " ".join([first, *(_QUOTED.sub("", line) for line in rest)])
                yield Sentence(" ".join(words.split()), start, cited)
            covered = cited and (covered or piece.rstrip(f" \n\t{CITED}").endswith(":"))


# What is no prose, what a text with it must have, and the sign it is masked with.
_MASKED = (
    ("`", _CODE, "x"),
    ("[@", _CITATION, CITED),
    ("](", _TARGET, FILL),
    ("![", _PICTURE, FILL),
    (">", _QUOTED, " "),
)


@lru_cache(maxsize=16)
def mask(text: str) -> str:
    """The text in its own length, with no letter or stop in what is no prose: citations, addresses, code."""
    for needed, pattern, sign in _MASKED:
        if needed in text:
            text = pattern.sub(partial(_filled, sign), text)
    return text


def _filled(sign: str, match: re.Match[str]) -> str:
    return sign * len(match[0])


@dataclass(slots=True)
class _Unit:
    """A piece of text in which sentences run on: a paragraph, an item of a list, a row of a table."""

    start: int
    end: int
    row: bool
    item: bool


def _units(masked: str) -> Iterator[_Unit]:
    unit: _Unit | None = None
    table = listed = False
    for kind, start, end in _lines(masked):
        if kind == "item" and unit and not (unit.item or unit.row or _stopped(masked, unit)):
            kind = "text"  # noqa: PLW2901  a hyphen or a number in the middle of a sentence
        if kind == "code":  # or the second line of a paragraph, or the second paragraph of an item
            kind = "text" if unit or listed else "blank"  # noqa: PLW2901
        row = kind == "row" or (kind == "text" and table)
        if kind == "text" and unit and not row:
            unit.end = end
            continue
        if unit and kind != "rule":  # what stands above a rule is a heading, of a table or of a section
            yield unit
        listed = kind == "item" or (listed and (kind == "blank" or masked[start].isspace()))
        table = (kind == "rule" and "|" in masked[start:end]) or (table and row)
        unit = _Unit(start, end, row, listed) if kind in ("text", "item", "row") else None
    if unit:
        yield unit


def _stopped(masked: str, unit: _Unit) -> bool:
    """Whether the last sentence of a unit is over, or leads to a list."""
    return bool(_STOPPED.search(masked, max(unit.start, unit.end - _NEAR), unit.end))


def _lines(masked: str) -> Iterator[tuple[str, int, int]]:
    """The kind of each line, and where its text begins and ends."""
    here = 0
    for line in masked.split("\n"):
        match = _LINE.match(line)
        kind = match.lastgroup if match and match.lastgroup else "text"
        yield kind, here + (match.end() if match and kind == "item" else 0), here + len(line)
        here += len(line) + 1


def _split(masked: str, unit: _Unit) -> Iterator[tuple[int, int]]:
    """Where the sentences of a unit begin and end."""
    start = unit.start
    for match in () if unit.row else _END.finditer(masked, unit.start, unit.end):
        before = masked[max(start, match.start() - _NEAR) : match.start()]
        after = masked[match.end() : min(match.end() + _NEAR, unit.end)]
        if _ends(before, match, after.lstrip()):
            yield _trimmed(masked, start, match.end())
            start = match.end()
    if masked[start : unit.end].strip():
        yield _trimmed(masked, start, unit.end)


def _trimmed(masked: str, start: int, end: int) -> tuple[int, int]:
    return end - len(masked[start:end].lstrip(f" \t\n{FILL}")), end


def _ends(before: str, match: re.Match[str], after: str) -> bool:
    """Whether a sentence ends at a stop, from what stands before and after it."""
    following = after.lstrip(_OPENERS)
    if following[:1].islower() or following.startswith((",", ";", ":", "–", "—", "-")):
        return False
    if match["mark"] in ("...", "…"):
        return not before[-1:].isspace()
    if match["mark"] != "." or match["cites"]:
        return True
    word = _BEFORE_WORD.split(before)[-1]
    plain = word.lower()
    if plain in _ABBREVIATIONS or (plain in _BEFORE_NUMBER and re.match(r"[0-9IVXLC]+\b", following)):
        return False
    initial = word[-1:].isalpha() and (len(word) == 1 or "." in word)
    if initial or plain in _MAY_END:
        return re.split(r"\W", following, maxsplit=1)[0].lower() in _STARTERS
    return True
