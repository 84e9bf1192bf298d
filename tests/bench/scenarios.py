"""What is measured of this generator: a build from nothing, and builds after one small change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.driver import PROJECT

LOOK = PROJECT / "templates"


def put_aside(*paths: Path) -> None:
    """Take files and folders out of the way, not off the disk.

    Where many files have just been deleted, ext4 makes new ones up to ten times more slowly for some minutes, for every
    generator; nobody who builds a site for the first time has just deleted one.
    """
    for path in paths:
        if path.exists():
            path.rename(Path(tempfile.mkdtemp(prefix="aside-", dir=path.parent.parent), path.name))


@dataclass(frozen=True, slots=True)
class Site:
    """A site in a folder of its own. `which`: see `ours`."""

    folder: Path
    which: str

    @property
    def out(self) -> Path:
        return self.folder / "_site"

    def command(self) -> Sequence[str]:
        look = ["--templates", str(self.folder / "templates")]
        return [sys.executable, "-m", "tests.bench.ours", self.which, "build", "--format", "json", *look]

    def forget(self) -> None:
        """As if nothing had ever been built."""
        put_aside(self.out, self.folder / ".cache", *self.folder.glob("._site*"))

    def entry(self, n: int) -> Path:
        files = sorted((self.folder / "content/entries").rglob("*.md"))
        return files[n % len(files)]


def _nothing(site: Site, n: int) -> None:
    """The same content again, right after a build."""


def _still_nothing(site: Site, n: int) -> None:
    """The same content again, once a build has seen that all files have lain still for a while."""
    time.sleep(2.5)  # see `seen` for the two seconds
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    subprocess.run(site.command(), cwd=site.folder, env=environment, capture_output=True, check=True)


def _body(site: Site, n: int) -> None:
    file = site.entry(7 * n)
    file.write_text(f"{file.read_text(encoding='utf-8').rstrip()}\n\nMore words, number {n}.\n", encoding="utf-8")


def _title(site: Site, n: int) -> None:
    file = site.entry(7 * n + 1)
    first, mark, rest = file.read_text(encoding="utf-8").partition("title: ")
    quote = rest[0] if rest[0] in "\"'" else ""
    file.write_text(f"{first}{mark}{quote}Number {n}, {rest.removeprefix(quote)}", encoding="utf-8")


def _template(site: Site, n: int) -> None:
    file = site.folder / "templates/entry.html"
    file.write_text(f"{file.read_text(encoding='utf-8')}{{# {n} #}}\n", encoding="utf-8")


def _added(site: Site, n: int) -> None:
    file = site.entry(7 * n + 2)
    file.with_name(f"added-{n}.md").write_bytes(file.read_bytes())


def _removed(site: Site, n: int) -> None:
    for file in (site.folder / "content/entries").rglob(f"added-{n}.md"):
        file.unlink()


Change = Callable[[Site, int], None]
CHANGES: dict[str, Change] = {
    "nothing changed": _nothing,
    "nothing changed, a while later": _still_nothing,
    "one text edited": _body,
    "one title edited": _title,
    "one template edited": _template,
    "one entry added": _added,
    "one entry removed": _removed,
}


def site(folder: Path, which: str, content: Callable[[Path], None]) -> Site:
    """A site with its own copy of the look, so that a template can be edited; `content` writes its content."""
    content(folder / "content")
    shutil.copytree(LOOK, folder / "templates")
    if which == "same":
        for file in (PROJECT / "tests/bench/look").iterdir():
            shutil.copy(file, folder / "templates")
    return Site(folder, which)
