"""Rounds of publishing, as the system at hand can do it and with what Windows lacks taken away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.files import Stage, sha256
from site_builder.publish import MemoryStaging, Staging, UnsafePathError, remove_output, verify
from tests.publishing.rounds import ABC, content, publish


def test_what_was_written_is_live_after_publishing(out: Path) -> None:
    """The live folder has the files of the round and a manifest with their hashes, itself left out."""
    with Staging(out) as staging:
        staging.write("index.html", b"abc")
        staging.write("a/b.txt", b"abc")
        assert not out.exists()
        assert staging.publish() is True
    assert content(out) == {
        "index.html": b"abc",
        "a/b.txt": b"abc",
        "manifest.json": (
            '{\n "files": {\n'
            f'  "a/b.txt": {{"bytes": 3, "sha256": "{ABC}"}},\n'
            f'  "index.html": {{"bytes": 3, "sha256": "{ABC}"}}\n'
            ' },\n "generator": "site_builder"\n}\n'
        ).encode(),
    }
    assert verify(out) == []


def test_files_that_are_no_longer_named_go_with_their_folders(out: Path) -> None:
    """Two rounds later nothing is left of a page that no round has named, neither live nor idle."""
    publish(out, {"index.html": "1", "old/deep/page.html": "1"})
    publish(out, {"index.html": "2"})
    publish(out, {"index.html": "3"})
    assert set(content(out)) == {"index.html", "manifest.json"}
    assert not (out / "old").exists()
    assert not (out.parent / "._site.next" / "old").exists()


def test_leaving_without_publishing_changes_nothing(out: Path) -> None:
    """A build that ends before publishing leaves the live folder byte for byte as it was."""
    publish(out, {"index.html": "good"})
    before = content(out)
    with Staging(out) as staging:
        staging.write("index.html", b"bad")
    assert content(out) == before


def test_publishing_the_same_again_leaves_the_live_folder_alone(out: Path) -> None:
    """Nothing is exchanged when the content is the same, so that a server in the folder keeps its place."""
    publish(out, {"index.html": "same"})
    before = out.stat().st_ino
    assert publish(out, {"index.html": "same"}) is False
    assert out.stat().st_ino == before


@pytest.mark.parametrize("spoil", ["change", "remove", "add"])
def test_a_spoilt_live_folder_is_mended(out: Path, spoil: str) -> None:
    """A build makes the folder whole again after somebody changed, removed or added a file in it."""
    publish(out, {"index.html": "12345", "a.html": "x"})
    if spoil == "change":
        (out / "index.html").write_bytes(b"54321")
    elif spoil == "remove":
        (out / "index.html").unlink()
    else:
        (out / "stray.html").write_bytes(b"stray")
    assert verify(out) != []
    assert publish(out, {"index.html": "12345", "a.html": "x"}) is True
    assert verify(out) == []


def test_known_bytes_need_not_be_written_again(out: Path) -> None:
    """`has` finds a file in either generation, and the file is then part of the round."""
    publish(out, {"index.html": "1", "a.html": "abc"})
    publish(out, {"index.html": "2", "a.html": "abc", "b.html": "new"})
    with Staging(out) as staging:
        assert staging.has("a.html", ABC)
        assert staging.has("b.html", sha256(b"new"))  # only in the live generation: copied over
        assert not staging.has("index.html", ABC)
        assert not staging.has("missing.html", ABC)
        staging.write("index.html", b"3")
        staging.publish()
    assert content(out).keys() == {"index.html", "a.html", "b.html", "manifest.json"}
    assert (out / "b.html").read_bytes() == b"new"
    assert verify(out) == []


def test_has_believes_bytes_only(out: Path) -> None:
    """A file whose content was changed under its old size and times is not taken for the old one."""
    publish(out, {"a.html": "abc"})
    publish(out, {"a.html": "xyz"})
    idle = out.parent / "._site.next" / "a.html"
    times = idle.stat()
    idle.write_bytes(b"abd")
    os.utime(idle, ns=(times.st_atime_ns, times.st_mtime_ns))
    with Staging(out) as staging:
        assert not staging.has("a.html", ABC)


def test_an_empty_folder_can_be_the_output(out: Path) -> None:
    """A folder made beforehand is used, parents are made, and only our own names are left beside it."""
    nested = out / "deep" / "public"
    nested.mkdir(parents=True)
    publish(nested, {"index.html": "1"})
    assert verify(nested) == []
    publish(out.parent / "new" / "site", {"index.html": "1"})
    assert {path.name for path in (out.parent / "new").iterdir()} <= {"site", ".site.lock", ".site.next"}


def test_one_path_has_one_content(out: Path) -> None:
    """The same bytes may be named twice, other bytes may not; outside of a round nothing may be named."""
    with Staging(out) as staging:
        for stage in (MemoryStaging(), staging):
            stage.write("a", b"abc")
            stage.write("a", b"abc")
            assert stage.has("a", ABC)
            with pytest.raises(UnsafePathError, match="twice"):
                stage.write("a", b"other")
    for late in (lambda: staging.write("b", b""), lambda: staging.has("a", ABC), staging.publish):
        with pytest.raises(UnsafePathError, match="outside of a round"):
            late()


def test_a_stage_in_memory_behaves_like_one_on_disk() -> None:
    """Known bytes are found, others are not, written ones are kept."""
    stage = MemoryStaging({"a": b"abc"})
    assert stage.has("a", ABC)
    assert not stage.has("b", ABC)
    stage.write("b", b"abc")
    assert stage.has("b", ABC)
    assert stage.files == {"a": b"abc", "b": b"abc"}


def test_names_in_any_script_are_published(out: Path) -> None:
    """Media keep their names, whatever their script."""
    publish(out, {"media/الموصل.jpg": "1", "media/café.jpg": "2", ".nojekyll": ""})
    assert (out / "media" / "الموصل.jpg").read_text() == "1"
    assert verify(out) == []


def test_removing_leaves_nothing_of_ours(out: Path) -> None:
    """The live and the idle generation, what a crash left and the lock go; whatever else is there stays."""
    (out.parent / "content").mkdir()
    for text in ("1", "2"):
        publish(out, {"index.html": text})
    (out.parent / "._site.next").rename(out.parent / "._site.old")
    remove_output(out)
    assert [path.name for path in out.parent.iterdir()] == ["content"]
    remove_output(out)
    assert [path.name for path in out.parent.iterdir()] == ["content"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("a.html", "A.html"), ("café", "cafe\u0301"), ("a", "a/b"), ("a/b", "a"), ("A", "a/b/c"), ("a/b", "A")],
)
def test_paths_that_fall_together_are_refused(out: Path, first: str, second: str) -> None:
    """Two files that are one on some system, or a file in place of a folder, are a fault here already."""
    with Staging(out) as staging:
        for stage in (MemoryStaging(), staging):
            stage.write(first, b"1")
            with pytest.raises(UnsafePathError, match="fall together"):
                stage.write(second, b"1")


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", ".", "a\\b", "C:x", "con", "a/nul.html", "x.html~",
     "a\nb", "a\x00b", "a.", "bad\udcff", "manifest.json", "MANIFEST.JSON"],
)  # fmt: skip
def test_unsafe_paths_are_refused_at_the_last_door(out: Path, path: str) -> None:
    """Nothing is written outside the folder or under a name that not all systems take."""
    stages: list[Stage] = [MemoryStaging()]
    with Staging(out) as staging:
        for stage in [*stages, staging]:
            with pytest.raises(UnsafePathError):
                stage.write(path, b"x")
            with pytest.raises(UnsafePathError):
                stage.has(path, ABC)
    assert [found.name for found in out.parent.iterdir()] == ["._site.lock"]
