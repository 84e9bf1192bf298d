"""The file of what earlier runs have computed: it saves time, and changes nothing whatever happens to it."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import shelf
from site_builder.files import Options
from site_builder.kinds import PACKER
from site_builder.memo import Memo
from site_builder.pipeline import build
from site_builder.publish import MemoryStaging
from site_builder.shelf import Shelf
from tests.driver import PROJECT, entry, inputs

Say = Callable[[str], None]


def opened(file: Path, maker: str = "m", say: Say = pytest.fail) -> Shelf:
    return Shelf(file, maker, PACKER, say)


def kept(file: Path, **values: object) -> None:
    """A shelf in the file that holds these values under the step `s`."""
    found = opened(file)
    for key, value in values.items():
        found.put("s", key, value)
    found.save()
    found.close()


def test_values_outlive_the_process(tmp_path: Path) -> None:
    """What one run has put there, the next one finds by step and key."""
    kept(tmp_path / "memo", a=("x", 1), b="y")
    found = opened(tmp_path / "memo")
    assert (found.get("s", "a"), found.get("s", "b")) == (("x", 1), "y")
    assert found.get("t", "a") is None
    assert found.get("s", "c") is None


def test_another_generator_finds_nothing(tmp_path: Path) -> None:
    """What other code has made does not count: a new version begins with what it makes itself."""
    kept(tmp_path / "memo", a="x")
    assert opened(tmp_path / "memo", maker="n").get("s", "a") is None


def test_what_was_not_saved_is_gone(tmp_path: Path) -> None:
    """Only a run that came to its end leaves something behind."""
    found = opened(tmp_path / "memo")
    found.put("s", "a", "x")
    found.close()
    assert opened(tmp_path / "memo").get("s", "a") is None


def damage(data: bytes, how: int) -> bytes:
    """One of many ways to spoil a file, always the same for the same number."""
    chance = random.Random(how)
    spoilt = bytearray(data)
    match how % 4:
        case 0:
            return bytes(spoilt[: chance.randrange(len(spoilt))])
        case 1:
            return chance.randbytes(chance.choice((1, 100, len(spoilt))))
        case 2:
            start = chance.randrange(len(spoilt))
            spoilt[start : start + 64] = chance.randbytes(64)
        case _:
            for _ in range(200):
                spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def test_damage_is_never_taken_for_a_value(tmp_path: Path) -> None:
    """However the file is spoilt, what it gives is what was put there or nothing, and it can be used again."""
    file = tmp_path / "memo"
    values = {f"k{n}": ("value", n, "x" * 300) for n in range(60)}
    kept(file, **values)
    whole, told = file.read_bytes(), 0
    for how in range(80):
        file.write_bytes(damage(whole, how))
        said: list[str] = []
        found = opened(file, say=said.append)
        for key, value in values.items():
            assert found.get("s", key) in (value, None)
        found.put("s", "new", "x")
        found.save()
        assert found.get("s", "new") in ("x", None)
        found.close()
        assert len(said) <= 1
        told += len(said)
        file.with_name("memo-journal").unlink(missing_ok=True)
    assert told > 40


@pytest.mark.parametrize("what", ["folder", "link", "other base", "text"])
def test_something_else_in_its_place(tmp_path: Path, what: str) -> None:
    """A build goes on without the file where something else has its name."""
    file, said = tmp_path / "memo", list[str]()
    if what == "folder":
        file.mkdir()
    elif what == "link":
        file.symlink_to(tmp_path / "far")
    elif what == "text":
        file.write_text("hello " * 1000, encoding="utf-8")
    else:
        base = sqlite3.connect(file)
        base.execute("CREATE TABLE memo (other TEXT)")
        base.commit()
        base.close()
    found = opened(file, say=said.append)
    assert found.get("s", "a") is None
    found.put("s", "a", "x")
    found.save()
    found.close()
    assert len(said) <= 1
    assert not (tmp_path / "far").exists()


def test_damage_that_no_message_can_quote(tmp_path: Path) -> None:
    """Where SQLite's own message about the damage holds bytes that are no text, it is damage all the same."""
    file, said = tmp_path / "memo", list[str]()
    kept(file, a=1)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"memo (key", b"\xd4emo (key").replace(b"tablememomemo", b"tablem\xd4momemo"))
    shelf = opened(file, say=said.append)
    assert shelf.get("s", "a") is None
    assert len(said) == 1
    shelf.close()


def test_damage_that_leads_twice_to_one_place(tmp_path: Path) -> None:
    """Where the pages with the keys all lead to the same one, that is damage, and not read as often as they say."""
    file, said = tmp_path / "memo", list[str]()
    kept(file, **{f"k{n}": n for n in range(2000)})
    spoilt, page = bytearray(file.read_bytes()), 4096
    (root,) = [n for n in range(page, len(spoilt), page) if spoilt[n] == 2]  # what leads to others, in SQLite's format
    cells = int.from_bytes(spoilt[root + 3 : root + 5], "big")
    assert cells > 5
    for n in range(cells):
        cell = root + int.from_bytes(spoilt[root + 12 + 2 * n : root + 14 + 2 * n], "big")
        spoilt[cell : cell + 4] = spoilt[root + 8 : root + 12]
    file.write_bytes(spoilt)
    found = opened(file, say=said.append)
    assert not found.has("s", "k1")
    assert len(said) == 1
    found.put("s", "k1", 2)
    found.save()
    assert found.get("s", "k1") == 2
    found.close()


