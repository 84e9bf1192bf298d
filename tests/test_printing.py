from __future__ import annotations

import json
from typing import Any

import pytest

from site_builder import printing
from site_builder.diagnostics import Diagnostic, Location, Report, Severity, did_you_mean


def finding(n: int = 1, *, code: str = "c", severity: Severity = Severity.ERROR, **given: str) -> Diagnostic:
    usual: dict[str, Any] = {"message": "what is wrong", "hint": "what to write", "excerpt": "one two"} | given
    return Diagnostic(Location("content/a.md", n, 5), severity, code, **usual)


def lines(*findings: Diagnostic, colour: bool = False) -> list[str]:
    return list(printing.text(Report.of(findings), str, colour=colour))


def test_text() -> None:
    """A finding is a line that terminals make a link of, the line of the source, and a caret under the place."""
    assert lines(finding()) == ["content/a.md:1:5: error: what is wrong; what to write", "    one two", "        ^"]


def test_no_hint_no_excerpt() -> None:
    """What is not known is left out."""
    assert lines(Diagnostic(Location("content/a.md"), Severity.WARNING, "c", "m")) == ["content/a.md: warning: m"]
    assert lines(Diagnostic(Location("content/a.md", 3), Severity.INFO, "c", "m")) == ["content/a.md:3: info: m"]


def test_paths_as_the_author_knows_them() -> None:
    """Paths are shown by the function that is given."""
    (line, *_) = printing.text(Report.of([finding()]), lambda path: f"/site/{path}", colour=False)
    assert line.startswith("/site/content/a.md:1:5: ")


@pytest.mark.parametrize(
    ("excerpt", "column", "caret"),
    [("日本 x", 4, "         ^"), ("\tx", 2, "     ^"), ("e\u0301 x", 4, "      ^"), ("x", 2, "     ^")],
)
def test_caret_under_the_place(excerpt: str, column: int, caret: str) -> None:
    """Wide letters take two cells, marks none, a tab one."""
    found = Diagnostic(Location("a", 1, column), Severity.ERROR, "c", "m", excerpt=excerpt)
    assert lines(found)[-1] == caret


def test_long_lines() -> None:
    """Of a long line there are a hundred characters round the place, and the caret still stands under it."""
    found = Diagnostic(Location("a", 1, 501), Severity.ERROR, "c", "m", excerpt="a" * 500 + "X" + "b" * 500)
    _, line, caret = lines(found)
    assert line[caret.index("^")] == "X"
    assert len(line) == 4 + 102


def test_colour() -> None:
    """Only the word for the severity is coloured."""
    (line, *_) = lines(finding(), colour=True)
    assert line == "content/a.md:1:5: \x1b[1;31merror\x1b[0m: what is wrong; what to write"


def test_at_most_twenty() -> None:
    """Of each kind twenty are shown and all are counted."""
    shown = lines(*(finding(n, excerpt="") for n in range(1, 26)), finding(30, code="other", excerpt=""))
    assert len(shown) == 20 + 1 + 1
    assert shown[-1] == "… and 5 more of `c`"


def test_order_and_repetition() -> None:
    """Findings are sorted by place, and each is told once."""
    shown = lines(finding(2, excerpt=""), finding(1, excerpt=""), finding(2, excerpt=""))
    assert [line.split(":")[1] for line in shown] == ["1", "2"]


@pytest.mark.parametrize(
    ("severities", "words"),
    [
        ([], ""),
        ([Severity.ERROR], "1 error"),
        ([Severity.ERROR] * 2 + [Severity.WARNING], "2 errors, 1 warning"),
        ([Severity.WARNING] * 3 + [Severity.INFO], "3 warnings"),
    ],
)
def test_summary(severities: list[Severity], words: str) -> None:
    """The counts in a line; what is only information is not counted."""
    report = Report.of(finding(n, severity=severity) for n, severity in enumerate(severities, start=1))
    assert printing.summary(report) == words


