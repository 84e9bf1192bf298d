"""JSON with the place of every value: what the standard library's reader does not tell.

Values are those of JSON, with one exception: a number that Python would change or refuse stays the text that it is.
Depth is limited, keys may stand once, and text that nobody can see is refused, as in every file of an author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined]  # public, and unknown to the stubs
from typing import Any

from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.documents import Contents, Document
from site_builder.limits import MAX_JSON_DEPTH
from site_builder.texts import hidden, position
from site_builder.yamltext import Path

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null")
_WORDS = {"true": True, "false": False, "null": None}
_EXACT = 15  # digits that a float keeps
_HALF = re.compile(r"[\ud800-\udfff]")


def read_json(path: str, text: str) -> tuple[Document | None, list[Diagnostic]]:
    """A JSON file (RFC 8259): an object, or a list (then under the key "")."""
    reader = _Reader(path, text)
    try:
        value = reader.read()
    except _FaultError as fault:
        where = Location(path, *position(text, min(fault.at, len(text))))
        return None, [
            *reader.findings,
            error(where, "json-syntax", f"this is not valid JSON: {fault.what}", fault.hint),
        ]
    fields = value if isinstance(value, dict) else {"": value}
    return Document(path, given=Contents(fields, reader.keys, reader.values)), reader.findings


class _FaultError(Exception):
    def __init__(self, at: int, what: str, hint: str) -> None:
        super().__init__(what)
        self.at, self.what, self.hint = at, what, hint


@dataclass(slots=True)
class _Reader:
    path: str
    text: str
    at: int = 0
    line: int = 1
    line_start: int = 0
    counted: int = 0
    keys: dict[Path, Location] = field(default_factory=dict)
    values: dict[Path, Location] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def read(self) -> Any:
        value = self._value(())
        self._skip()
        if self.at < len(self.text):
            raise _FaultError(self.at, "something follows after its end", "remove it, or look for a bracket too many")
        return value

    def _skip(self) -> str:
        """The next sign that is no space; "" at the end."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def _here(self) -> Location:
        """Counted on from the last place, so that a file is counted once."""
        self.line += self.text.count("\n", self.counted, self.at)
        last = self.text.rfind("\n", self.counted, self.at)
        self.line_start = last + 1 if last >= 0 else self.line_start
        self.counted = self.at
        return Location(self.path, self.line, self.at - self.line_start + 1)

    def _value(self, path: Path) -> Any:
        sign = self._skip()
        where = self.values[path] = self._here()
        if len(path) > MAX_JSON_DEPTH:
            raise _FaultError(self.at, f"values are nested more than {MAX_JSON_DEPTH} deep", "flatten the value")
        if sign == "{":
            return self._object(path)
        if sign == "[":
            return self._list(path)
        if sign == '"':
            return self._string(where)
        match = _SCALAR.match(self.text, self.at)
        if not match:
            what = f"`{sign}` cannot stand here" if sign.isprintable() and sign else "it ends in the middle"
            raise _FaultError(self.at, what, "look for a missing quote, comma or bracket here or in the line above")
        self.at = match.end()
        return _WORDS[match[0]] if match[0] in _WORDS else _number(match[0])

    def _object(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        self.at += 1
        if self._skip() == "}":
            self.at += 1
            return found
        while True:
            if self._skip() != '"':
                raise _FaultError(
                    self.at, "the name of a field must stand here, in double quotes", "look for a comma too many"
                )
            where = self._here()
            key = self._string(where)
            if key in found:
                message = (
                    f"`{key[:60]}` stands twice (first in line {self.keys[(*path, key)].line}); only one could count"
                )
                self.findings.append(error(where, "repeated-key", message, "keep one of the two"))
            self.keys[(*path, key)] = where
            if self._skip() != ":":
                raise _FaultError(self.at, f"a colon must follow the name `{key[:60]}`", 'write "name": value')
            self.at += 1
            found[key] = self._value((*path, key))
            if self._end("}"):
                return found

    def _list(self, path: Path) -> list[Any]:
        found: list[Any] = []
        self.at += 1
        if self._skip() == "]":
            self.at += 1
            return found
        while True:
            found.append(self._value((*path, len(found))))
            if self._end("]"):
                return found

    def _end(self, bracket: str) -> bool:
        """Whether a list or object ends here; else a comma stands here."""
        sign = self._skip()
        if sign not in (bracket, ",") or not sign:
            raise _FaultError(self.at, f"a comma or `{bracket}` must stand here", "put a comma between two values")
        self.at += 1
        return sign == bracket

    def _string(self, where: Location) -> str:
        try:
            value, self.at = scanstring(self.text, self.at + 1, True)
        except JSONDecodeError as wrong:
            hint = 'close the text with a double quote; write a line end as \\n and a double quote as \\"'
            raise _FaultError(wrong.pos, "a text is not closed, or has a sign that must be escaped", hint) from None
        unseen = hidden(value) or _HALF.search(value)
        if unseen:
            message = f"the value has the character U+{ord(unseen[0]):04X}, which nobody can see, written as an escape"
            self.findings.append(error(where, "hidden-character", message, "delete the escape"))
        return str(value)


def _number(text: str) -> int | float | str:
    if len(text) > _EXACT:
        return text
    if text.lstrip("-").isdigit():
        return int(text)
    return float(text) if "e" not in text.lower() else text
