"""What went wrong, where, and what to write instead.

Every stage returns its findings as `Diagnostic` values; nothing below the command line prints or raises for an
author's mistake, so one run can show all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file of the author: logical POSIX path, line and column from 1 (0: the file as a whole).

    Columns count code points, as editors do.
    """

    path: str
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: `message` says what was found and why it cannot be, `hint` what to write instead."""

    location: Location
    severity: Severity
    code: str
    message: str
    hint: str = ""
    excerpt: str = ""
    caret: int = 0  # the column in the excerpt, where that is a piece of a long line
    about: str = ""  # the words of the author that it is about, whole: what an excuse in site.yaml is compared with

    @property
    def order(self) -> tuple[Location, str, str]:
        return (self.location, self.code, self.message)


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of a run, sorted by place, each once."""

    diagnostics: tuple[Diagnostic, ...] = ()

    @classmethod
    def of(cls, findings: Iterable[Diagnostic]) -> Report:
        return cls(tuple(sorted(set(findings), key=lambda finding: finding.order)))

    @classmethod
    def from_plain(cls, findings: Iterable[Mapping[str, Any]]) -> Report:
        """A report from what `dataclasses.asdict` has made of its findings."""
        return cls(
            tuple(
                Diagnostic(**{**one, "location": Location(**one["location"]), "severity": Severity(one["severity"])})
                for one in findings
            )
        )

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.diagnostics)

    @property
    def ok(self) -> bool:
        return self.count(Severity.ERROR) == 0


def error(location: Location, code: str, message: str, hint: str = "") -> Diagnostic:
    return Diagnostic(location, Severity.ERROR, code, message, hint)


# Findings that do not stop a build; `checks` in site.yaml may set another severity for each.
CHECKS: Mapping[str, Severity] = {
    "file-hidden": Severity.WARNING,
    "file-unread": Severity.WARNING,
    "text-cut-by-comment": Severity.WARNING,
    "outside-link": Severity.WARNING,
    "shown-as-typed": Severity.WARNING,
    "cells-lost": Severity.WARNING,
    "alt-missing": Severity.WARNING,
    "link-without-words": Severity.WARNING,
    "mixed-script": Severity.WARNING,
    "citation-unmarked": Severity.WARNING,
    "id-mistyped": Severity.WARNING,
    "coordinates-exchanged": Severity.WARNING,
    "date-after-published": Severity.WARNING,
    "related-withdrawn": Severity.WARNING,
    "title-long": Severity.WARNING,
    "text-unwritten": Severity.WARNING,
    "published-missing": Severity.WARNING,
    "source-missing": Severity.WARNING,
    "base-url-missing": Severity.INFO,
    "inline-record": Severity.INFO,
    "rests-on-one-voice": Severity.INFO,
    "source-unused": Severity.INFO,
    "grade-reason-missing": Severity.WARNING,
    "retraction-unexplained": Severity.WARNING,
    "grade-without-effect": Severity.WARNING,
    "uncited-sentence": Severity.WARNING,
    "claim-without-basis": Severity.WARNING,
    "tag-near-duplicate": Severity.WARNING,
    "perpetrator-link": Severity.INFO,
    "figure-unrecorded": Severity.INFO,
    "year-outside": Severity.INFO,
}


def check(location: Location, code: str, message: str, hint: str = "", *, about: str = "") -> Diagnostic:
    """A finding of `CHECKS`, with its usual severity."""
    return Diagnostic(location, CHECKS[code], code, message, hint, about=about)


def soften(finding: Diagnostic) -> Diagnostic:
    """A finding in a draft: an error is a warning there, since nobody reads it yet."""
    if finding.severity is not Severity.ERROR:
        return finding
    return replace(finding, severity=Severity.WARNING, message=f"(draft) {finding.message}")


def did_you_mean(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    """A hint that names the nearest known word, or "" where none is near; `alike`: how near it must be, up to 1.

    >>> did_you_mean("genevva", ["geneva", "vienna"])
    'did you mean `geneva`?'
    """
    import difflib  # noqa: PLC0415  only where something is wrong are these needed
    import heapq  # noqa: PLC0415

    parts = set(word.split("-"))

    def kinship(other: str) -> tuple[int, bool, int]:
        return (len(parts.intersection(other.split("-"))), other[:1] == word[:1], -abs(len(other) - len(word)))

    # difflib takes milliseconds a word over hundreds of ids, so it sees only the likely ones.
    likely = heapq.nlargest(40, sorted(known), key=kinship)
    near = difflib.get_close_matches(word, likely, n=1, cutoff=alike)
    return f"did you mean `{near[0]}`?" if near else ""
