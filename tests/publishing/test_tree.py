"""What may lie in the idle generation when a round begins, and how files get there."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from site_builder.publish import Staging, verify
from tests.publishing.rounds import POSIX, content, publish


def test_a_file_becomes_a_folder_and_a_folder_a_file(out: Path) -> None:
    """What the last generation but one left in the way of a new path is cleared."""
    for pages in ({"a": "file", "b/c/d": "file"}, {"a/x": "1", "b": "1"}) * 2:
        publish(out, pages)
        assert {path: text for path, text in content(out).items() if path != "manifest.json"} == {
            path: text.encode() for path, text in pages.items()
        }
        assert verify(out) == []


def test_another_spelling_replaces_the_old_file(out: Path) -> None:
    """On systems that ignore case the new file must not go with the old name: the old one goes first."""
    for name in ("Read.txt", "read.txt", "READ.txt"):
        with Staging(out) as staging:
            staging.write(name, name.encode())
            assert [path.name for path in (out.parent / "._site.next").glob("*.txt")] == [name]
            staging.publish()
        assert [path.name for path in out.glob("*.txt")] == [name]


def test_a_half_written_idle_generation_does_no_harm(out: Path) -> None:
    """Rubbish and torn files in the idle folder, as a crash leaves them, are not published."""
    publish(out, {"index.html": "1", "a.html": "1"})
    publish(out, {"index.html": "2", "a.html": "2"})
    idle = out.parent / "._site.next"
    (idle / "a.html").write_bytes(b"")
    (idle / "part~").write_bytes(b"torn")
    (idle / "rubbish" / "deep").mkdir(parents=True)
    (idle / "rubbish" / "deep" / "x.html").write_bytes(b"rubbish")
    publish(out, {"index.html": "3", "a.html": "3"})
    assert verify(out) == []
    assert (out / "a.html").read_bytes() == b"3"


def test_a_folder_in_place_of_the_part_that_is_written_is_cleared_away(out: Path) -> None:
    """It would be in the way of every file that replaces another, in each build anew."""
    publish(out, {"index.html": "1"})
    publish(out, {"index.html": "2"})
    (out.parent / "._site.next/part~").mkdir()
    publish(out, {"index.html": "3"})
    assert (out / "index.html").read_bytes() == b"3"


@POSIX
def test_modes_do_not_depend_on_the_umask(out: Path) -> None:
    """Files are 644 and folders 755, whatever the umask, and whatever modes the idle folder has."""
    before = os.umask(0o077)
    try:
        for text in ("1", "2", "3"):
            publish(out, {"index.html": text, "a/b.html": "same"})
            for path in (out.parent / "._site.next").glob("**/*"):
                path.chmod(0o700)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in [out, *out.rglob("*")] if path.is_dir()} == {0o755}
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.rglob("*") if path.is_file()} == {0o644}


@POSIX
def test_hard_linked_files_are_replaced_not_written(out: Path) -> None:
    """A copy of the site made of hard links keeps its content, mode and all, through later builds."""
    publish(out, {"index.html": "1"})
    publish(out, {"index.html": "2"})
    copy = out.parent / "copy.html"
    for text, source in (("3", out.parent / "._site.next"), ("4", out)):
        os.link(source / "index.html", copy)
        kept = copy.read_bytes()
        publish(out, {"index.html": text})
        publish(out, {"index.html": text + text})
        assert copy.read_bytes() == kept
        copy.unlink()


@POSIX
def test_the_site_shares_no_file_with_the_outside(out: Path) -> None:
    """A page that somebody linked to gets a file of its own, even if its bytes stay: writing there cannot reach it."""
    for text in ("1", "2"):
        publish(out, {"index.html": text, "same.html": "same"})
    copy = out.parent / "copy.html"
    os.link(out.parent / "._site.next" / "same.html", copy)
    publish(out, {"index.html": "3", "same.html": "same"})
    copy.write_text("changed")
    assert (out / "same.html").read_text() == "same"


@POSIX
def test_who_reads_an_old_page_reads_it_to_the_end(out: Path) -> None:
    """A file opened before it went out of date keeps its bytes: it is replaced, never written in place."""
    publish(out, {"index.html": "first" * 9})
    with (out / "index.html").open() as page:
        for text in ("second", "third", "fourth"):
            publish(out, {"index.html": text})
        assert page.read() == "first" * 9


@POSIX
@pytest.mark.parametrize("kind", ["folder", "file", "pipe", "socket"])
def test_odd_things_in_the_idle_folder_lead_nowhere(out: Path, kind: str) -> None:
    """A link, pipe or socket in place of a page or folder is removed; what a link leads to is not."""
    for text in ("1", "2"):
        publish(out, {"index.html": text, "entries/a.html": text})
    target = out.parent / "precious"
    target.mkdir()
    (target / "a.html").write_bytes(b"precious")
    idle = out.parent / "._site.next"
    page = idle / "entries" / "a.html"
    page.unlink()
    if kind == "folder":
        page.parent.rmdir()
        page.parent.symlink_to(target)
    elif kind == "file":
        page.symlink_to(target / "a.html")
    elif kind == "pipe":
        os.mkfifo(page)
    else:
        with socket.socket(socket.AF_UNIX) as listener:
            here = Path.cwd()
            os.chdir(page.parent)  # a socket's path has a limit of about 100 bytes
            listener.bind("a.html")
            os.chdir(here)
    publish(out, {"index.html": "3", "entries/a.html": "3"})
    assert (out / "entries" / "a.html").read_bytes() == b"3"
    assert content(target) == {"a.html": b"precious"}
    assert verify(out) == []


@POSIX
def test_the_idle_folder_itself_may_not_be_a_link(out: Path) -> None:
    """A link in place of the idle folder is removed, not followed."""
    target = out.parent / "precious"
    target.mkdir()
    (target / "x").write_bytes(b"precious")
    (out.parent / "._site.next").symlink_to(target)
    publish(out, {"index.html": "1"})
    assert content(target) == {"x": b"precious"}
    assert verify(out) == []
