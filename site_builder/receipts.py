"""What the last build was made of: when nothing has changed since, it need not be done again.

A receipt says which inputs, options and generator have led to which manifest, and what there was to report. It is
only ever a short cut to the same bytes: contents decide, a file's identity spares no more than reading it again, and
a receipt that is damaged, foreign or of another version counts for nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from site_builder import shelf
from site_builder.bootstrap import installed
from site_builder.diagnostics import Report
from site_builder.files import sha256
from site_builder.manifest import MANIFEST, verify
from site_builder.plain import MIB, read_plain
from site_builder.seen import Seen

FOLDER = Path(".cache/builds")
VERSION = 1
MAX_BYTES = 64 * MIB
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Receipts:
    """The receipt of one output folder, and what is known of files without reading them; empty: of nothing."""

    out: Path
    seen: Seen[str] = field(default_factory=lambda: Seen(sha256))
    found: Mapping[str, Any] = field(default_factory=dict)

    @staticmethod
    def of(out: Path) -> Receipts:
        """What is kept for an output folder; an empty one where there is none, or none that can be read."""
        try:
            found = json.loads(read_plain(os.fsencode(_file(out)), MAX_BYTES))
            known = found["seen"] if found["version"] == VERSION else []
            return Receipts(out, Seen(sha256, {tuple(who): digest for *who, digest in known}), found)
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return Receipts(out)

    def good(self, key: str) -> Report | None:
        """The report of the build that made just this, if its output is still there and whole."""
        if not key or self.found.get("key") != key or self.found.get("manifest") != _manifest(self.out):
            return None
        try:
            report = Report.from_plain(self.found["report"])
        except (KeyError, TypeError, ValueError):
            return None
        if verify(self.out, self.seen):
            return None
        if len(self.seen.known) > len(self.found["seen"]):  # files that were too fresh to be known are known now
            self.keep(key, report)
        return report

    def keep(self, key: str, report: Report) -> None:
        """Write the receipt of a build that was published. Whoever cannot write it builds again next time."""
        kept = {
            "version": VERSION,
            "key": key,
            "manifest": _manifest(self.out),
            "report": [asdict(finding) for finding in report.diagnostics],
            "seen": [[*who, digest] for who, digest in self.seen.known.items()],
        }
        data = json.dumps(kept).encode()
        file = _file(self.out)
        part = file.with_name(f"{file.name}~")  # one name, which the next build takes over if this one is killed
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            try:
                part.write_bytes(data)
                part.replace(file)
            finally:
                part.unlink(missing_ok=True)


def forget() -> None:
    """Take all receipts and the memo away, and the folder around them if nothing else is kept there."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    for name in (shelf.FILE, shelf.FILE.with_name(f"{shelf.FILE.name}-journal")):
        with contextlib.suppress(OSError):
            name.unlink()
    with contextlib.suppress(OSError):
        FOLDER.parent.rmdir()


def _file(out: Path) -> Path:
    return FOLDER / f"{sha256(os.fsencode(out.absolute()))[:16]}.json"


def _manifest(out: Path) -> str:
    try:
        return sha256(read_plain(os.fsencode(out / MANIFEST), MAX_BYTES))
    except OSError:
        return ""


def key(inputs: Mapping[str, str], options: Any, seen: Seen[str]) -> str:
    """All that a build depends on, as one digest. `inputs`: logical path to SHA-256; `options`: a dataclass."""
    return sha256(repr((generator(seen), sorted(asdict(options).items()), sorted(inputs.items()))).encode())


def generator(seen: Seen[str]) -> str:
    """This generator, its packages and its Python."""
    code = sorted(path for path in _PACKAGE.rglob("*") if path.suffix != ".pyc" and path.is_file())
    digests = [(path.relative_to(_PACKAGE).as_posix(), seen.of(os.fsencode(path), MAX_BYTES)) for path in code]
    return sha256(repr((sys.version, sys.platform, sorted(installed(sys.path).items()), digests)).encode())
