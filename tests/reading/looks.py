"""Looks at an author's folders, for the tests of this folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from site_builder.disk import snapshot
from site_builder.files import Inputs

POSIX = pytest.mark.skipif(os.name == "nt", reason="made of what Windows does not have")
BYTE_NAMES = pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes names that are not UTF-8")
MIB = 1_048_576


def read(content: Path) -> Inputs:
    """The snapshot, after a look that nothing came in from outside."""
    inputs = snapshot(content, content.parent / "templates")
    assert b"secret" not in b"".join(inputs.files.values())
    assert not any("secret" in finding.message for finding in inputs.problems)
    assert inputs.files["templates/page.html"] == b"T"
    return inputs


def found(inputs: Inputs) -> list[tuple[str, str]]:
    """Where and what, of each finding; all have words and advice, and nothing unseen in them."""
    for finding in inputs.problems:
        assert "" not in (finding.message, finding.hint)
        assert f"{finding.message}{finding.hint}{finding.location.path}".isprintable()
    return [(finding.location.path, finding.code) for finding in inputs.problems]
