from __future__ import annotations

import contextlib
import os
import re
import select
import shlex
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from site_builder import cli
from tests.driver import PROJECT, SITE, entry, lay_out
from tests.previews import PATIENCE

PHASE = "---\nlabel: Rise\nfrom: 1999\nto: ..\ncolour: amber\nshape: circle\n---\n"


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


def test_years_before_christ(folder: Path) -> None:
    """A date with a minus is the value of its option, as docs/dates.md writes it."""
    assert cli.main(["new", "Ides", "--date", "-0043-03-15"]) == 0
    (file,) = (folder / "content/entries/-43").iterdir()
    assert "\ndate: -0043-03-15\n" in file.read_text(encoding="utf-8")
    assert cli.main(["check"]) == 0


def test_a_text_that_nobody_has_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `new` has begun is no fault while it is a draft; published with its first text, it is pointed at."""
    assert cli.main(["new", "One", "--date", "2014"]) == 0
    assert cli.main(["check"]) == 0
    assert "text-unwritten" not in capsys.readouterr().err
    file = folder / "content/entries/2014/2014-one.md"
    text = file.read_text(encoding="utf-8").replace(" [@key-of-a-source]", "")
    file.write_text(re.sub("status.*\n", "", text), encoding="utf-8")
    assert cli.main(["check"]) == 0
    assert "text-unwritten" in capsys.readouterr().err


def test_new_with_a_bad_date(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A date that cannot be read is told with the way to write it."""
    assert cli.main(["new", "One", "--date", "10.06.2014"]) == 2
    assert "--date: " in capsys.readouterr().err


RECORDS = {
    "site.yaml": f"{SITE}tags: {{law: Courts, attack: Attacks}}\n",
    "actors.yaml": "# Who.\r\n- id: christopher-miller\r\n  name: Christopher Miller\r\n  kind: person\r\n",
    "places.yaml": "- {id: washington-dc, name: Washington}\n",
    "sources/a.yaml": "# Keys with a.\n\nap-2014-06-09-raid:\n  type: article-newspaper\n  title: A raid\n"
    "  container-title: AP News\n  url: https://www.apnews.example/a\n  kind: news\n",
    "phases/rise.md": PHASE,
    "entries/2020/hearing.md": entry("phase: rise", source="ap-2014-06-09-raid"),
}


@pytest.fixture(name="desk")
def with_records(folder: Path) -> Path:
    for path, text in RECORDS.items():
        (folder / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / path).write_bytes(text.encode())
    return folder


def new(*arguments: str) -> int:
    return cli.main(["new", *arguments])


