from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from site_builder import cli, pipeline, receipts, seen
from site_builder.plain import read_plain
from site_builder.publish import verify
from tests.driver import entry, lay_out

ENTRY = "content/entries/2020/hearing.md"


@pytest.fixture(name="folder")
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory that has been built."""
    lay_out(tmp_path, {"entries/2020/hearing.md": entry(published="")})
    monkeypatch.chdir(tmp_path)
    assert cli.main([]) == 0
    return tmp_path


@pytest.fixture(name="builds")
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each build that is really done."""
    done: list[int] = []
    build = pipeline.build

    def counting(*given: object) -> object:
        done.append(1)
        return build(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "build", counting)
    return done


def receipt(folder: Path) -> Path:
    (found,) = (folder / receipts.FOLDER).iterdir()
    return found


def test_nothing_changed(folder: Path, builds: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    """A build of what was built before does nothing, and reports the same."""
    told = []
    for arguments in (["--no-cache"], []):
        capsys.readouterr()
        assert cli.main(["build", *arguments]) == 0
        told.append(capsys.readouterr().err)
    assert builds == [1]
    assert "`published` is missing" in told[0]
    assert told[1] == told[0]


def test_strict_is_asked_each_time(folder: Path, builds: list[int]) -> None:
    """What was good enough before is not under --strict."""
    assert cli.main(["build", "--strict"]) == 1


@pytest.mark.parametrize(
    "arguments", [["--no-cache"], ["--drafts"], ["--base-url", "https://a.example/"], ["--out", "other"]]
)
def test_another_build(folder: Path, builds: list[int], arguments: list[str]) -> None:
    """Other options, another output or --no-cache: it is built."""
    assert cli.main(["build", *arguments]) == 0
    assert builds == [1]


@pytest.mark.parametrize("name", [ENTRY, "templates/page.html", "content/actors.yaml", "content/pages/about.md"])
def test_a_change(folder: Path, builds: list[int], name: str) -> None:
    """An edit, or a new file, is built; the same bytes in a new file are not."""
    path = folder / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert cli.main([]) in (0, 1)
    known = len(builds)
    other = {"actors.yaml": "[]\n", "about.md": "---\ntitle: About\n---\nUs.\n"}
    path.write_text(other.get(path.name, f"{text}\nMore."), encoding="utf-8")
    assert cli.main([]) == 0
    assert len(builds) == known + 1


def test_a_change_by_nobody_that_is_told(folder: Path, builds: list[int]) -> None:
    """A file of the output that is gone or other than published is made again."""
    page = folder / "_site/entries/hearing.html"
    for spoil in (page.unlink, lambda: page.write_text("spoilt"), lambda: (folder / "_site/more.html").write_text("")):
        spoil()
        assert cli.main([]) == 0
        assert verify(folder / "_site") == []
    assert len(builds) == 3


def test_another_generator(folder: Path, builds: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version of the code or of a package makes the site anew."""
    monkeypatch.setattr(receipts, "installed", lambda path: {"markdown": "99"})
    assert cli.main([]) == 0
    assert builds == [1]


def test_damaged_receipts(folder: Path, builds: list[int]) -> None:
    """A receipt that is cut, spoilt, or of another shape leads to a right build, never to a traceback."""
    chance = random.Random(7)
    whole = receipt(folder).read_bytes()
    shapes = [b"", b"[]", b"null", b'{"version": 1}', b'{"version": 1, "seen": 3}', b"[" * 100_000, b"\xff\xfe"]
    cut = [whole[: chance.randrange(len(whole))] for _ in range(10)]
    places = chance.sample(range(len(whole)), 10)
    flipped = [bytes(byte ^ (n == place) for n, byte in enumerate(whole)) for place in places]
    for data in (*shapes, *cut, *flipped):
        receipt(folder).write_bytes(data)
        assert cli.main([]) == 0
        assert verify(folder / "_site") == []


def test_a_save_during_the_build(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was saved while it was built is built the next time."""
    build = pipeline.build

    def saving(*given: object) -> object:
        report = build(*given)  # type: ignore[arg-type]
        (folder / ENTRY).write_text(entry(title="Verdict"), encoding="utf-8")
        return report

    (folder / ENTRY).write_text(entry(title="Ruling"), encoding="utf-8")
    monkeypatch.setattr(pipeline, "build", saving)
    assert cli.main([]) == 0
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert cli.main([]) == 0
    assert "Verdict" in (folder / "_site/entries/hearing.html").read_text()


def test_what_was_too_fresh_is_learnt_later(folder: Path, builds: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of the last two seconds are read again by the next build, which keeps that: the one after reads none."""
    monkeypatch.setattr(seen, "_COARSE", -1)  # as if the two seconds had passed
    read: list[bytes] = []

    def reading(path: bytes, limit: int) -> bytes:
        read.append(path)
        return read_plain(path, limit)

    monkeypatch.setattr(seen, "read_plain", reading)
    assert cli.main([]) == 0
    pages = {path.name for path in (folder / "_site").rglob("*.html")}
    assert pages <= {Path(os.fsdecode(path)).name for path in read}
    read.clear()
    assert cli.main([]) == 0
    assert read == []
    assert builds == []
