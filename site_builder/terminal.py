"""What the command says at the terminal: reports in the form asked for, how far it is, and why it cannot go on."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from site_builder import printing
from site_builder.again import colour
from site_builder.arguments import NAME
from site_builder.diagnostics import Report
from site_builder.files import BENEATH, CONTENT, TEMPLATES, Options

DONE, FINDINGS, FAILURE = 0, 1, 2


def options_for(options: argparse.Namespace) -> Options:
    return Options(drafts=options.drafts, base_url=options.base_url)


def told(report: Report, options: argparse.Namespace, good: bool, done: str) -> tuple[str, str]:
    """A report in the form asked for: what goes to the standard output, and what beside it."""
    shown = display(options)
    if options.format != "text":
        lines = printing.as_json if options.format == "json" else printing.as_github
        return "".join(f"{line}\n" for line in lines(report, shown)), ""
    by_code = printing.by_code(report) if options.command == "check" else ()
    found, end = printing.summary(report), done if good else "nothing was written"
    said = (*printing.text(report, shown, colour=colour(), apart=True), *by_code, f"{found}; {end}" if found else end)
    return "", "".join(f"{line}\n" for line in said)


def say(out: str, err: str) -> None:
    print(out, end="")
    print(err, end="", file=sys.stderr)


def tell(report: Report, options: argparse.Namespace, good: bool, done: str) -> int:
    """Print the report in the form asked for; the exit status."""
    say(*told(report, options, good, done))
    return DONE if good else FINDINGS


def display(options: argparse.Namespace) -> printing.Display:
    """Logical paths as the author names them; those of the generator's own look where they lie."""
    content: Path = options.content
    templates: Path = options.templates
    beneath: Path | None = options.beneath

    def shown(path: str) -> str:
        if path.startswith(CONTENT):
            return (content / path.removeprefix(CONTENT)).as_posix()
        if not path.startswith(TEMPLATES):
            return path
        name = path.removeprefix(TEMPLATES)
        if beneath and name.startswith(BENEATH):
            return (beneath / name.removeprefix(BENEATH)).as_posix()
        if beneath and not os.path.lexists(templates / name) and os.path.lexists(beneath / name):
            return (beneath / name).as_posix()
        return (templates / name).as_posix()

    return shown


def progress(options: argparse.Namespace) -> Callable[[int, int], None]:
    """One line that counts, on a terminal only."""
    return counter("files", every=50) if options.format == "text" else lambda done, total: None


def counter(things: str, every: int) -> Callable[[int, int], None]:
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return lambda done, total: None

    def show(done: int, total: int) -> None:
        if done % every == 0 or done == total:
            print(
                f"\r{done} of {total} {things}",
                end="" if done < total else "\r\x1b[K",
                file=sys.stderr,
                flush=True,
            )

    return show


def fail(message: str) -> int:
    print(f"{NAME}: {message}", file=sys.stderr)
    return FAILURE
