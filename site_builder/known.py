"""Digests of files by identity, packed: 72 bytes a file, where a dictionary takes 450.

A large site has a million files in its two generations, and a build that changes one entry needs to know them all.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Mapping

from site_builder.seen import Identity

_ROW = struct.Struct("=QQQqq32s")  # an identity and a digest; the second is what rows are sorted by
_WORDS = _ROW.size // 8


class Known:
    """What was learnt of files, and which of it was asked for. `rows`: as `packed` has made them."""

    def __init__(self, rows: bytes | memoryview = b"") -> None:
        """Raises ValueError for what cannot be rows."""
        if len(rows) % _ROW.size:
            raise ValueError("a row is cut")
        self._rows = memoryview(rows)
        self._numbers = self._rows.cast("Q")[1::_WORDS]
        self._asked = bytearray(len(self._numbers))

    def get(self, who: Identity) -> str | None:
        """SHA-256 of the file that had this identity; None if that is not known."""
        number = who[1]
        place = bisect_left(self._numbers, number)
        while place < len(self._numbers) and self._numbers[place] == number:
            *known, digest = _ROW.unpack_from(self._rows, place * _ROW.size)
            if tuple(known) == who:
                self._asked[place] = True
                return str(digest.hex())
            place += 1
        return None

    def packed(self, learnt: Mapping[Identity, str]) -> bytes:
        """The rows that the next process is to know.

        What nobody has asked for may be of the other generation; if it is more than what was met, it is long gone.
        """
        asked = self._asked.count(True)
        all_of_it = len(self._asked) - asked <= asked + len(learnt)
        rows = [bytes(self._row(place)) for place, met in enumerate(self._asked) if met or all_of_it]
        for who, digest in learnt.items():
            try:
                rows.append(_ROW.pack(*who, bytes.fromhex(digest)))
            except struct.error:  # a number or a time beyond 64 bits: such a file is read each time
                continue
        rows.sort(key=lambda row: _ROW.unpack(row)[1])
        return b"".join(rows)

    def _row(self, place: int) -> memoryview:
        return self._rows[place * _ROW.size : (place + 1) * _ROW.size]
