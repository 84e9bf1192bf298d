"""The command: what it has said before, where nothing has moved since; all else is done by `commands`."""

from __future__ import annotations

import io
import os
import sys

from site_builder.again import Again

TYPE_CHECKING = False  # see `listing`
if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, INTERRUPTED = 0, 130  # `terminal` has the others


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status says how it went (0 done, 1 errors in the content, 2 could not, 130 stopped)."""
    typed = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that has no Arabic letters shows their numbers
            stream.reconfigure(errors="backslashreplace")
    try:
        again = Again(typed)
        if said := again.said():
            print(said[0], end="")
            print(said[1], end="", file=sys.stderr)
            return DONE
        return _do(typed, again, alone=arguments is None)
    except OSError as wrong:
        from site_builder.names import printable
        from site_builder.terminal import fail

        where = f": {printable(os.fsdecode(wrong.filename))}" if isinstance(wrong.filename, str | bytes) else ""
        return fail(f"{wrong.strerror or wrong}{where}")
    except KeyboardInterrupt:
        return INTERRUPTED


def _do(typed: list[str], again: Again, *, alone: bool) -> int:
    from site_builder.arguments import SlipError, understood  # read only now: see `again`

    try:
        options = understood(typed)
    except SlipError as slip:
        from site_builder.terminal import fail

        return fail(str(slip))
    options.again = again
    from site_builder import commands  # who asks for help does not pay for what commands are made of

    return commands.run(options, alone=alone)
