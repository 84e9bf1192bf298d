"""One file, read and written so that a link, a pipe, a device or an endless file in its place does no harm."""

from __future__ import annotations

import os
import stat

TYPE_CHECKING = False  # see `listing`
if TYPE_CHECKING:
    from collections.abc import Iterable

MIB = 1024 * 1024
ATTEMPTS = 3
_PIECE = 4096  # bytes
_NAME_SURROGATE = 0x20000000  # the bit of Windows' reparse tags that marks links and junctions
# Not every system has all. Without O_NONBLOCK a pipe would wait for ever; O_BINARY is Windows' "as it is".
_GUARDS = ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY")


class RefusedError(OSError):
    """A file that must not be read, worded for the author."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def read_plain(path: bytes, limit: int) -> bytes:
    """The bytes of a plain file: no link, not larger than `limit`, not changing under our hands."""
    flags = os.O_RDONLY
    for name in _GUARDS:
        flags |= getattr(os, name, 0)
    handle = os.open(path, flags)
    try:
        if not hasattr(os, "O_NOFOLLOW") and is_link(os.lstat(path)):
            raise refused_kind(stat.S_IFLNK)
        return _read_settled(handle, limit)
    finally:
        os.close(handle)


def replace(path: str, parts: Iterable[bytes]) -> None:
    """Have a file of ours hold this, if it can be written: the old one stays whole until the new one is."""
    part = f"{path}~"  # one name, which the next build takes over if this one is killed
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        _remove(part)
        with open(part, "xb") as file:  # never through a link that somebody laid there
            file.writelines(parts)
        os.replace(part, path)
    except OSError:
        _remove(part)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        pass


def is_link(status: os.stat_result) -> bool:
    """Whether the status, not followed, is that of a link: a symbolic one, or a junction on Windows."""
    return stat.S_ISLNK(status.st_mode) or bool(getattr(status, "st_reparse_tag", 0) & _NAME_SURROGATE)


def refused_kind(mode: int) -> RefusedError:
    """Why something of this kind (the type bits of a mode) is not read."""
    if stat.S_ISLNK(mode):
        message = "this is a link; links are not followed, as they may lead out of the folder"
        return RefusedError("file-link", message, "put the file or folder itself here")
    kinds = ((stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"), (stat.S_ISDIR, "folder"))
    kind = next((word for test, word in kinds if test(mode)), "device")
    return RefusedError("file-special", f"this is a {kind}, not a file with text or media in it", "remove it")


def _read_settled(handle: int, limit: int) -> bytes:
    """Read until the file is the same before and after, since an editor may be saving it just now."""
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        raise refused_kind(before.st_mode)
    if before.st_size > limit:
        raise _too_large(limit)
    for _ in range(ATTEMPTS):
        os.lseek(handle, 0, os.SEEK_SET)
        data = _read_all(handle, limit, max(before.st_size + 1, _PIECE))
        after = os.fstat(handle)
        times = (before.st_mtime_ns, after.st_mtime_ns)
        if before.st_size == after.st_size == len(data) and times[0] == times[1]:
            return data
        before = after
    raise RefusedError("file-changing", "this file kept changing while it was read", "save it and build again")


def _read_all(handle: int, limit: int, piece: int) -> bytes:
    """All bytes, read `piece` by piece: of the size that is expected, since of more memory the rest stays lost."""
    parts: list[bytes] = []
    left = limit + 1
    while left > 0 and (part := os.read(handle, min(left, piece))):
        parts.append(part)
        left -= len(part)
    if left <= 0:
        raise _too_large(limit)
    return b"".join(parts)


def _too_large(limit: int) -> RefusedError:
    message = f"this file is larger than the {limit // MIB} MiB that are read"
    return RefusedError("file-too-large", message, "split it into smaller files" if limit == MIB else "make it smaller")
