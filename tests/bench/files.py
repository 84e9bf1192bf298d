"""What files alone cost, without what is made of them: `python -m tests.bench.files [NUMBER]`.

Prints the rows of the table of large sites in docs/performance.md. Each step runs in a process of its own, so that none
finds what another has left in memory.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from site_builder.disk import snapshot
from site_builder.files import sha256
from site_builder.listing import listing
from site_builder.publish import Staging, verify
from site_builder.seen import Seen

PAGE = "word " * 200
KIB = 1024 if sys.platform != "darwin" else 1  # what the peak is counted in


def _write(folder: Path, number: int) -> None:
    (folder / "templates").mkdir()
    for n in range(number):
        file = folder / f"content/entries/{1900 + n % 120}/event-{n}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"---\ntitle: Event {n}\ndate: 2014\n---\n{PAGE[:500]}", encoding="utf-8")


def _read(folder: Path, number: int) -> object:
    return snapshot(folder / "content", folder / "templates")


def _publish(folder: Path, number: int) -> object:
    """A generation of which a hundredth differs from any other."""
    with Staging(folder / "_site", (folder / "content",)) as staging:
        for n in range(number):
            path, data = f"entries/event-{n}.html", f"{n} {'' if n % 100 else time.time_ns()} {PAGE}".encode()
            if not staging.has(path, sha256(data)):
                staging.write(path, data)
        staging.publish()
    return staging


def _list(folder: Path, number: int) -> object:
    return listing([bytes(folder / "_site")])


def _verify(folder: Path, number: int) -> object:
    return verify(folder / "_site", Seen(sha256))


STEPS: tuple[tuple[str, Callable[[Path, int], object]], ...] = (
    ("read all", _read),
    ("write a first generation", _publish),
    ("write the next beside it", _publish),
    ("have the next one, of which a hundredth differs", _publish),
    ("look whether anything has moved", _list),
    ("compare a site of unknown files with its list", _verify),
)


def _measured(name: str, step: Callable[[Path, int], object], folder: Path, number: int) -> None:
    gc.disable()  # as the command does
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    kept = step(folder, number)
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    del kept
    sys.stdout.write(f"| {name} | {spent / number * 1e6:.1f} | {peak * KIB / number:,.0f} |\n")


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), number)
        sys.stdout.write("| step | µs a file | bytes a file at the peak |\n|---|---|---|\n")
        sys.stdout.flush()
        for name, step in STEPS:
            process = multiprocessing.get_context("spawn").Process(
                target=_measured, args=(name, step, Path(folder), number)
            )
            process.start()
            process.join()


if __name__ == "__main__":
    main()
