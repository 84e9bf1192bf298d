"""The systems on which every test of this folder runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from site_builder import exchange


@pytest.fixture(params=["as the system can", "with Windows' gaps", "with record locks"], autouse=True)
def _system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test runs three times: exchange and flock, two renames and byte ranges, record locks."""
    if request.param == "as the system can":
        return
    monkeypatch.setattr(exchange, "atomic_swap", lambda: None)
    monkeypatch.delattr(os, "O_NOFOLLOW", raising=False)
    if request.param == "with record locks":
        if not hasattr(os, "lockf"):
            pytest.skip("this system has no record locks")
        monkeypatch.setitem(sys.modules, "fcntl", None)
        monkeypatch.setitem(sys.modules, "msvcrt", None)
    elif os.name != "nt":
        import fcntl

        def locking(handle: int, mode: int, length: int) -> None:
            assert (mode, length) == (2, 1)
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, length)

        monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locking, LK_NBLCK=2))
        monkeypatch.setitem(sys.modules, "fcntl", None)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output folder that is not there yet."""
    return tmp_path / "_site"
