"""What was made of a file's bytes, by the file's identity: the same file as before need not be read again.

Only ever a short cut to the same answer. A file that changed so lately that a later change could leave its identity
as it is does not count as known; that is git's rule for its index.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from site_builder.plain import read_plain

T = TypeVar("T")
Identity = tuple[int, int, int, int, int]

MOST = 4_000_000  # files, more than both generations of the largest site have; past that, all is learnt anew
_COARSE = 2_000_000_000  # ns: the coarsest clock of a file system in use (FAT), in which two changes may fall together


def identity(status: os.stat_result) -> Identity:
    """Device, number, size and both times (ns) of a file."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def is_settled(newest: int, now: int) -> bool:
    """Whether what last changed at `newest` (ns) would have another time if it were changed at `now` or later."""
    return now - newest > _COARSE


class Seen(Generic[T]):
    """`make(bytes)` of plain files, each file read once while its identity stays.

    `before` tells what an earlier process has learnt of an identity, or None; `once`: no file is asked for again;
    `pupil`: another that learns of what is read here, and need not read it.
    """

    def __init__(
        self,
        make: Callable[[bytes], T],
        before: Callable[[Identity], T | None] | None = None,
        *,
        once: bool = False,
        pupil: Seen[Any] | None = None,
    ) -> None:
        self._make = make
        self._before = before
        self._once = once
        self._pupil = pupil
        self.learnt: dict[Identity, T] = {}

    def of(self, path: bytes, limit: int, status: os.stat_result | None = None) -> T:
        """What is made of the file's bytes. Raises OSError, as `read_plain` does.

        `status`: what `lstat` has just said of it, if it was asked; what a listing says is less on Windows.
        """
        status = status if status and status.st_ino else os.lstat(path)
        who = identity(status)
        if (known := self.known(who)) is not None:
            return known
        data = read_plain(path, limit)
        made = self._make(data)
        if self._once and not self._pupil:
            return made
        newest = max(status.st_mtime_ns, status.st_ctime_ns)
        if is_settled(newest, time.time_ns()) and identity(os.lstat(path)) == who:
            if not self._once:
                self._learn(who, made)
            if self._pupil and self._pupil.known(who) is None:
                self._pupil._learn(who, self._pupil._make(data))
        return made

    def _learn(self, who: Identity, made: T) -> None:
        if len(self.learnt) >= MOST:
            self.learnt.clear()
        self.learnt[who] = made

    def known(self, who: Identity) -> T | None:
        """What was made of the file that has this identity, if that has been read."""
        if who in self.learnt:
            return self.learnt[who]
        return self._before(who) if self._before else None
