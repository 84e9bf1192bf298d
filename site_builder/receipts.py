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
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from site_builder import again
from site_builder.diagnostics import Report
from site_builder.files import Options, sha256
from site_builder.known import Known
from site_builder.manifest import MANIFEST, verify
from site_builder.plain import MIB, read_plain, replace
from site_builder.seen import Seen

FOLDER = Path(again.FOLDER)
VERSION = 2
MAX_BYTES = 512 * MIB
_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
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

    @cached_property
    def maker(self) -> str:
        """See `generator`."""
        return generator(self.seen)

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

    def good(self, key: Callable[[], str], last: again.Again) -> Report | None:
        """The report of the build that made just this, if its output is still there and whole.

        `key`: tells the key (see below) of what is to be built. `last` looks how all lies before it is looked into.
        """
        try:
            report = Report.from_plain(self.found["report"])
        except (KeyError, TypeError, ValueError):
            return None
        last.look()
        now = key()
        if not now or self.found.get("key") != now or self.found.get("manifest") != _manifest(self.out):
            return None
        last.look_at_output()
        if verify(self.out, self.seen):
            return None
        if self.seen.learnt:
            self.keep(self.found["key"], report)
        return report

    def keep(self, key: str, report: Report) -> None:
        """Write the receipt of a build that was published. Whoever cannot write it builds again next time."""
        kept = {
            "version": VERSION,
            "key": key,
            "manifest": _manifest(self.out),
            "report": [asdict(finding) for finding in report.diagnostics],
        }
        head, rows = json.dumps(kept).encode() + b"\n", self.known.packed(self.seen.learnt)
        digest = hashlib.sha256(head)
        digest.update(rows)
        replace(str(_file(self.out)), (digest.hexdigest().encode(), b"\n", head, rows))


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
    try:
        return sha256(read_plain(os.fsencode(out / MANIFEST), MAX_BYTES))
    except OSError:
        return ""


def key(inputs: Mapping[str, str], options: Options, maker: str) -> str:
    """All that a build depends on, as one digest. `inputs`: logical path to SHA-256; `maker`: see `generator`."""
    return sha256(repr((maker, sorted(asdict(options).items()), sorted(inputs.items()))).encode())


def generator(seen: Seen[str]) -> str:
    """This generator, its packages and its Python."""
    code = sorted(path for path in _PACKAGE.rglob("*") if "__pycache__" not in path.parts and path.is_file())
    digests = [(path.relative_to(_PACKAGE).as_posix(), seen.of(os.fsencode(path), MAX_BYTES)) for path in code]
    return sha256(repr((*again.python(), digests)).encode())
