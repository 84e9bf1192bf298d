"""Two folders change places: in one step where the system can, else in two that the next start can repair."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Name = TypeVar("Name", bytes, Path)

_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE on Linux and RENAME_SWAP on macOS happen to be the same number

# On Windows a virus scanner or an indexer may hold a file for a moment, and then it cannot be renamed.
_PATIENCE = (0.02, 0.05, 0.1, 0.2, 0.4) if os.name == "nt" else ()


def exchange(live: Path, idle: Path, aside: Path) -> None:
    """Let `idle` be the live folder: one rename if there was none; `aside` serves for two renames."""
    if not os.path.lexists(live):
        patiently(os.rename, idle, live)
        return
    swap = atomic_swap()
    if swap is not None and swap(os.fsencode(live), os.fsencode(idle)):
        return
    patiently(os.rename, live, aside)
    try:
        patiently(os.rename, idle, live)
    except BaseException:
        settle(live, idle, aside)
        raise
    patiently(os.rename, aside, idle)


def settle(live: Path, idle: Path, aside: Path) -> None:
    """Bring the folders back in order after a build that died between its two renames."""
    if not os.path.lexists(aside):
        return
    if not os.path.lexists(live):
        patiently(os.rename, aside, live)
    elif not os.path.lexists(idle):
        patiently(os.rename, aside, idle)
    else:
        shutil.rmtree(aside)


def atomic_swap() -> Callable[[bytes, bytes], bool] | None:
    """The system's own exchange of two names, if it has one; it says whether the file system could do it."""
    if sys.platform == "win32":
        return None
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes  # noqa: PLC0415  (some Pythons are built without, and Windows needs none)

        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            rename = system.renamex_np
            rename.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
            return lambda one, other: rename(one, other, _EXCHANGE) == 0
        renameat2 = system.renameat2
        renameat2.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
        return lambda one, other: renameat2(_AT_FDCWD, one, _AT_FDCWD, other, _EXCHANGE) == 0
    return None


def patiently(rename: Callable[[Name, Name], None], one: Name, other: Name) -> None:
    """Rename, and try again a few times where the system is known to refuse for a moment."""
    for pause in _PATIENCE:
        try:
            return rename(one, other)
        except PermissionError:
            time.sleep(pause)
    return rename(one, other)
