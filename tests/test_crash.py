"""Real builds killed without warning, at moments nobody chose: what visitors get is whole every time."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from site_builder.publish import verify
from tests.driver import PROJECT, SITE, entry, tiny_look

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")


def project(folder: Path, entries: int) -> None:
    files = {**tiny_look(), "content/site.yaml": SITE.encode()}
    for n in range(entries):
        files[f"content/entries/{n % 50}/e{n}.md"] = entry(f"actor: actor {n % 40}", date=str(1900 + n % 100)).encode()
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def change(folder: Path, round_: int) -> None:
    """Another title on every page, so that every page must be written."""
    (folder / "content/site.yaml").write_text(SITE.replace("A test", f"Round {round_}"))


def build(folder: Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, str(PROJECT / "build.py"), "build"],
        cwd=folder,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def until_published(folder: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait for the moment that matters most: the next generation is whole and changes places with the live."""
    manifest = folder / "._site.next/manifest.json"

    def state() -> tuple[int, int]:
        try:
            found = manifest.stat()
        except OSError:
            return (0, 0)
        return (found.st_ino, found.st_mtime_ns)

    before = state()
    while state() in (before, (0, 0)) and process.poll() is None:
        time.sleep(0.0005)
    time.sleep(random.uniform(0, 0.01))


def kill_at_random(folder: Path, times: int, entries: int) -> None:
    """Kill builds at random moments of their course; after each the live site is whole, and of one round."""
    project(folder, entries)
    start = time.monotonic()
    with build(folder) as first:
        assert first.wait() == 0, first.stderr and first.stderr.read()
    length, rounds = time.monotonic() - start, {"A test"}
    for round_ in range(times):
        change(folder, round_)
        with build(folder) as process:
            if round_ % 2:
                time.sleep(random.uniform(0, length * 1.1))
            else:
                until_published(folder, process)
            os.killpg(process.pid, signal.SIGKILL)  # with the processes that it may have started
        assert verify(folder / "_site") == []
        rounds.add(f"Round {round_}")
        shown = {
            page.read_text().partition("<title>")[2].partition("<")[0] for page in (folder / "_site").glob("*.html")
        }
        assert len(shown) == 1
        assert shown <= rounds
    with build(folder) as last:
        assert last.wait() == 0, last.stderr and last.stderr.read()
    assert verify(folder / "_site") == []
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(("_", "._"))) == [
        "._site.lock", "._site.next", "_site",
    ]  # fmt: skip


def test_killed_eight_times(tmp_path: Path) -> None:
    """A small site, eight kills: enough to see a publish that is not atomic."""
    kill_at_random(tmp_path, 8, 60)


@pytest.mark.slow
def test_killed_fifty_times(tmp_path: Path) -> None:
    """A thousand entries, fifty kills."""
    kill_at_random(tmp_path, 50, 1000)
