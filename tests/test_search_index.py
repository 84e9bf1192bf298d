from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from site_builder import search_index
from site_builder.search_index import settled

# Written by hand after RFC 8949. A filter is [name, [[value, [pages]], ...]].
YEARS = b"\x82\x64year\x82\x82\x642014\x81\x00\x82\x642013\x82\x01\x02"
YEARS_SORTED = b"\x82\x64year\x82\x82\x642013\x82\x01\x02\x82\x642014\x81\x00"
TAGS = b"\x82\x63tag\x81\x82\x61t\x81\x18\x18"
PAGES = b"\x82\x82\x61p\x19\x03\xe8\x82\x61q\x01"  # two pages, one of 1000 words


def packed(value: bytes) -> bytes:
    return gzip.compress(b"pagefind_dcd" + value)


def files(*order: str) -> dict[str, bytes]:
    """An index of two filters, listed in this order."""
    names = b"".join(
        b"\x82" + bytes([0x60 + len(name)]) + name.encode() + b"\x64en_" + name[0].encode() for name in order
    )
    meta = b"\x86\x651.5.2" + PAGES + b"\x80" + bytes([0x80 + len(order)]) + names + b"\x80\x80"
    entry = {"version": "1.5.2", "languages": {"en": {"hash": "en_old", "wasm": "en", "page_count": 2}}}
    return {
        "pagefind-entry.json": json.dumps(entry).encode(),
        "pagefind.en_old.pf_meta": packed(meta),
        "filter/en_y.pf_filter": packed(YEARS),
        "filter/en_t.pf_filter": packed(TAGS),
        "fragment/en_f.pf_fragment": b"f",
        "index/en_i.pf_index": b"i",
        "wasm.en.pagefind": b"w",
        "wasm.unknown.pagefind": b"w",
        "pagefind.js": b"j",
        "pagefind-worker.js": b"j",
        "pagefind-ui.js": b"u",
        "pagefind-highlight.js": b"u",
    }  # fmt: skip


def test_order() -> None:
    """Filters and their values stand in the order of their names, whatever the order in which they came."""
    found = settled(files("year", "tag"))
    assert found == settled(files("tag", "year"))
    (meta,) = (data for path, data in found.items() if path.endswith(".pf_meta"))
    assert meta.index(b"tag") < meta.index(b"year")
    filters = sorted(data for path, data in found.items() if path.endswith(".pf_filter"))
    assert filters == [b"pagefind_dcd" + TAGS, b"pagefind_dcd" + YEARS_SORTED]


def test_names_follow_the_bytes() -> None:
    """The entry names the list, the list names the filters; what is written anew has a name of its own bytes."""
    found = settled(files("year", "tag"))
    hash_ = json.loads(found["pagefind-entry.json"])["languages"]["en"]["hash"]
    meta = found[f"pagefind.{hash_}.pf_meta"]
    names = [path[7:-10].encode() for path in found if path.startswith("filter/")]
    assert len(names) == 2
    assert all(name in meta for name in names)
    assert hash_ != "en_old"


def test_only_what_a_search_needs() -> None:
    """The ready-made interfaces and the stemmer of another language stay out; all that is searched stays."""
    assert {path for path in settled(files("year", "tag")) if "_" not in path} == {
        "pagefind-entry.json", "pagefind.js", "pagefind-worker.js", "wasm.en.pagefind",
    }  # fmt: skip
    assert settled(files("year", "tag"))["index/en_i.pf_index"] == b"i"


@pytest.mark.parametrize(
    ("value", "encoded"),
    [  # RFC 8949, appendix A
        (0, "00"), (23, "17"), (24, "1818"), (100, "1864"), (1000, "1903e8"), (1000000, "1a000f4240"),
        (1000000000000, "1b000000e8d4a51000"), ("", "60"), ("IETF", "6449455446"), ("水", "63e6b0b4"),
        ([], "80"), ([1, [2, 3], [4, 5]], "8301820203820405"),
        (list(range(1, 26)), "98190102030405060708090a0b0c0d0e0f101112131415161718181819"),
    ],
)  # fmt: skip
def test_cbor(value: Any, encoded: str) -> None:
    """Values are written and read as the examples of the standard have them."""
    data = bytes.fromhex(encoded)
    assert search_index._encoded(value) == data
    assert search_index._decoded(data, 0) == (value, len(data))


@pytest.mark.parametrize("odd", [b"\x20", b"\x41\x00", b"\x9f\xff", b"\xa0", b"\xf5", b"\x00\x00"])
def test_unknown_forms(odd: bytes) -> None:
    """A negative number, bytes, an endless list, a map, a truth value, more than one value: none is guessed at."""
    with pytest.raises(ValueError, match=r"expected|more"):
        settled({**files("year"), "filter/en_y.pf_filter": packed(odd)})


def test_another_version() -> None:
    """A list of other parts, as another version might write it, is refused."""
    with pytest.raises(ValueError, match="another form"):
        settled({**files("year"), "pagefind.en_old.pf_meta": packed(b"\x81\x651.6.0")})
    with pytest.raises(ValueError, match="no file of a search index"):
        settled({**files("year"), "filter/en_y.pf_filter": gzip.compress(b"something")})
