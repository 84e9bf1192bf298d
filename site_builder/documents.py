"""Documents: the fields of a file, where each of them stands, and the text below them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from site_builder.diagnostics import Diagnostic, Location
from site_builder.texts import encoded
from site_builder.yamltext import Path, Reader, UnclearError, plain


@dataclass(frozen=True, slots=True)
class Contents:
    """`fields` holds text, lists and mappings only, and None for an empty value."""

    fields: Mapping[str, Any]
    keys: Mapping[Path, Location]
    values: Mapping[Path, Location]


@dataclass(frozen=True, slots=True)
class Document:
    """A file's fields and body.

    Its fields and their places are read from its text when somebody asks, as few do once a file is sound. Other readers
    give them (`given`). `parts`: where the YAML of the fields begins in the text, where it ends, where the body begins.
    """

    path: str
    parts: tuple[int, int, int] = (0, 0, 0)
    first_line: int = 1  # of the YAML
    body_line: int = 1
    names: tuple[tuple[str, str], ...] = ()  # the other names of fields, each behind its own
    given: Contents | None = None
    _text: str | None = field(default=None, init=False, repr=False, compare=False)
    _data: bytes = field(default=b"", init=False, repr=False, compare=False)
    _fields: Mapping[str, Any] | None = field(default=None, init=False, repr=False, compare=False)
    _contents: Contents | None = field(default=None, init=False, repr=False, compare=False)

    @staticmethod
    def of(path: str, text: str, parts: tuple[int, int, int], first_line: int = 1, body_line: int = 1) -> Document:
        """A document that has not been read."""
        document = Document(path, parts, first_line, body_line)
        document._keep("_text", text)
        return document

    def rely_on(self, data: bytes) -> None:
        """Hold nothing but the bytes of the file, which the site holds anyway, and read them again when asked."""
        self._keep("_data", data)
        for name in ("_text", "_fields", "_contents"):
            self._keep(name, None)

    @property
    def text(self) -> str:
        return encoded(self.path, self._data)[0] if self._text is None else self._text

    @property
    def typed(self) -> str:
        """The YAML of the fields."""
        return self.text[self.parts[0] : self.parts[1]]

    @property
    def body(self) -> str:
        return self.text[self.parts[2] :]

    def load(self) -> tuple[Any, list[Diagnostic]]:
        """Read the fields for the first time: what stands there, and what is wrong with it."""
        try:
            value, findings = plain(self.typed), []
        except UnclearError:
            reader = Reader(self.path, self.typed, self.first_line)
            value, findings = reader.read(), reader.findings
        self._keep("_fields", self._named(value))
        return value, findings

    @property
    def fields(self) -> Mapping[str, Any]:
        return self._all().fields if self._fields is None else self._fields

    @property
    def keys(self) -> Mapping[Path, Location]:
        return self._all().keys

    @property
    def values(self) -> Mapping[Path, Location]:
        return self._all().values

    def _all(self) -> Contents:
        """The fields with their places."""
        if self.given:
            return self.given
        if self._contents is None:
            reader = Reader(self.path, self.typed, self.first_line)
            fields = self._named(reader.read())
            self._keep("_contents", Contents(fields, self._moved(reader.keys), self._moved(reader.values)))
        assert self._contents  # noqa: S101  kept just now
        return self._contents

    def _keep(self, name: str, found: Any) -> None:
        object.__setattr__(self, name, found)

    def _named(self, value: Any) -> dict[str, Any]:
        """The fields: a list is one of the name "", and front matter may be empty."""
        if isinstance(value, dict):
            fields: dict[str, Any] = value
            for name, other in self.names:
                fields = {other if key == name else key: part for key, part in fields.items()}
            return fields
        return {} if value is None and self.first_line > 1 else {"": value}

    def _moved(self, places: Mapping[Path, Location]) -> Mapping[Path, Location]:
        """The places under the names of the fields."""
        names = dict(self.names)
        if not names:
            return places
        return {(names.get(str(path[0]), path[0]), *path[1:]) if path else path: at for path, at in places.items()}

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
        wanted = tuple((name, other) for name, other in names.items() if name in self.fields)
        if not wanted:
            return self
        document = replace(self, names=wanted)
        document._keep("_text", self._text)
        document._keep("_fields", document._named(self.fields))
        return document

    def in_body(self, line: int, column: int) -> Location:
        return Location(self.path, line + self.body_line - 1, column)


def read_yaml(path: str, text: str) -> tuple[Document | None, list[Diagnostic]]:
    """A YAML file: a mapping, or a list of mappings (then under the key "")."""
    document = Document.of(path, text, (0, len(text), len(text)))
    return document, document.load()[1]
