"""What the last build was made of: when nothing has changed since, it need not be done again.

A receipt says which inputs, options and generator have led to which manifest, and what there was to report. It is
only ever a short cut to the same bytes: contents decide, a file's identity spares no more than reading it again, and
a receipt that is damaged, foreign or of another version counts for nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from site_builder.bootstrap import installed
from site_builder.diagnostics import Report
from site_builder.files import Options, sha256
from site_builder.known import Known
from site_builder.plain import MIB, read_plain
from site_builder.seen import Seen, is_settled, listing

FOLDER = Path(".cache/builds")
VERSION = 2
MAX_BYTES = 512 * MIB
_PACKAGE = Path(__file__).resolve().parent
_NEVER_READ = (b".git", b".hg", b".svn", b"__pycache__")  # folders in the author's and in the generator's


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receipt of one output folder, and what is known of files without reading them; empty: of nothing.

    On disk: a line with the SHA-256 of the rest, a line of JSON, and the rows of `Known`.
    """

    out: Path
    found: Mapping[str, Any] = field(default_factory=dict)
    known: Known = field(default_factory=Known)
    seen: Seen[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "seen", Seen(sha256, self.known.get))

    @staticmethod
    def of(out: Path) -> Receipts:
        """What is kept for an output folder; an empty one where there is none, or none that can be read."""
        try:
            data = read_plain(os.fsencode(_file(out)), MAX_BYTES)
            begin = data.index(b"\n") + 1
            end = data.index(b"\n", begin)
            whole = memoryview(data)  # whose parts are no copies
            if data[:begin] != sha256(whole[begin:]).encode() + b"\n":
                return Receipts(out)
            found = json.loads(data[begin:end])
            return Receipts(out, found, Known(whole[end + 1 :])) if found["version"] == VERSION else Receipts(out)
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return Receipts(out)

    def good(self, sources: Iterable[Path], options: Options, key: Callable[[], str]) -> Report | None:
        """The report of the build that made just this, if its output is still there and whole.

        `sources`: all folders that it reads; `key`: tells the key (see below) of what they hold now. That is not asked,
        and no file is read, where all still lie as they lay when they were last found so.
        """
        try:
            report = Report.from_plain(self.found["report"])
        except (KeyError, TypeError, ValueError):
            return None
        now = time.time_ns()
        lying, newest = _lying([*sources, _PACKAGE], _NEVER_READ)
        under = sha256(repr((_python(), options, lying)).encode())
        if self.found.get("under") == under and lying and self.found.get("over") == _lying([self.out])[0]:
            return report
        if self.found.get("key") != key() or self.found.get("manifest") != _manifest(self.out):
            return None
        from site_builder.manifest import verify  # not needed where nothing has moved

        over, latest = _lying([self.out])
        if verify(self.out, self.seen):
            return None
        # They were listed before they were looked into: what has changed meanwhile is not as it is listed, if the
        # listed times lie so far back that a change has another.
        settled = lying and over and is_settled(max(newest, latest), now)
        if settled or self.seen.learnt:
            self.keep(self.found["key"], report, (under, over) if settled else ("", ""))
        return report

    def keep(self, key: str, report: Report, lying: tuple[str, str] = ("", "")) -> None:
        """Write the receipt of a build that was published. Whoever cannot write it builds again next time.

        `lying`: the listings under which inputs and output were found to be just so, if that can be said.
        """
        kept = {
            "version": VERSION,
            "key": key,
            "manifest": _manifest(self.out),
            "report": [asdict(finding) for finding in report.diagnostics],
            **({"under": lying[0], "over": lying[1]} if all(lying) else {}),
        }
        head, rows = json.dumps(kept).encode() + b"\n", self.known.packed(self.seen.learnt)
        digest = hashlib.sha256(head)
        digest.update(rows)
        file = _file(self.out)
        part = file.with_name(f"{file.name}~")  # one name, which the next build takes over if this one is killed
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("wb") as made:
                    made.writelines((digest.hexdigest().encode(), b"\n", head, rows))
                part.replace(file)
            finally:
                part.unlink(missing_ok=True)


def forget() -> None:
    """Take all receipts and the memo away, and the folder around them if nothing else is kept there."""
    import shutil

    from site_builder import shelf

    shutil.rmtree(FOLDER, ignore_errors=True)
    for name in (shelf.FILE, shelf.FILE.with_name(f"{shelf.FILE.name}-journal")):
        with contextlib.suppress(OSError):
            name.unlink()
    with contextlib.suppress(OSError):
        FOLDER.parent.rmdir()


def _file(out: Path) -> Path:
    return FOLDER / f"{sha256(os.fsencode(out.absolute()))[:16]}.receipt"


def _manifest(out: Path) -> str:
    from site_builder.manifest import MANIFEST

    try:
        return sha256(read_plain(os.fsencode(out / MANIFEST), MAX_BYTES))
    except OSError:
        return ""


def _lying(folders: Collection[Path], passed: Collection[bytes] = ()) -> tuple[str, int]:
    """What `listing` says of folders; "" where they cannot be listed."""
    try:
        return listing(map(os.fsencode, folders), passed)
    except OSError:
        return "", 0


def key(inputs: Mapping[str, str], options: Options, seen: Seen[str]) -> str:
    """All that a build depends on, as one digest. `inputs`: logical path to SHA-256."""
    return sha256(repr((generator(seen), sorted(asdict(options).items()), sorted(inputs.items()))).encode())


def _python() -> tuple[str, str, list[tuple[str, str]]]:
    return sys.version, sys.platform, sorted(installed(sys.path).items())


def generator(seen: Seen[str]) -> str:
    """This generator, its packages and its Python."""
    code = sorted(path for path in _PACKAGE.rglob("*") if "__pycache__" not in path.parts and path.is_file())
    digests = [(path.relative_to(_PACKAGE).as_posix(), seen.of(os.fsencode(path), MAX_BYTES)) for path in code]
    return sha256(repr((*_python(), digests)).encode())
