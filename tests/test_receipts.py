from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import again, cli, pipeline, receipts, seen
from site_builder.diagnostics import Report
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


@pytest.fixture(name="read")
def files_read(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The paths of all files that are read, as if the two seconds had passed in which a file counts as young."""
    read: list[bytes] = []

    def reading(path: bytes, limit: int) -> bytes:
        read.append(path)
        return read_plain(path, limit)

    monkeypatch.setattr(seen, "_COARSE", -1)
    monkeypatch.setattr(seen, "read_plain", reading)
    return read


def receipt(folder: Path) -> Path:
    (found,) = (folder / receipts.FOLDER).glob("*.receipt")
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
    monkeypatch.setattr(again, "installed", lambda path: {"markdown": "99"})
    assert cli.main([]) == 0
    assert builds == [1]


def test_damaged_receipts(folder: Path, builds: list[int]) -> None:
    """A receipt that is cut, spoilt, or of another shape leads to a right build, never to a traceback."""
    chance = random.Random(7)
    whole = receipt(folder).read_bytes()
    shapes = [b"", b"[]", b"null", b'{"version": 1}', b'{"version": 1, "seen": 3}', b"[" * 100_000, b"\xff\xfe"]
    sealed = [
        sealed_as(head) for head in (b"[]", b"null", b'{"version": 2}', b'{"version": 2, "report": 3}', b"[" * 9999)
    ]
    cut = [whole[: chance.randrange(len(whole))] for _ in range(10)]
    places = chance.sample(range(len(whole)), 10)
    flipped = [bytes(byte ^ (n == place) for n, byte in enumerate(whole)) for place in places]
    for data in (*shapes, *sealed, *cut, *flipped):
        receipt(folder).write_bytes(data)
        assert cli.main([]) == 0
        assert verify(folder / "_site") == []
    assert len(builds) == len((*shapes, *sealed, *cut, *flipped))


def sealed_as(head: bytes, rows: bytes = b"") -> bytes:
    """A receipt with this line of JSON and a right checksum."""
    return hashlib.sha256(head + b"\n" + rows).hexdigest().encode() + b"\n" + head + b"\n" + rows


def test_no_byte_of_a_receipt_can_be_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A receipt counts for nothing with any one byte changed, left out or cut off from there, or with one more."""
    monkeypatch.chdir(tmp_path)
    kept = receipts.Receipts(Path("_site"))
    kept.seen.learnt[(1, 2, 3, 4, 5)] = "ab" * 32
    kept.keep("key", Report())
    whole = receipt(tmp_path).read_bytes()
    assert receipts.Receipts.of(Path("_site")).known.get((1, 2, 3, 4, 5)) == "ab" * 32
    places = range(len(whole))
    flipped = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in places]
    others = [whole[:place] + whole[place + 1 :] for place in places] + [whole[:place] for place in places]
    for data in (*flipped, *others, whole + b"\0", sealed_as(b'{"version": 1}'), sealed_as(b'{"version": 2}', b"\0")):
        receipt(tmp_path).write_bytes(data)
        found = receipts.Receipts.of(Path("_site"))
        assert (found.found, found.known.get((1, 2, 3, 4, 5))) == ({}, None)


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


def test_what_is_passed_over_hides_no_edit(folder: Path, builds: list[int]) -> None:
    """A file that a build only warns of, such as a hidden one, keeps no edit from being built; nor is it forgotten."""
    (folder / "content/entries/.draft.md").write_text("x")
    assert [cli.main([]), cli.main([])] == [0, 0]
    assert builds == [1]
    (folder / ENTRY).write_text(entry(title="Verdict"), encoding="utf-8")
    assert cli.main([]) == 0
    assert "Verdict" in (folder / "_site/entries/hearing.html").read_text()
    (folder / "content/entries/.other.md").write_text("x")
    assert cli.main([]) == 0
    assert builds == [1, 1, 1]


def test_each_file_of_a_first_build_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: list[bytes]
) -> None:
    """What is built is what was looked at: no file is read again to tell whether it has changed meanwhile."""
    lay_out(tmp_path, {"entries/2020/hearing.md": entry()})
    monkeypatch.chdir(tmp_path)
    assert cli.main([]) == 0
    assert read.count(os.fsencode(ENTRY)) == 1


def test_what_was_too_fresh_is_learnt_later(folder: Path, builds: list[int], read: list[bytes]) -> None:
    """Files of the last two seconds are read again by the next build, which keeps that: the one after reads none."""
    assert cli.main([]) == 0
    pages = {path.name for path in (folder / "_site").rglob("*.html")}
    assert pages <= {Path(os.fsdecode(path)).name for path in read}
    read.clear()
    assert cli.main([]) == 0
    assert read == []
    assert builds == []


