"""This generator as the benchmark runs it: `python -m tests.bench.ours whole|same build …`.

The search index is left out, since it is another program's work and is measured apart; `same` makes the same pages as
the other generators do, with a look as plain as theirs.
"""

from __future__ import annotations

import sys

from site_builder import cli, pipeline, searching
from site_builder.outputs import actors, chronology, entries, feeds, files, home, tags

SAME = (home.OUTPUT, chronology.OUTPUT, entries.OUTPUT, actors.OUTPUT, tags.OUTPUT, feeds.OUTPUT, files.OUTPUT)


def main() -> int:
    which, *arguments = sys.argv[1:]
    searching.index = lambda staging: ""
    if which == "same":
        pipeline.__dict__["OUTPUTS"] = SAME
    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
