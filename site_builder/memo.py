"""Pure steps remembered by content, so that a rebuild computes again only what an edit touched."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")


class Memo:
    """Results by step and key. The key holds everything that the step depends on.

    Bounded by use: `sweep`, called at the end of a good build, forgets what was not asked for since the last one.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Hashable], Any] = {}
        self._used: dict[tuple[str, Hashable], Any] = {}

    def remember(self, step: str, key: Hashable, make: Callable[[], T]) -> T:
        """The result of the step for this key, made now if it is not known."""
        where = (step, key)
        if where not in self._used:
            self._used[where] = self._kept[where] if where in self._kept else make()
        return cast(T, self._used[where])

    def recall(self, step: str, key: Hashable) -> Any:
        """The result of the step for this key, or None."""
        where = (step, key)
        if where in self._kept:
            self._used.setdefault(where, self._kept[where])
        return self._used.get(where)

    def keep(self, step: str, key: Hashable, result: Any) -> None:
        self._used[step, key] = result

    def sweep(self) -> None:
        self._kept, self._used = self._used, {}