def test_everything_given(desk: Path) -> None:
    """With everything given, by names and parts of them, the entry builds, also without its line `status`."""
    given = ["--actor", "miller", "--location", "Washington", "--source", "raid", "--phase", "Rise", "--tag", "courts"]
    assert new("Hearing on threats", "--date", "2020-09-18", *given, "--actor", "The Witness") == 0
    file = desk / "content/entries/2020/2020-09-18-hearing-on-threats.md"
    text = file.read_text(encoding="utf-8")
    for line in (
        'actor: [christopher-miller, "The Witness"]',
        "location: washington-dc",
        "source: ap-2014-06-09-raid",
        "tags: law",
        "phase: rise",
    ):
        assert f"\n{line}\n" in text
    assert cli.main(["check"]) == 0
    file.write_text(re.sub("status.*\n", "", text), encoding="utf-8")
    assert cli.main(["check"]) == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["One"], "--date is missing, and nobody can be asked"),
        (["--date", "2014"], "the title is missing, and nobody can be asked"),
        (["One", "--date", "10.06.2014"], "--date: “10.06.2014” puts the year last"),
        (["One", "--date", "2014", "--phase", "rice"], "there is no phase `rice`; did you mean `rise`?"),
        (["One", "--date", "2014", "--tag", "peace"], "there is no tag `peace`; the tags are: attack, law"),
        (["One", "--date", "2014", "--source", "The Gazette"], "there is no source `The Gazette`; record it first"),
        (["One", "--date", "2014", "--actor", "kristopher-miler"], "did you mean `christopher-miller`?"),
        (["actor", "Christopher Miller"], "`christopher-miller` is recorded already"),
        (["actor", "الموصل"], "give one with --id"),
        (["source", "ftp://a.example/x"], "is not an address that readers can be sent to"),
        (["source", "https://www.apnews.example/a"], "cite it as [@ap-2014-06-09-raid]"),
        (["actor", "Jane", "--id", "Jane D."], "`Jane D.` is no id; write `jane-d`"),
        (["phase", "Rise"], "`new` begins no phase: write it by hand, as a file in content/phases/"),
        (["place"], "the name is missing"),
        (["place", "Hilltown", "--lat", "36.3"], "--lon is missing: a point of the map has both"),
        (
            ["One", "--date", "2014", "--source", "www.a.example/x"],
            "write the whole address: `https://www.a.example/x`",
        ),
        (["O\u200bne", "--date", "2014"], "the character U+200B, which nobody can see, is in it"),
    ],
)
def test_what_cannot_be_begun(desk: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    """Without a terminal nothing is asked: what is missing or unknown is told, and no file is touched."""
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    assert new(*arguments) == 2
    assert words in capsys.readouterr().err
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before


def test_asked_on_a_terminal(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a terminal only what is missing is asked, again where the answer is no date, by number where several fit."""
    answers = iter(["", "A raid", "10.06.2014", "2014-06-10", "1"])
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", lambda *_: next(answers))
    assert new("--actor", "christofer miler") == 0
    assert "actor: christopher-miller" in (desk / "content/entries/2014/2014-06-10-a-raid.md").read_text()
    assert "write 2014-06-10 (if 10 is the day)" in capsys.readouterr().err
    assert list(answers) == []


@pytest.mark.parametrize("typed", [["new", "A", "--date", "2014"], ["new", "actor", "Jane"], ["import", "a.csv"]])
def test_in_the_wrong_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: list[str]
) -> None:
    """Where there is no `content`, most likely the terminal stands elsewhere: nothing is written, and that is said."""
    (tmp_path / "a.csv").write_text("date,title\n2014,A\n")
    monkeypatch.chdir(tmp_path)
    assert cli.main(typed) == 2
    assert (
        "there is no folder `content`, so nothing can be built; go to the folder that has it" in capsys.readouterr().err
    )
    assert not (tmp_path / "content").exists()


@pytest.mark.parametrize("title", ["x" * 300, " ".join(["internationalisation"] * 8), "One\ttwo\nthree"])
def test_new_with_any_title(folder: Path, title: str) -> None:
    """The name of a file is no longer than the id of an entry may be, and a title is one line."""
    assert cli.main(["new", title, "--date", "2014-06-10"]) == 0
    (file,) = (folder / "content/entries/2014").iterdir()
    assert len(file.stem) <= 100
    assert f'title: "{" ".join(title.split())}"\n' in file.read_text(encoding="utf-8")
    assert cli.main(["check"]) == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such terminals")
@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        (["A tite\x1b[Dl\n", "2014\n"], 0, "content/entries/2014/2014-a-title.md"),  # the arrow to the left, then the l
        (["A title\n", "\x04"], 2, "build.py: nothing was written"),
        # Python overlooks a Ctrl-C between its question and its waiting for a key until the next key (gh-112585).
        (["A title\n", "\x03\n"], 130, ""),
    ],
)
def test_keys_of_a_terminal(folder: Path, typed: list[str], status: int, said: str) -> None:
    """The arrow keys move in an answer; Ctrl and D or C end the questions and their line, and nothing is written."""
    done, shown = at_a_terminal(["new"], typed, folder)
    assert done == status, shown
    lines = shown.replace("\r\n", "\n").split("\n")
    assert lines[-2:] == ([said, ""] if said else [lines[-2], ""])
    assert len(list((folder / "content/entries").rglob("2014-*"))) == (status == 0)


def at_a_terminal(arguments: list[str], typed: list[str], folder: Path) -> tuple[int, str]:
    """The status and the screen of the command, at a terminal at which one text is typed for each of its questions.

    It is hung up on if it falls silent.
    """
    import pty  # not on Windows

    child, screen = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execve(
            sys.executable, [sys.executable, str(PROJECT / "build.py"), *arguments], {**os.environ, "TERM": "dumb"}
        )
    shown = b""
    with contextlib.suppress(OSError):  # Linux's way to tell the end
        for number, text in enumerate(typed, start=1):
            while shown.count(b")? ") < number and (more := heard(screen)):
                shown += more
            os.write(screen, text.encode())
        while more := heard(screen):
            shown += more
    os.close(screen)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown.decode()


def heard(screen: int) -> bytes:
    """What is said next; of one that is silent for long, TimeoutError, which is an OSError."""
    if not select.select([screen], [], [], PATIENCE)[0]:
        raise TimeoutError
    return os.read(screen, 1024)


def test_an_id_is_asked_for(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a name without Latin letters is no dead end."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("builtins.input", lambda *_: "Abu Bakr")
    assert new("actor", "\u0623\u0628\u0648 \u0628\u0643\u0631") == 0
    assert "- id: abu-bakr\n" in (desk / "content/actors.yaml").read_text(encoding="utf-8")


def test_new_records(desk: Path) -> None:
    """A record is added at the end of its file; what is there stays to the byte, with its line ends, and all builds."""
    actors, places = desk / "content/actors.yaml", desk / "content/places.yaml"
    before = actors.read_bytes()
    assert new("actor", "Jane", "Doe: a judge", "--kind", "person") == 0
    assert actors.read_bytes().startswith(before)
    added = actors.read_bytes()[len(before) :]
    assert added.startswith(b'\r\n- id: jane-doe-a-judge\r\n  name: "Jane Doe: a judge"\r\n  kind: person')
    assert b"\n" not in added.replace(b"\r\n", b"")
    assert new("place", "Hilltown", "--lat", "36.3", "--lon", "43.1") == 0
    assert "\n\n- id: hilltown\n  name: Hilltown\n" in places.read_text(encoding="utf-8")
    assert new("place", "Hilltown") == 2
    assert new("place", "Hilltown", "--id", "hilltown-2") == 0
    assert cli.main(["check"]) == 0


def test_a_bad_value_is_not_added(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A record that would break its file is not written; the author is told why, and gets it to add by hand."""
    before = (desk / "content/places.yaml").read_bytes()
    assert new("place", "Hilltown", "--lat", "36,3", "--lon", "43.1") == 2
    said = capsys.readouterr().err
    assert "`36,3` is not a number; decimals have a point: write `36.3`." in said
    assert "- id: hilltown" in said
    assert (desk / "content/places.yaml").read_bytes() == before


def test_a_source_by_its_address(desk: Path) -> None:
    """Of an address, the outlet comes from a source of the same host, the day and the title from its path."""
    assert new("source", "https://apnews.example/2014/06/10/militants-seize-the-city-123456.html") == 0
    text = (desk / "content/sources/a.yaml").read_text(encoding="utf-8")
    assert text.startswith(str(RECORDS["sources/a.yaml"]))
    (added,) = text.split("\n\n")[2:]
    assert added.split("\n")[0] == "ap-news-2014-06-10-militants-seize-city:"
    assert 'title: "Militants seize the city"  # from the address' in added
    assert "container-title: AP News\n" in added
    assert 'issued: "2014-06-10"' in added
    assert cli.main(["check"]) == 0


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["source", "https://example.net/on-the-hearing", "--id", "the-hearing"], "cite it as [@the-hearing]"),
        (["actor", "Jane Smith"], "name it as `actor: jane-smith`"),
        (["place", "Hilltown"], "name it as `location: hilltown`"),
        (["A raid", "--date", "2014"], ""),
    ],
)
def test_how_to_name_it(desk: Path, capsys: pytest.CaptureFixture[str], given: list[str], told: str) -> None:
    """The file stands on the standard output, for programs; beside it, authors are told how entries name the record."""
    assert new(*given) == 0
    said = capsys.readouterr()
    assert Path(said.out.strip()).is_file()
    assert said.err.strip() == told


