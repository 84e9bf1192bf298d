"""The two ends of a build as plain values: the files that came in, the files that go out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from site_builder.diagnostics import Diagnostic

CONTENT = "content/"
TEMPLATES = "templates/"
BENEATH = "!"  # before the name of a template: the one that the site's own of this name replaces


@dataclass(frozen=True, slots=True)
class Inputs:
    """A snapshot of the author's files: logical POSIX path ("content/…", "templates/…") to bytes, sorted by path.

    `problems` names what could not be read; those files are absent from `files`.
    """

    files: Mapping[str, bytes]
    problems: tuple[Diagnostic, ...] = ()

    def under(self, prefix: str, suffix: str = "") -> list[str]:
        return [path for path in self.files if path.startswith(prefix) and path.endswith(suffix)]


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says of a build. `base_url` wins over the site's own."""

    drafts: bool = False
    base_url: str = ""


class Stage(Protocol):
    """Where finished files go: a folder on disk in a build, a dictionary in a test."""

    def has(self, path: str, digest: str) -> bool:
        """Whether the file is there with these bytes (`digest`: SHA-256, hexadecimal); if so, it belongs there."""

    def holds(self, path: str, digest: str) -> bool:
        """The same, and nothing follows from it."""

    def write(self, path: str, data: bytes) -> str:
        """Let the file have these bytes; their digest."""


def sha256(data: bytes | memoryview) -> str:
    return hashlib.sha256(data).hexdigest()
