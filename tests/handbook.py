"""The examples of the handbook: which there are, and the sites that they belong to.

A block of Markdown with a language is an example. Lines of a shell are `sh` (Linux, macOS) or `powershell` (Windows);
what a program prints, or nobody needs to type, is `text`. Any other block has a comment in the line before it that says
what it is a part of, and which finding it must give if it is a wrong one:

    <!-- fields -->                             fields of an entry
    <!-- text, wrong: citation-malformed -->    the text of an entry
    <!-- source -->                             fields of a source
    <!-- site -->                               fields of site.yaml, in the place of those of the same name
    <!-- add: sources/web.yaml -->              lines at the end of a file
    <!-- file: templates/404.html -->           a whole file

The rest of the site is the sample of a new repository, so that an example may name what the sample has.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from site_builder.starting import OURS_ALONE
from tests.driver import PROJECT

STARTER = PROJECT / "site_builder/starter"
# The examples of errors.md are built by the tests of `explanations`.
MADE = ("docs/errors.md",)
# The project's own front page speaks of a site without phases.
BARE = ("README.md",)

SHELLS = ("sh", "powershell")
USUAL = {
    "title": "An example",
    "date": "1991-12-12",
    "phase": "in-the-open",
    "source": "slac-nd-slac-and-the-www",
    "published": "2026-11-25",
}
_BLOCK = re.compile(
    r"(?m)^(?:<!-- (?P<mark>[a-z]+(?:[:,] .*)?) -->\n)?(?P<indent> *)(?P<fence>`{3,})(?P<language>\w*)\n"
)


@dataclass(frozen=True, slots=True)
class Block:
    """An example. `part`: fields, text, source, site, add or file; `path`: of the file, for the last two."""

    page: str
    line: int
    language: str
    text: str
    part: str = ""
    path: str = ""
    wrong: str = ""

    @property
    def place(self) -> str:
        return f"{self.page}:{self.line}"


def pages() -> list[str]:
    """Every page that authors read, as a path in the project."""
    found = [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), *STARTER.glob("*.md")]
    return sorted(path.relative_to(PROJECT).as_posix() for path in found if path.name != "CHANGELOG.md")


def handed_on() -> list[str]:
    """The pages of docs/ that new repositories get too."""
    return [page for page in pages() if page.startswith("docs/") and not page.startswith(OURS_ALONE)]


@cache
def blocks(page: str) -> tuple[Block, ...]:
    return tuple(_blocks(page, (PROJECT / page).read_text(encoding="utf-8")))


def _blocks(page: str, text: str) -> Iterator[Block]:
    at = 0
    while found := _BLOCK.search(text, at):
        end = re.compile(rf"(?m)^{found['indent']}{found['fence']}$\n?").search(text, found.end())
        assert end, f"{page}: a block is never closed: {text[found.end() :][:60]}"
        at = end.end()
        mark, _, wrong = (found["mark"] or "").partition(", wrong: ")
        part, _, path = mark.partition(": ")
        line = text.count("\n", 0, found.start("fence")) + 1
        body = textwrap.dedent(text[found.end() : end.start()])
        yield Block(page, line, found["language"], body, part, path, wrong)


def commands(page: str) -> list[tuple[str, str]]:
    """The command lines of a page, in its blocks and in its sentences, each with its place."""
    shown = [
        (f"{page}:{block.line}", line)
        for block in blocks(page)
        if block.language in SHELLS
        for line in block.text.splitlines()
    ]
    text = (PROJECT / page).read_text(encoding="utf-8")
    said = re.findall(r"(?<!`)`((?:python3|py) build\.py[^`]*)`(?!`)", text)
    return [*shown, *((page, line) for line in said)]


@cache
def sample() -> Mapping[str, str]:
    """The content of a new repository, by paths inside `content/`."""
    files = sorted((STARTER / "content").rglob("*.*"))
    return {path.relative_to(STARTER / "content").as_posix(): path.read_text(encoding="utf-8") for path in files}


def right(page: str) -> tuple[dict[str, str], dict[str, Block]]:
    """The site with all right examples of a page in it, and of each file of its own which block made it."""
    files = {} if page in BARE else dict(sample())
    made = {}
    for block in blocks(page):
        if block.part and not block.wrong:
            path = lay(block, files)
            made[path if path.startswith("templates/") else f"content/{path}"] = block
    return files, made


def lay(block: Block, files: dict[str, str]) -> str:
    """Put an example into a site; the path of its file."""
    if block.part == "file":
        files[block.path] = block.text
        return block.path
    if block.part == "add":
        files[block.path] = f"{files.get(block.path, '')}\n{block.text}"
        return block.path
    if block.part == "site":
        files["site.yaml"] = _without(files["site.yaml"], block.text) + block.text
        return "site.yaml"
    if block.part == "source":
        path = f"sources/example-{block.line}.yaml"
        files[path] = f"example-{block.line}:\n  title: An example\n" + textwrap.indent(block.text, "  ")
        return path
    assert block.part in ("fields", "text"), f"{block.place}: `{block.part}` is no part of a site"
    fields, text = (
        (block.text, "It was so [@slac-nd-slac-and-the-www].\n") if block.part == "fields" else ("", block.text)
    )
    usual = "".join(f"{name}: {value}\n" for name, value in USUAL.items() if not re.search(f"(?m)^{name}:", fields))
    path = f"entries/1991/example-{block.line}.md"
    files[path] = f"---\n{usual}{fields}---\n{text}"
    return path


def _without(site: str, fields: str) -> str:
    """site.yaml without the fields that an example has, so that none stands twice."""
    names = "|".join(re.findall(r"(?m)^(\w+):", fields))
    return re.sub(rf"(?m)^(?:{names}):.*\n(?:[ -].*\n)*", "", site)
