import ast
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder import bootstrap

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with two tiny lock files, its name with a space in it."""
    root = tmp_path / "a project"
    root.mkdir()
    (root / "requirements.lock").write_text("one==1.0 \\\n    --hash=sha256:00\n")
    (root / "requirements-test.lock").write_text("one==1.0 \\\n    --hash=sha256:00\ntwo==2.0\n")
    return root


def finish(root: Path, extra: str) -> None:
    """Put a finished environment's two files where they belong."""
    python = Path(bootstrap.venv_python(str(root)))
    python.parent.mkdir(parents=True)
    python.touch(mode=0o755)
    stamp = root / ".venv" / bootstrap.STAMP
    stamp.write_text("\n".join(bootstrap.stamp_lines(extra, str(root))), encoding="utf-8")


# build.py


def test_build_parses_on_old_pythons() -> None:
    """build.py is written in the grammar of Python 3.6, so that an old Python can read its own refusal."""
    ast.parse((ROOT / "build.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_build_refuses_an_old_python(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On Python 3.10 build.py names both versions in one line and ends with status 2."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(ROOT / "build.py"), run_name="__main__")
    assert end.value.code == 2
    assert capsys.readouterr().err == "build.py needs Python 3.11 or newer; this is Python 3.10.\n"


@pytest.mark.parametrize("name", ["bootstrap.py", "environment.py"])
def test_setup_needs_nothing_but_python(name: str) -> None:
    """What makes the environment imports the standard library and itself only."""
    tree = ast.parse((ROOT / "site_builder" / name).read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    assert {module.partition(".")[0] for module in modules} <= {*sys.stdlib_module_names, "site_builder"}


# What is installed


def test_lacking_compares_versions_exactly(tmp_path: Path) -> None:
    """A package in another version is as good as none; spelling of names does not matter."""
    for name in ("python_frontmatter-1.3.0.dist-info", "PyYAML-6.0.egg-info", "Markdown-3.11.3.dist-info"):
        (tmp_path / name).mkdir()
    pins = [
        ("python_frontmatter", "1.3.0", False),
        ("pyyaml", "6.0.3", False),
        ("markdown", "3.11.3", False),
        ("nh3", "0.3.8", False),
    ]
    assert bootstrap.lacking(pins, [str(tmp_path)]) == ["pyyaml==6.0.3", "nh3==0.3.8"]


def test_conditional_pin_may_be_absent_but_not_other(tmp_path: Path) -> None:
    """A package for another system may be absent; if it is there, its version counts."""
    pins = [("colorama", "0.4.6", True)]
    assert bootstrap.lacking(pins, [str(tmp_path)]) == []
    (tmp_path / "colorama-0.4.5.dist-info").mkdir()
    assert bootstrap.lacking(pins, [str(tmp_path)]) == ["colorama==0.4.6"]


def test_first_on_the_path_counts(tmp_path: Path) -> None:
    """Of two installed versions the one that Python would import counts; a folder that is gone is skipped."""
    for folder, version in (("front", "1.0"), ("back", "2.0")):
        (tmp_path / folder / f"one-{version}.dist-info").mkdir(parents=True)
    path = [str(tmp_path / name) for name in ("gone", "front", "back")]
    assert bootstrap.lacking([("one", "2.0", False)], path) == ["one==2.0"]


def test_environment_with_the_versions_is_left_alone(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the lock's versions are installed, `ensure` returns and makes nothing."""
    (project / "library" / "one-1.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(project / "library")])
    bootstrap.ensure(root=str(project))
    assert not (project / ".venv").exists()


def test_missing_lock_file_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without its lock file the command says which one, how to get it back, and ends with status 2."""
    (project / "requirements.lock").unlink()
    with pytest.raises(SystemExit) as end:
        bootstrap.ensure(root=str(project))
    assert end.value.code == 2
    assert "git checkout -- requirements.lock" in capsys.readouterr().err


# The stamp


def test_finished_environment_is_usable(project: Path) -> None:
    """An environment stamped for this lock, place and Python is used without a further look."""
    assert not bootstrap.usable("", str(project))
    finish(project, "")
    assert bootstrap.usable("", str(project))


def test_test_environment_serves_both(project: Path) -> None:
    """An environment with the test lock serves the plain commands; the other way round it does not."""
    finish(project, "test")
    assert bootstrap.usable("", str(project))
    shutil.rmtree(project / ".venv")
    finish(project, "")
    assert not bootstrap.usable("test", str(project))


def test_changed_lock_ends_the_environment(project: Path) -> None:
    """One changed byte in the lock file and the environment is out of date."""
    finish(project, "")
    with (project / "requirements.lock").open("a") as lock:
        lock.write("#")
    assert not bootstrap.usable("", str(project))


def test_moved_project_ends_the_environment(project: Path) -> None:
    """Scripts in an environment hold its path, so a moved project makes a new one."""
    finish(project, "")
    moved = project.rename(project.with_name("moved"))
    assert not bootstrap.usable("", str(moved))


def test_other_python_ends_the_environment(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment made by one minor version of Python is not used by another."""
    finish(project, "")
    tag = type(sys.implementation)(**{**vars(sys.implementation), "cache_tag": "cpython-399"})
    monkeypatch.setattr(sys, "implementation", tag)
    assert not bootstrap.usable("", str(project))


def test_half_made_environment_is_not_usable(project: Path) -> None:
    """An environment whose making was interrupted is not used, nor one whose Python is gone."""
    finish(project, "")
    Path(bootstrap.venv_python(str(project))).unlink()
    assert not bootstrap.usable("", str(project))
    (project / ".venv" / bootstrap.STAMP).write_text("unfinished\n")
    assert not bootstrap.usable("", str(project))


def test_remade_environment_that_lacks_packages_ends(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When even a new environment lacks a package the command names it instead of making another for ever."""
    monkeypatch.setenv(bootstrap.REMADE, "1")
    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(SystemExit) as end:
        bootstrap.ensure(root=str(project))
    assert end.value.code == 2
    assert "lacks one==1.0" in capsys.readouterr().err


@pytest.mark.slow
def test_first_and_second_run(tmp_path: Path) -> None:
    """In a fresh copy the first run says in one line that it sets itself up; the second says nothing."""
    copy = tmp_path / "a copy"
    shutil.copytree(ROOT / "site_builder", copy / "site_builder", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("build.py", "requirements.lock"):
        shutil.copy(ROOT / name, copy)
    (copy / "site_builder" / "cli.py").write_text(
        "import sys, frontmatter, livereload, markdown\ndef main():\n    print(sys.prefix)\n    return 5\n"
    )
    base = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    runs = [subprocess.run([base, "build.py"], cwd=copy, capture_output=True, text=True, check=False) for _ in "12"]
    assert [run.returncode for run in runs] == [5, 5]
    assert [run.stdout.strip() for run in runs] == [str(copy / ".venv")] * 2
    assert [len(run.stderr.splitlines()) for run in runs] == [1, 0]
