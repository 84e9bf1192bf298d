"""Builds killed without warning, at moments nobody chose."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder.publish import OutputBusyError, Staging, verify
from tests.previews import until

HERE = Path(__file__).parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")


@contextlib.contextmanager
def harness(mode: str, out: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The harness once it has said its first line; killed in the end."""
    command = [sys.executable, "-S", str(HERE / "crash_harness.py"), mode, str(out)]
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def generations(out: Path) -> set[str]:
    """The generations that pages of this folder are from; the numbers inside one page count too."""
    return {number for page in out.rglob("*.html") for number in page.read_text().split()}


@pytest.mark.parametrize(("mode", "times"), [("loop", 50), ("weak", 30)])
def test_a_killed_build_leaves_one_whole_generation(tmp_path: Path, mode: str, times: int) -> None:
    """Whenever a build is killed, all pages are there and from one generation, and the next build can start.

    Without the system's exchange there is a moment with no live folder; then the next start brings it back.
    """
    out, chance = tmp_path / "_site", random.Random(20140610)
    seen: set[str] = set()
    for _ in range(times):
        with harness(mode, out) as (process, line):
            assert line == "ready"
            time.sleep(chance.uniform(0, 0.06))
            process.send_signal(signal.SIGKILL)
            process.wait()
        if mode == "weak":
            with Staging(out):
                pass
        assert verify(out) == []
        now = generations(out)
        assert len(now) == 1
        seen |= now
        with Staging(out):
            pass
        assert not (tmp_path / "._site.old").exists()
    assert len(seen) == times


def test_a_second_build_is_told_so_at_once(tmp_path: Path) -> None:
    """While another process builds, the output is busy, by name; the lock dies with the process."""
    out = tmp_path / "_site"
    with harness("hold", out) as (process, _):
        with pytest.raises(OutputBusyError, match=r"another build is writing `.*_site`"), Staging(out):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        with Staging(out) as staging:
            staging.write("index.html", b"after")
            staging.publish()
    assert (out / "index.html").read_bytes() == b"after"


def test_a_worker_that_outlives_a_killed_build_does_not_keep_its_lock(tmp_path: Path) -> None:
    """A forked worker gives the lock up at birth, so that only the build itself holds it."""
    with harness("fork", tmp_path / "_site") as (process, worker):
        try:
            process.send_signal(signal.SIGKILL)
            process.wait()
            until(lambda: free(tmp_path / "_site"))  # the worker may not have been born quite yet
        finally:
            os.kill(int(worker), signal.SIGKILL)


def free(out: Path) -> bool:
    """Whether a build of this output could begin."""
    try:
        with Staging(out):
            return True
    except OutputBusyError:
        return False
