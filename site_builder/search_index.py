"""A search index as Pagefind 1.5 writes it, put in a fixed order: the same pages give the same bytes.

Two runs of Pagefind over the same pages differ in one thing: the values of a filter, and the filters themselves, stand
in the order of a hash table. They are sorted here. Their files are called by what is in them, so they, the list that
names them (`.pf_meta`) and `pagefind-entry.json` are written anew, uncompressed, which Pagefind's own reader takes as
well. The ready-made interfaces that come along are left out.

The files are CBOR (RFC 8949) of arrays, texts and integers, behind a signature and inside gzip.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from typing import Any

from site_builder.files import sha256

ENTRY = "pagefind-entry.json"
_KEPT = ("pagefind.js", "pagefind-worker.js")
_CHUNKS = (".pf_index", ".pf_fragment")
_SIGNATURE = b"pagefind_dcd"


def settled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that a search needs, by their path in the folder of the index. ValueError: of an unknown form."""
    kept = {path: data for path, data in files.items() if path in _KEPT or path.endswith(_CHUNKS)}
    entry = json.loads(files[ENTRY])
    for name, language in entry["languages"].items():
        lists, hash_ = _lists_in_order(files, name, language["hash"])
        wasm = f"wasm.{language['wasm'] or 'unknown'}.pagefind"
        kept |= lists | {wasm: files[wasm]}
        language["hash"] = hash_
    kept[ENTRY] = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode()
    return kept


def _lists_in_order(files: Mapping[str, bytes], language: str, hash_: str) -> tuple[dict[str, bytes], str]:
    """The filters of a language and the list of all its parts, with the new hash by which that list is found."""
    meta = _read(files[f"pagefind.{hash_}.pf_meta"])
    if len(meta) != 6:
        raise ValueError("this version of Pagefind writes its index in another form")
    found, names = {}, []
    for name, old in sorted(meta[3]):
        key, values = _read(files[f"filter/{old}.pf_filter"])
        data = _written([key, sorted(values)])
        new = f"{language}_{sha256(data)[:7]}"
        found[f"filter/{new}.pf_filter"] = data
        names.append([name, new])
    meta[3] = names
    data = _written(meta)
    hash_ = f"{language}_{sha256(data)[:10]}"
    return found | {f"pagefind.{hash_}.pf_meta": data}, hash_


def _read(file: bytes) -> Any:
    data = gzip.decompress(file)
    if not data.startswith(_SIGNATURE):
        raise ValueError("this is no file of a search index")
    value, end = _decoded(data, len(_SIGNATURE))
    if end != len(data):
        raise ValueError("there is more in this file than one value")
    return value


def _written(value: Sequence[Any]) -> bytes:
    return _SIGNATURE + _encoded(value)


# -- CBOR, as far as these files use it: a major type and an argument, then what the argument counts

_UNSIGNED, _TEXT, _ARRAY = 0, 3, 4


def _decoded(data: bytes, start: int) -> tuple[Any, int]:
    """The value that begins at `start`, and where it ends."""
    major, argument, start = data[start] >> 5, data[start] & 31, start + 1
    if argument > 27:
        raise ValueError("CBOR without a length is not expected here")
    if argument >= 24:
        size = 1 << (argument - 24)
        argument, start = int.from_bytes(data[start : start + size], "big"), start + size
    if major == _UNSIGNED:
        return argument, start
    if major == _TEXT:
        return data[start : start + argument].decode(), start + argument
    if major != _ARRAY:
        raise ValueError(f"CBOR of the type {major} is not expected here")
    items = []
    for _ in range(argument):
        item, start = _decoded(data, start)
        items.append(item)
    return items, start


def _encoded(value: Any) -> bytes:
    if isinstance(value, int):
        return _head(_UNSIGNED, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    return _head(_ARRAY, len(value)) + b"".join(map(_encoded, value))


def _head(major: int, argument: int) -> bytes:
    """In the shortest form, as RFC 8949 (4.2.1) has it."""
    if argument < 24:
        return bytes([major << 5 | argument])
    size = next(size for size in (0, 1, 2, 3) if argument < 1 << (8 << size))
    return bytes([major << 5 | 24 + size]) + argument.to_bytes(1 << size, "big")