def test_json() -> None:
    """One object a line, with the documented names."""
    (line,) = printing.as_json(Report.of([finding(message='a "b" ü')]), str)
    assert json.loads(line) == {
        "path": "content/a.md", "line": 1, "column": 5, "severity": "error", "code": "c", "message": 'a "b" ü',
        "hint": "what to write",
    }  # fmt: skip


def test_json_gives_all() -> None:
    """Programs get every finding, however many there are."""
    assert len(list(printing.as_json(Report.of(finding(n) for n in range(1, 101)), str))) == 100


def flood(counts: dict[str, int], message: str) -> Report:
    """So many findings of each code, each in a file of its own."""
    return Report.of(
        Diagnostic(Location(f"content/{code}{n}.md", 1), Severity.ERROR, code, message)
        for code, count in counts.items()
        for n in range(count)
    )


def test_a_flood_is_counted_not_listed() -> None:
    """However many findings there are and however long, programs get less than 2 MB, and every finding is counted."""
    given = {"often": 9_000, "seldom": 3}
    said = list(printing.as_json(flood(given, "ü" * 500), str))
    assert sum(len(line.encode()) + 1 for line in said) < 2_000_000
    found = [json.loads(line) for line in said]
    (rest,) = (one for one in found if "left_out" in one)
    assert found[-1] is rest
    assert (rest["path"], rest["line"], rest["severity"], rest["code"]) == ("", 0, "error", "often")
    listed = [one["code"] for one in found[:-1]]
    assert listed.count("seldom") == 3
    assert listed.count("often") + rest["left_out"] == 9_000
    assert listed.count("often") > 100


def test_a_flood_of_annotations_is_counted_too() -> None:
    """GitHub's log is spared as well, and says by its level and code how many are not listed."""
    said = list(printing.as_github(flood({"often": 9_000}, "ü" * 500), str))
    assert sum(len(line.encode()) + 1 for line in said) < 2_000_000
    assert said[-1].startswith(f"::error title=often::{9_000 - len(said) + 1:,} more of `often`")


def test_github() -> None:
    """GitHub's commands are escaped by its rules, so that no text ends a command or begins another."""
    found = Diagnostic(Location("content/a,b:c.md", 2), Severity.WARNING, "c", "50 %\n::error::x", "h")
    assert list(printing.as_github(Report.of([found]), str)) == [
        "::warning file=content/a%2Cb%3Ac.md,line=2,title=c::50 %25%0A::error::x; h"
    ]


@pytest.mark.parametrize(
    ("word", "hint"), [("mosull", "did you mean `mosul`?"), ("xyz", ""), ("raqa", "did you mean `raqqa`?")]
)
def test_did_you_mean(word: str, hint: str) -> None:
    """The nearest known word is proposed, and none where none is near."""
    assert did_you_mean(word, ["raqqa", "mosul"]) == hint


def test_files_stand_apart() -> None:
    """An empty line parts what is wrong in one file from what is wrong in the next."""
    other = Diagnostic(Location("content/b.md", 1), Severity.ERROR, "c", "m")
    shown = list(
        printing.text(Report.of([finding(1, excerpt=""), finding(2, excerpt=""), other]), str, colour=False, apart=True)
    )
    assert [line.partition(":")[0] for line in shown] == ["content/a.md", "content/a.md", "", "content/b.md"]


def test_by_code() -> None:
    """The codes with their numbers: errors before warnings, the oftenest first, and how to learn more."""
    found = [finding(n, code="often") for n in (1, 2)] + [finding(3, code="once"), finding(4, severity=Severity.INFO)]
    assert [line.split() for line in printing.by_code(Report.of(found))][1:4] == [
        ["2", "often", "(error)"],
        ["1", "once", "(error)"],
        ["1", "c", "(info)"],
    ]
    assert list(printing.by_code(Report())) == []
