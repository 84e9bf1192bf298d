"""Disks that are full, read-only or not what they seem."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.publish import OutputError, Staging, verify
from tests.publishing.rounds import POSIX, content, publish


def test_a_full_disk_is_one_sentence(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk is one error with path and reason; no torn file is left, and the site is as it was."""
    write, left = os.write, [0]

    def full(handle: int, data: bytes) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = write(handle, bytes(data)[: left[0]])
        left[0] -= done
        return done

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OutputError, match=r"No space left on device$"):  # there is no site of before
            publish(out, {"index.html": "1"})
    publish(out, {"index.html": "1"})
    left[0] = 10
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(OutputError) as caught:
            publish(out, {"index.html": "a text that is too long"})
    assert caught.value.message == (
        f"`index.html` in `{out}` could not be written: No space left on device; the site published before is as it was"
    )
    assert content(out.parent / "._site.next").get("index.html") is None
    assert verify(out) == []
    assert (out / "index.html").read_text() == "1"


@POSIX
def test_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """On a file system of 128 KiB a site of a megabyte fails with one sentence; a smaller one then fits."""
    command = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(tmp_path)]
    if not sys.platform.startswith("linux") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root on Linux")
    out = tmp_path / "_site"
    try:
        publish(out, {"index.html": "small"})
        with pytest.raises(OutputError, match=r"`\d+\.html` in `.*_site` could not be written: No space left"):
            publish(out, {f"{number}.html": "x" * 4096 for number in range(256)})
        assert (out / "index.html").read_text() == "small"
        assert verify(out) == []
        assert publish(out, {"index.html": "other"})
        assert verify(out) == []
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def test_a_read_only_disk_is_one_sentence(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that cannot be written at all is named with the reason."""
    open_file = os.open

    def refusing(path: bytes, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.EROFS, "Read-only file system")
        return open_file(path, flags, mode)

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(OutputError, match="Read-only file system"), Staging(out):
        pass


def test_a_file_where_a_parent_folder_should_be(tmp_path: Path) -> None:
    """An output below a file is refused in one sentence."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="could not be written"), Staging(tmp_path / "file" / "_site"):
        pass
