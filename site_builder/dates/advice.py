"""What to tell the author of a text that is not EDTF: what was found, why it cannot be, what to write.

The ways in which dates come to be written otherwise are in `habits`; what is proposed for them reaches
the author only after the parser has accepted it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from site_builder.dates.habits import explain
from site_builder.dates.numbers import Proposal
from site_builder.dates.points import DateError

Refusal = Callable[[str], DateError | None]
_SHAPES = "write 2014, 2014-06 or 2014-06-10; docs/dates.md shows ranges, doubts and dates known in part"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"\u00a0": " ", "…": ".."} | dict.fromkeys("“”„«»‘’"))


def shown(text: str) -> str:
    """The text in quotation marks, with everything that cannot be seen written as an escape."""
    visible = (sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
    return f"“{''.join(visible)}”"


def advise(text: str, refusal: Refusal) -> tuple[str, str]:
    """Message and hint for a text that the parser has found malformed."""
    reason, proposals = _considered(text, refusal)
    accepted = _accepted(proposals, refusal)
    if accepted:
        return f"{shown(text)} {reason}", "write " + " or ".join(edtf + meaning for edtf, meaning in accepted)
    message = f"{shown(text)} {reason}"
    # The habit was understood but the date does not exist: then that is the news.
    why = next((error for edtf, _ in proposals if (error := refusal(edtf)) and error.hint), None)
    return (f"{message}; read as {proposals[0][0]}: {why.message}", why.hint) if why else (message, _SHAPES)


def only_meaning(text: str, refusal: Refusal) -> str:
    """The EDTF of a malformed text of which nothing else can be meant; "" where nobody but its author can tell."""
    accepted = _accepted(_considered(text, refusal)[1], refusal)
    return accepted[0][0] if len(accepted) == 1 and not accepted[0][1] else ""


def _considered(text: str, refusal: Refusal) -> tuple[str, list[Proposal]]:
    """Why the text is malformed, and what may have been meant, accepted or not."""
    plain = unicodedata.normalize("NFKC", text.translate(_DASHES)).strip()
    reason, proposals = explain(plain)
    if foreign := next((sign for sign in text if not sign.isascii()), None):
        reason = f"has the character {_named(foreign)}, and EDTF is written in ASCII"
        proposals = [
            (plain, ""),
            (plain.replace(" ", ""), ""),
            (plain.replace(" ", "").replace("-", "/"), ""),
            *proposals,
        ]
    elif not proposals and (mended := _mended_parts(plain, refusal)):
        reason, proposals = mended
    return reason, proposals


def _accepted(proposals: list[Proposal], refusal: Refusal) -> list[Proposal]:
    return _distinct([proposal for proposal in proposals if refusal(proposal[0]) is None])


def _distinct(proposals: list[Proposal]) -> list[Proposal]:
    return list({edtf: (edtf, meaning) for edtf, meaning in reversed(proposals)}.values())[::-1]


def _named(sign: str) -> str:
    name = unicodedata.name(sign, "").lower()
    return f"{shown(sign)} (U+{ord(sign):04X}{', ' + name if name else ''})"


def _mended_parts(text: str, refusal: Refusal) -> tuple[str, list[Proposal]] | None:
    """An interval or a set of which some parts are malformed, with the best proposal for each of these.

    A part of three digits or fewer is left to its author: it is a month or a day as well as a year.
    """
    reason, tokens = "", []
    for token in re.split(r"([\[\]/,]|\.\.)", text):
        part = token.strip()
        if part and part not in "[],/.." and refusal(part):
            because, proposals = explain(part)
            if not proposals or (part.isdigit() and len(part) < 4):
                return None
            reason = reason or f"has a part, {shown(part)}, that {because}"
            part = proposals[0][0]
        tokens.append(part)
    mended = "".join(tokens)
    return (reason or "has spaces in it", [(mended, "")]) if mended != text else None
