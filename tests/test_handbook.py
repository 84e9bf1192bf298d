"""Every example of the handbook is what it says, every command is one, every link leads somewhere."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from site_builder import cli, explanations, shipped, starting
from site_builder.arguments import SlipError, parser
from site_builder.diagnostics import Report, Severity
from site_builder.disk import snapshot
from site_builder.files import Options
from site_builder.loading import load
from site_builder.memo import Memo
from tests.driver import PROJECT, built, inputs, site
from tests.handbook import MADE, SHELLS, Block, blocks, commands, handed_on, lay, pages, right, sample

ALL = [block for page in pages() if page not in MADE for block in blocks(page)]
WRONG = [block for block in ALL if block.wrong]
MEMO = Memo()


# -- Examples


def test_each_block_says_what_it_is() -> None:
    """A block has a language; what is neither typed into a shell nor printed by a program says what it is a part of."""
    assert len(ALL) > 40
    assert [block.place for block in ALL if not block.language] == []
    assert [block.place for block in ALL if block.language not in (*SHELLS, "text") and not block.part] == []
    assert [block.place for block in ALL if block.wrong and block.wrong not in explanations.explanations()] == []


@pytest.mark.parametrize("page", sorted({block.page for block in ALL if block.part}))
def test_the_right_examples(page: str, tmp_path: Path) -> None:
    """All right examples of a page, laid into one site, build without an error and without a warning of their own."""
    files, made = right(page)
    report = with_look(files, tmp_path) if any(path.startswith("templates/") for path in made) else site(files).report
    found = [
        f"{made[one.location.path].place if one.location.path in made else one.location.path}: {one.message}"
        for one in report.diagnostics
        if one.severity is Severity.ERROR or (one.severity is Severity.WARNING and one.location.path in made)
    ]
    assert found == []


def with_look(files: dict[str, str], folder: Path) -> Report:
    """The report of a site that replaces parts of the builder's own look."""
    for path, text in files.items():
        file = folder / (path if path.startswith("templates/") else f"content/{path}")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    return built(snapshot(folder / "content", folder / "templates", beneath=shipped.templates())).report


@pytest.mark.parametrize("block", WRONG, ids=lambda block: block.place)
def test_the_wrong_examples(block: Block) -> None:
    """A wrong example gives the finding that its page speaks of, at its own file."""
    files, _ = right(block.page)
    path = lay(block, files)
    found = load(inputs(files), Options(), MEMO)[1]
    assert block.wrong in {one.code for one in found if one.location.path == f"content/{path}"}


# -- Commands


OTHERS = re.compile(r"(cd|git|gh|sudo apt|winget|pip|python3 --version|py --version)\b")


def words(line: str) -> list[str]:
    """A line as the shell hands it on, without its comment."""
    return shlex.split(line, comments=True)


@pytest.mark.parametrize("page", pages())
def test_each_command_is_one(page: str) -> None:
    """Each command line names a command and options that there are, or a program of others that the handbook uses."""
    for place, line in commands(page):
        first, *rest = words(line) or [""]
        if first in ("python3", "py") and rest[:1] == ["build.py"]:
            rest = rest[1:]
        elif first != "site-builder":
            assert not first or OTHERS.match(line), f"{place}: {line}"
            continue
        given = rest if rest and not rest[0].startswith("-") else ["build", *rest]
        try:
            options, more = parser("build.py").parse_known_args(given)
        except SlipError:
            pytest.fail(f"{place}: {line}")
        assert not more or options.command == "test", f"{place}: {line}"


def test_each_system_has_its_command() -> None:
    """In the tutorial each line of the builder for Linux and macOS is followed by the same for Windows."""
    typed = [block for block in blocks("docs/tutorial.md") if "build.py" in block.text and block.language in SHELLS]
    assert [block.language for block in typed] == [*SHELLS] * (len(typed) // 2)
    assert len(typed) >= 12
    for here, there in zip(typed[::2], typed[1::2], strict=True):
        assert there.text == here.text.replace("python3 build.py", "py build.py")


def test_the_tutorial_from_its_first_to_its_last_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever types each line of the tutorial, and saves each file as it stands there, has the page in the end."""
    monkeypatch.chdir(tmp_path)
    written = ""
    for block in blocks("docs/tutorial.md"):
        if block.language == "sh":
            for given in (words(line)[2:] for line in block.text.splitlines() if line.startswith("python3 build.py")):
                if given[:1] == ["init"]:
                    starting.begin(starting.Wish(tmp_path / "my-timeline"))
                    monkeypatch.chdir(tmp_path / "my-timeline")
                elif given[:1] != ["serve"]:
                    assert cli.main(given) == 0, (given, capsys.readouterr().err)
        elif block.part == "file":
            path = Path("content", block.path)
            assert path.exists(), "`new` has given the file another name"
            written = block.text
            path.write_text(written, encoding="utf-8")
        elif block.part == "add":
            text = Path("content", block.path).read_text(encoding="utf-8")
            keys = re.findall(r"(?m)^([\w-]+):$", block.text)
            assert keys
            assert [key for key in keys if f"\n{key}:\n" not in text] == []
        elif block.wrong:
            path.write_text(
                written.replace("date: 1993-04-21\n", block.text).replace("status: draft\n", ""), encoding="utf-8"
            )
            assert cli.main(["check", "--format", "github"]) == 1
            assert "write 1993-04-21" in capsys.readouterr().out
            path.write_text(written.replace("status: draft\n", ""), encoding="utf-8")
    page = Path("_site/entries/1993-04-21-the-browser-mosaic-is-released.html").read_text(encoding="utf-8")
    assert "Marc Andreessen" in page


# -- Links


FENCED = re.compile(r"(?ms)^ *(`{3,}).*?^ *\1$")


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page (github-slugger): small letters, no signs but hyphens."""
    headings = re.findall(r"(?m)^#+ (.+)$", FENCED.sub("", page.read_text(encoding="utf-8")))
    plain = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}


def links(page: str) -> Iterator[tuple[str, str]]:
    """The links of a page to other files and to its own headings: path and anchor."""
    text = re.sub(r"`[^`\n]*`", "", FENCED.sub("", (PROJECT / page).read_text(encoding="utf-8")))
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        yield path, anchor


@pytest.mark.parametrize("page", [page for page in pages() if "starter" not in page])
def test_each_link_leads_somewhere(page: str) -> None:
    """Each link to another file of the project, or to a heading, finds it."""
    for path, anchor in links(page):
        file = (PROJECT / page).parent / path if path else PROJECT / page
        assert file.exists(), f"{page}: {path}"
        assert not anchor or anchor in anchors(file), f"{page}: {path}#{anchor}"


def test_the_handbook_of_a_new_repository_is_whole() -> None:
    """What new repositories get of the handbook leads to nothing that they do not get."""
    files = set(starting.repository(starting.Wish(Path("x"))))
    astray = [
        (page, path)
        for page in handed_on()
        for path, _ in links(page)
        if path and not any(name.startswith(f"docs/{path}".replace("docs/../", "").rstrip("/")) for name in files)
    ]
    assert astray == []


def test_each_page_stands_in_the_index() -> None:
    """docs/README.md leads to every page of the handbook."""
    listed = {path for path, _ in links("docs/README.md")}
    assert {page.removeprefix("docs/") for page in handed_on()} - {"README.md"} - listed == set()


def test_the_sample_is_what_examples_stand_on() -> None:
    """The sample alone has no error and no warning, so that what an example's site has is the example's."""
    assert site(dict(sample())).codes == []