def test_much_does_not_wait_for_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a large site puts there is written as it comes, and nothing is cleared out before the end."""
    monkeypatch.setattr(shelf, "_MOST_WAITING", 5000)
    monkeypatch.setattr(shelf, "MAX_BYTES", 20_000)
    file = tmp_path / "memo"
    kept(file, old="x" * 1000)
    found = opened(file)
    for n in range(98):
        found.put("s", f"new{n}", "x" * 1000)
    beside = opened(file)
    assert (beside.get("s", "old"), beside.get("s", "new90")) == ("x" * 1000, "x" * 1000)
    assert beside.get("s", "new97") is None
    beside.close()
    found.save()
    assert (found.get("s", "new97"), opened(file).get("s", "old")) == ("x" * 1000, None)


def test_it_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has grown too large keeps only what the last run asked for."""
    monkeypatch.setattr(shelf, "MAX_BYTES", 200_000)
    file = tmp_path / "memo"
    kept(file, **{f"old{n}": "x" * 1000 for n in range(150)})
    assert opened(file).get("s", "old1") is not None
    found = opened(file)
    assert found.get("s", "old7") is not None
    for n in range(100):
        found.put("s", f"new{n}", "x" * 1000)
    found.save()
    found.close()
    after = opened(file)
    assert after.get("s", "old7") is not None
    assert after.get("s", "old8") is None
    assert after.get("s", "new99") is not None
    assert file.stat().st_size < 250_000


def test_two_runs_at_once(tmp_path: Path) -> None:
    """While one run writes, another does without; neither waits long and neither fails."""
    file = tmp_path / "memo"
    kept(file, a="x")
    writer = sqlite3.connect(file, isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    found = opened(file)
    assert found.get("s", "a") is None
    found.put("s", "b", "y")
    found.save()
    writer.execute("ROLLBACK")
    writer.close()
    found.save()
    found.close()
    assert opened(file).get("s", "b") == "y"


def test_a_kill_in_the_middle_of_writing(tmp_path: Path) -> None:
    """A process that is killed while it writes leaves what was there before."""
    file = tmp_path / "memo"
    kept(file, a="x")
    script = (
        "import os, signal, sqlite3, sys\n"
        "base = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "base.execute('PRAGMA synchronous = OFF'); base.execute('PRAGMA cache_size = 1'); base.execute('BEGIN')\n"
        "for n in range(5000):\n"
        "    base.execute('INSERT OR REPLACE INTO memo VALUES (?, ?)', (n.to_bytes(16, 'big'), b'z' * 400))\n"
        "base.execute('DELETE FROM memo')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=False)
    found = opened(file)
    assert found.get("s", "a") == "x"


def site(texts: dict[str, str], shelf_: Shelf | None, files: dict[str, bytes] | None = None) -> dict[str, bytes]:
    stage, memo = MemoryStaging(files), Memo(shelf_)
    report = build(inputs(texts), Options(), memo, stage)
    memo.save()
    assert report.ok, report
    return stage.files


def test_a_build_with_it_is_the_same_to_the_byte(tmp_path: Path) -> None:
    """With an empty shelf, with a full one and after an edit, a site is what it is without."""
    texts = {
        f"entries/2020/e{n}.md": entry(body=f"Text {n} `x` [@s].", title=f"Event {n}", source="s") for n in range(5)
    }
    texts["sources/s.yaml"] = "s: {title: Source, url: https://example.org/}\n"
    edited = {**texts, "entries/2020/e3.md": entry(body="Other text [@s].", title="Another", source="s")}
    for step in (texts, texts, edited, texts):
        found = opened(tmp_path / "memo")
        assert site(step, found) == site(step, None)
        found.close()


def test_the_command_says_one_line_of_damage(tmp_path: Path) -> None:
    """A damaged file costs the author one line and nothing else."""
    for path, text in {
        "content/site.yaml": "id: t\ntitle: T\nbase_url: https://example.org/\n",
        "content/entries/2020/a.md": entry("", "Text."),
        ".cache/memo.sqlite3": "SQLite format 3\0" + "x" * 5000,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    start = "import sys; sys.path.insert(0, sys.argv.pop(1)); from site_builder.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", start, str(PROJECT), "build", "--templates", str(PROJECT / "templates")]
    first = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert first.returncode == 0, first.stderr
    assert first.stderr.count(".cache/memo.sqlite3 was damaged") == 1
    (tmp_path / "content/entries/2020/a.md").write_text(entry("", "Other."), encoding="utf-8")
    second = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "damaged" not in second.stderr
