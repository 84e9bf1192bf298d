import os
from pathlib import Path

import pytest

from site_builder import seen
from site_builder.plain import RefusedError
from site_builder.seen import Seen


@pytest.fixture
def path(tmp_path: Path) -> bytes:
    (tmp_path / "a").write_bytes(b"one")
    return os.fsencode(tmp_path / "a")


def reader() -> tuple[Seen[bytes], list[bytes]]:
    """A memory of files, and what it has read."""
    read: list[bytes] = []

    def take(data: bytes) -> bytes:
        read.append(data)
        return data

    return Seen(take), read


def test_a_young_file_is_read_each_time(path: bytes) -> None:
    """Two changes within one tick of a coarse clock leave one identity, so a young file does not count as known."""
    files, read = reader()
    assert [files.of(path, 99) for _ in range(2)] == [b"one", b"one"]
    assert len(read) == 2


def test_an_old_file_is_read_once(path: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose last change lies back is read once; one of other size, or at another time, is another file."""
    files, read = reader()
    monkeypatch.setattr(seen, "_COARSE", -(10**18))
    assert [files.of(path, 99) for _ in range(3)] == [b"one"] * 3
    assert read == [b"one"]
    Path(os.fsdecode(path)).write_bytes(b"other")
    assert files.of(path, 99) == b"other"


def test_another_learns_what_is_read(path: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pupil knows a file that was read beside it, as it makes it, unless the file is too young to be known."""
    pupil, read = reader()
    files = Seen(len, once=True, pupil=pupil)
    assert (files.of(path, 99), pupil.learnt) == (3, {})
    monkeypatch.setattr(seen, "_COARSE", -(10**18))
    assert (files.of(path, 99), files.learnt) == (3, {})
    assert (pupil.of(path, 99), len(read)) == (b"one", 1)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_what_is_no_plain_file_is_never_known(path: bytes) -> None:
    """A link in the place of a file that was read is refused, as at the first look."""
    files, _ = reader()
    files.of(path, 99)
    plain = Path(os.fsdecode(path))
    plain.with_name("a").symlink_to(plain.rename(plain.with_name("b")))
    with pytest.raises((RefusedError, OSError), match=r"link|symbolic"):
        files.of(path, 99)


def test_a_file_counts_as_settled_after_two_seconds() -> None:
    """FAT tells the time of a change in steps of two seconds: what is younger could change and look the same."""
    assert [seen.is_settled(0, age) for age in (-5_000_000_000, 0, 2_000_000_000, 2_000_000_001)] == [
        *[False] * 3,
        True,
    ]
