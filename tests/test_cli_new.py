from __future__ import annotations

from pathlib import Path

import pytest

from site_builder import cli
from tests.driver import entry, lay_out

PHASE = "---\nlabel: L\nfrom: 1999\nto: ..\ncolour: amber\nshape: circle\n---\n"


@pytest.fixture(name="folder")
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory: the tiny look, a site with one entry."""
    lay_out(tmp_path, {"entries/2020/hearing.md": entry()})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_new(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`new` begins an entry, names its file on the standard output, and overwrites none."""
    assert cli.main(["new", "Fall of Mosul", "--date", "2014-06-10"]) == 0
    path = folder / "content/entries/2014/2014-06-10-fall-of-mosul.md"
    assert capsys.readouterr().out.strip() == path.relative_to(folder).as_posix()
    path.write_text("mine")
    assert cli.main(["new", "Fall of Mosul", "--date", "2014-06-10"]) == 2
    assert path.read_text() == "mine"


def test_new_and_check(folder: Path) -> None:
    """What `new` has begun breaks no build, with phases and without."""
    assert cli.main(["new", "One", "--date", "2014-06~"]) == 0
    assert cli.main(["check"]) == 0
    (folder / "content/phases").mkdir()
    for name in ("rise", "fall"):
        (folder / f"content/phases/{name}.md").write_text(
            "---\nlabel: L\nfrom: 1999\nto: ..\ncolour: amber\nshape: circle\n---\n"
        )
    assert cli.main(["new", "Two", "--date", "2014-06~"]) == 0
    assert "phase: fall # or: rise" in (folder / "content/entries/2014/2014-06-two.md").read_text()


def test_new_with_a_bad_date(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A date that cannot be read is told with the way to write it."""
    assert cli.main(["new", "One", "--date", "10.06.2014"]) == 2
    assert "--date: " in capsys.readouterr().err
