"""This generator as the benchmark runs it: `python -m tests.bench.ours whole|same build …`.

The search index is left out, since it is another program's work and is measured apart; `same` makes the same pages as
the other generators do, with a look as plain as theirs.
"""

from __future__ import annotations

import sys

from site_builder import cli


def main() -> int:
    which = sys.argv.pop(1)
    do = cli.__dict__["_do"]

    def doing(*given: object, **more: object) -> object:
        change(which)  # only now: where nothing has moved, this is not even read
        return do(*given, **more)

    cli.__dict__["_do"] = doing
    return cli.main()


def change(which: str) -> None:
    from site_builder import building

    building.__dict__["_with_search"] = lambda staging: ""
    if which == "same":
        made = building.__dict__["_made"]

        def some(*given: object) -> object:
            leave_out()  # the same, where nothing is to be made
            return made(*given)

        building.__dict__["_made"] = some


def leave_out() -> None:
    from site_builder import planning
    from site_builder.outputs import actors, chronology, entries, feeds, files, home, tags

    planning.__dict__["OUTPUTS"] = tuple(
        kind.OUTPUT for kind in (home, chronology, entries, actors, tags, feeds, files)
    )


if __name__ == "__main__":
    sys.exit(main())
