"""Builds killed, hindered and damaged: a few of what `python -m tests.faults` does by the hundred."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.driver import PROJECT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="made of what only Linux has")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "count"),
    [("kills", 40), ("steps", 25), ("changes", 20), ("together", 10), ("damage", 18), ("crowd", 10_000)],
)
def test_the_site_is_whole(name: str, count: int) -> None:
    """After each fault the site is whole, and the next build makes what a first one makes."""
    command = [sys.executable, "-m", "tests.faults", name, "--count", str(count)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, encoding="utf-8", check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{name}: ")
