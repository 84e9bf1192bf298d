"""Mark-up in fields, whose words readers see as they are typed: Markdown is read in the texts alone.

What is plainly none is left alone: a star behind a number, the sign of an Arabic letter in a name (`Abd, Mas`ud), an
honest < or &. Every pattern takes time in proportion to the field.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

from site_builder.diagnostics import Diagnostic, check
from site_builder.documents import Document
from site_builder.yamltext import Path

_NAMES = {
    *("title", "subtitle", "label", "summary", "description", "note", "date_note", "date_display", "grade_reason"),
    *("content_note", "caption", "credit", "alt", "statement", "definition", "term", "name", "name_used"),
    *("container-title", "publisher", "locator"),
}
_ELEMENTS = (
    "a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|q|s|small|span|strike|"
    "strong|sub|sup|u|ul"
)
_SIGNS = re.compile(r"[*_`\[<&~\\#]")  # most fields have none of these
_MARKED = re.compile(
    "|".join(
        (
            r"(?<![\w*\\])(?P<stars>\*{1,3})(?![\s*)\].,;:])[^*\n]{1,500}(?<![\s*(\[])(?P=stars)(?![\w*])",
            r"(?<![\w\\])(?P<lines>_{1,3})(?![\W_])[^_\n]{1,500}(?<![\s_])(?P=lines)(?!\w)",
            r"(?<![\w`])`(?![\s`])[^`\n]{1,500}(?<!\s)`(?![\w`])",
            r"~~[^~\n]{1,500}~~",
            r"!?\[[^\[\]\n]{0,500}\]\([^()\s]{0,500}\)",
            r"\[(?:-?@|\^)[^\[\]\n]{1,500}\]|\[\[[^\[\]\n]{1,500}\]\]",
            rf"(?i:</?(?:{_ELEMENTS})(?:\s[^<>\n]{{0,500}})?/?>)|<!--",
            r"\\[*_`\[\]<>#&~]",
            r"\A#{1,6} ",
        )
    )
)
_REFERENCE = re.compile(r"&(?:[a-zA-Z]{2,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_HINT = "delete the signs: mark-up and citations are read only in the text below the fields of an entry, phase or page"


def marked(text: str) -> str:
    """What is meant as mark-up in a field, "" if nothing is."""
    if not _SIGNS.search(text):
        return ""
    found = _MARKED.search(text) or next((sign for sign in _REFERENCE.finditer(text) if _means(sign[0])), None)
    return found[0].strip() if found else ""


def _means(reference: str) -> bool:
    """Whether HTML knows this character reference: `&T;` is none."""
    return not html.unescape(reference).endswith(";") or reference == "&semi;"


def of_record(document: Document, at: Path) -> Iterator[Diagnostic]:
    """Each field with mark-up in it, of the record that stands at `at`."""
    fields: Any = document.fields
    fields = fields.get("", fields) if at else fields
    for step in at:
        fields = fields[step]
    for path, text in _texts(fields, at):
        if typed := marked(text):
            message = f"readers see `{typed[:60]}` as it is typed: `{path[-1]}` is plain text"
            hint = f"type the sign itself: {html.unescape(typed)}" if typed.startswith("&") else _HINT
            yield check(document.at(path), "shown-as-typed", message, hint)


def _texts(fields: Any, at: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(fields, Mapping):
        for name, value in fields.items():
            if isinstance(value, str):
                if name in _NAMES:
                    yield (*at, name), value
            elif value and not str(name).startswith("x_"):
                yield from _texts(value, (*at, name))
    elif isinstance(fields, list | tuple):
        for n, value in enumerate(fields):
            if not isinstance(value, str):
                yield from _texts(value, (*at, n))
