"""Lists and tables where most writers of Markdown see them, laid out as Python-Markdown wants them.

CommonMark and GitHub let a list or a table begin right below a line of text, and nest what is indented by two or three
spaces; Python-Markdown wants an empty line and four. What CommonMark itself would tear out of honest prose stays
there: a line that begins with a year, or with a hyphen in the middle of a sentence. What an author may have meant as a
list or a table, and is none, is told with its line. Time and room are in proportion to the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from site_builder import meant, rows
from site_builder.limits import MAX_NESTING
from site_builder.texts import SLOT_CLOSE, SLOT_OPEN

# What there is anything to do about has one of these, or a bar.
_WANTED = re.compile(
    rf"\n(?: {{4}}|\t|[ \t>]*(?:[-+*{meant.BULLETS}{meant.DASHES}]|o\t|#|```|~~~|\(?(?:[0-9]{{1,9}}|[a-z])[.)]))"
)
_ITEM = re.compile(r"( *)([-*+]|[0-9]{1,9}[.)])(?: +(?=\S)| *$)")
_RULE = re.compile(r" *(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})")
_HEADING = re.compile(r"#{1,6}(?: |$)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_UNDERLINE = re.compile(r"(?:=+|-+) *")
_QUOTE = re.compile(r" {0,3}> ?")
_STOPPED = re.compile(rf"[.:!?…][\"'”’»)\]*_ ]*(?:{SLOT_OPEN}[0-9]*{SLOT_CLOSE}[ .:]*)*$")
# The months of languages that put a stop behind the day: `10. Juni`. (`3. Marines landed` is an item.)
_MONTHS = (
    "jan januar januara feb februar februara mar mär märz mars mart marts marec marca apr april aprila mai maj maja "
    "jun juni juna junij junija jul juli jula julij julija aug august augusta avgust avgusta sep sept september "
    "septembra okt oktober oktobra nov november novembra dec des dez december desember dezember decembra"
)
_MONTH = re.compile(rf"(?i:{'|'.join(_MONTHS.split())})\b")
_TAIL = 300  # characters of a line's end that are looked at for a stop
_AHEAD = 20  # lines in which a second item is looked for
_LONG_NUMBER = 100  # an item has a lower number, or stands beside its neighbour


def laid_out(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The text, and what may be meant as a list or a table and is none, as (line, kind).

    `item`: an item in the middle of a sentence; `bullet`, `close`, `letters`: items with signs that begin none; `row`:
    a row of no table; `cells`: a row with more cells than its heading has; `sharp`: no heading; `fence`: no code;
    `code`: a sentence that is code; `tabs`: rows of a spreadsheet.
    """
    if not ("|" in text or "\t" in text or _WANTED.search(f"\n{text}")):
        return text, ()
    layout = _Layout(text.expandtabs(4).split("\n"))
    layout.run()
    return "\n".join(layout.out), (*layout.odd, *((line, "tabs") for line in meant.sheets(text)))


@dataclass(frozen=True, slots=True)
class _Item:
    """The last item of a list that is open: the column of its sign, and its number (-1: none)."""

    indent: int
    number: int


