"""What an output folder says about itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.manifest import has_manifest, read_manifest
from site_builder.publish import verify
from tests.publishing.rounds import ABC, publish


def test_verify_names_every_difference(out: Path) -> None:
    """Missing, changed and added files have a sentence each; a missing manifest has the only one."""
    publish(out, {"a.html": "abc", "b.html": "abc", "c.html": "abc"})
    (out / "a.html").unlink()
    (out / "b.html").write_bytes(b"abd")
    (out / "d.html").write_bytes(b"new")
    assert verify(out) == [
        "`a.html` is missing",
        "`b.html` is not what was published",
        "`d.html` does not belong to the site",
    ]
    (out / "manifest.json").write_bytes(b"{}")
    assert verify(out) == ["`manifest.json` is missing or not of our making"]
    assert verify(out / "nowhere") == ["`manifest.json` is missing or not of our making"]


def test_what_was_published_can_be_read_again(out: Path) -> None:
    """The manifest gives the digest and the size of each file, by its path in any script."""
    publish(out, {"index.html": "abc", "media/الموصل.txt": "abc", "bytes": "abc", "sha256": "abc"})
    listed = read_manifest(out)
    assert listed is not None
    assert dict(listed) == dict.fromkeys(("bytes", "index.html", "media/الموصل.txt", "sha256"), (ABC, 3))
    assert len(listed) == 4
    assert "index.html" in listed
    assert "other.html" not in listed


@pytest.mark.parametrize("said", ["3", "[]", "null", "{}", '{"bytes": 3}', '{"bytes": -1, "sha256": "ab"}',
                                  '{"bytes": 3, "sha256": "no digest"}', '{"bytes": "3", "sha256": []}'])  # fmt: skip
def test_a_file_of_which_the_list_says_nothing_is_not_as_published(out: Path, said: str) -> None:
    """A list that is ours but for what it says of one file leaves that one unproved, and the folder ours to mend."""
    publish(out, {"index.html": "abc"})
    (out / "manifest.json").write_text(f'{{"generator": "site_builder", "files": {{"index.html": {said}}}}}')
    assert has_manifest(out)
    assert verify(out) == ["`index.html` is not what was published"]
    assert publish(out, {"index.html": "abc"})
    assert verify(out) == []


@pytest.mark.parametrize("text", ["", "[]", "3", '{"files": {}}', '{"files": [], "generator": "site_builder"}',
                                  '{"bytes": 1, "sha256": ""}', '{"files": {}, "generator": "other"}'])  # fmt: skip
def test_another_list_makes_no_folder_ours(out: Path, text: str) -> None:
    """Without the generator's name and a list of files it is some other program's file."""
    out.mkdir()
    (out / "manifest.json").write_text(text)
    assert not has_manifest(out)
    assert read_manifest(out) is None


def test_a_folder_that_cannot_be_listed_is_not_whole(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be looked at is missing, not taken for granted."""
    publish(out, {"index.html": "abc", "a/b.html": "abc"})
    look = os.scandir

    def refusing(path: bytes) -> object:
        if path.endswith(b"a"):
            raise PermissionError(13, "Permission denied")
        return look(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert verify(out) == ["`a/b.html` is missing"]
