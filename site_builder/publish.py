"""Two generations of the output folder: pages go into the idle one, which then changes places with the live.

The live folder is whole at every moment, through kill, crash and a full disk (not a power cut: nothing is
synced). `_site` is what visitors get, `._site.next` the idle generation beside it, `._site.lock` the lock;
`._site.old` exists only between two renames, on systems that cannot exchange two names in one step, `._site.tmp` only
while a tool works in it.
"""

from __future__ import annotations

import contextlib
import errno
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from site_builder.files import sha256
from site_builder.locking import OutputBusyError, OutputError
from site_builder.manifest import MANIFEST, manifest_of, read_manifest, verify
from site_builder.names import printable
from site_builder.place import ForeignOutputError, Place
from site_builder.round import Round, UnsafePathError
from site_builder.seen import Seen
from site_builder.tree import Tree

__all__ = [
    "MANIFEST",
    "ForeignOutputError",
    "MemoryStaging",
    "OutputBusyError",
    "OutputError",
    "Rehearsal",
    "Staging",
    "UnsafePathError",
    "remove_output",
    "verify",
]

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


class Staging:
    """The next generation of `out`, as a context; left without `publish()`, the live folder is as it was.

    `sources` are folders that the output must not be, hold or lie in (content, templates, …); `seen` spares a process
    that builds again and again the reading of files that it has read.
    """

    def __init__(self, out: Path, sources: Iterable[Path] = (), seen: Seen[str] | None = None) -> None:
        self._place = Place(out, sources)
        self._seen = seen or Seen(sha256)
        self._idle = Tree(self._place.idle, self._seen)
        self._live = Tree(self._place.live, self._seen)
        self._round = Round()
        self._open = self._known = False

    def __enter__(self) -> Self:
        with self._place.reporting():
            self._place.refuse_foreign()
            self._place.live.parent.mkdir(parents=True, exist_ok=True)
            self._place.lock.acquire()
            try:
                self._place.settle()
            except BaseException:
                self._place.lock.release()
                raise
        self._open, self._known = True, False
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._place.lock.release()

    def has(self, path: str, digest: str) -> bool:
        """Whether a generation has this file with these bytes (SHA-256); if so, it is in this round."""
        self._check(path)
        if self._is_idle(path, digest):
            self._round.name(path, digest, self._idle.files[path])
            return True
        data = self._live.read(path) if self._live.digest(path) == digest else None
        if data is None or sha256(data) != digest:
            return False
        self._put(path, data)
        self._round.name(path, digest, len(data))
        return True

    def holds(self, path: str, digest: str) -> bool:
        """The same, without a promise to have it in this round."""
        self._check(path)
        return self._is_idle(path, digest) or self._live.digest(path) == digest

    def _is_idle(self, path: str, digest: str) -> bool:
        return path in self._idle.files and self._idle.digest(path) == digest

    def write(self, path: str, data: bytes) -> str:
        """Let the file have these bytes in the next generation; their digest."""
        self._check(path)
        digest = sha256(data)
        self._round.name(path, digest, len(data))
        self._put(path, data)
        return digest

    def read(self, path: str) -> bytes:
        """The bytes of a file of this round."""
        data = self._idle.read(path)
        if data is None:
            raise UnsafePathError(f"`{printable(path)}` has gone from the stage")
        return data

    def named(self) -> dict[str, str]:
        """The files of this round so far, each with its digest (SHA-256)."""
        return {path: digest for path, (digest, _) in self._round.named.items()}

    def published(self) -> dict[str, str]:
        """The files of the live folder with their digests, as its manifest has them."""
        return {path: digest for path, (digest, _) in (read_manifest(self._place.live) or {}).items()}

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """An empty folder for a tool to work in, gone afterwards; after a kill the next build clears it away."""
        with self._place.reporting():
            self._place.scratch.mkdir(exist_ok=True)
            folder = Path(tempfile.mkdtemp(dir=self._place.scratch))
        try:
            with self._place.reporting():
                yield folder
        finally:
            self._place.tidy()

    def publish(self) -> bool:
        """Make the files of this round, and no others, the live folder; False if it is just so already."""
        self._check("index.html")
        manifest = manifest_of(self._round.named)
        with self._place.reporting():
            self._idle.prune(self._round.named.keys() | {MANIFEST})
            self._idle.put(MANIFEST, manifest)
            self._open = False
            if self._live.read(MANIFEST) == manifest and not verify(self._place.live, self._seen):
                return False
            self._place.exchange()
            return True

    def _put(self, path: str, data: bytes) -> None:
        with self._place.reporting(path):
            try:
                self._idle.put(path, data)
            except OSError as failure:
                if failure.errno not in _FULL:
                    raise
                # What an earlier round has left may be all that fills the disk.
                self._idle.prune(self._round.named.keys())
                self._idle.put(path, data)

    def _check(self, path: str) -> None:
        if not self._open:
            raise UnsafePathError(f"`{printable(path)}` was named outside of a round")
        if not self._known:  # only now: a build that ends with errors need not know what is there
            with self._place.reporting():
                self._idle.scan()
            self._known = True
        self._round.check(path)


class MemoryStaging:
    """The same rules with a dictionary for a disk, for tests."""

    def __init__(self, files: dict[str, bytes] | None = None) -> None:
        self.files = dict(files or {})
        self._round = Round()

    def named(self) -> set[str]:
        """The files of this round so far."""
        return set(self._round.named)

    def has(self, path: str, digest: str) -> bool:
        if not self.holds(path, digest):
            return False
        self._round.name(path, digest, len(self.files[path]))
        return True

    def holds(self, path: str, digest: str) -> bool:
        self._round.check(path)
        data = self.files.get(path)
        return data is not None and sha256(data) == digest

    def write(self, path: str, data: bytes) -> str:
        self._round.check(path)
        digest = sha256(data)
        self._round.name(path, digest, len(data))
        self.files[path] = data
        return digest


class Rehearsal:
    """The same rules, and nothing is written: for `check`, to which what was made before is as good as there."""

    def __init__(self) -> None:
        self._round = Round()

    def has(self, path: str, digest: str) -> bool:
        return self.holds(path, digest)

    def holds(self, path: str, digest: str) -> bool:
        del digest
        self._round.check(path)
        return True

    def write(self, path: str, data: bytes) -> str:
        self._round.check(path)
        digest = sha256(data)
        self._round.name(path, digest, len(data))
        return digest


def remove_output(out: Path) -> None:
    """Remove an output folder of ours and what lies beside it; refuse any other folder."""
    place = Place(out)
    with place.reporting():
        place.refuse_foreign()
        if place.is_bare():
            return
        place.lock.acquire()
        try:
            place.settle()
            place.remove()
        finally:
            place.lock.release()
