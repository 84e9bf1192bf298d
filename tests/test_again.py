"""The same command again: what it says where nothing has moved, and when it looks closer."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder import again, cli, manifest, receipts, seen, shipped
from site_builder.again import FOLDER, Again
from tests.driver import PROJECT, entry, lay_out

ENTRY = "content/entries/2020/hearing.md"


@pytest.fixture(name="folder")
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory; its files count as old."""
    lay_out(tmp_path, {"entries/2020/hearing.md": entry("actor: الموصل", published="")})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(seen, "_COARSE", -(10**18))
    return tmp_path


@pytest.fixture(name="looks")
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each command that goes on to look into files."""
    done: list[int] = []
    do = cli._do

    def doing(*given: object, **more: object) -> int:
        done.append(1)
        return do(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(cli, "_do", doing)
    return done


def settle(*typed: str) -> None:
    """The command until it is on record: one that builds, and one that finds all made."""
    for _ in "12":
        assert cli.main(["build", *typed]) == 0


@pytest.mark.parametrize(
    "typed", [[], ["--format", "json"], ["--format=github"], ["--out", "other"], ["--jobs", "1", "--out=a/b/"]]
)
def test_the_same_is_said_again(
    folder: Path, looks: list[int], capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    """The third time says what the first one said, in the same form and on the same streams, and looks into nothing."""
    told = []
    for _ in "123":
        assert cli.main(["build", *typed]) == 0
        told.append(capsys.readouterr())
    assert "published" in told[0].out + told[0].err
    assert told[0] == told[1] == told[2]
    assert looks == [1, 1]


def test_what_is_said_depends_on_the_terminal(
    folder: Path, looks: list[int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was said without colour is not said again where colours are wanted."""
    settle()
    capsys.readouterr()
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert cli.main(["build"]) == 0
    assert "\x1b[1;33mwarning\x1b[0m" in capsys.readouterr().err
    assert len(looks) == 3


def own_look(folder: Path) -> None:
    (folder / "templates").mkdir()
    (folder / "templates/base.html").write_bytes((Path(shipped.look()) / "base.html").read_bytes() + b"<!-- ours -->\n")


def test_a_look_that_appears_is_seen(tmp_path: Path, folder: Path, looks: list[int]) -> None:
    """A folder of templates counts from the moment when it is there."""
    (folder / "templates").rename(tmp_path / "away")
    settle()
    assert Again(["build"]).said()
    own_look(folder)
    assert Again(["build"]).said() is None
    assert cli.main(["build"]) == 0
    assert "<!-- ours -->" in (folder / "_site/entries/hearing.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["site_builder/cli.py", "templates/base.html"])
def test_another_generator_is_seen(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A file of the generator, or of its own look beneath the site's, that was changed is found."""
    own = tmp_path_factory.mktemp("own")
    shutil.copytree(shipped.templates(), own / "templates")
    (own / "site_builder").mkdir()
    (own / "site_builder/cli.py").write_text("# old\n")
    monkeypatch.setattr(shipped, "PACKAGE", str(own / "site_builder"))
    settle()
    assert Again(["build"]).said()
    with (own / name).open("a") as file:
        file.write("# new\n")
    assert Again(["build"]).said() is None


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (["--content", "mine", "--templates=look", "--out", "there"], True),
        (["--content=content", "--content", "mine"], True),
        (["--conten", "mine"], False),  # argparse knows an option by its beginning
        (["--content", "mine", "--conten=content"], False),
        (["--templates", "look", "--templ", "templates"], False),
        (["--out", "here", "--o=there"], False),
        (["--no-cache"], False),
    ],
)
def test_only_what_is_understood_is_on_record(folder: Path, typed: list[str], known: bool) -> None:
    """A command of which argparse finds other folders is never on record, nor is one that is to make all anew."""
    shutil.copytree(folder / "content", folder / "mine")
    shutil.copytree(folder / "templates", folder / "look")
    settle(*typed)
    assert bool(Again(["build", *typed]).said()) is known


def test_another_command_is_not_answered_by_this_one(folder: Path) -> None:
    """What `build --drafts` said is no answer to `build`, though it lie in its place."""
    settle("--drafts")
    (said,) = (folder / FOLDER).glob("*.said")
    other = Again(["build"])
    said.rename(folder / other._file)
    assert other.said() is None
    assert Again(["build", "--drafts"]).said() is None


