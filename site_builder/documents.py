"""YAML to fields: every scalar as it was typed, every key and value with its place.

YAML is read as a stream of events and never composed into objects. That keeps `0632`, `NO` and `2014-06` as the
author typed them, gives each a line and a column, and refuses depth, aliases, merges and tags before anything is
built from them (the composer of libyaml recurses; its event stream does not).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from site_builder import slips
from site_builder.diagnostics import Diagnostic, Location, check, error
from site_builder.limits import MAX_YAML_DEPTH
from site_builder.texts import hidden

Path = tuple[str | int, ...]

NULLS = frozenset({"", "~", "null"})
VERBATIM = frozenset({"date", "made_on", "issued", "accessed", "published", "pledged", "recognised"})

# "#3" in `title: Raid #3` is a comment for YAML; with a space after the sign an author means one.
_EATEN = re.compile(r"[ \t]+(#\S[^\n]*)")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's fields and body. `fields` holds text, lists and mappings only, and None for an empty value."""

    path: str
    fields: Mapping[str, Any]
    keys: Mapping[Path, Location]
    values: Mapping[Path, Location]
    body: str = ""
    body_line: int = 1

    def at(self, path: Path, *, key: bool = False) -> Location:
        """Where a field stands: its value, or its key; the nearest one around it when it is not there itself."""
        found: Path = ()
        for n, part in enumerate(path):
            if (*found, part) in self.values:
                found = (*found, part)
            elif part != 0:  # one value may stand where a list is meant, and then it has no place in a list
                break
            if key and n == len(path) - 1 and found in self.keys:
                return self.keys[found]
        return self.values.get(found, Location(self.path, 1, 1))

    def name(self, path: Path) -> str:
        """The name of a field as its author wrote it: the deepest one of the path that stands in the file."""
        known = [n for n in range(len(path)) if isinstance(path[n], str) and self._stands(path[: n + 1])]
        return str(path[known[-1]]) if known else next((str(p) for p in reversed(path) if isinstance(p, str)), "this")

    def _stands(self, path: Path) -> bool:
        return path in self.keys or tuple(part for part in path if part != 0) in self.keys

    def renamed(self, names: Mapping[str, str]) -> Document:
        """The same document with some of its top-level fields under other names."""

        def new(path: Path) -> Path:
            return (names.get(str(path[0]), path[0]), *path[1:]) if path else path

        return Document(
            self.path,
            {names.get(key, key): value for key, value in self.fields.items()},
            {new(path): where for path, where in self.keys.items()},
            {new(path): where for path, where in self.values.items()},
            self.body,
            self.body_line,
        )

    def in_body(self, line: int, column: int) -> Location:
        return Location(self.path, line + self.body_line - 1, column)


def read_yaml(path: str, text: str) -> tuple[Document | None, list[Diagnostic]]:
    """A YAML file: a mapping, or a list of mappings (then under the key "")."""
    reader = Reader(path, text, 1)
    value = reader.read()
    fields = value if isinstance(value, dict) else {"": value}
    return reader.document(fields, "", 1), reader.findings


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

    def document(self, fields: Mapping[str, Any], body: str, body_line: int) -> Document:
        return Document(self.path, fields, self.keys, self.values, body, body_line)

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
