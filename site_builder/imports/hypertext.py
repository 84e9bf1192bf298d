"""HTML as Markdown, in one pass over the tags, in time proportional to the text; what is no tag is text.

Links are given to the caller, since entries cite their sources instead of linking to them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.imports.tags import BLOCKS, MARKS, MEDIA, SPECIAL, TAG, UNREAD, Link, attributes, line_starts, linked


def from_html(text: str, link: Link = linked) -> str:
    """HTML, whole or in pieces, as Markdown; text between its tags keeps paragraphs that empty lines part."""
    writer = _Writer(link)
    here = 0
    for tag in TAG.finditer(text):
        writer.text(text[here : tag.start()])
        here = tag.end()
        if tag["name"]:
            writer.tag(tag["name"].lower(), bool(tag["close"]), tag["rest"])
    writer.text(text[here:])
    return writer.finish()


@dataclass(slots=True)
class _List:
    ordered: bool
    number: int = 1
    loose: bool = False
    started: bool = False
    marker: str = ""  # of the item that has begun and has no text yet


@dataclass(slots=True, eq=False)
class _Quotation:
    mark: str = "> "


@dataclass(slots=True)
class _Writer:
    link: Link
    # Each block, whether it follows without an empty line, and what it stands in.
    blocks: list[tuple[str, bool, list[_List | _Quotation]]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    quotes: list[_List | _Quotation] = field(default_factory=list)  # the lists and quotations that are open
    anchors: list[tuple[dict[str, str], int]] = field(default_factory=list)  # the links that are open, first word
    heading: int = 0
    code: int = -1  # where the words of code begin
    verbatim: bool = False
    silent: int = 0
    rows: list[list[str]] | None = None
    cell: bool = False  # whether a cell of a table is open
    aligned: list[str] = field(default_factory=list)

    # -- Text

    def text(self, text: str) -> None:
        if self.silent or not text:
            return
        text = html.unescape(text)
        if self.verbatim or self.code >= 0:
            self.words.append(text)
            return
        if self.rows is not None and not self.cell and not text.strip():
            return
        for n, part in enumerate(re.split(r"\n[ \t]*\n", text.replace("\r", ""))):
            if n:
                self.flush()
            spaced = re.sub(r"[ \t\n]+", " ", part)
            self.words.append(SPECIAL.sub(lambda sign: "&amp;" if sign[0] == "&" else f"\\{sign[0]}", spaced))

    def flush(self) -> None:
        """The words so far as a block."""
        joined = "".join(self.words)
        self.words, self.anchors, self.code = [], [], -1
        lines = [line.strip() for line in joined.strip().split("\n")] if not self.verbatim else []
        if self.verbatim:
            self._block("\n".join(f"    {line}" for line in joined.strip("\n").split("\n")))
        elif any(lines):
            text = "  \n".join(line for line in lines if line)
            self._block(
                "#" * self.heading + (" " if self.heading else "") + (text if self.heading else line_starts(text))
            )

    def _block(self, text: str) -> None:
        first, rest = "", ""
        lists = [part for part in self.quotes if isinstance(part, _List)]
        begun = next((items for items in reversed(lists) if items.started), None)
        # What goes on with an item is parted from it by an empty line, and so must be the item after that.
        begins = any(items.marker for items in lists) or text.startswith(("#", "* * *"))
        if begun and not begins:
            begun.loose = True
        tight = begun is not None and not begun.loose
        for part in self.quotes:
            first += part.mark if isinstance(part, _Quotation) else f"{part.marker} ".ljust(4)
            rest += part.mark if isinstance(part, _Quotation) else "    "
        for items in lists:
            items.started, items.marker = True, ""
        lines = text.split("\n")
        block = "\n".join(
            [first + lines[0], *((rest + line).rstrip() if not line else rest + line for line in lines[1:])]
        )
        self.blocks.append((block, tight, self.quotes[:]))

    def finish(self) -> str:
        self.flush()
        text = ""
        above: list[_List | _Quotation] = []
        for block, tight, parts in self.blocks:
            shared = [part for part, other in zip(parts, above, strict=False) if part is other]
            above = parts
            empty = "".join([part.mark if isinstance(part, _Quotation) else "    " for part in shared]).rstrip()
            text += ("\n" if tight else f"\n{empty}\n") + block if text else block
        return text

    # -- Tags

    def tag(self, name: str, close: bool, rest: str) -> None:
        if name in UNREAD:
            self.silent = max(0, self.silent + (-1 if close else 0 if rest.endswith("/") else 1))
        elif not self.silent:
            self._inline(name, close, rest) if name not in BLOCKS else self._structure(name, close, rest)

    def _inline(self, name: str, close: bool, rest: str) -> None:
        if name in MARKS and not self.verbatim:
            self.words.append(MARKS[name])
        elif name == "br":
            self.words.append("\n")
        elif name == "code" and not self.verbatim:
            self._code(close)
        elif name == "a":
            self._anchor(close, rest)
        elif name in MEDIA and not close:
            given = attributes(rest)
            if given.get("src"):
                mark = "!" if name == "img" else ""
                self.words.append(mark + self._linked(given["src"], _plain(given.get("alt", "")), given))

    def _code(self, close: bool) -> None:
        if not close:
            self.code = len(self.words)
        elif self.code >= 0:
            text = "".join(self.words[self.code :])
            fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
            space = " " if "`" in text else ""
            self.words[self.code :] = [f"{fence}{space}{text}{space}{fence}"] if text else []
            self.code = -1

    def _anchor(self, close: bool, rest: str) -> None:
        if not close:
            self.anchors.append((attributes(rest), len(self.words)))
        elif self.anchors:
            given, start = self.anchors.pop()
            words = "".join(self.words[start:])
            self.words[start:] = [self._linked(given["href"], words, given) if given.get("href") else words]

    def _linked(self, address: str, words: str, given: Mapping[str, str]) -> str:
        """A link or a picture, with the title that it has."""
        text, title = self.link(address, words), " ".join(given.get("title", "").split())
        title = re.sub(r"&(?=#?\w+;)", "&amp;", title).replace('"', "&quot;")
        return f'{text[:-1]} "{title}")' if title and text.endswith(")") else text

    def _structure(self, name: str, close: bool, rest: str) -> None:
        if name in ("table", "tr", "td", "th", "thead", "tbody"):
            self._table(name, close, rest)
            return
        if name == "p" and not close and self.quotes and isinstance(self.quotes[-1], _List) and self.quotes[-1].marker:
            self.quotes[-1].loose = True
        self.flush()
        if name == "pre":
            self.verbatim = not close
        elif re.fullmatch("h[1-6]", name):
            self.heading = 0 if close else int(name[1])
        elif name == "blockquote":
            self._quote(_Quotation(), close)
        elif name in ("ul", "ol"):
            start = attributes(rest).get("start", "1")
            self._quote(_List(name == "ol", int(start) if start.isdigit() else 1), close)
        elif name == "li" and not close:
            self._item()
        elif name == "hr":
            self._block("* * *")

    def _quote(self, part: _List | _Quotation, close: bool) -> None:
        if not close:
            if len(self.quotes) < 12:
                self.quotes.append(part)
        elif self.quotes and isinstance(self.quotes[-1], type(part)):
            self.quotes.pop()

    def _item(self) -> None:
        if not (self.quotes and isinstance(self.quotes[-1], _List)):
            return
        items = self.quotes[-1]
        items.marker = f"{items.number}." if items.ordered else "-"
        items.number += 1

    def _table(self, name: str, close: bool, rest: str) -> None:
        if name == "table":
            self.flush() if not close else self._end_of_table()
            self.rows = None if close else []
            self.aligned = []
        elif self.rows is not None and name == "tr" and not close:
            self.rows.append([])
        elif self.rows and name in ("td", "th"):
            self.cell = not close
            if not close:
                self.words = []
                if len(self.rows) == 1:
                    given = attributes(rest)
                    self.aligned.append(given.get("align") or given.get("class", "").removeprefix("align-"))
                return
            self.rows[-1].append(" ".join("".join(self.words).replace("|", "\\|").split()))
            self.words = []

    def _end_of_table(self) -> None:
        rows = [row for row in self.rows or [] if row]
        if rows:
            marks = {"left": ":--", "right": "--:", "center": ":-:"}
            rule = [marks.get(align, "---") for align in self.aligned]
            lines = (f"| {' | '.join(row)} |" for row in (rows[0], rule, *rows[1:]))
            self._block("\n".join(lines))


def _plain(text: str) -> str:
    return SPECIAL.sub(lambda sign: f"\\{sign[0]}", text)
