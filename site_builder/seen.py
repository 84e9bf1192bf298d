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
from collections.abc import Callable, Collection, Iterable
from operator import attrgetter
from typing import Generic, TypeVar

from site_builder.plain import is_link, read_plain, refused_kind

T = TypeVar("T")
Identity = tuple[int, int, int, int, int]

MOST = 4_000_000  # files, more than both generations of the largest site have; past that, all is learnt anew
_COARSE = 2_000_000_000  # ns: the coarsest clock of a file system in use (FAT), in which two changes may fall together
_marks: Callable[[os.stat_result], tuple[int, ...]] = attrgetter(
    "st_mode", "st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns"
)


def identity(status: os.stat_result) -> Identity:
    """Device, number, size and both times (ns) of a file."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_settled(newest: int, now: int) -> bool:
    """Whether what has `newest` as its last time (ns) would show by another one that it was changed at `now` or later."""
    return now - newest > _COARSE


class Seen(Generic[T]):
    """`make(bytes)` of plain files, each file read once while its identity stays.

    `before` tells what an earlier process has learnt of an identity, or None.
    """

    def __init__(self, make: Callable[[bytes], T], before: Callable[[Identity], T | None] | None = None) -> None:
        self._make = make
        self._before = before
        self.learnt: dict[Identity, T] = {}

    def of(self, path: bytes, limit: int, status: os.stat_result | None = None) -> T:
        """What is made of the file's bytes. Raises OSError, as `read_plain` does.

        `status`: what `lstat` has just said of it, if it was asked; what a listing says is less on Windows.
        """
        status = status if status and status.st_ino else os.lstat(path)
        who = identity(status)
        if who in self.learnt:
            return self.learnt[who]
        if self._before and (known := self._before(who)) is not None:
            return known
        made = self._make(read_plain(path, limit))
        newest = max(status.st_mtime_ns, status.st_ctime_ns)
        if is_settled(newest, time.time_ns()) and identity(os.lstat(path)) == who:
            if len(self.learnt) >= MOST:
                self.learnt.clear()
            self.learnt[who] = made
        return made


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
        with os.scandir(folder) as found:
            entries = sorted(found, key=attrgetter("name"))
        marks = [None if entry.is_dir(follow_symlinks=False) else _marks(_status(entry)) for entry in entries]
        newest = max([newest, *(max(own[-2:]) for own in marks if own)])
        # Version 2 of this form has no references, so its bytes depend on the values alone.
        digest.update(marshal.dumps(([entry.name for entry in entries], marks), 2))
        inside = (entry for entry, own in zip(entries, marks, strict=True) if own is None)
        waiting += [entry.path for entry in inside if entry.name not in passed]
    return digest.hexdigest(), newest


def _status(entry: os.DirEntry[bytes]) -> os.stat_result:
    status = entry.stat(follow_symlinks=False)
    return status if status.st_ino else os.lstat(entry.path)  # a listing says less on Windows
