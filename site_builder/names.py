"""Which names every file system and every address can carry.

One rule for what comes in (the author's files) and what goes out (pages): a repository that builds on one
machine can then be checked out, built and served on all others.
"""

from __future__ import annotations

import re
import unicodedata

# Windows takes these for devices, whatever follows the first full stop; superscripts count as digits there.
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\.|$)")
_FOREIGN = re.compile(r'[\\/:*?"<>|]')
# Control, invisible and direction characters, line ends, surrogates (Python's way to carry what is no UTF-8).
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def fault(name: str) -> str:
    """What is wrong with the name of one file or folder, as the end of a sentence; "" if nothing is.

    >>> fault("aux.md")
    'is reserved for a device on Windows'
    >>> fault("1969-moon.md")
    ''
    """
    if name in ("", ".", ".."):
        return "is not a name"
    if unseen := _unseen(name):
        return unseen
    if found := _FOREIGN.search(name):
        return f"has the character `{found.group()}`, which not every system allows"
    if name[-1] in " .":
        return "ends in a space or a full stop, which Windows drops"
    if _RESERVED.match(name):
        return "is reserved for a device on Windows"
    return ""


def path_fault(path: str) -> str:
    """The same for a relative path with `/`; an absolute one has an empty first name and so a fault."""
    for name in path.split("/"):
        if wrong := fault(name):
            return wrong
    return ""


def fold(name: str) -> str:
    """The form in which file systems that ignore case or Unicode form compare names."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def printable(text: str) -> str:
    """The text with everything unseen spelled out: no name steers a terminal or hides in a message.

    >>> printable("a\\x1b[2Jb")
    'a\\\\x1b[2Jb'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_spelled, text))


def _unseen(name: str) -> str:
    if name.isascii() and name.isprintable():
        return ""
    for character in name:
        category = unicodedata.category(character)
        if category == "Cs":
            return "is not UTF-8"
        if category in _UNSEEN:
            return f"has the invisible or control character U+{ord(character):04X}"
    return ""


def _spelled(character: str) -> str:
    if unicodedata.category(character) not in _UNSEEN:
        return character
    if 0xDC80 <= ord(character) <= 0xDCFF:  # a byte that is no UTF-8, as os.fsdecode carries it
        return f"\\x{ord(character) - 0xDC00:02x}"
    return f"\\x{ord(character):02x}" if ord(character) < 0x100 else f"\\u{ord(character):04x}"
