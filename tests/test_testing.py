import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder import testing

Steps = dict[str, list[str]]


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Steps:
    """Replace every step by one that passes, in a project whose tests ask for a browser and for time."""
    seen: Steps = {}

    def run(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        seen[" ".join(command[2:4])] = command[2:]
        return subprocess.CompletedProcess(command, 0, "", "")

    (tmp_path / "tests").mkdir()
    marks = "".join(f"@pytest.mark.{mark}\n" for mark in ("browser", "slow"))
    (tmp_path / "tests" / "test_page.py").write_text(marks)
    monkeypatch.setattr(testing, "ROOT", tmp_path)
    monkeypatch.setattr("site_builder.testing.subprocess.run", run)
    monkeypatch.setattr("site_builder.testing.shutil.which", lambda name: None)
    monkeypatch.delenv("CHROMIUM", raising=False)
    return seen


def test_steps_in_order(steps: Steps, capsys: pytest.CaptureFixture[str]) -> None:
    """Lint, format, types and tests run in this order, each with its seconds in a line."""
    assert testing.run([], everything=False) == 0
    assert [name.split()[0] for name in steps] == ["ruff", "ruff", "mypy", "pytest"]
    assert capsys.readouterr().out.count(" s\n") == 4


def test_a_choice_of_tests_runs_in_one_process(steps: Steps) -> None:
    """Arguments go to pytest as they are; all tests together are shared out among the cores."""
    testing.run(["-k", "markup"], everything=True)
    assert steps["pytest -m"] == ["pytest", "-m", "not browser", "-k", "markup"]


def test_missing_browser_is_named(steps: Steps, capsys: pytest.CaptureFixture[str]) -> None:
    """Without Chromium its tests are left out and named, and the run can still pass."""
    assert testing.run([], everything=False) == 0
    assert steps["pytest -m"] == ["pytest", "-m", "not browser and not slow", *testing.TOGETHER, *testing.PROMPTLY]
    said = capsys.readouterr().out
    assert "not run: browser tests (no Chromium" in said
    assert "not run: slow tests" in said


def test_missing_browser_fails_the_full_run(steps: Steps, capsys: pytest.CaptureFixture[str]) -> None:
    """With --all a missing tool is a failure, and the slow tests run."""
    assert testing.run([], everything=True) == 1
    assert steps["pytest -m"] == ["pytest", "-m", "not browser", *testing.TOGETHER]
    assert "FAILED: browser tests" in capsys.readouterr().out


def test_tools_that_no_test_needs_are_not_missed(steps: Steps, capsys: pytest.CaptureFixture[str]) -> None:
    """Java is not reported missing as long as no test asks for it."""
    testing.run([], everything=False)
    assert "java" not in capsys.readouterr().out


def test_chromium_by_name(steps: Steps, monkeypatch: pytest.MonkeyPatch) -> None:
    """CHROMIUM names the browser; one that is not there is not replaced by another."""
    monkeypatch.setattr(
        "site_builder.testing.shutil.which", lambda name: None if name == "/gone" else f"/usr/bin/{name}"
    )
    assert testing.chromium() == "/usr/bin/chromium"
    monkeypatch.setenv("CHROMIUM", "/gone")
    assert testing.chromium() is None


def test_arguments_reach_pytest(steps: Steps) -> None:
    """Further arguments go to pytest, after our own, so that theirs win."""
    testing.run(["-k", "dates", "-x"], everything=False)
    assert steps["pytest -m"][-3:] == ["-k", "dates", "-x"]


def test_failing_step_fails_the_run(
    steps: Steps, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failing step shows what it printed and fails the run, and the steps after it still run."""
    ran: list[str] = []

    def run(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        ran.append(command[2])
        return subprocess.CompletedProcess(command, 1 if command[2] == "mypy" else 0, "what is wrong", "")

    monkeypatch.setattr("site_builder.testing.subprocess.run", run)
    assert testing.run([], everything=False) == 1
    said = capsys.readouterr().out
    assert ran == ["ruff", "ruff", "mypy", "pytest"]
    assert said.count("what is wrong") == 1
    assert said.endswith("FAILED: mypy --strict\n")


def test_tests_that_hang_are_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever waits for the usual tests does not wait for ever: they are ended, and have not passed."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "pytest.py").write_text("import time\ntime.sleep(600)\n", encoding="utf-8")  # in the place of the real
    monkeypatch.setattr(testing, "ROOT", tmp_path)
    monkeypatch.setattr(testing, "CHECKS", ())
    monkeypatch.setattr(testing, "MOST_SECONDS", 0.5)
    assert testing.run([], everything=False) == 1
    said = capsys.readouterr().out
    assert "STOPPED: some test hangs" in said
    assert "FAILED: pytest" in said


@pytest.mark.parametrize("end", ["time.sleep(600)", "os._exit(3)"])
def test_a_test_that_hangs_or_kills_is_named(tmp_path: Path, end: str) -> None:
    """The run ends at once and says which test it was, though that can say nothing itself."""
    fine, rows = "def test_fine(n): pass\n", "@pytest.mark.parametrize('n', range(4))\n"
    (tmp_path / "test_a.py").write_text(f"import os, pytest, time\n{rows}{fine}def test_bad(): {end}\n{rows}{fine}")
    (tmp_path / "test_b.py").write_text(f"import pytest\n{rows}{fine}")
    options = [*testing.TOGETHER, *testing.PROMPTLY, "-o", "faulthandler_timeout=1", "--basetemp", str(tmp_path / "t")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options], cwd=tmp_path, env={**os.environ, "PYTEST_ADDOPTS": ""},
        capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "crashed while running 'test_a.py::test_bad'" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("1 failed, ")  # it is not tried again
