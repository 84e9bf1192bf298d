"""Diagnostics as text for people, as JSON lines for programs, as annotations for GitHub."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from site_builder.diagnostics import Diagnostic, Report, Severity

MOST_PER_CODE = 20  # in text; json and github give all
MOST_INFOS = 3  # infos of one code that are shown in text: more would hide what matters more

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}

Display = Callable[[str], str]  # a logical path as the author knows it


def text(report: Report, display: Display, *, colour: bool, apart: bool = False) -> Iterator[str]:
    """`path:line:col: error: what; hint`, then the source line and a caret; at most 20 a code, all counted.

    Of infos that are many there is only the number. `apart`: an empty line parts the files.
    """
    infos = Counter(finding.code for finding in report.diagnostics if finding.severity is Severity.INFO)
    shown: Counter[str] = Counter()
    path = ""
    for finding in report.diagnostics:
        if infos[finding.code] <= MOST_INFOS:
            shown[finding.code] += 1
            if shown[finding.code] <= MOST_PER_CODE:
                if apart and path and path != finding.location.path:
                    yield ""
                path = finding.location.path
                yield from _lines(finding, display, colour)
    for code, count in sorted(shown.items()):
        if count > MOST_PER_CODE:
            yield f"… and {count - MOST_PER_CODE} more of `{code}`"
    for code, count in sorted(infos.items()):
        if count > MOST_INFOS:
            yield f"info: {count} of `{code}`; `--format json` lists them"


def by_code(report: Report) -> Iterator[str]:
    """How often each code was found, errors first; nothing where nothing was."""
    counts = Counter((list(Severity).index(found.severity), found.code) for found in report.diagnostics)
    if not counts:
        return
    yield ""
    for (rank, code), count in sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1])):
        yield f"{count:>6}  {code} ({list(Severity)[rank]})"
    yield "`check --explain CODE` says what a code means, with an example"


def _lines(finding: Diagnostic, display: Display, colour: bool) -> Iterator[str]:
    severity = str(finding.severity)
    if colour:
        severity = f"\x1b[1;{_COLOURS[finding.severity]}m{severity}\x1b[0m"
    hint = f"; {finding.hint}" if finding.hint else ""
    yield f"{place(finding, display)}: {severity}: {finding.message}{hint}"
    if finding.excerpt.strip() and finding.location.column:
        line, column = _window(finding.excerpt.replace("\t", " "), finding.caret or finding.location.column)
        yield f"    {line}"
        yield "    " + " " * _width(line[: column - 1]) + "^"


def place(finding: Diagnostic, display: Display) -> str:
    """The location as terminals and editors make links of: `path:line:col`."""
    where = finding.location
    return ":".join([display(where.path), *(str(n) for n in (where.line, where.column) if n)])


def _window(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a long line round the column, and the column in it."""
    if len(line) <= width:
        return line, column
    start = max(0, min(column - width // 2, len(line) - width))
    return f"…{line[start : start + width]}…", column - start + 1


def _width(text: str) -> int:
    """Cells that a terminal gives to the text."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


def summary(report: Report) -> str:
    """What was found, in one line: "2 errors, 1 warning"."""
    counts = [(report.count(severity), severity.value) for severity in (Severity.ERROR, Severity.WARNING)]
    return ", ".join(f"{count} {name}{'' if count == 1 else 's'}" for count, name in counts if count)


def as_json(report: Report, display: Display) -> Iterator[str]:
    """One object a line: path, line, column, severity, code, message, hint."""
    for finding in report.diagnostics:
        where = finding.location
        yield json.dumps(
            {
                "path": display(where.path),
                "line": where.line,
                "column": where.column,
                "severity": finding.severity,
                "code": finding.code,
                "message": finding.message,
                "hint": finding.hint,
            }
        )


_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_github(report: Report, display: Display) -> Iterator[str]:
    """Workflow commands, as
    https://docs.github.com/actions/reference/workflow-commands-for-github-actions has them.
    """
    for finding in report.diagnostics:
        where = finding.location
        fields = {"file": display(where.path), "line": where.line, "col": where.column, "title": finding.code}
        given = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in fields.items() if value)
        words = _escaped(f"{finding.message}; {finding.hint}" if finding.hint else finding.message)
        yield f"::{_LEVELS[finding.severity]} {given}::{words}"


def _escaped(text: str, more: str = "") -> str:
    for letter in "%\r\n" + more:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text
