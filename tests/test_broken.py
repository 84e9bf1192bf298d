"""One broken site for each code of a diagnostic, with the whole report as an author reads it (see README.md)."""

from __future__ import annotations

import ast
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder import disk
from site_builder.diagnostics import CHECKS, Report
from tests.driver import PROJECT, SITE, built, shown, tiny_look
from tests.unstorable import MADE

BROKEN = PROJECT / "tests/broken"
CASES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())
# Debt that nearly every small case would have, and that would only blur what it is about.
QUIET = 'checks: {inline-record: "off", source-unused: "off", rests-on-one-voice: "off"}\n'
NO_SITE = {"site-missing", "content-missing"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory: the tiny look, and a site.yaml that asks for silence about debts."""
    for path, data in tiny_look().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    if name in MADE:
        MADE[name](folder, monkeypatch)
    else:
        for part in ("content", "templates"):
            if (BROKEN / name / part).is_dir():
                shutil.copytree(BROKEN / name / part, folder / part, dirs_exist_ok=True)
    if name not in NO_SITE and not (folder / "content/site.yaml").exists():
        (folder / "content/site.yaml").write_text(SITE + QUIET)
    return built(disk.snapshot(Path("content"), Path("templates"))).report


@pytest.mark.parametrize("name", sorted({*CASES, *MADE}))
def test_message(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The report of a broken site is, to the letter, the one that was read and found clear."""
    if os.name == "nt" and name in MADE and name.partition("--")[0] in ("file-link", "file-special", "file-name"):
        pytest.skip("Windows cannot make such files")
    given = report(name, folder, monkeypatch)
    assert name.partition("--")[0] in {finding.code for finding in given.diagnostics}, shown(given)
    expected, found = BROKEN / name / "expected.txt", shown(given)
    if os.environ.get("UPDATE_GOLDEN"):
        expected.parent.mkdir(exist_ok=True)
        expected.write_text(found, encoding="utf-8")
    assert found == expected.read_text(encoding="utf-8")


# -- Every code has its case


def codes() -> Iterator[tuple[str, str]]:
    """Every code in the source, with the module that gives it."""
    for path in sorted((PROJECT / "site_builder").rglob("*.py")):
        if path.stem in _ELSEWHERE or path.parent.name == "imports":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                yield from ((code, path.stem) for code in _codes(call, path.stem, function.name))


# Findings about the preview's own process, and about files of other tools (tests/imports/): no site is broken so.
_ELSEWHERE = {"worker", "importing"}
# Where the code is an argument of the call: its place among the arguments.
_PLACES = {"error": 1, "check": 1, "Fault": 2, "_RefusedError": 1, "RefusedError": 0, "_error": 1, "_refuse": 1}
# The functions whose code depends on what they are given, and what it can be.
_DERIVED = {
    ("fields", "_diagnostic"): {"date-invalid", "value-invalid"},
    ("references", "_known"): {
        f"unknown-{model}" for model in ("entry", "phase", "actor", "place", "source", "term", "page")
    },
    ("disk", "_root_problem"): {"content-missing", "templates-missing"},
    ("markup", "parse"): {"text-too-large", "text-too-deep"},
    ("markup", "_misplaced"): {"shown-as-typed", "cells-lost"},
    # These hand on a code that another call has given.
    ("front_matter", "_refuse"): set(),
    ("yamltext", "_error"): set(),
    ("yamltext", "read"): set(),
    ("disk", "_unread"): set(),
}


def _codes(call: ast.Call, module: str, function: str) -> set[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    place = _PLACES.get(name)
    if place is None or len(call.args) <= place:
        return set()
    code = call.args[place]
    if isinstance(code, ast.Constant) and isinstance(code.value, str):
        return {code.value}
    assert (module, function) in _DERIVED, f"{module}.{function} gives a code that this test cannot see"
    return _DERIVED[module, function]


def test_every_code_has_a_case() -> None:
    """A new kind of finding comes with a broken site; a case whose code is gone goes too."""
    assert {name.partition("--")[0] for name in {*CASES, *MADE}} == {code for code, _ in codes()}


def test_every_check_is_made() -> None:
    """A check that `site.yaml` can set is one that the builder makes."""
    assert set(CHECKS) <= {code for code, _ in codes()}


def test_no_stray_case() -> None:
    """A folder of broken/ holds a site or belongs to one that is made here."""
    files = [path for path in BROKEN.rglob("*") if path.is_file()]
    assert {path.relative_to(BROKEN).parts[0] for path in files} == {*CASES}
    assert {*CASES} >= set(MADE)
    assert {name for name in CASES if not (BROKEN / name / "content").exists()} <= set(MADE)
    assert all(stat.S_ISREG(path.lstat().st_mode) for path in files)