def test_a_source_without_its_day(desk: Path) -> None:
    """Where the address does not tell when a source appeared, the comment says how to write it, and doubts nothing."""
    assert new("source", "https://example.net/on-the-hearing", "--id", "the-hearing") == 0
    text = "".join(path.read_text(encoding="utf-8") for path in (desk / "content/sources").iterdir())
    (line,) = (line for line in text.split("the-hearing:")[1].split("\n") if "issued" in line)
    assert line.strip() == "issued:  # when it appeared, as it is known: 2014-06-10 or 2014"


def test_the_editor(desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`--editor` opens the file in the author's editor; where none is known, the file is there and that is told."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    assert new("One", "--date", "2014", "--editor") == 0
    assert "set the variable VISUAL or EDITOR" in capsys.readouterr().err
    script = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text('edited')"
    (desk / "editor.py").write_text(script)
    monkeypatch.setenv("VISUAL", f"{sys.executable} editor.py")
    assert new("Two", "--date", "2014", "--editor") == 0
    assert (desk / "content/entries/2014/2014-two.md").read_text() == "edited"


@pytest.mark.parametrize(
    ("date", "phase"),
    [
        ("2004", "early # or: late"),
        ("2019-03", "late # or: early"),
        ("1990", "early # the date is in the time of no phase: choose one; or: late"),
    ],
)
def test_the_phase_of_the_date(folder: Path, date: str, phase: str) -> None:
    """Where no phase is given, it is the one of the date, or it is said that there is none; the others stand beside."""
    (folder / "content/phases").mkdir()
    for name, first, last in (("early", "1999", "2014-06"), ("late", "2014-06-29", "..")):
        text = PHASE.replace("1999", first).replace("to: ..", f"to: {last}")
        (folder / f"content/phases/{name}.md").write_text(text)
    assert new("One", "--date", date) == 0
    (file,) = (folder / "content/entries" / date[:4]).iterdir()
    assert f"\nphase: {phase}\n" in file.read_text(encoding="utf-8")


def test_the_commands_of_the_docs(desk: Path) -> None:
    """Each `new` of docs/editors.md does its work, and the site builds after it."""
    text = (PROJECT / "docs/editors.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 build\.py (new .+)$", text, re.MULTILINE)
    assert len(commands) == 5
    for command in commands:
        assert cli.main([word for word in shlex.split(command) if word != "--editor"]) == 0, command
    assert cli.main(["check"]) == 0
