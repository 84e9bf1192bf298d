"""Values that outlive their process: packed, read back, and nothing else let in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from site_builder.dates import Edtf, parse
from site_builder.disk import snapshot
from site_builder.kinds import PACKER
from site_builder.memo import Memo
from site_builder.packing import Packer, PackingError
from site_builder.reading import Record, read_file
from site_builder.typography import Typography
from tests.driver import PROJECT


@dataclass(frozen=True)
class Stone:
    colour: str
    veins: tuple[str, ...] = ()


STONES = Packer([Stone], shared=[Stone])


@pytest.mark.parametrize(
    "value",
    [
        (None, True, 0, -1.5, 1e300, "", "ü\u2028\ud800", b"\x00\xff"),
        {"a": [1, (2,)], 3: {}},
        frozenset({"a", "b"}),
        (Stone, Stone("red", ("x",))),
    ],
)
def test_a_value_comes_back_as_it_was(value: Any) -> None:
    """Every kind of value that steps give is the same after it was packed, in type too."""
    back = STONES.unpack(STONES.pack(value))
    assert back == value
    assert repr(back) == repr(value)


def test_what_stands_in_many_places_is_packed_once() -> None:
    """A shared value comes back as one object wherever it stood."""
    stone = Stone("red" * 1000)
    data = STONES.pack((stone, [stone], Stone("blue"), stone))
    assert len(data) < 4000
    first, (second,), blue, third = STONES.unpack(data)
    assert first is second is third
    assert (first, blue) == (stone, Stone("blue"))


@pytest.mark.parametrize("value", [object(), parse("2014"), Exception("x"), (print,)])
def test_other_values_are_refused(value: Any) -> None:
    """What is of no named class is never packed, so that no result is kept by half."""
    with pytest.raises(PackingError):
        STONES.pack(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"[99]",
        b"[7]",
        b'["os.system","true"]',
        b"[7,1,2,3]",
        b"[6,0]",
        b"[-1]",
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_other_data_is_refused(data: bytes) -> None:
    """What was never packed gives an error of one kind, whatever it holds; no name in it is looked up."""
    with pytest.raises(PackingError):
        STONES.unpack(data)


def test_dates_come_back_as_typed() -> None:
    """A date is packed as its text, from which all else follows."""
    packer = Packer([], spelled={Edtf: parse})
    date = parse("[2014-06-04..2014-06-10]")
    assert packer.unpack(packer.pack(date)) == date
    assert len(packer.pack(date)) < 40


def test_every_file_of_the_site_comes_back() -> None:
    """What is read from each file of the real site is the same after it was packed: records, places, findings."""
    inputs = snapshot(PROJECT / "content", PROJECT / "templates")
    reads = {
        path: read_file(path, data, Typography(), Memo())
        for path, data in inputs.files.items()
        if path.startswith(("content/entries/", "content/sources/", "content/phases/", "content/actors"))
    }
    assert len(reads) > 200
    for path, read in reads.items():
        back = PACKER.unpack(PACKER.pack(read))
        assert back == read
        for record in back.records:
            record.document.rely_on(inputs.files[path])
        assert [places(record) for record in back.records] == [places(record) for record in read.records]


def places(record: Record[Any]) -> Any:
    return record.document.fields, record.document.keys, record.document.values


def test_documents_on_the_shelf_know_their_places() -> None:
    """Where a field stands is the same after a build as in it, for fields of YAML, JSON and BibTeX."""
    given = {
        "content/entries/2014/e.md": ("---\ntitle: A\nactors: [x]\ndate: 2014\n---\nText.\n", ("actor", 0), (3, 10)),
        "content/actors.yaml": ("- {id: a, name: A}\n- id: b\n  name: B\n", (1, "name"), (3, 9)),
        "content/sources/a.json": ('[{"id": "a", "title": "A",\n "URL": "https://example.org/"}]', (0, "url"), (2, 9)),
        "content/sources/a.bib": ("@misc{a,\n  title = {A},\n}\n", (0, "title"), (2, 3)),
    }
    for path, (text, at, place) in given.items():
        read = read_file(path, text.encode(), Typography(), Memo())
        document = PACKER.unpack(PACKER.pack(read)).records[0].document
        document.rely_on(text.encode())
        found = document.at(at)
        assert (found.path, found.line, found.column) == (path, *place)
