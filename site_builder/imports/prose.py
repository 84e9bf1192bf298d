"""Texts of other tools as Markdown: what is said stays, with its emphasis, lists and tables; what acts goes."""

from __future__ import annotations

import html
import re

from site_builder.imports.hypertext import from_html
from site_builder.imports.tags import BLOCKS, MARKS, MEDIA, TAG, UNREAD, attributes, escaped, linked


def has_markup(text: str) -> bool:
    return TAG.search(text) is not None


def words(text: str) -> str:
    """The words of a line that may have tags, on one line, as plain text."""
    parted = TAG.sub(lambda tag: " " if (tag["name"] or "br").lower() in BLOCKS | {"br"} else "", text)
    return " ".join(html.unescape(parted).split())


def from_plain(text: str) -> str:
    """Plain text as Markdown: empty lines part paragraphs, other line ends stay."""
    paragraphs = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = ([line.strip() for line in part.split("\n") if line.strip()] for part in paragraphs)
    return "\n\n".join("  \n".join(escaped(line) for line in part) for part in lines if part)


def from_any(text: str) -> str:
    """A text of which nobody has said what it is: HTML if it has a tag, else plain."""
    return from_html(text) if has_markup(text) else from_plain(text)


def acts(text: str) -> bool:
    """Whether a text has something that is not read at all: a script, a style."""
    return any((tag["name"] or "").lower() in UNREAD for tag in TAG.finditer(text))


def tidied(text: str) -> str:
    """Markdown whose tags are Markdown too; what shows code, and tags that are not known, stay as they are."""
    if "`" in text or not has_markup(text):
        return text
    words: list[str] = []
    anchors: list[tuple[str, int]] = []
    here = silent = 0
    for tag in TAG.finditer(text):
        if not silent:
            words.append(text[here : tag.start()])
        here = tag.end()
        name, close = (tag["name"] or "").lower(), bool(tag["close"])
        if name in UNREAD:
            silent = max(0, silent + (-1 if close else 1))
        elif not silent:
            _tidy(name, close, tag, words, anchors)
    return "".join([*words, "" if silent else text[here:]])


def _tidy(name: str, close: bool, tag: re.Match[str], words: list[str], anchors: list[tuple[str, int]]) -> None:
    if name in MARKS:
        words.append(MARKS[name])
    elif name == "br":
        words.append("  \n")
    elif name == "a" and not close:
        anchors.append((attributes(tag["rest"]).get("href", ""), len(words)))
    elif name == "a" and anchors:
        address, start = anchors.pop()
        said = "".join(words[start:])
        words[start:] = [linked(address, said) if address else said]
    elif name in MEDIA and not close and (source := attributes(tag["rest"]).get("src")):
        words.append(("!" if name == "img" else "") + linked(source, attributes(tag["rest"]).get("alt", "")))
    elif name in ("p", "div"):
        words.append("\n\n" if close else "")
    elif name and name not in ("span", "u", "small", "sub", "sup", "font", "center", *MEDIA):
        words.append(tag[0])
