"""Broken sites that no repository can hold, or that would be too large in one: made where they are needed."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from site_builder import disk, plain, seen
from tests.driver import entry

Make = Callable[[Path, pytest.MonkeyPatch], None]


def hearing(folder: Path) -> Path:
    file = folder / "content/entries/2020/hearing.md"
    file.parent.mkdir(parents=True)
    file.write_text(entry())
    return file


def without(name: str) -> Make:
    return lambda folder, _: shutil.rmtree(folder / name)


def link(folder: Path, _: pytest.MonkeyPatch) -> None:
    file = hearing(folder)
    (file.parent / "raid.md").symlink_to("/etc/passwd")


def pipe(folder: Path, _: pytest.MonkeyPatch) -> None:
    os.mkfifo(hearing(folder).with_name("raid.md"))


def plug(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(hearing(folder).parent)  # addresses of sockets are short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("raid.md")
    monkeypatch.chdir(folder)


def large(folder: Path, _: pytest.MonkeyPatch) -> None:
    hearing(folder).write_text(entry(body="It happened. " * 100_000))


def heavy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hearing(folder)
    monkeypatch.setattr(disk, "MAX_FILES", 20)


def deep(folder: Path, _: pytest.MonkeyPatch) -> None:
    (folder / "content/media" / "/".join("abcdefghijklmnop")).mkdir(parents=True)


def hidden(folder: Path, _: pytest.MonkeyPatch) -> None:
    hearing(folder).rename(folder / "content/entries/2020/.hearing.md")


def foreign_name(folder: Path, _: pytest.MonkeyPatch) -> None:
    hearing(folder).rename(folder / "content/entries/2020/what?.md")


def two_cases(folder: Path, _: pytest.MonkeyPatch) -> None:
    shutil.copy(hearing(folder), folder / "content/entries/2020/Hearing.md")


def failing(failure: OSError) -> Make:
    """A file that the system does not give."""

    def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        hearing(folder)
        read = plain.read_plain

        def refuse(path: bytes, limit: int) -> bytes:
            if path.endswith(b"hearing.md"):
                raise failure
            return read(path, limit)

        monkeypatch.setattr(seen, "read_plain", refuse)

    return make


def restless(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that has another time at every look."""
    entry_file = hearing(folder).stat().st_ino
    looks = iter(range(100_000))
    fstat = os.fstat

    class Moving:
        def __init__(self, handle: int) -> None:
            self.status = fstat(handle)

        def __getattr__(self, name: str) -> Any:
            moving = name == "st_mtime_ns" and self.status.st_ino == entry_file
            return next(looks) if moving else getattr(self.status, name)

    monkeypatch.setattr(os, "fstat", Moving)


def long_name(folder: Path, _: pytest.MonkeyPatch) -> None:
    (folder / "content/actors.yaml").write_text(f"- {{id: a, name: {'A' * 70_000}}}\n")


def long_fields(folder: Path, _: pytest.MonkeyPatch) -> None:
    hearing(folder).write_text(entry(f"summary: {'a' * 70_000}"))


def many_brackets(folder: Path, _: pytest.MonkeyPatch) -> None:
    hearing(folder).write_text(entry(body="[" * 1001))


def many_cells(folder: Path, _: pytest.MonkeyPatch) -> None:
    hearing(folder).write_text(entry(body=("|" * 100 + "\n") * 51))


def nested(folder: Path, _: pytest.MonkeyPatch) -> None:
    hearing(folder).write_text(entry(body="- " * 600 + "x\n"))


MADE: dict[str, Make] = {
    "content-missing": without("content"),
    "content-too-large": heavy,
    "file-changing": restless,
    "file-hidden": hidden,
    "file-link": link,
    "file-name--foreign": foreign_name,
    "file-name-clash": two_cases,
    "file-special": pipe,
    "file-special--socket": plug,
    "file-too-large": large,
    "file-unreadable": failing(PermissionError(13, "Permission denied")),
    "file-vanished": failing(FileNotFoundError(2, "No such file or directory")),
    "folder-depth": deep,
    "front-matter-too-large": long_fields,
    "record-too-large": long_name,
    "templates-missing": without("templates"),
    "text-too-deep": nested,
    "text-too-large": many_brackets,
    "text-too-large--cells": many_cells,
}
