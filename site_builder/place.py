"""Where the generations of an output folder lie, and which folders may be one at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from site_builder import exchange
from site_builder.locking import OutputError, OutputLock
from site_builder.manifest import MANIFEST, has_manifest
from site_builder.names import printable
from site_builder.tree import clear


class ForeignOutputError(OutputError):
    """The output folder is something that is not ours to replace."""


class Place:
    """The names of one output: the live folder and, beside it, what serves to replace it."""

    def __init__(self, out: Path, sources: Iterable[Path] = ()) -> None:
        self.shown = printable(str(out))
        absolute = out.absolute()
        if absolute.name == "..":
            absolute = absolute.resolve()
        # Links above the folder are the author's affair; itself it must be none, so it is not resolved.
        self.live = absolute.parent.resolve() / absolute.name
        self.idle = self._beside("next")
        self.aside = self._beside("old")
        self.scratch = self._beside("tmp")
        self.lock = OutputLock(self._beside("lock"), self.shown)
        self._sources = [source.resolve() for source in sources]

    def _beside(self, suffix: str) -> Path:
        return _beside(self.live, suffix)

    @contextlib.contextmanager
    def reporting(self, path: str = "") -> Iterator[None]:
        """Word any failure of the system for the person at the terminal."""
        try:
            yield
        except OSError as failure:
            what = f"`{printable(path)}` in `{self.shown}`" if path else f"`{self.shown}`"
            reason = printable(failure.strerror or str(failure))
            kept = "; the site published before is as it was" if self.live.is_dir() else ""
            raise OutputError(f"{what} could not be written: {reason}{kept}") from failure

    def refuse_foreign(self) -> None:
        """Raise `ForeignOutputError` unless the folder is missing, empty or ours, and apart."""
        if reason := self._unfit() or self._foreign():
            raise ForeignOutputError(f"`{self.shown}` cannot be the output folder: {reason}")

    def settle(self) -> None:
        exchange.settle(self.live, self.idle, self.aside)
        if os.path.lexists(self.idle) and (self.idle.is_symlink() or not self.idle.is_dir()):
            clear(os.fsencode(self.idle))  # in its place something that only looks like a generation of ours
        self.tidy()

    def tidy(self) -> None:
        """Take away what serves for a while only; a tool that outlived a killed build may still write into it."""
        if os.path.lexists(self.scratch):
            with contextlib.suppress(OSError):
                clear(os.fsencode(self.scratch))

    def exchange(self) -> None:
        exchange.exchange(self.live, self.idle, self.aside)

    def is_bare(self) -> bool:
        return not any(map(os.path.lexists, (self.live, self.idle, self.aside, self.scratch, self.lock.path)))

    def remove(self) -> None:
        """Take the live folder away in one step, so that a kill leaves it whole or gone."""
        if os.path.lexists(self.idle):
            clear(os.fsencode(self.idle))
        if os.path.lexists(self.live):
            exchange.patiently(os.rename, self.live, self.idle)
            clear(os.fsencode(self.idle))
        with contextlib.suppress(OSError):  # Windows keeps a file that is open; it does no harm
            self.lock.path.unlink()

    def _unfit(self) -> str:
        """What speaks against the place, whatever lies there."""
        if not self.live.name:
            return "it is the root of the file system; name a folder of its own with `--out DIR`"
        with contextlib.suppress(RuntimeError):  # a system user without a home
            home = Path.home().resolve()
            if self.live == home or self.live in home.parents:
                return "it is or holds your home folder; name a folder of its own with `--out DIR`"
        for source in self._sources:
            if self.live == source or self.live in source.parents or source in self.live.parents:
                return f"it is, holds or lies in `{source.name}`, of which the site is made; name another"
        for above in self.live.parents:
            if os.path.lexists(_beside(above, "lock")) and has_manifest(above):
                return f"it lies in `{above.name}`, another site, whose next build would remove it; name one beside it"
        return ""

    def _foreign(self) -> str:
        """What speaks against replacing what lies there now."""
        if self.live.is_symlink():
            return "it is a link; name the folder it leads to, or remove the link"
        if not os.path.lexists(self.live):
            return ""
        if not self.live.is_dir():
            return "it is a file; remove it or name another folder with `--out DIR`"
        if os.path.lexists(self.live / ".git"):
            return "it is a Git working tree; build into another folder and copy the files over"
        if any(self.live.iterdir()) and not has_manifest(self.live):
            return (
                f"it has files in it that were not made by this generator (no `{MANIFEST}` of ours); "
                "empty or remove it yourself, or name another folder with `--out DIR`"
            )
        return ""


def _beside(folder: Path, suffix: str) -> Path:
    return folder.parent / f".{folder.name}.{suffix}"
