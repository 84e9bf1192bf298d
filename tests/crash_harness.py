"""A build that never ends, to be killed: `python crash_harness.py MODE OUT`.

loop   publishes one generation after the other, each page with the number of its generation
weak   the same without the system's exchange of two names, without fcntl and without no-follow opens
hold   takes the lock and waits
fork   takes the lock, starts a worker by fork and waits; prints the worker's process id
"""

from __future__ import annotations

import itertools
import os
import signal
import sys
from pathlib import Path
from typing import Any

from site_builder import exchange
from site_builder.publish import Staging

PAGES = 150


def weaken(modules: Any = sys.modules) -> None:
    """Take away what Windows does not have."""
    modules["fcntl"] = None
    vars(exchange)["atomic_swap"] = lambda: None
    if hasattr(os, "O_NOFOLLOW"):
        del os.O_NOFOLLOW


def publish(out: Path, generation: int) -> None:
    """One generation; one of its pages has another name than in the last one."""
    with Staging(out) as staging:
        for number in range(PAGES):
            body = f"{generation}\n" * (1 + number * 5)
            staging.write(f"entries/{number}.html", body.encode())
        staging.write(f"only/{generation % 3}.html", f"{generation}\n".encode())
        staging.publish()


def say(text: str) -> None:
    """Tell the test at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(mode: str, out: Path) -> None:
    """Run one of the modes until killed."""
    if mode == "weak":
        weaken()
    if mode in ("loop", "weak"):
        start = int((out / "entries/0.html").read_text().split()[0]) if out.exists() else 0
        for generation in itertools.count(start + 1):
            publish(out, generation)
            if generation == start + 1:
                say("ready")
    with Staging(out):
        worker = os.fork() if mode == "fork" else 0
        if worker or mode == "hold":
            say(str(worker))
        signal.pause()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
