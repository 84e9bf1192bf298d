"""One build at a time for one output."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder import locking
from site_builder.publish import OutputBusyError, OutputError, Staging, remove_output
from tests.publishing.rounds import POSIX, publish


def test_two_builds_of_one_output_exclude_each_other(out: Path) -> None:
    """In one process too a second build is refused at once, however the folder is spelled."""
    with Staging(out) as staging:
        with pytest.raises(OutputBusyError), Staging(out.parent / "x" / ".." / "_site"):
            pass
        with pytest.raises(OutputBusyError):
            remove_output(out)
        staging.write("index.html", b"1")
        staging.publish()
    publish(out, {"index.html": "2"})


def test_builds_of_two_outputs_do_not_meet(out: Path) -> None:
    """The preview's output and the site's have a lock each."""
    with Staging(out), Staging(out.parent / "preview"):
        pass


def test_a_lock_file_left_behind_means_nothing(out: Path) -> None:
    """Only a living process holds a lock; its file may lie there from before."""
    (out.parent / "._site.lock").write_bytes(b"4711")
    publish(out, {"index.html": "1"})


@POSIX
def test_a_lock_file_that_is_no_file_is_refused(out: Path) -> None:
    """A link or a pipe in the lock's place is neither followed nor waited for."""
    lock = out.parent / "._site.lock"
    lock.symlink_to(out.parent / "elsewhere")
    with pytest.raises(OutputError, match="not a plain file"), Staging(out):
        pass
    lock.unlink()
    os.mkfifo(lock)
    with pytest.raises(OutputError, match="not a plain file"), Staging(out):
        pass
    assert not (out.parent / "elsewhere").exists()


@POSIX
def test_a_lock_file_removed_at_the_wrong_moment_is_no_lock(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If `clean` removes the file between its opening and its locking, the lock is taken again, on a real file."""
    take, file, turns = locking._take, out.parent / "._site.lock", iter((True, False, False))

    def removed_first(handle: int) -> bool:
        if next(turns):
            file.unlink()
        return take(handle)

    monkeypatch.setattr(locking, "_take", removed_first)
    with Staging(out):
        assert file.exists()
