r"""The text that LaTeX would set: accents, signs and quotation marks as Unicode, groups and emphasis without marks.

One pass in time proportional to the text. A command that is not known here stays as it was typed: nothing is run, and
nothing is lost.
"""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_SIGNS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ", "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~",
    "textasciicircum": "^", "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’",
    "textquotedblleft": "“", "textquotedblright": "”", "guillemotleft": "«", "guillemotright": "»", "dots": "…",
    "ldots": "…", "textellipsis": "…", "textdollar": "$", "textunderscore": "_", "textbar": "|", "textless": "<",
    "textgreater": ">", "textdegree": "°", "textregistered": "®", "texttrademark": "™", "copyright": "©",
    "pounds": "£", "texteuro": "€", "euro": "€", "S": "§", "P": "¶", "dag": "†", "LaTeX": "LaTeX", "TeX": "TeX",
    "BibTeX": "BibTeX", "newline": " ", "par": " ", "quad": " ", "textquotesingle": "'",
}  # fmt: skip
_SILENT = frozenset({
    *("emph", "textit", "textbf", "textsc", "textrm", "textsf", "texttt", "textup", "textmd", "textnormal"),
    *("textsuperscript", "textsubscript", "mbox", "hbox", "url", "href", "em", "it", "bf", "sc", "rm", "sf", "tt"),
    *("itshape", "bfseries", "scshape", "noopsort", "relax"),
})  # fmt: skip
RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")  # an exponent on the line would be another number
_RAISED = re.compile(r"\\textsuperscript\s*\{([0-9+−-]+)\}")
_JOINED = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\u00a0", "{": "", "}": ""}
_TOKEN = re.compile(
    r"(?P<address>https?://(?:[^\s{}\\]|\\[_%&#$]|\\text[a-z]{1,16}\{\})+)"
    r"|\\(?P<accent>[\"'`^~=.]|[uvHcdbkr](?![A-Za-z]))\s*(?:\{\s*(?P<group>\\?[^\W\d_])?\s*\}|(?P<letter>\\[ij](?![A-Za-z])|[^\W\d_]))"
    r"|\\(?P<command>[A-Za-z]+)(?:\{\}|[ \t\n]*)"
    r"|\\(?P<sign>[^A-Za-z])"
    r"|(?P<joined>---|--|``|''|[~{}])"
)


def decode(text: str) -> str:
    """The text on one line, its spaces single.

    >>> decode(r"{\\'E}tat \\& {The}  Gazette -- no.~1")
    'État & The Gazette – no.\\xa01'
    """
    text = _RAISED.sub(lambda figure: figure[1].translate(RAISED), text)
    plain = _TOKEN.sub(_plain, text) if re.search(r"[\\{}~]|--|``|''", text) else text
    return re.sub(r"[ \t\r\n]+", " ", plain).strip()


def address(text: str) -> str:
    """An address, in which only what must be escaped for LaTeX is."""
    text = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", text.strip())
    return re.sub(r"\\([_%&#$~{}])|[{}\n]", lambda match: match[1] or "", text).strip()


def _plain(token: re.Match[str]) -> str:
    if token["address"]:
        return re.sub(r"\\(?:text([a-z]+)\{\}|(.))", lambda it: _SIGNS.get(f"text{it[1]}", it[2] or it[0]), token[0])
    if token["accent"]:
        letter = (token["group"] or token["letter"] or "").lstrip("\\")
        return unicodedata.normalize("NFC", letter + _ACCENTS[token["accent"]]) if letter else ""
    if command := token["command"]:
        if command in _SIGNS:
            return _SIGNS[command]
        return "" if command in _SILENT else token[0]
    if token["sign"]:
        return {"\\": " ", "-": "", "/": "", ",": "\u202f", "\n": " "}.get(token["sign"], token["sign"])
    return _JOINED[token["joined"]]
