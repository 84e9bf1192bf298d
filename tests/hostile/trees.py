"""Classes 11 and 15: what is no plain file in the author's folders, and what goes wrong round a build."""

from __future__ import annotations

import hashlib
import json
import os
import socket
from functools import partial
from pathlib import Path

from tests.driver import entry
from tests.hostile.cases import Act, Case, Outcome

SECRET = "of the folder beside"  # in a file that no build may read
_ENTRIES = Path("content/entries")


def _case(kind: int, id: str, outcome: Outcome, act: Act, path: str = "", code: str = "") -> Case:
    return Case(id, kind, outcome, act=act, at=(path, 0), code=code)


def _link(to: str, name: str, folder: Path) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).symlink_to(to)


def _hard(folder: Path) -> None:
    (folder / "content/media").mkdir()
    (folder / "content/media/b.txt").write_text("twice")
    (folder / "content/media/a.txt").hardlink_to(folder / "content/media/b.txt")


def _pipe(folder: Path) -> None:
    os.mkfifo(folder / _ENTRIES / "x.md")


def _socket(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder / _ENTRIES)  # the address of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as plug:
            plug.bind("x.md")
    finally:
        os.chdir(here)


def _large(size: int, name: str, folder: Path) -> None:
    """A file of this size that takes no room: the system gives zeros."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("wb") as file:
        file.truncate(size)


def _deep(folder: Path) -> None:
    (folder / "content/media" / "/".join("d" * 40)).mkdir(parents=True)


def _write(name: bytes | str, text: str, folder: Path) -> None:
    path = folder / os.fsdecode(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _folder_md(folder: Path) -> None:
    (folder / _ENTRIES / "2014.md").mkdir()


def _twins(folder: Path) -> None:
    (folder / "content/media").mkdir()
    for name in ("A.png", "a.png"):
        (folder / "content/media" / name).write_bytes(b"x")


def _link_to(to: str, name: str = "content/entries/x.md") -> Act:
    return partial(_link, to, name)


def _file(name: bytes | str, text: str = "") -> Act:
    return partial(_write, name, text or entry())


_REJECT, _IGNORE, _ACCEPT, _WARN = Outcome.REJECT, Outcome.IGNORE, Outcome.ACCEPT, Outcome.WARN

_TREE: tuple[Case, ...] = (
    _case(11, "tree-link", _REJECT, _link_to("../../../secret.md"), "content/entries/x.md", "file-link"),
    _case(11, "tree-link-absolute", _REJECT, _link_to("/etc/passwd"), "content/entries/x.md", "file-link"),
    _case(11, "tree-link-environment", _REJECT, _link_to("/proc/self/environ"), "content/entries/x.md", "file-link"),
    _case(11, "tree-link-device", _REJECT, _link_to("/dev/zero"), "content/entries/x.md", "file-link"),
    _case(11, "tree-link-stdin", _REJECT, _link_to("/dev/stdin"), "content/entries/x.md", "file-link"),
    _case(11, "tree-link-inside", _REJECT, _link_to("good.md"), "content/entries/x.md", "file-link"),
    _case(11, "tree-link-nowhere", _REJECT, _link_to("nowhere"), "content/entries/x.md", "file-link"),
    _case(11, "tree-link-itself", _REJECT, _link_to("x.md"), "content/entries/x.md", "file-link"),
    _case(11, "tree-link-folder", _REJECT, _link_to("/etc", "content/media"), "content/media", "file-link"),
    _case(11, "tree-loop", _REJECT, _link_to(".", "content/entries/loop"), "content/entries/loop", "file-link"),
    _case(
        11,
        "tree-link-site",
        _REJECT,
        _link_to("/etc/passwd", "content/actors.yaml"),
        "content/actors.yaml",
        "file-link",
    ),
    _case(
        11,
        "tree-link-template",
        _REJECT,
        _link_to("/etc/passwd", "templates/static/x.css"),
        "templates/static/x.css",
        "file-link",
    ),
    _case(11, "tree-pipe", _REJECT, _pipe, "content/entries/x.md", "file-special"),
    _case(11, "tree-socket", _REJECT, _socket, "content/entries/x.md", "file-special"),
    _case(11, "tree-folder-md", _ACCEPT, _folder_md),
    _case(11, "tree-hard-link", _ACCEPT, _hard),
    _case(
        11,
        "tree-large",
        _REJECT,
        partial(_large, 100 << 20, "content/entries/x.md"),
        "content/entries/x.md",
        "file-too-large",
    ),
    _case(
        11,
        "tree-huge",
        _REJECT,
        partial(_large, 1 << 40, "content/entries/x.md"),
        "content/entries/x.md",
        "file-too-large",
    ),
    _case(
        11,
        "tree-large-media",
        _REJECT,
        partial(_large, 100 << 20, "content/media/x.bin"),
        "content/media/x.bin",
        "file-too-large",
    ),
    _case(11, "tree-deep", _REJECT, _deep, "content/media/" + "d/" * 14 + "d", "folder-depth"),
    _case(11, "tree-twins", _REJECT, _twins, "content/media/a.png", "file-name-clash"),
    _case(11, "tree-name-bytes", _REJECT, _file(b"content/entries/\xff.md"), "content/entries/\\xff.md", "file-name"),
    _case(
        11,
        "tree-name-terminal",
        _REJECT,
        _file("content/entries/a\x1b[2Jb.md"),
        "content/entries/a\\x1b[2Jb.md",
        "file-name",
    ),
    _case(11, "tree-name-line", _REJECT, _file("content/entries/a\nb.md"), "content/entries/a\\x0ab.md", "file-name"),
    _case(
        11,
        "tree-name-direction",
        _REJECT,
        _file("content/media/a\u202egnp.md"),
        "content/media/a\\u202egnp.md",
        "file-name",
    ),
    _case(
        11,
        "tree-name-backslash",
        _REJECT,
        _file("content/entries/x\\..\\y.md"),
        "content/entries/x\\..\\y.md",
        "file-name",
    ),
    _case(11, "tree-name-colon", _REJECT, _file("content/media/a:b.png"), "content/media/a:b.png", "file-name"),
    _case(11, "tree-name-device", _REJECT, _file("content/media/aux.png"), "content/media/aux.png", "file-name"),
    _case(11, "tree-name-dot", _REJECT, _file("content/media/a."), "content/media/a.", "file-name"),
    _case(11, "tree-hidden", _IGNORE, _file("content/entries/.x.md"), "content/entries/.x.md", "file-hidden"),
    _case(11, "tree-hidden-env", _IGNORE, _file("content/.env", SECRET), "content/.env", "file-hidden"),
    _case(
        11,
        "tree-hidden-media",
        _IGNORE,
        _file("content/media/.htaccess", SECRET),
        "content/media/.htaccess",
        "file-hidden",
    ),
    _case(11, "tree-git", _IGNORE, _file("content/.git/config", SECRET)),
    _case(11, "tree-leftover", _IGNORE, _file("content/entries/.good.md.swp", SECRET)),
    _case(11, "tree-backup", _IGNORE, _file("content/entries/good.md~", SECRET)),
    _case(
        11,
        "tree-original",
        _IGNORE,
        _file("content/entries/good.md.orig", SECRET),
        "content/entries/good.md.orig",
        "file-unread",
    ),
    _case(11, "tree-archive", _IGNORE, _file("content/backup.zip", SECRET), "content/backup.zip", "file-unread"),
)


# -- Faults: what has happened before, or beside, a second build of a site that was good


def _receipts(data: bytes, folder: Path) -> None:
    files = [path for path in (folder / ".cache").rglob("*") if path.is_file()]
    assert files
    for path in files:
        path.write_bytes(data)


def _sealed(head: object, rows: bytes, folder: Path) -> None:
    """Receipts with a right checksum around something else."""
    rest = json.dumps(head).encode() + b"\n" + rows
    _receipts(hashlib.sha256(rest).hexdigest().encode() + b"\n" + rest, folder)


_SHAPE = {"version": 2, "report": {}, "key": [], "manifest": 1, "under": {}, "over": ""}


def _cache_is_file(folder: Path) -> None:
    (folder / ".cache").rename(folder / "c")
    (folder / ".cache").write_text("")


def _touch(time: int, folder: Path) -> None:
    for path in [*folder.rglob("*.md"), *folder.rglob("*.yaml"), *folder.rglob("*.html")]:
        os.utime(path, (time, time))


def _foreign(folder: Path) -> None:
    for path in sorted((folder / "_site").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (folder / "_site/thesis.txt").write_text("not ours")


def _out_is_file(folder: Path) -> None:
    (folder / "_site").rename(folder / "other")
    (folder / "_site").write_text("not ours")


def _out_is_link(folder: Path) -> None:
    (folder / "_site").rename(folder / "other")
    (folder / "_site").symlink_to("/")


def _torn(folder: Path) -> None:
    (folder / "_site/index.html").write_bytes(b"<ht")
    (folder / "_site/entries/good.html").unlink()


def _leftovers(folder: Path) -> None:
    (folder / "._site.next").mkdir(exist_ok=True)
    (folder / "._site.next/part~").write_bytes(b"torn")
    (folder / "._site.next/entries").symlink_to("/etc")


_FAULTS: tuple[Case, ...] = (
    _case(15, "fault-receipt-empty", _ACCEPT, partial(_receipts, b"")),
    _case(15, "fault-receipt-nul", _ACCEPT, partial(_receipts, bytes(1000))),
    _case(15, "fault-receipt-depth", _ACCEPT, partial(_receipts, b"[" * 200_000)),
    _case(15, "fault-receipt-number", _ACCEPT, partial(_receipts, b"1" * 5000)),
    _case(15, "fault-receipt-list", _ACCEPT, partial(_receipts, b'[{"version": 1}]')),
    _case(15, "fault-receipt-shape", _ACCEPT, partial(_sealed, _SHAPE, b"")),
    _case(15, "fault-receipt-rows", _ACCEPT, partial(_sealed, _SHAPE, b"\xff" * 72 * 100)),
    _case(15, "fault-receipt-rows-cut", _ACCEPT, partial(_sealed, _SHAPE, b"\xff" * 71)),
    _case(15, "fault-cache-file", _ACCEPT, _cache_is_file),
    _case(15, "fault-old-times", _ACCEPT, partial(_touch, 0)),
    _case(15, "fault-future-times", _ACCEPT, partial(_touch, 1 << 33)),
    _case(15, "fault-torn-site", _ACCEPT, _torn),
    _case(15, "fault-leftovers", _ACCEPT, _leftovers),
    _case(15, "fault-foreign-out", _REJECT, _foreign, "_site"),
    _case(15, "fault-out-is-file", _REJECT, _out_is_file, "_site"),
    _case(15, "fault-out-is-link", _REJECT, _out_is_link, "_site"),
)

CASES: tuple[Case, ...] = (*_TREE, *_FAULTS)
