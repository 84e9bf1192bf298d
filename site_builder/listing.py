"""How files lie: their names, numbers, sizes and times as one digest, for which no file is read."""

from __future__ import annotations

import hashlib
import marshal
import os
import stat
from operator import attrgetter

from site_builder.plain import is_link, refused_kind

TYPE_CHECKING = False  # as typing has it, which costs more than all that is done here for a small site
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from typing import Any

_AT_ONCE = 1000  # files of a folder, whose identities are held at the same time
_marks: Callable[[os.stat_result], tuple[int, ...]] = attrgetter(
    "st_mode", "st_dev", "st_ino", "st_size", "st_mtime_ns", "st_ctime_ns"
)


def listing(folders: Iterable[bytes], passed: Collection[bytes] = ()) -> tuple[str, int, int]:
    """One digest of all names below some folders, with each file's mode and identity; the newest of their times; how
    many names there are.

    No file is read. Of a folder named as in `passed` only the name counts. Raises OSError where there is no folder, a
    link in its place, or one that cannot be listed.
    """
    digest, newest, count = hashlib.sha256(), 0, 0
    waiting = list(folders)
    for folder in waiting:  # which grows by the folders inside
        if is_link(os.lstat(folder)):
            raise refused_kind(stat.S_IFLNK)
        names = sorted(os.listdir(folder))
        digest.update(_bytes(names))
        count += len(names)
        for some, statuses in _looked_at(folder, names):
            marks = [() if stat.S_ISDIR(status.st_mode) else _marks(status) for status in statuses]
            digest.update(_bytes(marks))
            newest = max([newest, *(max(own[-2:]) for own in marks if own)])
            inside = (name for name, own in zip(some, marks, strict=True) if not own and name not in passed)
            waiting += [b"/".join((folder, name)) for name in inside]
    return digest.hexdigest(), newest, count


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
