"""One command as a whole process: how long, how much work, how much memory."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.05  # seconds between two looks at the memory
_SHARE = 20  # a look stops the process for a moment: it waits so many times as long as the last one took


@dataclass(frozen=True, slots=True)
class Taken:
    """`wall` and `cpu` in seconds, `peak` in MiB: the proportional set, summed over the process and its children."""

    wall: float
    cpu: float
    peak: float


class CommandError(RuntimeError):
    """The command that was to be measured has failed."""


def taken(command: Sequence[str], folder: Path, more: Mapping[str, str] | None = None) -> Taken:
    """Run the command in the folder to its end; CommandError if it fails. `more`: environment variables."""
    # As for its users, Python may keep what it compiles.
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | dict(more or {})
    begun, before = time.perf_counter(), os.times()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=given) as process:
        memory = _Memory(process.pid)
        memory.start()
        said = process.communicate()[0]
        wall, after = time.perf_counter() - begun, os.times()
        memory.stop()
    if process.returncode:
        raise CommandError(f"{' '.join(command)}: status {process.returncode}\n{_errors(said)}")
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Taken(wall, cpu, memory.peak)


def _errors(said: bytes) -> str:
    """The lines that tell of errors, else the last ones."""
    lines = said.decode("utf-8", "replace").splitlines()
    return "\n".join([line for line in lines if "error" in line][:5] or lines[-5:])


class _Memory(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0.0
        self._pid, self._done = pid, threading.Event()

    def run(self) -> None:
        wait, took = _EVERY / 8, 0.0  # sooner at first, as some commands are done before long
        while not self._done.wait(max(wait, _SHARE * took)):
            begun = time.perf_counter()
            self.peak = max(self.peak, sum(map(_share, _family(self._pid))) / 1024)
            wait, took = min(2 * wait, _EVERY), time.perf_counter() - begun

    def stop(self) -> None:
        self._done.set()
        self.join()


def _family(pid: int) -> Iterator[int]:
    """The process and all that it has begun."""
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _family(child)


def _share(pid: int) -> int:
    """The proportional set size of a process in KiB."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)
