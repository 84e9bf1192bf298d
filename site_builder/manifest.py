"""The list of files in an output folder: how a folder is known to be ours, whole and unchanged."""

from __future__ import annotations

import io
import json
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from site_builder.files import sha256
from site_builder.names import printable
from site_builder.plain import is_link, read_plain
from site_builder.seen import Seen

MANIFEST = "manifest.json"
GENERATOR = "site_builder"
_MAX_BYTES = 1 << 31
_BEGIN, _END = b'{\n "files": {', f'}},\n "generator": {json.dumps(GENERATOR)}\n}}\n'.encode()
_SIZE = 8  # bytes in which the size of a file is kept
_UNREADABLE = b""


class Listed(Mapping[str, tuple[str, int]]):
    """Paths with the digest (SHA-256, hexadecimal) and the size of each, in a third of the memory of such pairs."""

    def __init__(self, packed: dict[str, bytes] | None = None) -> None:
        self._packed = packed or {}

    def __getitem__(self, path: str) -> tuple[str, int]:
        packed = self._packed[path]
        return packed[_SIZE:].hex(), int.from_bytes(packed[:_SIZE], "big")

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, path: object) -> bool:
        return path in self._packed

    def add(self, path: str, digest: str, size: int) -> bool:
        """Whether this is what is listed now: whatever stood there before stays."""
        packed = _packed(digest, size)
        return self._packed.setdefault(path, packed) == packed


def _packed(digest: str, size: int) -> bytes:
    return size.to_bytes(_SIZE, "big") + bytes.fromhex(digest)


def manifest_of(named: Mapping[str, tuple[str, int]]) -> bytes:
    """The list of all files with their hashes, one a line; the same bytes for the same files.

    >>> manifest_of({}).decode()
    '{\\n "files": {},\\n "generator": "site_builder"\\n}\\n'
    """
    made = io.BytesIO()  # a million lines at once would take several times their bytes
    made.write(_BEGIN)
    for number, path in enumerate(sorted(named)):
        digest, size = named[path]
        line = f'{"," if number else ""}\n  {json.dumps(path)}: {{"bytes": {size}, "sha256": "{digest}"}}'
        made.write(line.encode())
    made.write((b"\n " if named else b"") + _END)
    return made.getvalue()


def read_manifest(folder: Path) -> Mapping[str, tuple[str, int]] | None:
    """What the manifest in a folder lists: digest and size of each path; None if there is none or it is not of ours.

    What it says of a file in a way that is not ours is the digest "".
    """
    data = _data(folder)
    return None if data is None else _understood(data)


def has_manifest(folder: Path) -> bool:
    """Whether there is a manifest of our making in a folder."""
    data = _data(folder)
    if data is None:
        return False
    return (data.startswith(_BEGIN) and data.endswith(_END)) or _understood(data) is not None


def _data(folder: Path) -> bytes | None:
    try:
        return read_plain(os.fsencode(folder / MANIFEST), _MAX_BYTES)
    except OSError:
        return None


_met: dict[str, Listed | None] = {}  # the last one: a process that builds again and again meets the same


def _understood(data: bytes) -> Listed | None:
    digest = sha256(data)
    if digest not in _met:
        _met.clear()
        _met[digest] = _parsed(data)
    return _met[digest]


def _parsed(data: bytes) -> Listed | None:
    try:
        found = json.loads(data, object_pairs_hook=_object)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.get("generator") != GENERATOR or not isinstance(found.get("files"), dict):
        return None
    return Listed({path: file if isinstance(file, bytes) else _UNREADABLE for path, file in found["files"].items()})


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | bytes:
    """An object of a manifest; what is said of a file packed at once, so that no more of it is held."""
    found = dict(pairs)
    try:
        return _packed(found["sha256"], found["bytes"])
    except (KeyError, AttributeError, TypeError, ValueError, OverflowError):
        return found


def verify(out: Path, seen: Seen[str] | None = None) -> list[str]:
    """What differs between an output folder and its manifest, a sentence each; none if it is whole."""
    seen = seen or Seen(sha256, once=True)
    listed = read_manifest(out)
    if listed is None:
        return [f"`{MANIFEST}` is missing or not of our making"]
    left, extra, problems = set(listed), list[str](), dict[str, str]()
    for name, real, status in _present(os.fsencode(out)):
        path = name.decode("utf-8", "surrogateescape")
        if path not in listed:
            extra.append(path)
        elif not _plain(status) or _digest(real, status, seen) != listed[path][0]:
            problems[path] = f"`{printable(path)}` is not what was published"
        left.discard(path)
    problems |= {path: f"`{printable(path)}` is missing" for path in left}
    foreign = [f"`{printable(path)}` does not belong to the site" for path in sorted(extra) if path != MANIFEST]
    return [problems[path] for path in sorted(problems)] + foreign


def _digest(path: bytes, status: os.stat_result, seen: Seen[str]) -> str | None:
    try:
        return seen.of(path, _MAX_BYTES, status)
    except OSError:
        return None


def _plain(status: os.stat_result) -> bool:
    return stat.S_ISREG(status.st_mode) and not is_link(status)


def _present(root: bytes) -> Iterator[tuple[bytes, bytes, os.stat_result]]:
    """Each file below a folder, or what is in its place: its name from there, its path, its status, not followed."""
    waiting = [(b"", root)]
    while waiting:
        prefix, folder = waiting.pop()
        try:
            found = os.scandir(folder)
        except OSError:
            continue
        with found:
            for entry in found:
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode) and not is_link(status):
                    waiting.append((prefix + entry.name + b"/", entry.path))
                else:
                    yield prefix + entry.name, entry.path, status
