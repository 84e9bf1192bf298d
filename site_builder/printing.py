"""Diagnostics as text for people, as JSON lines for programs, as annotations for GitHub."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from site_builder.diagnostics import Diagnostic, Location, Report, Severity
from site_builder.limits import MAX_LISTED

MOST_PER_CODE = 20  # in text
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
    """One object a line: path, line, column, severity, code, message, hint.

    What has no room (`MAX_LISTED`) is counted at the end: an object of the same fields without a place for each code
    and severity, with the number in `left_out`.
    """
    return _with_room(report, lambda finding, more: json.dumps(_fields(finding, display) | more))


def _fields(finding: Diagnostic, display: Display) -> dict[str, str | int]:
    where = finding.location
    return {
        "path": display(where.path),
        "line": where.line,
        "column": where.column,
        "severity": finding.severity,
        "code": finding.code,
        "message": finding.message,
        "hint": finding.hint,
    }


def _with_room(report: Report, line_of: Callable[[Diagnostic, dict[str, int]], str]) -> Iterator[str]:
    """A line for each finding, in their order, as many as have room; then a line for each kind of which some have none.

    The first ones of every code have room before more of one have, so that a flood of one hides no other.
    """
    lines = [line_of(finding, {}) for finding in report.diagnostics]
    met: Counter[str] = Counter()
    turns = []
    for number, finding in enumerate(report.diagnostics):
        met[finding.code] += 1
        turns.append((met[finding.code], number))
    room, listed = MAX_LISTED, set[int]()
    for _, number in sorted(turns):
        room -= len(lines[number].encode()) + 1
        if room < 0:
            break
        listed.add(number)
    yield from (line for number, line in enumerate(lines) if number in listed)
    rest = (finding for number, finding in enumerate(report.diagnostics) if number not in listed)
    for (code, severity), count in sorted(Counter((one.code, one.severity) for one in rest).items()):
        message = f"{count:,} more of `{code}` are counted here and not listed"
        told = Diagnostic(Location(""), severity, code, message, "mend those that are listed, and run it again")
        yield line_of(told, {"left_out": count})


_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def as_github(report: Report, display: Display) -> Iterator[str]:
    """Workflow commands, as
    https://docs.github.com/actions/reference/workflow-commands-for-github-actions has them; as many as in JSON.
    """
    return _with_room(report, lambda finding, _: _command(finding, display))


def _command(finding: Diagnostic, display: Display) -> str:
    where = finding.location
    fields = {"file": display(where.path), "line": where.line, "col": where.column, "title": finding.code}
    given = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in fields.items() if value)
    words = _escaped(f"{finding.message}; {finding.hint}" if finding.hint else finding.message)
    return f"::{_LEVELS[finding.severity]} {given}::{words}"


def _escaped(text: str, more: str = "") -> str:
    for letter in "%\r\n" + more:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text
