"""Class 13, measured: no entry costs more than two seconds of work or 256 MiB, however it is made."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.driver import PROJECT
from tests.hostile.costs import DEAREST


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell what a process has used")
@pytest.mark.parametrize("name", DEAREST)
def test_what_an_entry_costs(name: str) -> None:
    """The dearest texts that the limits let through, each in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.measure", name], cwd=PROJECT, capture_output=True, check=True, timeout=300
    )
    cost = json.loads(done.stdout)
    assert cost["seconds"] < 2, cost
    assert cost["mib"] < 256, cost
