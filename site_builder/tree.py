# ruff: noqa: PTH101, PTH102, PTH106, PTH108, PTH112 - paths are bytes here, which pathlib does not take
"""One generation of the output on disk: a folder that only the holder of the lock writes.

Files are replaced, never written in place: somebody may be reading the old one or have a hard link to it.
Names are bytes, so that no locale has a say in how they are spelled.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator, Set
from pathlib import Path

from site_builder.exchange import patiently
from site_builder.files import sha256
from site_builder.names import fold
from site_builder.plain import is_link, read_plain
from site_builder.seen import Seen, identity

MAX_BYTES = 1 << 31  # of one finished file; the true limits lie with what goes in
FILE_MODE = 0o644
FOLDER_MODE = 0o755
_MODES = os.name != "nt"  # Windows has no such modes to set
_PART = "part~"  # a page cannot have this name: see `Round`


class Tree:
    """The files below `root` by relative POSIX path; what is no plain file of our own is cleared away."""

    def __init__(self, root: Path, seen: Seen[str] | None = None) -> None:
        self.root = os.fsencode(root)
        self._seen = seen or Seen(sha256)
        self.files: dict[str, int] = {}
        self.folders: set[str] = set()
        self._digests: dict[str, str] = {}  # of files that were known when they were met, by path
        self._spelling: dict[str, str] = {}  # of paths that are not the form in which they are compared

    def scan(self) -> None:
        """Learn what is there. Links and other odd things are removed: no path below may lead elsewhere."""
        if os.path.isdir(self.root):
            _set_mode(self.root, FOLDER_MODE)
            self.folders.add("")
            self._scan(self.root, "")

    def digest(self, path: str) -> str | None:
        """SHA-256 of the file as it is now, or was when all were met; None if there is none."""
        if path in self._digests:
            return self._digests[path]
        try:
            return self._seen.of(self._real(path), MAX_BYTES)
        except OSError:
            return None

    def read(self, path: str) -> bytes | None:
        try:
            return read_plain(self._real(path), MAX_BYTES)
        except OSError:
            return None

    def put(self, path: str, data: bytes) -> None:
        """Have exactly these bytes there; a file that has them already is left alone."""
        if self.files.get(path) == len(data) and self.read(path) == data:
            return
        self._make_way(path)
        if path in self.files:
            part = self._real(_PART)
            _create(part, data)
            try:
                patiently(os.replace, part, self._real(path))
            except BaseException:
                _discard(part)
                raise
        else:
            _create(self._real(path), data)
        self._note(path, len(data))

    def prune(self, keep: Set[str]) -> None:
        """Remove every file that is not named, then every folder that has become empty."""
        for path in self.files.keys() - keep:
            self._remove(path)
        needed = {folder for path in self.files for folder in parents(path)}
        for folder in sorted(self.folders - needed - {""}, reverse=True):
            os.rmdir(self._real(folder))
            self.folders.discard(folder)

    def _scan(self, folder: bytes, prefix: str) -> None:
        odd, inside = list[bytes](), list[tuple[bytes, str]]()
        with os.scandir(folder) as listing:
            for entry in listing:
                status = entry.stat(follow_symlinks=False)
                path = _decoded(prefix, entry.name)
                if path is None or path == _PART or is_link(status):
                    odd.append(entry.path)
                elif stat.S_ISDIR(status.st_mode):
                    _set_mode(entry.path, FOLDER_MODE, status)
                    self.folders.add(path)
                    inside.append((entry.path, f"{path}/"))
                elif stat.S_ISREG(status.st_mode) and status.st_nlink <= 1:
                    _set_mode(entry.path, FILE_MODE, status)
                    self._note(path, status.st_size)
                    if known := self._seen.known(identity(status)):
                        self._digests[path] = known
                else:
                    odd.append(entry.path)
        for real in odd:
            clear(real)
        for real, within in inside:
            self._scan(real, within)

    def _make_way(self, path: str) -> None:
        """Folders where the path needs them, and nothing of the last generation in its place."""
        folded = fold(path)
        spelled = self._spelling.get(folded) or (folded if folded in self.files else path)
        if spelled != path:  # one file on a system that ignores case: go before the new one comes
            self._remove(spelled)
        for folder in parents(path):
            if folder not in self.folders:
                if folder in self.files:
                    self._remove(folder)
                self._make_folder(folder)
        if path in self.folders:
            clear(self._real(path))
            inside = f"{path}/"
            self.folders = {name for name in self.folders if name != path and not name.startswith(inside)}
            for name in [name for name in self.files if name.startswith(inside)]:
                self._forget(name)

    def _make_folder(self, folder: str) -> None:
        real = self._real(folder)
        with contextlib.suppress(FileExistsError):  # another spelling of it, on a system that ignores case
            os.mkdir(real, FOLDER_MODE)
        _set_mode(real, FOLDER_MODE)
        self.folders.add(folder)

    def _real(self, path: str) -> bytes:
        return b"/".join((self.root, path.encode())) if path else self.root

    def _note(self, path: str, size: int) -> None:
        self.files[path] = size
        self._digests.pop(path, None)
        if (folded := fold(path)) != path:
            self._spelling[folded] = path

    def _forget(self, path: str) -> None:
        del self.files[path]
        self._digests.pop(path, None)
        self._spelling.pop(fold(path), None)

    def _remove(self, path: str) -> None:
        os.unlink(self._real(path))
        self._forget(path)


def parents(path: str) -> Iterator[str]:
    """The folders above a path, outermost first: "" (the root), "a", "a/b" for "a/b/c"."""
    yield ""
    place = path.find("/")
    while place >= 0:
        yield path[:place]
        place = path.find("/", place + 1)


def clear(path: bytes) -> None:
    """Remove whatever has this name; of a link, only the link."""
    status = os.lstat(path)
    if stat.S_ISDIR(status.st_mode) and not is_link(status):
        shutil.rmtree(path)
        return
    try:
        os.unlink(path)
    except PermissionError:  # a link to a folder on Windows
        os.rmdir(path)


def _decoded(prefix: str, name: bytes) -> str | None:
    try:
        return prefix + name.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _create(path: bytes, data: bytes) -> None:
    """A new file with these bytes, or none: what a full disk leaves half-written is taken away again."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, FILE_MODE)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            known = os.fstat(handle)
        finally:
            os.close(handle)
        _set_mode(path, FILE_MODE, known)
    except BaseException:
        _discard(path)
        raise


def _discard(path: bytes) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)


def _set_mode(path: bytes, mode: int, known: os.stat_result | None = None) -> None:
    """Set the mode whatever the umask, so that an archive of the output is the same everywhere."""
    if _MODES and (known is None or stat.S_IMODE(known.st_mode) != mode):
        with contextlib.suppress(OSError):  # file systems without modes refuse; there is nothing to set there
            os.chmod(path, mode)
