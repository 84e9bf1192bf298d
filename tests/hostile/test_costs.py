"""Class 13, measured: no entry costs more than two seconds of work or 256 MiB, however it is made, and no byte of any
input more than ten times what most cost.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.driver import PROJECT
from tests.hostile import per_byte
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


@pytest.mark.slow
def test_what_a_byte_costs() -> None:
    """Each shape of input near its limits, against the median of all."""
    median, found = per_byte.all_of([], part=8)
    assert [one for cost, one in found if cost > per_byte.MOST * median] == []
