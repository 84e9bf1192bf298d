"""Fuzzing as commands: `python -m tests.fuzz dates|pipeline [--count N] [--seed N]`.

dates     the parser of dates: a date, or a refusal in words; what it takes it takes again from its own text
pipeline  whole sites with hurt files: a report, never an exception; what is built has nothing in it that runs

Each input must be done in ten seconds. A failure prints the seed of its input, which `--seed N --count 1` repeats.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable

from site_builder import dates
from site_builder.files import Options
from site_builder.memo import Memo
from site_builder.pipeline import build
from site_builder.publish import MemoryStaging
from tests.driver import inputs as snapshot
from tests.driver import shown
from tests.fuzz import inputs
from tests.hostile.readers import harm, parsed

LONGEST = 10  # seconds for one input
_MEMO = Memo()
_LAST: dict[str, bytes] = {}


def one_date(seed: int) -> str:
    text = inputs.date(random.Random(seed))
    try:
        read = dates.parse(text)
    except dates.DateError as wrong:
        return "refused" if wrong.message else "refused without a word"
    assert str(dates.parse(str(read))) == str(read)
    assert read.earliest is None or read.latest is None or read.earliest <= read.latest
    return "read"


def one_site(seed: int) -> str:
    stage = MemoryStaging(_LAST)
    report = build(snapshot(inputs.project(random.Random(seed))), Options(), _MEMO, stage)
    assert all(one.message for one in report.diagnostics)
    assert "\x1b" not in shown(report)
    if not report.ok:
        return "refused"
    _LAST.update(stage.files)  # the next build finds what this one has made, as it does on a disk
    page = stage.files.get("entries/one.html", b"").decode()
    assert not page or not list(harm(parsed(page))), page
    return "built"


RUNS: dict[str, tuple[Callable[[int], str], int]] = {"dates": (one_date, 1_000_000), "pipeline": (one_site, 100_000)}


def run(name: str, count: int, seed: int) -> Counter[str]:
    """Feed in `count` inputs, made of the seeds `seed`, `seed` + 1 …, and count what became of them."""
    one, _ = RUNS[name]
    found: Counter[str] = Counter()
    for number in range(seed, seed + count):
        if hasattr(signal, "alarm"):
            signal.alarm(LONGEST)
        try:
            found[one(number)] += 1
        except BaseException:
            sys.stderr.write(f"{name}: --seed {number} --count 1\n")
            raise
    if hasattr(signal, "alarm"):
        signal.alarm(0)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("name", choices=RUNS)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    count = options.count or RUNS[options.name][1]
    start = time.monotonic()
    found = run(options.name, count, options.seed)
    told = ", ".join(f"{number:,} {what}" for what, number in sorted(found.items()))
    sys.stdout.write(
        f"{options.name}: {count:,} inputs: {told}; seed {options.seed}; {time.monotonic() - start:.0f} s\n"
    )


if __name__ == "__main__":
    main()
