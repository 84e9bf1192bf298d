from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from site_builder import __version__, cli, disk
from site_builder.publish import verify
from tests.driver import built, entry, inputs, lay_out


@pytest.fixture(name="folder")
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory: the tiny look, a site with one entry."""
    lay_out(tmp_path, {"entries/2020/hearing.md": entry()})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def break_it(folder: Path, text: str = "") -> None:
    (folder / "content/entries/2020/hearing.md").write_text(text or entry(title=""), encoding="utf-8")


def test_build(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`build` makes the site in `_site`, says so at the end, and ends with 0."""
    assert cli.main(["build"]) == 0
    assert verify(folder / "_site") == []
    assert "<h1>Hearing</h1>" in (folder / "_site/entries/hearing.html").read_text()
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines()[-1] == "_site/index.html is ready"


@pytest.mark.parametrize("arguments", [[], ["--jobs", "1"], ["--strict"]])
def test_build_is_the_default(folder: Path, arguments: list[str]) -> None:
    """Without a command, `build` is meant."""
    assert cli.main(arguments) == 0
    assert (folder / "_site/index.html").exists()


def test_errors(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With an error nothing is written, the last site stays, and the status is 1."""
    assert cli.main([]) == 0
    before = (folder / "_site/manifest.json").read_bytes()
    break_it(folder)
    assert cli.main([]) == 1
    assert (folder / "_site/manifest.json").read_bytes() == before
    assert verify(folder / "_site") == []
    lines = capsys.readouterr().err.splitlines()
    assert "content/entries/2020/hearing.md:2:1: error: `title` is missing; add a line `title: …`" in lines
    assert lines[-1] == "1 error; nothing was written"


def test_strict(folder: Path) -> None:
    """With --strict a warning is as good as an error."""
    break_it(folder, entry(published=""))
    assert cli.main(["build", "--strict"]) == 1
    assert not (folder / "_site").exists()
    assert cli.main(["check", "--strict"]) == 1
    assert cli.main(["build"]) == 0


def test_check_writes_nothing(folder: Path) -> None:
    """`check` gives the same report and leaves no file but its memo, and without a cache not even that."""
    before = sorted(folder.rglob("*"))
    assert cli.main(["check", "--no-cache"]) == 0
    assert sorted(folder.rglob("*")) == before
    assert cli.main(["check"]) == 0
    break_it(folder)
    assert cli.main(["check"]) == 1
    left = {path.relative_to(folder).as_posix() for path in set(folder.rglob("*")) - set(before)}
    assert left == {".cache", ".cache/memo.sqlite3"}


def test_folders(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Content, templates and output may lie anywhere; messages name files as the author does."""
    (folder / "content").rename(folder / "mine")
    (folder / "templates").rename(folder / "look")
    assert cli.main(["build", "--content", "mine", "--templates", "look", "--out", "there"]) == 0
    (folder / "mine/entries/2020/hearing.md").write_text("")
    assert cli.main(["check", "--content", "mine", "--templates", "look"]) == 1
    assert "\nmine/entries/2020/hearing.md:1:1: error: " in capsys.readouterr().err


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--format json gives one object a line on the standard output and nothing else there."""
    break_it(folder)
    assert cli.main(["check", "--format", "json"]) == 1
    (found, *_) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert list(found) == ["path", "line", "column", "severity", "code", "message", "hint"]


def test_github(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--format github gives annotations."""
    break_it(folder)
    assert cli.main(["check", "--format", "github"]) == 1
    assert "::error file=content/entries/2020/hearing.md,line=2,col=1,title=field-missing::" in capsys.readouterr().out


def test_base_url(folder: Path) -> None:
    """--base-url says where the site will lie."""
    assert cli.main(["build", "--base-url", "https://other.example/repo"]) == 0
    assert "https://other.example/repo/entries/hearing.html" in (folder / "_site/sitemap.xml").read_text()


def test_drafts(folder: Path) -> None:
    """Drafts are shown when they are asked for."""
    break_it(folder, entry("status: draft"))
    assert cli.main(["build"]) == 0
    assert not (folder / "_site/entries/hearing.html").exists()
    assert cli.main(["build", "--drafts"]) == 0
    assert (folder / "_site/entries/hearing.html").exists()


def test_foreign_output(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not of ours is never written to; the status is 2."""
    (folder / "_site").mkdir()
    (folder / "_site/thesis.txt").write_text("mine")
    assert cli.main(["build"]) == 2
    assert cli.main(["clean"]) == 2
    assert (folder / "_site/thesis.txt").read_text() == "mine"
    assert capsys.readouterr().err.startswith("build.py: ")


def test_clean(folder: Path) -> None:
    """`clean` removes what was built, and is content when there is nothing."""
    assert cli.main(["build"]) == 0
    assert cli.main(["clean"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["content", "templates"]
    assert cli.main(["clean"]) == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("build --format xml", "`xml` cannot stand behind `--format`; write one of: text, json, github"),
        ("build --format", "`--format` needs a value behind it, one of: text, json, github"),
        ("build --jobs", "`--jobs` needs a value behind it, N: processes at work (0: as many as help)"),
        ("build --jobs two", "`--jobs`: `two` is no whole number, such as 8"),
        ("--base-url example.org", "`--base-url`: `example.org` is no whole address"),
        ("--base-url https://example.org/?a", "`--base-url`: `https://example.org/?a` is no whole address of a folder"),
        ("build --strict=yes", "`--strict` stands alone, and takes no value"),
        ("build --ti 3", "`--ti` is the beginning of several: --time-limit, --timings"),
        ("check this", "`this` is one word too many for `check`; put words that belong together in quotes"),
        ("init", "DIR is missing: a new folder, or an empty one"),
    ],
)
def test_usage(typed: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A value that an option cannot take, or one that is missing, is told in one line that leads to the help."""
    assert cli.main(typed.split()) == 2
    command = "build" if typed.startswith("-") else typed.partition(" ")[0]
    line = capsys.readouterr().err
    assert line.startswith(f"build.py: {said}")
    assert line.endswith(f"(see `{command} --help`)\n")


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["build", "--help"]])
def test_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Help and version go to the standard output."""
    with pytest.raises(SystemExit) as stop:
        cli.main(arguments)
    assert stop.value.code == 0
    out = capsys.readouterr().out
    assert out.strip() == __version__ if arguments == ["--version"] else "usage: build.py" in out


def test_interrupted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that its author stops ends with 130."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(disk, "snapshot", stop)
    assert cli.main(["build"]) == 130


def test_disk_faults(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What the system refuses is told in a line, with its file, and ends with 2."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "content/x")

    monkeypatch.setattr(disk, "snapshot", refuse)
    assert cli.main(["check"]) == 2
    assert capsys.readouterr().err == "build.py: Permission denied: content/x\n"


def test_tests_are_run_with_their_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """`test` hands on what it does not know to pytest."""
    from site_builder import testing

    given: list[object] = []

    def run(rest: list[str], *, everything: bool) -> int:
        given.append((rest, everything))
        return 0

    monkeypatch.setattr(testing, "run", run)
    assert cli.main(["test", "--all", "-k", "dates"]) == 0
    assert given == [(["-k", "dates"], True)]


def test_findings_about_pages(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where two outputs fall together, the author's file is named and not the page."""
    (folder / "content/pages").mkdir()
    (folder / "content/pages/index.md").write_text("---\ntitle: About\n---\nWho we are.\n")
    assert cli.main(["check", "--format", "json"]) == 1
    assert [json.loads(line)["path"] for line in capsys.readouterr().out.splitlines() if "path-clash" in line] == [
        "content/pages/index.md"
    ]


