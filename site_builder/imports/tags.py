"""The pieces that texts of other tools are made of: tags of HTML, and signs that Markdown would take for its own."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

# The address and the words of a link to the Markdown for it.
Link = Callable[[str, str], str]

TAG = re.compile(r"<!--[^<>]*-->|<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<rest>(?=[\s/>])[^<>]*)>")
_HREF = re.compile(
    r"\b(?P<name>href|src|alt|title|align|class|start)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))",
    re.IGNORECASE,
)
SPECIAL = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_LINE = re.compile(r"^(\s*)(?:([#>+|=-])|([0-9]+)([.)]))", re.MULTILINE)
MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
BLOCKS = frozenset({
    *("p", "div", "section", "article", "header", "footer", "figure", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("blockquote", "ul", "ol", "li", "pre", "table", "tr", "td", "th", "hr", "dl", "dt", "dd", "thead", "tbody"),
})  # fmt: skip
MEDIA = ("img", "iframe", "embed", "video", "audio", "source")
UNREAD = frozenset({"script", "style", "template", "noscript", "object", "svg", "math"})


def escaped(text: str) -> str:
    """Plain text so that Markdown shows it as it is."""
    text = SPECIAL.sub(lambda sign: "&amp;" if sign[0] == "&" else f"\\{sign[0]}", text)
    return _LINE.sub(lambda at: f"{at[1]}\\{at[2]}" if at[2] else f"{at[1]}{at[3]}\\{at[4]}", text)


def line_starts(text: str) -> str:
    return _LINE.sub(lambda at: f"{at[1]}\\{at[2]}" if at[2] else f"{at[1]}{at[3]}\\{at[4]}", text)


def linked(address: str, words: str) -> str:
    """A link in Markdown, whatever its address."""
    safe = re.sub(r"[\s<>()\\\"]", lambda sign: f"%{ord(sign[0]):02X}", address)
    return f"[{words.strip() or escaped(address)}]({safe})"


def attributes(rest: str) -> dict[str, str]:
    return {
        match["name"].lower(): html.unescape(match["double"] or match["single"] or match["bare"] or "").strip()
        for match in _HREF.finditer(rest)
    }
