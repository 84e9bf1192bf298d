"""What was made of a file's bytes, by the file's identity: the same file as before need not be read again.

Only ever a short cut to the same answer. A file that changed so lately that a later change could leave its identity
as it is does not count as known; that is git's rule for its index.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from site_builder.plain import read_plain

T = TypeVar("T")
Identity = tuple[int, int, int, int, int]

MOST = 200_000  # files; past that, all is learnt anew
_COARSE = 2_000_000_000  # ns: the coarsest clock of a file system in use (FAT), in which two changes may fall together


def identity(status: os.stat_result) -> Identity:
    """Device, number, size and both times (ns) of a file."""
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


class Seen(Generic[T]):
    """`make(bytes)` of plain files, each file read once while its identity stays."""

    def __init__(self, make: Callable[[bytes], T], known: Mapping[Identity, T] | None = None) -> None:
        self._make = make
        self.known: dict[Identity, T] = dict(known or {})

    def of(self, path: bytes, limit: int, status: os.stat_result | None = None) -> T:
        """What is made of the file's bytes. Raises OSError, as `read_plain` does.

        `status`: what `lstat` has just said of it, if it was asked; what a listing says is less on Windows.
        """
        status = status if status and status.st_ino else os.lstat(path)
        who = identity(status)
        if who in self.known:
            return self.known[who]
        made = self._make(read_plain(path, limit))
        if time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > _COARSE and identity(os.lstat(path)) == who:
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[who] = made
        return made
