"""How text is set: quotation marks of the language, and the direction of scripts that run from right to left.

Authors type `"` and `'`; readers see “ ” and ’. Only what is shown is set so: data and addresses stay as typed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

# Opening and closing double marks, opening and closing single ones. A language that is not here keeps what is typed.
_QUOTES: Mapping[str, str] = {"en": "“”‘’", "de": "„“‚‘", "es": "“”‘’", "it": "“”‘’", "nl": "“”‘’", "pt": "“”‘’"}
_SCRIPTS: Mapping[str, str] = {
    "Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc",
    "Hebr": "\u0590-\u05ff\ufb1d-\ufb4f",
}
_PIECE = re.compile(r"(<code>.*?</code>|<[^>]*>)", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|h[2-6]|li|td|th|pre|blockquote|br)\b")
_TYPED = re.compile("([\"'])")
_DECADE = re.compile(r"'(?=[0-9]{2}s\b)")  # an apostrophe, though a word begins there
_OPENS_AFTER = frozenset(" \t\n\xa0([{—–-/“‘„‚")


@dataclass(frozen=True, slots=True)
class Typography:
    """`scripts`: (ISO 15924 name of a script, language that a run of its letters is in)."""

    language: str = "en"
    scripts: tuple[tuple[str, str], ...] = ()

    def text(self, text: str) -> str:
        """Plain text as HTML."""
        return self._runs(html.escape(self.marks(text)))

    def marks(self, text: str) -> str:
        """Plain text with its quotation marks, as text."""
        return self._quoted(text, " ")[0]

    def html(self, safe: str) -> str:
        """Safe HTML with its text set; code, tags and attributes stay as they are."""
        last, pieces = " ", []
        for piece in _PIECE.split(safe):
            if piece.startswith("<"):
                last = " " if _BLOCK.match(piece) else "x" if piece.startswith("<code") else last
            elif piece:
                quoted, last = self._quoted(piece.replace("&quot;", '"').replace("&#39;", "'"), last)
                pieces.append(self._runs(quoted))
                continue
            pieces.append(piece)
        return "".join(pieces)

    def _quoted(self, text: str, last: str) -> tuple[str, str]:
        """The text with its quotation marks, and its last character. `last`: the character before it."""
        marks = _QUOTES.get(self.language.partition("-")[0])
        if not text or marks is None or ('"' not in text and "'" not in text):
            return text, text[-1:] or last
        pieces: list[str] = []
        for typed in _TYPED.split(_DECADE.sub("’", text)):
            opens = last in _OPENS_AFTER
            piece = typed
            if typed == '"':
                piece = marks[0] if opens else marks[1]
            elif typed == "'":
                piece = marks[2] if opens else "’"
            pieces.append(piece)
            last = piece[-1:] or last
        return "".join(pieces), last

    def _runs(self, text: str) -> str:
        """Runs of a script between tags, marked with their language and direction."""
        for script, language in () if text.isascii() else self.scripts:
            letters = _SCRIPTS.get(script, "")
            if letters and re.search(f"[{letters}]", text):
                run = f"[{letters}]+(?:[ \u060c]+[{letters}]+)*"
                text = re.sub(run, rf'<span lang="{html.escape(language)}" dir="rtl">\g<0></span>', text)
        return text
