"""Frozen values to JSON and back, so that what was computed once outlives its process.

Only the classes that are named can come back, and only by their fields: nothing that is read is ever run.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from sys import intern
from typing import Any

_PLAIN = frozenset({str, int, float, bool, type(None)})
_TUPLE, _LIST, _DICT, _SET, _BYTES, _CLASS, _AGAIN = range(7)
_FIRST = 7  # the number of the first named class
_EMPTY = [_TUPLE]
_LONGEST = 64  # of a text that may well stand in many values: an id, a word


class PackingError(ValueError):
    """A value of a class that is not named, or data that no value was ever packed to."""


class Packer:
    """Packs values made of `kinds` (dataclasses and enumerations), tuples, lists, dictionaries, sets and plain values.

    `spelled`: classes whose values are what is read from their text, each with its reader; `shared`: those of which
    one value stands in many places, and is packed once.

    >>> packer = Packer([])
    >>> packer.unpack(packer.pack(("a", {"b": [1, None]})))
    ('a', {'b': [1, None]})
    """

    def __init__(
        self,
        kinds: Iterable[type],
        spelled: Mapping[type, Callable[[str], Any]] | None = None,
        shared: Iterable[type] = (),
    ) -> None:
        spelled, kinds = dict(spelled or {}), tuple(kinds)
        self._makers: tuple[Callable[..., Any], ...] = (*spelled.values(), *kinds)
        self._numbers = {kind: _FIRST + n for n, kind in enumerate((*spelled, *kinds))}
        self._spelled, self._shared = spelled.keys(), frozenset(shared)
        self._shared_numbers = frozenset(self._numbers[kind] for kind in self._shared)
        self._fields_of = {
            kind: tuple((f.name, f.default) for f in fields(kind) if f.init) for kind in kinds if is_dataclass(kind)
        }

    def pack(self, value: Any) -> bytes:
        """JSON in UTF-8. Raises PackingError for a value of another class."""
        self._met: dict[int, int] = {}
        text = json.dumps(self._plain(value), ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "surrogatepass")

    def unpack(self, data: bytes) -> Any:
        """The value. Raises PackingError for anything that was not packed by this packer."""
        try:
            self._read: list[Any] = []
            return self._value(json.loads(data.decode("utf-8", "surrogatepass")))
        except (ValueError, TypeError, LookupError, RecursionError) as wrong:
            raise PackingError(str(wrong)) from wrong

    def _plain(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is tuple:
            return [_TUPLE, *[part if type(part) in _PLAIN else self._plain(part) for part in value]]
        if kind in self._fields_of:
            return self._fields(kind, value) if kind not in self._shared else self._once(kind, value)
        return self._rarer(kind, value)

    def _fields(self, kind: type, value: Any) -> list[Any]:
        """The number of the class and its fields, without those at the end that are as usual."""
        known = self._fields_of[kind]
        given = [getattr(value, name) for name, _ in known]
        while given and given[-1] is known[len(given) - 1][1]:
            given.pop()
        return [self._numbers[kind], *[part if type(part) in _PLAIN else self._plain(part) for part in given]]

    def _once(self, kind: type, value: Any) -> list[Any]:
        if id(value) in self._met:
            return [_AGAIN, self._met[id(value)]]
        packed = self._fields(kind, value)
        self._met[id(value)] = len(self._met)
        return packed

    def _rarer(self, kind: type, value: Any) -> Any:
        if kind in self._numbers:  # one that is spelled, or an enumeration
            return [self._numbers[kind], str(value) if kind in self._spelled else value.value]
        if kind is list:
            return [_LIST, *map(self._plain, value)]
        if kind is dict:
            return [_DICT, *(self._plain(part) for item in value.items() for part in item)]
        if kind is bytes:
            return [_BYTES, value.hex()]
        if kind is frozenset:
            return [_SET, *sorted(map(self._plain, value))]
        if isinstance(value, type) and value in self._numbers:
            return [_CLASS, self._numbers[value]]
        raise PackingError(f"values of {kind.__name__} are not packed")

    def _value(self, data: Any) -> Any:
        if type(data) is not list:
            return data
        number, *parts = data
        for n, part in enumerate(parts):
            if type(part) is list:
                parts[n] = () if part == _EMPTY else self._value(part)
            elif type(part) is str and len(part) < _LONGEST:
                parts[n] = intern(part)
        if number >= _FIRST:
            made = self._makers[number - _FIRST](*parts)
            if number in self._shared_numbers:
                self._read.append(made)
            return made
        if number == _AGAIN:
            return self._read[parts[0]]
        return _CONTAINERS[number](parts) if number < _CLASS else self._makers[parts[0] - _FIRST]


_CONTAINERS: tuple[Callable[[list[Any]], Any], ...] = (
    tuple,
    list,
    lambda parts: dict(zip(parts[::2], parts[1::2], strict=True)),
    frozenset,
    lambda parts: bytes.fromhex(*parts),
)
