"""What is no plain file, cannot be read, or changes while it is read."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import plain, seen
from tests.reading.looks import POSIX, found, read


@POSIX
def test_a_folder_that_is_a_link_is_refused(content: Path) -> None:
    """A pull request that turns the content folder into a link reads nothing."""
    link = content.parent / "link"
    link.symlink_to(content.parent / "secret")
    assert found(read(link)) == [("content", "file-link")]


def make_link(path: Path) -> None:
    """A link to a file."""
    path.symlink_to("../secret/key")


def make_folder_link(path: Path) -> None:
    """A link to a folder."""
    path.symlink_to("../secret")


def make_loop(path: Path) -> None:
    """A link to the folder it lies in."""
    path.symlink_to(".")


def make_dangling(path: Path) -> None:
    """A link to nothing."""
    path.symlink_to("nowhere")


def make_device_link(path: Path) -> None:
    """A link to a file without end."""
    path.symlink_to("/dev/zero")


def make_pipe(path: Path) -> None:
    """A named pipe."""
    os.mkfifo(path)


def make_socket(path: Path) -> None:
    """A socket."""
    here = Path.cwd()
    os.chdir(path.parent)  # a socket's path has a limit of about 100 bytes
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path.name)
    finally:
        os.chdir(here)


def make_device(path: Path) -> None:
    """A device without end."""
    try:
        os.mknod(path, 0o20666, os.makedev(1, 5))  # another /dev/zero
    except PermissionError:
        pytest.skip("devices are made by root")


@POSIX
@pytest.mark.parametrize("guarded", [True, False])
@pytest.mark.parametrize(
    ("make", "code"),
    [
        (make_link, "file-link"),
        (make_folder_link, "file-link"),
        (make_loop, "file-link"),
        (make_dangling, "file-link"),
        (make_device_link, "file-link"),
        (make_pipe, "file-special"),
        (make_socket, "file-special"),
        (make_device, "file-special"),
    ],
)
def test_links_and_special_files_are_named_not_read(
    content: Path, make: Callable[[Path], None], code: str, guarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links of every kind, pipes, sockets and devices are findings at their place, on weaker systems too."""
    if not guarded:
        monkeypatch.delattr(os, "O_NOFOLLOW")
        monkeypatch.delattr(os, "O_NONBLOCK")
    make(content / "x.md")
    inputs = read(content)
    assert found(inputs) == [("content/x.md", code)]
    assert list(inputs.files) == ["content/a.md", "templates/page.html"]


@POSIX
@pytest.mark.parametrize("guarded", [True, False])
def test_a_link_put_in_place_at_the_last_moment_is_not_followed(
    content: Path, guarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that turns into a link between the look at it and its opening is not read either."""
    if not guarded:
        monkeypatch.delattr(os, "O_NOFOLLOW")

    def swapped(path: bytes, limit: int) -> bytes:
        if path.endswith(b"a.md"):
            Path(os.fsdecode(path)).unlink()
            Path(os.fsdecode(path)).symlink_to("../secret/key")
        return plain.read_plain(path, limit)

    monkeypatch.setattr(seen, "read_plain", swapped)
    assert [path for path, _ in found(read(content))] == ["content/a.md"]


@POSIX
def test_a_pipe_put_in_place_at_the_last_moment_is_not_waited_for(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that turns into a pipe before it is opened neither hangs the build nor is read."""

    def swapped(path: bytes, limit: int) -> bytes:
        if path.endswith(b"a.md"):
            Path(os.fsdecode(path)).unlink()
            os.mkfifo(path)
        return plain.read_plain(path, limit)

    monkeypatch.setattr(seen, "read_plain", swapped)
    assert found(read(content)) == [("content/a.md", "file-special")]


def test_a_file_that_goes_during_the_build_is_a_finding(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was listed and is gone when it is read is named, and building again is the advice."""

    def vanished(path: bytes, limit: int) -> bytes:
        if path.endswith(b"a.md"):
            Path(os.fsdecode(path)).unlink()
        return plain.read_plain(path, limit)

    monkeypatch.setattr(seen, "read_plain", vanished)
    assert found(read(content)) == [("content/a.md", "file-vanished")]


def test_a_file_saved_while_it_is_read_is_read_again(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the old and half of the new text is never taken; a file that does not settle is a finding."""
    read_part, saves = os.read, iter(range(1, 99))
    rounds = {"left": 1}

    def saving(handle: int, size: int) -> bytes:
        part = read_part(handle, size)
        first = os.lseek(handle, 0, os.SEEK_CUR) == len(part)
        if part.startswith(b"A") and first and rounds["left"]:
            rounds["left"] -= 1
            (content / "a.md").write_text("A" * (1 + next(saves)))
        return part

    monkeypatch.setattr(os, "read", saving)
    assert read(content).files["content/a.md"] == b"AA"
    rounds["left"] = 50
    assert found(read(content)) == [("content/a.md", "file-changing")]


@pytest.mark.parametrize("call", ["open", "scandir"])
def test_what_may_not_be_read_is_a_finding(content: Path, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or folder without permission is named with the system's reason; the others are read."""
    (content / "closed").mkdir()
    (content / "closed" / "b.md").write_text("B")
    original = getattr(os, call)

    def refusing(path: bytes, *rest: int) -> object:
        if (b"b.md" in path) if call == "open" else path.endswith(b"closed"):
            raise PermissionError(13, "Permission denied")
        return original(path, *rest)

    monkeypatch.setattr(os, call, refusing)
    inputs = read(content)
    assert found(inputs) == [("content/closed/b.md" if call == "open" else "content/closed", "file-unreadable")]
    assert "Permission denied" in inputs.problems[0].message
    assert inputs.files["content/a.md"] == b"A"
