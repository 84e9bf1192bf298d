from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Any
from unittest.mock import Mock

import pytest

from site_builder import arguments, cli
from site_builder.imports.formats import FORMATS
from tests.driver import lay_out


@pytest.fixture(name="folder")
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory, and a table beside it."""
    lay_out(tmp_path, {})
    (tmp_path / "a.csv").write_text("date,title,source\n2014-06-10,Raid,https://a.example/\nsoon,B,\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_import(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`import` names the files that it wrote on the standard output, and the rows that it did not take beside it."""
    assert cli.main(["import", "a.csv"]) == 1
    said = capsys.readouterr()
    assert said.out == "content/entries/2014/2014-06-10-raid.md\n"
    assert "a.csv:3:1: error: date: “soon”" in said.err
    assert said.err.endswith("1 error; 1 file written\n")
    assert (folder / "content/entries/2014/2014-06-10-raid.md").is_file()


def test_status(folder: Path) -> None:
    """0 when there is nothing to tell, 1 when there is, 2 when the command cannot be done."""
    (folder / "b.csv").write_text("date,title,source\n2014-06-10,Raid,https://a.example/\n")
    assert cli.main(["import", "b.csv"]) == 0
    assert cli.main(["import", "b.csv"]) == 1
    assert cli.main(["import", "b.csv", "--map", "date=Nothing"]) == 2
    assert cli.main(["import", "none.csv"]) == 2
    (folder / "c.docx").write_text("")
    assert cli.main(["import", "c.docx"]) == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("a.json", "--map", "date=When"), "are for tables and Markdown"),
        (("content", "--format", "csl"), "can only be of Markdown"),
        (("t.csv",), "no column is known as the date"),
        (("a.cvs",), "there is no file or folder a.cvs; did you mean `a.csv`?"),
        (("https://x.example/a.csv",), "nothing is fetched from an address: download the file"),
        (("a.csv", "--map", "date=Day"), "nothing in the file has that name"),
    ],
)
def test_usage(folder: Path, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], said: str) -> None:
    """What could only be ignored is refused, with what to write instead."""
    (folder / "a.json").write_text("[]")
    (folder / "t.csv").write_text("Day,Title\n2014,A\n")
    assert cli.main(["import", *given]) == 2
    assert said in capsys.readouterr().err


def test_formats() -> None:
    """The command offers every format that can be read, and no other."""
    assert cli.main(["import", "a", "--format", "none"]) == 2
    parser = arguments.parser("build.py")
    assert all(parser.parse_args(["import", "a", "--format", kind]).kind == kind for kind in FORMATS)


def test_nothing_of_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no row could be taken, nothing was written, and a cell too many is told with the sign that parts them."""
    (folder / "b.csv").write_text("Date;Title\n2014;A;B\n")
    assert cli.main(["import", "b.csv"]) == 1
    said = capsys.readouterr().err
    assert "put cells with `;` in them in double quotes" in said
    assert said.endswith("1 error; nothing was written\n")


def test_dry_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A dry run says what would be written, and writes nothing."""
    assert cli.main(["import", "a.csv", "--dry-run"]) == 1
    assert capsys.readouterr().err.endswith("1 file would be written\n")
    assert not (folder / "content/entries").exists()


def test_another_folder(folder: Path) -> None:
    """`--content` says where the entries go; a folder that is not there yet is made."""
    assert cli.main(["import", "a.csv", "--content", "new/site"]) == 1
    assert (folder / "new/site/entries/2014/2014-06-10-raid.md").is_file()


def test_report(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--report json` gives each finding as an object on a line of its own."""
    cli.main(["import", "a.csv", "--dry-run", "--report", "json"])
    (line,) = capsys.readouterr().out.splitlines()
    found = json.loads(line)
    assert (found["path"], found["line"], found["code"]) == ("a.csv", 3, "import-refused")


@pytest.mark.parametrize(
    ("stop", "status", "why"),
    [
        (OSError(28, "No space left on device"), 2, "build.py: No space left on device: content/entries/2014/c.md\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_interrupted(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    stop: BaseException,
    status: int,
    why: str,
) -> None:
    """An import that cannot go on names what it has written, and leaves no half of a file."""
    rows = "".join(f"{id},2014-06-10,Raid,https://a.example/\n" for id in "abcd")
    (folder / "b.csv").write_text(f"id,date,title,source\n{rows}")
    real = Path.open

    def full(path: Path, mode: str = "r", **how: str) -> IO[Any]:
        stream: IO[Any] = real(path, mode, **how)  # type: ignore[call-overload]
        if path.name == "c.md":
            stream.write("---\n")
            monkeypatch.setattr(stream, "write", Mock(side_effect=stop))
        return stream

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", full)
        assert cli.main(["import", "b.csv"]) == status
    written = ["content/entries/2014/a.md", "content/entries/2014/b.md"]
    said = capsys.readouterr()
    assert said.out.splitlines() == written
    told = "build.py: the import has stopped after 2 files; import again for the rest: what is written stays\n"
    assert said.err == told + why
    assert [path.as_posix() for path in sorted(Path("content/entries").rglob("*.md"))] == written


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("b.xlsx", "PK", "save the sheet as CSV"),
        ("b.ris", "TY  - JOUR\n", "export the sources as CSL-JSON or BibTeX"),
        (
            "b.json",
            '[{"id": 1, "type": "raid", "date": "2014-06-10", "title": "Raid"}]',
            "save others as a table (CSV)",
        ),
        ("b.json", '[{"when": "2014", "what": "Raid"}]', "save others as a table (CSV)"),
        ("b.xml", "<a/>", "name one with --format: timelinejs, csv"),
    ],
)
def test_other_files(folder: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, said: str) -> None:
    """Who brings a file of another form, events in JSON among them, is told what to make of it."""
    (folder / name).write_text(text)
    assert cli.main(["import", name]) == 2
    assert said in capsys.readouterr().err


def test_bare_sources(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The least that CSL-JSON may have is a source; a list of nothing is told."""
    (folder / "b.json").write_text('[{"id": "a", "type": "book", "title": "A"}, {"title": "B"}]')
    assert cli.main(["import", "b.json"]) == 1
    assert "b.json:1:45: error: `id` is missing; give it one in your reference manager" in capsys.readouterr().err
    (folder / "c.json").write_text("[]")
    assert cli.main(["import", "c.json"]) == 1
    assert "there is no source in it" in capsys.readouterr().err


def test_names_that_steer_a_terminal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not there is named so that nothing in its name reaches the terminal."""
    assert cli.main(["import", "\x1b[31m.csv"]) == 2
    assert capsys.readouterr().err == (
        "build.py: there is no file or folder \\x1b[31m.csv; give its path from the folder that you are in\n"
    )


BY_HAND = '{"schema": "x", "entries": [{"id": "a", "title": "A", "date": %s}]}'


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("Date,Title\n2014,A\n", ["b.csv", "--format", "entries"], "this is not the table of the entries"),
        ('{"a": 1}', ["b.json", "--format", "csv"], "b.json is JSON, and no table"),
        (BY_HAND % '{"edtf": "June 2014", "display": "x"}', ["b.json"], "the date cannot be read; write it in EDTF"),
        (BY_HAND % "{}", ["b.json"], "the date cannot be read"),
    ],
)
def test_another_format(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, given: list[str], said: str
) -> None:
    """A file that is not what its `--format` says, or was changed by hand, is told in a line, without a traceback."""
    (folder / given[0]).write_text(text)
    assert cli.main(["import", *given]) in (1, 2)
    assert said in capsys.readouterr().err
