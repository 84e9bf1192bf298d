import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import bootstrap, environment

Answer = Callable[[list[str]], tuple[int, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with two tiny lock files, its name with a space in it."""
    root = tmp_path / "a project"
    root.mkdir()
    (root / "requirements.lock").write_text("one==1.0 \\\n    --hash=sha256:00\n")
    (root / "requirements-test.lock").write_text("one==1.0 \\\n    --hash=sha256:00\ntwo==2.0\n")
    return root


def answer_with(monkeypatch: pytest.MonkeyPatch, answer: Answer) -> list[list[str]]:
    """Let every step of the set-up get the given status and output; return the list of the steps."""
    steps: list[list[str]] = []

    def run(command: list[str], **_: object) -> "subprocess.CompletedProcess[str]":
        steps.append(command)
        status, output = answer(command)
        return subprocess.CompletedProcess(command, status, output, output)

    monkeypatch.setattr("site_builder.environment.subprocess.run", run)
    return steps


def pip_says(status: int, output: str) -> Answer:
    """Return the answers of a machine with a pip new enough, whose installation ends so."""
    return lambda command: (0, "pip 26.1 from …") if "--version" in command else (status, output)


def test_made_from_the_hashed_lock(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pip is told to take what the lock file names, with its hashes and nothing else; the stamp is there afterwards."""
    steps = answer_with(monkeypatch, pip_says(0, ""))
    environment.make("", str(project))
    assert {"--require-hashes", "--no-deps"} <= {*steps[-1]}
    assert steps[-1][-1] == str(project / "requirements.lock")
    assert bootstrap.usable("", str(project))


def test_test_packages_are_added(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`test` adds its packages to an environment in use instead of making it anew under a running command."""
    answer_with(monkeypatch, pip_says(0, ""))
    environment.make("", str(project))
    (project / ".venv" / "in-use").touch()
    environment.make("test", str(project))
    assert (project / ".venv" / "in-use").exists()
    assert bootstrap.usable("test", str(project))


def test_half_made_environment_is_made_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an interrupted run left is cleared away first."""
    answer_with(monkeypatch, pip_says(0, ""))
    home = project / ".venv"
    home.mkdir()
    (home / bootstrap.STAMP).write_text("unfinished\n")
    (home / "rest").touch()
    environment.make("", str(project))
    assert not (home / "rest").exists()
    assert not list(project.glob(".venv.old*"))


def test_environment_of_others_is_kept(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A `.venv` that was not made here is moved aside and named, never deleted, each time anew."""
    answer_with(monkeypatch, pip_says(0, ""))
    for kept in (".venv.old", ".venv.old1"):
        shutil.rmtree(project / ".venv", ignore_errors=True)
        (project / ".venv").mkdir()
        (project / ".venv" / "theirs").write_text(kept)
        environment.make("", str(project))
        assert (project / kept / "theirs").read_text() == kept
        assert f"kept as {kept}\n" in capsys.readouterr().err


def test_no_pip_at_all(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without pip and ensurepip the command names the packages to install and ends with status 2."""
    answer_with(monkeypatch, lambda command: (1, "No module named pip"))
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(SystemExit) as end:
        bootstrap.ensure(root=str(project))
    said = capsys.readouterr().err
    assert end.value.code == 2
    assert "python3-pip" in said
    assert "python3-venv" in said
    assert not (project / ".venv").exists()


@pytest.mark.parametrize("version", ["No module named pip", "pip 22.2.9 from …", "pip 9.0.1 from …"])
def test_pip_absent_or_too_old(project: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    """A pip older than 22.3 cannot install into another environment: one is unpacked inside instead."""
    steps = answer_with(monkeypatch, lambda command: (0, version if "--version" in command else ""))
    environment.make("", str(project))
    inner = bootstrap.venv_python(str(project))
    assert [inner, "-m", "ensurepip", "--default-pip"] in steps
    assert steps[-1][0] == inner
    assert "--python" not in steps[-1]


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("NewConnectionError(…)\nERROR: No matching distribution found for one==1.0", "cannot be reached"),
        ("ERROR: No matching distribution found for one==1.0", "finds no package of requirements.lock"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that requirements.lock names"),
        ("OSError: [Errno 28] No space left on device", "no space left on the disk"),
        ("something never seen", "could not install the packages of requirements.lock"),
    ],
)
def test_failure_in_a_sentence(project: Path, monkeypatch: pytest.MonkeyPatch, output: str, sentence: str) -> None:
    """What keeps pip from installing is told in a sentence, pip's last lines stand indented below it."""
    answer_with(monkeypatch, pip_says(1, output))
    with pytest.raises(bootstrap.SetupError) as error:
        environment.make("", str(project))
    first, *rest = str(error.value).splitlines()
    assert sentence in first
    assert rest == [f"    {line}" for line in output.splitlines()]
    assert not (project / ".venv").exists()


def test_settings_that_divert_pip_are_left_out(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PYTHONPATH and pip's own target settings do not lead the packages, or Python, out of `.venv`."""
    for name in ("PYTHONPATH", "PIP_TARGET", "PIP_PREFIX"):
        monkeypatch.setenv(name, "/elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    seen: list[dict[str, str]] = []

    def run(command: list[str], env: dict[str, str], **_: object) -> "subprocess.CompletedProcess[str]":
        seen.append(env)
        return subprocess.CompletedProcess(command, 0, "pip 26.1", "")

    monkeypatch.setattr("site_builder.environment.subprocess.run", run)
    environment.make("", str(project))
    assert all("/elsewhere" not in env.values() and env["PIP_USER"] == "0" for env in seen)


def test_status_is_passed_on() -> None:
    """Where a process cannot be replaced, the command's exit status is still that of the one inside."""
    assert environment.status_of([sys.executable, "-c", "raise SystemExit(7)"]) == 7
