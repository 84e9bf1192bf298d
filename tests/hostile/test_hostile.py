"""Every class of hostile and broken input, by cases (see cases.py); the safe outcome of each is shown by readers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from site_builder.diagnostics import Diagnostic, Severity
from site_builder.memo import Memo
from tests.driver import Built, site
from tests.hostile import bodies, costs, honest, inserted, octets, outside, probes, structure, trees
from tests.hostile.cases import CLASSES, Case, Outcome
from tests.hostile.readers import harm, parsed, plain, words

TABLES = (honest, bodies, inserted, octets, outside, structure, costs)
CASES = [case for table in TABLES for case in table.CASES]
FILES = [case for case in CASES if case.act is None]
TOGETHER = [case for case in FILES if not case.alone]
ALONE = [case for case in FILES if case.alone]
_MEMO = Memo()


def _id(case: Case) -> str:
    return case.id


@cache
def together() -> Built:
    """One site of all cases that build and share nothing."""
    files: dict[str, str | bytes] = {}
    for case in TOGETHER:
        assert not files.keys() & case.files.keys(), case.id
        files |= case.files
    built = site(files, look="real", memo=_MEMO)
    assert built.report.ok, [one for one in built.report.diagnostics if one.severity is Severity.ERROR]
    return built


@cache
def page(path: str) -> Any:
    return parsed(together().html(path))


def built(case: Case) -> Built:
    return site(case.files, look="real", memo=_MEMO) if case.alone else together()


def texts(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: data.decode() for path, data in files.items() if not path.endswith((".png", ".ico"))}


def found(case: Case, given: Built) -> list[Diagnostic]:
    """The findings at the place that the case names."""
    path, line = case.at
    return [
        one
        for one in given.report.diagnostics
        if one.location.path == f"content/{path}" and one.location.line == line and case.code in ("", one.code)
    ]


def test_every_class_has_cases() -> None:
    """Each class of hostile input is tried with three cases or more, and no two have one name."""
    counts = Counter(case.kind for case in (*CASES, *trees.CASES)) + Counter({16: len(probes.PROBES)})
    assert {kind: name for kind, name in CLASSES.items() if counts[kind] < 3} == {}
    assert [id for id, count in Counter(case.id for case in CASES).items() if count > 1] == []


@pytest.mark.parametrize("case", [case for case in ALONE if case.outcome is Outcome.REJECT], ids=_id)
def test_refused(case: Case) -> None:
    """A refusal stands at file and line, says what to do, shows nothing unseen, and leaves nothing to publish."""
    given = built(case)
    errors = [one for one in found(case, given) if one.severity is Severity.ERROR]
    assert errors, given.messages
    assert all(one.hint for one in errors)
    check_messages(case, given)


def check_messages(case: Case, given: Built) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b]", given.messages)
    assert not [one for one in given.report.diagnostics if set("\n\t") & set(one.message + one.hint)]
    assert "Traceback" not in given.messages
    assert len(given.messages) < 100_000
    assert not [text for text in case.gone if text in given.messages]


@pytest.mark.parametrize("case", [case for case in FILES if case.outcome is not Outcome.REJECT], ids=_id)
def test_built(case: Case) -> None:
    """What is built shows what the case says, has nothing of what it says must be gone, and warns where it says so."""
    given = built(case)
    assert given.report.ok, given.messages
    if case.shown:
        path = case.page or f"entries/{case.id}.html"
        seen = words(page(path) if not case.alone else parsed(given.html(path)))
        assert [text for text in case.shown if plain(text) not in seen] == [], seen
    check_messages(case, given)
    if case.gone:
        assert [(path, gone) for path, text in texts(given.files).items() for gone in case.gone if gone in text] == []
    if case.outcome in (Outcome.WARN, Outcome.IGNORE) and case.at[0]:
        assert [one for one in found(case, given) if one.severity is not Severity.INFO], given.messages
    if case.outcome is Outcome.ACCEPT:
        assert not [
            one
            for one in given.report.diagnostics
            if case.id in one.location.path and one.severity is not Severity.INFO
        ]


def test_nothing_runs() -> None:
    """In all pages of the site of all cases there is no element, handler or address that is not ours."""
    pages = [path for path in together().files if path.endswith(".html")]
    assert len(pages) > len(TOGETHER)
    assert {path: list(harm(page(path))) for path in pages if list(harm(page(path)))} == {}
