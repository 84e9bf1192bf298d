import os
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.listing import listing
from site_builder.plain import RefusedError


def tree(folder: Path) -> Path:
    """A folder with files at two depths, one of them in a folder of a tool."""
    for name in ("a.md", "b.md", "2020/a.md", ".git/index"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
        os.utime(folder / name, ns=(1, 1_000))
    return folder


def swap(folder: Path) -> None:
    (folder / "a.md").rename(folder / "c")
    (folder / "b.md").rename(folder / "a.md")
    (folder / "c").rename(folder / "b.md")


def rewrite(folder: Path) -> None:
    times = (folder / "a.md").stat()
    (folder / "a.md").write_text("A.MD")
    os.utime(folder / "a.md", ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "2020/b.md").write_text(""),
        lambda folder: (folder / "2020/a.md").unlink(),
        lambda folder: (folder / "2020/a.md").rename(folder / "2020/b.md"),
        lambda folder: (folder / "2020").rename(folder / "2021"),
        lambda folder: (folder / "2021").mkdir(),
        lambda folder: (folder / "2020/a.md").chmod(0o600),
        lambda folder: os.utime(folder / "b.md", ns=(1, 1_001)),
        swap,
        rewrite,
    ],
)
def test_a_listing_tells_every_change(tmp_path: Path, change: Callable[[Path], object]) -> None:
    """A file that comes, goes, moves or changes makes another listing, under its old size and time as well."""
    if change is rewrite and os.name == "nt":
        pytest.skip("Windows has no time of the last change to a file's status")
    folder = os.fsencode(tree(tmp_path))
    before = listing([folder])
    assert listing([folder]) == before
    change(tmp_path)
    assert listing([folder])[0] != before[0]


def test_a_listing_tells_the_newest_time(tmp_path: Path) -> None:
    """The newest of all times is that of the last change of any file, in whatever folder."""
    folder = os.fsencode(tree(tmp_path))
    os.utime(tmp_path / "2020/a.md", ns=(1, 1 << 62))
    assert listing([folder])[1] == 1 << 62


def test_a_listing_passes_over_folders_of_tools(tmp_path: Path) -> None:
    """What Git writes into its folder changes nothing, where the folder is named to be passed over."""
    folder = os.fsencode(tree(tmp_path))
    before, all_of_it = listing([folder], [b".git"]), listing([folder])
    (tmp_path / ".git/other").write_text("")
    assert listing([folder], [b".git"]) == before
    assert listing([folder]) != all_of_it


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_listing_follows_no_link(tmp_path: Path) -> None:
    """A link to a folder is no folder: as the first it is refused, inside it counts as a file."""
    (tmp_path / "link").symlink_to(tree(tmp_path / "real"))
    with pytest.raises(RefusedError, match="link"):
        listing([os.fsencode(tmp_path / "link")])
    before = listing([os.fsencode(tmp_path)])
    (tmp_path / "link").unlink()
    (tmp_path / "link").symlink_to(tmp_path / "real/2020")
    assert listing([os.fsencode(tmp_path)]) != before
    with pytest.raises(OSError, match="real"):
        listing([os.fsencode(tmp_path / "real/a.md")])
