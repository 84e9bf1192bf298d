"""`build --timings`: where the time of a build went."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from site_builder import cli
from tests.driver import entry, lay_out


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lay_out(tmp_path, {f"entries/2020/e{n}.md": entry(title=f"Event {n}") for n in range(3)})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_it_names_steps_files_and_pages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every step has its time and its share, which together are all; files and pages are named, the slowest first."""
    assert cli.main(["build", "--timings"]) == 0
    told = capsys.readouterr().err
    steps = re.findall(r"^(\D+?) +(\d+\.\d{3}) s +(\d+\.\d) %$", told, re.MULTILINE)
    assert {"read the content", "plan the pages", "make the pages", "publish"} <= {name for name, _, _ in steps}
    (whole,) = re.findall(r"^in all +(\d+\.\d{3}) s$", told, re.MULTILINE)
    assert sum(float(seconds) for _, seconds, _ in steps) == pytest.approx(float(whole), abs=0.01)
    assert sum(float(share) for _, _, share in steps) == pytest.approx(100, abs=1)
    named = re.findall(r"^ +(\d+\.\d) ms  (\S+)$", told, re.MULTILINE)
    assert {"content/entries/2020/e0.md", "entries/e0.html"} <= {path for _, path in named}
    pages = [float(took) for took, path in named if path.endswith(".html")]
    assert pages == sorted(pages, reverse=True)


def test_what_is_remembered_takes_no_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After an edit of one entry, it alone was read, and of the pages only those that show it were made."""
    assert cli.main(["build"]) == 0
    edited = folder / "content/entries/2020/e1.md"
    edited.write_text(f"{edited.read_text(encoding='utf-8')}\nOther words.\n", encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["build", "--timings"]) == 0
    told = capsys.readouterr().err
    assert "slowest files to read (of 1):" in told
    assert "entries/e1.html" in told
    assert "entries/e0.html" not in told


def test_the_site_is_the_same(folder: Path) -> None:
    """To be timed changes no byte of a site."""
    assert cli.main(["build", "--no-cache"]) == 0
    assert cli.main(["build", "--no-cache", "--timings", "--out", "timed"]) == 0
    plain, timed = (
        {path.relative_to(folder / of): path.read_bytes() for path in (folder / of).rglob("*") if path.is_file()}
        for of in ("_site", "timed")
    )
    assert plain == timed
