"""Which folders can be an output, and which are never touched."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from site_builder.publish import ForeignOutputError, Staging, remove_output, verify
from tests.publishing.rounds import POSIX, content, publish


@pytest.mark.parametrize(
    "manifest", [None, "{}", "[]", "not JSON", '{"generator": "other", "files": {}}', "[" * 99_999]
)
def test_a_foreign_folder_is_refused(out: Path, manifest: str | None) -> None:
    """A folder with files that we did not make is never replaced, and the message says what to do."""
    out.mkdir()
    (out / "thesis.docx").write_bytes(b"precious")
    if manifest is not None:
        (out / "manifest.json").write_text(manifest)
    before = content(out)
    with pytest.raises(ForeignOutputError, match=r"not made by this generator.*--out DIR"), Staging(out):
        pass
    with pytest.raises(ForeignOutputError):
        remove_output(out)
    assert content(out) == before
    assert [path.name for path in out.parent.iterdir()] == ["_site"]


def test_files_links_and_working_trees_are_refused(out: Path) -> None:
    """A file, a link (even to a folder of ours) and a Git working tree are named for what they are."""
    out.write_bytes(b"")
    with pytest.raises(ForeignOutputError, match="is a file"), Staging(out):
        pass
    out.unlink()
    publish(out, {"index.html": "1"})
    (out / ".git").write_bytes(b"gitdir: elsewhere")
    with pytest.raises(ForeignOutputError, match="Git working tree"), Staging(out):
        pass
    link = out.parent / "link"
    link.symlink_to(out)
    for refused in (lambda: Staging(link).__enter__(), lambda: remove_output(link)):
        with pytest.raises(ForeignOutputError, match="is a link"):
            refused()
    assert link.is_symlink()


@POSIX
def test_a_link_above_the_output_is_followed(out: Path) -> None:
    """Only the folder itself must not be a link: /tmp is one on some systems."""
    real = out.parent / "real"
    real.mkdir()
    (out.parent / "link").symlink_to(real)
    publish(out.parent / "link" / "_site", {"index.html": "1"})
    assert verify(real / "_site") == []


@pytest.mark.parametrize("name", ["content", ".", "content/inside", "templates", "templates/../content"])
def test_the_sources_are_no_output(tmp_path: Path, name: str) -> None:
    """The output may not be, hold or lie in a folder that the site is made from, not even an empty one."""
    sources = [tmp_path / "content", tmp_path / "templates"]
    for source in sources:
        source.mkdir()
    with (
        pytest.raises(ForeignOutputError, match="of which the site is made"),
        Staging(tmp_path / name, sources),
    ):
        pass
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["content", "templates"]


def test_no_output_lies_in_another(out: Path) -> None:
    """The build of the outer site would remove the inner one; a copy of a site, which nobody builds, may hold one."""
    publish(out, {"index.html": "1"})
    with pytest.raises(ForeignOutputError, match="whose next build would remove it"), Staging(out / "a/b"):
        pass
    assert sorted(path.name for path in out.iterdir()) == ["index.html", "manifest.json"]
    shutil.copytree(out, out.parent / "copy")
    publish(out.parent / "copy/_site", {"index.html": "2"})


def test_root_and_home_are_no_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The root of the file system, the home folder and what holds it are refused, even if empty."""
    home = tmp_path / "home" / "ana"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    with pytest.raises(ForeignOutputError, match="root of the file system"), Staging(Path(tmp_path.anchor)):
        pass
    for refused in (home, home.parent):
        with pytest.raises(ForeignOutputError, match="home folder"), Staging(refused):
            pass
