"""Snapshots and fingerprints of the author's folders: order, limits, missing folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder import disk
from site_builder.disk import fingerprint, snapshot
from tests.reading.looks import MIB, found, read


def test_files_are_read_once_and_in_order(content: Path) -> None:
    """Every plain file of both folders is there as it is, sorted by its logical path."""
    for path in ("z.md", "entries/2015/b.md", "entries/2014/c.md", "media/x.bin"):
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(b"\xff\r\n" + path.encode())
    inputs = read(content)
    assert list(inputs.files) == [
        "content/a.md",
        "content/entries/2014/c.md",
        "content/entries/2015/b.md",
        "content/media/x.bin",
        "content/z.md",
        "templates/page.html",
    ]
    assert inputs.files["content/media/x.bin"] == b"\xff\r\nmedia/x.bin"
    assert inputs.problems == ()


@pytest.mark.parametrize("name", ["content", "templates"])
def test_a_missing_folder_says_what_to_do(content: Path, name: str) -> None:
    """Without content, or without templates, there is one finding that tells how to name the folder."""
    folders = {"content": content, "templates": content.parent / "templates"}
    for missing in (content.parent / "none", content / "a.md", content / "a.md" / "below"):
        given = {**folders, name: missing}
        inputs = snapshot(given["content"], given["templates"])
        assert found(inputs) == [(name, f"{name}-missing")]
        assert f"--{name} DIR" in inputs.problems[0].hint


@pytest.mark.parametrize(
    ("folder", "limit"),
    [
        ("content/entries", MIB),
        ("templates/partials", MIB),
        ("content/media", 20 * MIB),
        ("templates/static", 20 * MIB),
    ],
)
def test_files_have_a_size_limit(content: Path, folder: str, limit: int) -> None:
    """Text of up to 1 MiB and media of up to 20 MiB are read whole; a byte more is a finding."""
    place = content.parent / folder
    place.mkdir(parents=True)
    for name, size in (("fits", limit), ("huge", limit + 1)):
        with (place / name).open("wb") as file:
            file.truncate(size)
    inputs = read(content)
    assert found(inputs) == [(f"{folder}/huge", "file-too-large")]
    assert f"larger than the {limit // MIB} MiB" in inputs.problems[0].message
    assert len(inputs.files[f"{folder}/fits"]) == limit


def test_the_number_and_the_sum_of_files_have_a_limit(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More files, or more bytes, than a build can hold are one finding."""
    for number in range(5):
        (content / f"{number}.md").write_text("12345")
    with monkeypatch.context() as patch:
        patch.setattr(disk, "MAX_FILES", 4)
        inputs = snapshot(content, content.parent / "templates")
        assert (len(inputs.files), found(inputs)) == (4, [("content", "content-too-large")])
    monkeypatch.setattr(disk, "MAX_TOTAL", 12)
    inputs = snapshot(content, content.parent / "templates")
    assert (len(inputs.files), found(inputs)) == (2, [("content", "content-too-large")])


def test_folders_have_a_depth_limit(content: Path) -> None:
    """Sixteen folders deep is read, seventeen is a finding, and so is any deeper chain."""
    deep = content.joinpath(*["d"] * 15)
    (deep / "d" / "e").mkdir(parents=True)
    (deep / "fits.md").write_text("fits")
    (deep / "d" / "lost.md").write_text("lost")
    inputs = read(content)
    assert found(inputs) == [("content" + "/d" * 16, "folder-depth")]
    assert inputs.files["content" + "/d" * 15 + "/fits.md"] == b"fits"


def test_a_fingerprint_sees_what_an_author_does(content: Path) -> None:
    """Adding, changing, renaming and deleting a file each change the fingerprint; looking does not."""
    templates = content.parent / "templates"
    steps: list[Callable[[], object]] = [
        lambda: (content / "b.md").write_text("B"),
        lambda: (content / "b.md").write_text("CC"),
        lambda: (content / "b.md").rename(content / "c.md"),
        (content / "c.md").unlink,
        lambda: (templates / "new.html").write_text("N"),
        lambda: (content / ".env").write_text("hidden"),
    ]
    for step in steps:
        before = fingerprint(content, templates)
        assert fingerprint(content, templates) == before
        step()
        assert fingerprint(content, templates) != before


def test_a_fingerprint_of_nothing_is_no_error(tmp_path: Path) -> None:
    """While a folder is missing the watcher goes on, and sees it come."""
    before = fingerprint(tmp_path / "content", tmp_path / "templates")
    (tmp_path / "content").mkdir()
    assert fingerprint(tmp_path / "content", tmp_path / "templates") != before