def test_no_byte_of_the_record_can_be_another(folder: Path) -> None:
    """A record counts for nothing with a byte changed, left out or cut off, with one more, or of another shape."""
    settle()
    (said,) = (folder / FOLDER).glob("*.said")
    whole = said.read_bytes()
    assert Again(["build"]).said()
    places = (*range(65), *range(65, len(whole), 29))  # the checksum, and samples of what it is of
    flipped = [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in places]
    others = [whole[:place] + whole[place + 1 :] for place in places] + [whole[:place] for place in places]
    head, words = whole.split(b"\n", 2)[1:]
    under, over, count, size = head.split()
    shapes = [
        b"",
        b"\n",
        b"\n\n",
        head,
        b"\xff \xff 1\n",
        b"%b %b %b\n" % (under, over, count),
        b"%b %b %b %b\n" % (over, under, count, size),
    ]
    for wrong in (b"x", b"9" * 5000):
        shapes += [b"%b %b %b %b\n%b" % (under, over, *numbers, words) for numbers in ((count, wrong), (wrong, size))]
    sealed = [hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest for rest in shapes]
    for data in (*flipped, *others, whole + b"\0", *sealed):
        said.write_bytes(data)
        assert Again(["build"]).said() is None
    assert cli.main(["build"]) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems look in one process")
@pytest.mark.parametrize("room", ["for another", "for none"])
def test_two_processes_look(folder: Path, monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    """Where much was made, another process looks at it, if there can be one: what each of the two sees counts."""
    settle()
    monkeypatch.setattr(again, "MANY", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    if room == "for none":
        monkeypatch.setattr(os, "fork", refused)
    said = Again(["build"]).said()
    assert said
    for path in (Path("_site/index.html"), Path(ENTRY)):
        before = path.stat()
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
        assert Again(["build"]).said() is None
        settle()
        assert Again(["build"]).said() == said
    shutil.rmtree("_site")
    assert Again(["build"]).said() is None
    with pytest.raises(ChildProcessError):  # none is left that nobody has waited for
        os.waitpid(-1, os.WNOHANG)


def refused() -> int:
    raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")


def test_a_save_while_it_is_looked_into_is_not_missed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that changes after the look, before the record is written, is found the next time."""
    assert cli.main(["build"]) == 0
    verify = manifest.verify

    def saving(*given: object) -> object:
        found = verify(*given)  # type: ignore[arg-type]
        (folder / ENTRY).write_text(entry(title="Verdict"), encoding="utf-8")
        return found

    monkeypatch.setattr(receipts, "verify", saving)
    assert cli.main(["build"]) == 0
    monkeypatch.setattr(receipts, "verify", verify)
    assert Again(["build"]).said() is None
    assert cli.main(["build"]) == 0
    assert "Verdict" in (folder / "_site/entries/hearing.html").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("typed", [["build"], ["build", "--out", "other"]])
def test_records_are_written_through_no_link(folder: Path, typed: list[str]) -> None:
    """A link in the place where a record is to be written leads nowhere: what it points to stays as it is."""
    (folder / "precious").write_text("ours")
    settle(*typed[1:])
    for file in [*(folder / FOLDER).iterdir()]:
        file.unlink()
        for place in (file, file.with_name(f"{file.name}~")):
            place.symlink_to(folder / "precious")
    settle(*typed[1:])
    assert (folder / "precious").read_text() == "ours"
    assert Again(typed).said()
    assert not [file for file in (folder / FOLDER).iterdir() if file.is_symlink()]


def test_a_surrogate_can_be_said_again(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no letter of Unicode, as in the name of a file of another encoding, is kept as it is."""
    last = Again(["build"])
    settle()
    last.look()
    last.look_at_output()
    last.keep("a\udce4\0\n", "b\ud800\n")
    assert Again(["build"]).said() == ("a\udce4\0\n", "b\ud800\n")


def test_little_is_imported(folder: Path) -> None:
    """Where nothing has moved, no module is read but those that find this out."""
    code = "import sys; from site_builder import cli"
    twice = "; from site_builder import seen; seen._COARSE = -(10**18); cli.main(['build']); cli.main(['build'])"
    once = "; cli.main(['build']); print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}
    runs = [
        subprocess.run([sys.executable, "-c", code + more], env=environment, capture_output=True, text=True, check=True)
        for more in (twice, once)
    ]
    ours = {name for name in runs[1].stdout.split() if name.startswith("site_builder.")}
    assert ours == {f"site_builder.{name}" for name in ("cli", "again", "listing", "plain", "shipped", "bootstrap")}
    assert not {"argparse", "dataclasses", "json", "pathlib", "re", "typing"} & set(runs[1].stdout.split())
