"""A little of the fuzzing in every run of the tests; the commands do the rest."""

from __future__ import annotations

import pytest

from tests.fuzz.__main__ import run


@pytest.mark.parametrize(("name", "count"), [("dates", 5_000), ("pipeline", 60)])
def test_some(name: str, count: int) -> None:
    """No generated input raises or hangs; some are taken and some are refused."""
    found = run(name, count, 20_140_610)
    assert sum(found.values()) == count
    assert len(found) == 2
