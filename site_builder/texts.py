"""Bytes to text: strict UTF-8, one kind of line end, and no character that a reviewer cannot see.

A file that hides something is refused with the line, because a reviewer of a stranger's pull request sees the
characters and not the code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.limits import MAX_UNSEEN

# Noncharacters: refused in every text, so the Markdown step may use them as its own marks.
SLOT_OPEN, SLOT_CLOSE = "\ufdd0", "\ufdd1"

_ALONE = "\u061c\u200c-\u200f\ufe00-\ufe0f"  # honest one by one (marks, joiners, forms of a sign); many carry a message
_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters (a lone CR, NEL and the escapes of terminals among them)
    "\u00ad\u034f\u180e\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # invisible
    "\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters without a shape
    "\u2028\u2029"  # line ends for YAML, invisible to people
    "\u202a-\u202e\u2066-\u206f"  # direction overrides: text that reads otherwise than it is
    "\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "\U000e0000-\U000e0fff"  # tags and variation selectors: hidden messages
    "]"
    f"|[{_ALONE}](?=[{_ALONE}]{{2}})|[\ufe00-\ufe0f](?=[\ufe00-\ufe0f])"
    "|(?<=[A-Za-z0-9])[\u200c\u200d](?=[A-Za-z0-9])"
)


# What a text must have at least one of for any of that to be found in it: looked for first, among the few characters
# that a text is made of, as it is found much faster.
_SUSPECT = re.compile(_HIDDEN.pattern.partition("]")[0] + _ALONE + "]")
_SUSPECT_ASCII = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def decode(path: str, data: bytes) -> tuple[str, list[Diagnostic]]:
    """The text of a file with "\\n" line ends, and what is wrong with its characters (then do not use the text)."""
    text, findings = encoded(path, data)
    if "\r" in text and "\n" not in text:
        message = "the lines end with a carriage return alone, as old Macs wrote them, so all is one line to others"
        return text, [
            error(Location(path, 1, 1), "hidden-character", message, "save the file with line ends LF or CRLF")
        ]
    return text, findings or list(_all_refused(path, text))


def encoded(path: str, data: bytes) -> tuple[str, list[Diagnostic]]:
    """The text of a file with "\\n" line ends, whatever its characters, and what is wrong with its encoding."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return "", [_foreign(path, data, wrong.start)]
    return text.replace("\r\n", "\n"), []


def _foreign(path: str, data: bytes, start: int) -> Diagnostic:
    """A byte that UTF-8 does not have: what it is in the encodings that word processors write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "the file is UTF-16 (“Unicode” in Windows' Notepad) and not UTF-8"
        return error(Location(path, 1, 1), "not-utf-8", message, "save the file as UTF-8")
    line = data.count(b"\n", 0, start) + 1
    column = len(data[data.rfind(b"\n", 0, start) + 1 : start].decode("utf-8", "replace")) + 1
    letter = data[start : start + 1].decode("cp1252", "replace")
    meant = (
        f"; it is “{letter}” if the file was saved as Windows-1252"
        if letter.isprintable() and letter != "\ufffd"
        else ""
    )
    message = (
        f"the byte 0x{data[start]:02x} is not UTF-8 text{meant or '; the file has another encoding or is damaged'}"
    )
    return error(Location(path, line, column), "not-utf-8", message, "save the file as UTF-8")


def _all_refused(path: str, text: str) -> Iterator[Diagnostic]:
    if not (_SUSPECT_ASCII.search(text) if text.isascii() else _SUSPECT.search("".join(set(text)))):
        return
    found = _HIDDEN.finditer(text)
    yield from (_refused(path, text, match) for match in islice(found, MAX_UNSEEN))
    following = next(found, None)
    if following:
        message = f"{1 + sum(1 for _ in found):,} more characters that cannot be seen stand here and below"
        yield error(Location(path, *position(text, following.start())), "hidden-character", message, "delete them all")


def _refused(path: str, text: str, match: re.Match[str]) -> Diagnostic:
    line, column = position(text, match.start())
    name = unicodedata.name(match[0], "a control character or noncharacter").lower()
    return error(
        Location(path, line, column),
        "hidden-character",
        f"the character U+{ord(match[0]):04X} ({name}) cannot be seen, so a reader of the source would be misled",
        "delete it",
    )


def hidden(text: str) -> re.Match[str] | None:
    """The first character of the text that nobody can see."""
    return _HIDDEN.search(text)


def blank(text: str) -> bool:
    """Whether there is nothing to see in the text: spaces, marks of direction, joiners, and the empty Braille cell."""
    return all(sign == "\u2800" or unicodedata.category(sign)[0] in "ZCM" for sign in text)


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column (both from 1) of a character of the text."""
    line = text.count("\n", 0, index) + 1
    return line, index - text.rfind("\n", 0, index)


def printable(text: str) -> str:
    """The text with every hidden character written as its escape, safe for a terminal and a log."""
    return _HIDDEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def one_line(text: str) -> str:
    """The same for a message, in which neither a tab nor a line end may stand: nobody forges a line of a report."""
    return printable(text).replace("\t", "\\t").replace("\n", "\\n")
