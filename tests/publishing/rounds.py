"""Small rounds of publishing, for the tests of this folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.publish import Staging

POSIX = pytest.mark.skipif(os.name == "nt", reason="made of what Windows does not have")
# SHA-256 of "abc" as FIPS 180-2 gives it, in its appendix B.1.
ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def publish(out: Path, pages: dict[str, str]) -> bool:
    """One whole round."""
    with Staging(out) as staging:
        for path, text in pages.items():
            staging.write(path, text.encode())
        return staging.publish()


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
