"""Markdown to HTML as Python-Markdown makes it, with only what authors were promised."""

from __future__ import annotations

import re
from functools import cache
from string import punctuation
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.blockprocessors import BlockProcessor, BlockQuoteProcessor, HashHeaderProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.util import AtomicString

_PROSE = re.compile(r"[^\W\d_][^\n]*+(?:\n[^\W\d_][^\n]*+)*+")  # lines that begin with letters
# A heading as CommonMark has it: a space parts its sign from its words, and from those that close it.
_HEADING = re.compile(
    r"(?:^|\n)(?P<level>#{1,6})(?=[ \n]|$)"
    r"(?P<header>(?:\\.|[^\\#]|#+(?=[^#\n])|(?<![ #])#+(?=\n|$))*?)(?:(?<= )#+)?(?:\n|$)"
)
_UNUSUAL = ("\n ", "\t", "\r", "\x02", "\x03")
_SINGLE = re.compile(r"(?<!\*)\*(?!\*)|(?<!_)_(?!_)")
_SIGNS = re.compile(r"<[^>]*>|[*_]+")  # what emphasis adds, and what it takes away
_INLINE = ("[", "*", "_", "`", "\\", "  \n")  # what begins mark-up inside a line
_MORE = ("&", "*", "_", "`", "\\", "  ", *_UNUSUAL)  # what there is none of in a plain text
_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\]\(([a-zA-Z0-9:/.#-]+)\)")


def convert(text: str, *, emphasis: bool = True) -> str:
    """HTML, not yet safe; without `emphasis` its signs stay as they are typed.

    Raises RecursionError where lists or quotations are nested too deep.
    """
    return _plain(text) or _any(text, emphasis=emphasis)


def _plain(text: str) -> str:
    """The HTML of paragraphs with plain links and nothing else, as most texts are; "" for any other text.

    It is the same as Python-Markdown makes of them, in a tenth of the time.
    """
    if any(sign in text for sign in _MORE):
        return ""
    blocks = text.strip("\n").split("\n\n")
    linked = [_LINK.sub(r'<a href="\2">\1</a>', block.replace("<", "&lt;").replace(">", "&gt;")) for block in blocks]
    if not all(map(_PROSE.fullmatch, blocks)) or any("[" in block for block in linked):
        return ""
    return "\n".join([f"<p>{block}</p>" for block in linked])


def _any(text: str, *, emphasis: bool) -> str:
    try:
        return _converter(code="`" in text, emphasis=emphasis).reset().convert(text)
    except RecursionError:
        _converter.cache_clear()  # it was left in the middle of its work, which would show in the next text
        raise


def whole(text: str) -> tuple[str, bool]:
    """HTML with all that the text says, and whether the signs of its emphasis had to stay as they are typed.

    Where italic and bold text cross, Python-Markdown (3.11.3) loses letters and links, or leaves a mark of its own.
    """
    shown = convert(text)
    bold = (block for block in text.split("\n\n") if "**" in block or "__" in block)  # no emphasis leaves its block
    if any(map(_SINGLE.search, bold)):
        plain = convert(text, emphasis=False)
        if _SIGNS.sub("", shown) != _SIGNS.sub("", plain):
            return plain, True
    return shown, False


@cache
def _converter(*, code: bool, emphasis: bool) -> markdown.Markdown:
    """One instance of a kind a process: building it costs more than a page.

    `code`: whether there can be any in the text; it is looked for with the slowest of the patterns.
    """
    converter = markdown.Markdown(
        extensions=["tables", "sane_lists"],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )
    converter.ESCAPED_CHARS = list(punctuation)  # as CommonMark has it
    converter.preprocessors.deregister("html_block")
    converter.preprocessors.register(_Lines(converter), "normalize_whitespace", 30)  # in the place of the usual one
    blocks = converter.parser.blockprocessors
    blocks.deregister("reference")
    blocks.register(_Sharps(converter.parser), "hashheader", 70)  # the same
    blocks.register(_Quotes(converter.parser), "quote", 20)  # the same
    blocks.register(_Prose(converter.parser), "prose", 110)  # before all others
    for pattern in ("html", "entity", "autolink", "automail", "reference", "short_reference"):
        converter.inlinePatterns.deregister(pattern)
    unused = [*(() if code else ("backtick",)), *(() if emphasis else ("em_strong",))]
    for pattern in ("image_reference", "short_image_ref", *unused):
        converter.inlinePatterns.deregister(pattern)
    return converter


class _Lines(NormalizeWhitespace):
    """The lines of a text, most of which have no white space that could be written otherwise."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return super().run(lines) if any(sign in text for sign in _UNUSUAL) else [*lines, "", ""]


class _Sharps(HashHeaderProcessor):
    RE = _HEADING


class _Quotes(BlockQuoteProcessor):
    """An empty line ends a quotation, as in CommonMark: what comes next may be somebody else's."""

    def lastChild(self, parent: Element) -> Element | None:  # noqa: N802  a name of the package
        del parent
        return None  # so that none is there for it to go on with


class _Prose(BlockProcessor):
    """A paragraph whose lines begin with letters: no other processor takes it, so none has to look."""

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return bool(_PROSE.fullmatch(block)) and not self.parser.state.isstate("list")

    def run(self, parent: Element, blocks: list[str]) -> None:
        text = blocks.pop(0)
        plain = not any(sign in text for sign in _INLINE)
        SubElement(parent, "p").text = AtomicString(text) if plain else text
