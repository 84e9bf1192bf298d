"""Pure steps remembered by content, so that a rebuild computes again only what an edit touched."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from operator import is_
from typing import Any, Protocol, TypeVar, cast

T = TypeVar("T")


class Shelf(Protocol):
    """Where results outlive the process. Keys are told apart by their `repr`; None is no result."""

    def get(self, step: str, key: Hashable) -> Any: ...

    def has(self, step: str, key: Hashable) -> bool: ...

    def put(self, step: str, key: Hashable, value: Any, packed: bytes | None = None) -> None: ...

    def save(self) -> None: ...


class Memo:
    """Results by step and key. The key holds everything that the step depends on.

    Bounded by use: `sweep`, called at the end of a good build, forgets what was not asked for since the last one; where
    a build did not ask for what it knew to be as it was (`spare`), only once that has become half of all.
    `again`: whether the process will build again. If not, what is asked for once in a build is not held after that.
    """

    def __init__(self, shelf: Shelf | None = None, *, again: bool = True) -> None:
        self._shelf, self.again = shelf, again
        self._kept: dict[tuple[str, Hashable], Any] = {}
        self._used: dict[tuple[str, Hashable], Any] = {}
        self._spared, self._whole = False, 0  # `_whole`: how much a build asks for that asks for everything

    def remember(self, step: str, key: Hashable, make: Callable[[], T]) -> T:
        """The result of the step for this key, made now if it is not known."""
        where = (step, key)
        if where not in self._used:
            self._used[where] = self._kept[where] if where in self._kept else make()
        return cast(T, self._used[where])

    def lasting(self, step: str, key: Hashable, make: Callable[[], T]) -> T:
        """The same for costly steps: their results are kept on the shelf as well, if there is one."""

        def found() -> T:
            kept = self._shelf.get(step, key) if self._shelf else None
            if kept is None:
                kept = make()
                if self._shelf:
                    self._shelf.put(step, key, kept)
            return cast(T, kept)

        if not self.again:
            return cast(T, self._used.pop((step, key))) if (step, key) in self._used else found()
        return self.remember(step, key, found)

    def once(self, make: Callable[..., T], *inputs: Any) -> T:
        """`make(*inputs)`, computed once while the inputs are the same objects (texts and numbers: the same values).

        `make` is a function of a module that sees its inputs and nothing else. Frozen values that come from unchanged
        files are the same objects from build to build, so what is made of them is, too.
        """
        # With the inputs, so that no other object can come to have the id of one of them.
        return self.stable(make, inputs, lambda: make(*inputs))

    def stable(self, name: Hashable, inputs: tuple[Any, ...], make: Callable[[], T]) -> T:
        """What `make` gives under this name, the same object while the inputs are."""
        return self.remember("once", (name, same(inputs)), lambda: (inputs, make()))[1]

    def revise(self, step: str, name: Hashable, inputs: tuple[Any, ...], make: Callable[[T | None], T]) -> T:
        """What was made under this name the last time while the inputs are the same objects, else `make` of that.

        `make` can keep what is still right of the last result, which it gets; None at the first time.
        """
        if not self.again:
            return make(None)
        where = (step, name)
        found: Any = self._used.get(where) or self._kept.get(where)
        if not _made_of(found, inputs):
            found = (inputs, make(found and found[1]))
        self._used[where] = found
        return cast(T, found[1])

    def fresh(self, step: str, name: Hashable, inputs: tuple[Any, ...]) -> bool:
        """Whether `revise` would make something."""
        where = (step, name)
        return not _made_of(self._used.get(where) or self._kept.get(where), inputs)

    def recall(self, step: str, key: Hashable) -> Any:
        """The result that was kept for this key, or None."""
        where = (step, key)
        if not self.again and where not in self._used:
            return self._shelf.get(step, key) if self._shelf else None
        if where in self._kept:
            self._used.setdefault(where, self._kept[where])
        elif where not in self._used and self._shelf and (kept := self._shelf.get(step, key)) is not None:
            self._used[where] = kept
        return self._used.get(where)

    def knows(self, step: str, key: Hashable) -> bool:
        """Whether the result for this key need not be made."""
        where = (step, key)
        return where in self._used or where in self._kept or bool(self._shelf and self._shelf.has(step, key))

    def keep(self, step: str, key: Hashable, result: Any) -> None:
        """Keep the result of a step, on the shelf too."""
        if self.again:
            self._used[step, key] = result
        if self._shelf:
            self._shelf.put(step, key, result)

    def foresee(self, step: str, key: Hashable, result: Any, packed: bytes | None = None) -> None:
        """Keep the result of a step that will be asked for. `packed`: as the shelf packs it, where that is done."""
        self._used[step, key] = result
        if self._shelf:
            self._shelf.put(step, key, result, packed)

    def save(self) -> None:
        """Let what was computed outlive the process."""
        if self._shelf:
            self._shelf.save()

    def settled(self, value: T) -> T:
        """The object that stood for this (hashable) value before, so that what is made of it need not be made anew."""
        return self.remember("settled", value, lambda: value)

    def spare(self) -> None:
        """Forget nothing at the end of this build."""
        self._spared = True

    def sweep(self) -> None:
        if self._spared and len(self._kept) + len(self._used) <= 2 * self._whole:
            self._kept |= self._used
        else:
            self._kept, self._whole = self._used, len(self._used)
        self._used, self._spared = {}, False


def _made_of(found: Any, inputs: tuple[Any, ...]) -> bool:
    """Whether a revised result is there, and of these very objects."""
    return found is not None and len(found[0]) == len(inputs) and all(map(is_, found[0], inputs))


_PLAIN = frozenset({str, bytes, int, float, bool, type(None)})


def same(value: Any) -> Hashable:
    """What two values have in common when one may stand for the other without a look inside."""
    kind = type(value)
    if kind is tuple:
        return tuple([same(item) for item in value])
    return value if kind in _PLAIN else ("object", id(value))
