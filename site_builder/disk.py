"""Reading the author's folders: once, in sorted order, nothing but plain files, nothing from outside.

Whatever cannot be read becomes a diagnostic: no file system, however odd, ends a build with a traceback.
Names are taken as bytes and decoded here, since Python's own decoding depends on the machine's locale.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from site_builder import shipped
from site_builder.diagnostics import Diagnostic, Location, Severity, check, error
from site_builder.files import BENEATH, CONTENT, TEMPLATES, Inputs, sha256
from site_builder.limits import MAX_FILES, MAX_FOLDERS, MAX_MEDIA, MAX_TEXT, MAX_TOTAL, MIB
from site_builder.names import fault, fold, printable
from site_builder.plain import RefusedError, is_link, refused_kind
from site_builder.seen import Identity, Seen, identity

REPLACED = (".html", ".xml", ".yaml")  # what a file of the same name can still ask for
MEDIA_FOLDERS = ("content/media/", "templates/static/", "templates/map/")

# What editors, operating systems and version control leave behind; passed over without a word.
_LEFTOVER = re.compile(
    r"""
    .*~ | ~\$.* | \#.*\# | \.\#.* | \.~lock\..* | .*\.sw[a-z] | 4913 | .*\.kate-swp | .*___jb_(tmp|old)___
  | \.goutputstream-.* | \.nfs[0-9a-f]+ | \.fuse_hidden.* | \.syncthing\..* | \._.*
  | \.DS_Store | \.localized | Icon\r | \.(Trashes|Spotlight-V100|fseventsd|TemporaryItems|directory)
  | Thumbs\.db | ehthumbs\.db | desktop\.ini
  | \.(git|hg|svn) | \.git(ignore|attributes|keep) | \.keep | \.editorconfig | \.(idea|vscode|obsidian)
  | __pycache__ | .*\.py[co]
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Found:
    path: str
    real: bytes
    status: os.stat_result


def snapshot(content: Path, templates: Path, seen: Seen[bytes] | None = None, beneath: Path | None = None) -> Inputs:
    """Every plain file of the folders, as "content/…" and "templates/…", and what could not be read.

    `beneath`: a look whose files stand in for what `templates` does not have. What it does have replaces them, file by
    file; a template or a file of words that is replaced is still there, as "templates/!…".
    """
    seen = seen or Seen(bytes, once=True)
    files: dict[str, bytes] = {}
    problems: list[Diagnostic] = []
    room = MAX_TOTAL
    for item in _all(content, templates, beneath):
        if isinstance(item, Diagnostic):
            problems.append(item)
            continue
        if len(files) >= MAX_FILES or room < item.status.st_size <= _limit(item.path):
            problems.append(_no_room(len(files) >= MAX_FILES))
            break
        try:
            data = seen.of(item.real, _limit(item.path), item.status)
        except OSError as failure:
            problems.append(_unread(item.path, failure))
        else:
            files[item.path] = data
            room -= len(data)
    return Inputs(dict(sorted(files.items())), tuple(sorted(problems, key=lambda found: found.order)))


def digests(content: Path, templates: Path, seen: Seen[str], beneath: Path | None = None) -> dict[str, str] | None:
    """SHA-256 of every file that `snapshot` would read, by logical path, and what it would pass over with a warning.

    None where it would find an error.
    """
    found: dict[str, str] = {}
    for item in _all(content, templates, beneath):
        if isinstance(item, Diagnostic):
            if item.severity is Severity.ERROR:
                return None
            found[_odd(item)] = ""
            continue
        try:
            found[item.path] = seen.of(item.real, _limit(item.path), item.status)
        except OSError:
            return None
    return found


def digests_of(inputs: Inputs) -> dict[str, str] | None:
    """The same of what was read: equal as long as all lies as it then lay."""
    if any(problem.severity is Severity.ERROR for problem in inputs.problems):
        return None
    return {path: sha256(data) for path, data in inputs.files.items()} | {_odd(one): "" for one in inputs.problems}


def _odd(problem: Diagnostic) -> str:
    return f"{problem.location.path} ({problem.code})"


def fingerprint(content: Path, templates: Path, beneath: Path | None = None) -> dict[str, Identity]:
    """What a watcher compares: each name with its file's identity, odd ones too, no file read."""
    seen: dict[str, Identity] = {}
    for item in _all(content, templates, beneath):
        if isinstance(item, Diagnostic):
            seen[_odd(item)] = (0, 0, 0, 0, 0)
        else:
            seen[item.path] = identity(item.status)
    return seen


def _all(content: Path, templates: Path, beneath: Path | None) -> Iterator[_Found | Diagnostic]:
    yield from _rooted(content, CONTENT)
    may_come = beneath and templates == Path(shipped.USUAL)
    own = list(_rooted(templates, TEMPLATES)) if not may_come or os.path.lexists(templates) else []
    yield from own
    if beneath is None:
        return
    taken = {item.path for item in own if isinstance(item, _Found)}
    for item in _rooted(beneath, TEMPLATES):
        if isinstance(item, Diagnostic) or item.path not in taken:
            yield item
        elif item.path.endswith(REPLACED) and not item.path.startswith(MEDIA_FOLDERS):
            yield replace(item, path=TEMPLATES + BENEATH + item.path.removeprefix(TEMPLATES))


