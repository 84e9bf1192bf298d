"""Classes 11 and 15 on a real disk: nothing from outside is read, and whatever has happened, the site is whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from site_builder import cli, terminal
from site_builder.diagnostics import Severity
from site_builder.disk import snapshot
from site_builder.memo import Memo
from site_builder.publish import verify
from tests.driver import Built, built, entry, lay_out
from tests.hostile.cases import Case, Outcome
from tests.hostile.trees import CASES, SECRET

pytestmark = pytest.mark.skipif(os.name == "nt", reason="made of what Windows does not have")
TREE = [case for case in CASES if case.kind == 11]
FAULTS = [case for case in CASES if case.kind == 15]
_MEMO = Memo()


def _id(case: Case) -> str:
    return case.id


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one entry, in the working directory, and a file beside it that is none of its business."""
    lay_out(tmp_path / "project", {"entries/good.md": entry(title="A good entry")})
    (tmp_path / "secret.md").write_text(SECRET)
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def act(case: Case, folder: Path) -> None:
    assert case.act
    case.act(folder)


def read() -> Built:
    return built(snapshot(Path("content"), Path("templates")), memo=_MEMO)


@pytest.mark.parametrize("case", TREE, ids=_id)
def test_the_tree(case: Case, folder: Path) -> None:
    """A refusal or a warning names the file; nothing of it is published; the good entry is read all the same."""
    act(case, folder)
    given = read()
    assert given.report.ok is (case.outcome is not Outcome.REJECT), given.messages
    if case.at[0]:
        (finding,) = [one for one in given.report.diagnostics if one.location.path == case.at[0]]
        assert (finding.code, finding.severity is Severity.INFO) == (case.code, False)
        assert finding.hint
    assert SECRET not in given.messages
    assert "root:" not in given.messages
    assert len(given.messages) < 2000
    assert not any(SECRET.encode() in data or b"root:" in data for data in given.files.values())
    if case.outcome is not Outcome.REJECT:
        assert "A good entry" in given.html("entries/good.html")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same project, built once."""
    folder = tmp_path_factory.mktemp("whole")
    lay_out(folder, {"entries/good.md": entry(title="A good entry")})
    here = Path.cwd()
    os.chdir(folder)
    try:
        assert cli.main(["build"]) == terminal.DONE
    finally:
        os.chdir(here)
    return folder


@pytest.mark.parametrize("case", FAULTS, ids=_id)
def test_faults(
    case: Case, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second build makes the right site, or says in one sentence why not, with status 2, and touches nothing."""
    folder = shutil.copytree(whole, tmp_path / "project", symlinks=True)
    monkeypatch.chdir(folder)
    act(case, folder)
    before = listing(folder)
    status = cli.main(["build"])
    said = capsys.readouterr().err
    assert "Traceback" not in said
    if case.outcome is Outcome.REJECT:
        assert (status, listing(folder)) == (terminal.FAILURE, before)
        assert case.at[0] in said
        assert len(said.splitlines()) == 1
        return
    assert (status, verify(folder / "_site")) == (terminal.DONE, [])
    assert "A good entry" in (folder / "_site/entries/good.html").read_text()
    assert not list(folder.rglob("part~"))


def listing(folder: Path) -> dict[str, bytes]:
    """Every file and link of the folder, as it is; not the lock and the cache, which are nobody's work."""
    names = (path for path in sorted(folder.rglob("*")) if not {".cache", "._site.lock"} & set(path.parts))
    return {
        str(path.relative_to(folder)): os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
        for path in names
        if path.is_symlink() or path.is_file()
    }
