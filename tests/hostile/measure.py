"""What one entry costs: `python -m tests.hostile.measure NAME` prints seconds of work and MiB, beyond an empty site's.

The site is built in memory with the project's own look, every page, feed and export of it; what a site with an empty
entry costs is taken off.
"""

from __future__ import annotations

import json
import resource
import sys
import time

from tests.driver import entry, site
from tests.hostile.costs import DEAREST


def main(name: str) -> None:
    site({"entries/a.md": entry()}, look="real")
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    site({"entries/a.md": entry()}, look="real")
    usual = time.process_time() - start
    start = time.process_time()
    built = site({"entries/a.md": entry(body=DEAREST[name]() + "\n")}, look="real")
    seconds = time.process_time() - start - usual
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    sys.stdout.write(json.dumps({"seconds": round(seconds, 2), "mib": peak // unit, "ok": built.report.ok}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