def _rooted(root: Path, prefix: str) -> Iterator[_Found | Diagnostic]:
    missing = _root_problem(root, prefix.rstrip("/"))
    if missing:
        yield missing
    else:
        yield from _walk(os.fsencode(root), prefix)


def _root_problem(root: Path, logical: str) -> Diagnostic | None:
    where, shown = Location(logical), printable(str(root))
    missing, hint = (
        f"{logical}-missing",
        f"go to the folder that has it (`cd …`), or name another with `--{logical} DIR`",
    )
    if logical == "content":
        hint += "; `init DIR` begins a new site"
    try:
        status = os.lstat(root)
    except (FileNotFoundError, NotADirectoryError):
        return error(where, missing, f"there is no folder `{shown}`, so nothing can be built", hint)
    except (OSError, ValueError) as failure:
        return _unread(logical, failure)
    if is_link(status):
        # A pull request could turn the folder into a link that leads out of the repository.
        hint = f"name the folder the link leads to with `--{logical} DIR`"
        return error(where, "file-link", f"`{shown}` is a link; only a real folder is read", hint)
    if not stat.S_ISDIR(status.st_mode):
        return error(where, missing, f"`{shown}` is not a folder, so nothing can be built", hint)
    return None


def astray(inputs: Inputs, content: Path) -> str:
    """Why nothing should be written into the author's folder, and what to do; "" where it can be.

    A folder that somebody has named is made where it is not there; without a name, the terminal stands elsewhere.
    """
    found = next((problem for problem in inputs.problems if problem.location.path == CONTENT.rstrip("/")), None)
    if found is None or (content != Path(CONTENT) and not os.path.lexists(content)):
        return ""
    return f"{printable(str(content))}: {found.message}; {found.hint}"


def _walk(root: bytes, prefix: str) -> Iterator[_Found | Diagnostic]:
    waiting = [(root, prefix, 1)]
    while waiting:
        folder, logical, depth = waiting.pop()
        where = Location(logical.rstrip("/"))
        if depth > MAX_FOLDERS:
            message = f"this folder lies more than {MAX_FOLDERS} folders deep and is not read"
            yield error(where, "folder-depth", message, "move its files further up")
            continue
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as failure:
            yield _unread(where.path, failure)
            continue
        seen: dict[str, str] = {}
        for item in (_judge(entry, logical, seen) for entry in entries):
            if isinstance(item, _Found) and stat.S_ISDIR(item.status.st_mode):
                waiting.append((item.real, f"{item.path}/", depth + 1))
            elif item:
                yield item


def _judge(entry: os.DirEntry[bytes], folder: str, seen: dict[str, str]) -> _Found | Diagnostic | None:
    """One name of a folder: passed over, refused, or found (a file, or a folder to go into)."""
    name = entry.name.decode("utf-8", "surrogateescape")
    left, odd, folded, composed = _told_by(name)
    if left:
        return None
    other = name if odd else seen.setdefault(folded, name)
    if odd or other != name:
        return _refused_name(name, Location(folder + printable(name)), other)
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as failure:
        return _unread(folder + printable(name), failure)
    if is_link(status):
        return _unread(folder + printable(name), refused_kind(stat.S_IFLNK))
    if not (stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)):
        return _unread(folder + printable(name), refused_kind(status.st_mode))
    return _Found(folder + composed, entry.path, status)


@lru_cache(1 << 18)  # a process that looks again and again meets the same names
def _told_by(name: str) -> tuple[bool, bool, str, str]:
    """Of a name: whether it is passed over, whether it is refused, how others may spell it, and its composed form."""
    folded, composed = fold(name), unicodedata.normalize("NFC", name)
    return (
        bool(_LEFTOVER.fullmatch(name)),
        name.startswith(".") or bool(fault(name)),
        name if folded == name else folded,  # one text for all three, of which most names have no other form
        name if composed == name else composed,
    )


def _refused_name(name: str, where: Location, other: str) -> Diagnostic:
    """`other`: the first name in the folder that some systems take for the same."""
    if name.startswith("."):
        message = "names that start with a full stop are hidden; this one is not read"
        return check(where, "file-hidden", message, "take the full stop off its name if it belongs to the site")
    if wrong := fault(name):
        hint = "rename it; lower-case letters, digits and hyphens are safe everywhere"
        return error(where, "file-name", f"this name {wrong}", hint)
    message = f"this name and `{other}` differ only in case or Unicode form; elsewhere they are one name"
    return error(where, "file-name-clash", message, "rename one of the two")


def _limit(path: str) -> int:
    return MAX_MEDIA if path.startswith(MEDIA_FOLDERS) else MAX_TEXT


def _no_room(too_many: bool) -> Diagnostic:
    limit = f"{MAX_FILES:,} files" if too_many else f"{MAX_TOTAL // MIB} MiB"
    message = f"content and templates together are larger than the {limit} that are read"
    hint = "keep elsewhere what the site does not show"
    return error(Location(CONTENT.rstrip("/")), "content-too-large", message, hint)


def _unread(path: str, failure: Exception) -> Diagnostic:
    where = Location(path)
    if isinstance(failure, RefusedError):
        return error(where, failure.code, failure.message, failure.hint)
    if isinstance(failure, FileNotFoundError):
        return error(where, "file-vanished", "this was there a moment ago and is gone", "build again")
    reason = getattr(failure, "strerror", None) or str(failure)
    hint = "make it readable for you (its permissions), or remove it"
    return error(where, "file-unreadable", f"this cannot be read: {printable(reason)}", hint)