def test_serve(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`serve` hands its options to the preview, and shows what the preview finds."""
    from site_builder import serve

    given: list[Any] = []

    def run(job: Any, port: int, *_: object, say: Any, show: Any) -> int:
        given.extend([job.content, job.options.drafts, port])
        say("here")
        show(built(inputs({"entries/a.md": entry(title="")})).report)
        return 0

    monkeypatch.setattr(serve, "run", run)
    assert cli.main(["serve", "--drafts", "--port", "0"]) == 0
    assert given == [Path("content"), True, 0]
    captured = capsys.readouterr()
    assert captured.out == "here\n"
    assert "content/entries/a.md:2:1: error: `title` is missing" in captured.err


def test_explain(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --explain` tells what a code means, and which was meant where there is none of that name."""
    assert cli.main(["check", "--explain", "title-long"]) == 0
    assert capsys.readouterr().out.startswith("title-long (warning)\n")
    assert cli.main(["check", "--explain", "titel-long"]) == 2
    assert capsys.readouterr().err == "build.py: there is no code `titel-long`; did you mean `title-long`?\n"
    assert cli.main(["check", "--explain", "import-kept"]) == 0
    assert "\nRight, in events.csv to import:\n    date,title,source,actor\n" in capsys.readouterr().out
    assert cli.main(["check", "--explain"]) == 0
    assert ["title-long", "warning"] in [line.split() for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["chek"], "there is no command `chek`; did you mean `check`?"),
        (["--strict", "check"], "`check` is one word too many for `build`; the command comes first: `check …`"),
        (["check", "."], "`.` is one word too many for `check`; name the author's folder with `--content .`"),
        (["xyzzy"], "there is no command `xyzzy`; see --help"),
        (["check", "--expain", "x"], "`--expain` is not an option of `check`; did you mean `--explain`?"),
        (["new", "A", "--titel", "x"], "`--titel` is not an option of `new`; see `new --help`"),
        (["serve", "--xyzzy"], "`--xyzzy` is not an option of `serve`; see `serve --help`"),
    ],
)
def test_slips_in_commands(capsys: pytest.CaptureFixture[str], typed: list[str], words: str) -> None:
    """A command or an option that there is not is answered by the nearest one, in one line."""
    assert cli.main(typed) == 2
    assert capsys.readouterr().err == f"build.py: {words}\n"


def test_check_counts_by_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check` ends with the number of each code, then the sum."""
    break_it(folder)
    assert cli.main(["check"]) == 1
    *_, by_code, more, end = capsys.readouterr().err.splitlines()
    assert (by_code.split(), end) == (["1", "field-missing", "(error)"], "1 error; nothing was written")
    assert "--explain" in more
