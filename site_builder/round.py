"""The paths that one build names: safe on every system, no two of them one file on any, each with one content."""

from __future__ import annotations

from functools import lru_cache

from site_builder.locking import OutputError
from site_builder.manifest import MANIFEST, Listed
from site_builder.names import fault, fold, path_fault, printable
from site_builder.tree import parents


class UnsafePathError(OutputError):
    """A path that must not be written, or two files on one: a fault of ours, caught at the last door."""


class Round:
    """The paths named in one build, with digest and size; unsafe and clashing ones are refused."""

    def __init__(self) -> None:
        self.named = Listed()
        self._spelling: dict[str, str] = {}  # of paths that are not the form in which they are compared
        self._folders: dict[str, str] = {}

    def check(self, path: str) -> None:
        wrong, folded, folders = _known(path)
        if wrong:
            raise UnsafePathError(f"the path `{printable(path)}` cannot be written: it {wrong}")
        other = self._spelled(folded) or self._folders.get(folded)
        for folder in folders[1:]:
            other = self._spelled(folder) or other
        if other and other != path:
            raise UnsafePathError(f"`{path}` and `{other}` fall together on some systems; only one can be written")

    def name(self, path: str, digest: str, size: int) -> None:
        if not self.named.add(path, digest, size):
            raise UnsafePathError(f"`{path}` was written twice with different content")
        _, folded, folders = _known(path)
        if folded != path:
            self._spelling[folded] = path
        for folder in folders:
            self._folders[folder] = path

    def _spelled(self, folded: str) -> str | None:
        return folded if folded in self.named else self._spelling.get(folded)


@lru_cache(1 << 15)  # a path is asked for, soon written and named, and met again by a process that builds again
def _known(path: str) -> tuple[str, str, tuple[str, ...]]:
    """What is wrong with a path ("": nothing), how others may spell it, and the folders above it in that spelling."""
    folder, slash, name = path.rpartition("/")
    wrong = (
        (slash and _fault_above(folder)) or fault(name) or ("is kept for temporary files" if name[-1] == "~" else "")
    )
    folded = path if (other := fold(path)) == path else other  # one text for both, as most have no other form
    if folded == MANIFEST:
        wrong = "is written by the generator itself"
    return wrong, folded, _above(folded.rpartition("/")[0])


_fault_above = lru_cache(1 << 12)(path_fault)  # most paths share their folders with many


@lru_cache(1 << 12)
def _above(folder: str) -> tuple[str, ...]:
    return (*parents(folder), folder) if folder else ("",)
