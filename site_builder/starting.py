"""`init`: a whole new repository with a small site of another subject in it, or nothing at all."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from site_builder import shipped, urls
from site_builder.names import printable
from site_builder.reading import read_site

# What a repository needs, by its name in ours. Folders go with all that is in them.
FILES = (
    *("build.py", "pyproject.toml", "LICENSE", ".editorconfig", ".gitattributes", ".gitignore"),
    *("requirements.in", "requirements.lock", "requirements-test.in", "requirements-test.lock"),
)
FOLDERS = (".github", ".vscode", "docs", "templates")
# These speak of the first site, or make packages of the builder.
OURS_ALONE = ("docs/spelling.md", "docs/screenshots/", ".github/workflows/release.yml")

SITE = "content/site.yaml"
ASKED, LOCK = "requirements-test.in", "requirements-test.lock"
RUN_BY_NAME = frozenset({"build.py"})

# What version control and desktops put into a folder that its owner calls empty.
_NOTHING = frozenset({".git", ".DS_Store", "Thumbs.db", "desktop.ini"})
_LEFTOVER = re.compile(r"__pycache__|.*\.py[co]|\.DS_Store|.*~|\..*\.sw[a-z]|\..*_cache")


class NotBegunError(ValueError):
    """Nothing can be begun there, or not with these words; the message is for the author."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be begun, and where. `""`: as the sample has it; an `id` comes from the folder's name."""

    folder: Path
    title: str = ""
    id: str = ""
    language: str = ""


def begin(wish: Wish) -> int:
    """Write the repository, whole or not at all; how many files it has. Raises NotBegunError, OSError."""
    folder = wish.folder.resolve()
    _refuse(folder)
    files = repository(wish)
    there = folder.exists()
    room = folder if there else folder.parent
    room.mkdir(parents=True, exist_ok=True)
    staging = room / f".{folder.name}.init-{os.getpid()}"
    try:
        for path, data in files.items():
            _write(staging / path, data, run=path in RUN_BY_NAME)
        if there:
            _move_all(staging, folder)
        else:
            staging.rename(folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return len(files)


def repository(wish: Wish) -> Mapping[str, bytes]:
    """The files of a new repository by their paths in it."""
    files = dict(_shipped())
    files |= {path: data.read_bytes() for path, data in _below(Path(shipped.STARTER), "")}
    files[LOCK] = lighter(files[LOCK].decode(), files[ASKED].decode()).encode()
    files[SITE] = _site(files[SITE].decode(), wish, files)
    if wish.title:
        heading, _, rest = files["README.md"].decode().partition("\n")
        files["README.md"] = f"{heading[:2]}{printable(wish.title)}\n{rest}".encode()
    return dict(sorted(files.items()))


def _shipped() -> Iterator[tuple[str, bytes]]:
    project = shipped.project()
    for name in FILES:
        yield name, (project / name).read_bytes()
    for name in FOLDERS:
        for path, file in _below(project / name, f"{name}/"):
            if not path.startswith(OURS_ALONE):
                yield path, file.read_bytes()
    for path, file in _below(Path(shipped.PACKAGE), "site_builder/"):
        if not path.startswith("site_builder/project/"):
            yield path, file.read_bytes()


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """The files of a folder, by their paths in the repository; nothing that editors and Python leave behind."""
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        if file.is_file() and not any(map(_LEFTOVER.fullmatch, parts)):
            yield prefix + "/".join(parts), file


def lighter(lock: str, asked: str) -> str:
    """A lock with what is asked for only, and what that needs: a site is tested without readers of our formats.

    `lock`: as uv writes it, each package with the names of those that need it behind `# via`.
    """
    head, *blocks = re.split(r"\n(?=[a-z0-9])", lock.rstrip("\n"))
    names = [block.partition("==")[0] for block in blocks]
    needed_by = [set(re.findall(r"(?m)^    #(?: via)? +(-r \S+|[a-z0-9-]+)$", block)) for block in blocks]
    kept = {"-r requirements.in", *re.findall(r"(?m)^[a-z0-9-]+", asked)}
    while more := {name for name, parents in zip(names, needed_by, strict=True) if parents & kept} - kept:
        kept |= more
    return "\n".join([head, *(block for name, block in zip(names, blocks, strict=True) if name in kept), ""])


def _site(text: str, wish: Wish, files: Mapping[str, bytes]) -> bytes:
    """`site.yaml` with what was wished for, its comments kept; refused where the builder would not read it."""
    language = wish.language or "en"
    spoken = sorted(path[18:-5] for path in files if path.startswith("templates/strings/"))
    if language not in spoken:
        raise NotBegunError(f"--language: the interface has words for {', '.join(spoken)}, not for `{language}` yet")
    text = _set(text, "id", wish.id or urls.slug(wish.folder.resolve().name) or "timeline")
    text = _set(text, "language", language)
    if wish.title:
        text = _set(text, "title", json.dumps(wish.title, ensure_ascii=False))
    data = text.encode("utf-8", "surrogateescape")
    for finding in read_site(data)[2]:
        raise NotBegunError(f"{finding.message}; {finding.hint}")
    return data


def _set(text: str, field: str, value: str) -> str:
    """The text with the field's value replaced; a comment behind it stays."""
    line = re.compile(rf"^({field}:) [^\n#]*?( #[^\n]*)?$", re.MULTILINE)
    return line.sub(lambda found: f"{found[1]} {value}{found[2] or ''}", text, count=1)


def _refuse(folder: Path) -> None:
    shown = printable(str(folder))
    if folder.exists() and not folder.is_dir():
        raise NotBegunError(f"{shown} is a file; name a new folder, or an empty one")
    for above in (folder, *folder.parents):
        if (above / "site.yaml").is_file() and above != folder:
            raise NotBegunError(f"{shown} lies inside the content of a site ({printable(str(above))}); begin beside it")
    if any(folder.is_relative_to(ours) for ours in (shipped.PACKAGE, shipped.templates())):
        raise NotBegunError(f"{shown} lies inside the generator; begin beside it")
    found = sorted({path.name for path in folder.iterdir()} - _NOTHING) if folder.is_dir() else []
    if found:
        names = ", ".join(map(printable, found[:3])) + (f" and {len(found) - 3} more" if len(found) > 3 else "")
        raise NotBegunError(f"{shown} is not empty: it has {names}; name a new folder, or an empty one")


def _write(path: Path, data: bytes, *, run: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    if run:
        path.chmod(path.stat().st_mode | 0o111)


def _move_all(staging: Path, folder: Path) -> None:
    """Into a folder that was there, and may be the one that the author's terminal stands in; back again on a fault."""
    moved: list[str] = []
    try:
        for item in sorted(staging.iterdir()):
            item.rename(folder / item.name)
            moved.append(item.name)
    except BaseException:
        for name in moved:
            (folder / name).rename(staging / name)
        raise
