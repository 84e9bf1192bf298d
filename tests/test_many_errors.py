"""Thirty authors' slips at once, by the real command: all are told in one run, and the last good site stays."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.publish import verify
from tests.driver import PROJECT, entry, lay_out

SLIPS: dict[str, str | bytes] = {
    "a-title": entry(title=""),
    "b-date": entry(date="10.06.2014"),
    "c-day": entry(date="2014-02-30"),
    "d-field": entry("sumary: x"),
    "e-choice": entry("status: publish"),
    "f-actor": entry("actor: nobody-known"),
    "g-place": entry("location: nowhere-known"),
    "h-source": entry(source="no-source"),
    "i-cite": entry(body="A [@gone].\n"),
    "j-cite": entry(body="A [@ gone].\n"),
    "k-link": entry(body="A [b](entry:gone).\n"),
    "l-script": entry(body="A [b](javascript:alert(1)).\n"),
    "m-hidden": entry(body="A\u202eb\n"),
    "n-bytes": b"---\ntitle: Caf\xe9\n---\n",
    "o-fence": "title: x\n",
    "p-open": "---\ntitle: x\n",
    "q-list": "---\n- a\n---\n",
    "r-colon": entry("summary: a: b"),
    "s-quote": entry("summary: 'a"),
    "t-alias": entry("summary: *a"),
    "u-tag": entry("summary: !!int 3"),
    "v-merge": entry("<<: {a: b}"),
    "w-twice": entry("date: 2015"),
    "x-deep": entry("x_a: [[[[[[[[1]]]]]]]]"),
    "y-number": entry("significance: many"),
    "z-range": entry("casualties: {harm: killed, min: 3, max: 1}"),
    "aa-toll": entry("casualties: {harm: killed, min: -1}"),
    "ab-claim": entry("claims: {by: X}"),
    "ac-related": entry("related: gone"),
    "ad-address": entry("media: [{src: a}]"),
    "ae-phase": entry("phase: Phase One"),
    "af-empty": "",
    "AG name": entry(),
    "ah-bomb": "---\nx: " + "[" * 25_000 + "\n---\n",
    "ai-brackets": entry(body="[" * 2_000),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A good site that has been built."""
    lay_out(tmp_path, {"entries/good.md": entry()})
    assert run(tmp_path, "build").returncode == 0
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(PROJECT / "build.py"), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=60)


def test_all_at_once(project: Path) -> None:
    """Every broken file has its error with file and line, in one run; there is no traceback, the last site is left."""
    before = {path: path.read_bytes() for path in (project / "_site").rglob("*") if path.is_file()}
    for name, text in SLIPS.items():
        (project / f"content/entries/{name}.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    done = run(project, "build", "--format", "json")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    errors = [found for found in map(json.loads, done.stdout.splitlines()) if found["severity"] == "error"]
    assert {found["path"] for found in errors} == {f"content/entries/{name}.md" for name in SLIPS}
    unplaced = {found["path"] for found in errors if not found["line"]}
    assert unplaced == {"content/entries/AG name.md"}
    assert all(found["hint"] for found in errors)
    assert {path: path.read_bytes() for path in (project / "_site").rglob("*") if path.is_file()} == before
    assert verify(project / "_site") == []


def test_the_same_in_words(project: Path) -> None:
    """`check` says the same to people: a line for each, of which editors make links, and the count at the end."""
    for name, text in SLIPS.items():
        (project / f"content/entries/{name}.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    done = run(project, "check")
    lines = re.findall(r"^content/entries/[^:]+\.md(?::\d+){0,2}: error: .+$", done.stderr, re.MULTILINE)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(lines) >= len(SLIPS)
    assert done.stderr.splitlines()[-1].startswith(f"{len(lines)} errors")
