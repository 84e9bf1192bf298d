"""What was made of a file's bytes, by the file's identity: the same file as before need not be read again.

Only ever a short cut to the same answer. A file that changed so lately that a later change could leave its identity
as it is does not count as known; that is git's rule for its index.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from operator import attrgetter
from typing import Any, Generic, TypeVar

from site_builder.plain import is_link, read_plain, refused_kind

T = TypeVar("T")
Identity = tuple[int, int, int, int, int]

MOST = 4_000_000  # files, more than both generations of the largest site have; past that, all is learnt anew
_COARSE = 2_000_000_000  # ns: the coarsest clock of a file system in use (FAT), in which two changes may fall together
_AT_ONCE = 1000  # files of a folder, whose identities are held at the same time
_marks: Callable[[os.stat_result], tuple[int, ...]] = attrgetter(
    "st_mode", "st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns"
)


def identity(status: os.stat_result) -> Identity:
    """Device, number, size and both times (ns) of a file."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_settled(newest: int, now: int) -> bool:
    """Whether what last changed at `newest` (ns) would have another time if it were changed at `now` or later."""
    return now - newest > _COARSE


class Seen(Generic[T]):
    """`make(bytes)` of plain files, each file read once while its identity stays.

    `before` tells what an earlier process has learnt of an identity, or None; `once`: no file is asked for again.
    """

    def __init__(
        self, make: Callable[[bytes], T], before: Callable[[Identity], T | None] | None = None, *, once: bool = False
    ) -> None:
        self._make = make
        self._before = before
        self._once = once
        self.learnt: dict[Identity, T] = {}

    def of(self, path: bytes, limit: int, status: os.stat_result | None = None) -> T:
        """What is made of the file's bytes. Raises OSError, as `read_plain` does.

        `status`: what `lstat` has just said of it, if it was asked; what a listing says is less on Windows.
        """
        status = status if status and status.st_ino else os.lstat(path)
        who = identity(status)
        if (known := self.known(who)) is not None:
            return known
        made = self._make(read_plain(path, limit))
        if self._once:
            return made
        newest = max(status.st_mtime_ns, status.st_ctime_ns)
        if is_settled(newest, time.time_ns()) and identity(os.lstat(path)) == who:
            if len(self.learnt) >= MOST:
                self.learnt.clear()
            self.learnt[who] = made
        return made

    def known(self, who: Identity) -> T | None:
        """What was made of the file that has this identity, if that has been read."""
        if who in self.learnt:
            return self.learnt[who]
        return self._before(who) if self._before else None


def listing(folders: Iterable[bytes], passed: Collection[bytes] = ()) -> tuple[str, int]:
    """One digest of all names below some folders, with each file's mode and identity, and the newest of their times.

    No file is read. Of a folder named as in `passed` only the name counts. Raises OSError where there is no folder, a
    link in its place, or one that cannot be listed.
    """
    digest, newest = hashlib.sha256(), 0
    waiting = list(folders)
    for folder in waiting:  # which grows by the folders inside
        if is_link(os.lstat(folder)):
            raise refused_kind(stat.S_IFLNK)
        names = sorted(os.listdir(folder))  # noqa: PTH208 - paths are bytes here, which pathlib does not take
        digest.update(_bytes(names))
        for some, statuses in _looked_at(folder, names):
            marks = [() if stat.S_ISDIR(status.st_mode) else _marks(status) for status in statuses]
            digest.update(_bytes(marks))
            newest = max([newest, *(max(own[-2:]) for own in marks if own)])
            inside = (name for name, own in zip(some, marks, strict=True) if not own and name not in passed)
            waiting += [b"/".join((folder, name)) for name in inside]
    return digest.hexdigest(), newest


def _looked_at(folder: bytes, names: list[bytes]) -> Iterator[tuple[list[bytes], list[os.stat_result]]]:
    """The names, some at a time, with what the system says of each."""
    parts = [names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE)]
    if os.stat not in os.supports_dir_fd:  # Windows
        yield from ((some, [os.lstat(b"/".join((folder, name))) for name in some]) for some in parts)
        return
    opened = os.open(folder, os.O_RDONLY)  # from which the system need not walk the whole path to each name
    try:
        yield from ((some, [os.stat(name, dir_fd=opened, follow_symlinks=False) for name in some]) for some in parts)
    finally:
        os.close(opened)


def _bytes(values: list[Any]) -> bytes:
    return marshal.dumps(values, 2)  # a later version has references, and its bytes depend on more than the values
