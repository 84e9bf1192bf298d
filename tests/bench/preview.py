"""What the preview's build process does after an edit: `python -m tests.bench.preview PROJECT EDITS WHICH`, as JSON.

`WHICH`: see `ours`.

Its work alone, in seconds: neither the watching, nor the way to the browser, nor the browser.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from site_builder.files import Options
from site_builder.worker import Job, Worker
from tests.bench.ours import leave_out
from tests.bench.scenarios import CHANGES, Site

EDITS = ("one text edited", "one title edited")


def main() -> None:
    folder, rounds, which = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    if which == "same":
        leave_out()
    seen: list[tuple[float, float]] = []
    job = Job(folder / "content", folder / "templates", Options(), folder / ".cache/preview", cache=False)
    worker = Worker(job, lambda path, data: seen.append(_now()))
    gc.disable()  # as `work` does
    worker.build()
    worker.rest()
    time.sleep(2.5)  # until then what was written just now is read again, see `Seen`; an author takes longer
    worker.build()
    found: dict[str, Mapping[str, float]] = {}
    for name in EDITS:
        times = [_edit(worker, Site(folder, "whole"), name, n, seen) for n in range(rounds)]
        found[name] = {key: statistics.median(one[key] for one in times) for key in times[0]}
    sys.stdout.write(json.dumps(found))


def _edit(worker: Worker, site: Site, name: str, n: int, seen: list[tuple[float, float]]) -> dict[str, float]:
    """Edit an entry whose page is open; the time to its page, and to the end of the build."""
    before = {path: path.stat().st_mtime_ns for path in (site.folder / "content/entries").rglob("*.md")}
    CHANGES[name](site, n)
    (edited,) = (path for path, time_ in before.items() if path.stat().st_mtime_ns != time_)
    seen.clear()
    (wall, cpu) = _now()
    outcome = worker.build([f"entries/{edited.stem}.html"])
    end = _now()
    worker.rest()
    if not (outcome.changed and seen):
        raise RuntimeError(f"{name}: {outcome.report.diagnostics or 'the page was not shown'}")
    return {
        "page": seen[0][0] - wall,
        "page cpu": seen[0][1] - cpu,
        "site": end[0] - wall,
        "site cpu": end[1] - cpu,
    }


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


if __name__ == "__main__":
    main()
