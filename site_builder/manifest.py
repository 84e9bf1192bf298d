"""The list of files in an output folder: how a folder is known to be ours, whole and unchanged."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from site_builder.files import sha256
from site_builder.names import printable
from site_builder.plain import is_link, read_plain
from site_builder.seen import Seen

MANIFEST = "manifest.json"
GENERATOR = "site_builder"
_MAX_BYTES = 1 << 31


def manifest_of(named: Mapping[str, tuple[str, int]]) -> bytes:
    """The list of all files with their hashes, one a line; the same bytes for the same files.

    >>> manifest_of({}).decode()
    '{\\n "files": {},\\n "generator": "site_builder"\\n}\\n'
    """
    lines = [
        f'\n  {json.dumps(path)}: {{"bytes": {size}, "sha256": "{digest}"}}'
        for path, (digest, size) in sorted(named.items())
    ]
    files = f"{','.join(lines)}\n " if lines else ""
    return f'{{\n "files": {{{files}}},\n "generator": {json.dumps(GENERATOR)}\n}}\n'.encode()


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest in a folder, not to be changed; None if there is none or it is not of our making."""
    try:
        return _understood(read_plain(os.fsencode(folder / MANIFEST), _MAX_BYTES))
    except OSError:
        return None


@lru_cache(1)  # a process that builds again and again meets the same one
def _understood(data: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("generator") != GENERATOR:
        return None
    return found if isinstance(found.get("files"), dict) else None


def verify(out: Path, seen: Seen[str] | None = None) -> list[str]:
    """What differs between an output folder and its manifest, a sentence each; none if it is whole."""
    seen = seen or Seen(sha256)
    manifest = read_manifest(out)
    if manifest is None:
        return [f"`{MANIFEST}` is missing or not of our making"]
    listed = manifest["files"]
    root = os.fsencode(out)
    present = dict(_present(root, b""))
    present.pop(MANIFEST.encode(), None)
    problems = []
    for path in sorted(listed):
        status = present.pop(path.encode("utf-8", "surrogatepass"), None)
        if status is None:
            problems.append(f"`{printable(path)}` is missing")
        elif not _plain(status) or _differs(b"/".join((root, path.encode())), status, listed[path], seen):
            problems.append(f"`{printable(path)}` is not what was published")
    extra = (printable(path.decode("utf-8", "surrogateescape")) for path in sorted(present))
    return problems + [f"`{path}` does not belong to the site" for path in extra]


def _differs(path: bytes, status: os.stat_result, expected: object, seen: Seen[str]) -> bool:
    try:
        digest = seen.of(path, _MAX_BYTES, status)
    except OSError:
        return True
    return not isinstance(expected, dict) or expected.get("sha256") != digest


def _plain(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and not is_link(status)


def _present(folder: bytes, prefix: bytes) -> Iterator[tuple[bytes, os.stat_result]]:
    """Each name below a folder, and its status, not followed."""
    try:
        with os.scandir(folder) as listing:
            entries = list(listing)
    except OSError:
        return
    for entry in entries:
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(status.st_mode) and not is_link(status):
            yield from _present(entry.path, prefix + entry.name + b"/")
        else:
            yield prefix + entry.name, status