@pytest.fixture(name="settled")
def found_unchanged(folder: Path, builds: list[int], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The project after a build with nothing changed that found all files old enough: their listing is on record."""
    with monkeypatch.context() as patch:
        patch.setattr(seen, "_COARSE", -(10**18))
        assert cli.main([]) == 0
    assert list((folder / again.FOLDER).glob("*.said"))
    assert builds == []
    return folder


def test_young_files_are_not_on_record_as_lying_still(folder: Path, builds: list[int]) -> None:
    """While a file is younger than the coarsest clock can tell, the listing it is in says nothing."""
    assert cli.main([]) == 0
    assert builds == []
    assert not list((folder / again.FOLDER).glob("*.said"))


def test_where_nothing_has_moved_no_file_is_read(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build of what lies as it lay reads what it said before and nothing else, and writes nothing."""
    (said,) = (settled / again.FOLDER).glob("*.said")
    before = said.stat().st_ino
    opened: list[bytes] = []
    open_file = os.open

    def opening(path: bytes, *given: int) -> int:
        if not Path(os.fsdecode(path)).is_dir():
            opened.append(path)
        return open_file(path, *given)

    monkeypatch.setattr(os, "open", opening)
    assert cli.main([]) == 0
    assert opened == [os.fsencode(said.relative_to(settled))]
    assert said.stat().st_ino == before


def same_size(path: Path) -> None:
    """Other bytes under the old size and time."""
    times = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.rename(path.with_name("moved")))


@pytest.mark.skipif(
    os.name == "nt", reason="Windows has no time of a change that nobody can set, and links need rights"
)
@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        (lambda site: same_size(site / "entries/hearing.html"), 0),
        (lambda site: (site / "entries/hearing.html").unlink(), 0),
        (lambda site: (site / "more.html").write_text(""), 0),
        (lambda site: (site / "__pycache__").mkdir() or (site / "__pycache__/x").write_text(""), 0),
        (lambda site: (site / "more").symlink_to("entries"), 0),
        (lambda site: link_to_itself(site / "entries/hearing.html"), 0),
        (lambda site: shutil.copytree(site / "entries", site / "more"), 0),
        # These are no folder of ours to build over.
        (lambda site: (site / ".git").mkdir() or (site / ".git/index").write_text(""), 2),
        (lambda site: same_size(site / "manifest.json"), 2),
        (lambda site: (site / "manifest.json").unlink(), 2),
    ],
)
def test_a_spoilt_site_is_never_called_unchanged(
    settled: Path, builds: list[int], spoil: Callable[[Path], object], status: int
) -> None:
    """What differs, is missing or is extra in the output is found, however it is made to look."""
    spoil(settled / "_site")
    assert verify(settled / "_site") != []
    assert cli.main([]) == status
    assert builds == ([] if status else [1])
    assert (verify(settled / "_site") == []) is not bool(status)


@pytest.mark.skipif(
    os.name == "nt", reason="Windows has no time of a change that nobody can set, and links need rights"
)
@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda folder: same_size(folder / ENTRY), 1),
        (lambda folder: (folder / ENTRY).rename(folder / "content/entries/2020/other.md"), 0),
        (lambda folder: (folder / "content/media").mkdir() or (folder / "content/media/a.txt").write_text("a"), 0),
        (lambda folder: (folder / ENTRY).unlink(), 0),
        (lambda folder: link_to_itself(folder / ENTRY), 1),
        (lambda folder: link_to_itself(folder / "content"), 1),
        (lambda folder: shutil.rmtree(folder / "content"), 1),
    ],
)
def test_changed_content_is_never_called_unchanged(
    settled: Path, builds: list[int], change: Callable[[Path], object], status: int
) -> None:
    """A file that comes, goes, moves, or changes under its old size and time is built, or refused."""
    change(settled)
    assert cli.main([]) == status
    assert builds == [1]


def test_what_only_moved_is_looked_into_and_not_built(settled: Path, builds: list[int]) -> None:
    """The same bytes in a new file, or an editor's leftover, are no change."""
    for path in (settled / ENTRY, settled / "_site/index.html"):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
    (settled / f"{ENTRY}~").write_text("left over")
    assert cli.main([]) == 0
    assert builds == []


def test_a_receipt_of_another_place_is_only_that(
    settled: Path, builds: list[int], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copied to another folder or machine, a receipt vouches for no file there: a spoilt page is found."""
    copy = tmp_path_factory.mktemp("copy") / "site"
    shutil.copytree(settled, copy)
    monkeypatch.chdir(copy)
    own = receipts.Receipts.of(Path("_site"))
    own.keep("", Report())
    foreign, here = sorted(
        (copy / receipts.FOLDER).glob("*.receipt"), key=lambda path: path.name != receipt(settled).name
    )
    foreign.replace(here)
    page = copy / "_site/entries/hearing.html"
    times = (settled / "_site/entries/hearing.html").stat()
    page.write_bytes(page.read_bytes()[::-1])
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert cli.main([]) == 0
    assert builds == [1]
    assert verify(copy / "_site") == []


def test_another_generator_is_seen_where_nothing_has_moved(
    settled: Path, builds: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new version of a package is found, however still everything lies."""
    monkeypatch.setattr(again, "installed", lambda path: {"markdown": "99"})
    assert cli.main([]) == 0
    assert builds == [1]


def test_other_options_are_seen_where_nothing_has_moved(settled: Path, builds: list[int]) -> None:
    """With other options it is another build."""
    assert cli.main(["build", "--drafts"]) == 0
    assert builds == [1]
