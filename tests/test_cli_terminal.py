"""What the command shows on terminals of all kinds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder import cli
from tests.driver import PROJECT, entry, lay_out


@pytest.fixture(name="folder")
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory: the tiny look, a site with one entry."""
    lay_out(tmp_path, {"entries/2020/hearing.md": entry()})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def break_it(folder: Path, text: str = "") -> None:
    (folder / "content/entries/2020/hearing.md").write_text(text or entry(title=""), encoding="utf-8")


def test_progress_on_a_terminal(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal a line counts the files, and is gone in the end; findings are coloured, unless that is unwanted."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    break_it(folder, entry(published=""))
    assert cli.main(["build"]) == 0
    err = capsys.readouterr().err
    assert "\r\x1b[K" in err
    assert "\x1b[1;33mwarning\x1b[0m" in err
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli.main(["build"]) == 0
    assert "\x1b[1;33m" not in capsys.readouterr().err


@pytest.mark.parametrize(("encoding", "form"), [("ascii", "text"), ("cp1252", "json"), ("ascii", "github")])
def test_terminals_of_other_encodings(folder: Path, encoding: str, form: str) -> None:
    """Where the terminal cannot show a letter, the report is still given."""
    break_it(folder, entry("tags: الموصل"))
    done = subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), "check", "--format", form],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        cwd=folder,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert b"Traceback" not in done.stderr
    assert b"hearing.md" in done.stdout + done.stderr