@dataclass(slots=True)
class _Layout:
    """The lines of a text, or of a quotation in one, while they are laid out."""

    lines: list[str]
    first: int = 1  # the number of the first line
    level: int = 0  # how many quotations it stands in
    out: list[str] = field(default_factory=list)
    odd: list[tuple[int, str]] = field(default_factory=list)
    items: list[_Item] = field(default_factory=list)  # those that are open, each inside the one before it
    fresh: bool = True  # nothing stands right above that a text could go on from
    depth: int = -1  # of the item that the lines since the last empty one begin with; -1: they begin with text
    cells: int = 0  # of the heading of the table that is open
    bare: bool = False  # whether that has no bar at its ends
    margin: str = ""  # what the table is indented by
    code: bool = False  # whether the line above is code
    told: dict[str, int] = field(default_factory=dict)  # of each kind, the last line that it was told of

    def run(self) -> None:
        n = 0
        while n < len(self.lines):
            inside = self.items and self.lines[n].startswith("  ")
            inside = inside or self.level > MAX_NESTING
            quoted = 0 if inside else self._quoted(n)
            if quoted:
                self._quotation(n, quoted)
            else:
                self._line(n, self.lines[n])
            n += quoted or 1

    def _quoted(self, n: int) -> int:
        """How many lines from here on are those of a quotation."""
        end = n
        while end < len(self.lines) and _QUOTE.match(self.lines[end]):
            end += 1
        return end - n

    def _quotation(self, n: int, count: int) -> None:
        if self.cells or self.items:
            self._part()
        inner = [_QUOTE.sub("", line, count=1) for line in self.lines[n : n + count]]
        quotation = _Layout(inner, self.first + n, self.level + 1)
        quotation.run()
        self.out += [f"> {line}" for line in quotation.out]
        self.odd += quotation.odd
        self.items, self.fresh, self.depth = [], False, -1

    def _line(self, n: int, line: str) -> None:
        if not line.strip():
            self.out.append(line)
            self.fresh, self.cells, self.depth = True, 0, -1
        elif self._ends(line):
            if self.items or self.cells:
                self._part()
            self.out.append(line)
            self.items, self.fresh = [], True
        elif not self._item(n, line):
            self._text(n, line)

    def _below(self, n: int) -> str:
        return self.lines[n + 1] if n + 1 < len(self.lines) else ""

    def _ends(self, line: str) -> bool:
        """Whether this is a heading or a rule, which no text and no list goes on behind."""
        underlines = not (self.fresh or self.items or self.cells) and _UNDERLINE.fullmatch(line)
        return bool(underlines or _HEADING.match(line) or _RULE.fullmatch(line))

    def _part(self) -> None:
        """An empty line, unless there is one."""
        if not self.fresh:
            self.out.append("")
        self.fresh, self.cells, self.depth = True, 0, -1

    def _around(self, indent: int) -> int:
        """How many of the open items a line with this indentation is inside of."""
        return sum(indent >= item.indent + 2 for item in self.items)

    def _tell(self, n: int, kind: str) -> None:
        """Say it of the first of several lines."""
        if self.told.get(kind) != n - 1:
            self.odd.append((self.first + n, kind))
        self.told[kind] = n

    # -- Lists

    def _item(self, n: int, line: str) -> bool:
        """Take a line as an item, if it is one."""
        match = _ITEM.match(line)
        if not match or (self.cells and "|" in line) or self._far(len(match[1])):
            return False
        indent, sign = len(match[1]), match[2]
        number = int(sign[:-1]) if len(sign) > 1 else -1
        words = line[match.end() :]
        if not (self.items or self.fresh or self.cells or (words and self._begins(n, number))):
            return False
        depth = self._around(indent)
        before = self.items[depth] if depth < len(self.items) else None
        other = before is not None and (before.number < 0) is not (number < 0)
        dated = number >= _LONG_NUMBER or (number > 0 and _MONTH.match(words))
        if dated and not (before and before.number + 1 == number) and not self._another(n, number):
            return self._date(line, match)
        if other and not self.fresh and number > 1:
            return False
        if self.depth < 0 or depth < self.depth or other:
            self._part()
        self._take(depth, _Item(indent, number), sign.replace(")", ".") + (line[match.end(2) :] if words else " "))
        return True

    def _take(self, depth: int, item: _Item, line: str) -> None:
        self.depth = depth if self.fresh else self.depth
        self.items[depth:] = [item]
        self.out.append(" " * 4 * depth + line)
        self.fresh, self.cells = False, 0

    def _far(self, indent: int) -> bool:
        """Whether it is indented so far that it is code, or goes on with what stands above."""
        return indent >= (self.items[-1].indent + 8 if self.items else 4)

    def _begins(self, n: int, number: int) -> bool:
        """Whether an item right below a line of text begins a list, and is no line of a sentence."""
        more = self._another(n, number)
        above = self.lines[n - 1]
        if number in (-1, 1) and (more or _QUOTE.match(above) or _STOPPED.search(above[-_TAIL:])):
            return True
        if more or number < 0:
            self._tell(n, "item")
        return False

    def _another(self, n: int, number: int) -> bool:
        """Whether an item beside or inside this one stands below, before the next empty line."""
        wanted = {str(number), str(number + 1)} if number >= 0 else {""}
        inside = _indent(self.lines[n]) + 2
        for line in self.lines[n + 1 : n + 1 + _AHEAD]:
            if not line.strip():
                break
            if (item := _ITEM.match(line)) and (item[2][:-1] in wanted or len(item[1]) >= inside):
                return True
        return False

    def _date(self, line: str, match: re.Match[str]) -> bool:
        """A line that begins with a year or a day and a stop, kept from being taken for an item."""
        if match[2].endswith(")"):
            return False
        stop = match.end(2) - 1
        self._plain(f"{line[:stop]}\\{line[stop:]}")
        return True

    # -- Tables and text

    def _text(self, n: int, line: str) -> None:
        if not self.cells and rows.heads(line, self._below(n)) and not self._far(_indent(line)):
            self.items = self.items[: self._around(_indent(line))]
            self._part()
            self.cells, self.bare, self.margin = (
                rows.cells(line),
                not rows.barred(line.strip(" ")),
                " " * 4 * len(self.items),
            )
        if self.cells:
            self._row(n, line)
            return
        if rows.rules(line):  # Python-Markdown may count its cells otherwise, and lose those of the rows
            self._tell(n, "row")
            line = line.replace("|", "\\|")
        self.code = self._far(_indent(line)) and (self.fresh or self.code)
        if not self.code:
            self._strange(n, line)
        elif self.fresh and meant.sentence(line):
            self._tell(n, "code")
        self._plain(line)

    def _plain(self, line: str) -> None:
        """A line of text, indented as the item wants it that it belongs to."""
        if self.fresh and not self.code:
            self.items = self.items[: self._around(_indent(line))]
            line = " " * 4 * len(self.items) + line.lstrip(" ") if self.items else line
        self.out.append(line)
        self.fresh = False

    def _row(self, n: int, line: str) -> None:
        line = line.strip(" ")
        if rows.cells(line) > self.cells:
            self.odd.append((self.first + n, "cells"))
        # Where the heading has no bars at its ends, Python-Markdown takes those of other rows for empty cells.
        self.out.append(self.margin + (rows.unbarred(line) if self.bare else line))
        self.fresh = False

    def _strange(self, n: int, line: str) -> None:
        """Tell of what readers will see in one paragraph, or with the signs that stand there."""
        if _FENCE.match(line) and self.told.pop("fence", None) is None:  # not of its end
            self._tell(n, "fence")
        for kind, likely in meant.kinds(line, self._below(n)):
            if likely or self.told.get(kind) == n - 1:
                self._tell(n, kind)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
