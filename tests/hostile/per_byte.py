"""What a byte of each shape of input costs, against the median: `python -m tests.hostile.per_byte [--part N] [NAME …]`.

The cost of a shape is the processor time of a whole build in memory, with the own look, every page, feed and export, in
one process and with nothing remembered, less that of a site with one entry. It is divided by the bytes of the
shape's files and of their names; a page that it makes counts as 100 at least, the length of the shortest record of
the site in content/. Shapes are near their limits; of files of records, `--part` takes only the Nth part. No shape may
cost more than ten times the median of all, of which the site in content/ is one.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any

from tests.driver import PROJECT, Built, site
from tests.hostile.shapes import BASE, REAL, shape, shapes

MOST = 10  # times the median
LEAST = 100  # bytes of what makes a page


def seconds(files: Mapping[str, str | bytes]) -> tuple[float, Built]:
    gc.collect()
    start = time.process_time()
    built = site(files, look="real")
    return time.process_time() - start, built


def measure(name: str, part: int) -> dict[str, Any]:
    site(BASE, look="real")  # what only the first build of a process pays
    usual = min(seconds(BASE)[0] for _ in range(3))
    usual_pages = sum(path.endswith(".html") for path in site(BASE, look="real").files)
    files = shape(name, part)
    taken, built = seconds(files if name == REAL else {**BASE, **files})
    size = sum(len(path) + len(text if isinstance(text, bytes) else text.encode()) for path, text in files.items())
    pages = sum(path.endswith(".html") and not path.endswith(".embed.html") for path in built.files) - usual_pages
    codes = sorted({found.code for found in built.report.diagnostics if found.severity == "error"})
    return {
        "name": name,
        "bytes": size,
        "counted": max(size, LEAST * pages),
        "seconds": round(taken - usual, 3),
        "errors": codes,
    }


def all_of(names: list[str], part: int) -> tuple[float, list[tuple[float, dict[str, Any]]]]:
    """The median in microseconds a byte, and all shapes, the dearest first; each measured in its own process."""
    found: list[tuple[float, dict[str, Any]]] = []
    for name in names or shapes():
        command = [sys.executable, "-m", "tests.hostile.per_byte", "--part", str(part), "--one", name]
        done = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True, timeout=1200)
        one = json.loads(done.stdout)
        sys.stderr.write(f"{name}: {one['seconds']} s\n")
        assert not one["errors"], one
        found.append((one["seconds"] * 1e6 / one["counted"], one))
    found.sort(key=lambda item: -item[0])
    return statistics.median(cost for cost, _ in found), found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.per_byte")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--one")
    options = parser.parse_args()
    if options.one:
        sys.stdout.write(json.dumps(measure(options.one, options.part)) + "\n")
        return 0
    median, found = all_of(options.names, options.part)
    for cost, one in found:
        line = f"{cost:8.1f} µs a byte, {cost / median:5.1f} × the median: {one['name']}"
        sys.stdout.write(f"{line} ({one['bytes']:,} bytes, counted as {one['counted']:,}; {one['seconds']} s)\n")
    sys.stdout.write(f"median {median:.1f} µs a byte of {len(found)} shapes\n")
    return int(found[0][0] > MOST * median)


if __name__ == "__main__":
    sys.exit(main())
