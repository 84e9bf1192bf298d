"""One build at a time for one output folder.

The system holds the lock, so it goes with the process, however that ends; the lock file itself may stay and
means nothing. It is `flock` on Linux and macOS, a byte range on Windows, a POSIX record lock elsewhere.
"""

from __future__ import annotations

import importlib
import os
import stat
from pathlib import Path
from typing import Any

# Record locks do not keep a process out of its own lock, and are lost when it opens the file again: remember.
_held: dict[Path, int] = {}


class OutputError(Exception):
    """The output folder cannot be written; `message` says why, in words for the person at the terminal."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class OutputBusyError(OutputError):
    """Another build has the output folder."""


class OutputLock:
    """The lock of one output folder: `path` is the file beside it, `shown` the folder's name in messages."""

    def __init__(self, path: Path, shown: str) -> None:
        self.path = path
        self.shown = shown

    def acquire(self) -> None:
        """Take the lock or raise `OutputBusyError` at once."""
        while self.path not in _held:
            handle = self._open()
            try:
                taken = _take(handle)
                # `clean` may have removed the file between opening and locking it: that is a lock on nothing.
                if taken and _still_there(handle, self.path):
                    _held[self.path] = handle
                    return
            finally:
                if self.path not in _held:
                    os.close(handle)
            if not taken:
                break
        message = f"another build is writing `{self.shown}` just now; wait for it, or stop it, and build again"
        raise OutputBusyError(message)

    def release(self) -> None:
        handle = _held.pop(self.path, None)
        if handle is not None:
            os.close(handle)

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            found = os.lstat(self.path)
        except FileNotFoundError:
            pass
        else:
            if not stat.S_ISREG(found.st_mode):
                raise OutputError(f"`{self.path.name}` beside `{self.shown}` is not a plain file; remove it")
        return os.open(self.path, flags, 0o644)


def _take(handle: int) -> bool:
    """Whether the lock is ours now; a file system without locks raises OSError instead."""
    try:
        if fcntl := _module("fcntl"):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        elif msvcrt := _module("msvcrt"):
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            os.lockf(handle, os.F_TLOCK, 1)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def _still_there(handle: int, path: Path) -> bool:
    if os.name == "nt":  # where an open file cannot be removed
        return True
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(path))
    except FileNotFoundError:
        return False


def _forget() -> None:
    """A forked worker that outlives a killed build must not keep its lock."""
    for handle in _held.values():
        os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
