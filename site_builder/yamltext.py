"""YAML to fields: every scalar as it was typed, and where every key and value stands.

YAML is read as a stream of events and never composed into objects. That keeps `0632`, `NO` and `2014-06` as the
author typed them, gives each a line and a column, and refuses depth, aliases, merges and tags before anything is
built from them (the composer of libyaml recurses; its event stream does not).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from site_builder import slips
from site_builder.diagnostics import Diagnostic, Location, check, error
from site_builder.limits import MAX_YAML_DEPTH
from site_builder.texts import hidden

Path = tuple[str | int, ...]

NULLS = frozenset({"", "~", "null"})
# The fields of dates, of entries and of every other record.
VERBATIM = frozenset(
    {
        *("date", "made_on", "issued", "accessed", "published", "pledged", "recognised", "ended_or_changed"),
        *("born", "died", "active_from", "active_to", "from", "to"),
    }
)

# "#3" in `title: Raid #3` is a comment for YAML; with a space after the sign an author means one.
_EATEN = re.compile(r"[ \t]+(#\S[^\n]*)")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnclearError(Exception):
    """Something is wrong with a text, or looks so: what it is takes a `Reader`."""


def plain(text: str) -> Any:
    """The value of a text with which nothing is wrong, as a `Reader` reads it. Raises UnclearError for others."""
    try:
        loader = _Loader(text)
        try:
            return _Plain(text, loader.get_event).value()
        finally:
            loader.dispose()
    except yaml.YAMLError as wrong:
        raise UnclearError from wrong


class _Plain:
    """Values alone, with neither places nor findings: most texts are sound, and nobody asks where their fields are."""

    def __init__(self, text: str, event: Callable[[], Any]) -> None:
        self._text, self._event = text, event
        self._comments = "#" in text

    def value(self) -> Any:
        """The value of the whole text; None where it is empty."""
        self._event()  # the stream begins
        if type(self._event()) is yaml.StreamEndEvent:
            return None
        value = self._node(self._event(), 0, "")
        self._event()  # the document ends
        if type(self._event()) is not yaml.StreamEndEvent:
            raise UnclearError
        return value

    def _node(self, event: Any, depth: int, name: str) -> Any:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None or depth == MAX_YAML_DEPTH:
            raise UnclearError
        if kind is yaml.MappingStartEvent:
            return self._mapping(depth + 1)
        items, end = self._items(depth + 1)
        # A list where a date stands is a set of EDTF and stays as it was typed.
        return self._text[event.start_mark.index : end.end_mark.index] if name in VERBATIM else items

    def _items(self, depth: int) -> tuple[list[Any], Any]:
        items = []
        while type(event := self._event()) is not yaml.SequenceEndEvent:
            items.append(self._node(event, depth, ""))
        return items, event

    def _mapping(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while type(event := self._event()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                raise UnclearError
            self._scalar(event)
            key = event.value
            if key in found or key in ("<<", "__proto__"):
                raise UnclearError
            found[key] = None
            found[key] = self._node(self._event(), depth, key)
        return found

    def _scalar(self, event: Any) -> str | None:
        if event.anchor is not None or event.tag is not None:
            raise UnclearError
        value: str = event.value
        if event.style:
            if event.style == '"' and not (value.isascii() and value.isprintable()) and hidden(value):
                raise UnclearError
            return value
        if self._comments and _EATEN.match(self._text, event.end_mark.index):
            raise UnclearError
        return None if value in NULLS else value


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    path: Path
    value: dict[str, Any] | list[Any]
    start: int
    key: str | None = None


@dataclass(slots=True)
class Reader:
    """The fields of a text that begins in the line `first_line` of its file."""

    path: str
    text: str
    first_line: int
    keys: dict[Path, Location] = field(default_factory=dict)
    values: dict[Path, Location] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def read(self) -> Any:
        """The value of the whole text, or None where it is empty or cannot be read."""
        stack: list[_Open] = []
        root: Any = None
        try:
            for event in self._events():
                if isinstance(event, yaml.CollectionEndEvent):
                    self._close(stack, event)
                    continue
                value = self._value(event)
                path = self._place(stack[-1], event, value) if stack else ()
                if path is None:
                    continue
                self.values[path] = self._location(event.start_mark)
                if isinstance(value, (dict, list)):
                    if len(stack) == MAX_YAML_DEPTH:
                        raise _RefusedError(event.start_mark, "yaml-depth", *_DEPTH)
                    stack.append(_Open(path, value, event.start_mark.index))
                root = value if path == () else root
        except _RefusedError as refusal:
            self._error(refusal.mark, refusal.code, refusal.message, refusal.hint)
            return None
        except yaml.YAMLError as wrong:
            self._syntax(wrong)
            return None
        return root

    def _close(self, stack: list[_Open], event: Any) -> None:
        """The end of a list or mapping; a list where a date stands is a set of EDTF and stays as it was typed."""
        done = stack.pop()
        if isinstance(done.value, list) and stack and done.path[-1] in VERBATIM:
            parent: Any = stack[-1].value
            parent[done.path[-1]] = self.text[done.start : event.end_mark.index]

    def _events(self) -> Iterator[Any]:
        """The events that carry values, after what must not be there has been refused."""
        documents = 0
        for event in yaml.parse(self.text, Loader=_Loader):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _RefusedError(event.start_mark, "yaml-documents", *_DOCUMENTS)
            elif isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
                raise _RefusedError(event.start_mark, "yaml-alias", *_ALIAS)
            elif isinstance(event, yaml.NodeEvent):
                if getattr(event, "tag", None) is not None:
                    raise _RefusedError(event.start_mark, "yaml-tag", *_TAG)
                yield event
            elif isinstance(event, yaml.CollectionEndEvent):
                yield event

    def _value(self, event: Any) -> Any:
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        if event.style == '"' and (unseen := hidden(event.value)):
            message = f"the value has the character U+{ord(unseen[0]):04X}, which nobody can see, written as an escape"
            self._error(event.start_mark, "hidden-character", message, "delete the escape")
        plain = event.style is None or event.style == ""
        end: Any = event.end_mark
        eaten = _EATEN.match(self.text, end.index) if plain else None
        if eaten:
            where = self._location(event.end_mark)
            self.findings.append(
                check(
                    where,
                    "text-cut-by-comment",
                    f"`{eaten[1]}` is lost: a `#` after a space begins a comment",
                    "put the whole value in quotes, or a space after the # if a comment is meant",
                )
            )
        return None if plain and event.value in NULLS else event.value

    def _place(self, parent: _Open, event: Any, value: Any) -> Path | None:
        """Put a value into its list or mapping and give its path; a mapping's key gives None."""
        if isinstance(parent.value, list):
            parent.value.append(value)
            return (*parent.path, len(parent.value) - 1)
        if parent.key is None:
            parent.key = self._key(parent, event, value)
            return None
        path = (*parent.path, parent.key)
        parent.value[parent.key] = value
        parent.key = None
        return path

    def _key(self, parent: _Open, event: Any, value: Any) -> str:
        if isinstance(value, (dict, list)):
            raise _RefusedError(event.start_mark, "yaml-key", *_KEY)
        key = event.value
        if key == "<<":
            raise _RefusedError(event.start_mark, "yaml-merge", *_MERGE)
        if key == "__proto__":  # fields of the author's own (x_…) go on to programs in JavaScript
            self._error(event.start_mark, "yaml-key", *_PROTOTYPE)
        path = (*parent.path, key)
        if path in self.keys:
            first = self.keys[path].line
            self._error(
                event.start_mark,
                "repeated-key",
                f"`{key}` stands twice (first in line {first}); only one could count",
                "keep one of the two, or make one list of both values",
            )
        self.keys[path] = self._location(event.start_mark)
        return str(key)

    def _location(self, mark: Any) -> Location:
        return Location(self.path, mark.line + self.first_line, mark.column + 1)

    def _error(self, mark: Any, code: str, message: str, hint: str) -> None:
        self.findings.append(error(self._location(mark), code, message, hint))

    def _syntax(self, wrong: yaml.YAMLError) -> None:
        mark, since = getattr(wrong, "problem_mark", None), getattr(wrong, "context_mark", None)
        at = (mark.line, mark.column) if mark else (0, 0)
        slip = slips.of_yaml(
            slips.Trouble(
                self.text.split("\n"),
                str(getattr(wrong, "problem", None) or "it is no list of fields"),
                str(getattr(wrong, "context", None) or ""),
                at,
                (since.line, since.column) if since else at,
            )
        )
        where = Location(self.path, slip.at[0] + self.first_line, slip.at[1] + 1)
        self.findings.append(error(where, "yaml-syntax", slip.message, slip.hint))


class _RefusedError(Exception):
    def __init__(self, mark: Any, code: str, message: str, hint: str) -> None:
        super().__init__(code)
        self.mark, self.code, self.message, self.hint = mark, code, message, hint


_DEPTH = (f"values are nested more than {MAX_YAML_DEPTH} deep", "flatten the value")
_DOCUMENTS = ("a second YAML document begins here", "keep one set of fields a file")
_ALIAS = ("anchors (&name) and aliases (*name) are not read", "write the value out, or put it in quotes")
_TAG = ("YAML tags (!name) are not read", "write the value as plain text, in quotes if it begins with `!`")
_KEY = (
    "a list or mapping cannot be the name of a field",
    "put the text in quotes if it begins with `[` or `{`",
)
_PROTOTYPE = (
    "`__proto__` cannot be the name of a field, as JavaScript takes it for something of its own",
    "choose another name",
)
_MERGE = ("merge keys (<<) are not read", "write the fields out")
