"""What was computed in earlier runs, in one file that no fault can make worse than empty.

SQLite keeps it whole when the process is killed; a sum over each value tells damage. A shelf that cannot be read is
begun anew, one that cannot be written is done without: it only ever saves time.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

from site_builder.packing import Packer, PackingError
from site_builder.plain import MIB

FILE = Path(".cache/memo.sqlite3")
MAX_BYTES = 512 * MIB  # past that, only what the last good build asked for stays
_TABLE = "CREATE TABLE IF NOT EXISTS memo (key BLOB PRIMARY KEY, value BLOB NOT NULL)"
_MOST_WAITING = 16 * MIB
_SUM = 16  # bytes
# SQLite quotes the damaged bytes in its messages, which Python then cannot read.
_DAMAGE = (sqlite3.Error, UnicodeDecodeError)


class Shelf:
    """Values by step and key. `maker`: a digest of the code that makes them; `say`: who is told of damage."""

    def __init__(self, file: Path, maker: str, packer: Packer, say: Callable[[str], None]) -> None:
        self._file, self._maker, self._packer, self._say = file, maker.encode()[:64], packer, say
        self._fresh: dict[bytes, bytes] = {}
        self._waiting = 0  # bytes that were put since they were last written
        self._used: set[bytes] = set()
        self._said = False
        self._there: set[bytes] | None = None  # all keys, read when first asked: most questions need no more
        self._base: sqlite3.Connection | None = None
        self._base = self._opened()

    def get(self, step: str, key: Any) -> Any:
        """The value that was put there; None where there is none, or none that is whole."""
        where = self._where(step, key)
        self._used.add(where)
        if self._base is None or not self._holds(where):
            return None
        try:
            row = self._base.execute("SELECT value FROM memo WHERE key = ?", (where,)).fetchone()
            if row is None:
                return None
            if not isinstance(row[0], bytes) or _sum(where, row[0][_SUM:]) != row[0][:_SUM]:
                raise PackingError("the sum is another")
            return self._packer.unpack(row[0][_SUM:])
        except sqlite3.OperationalError:  # another build writes just now
            return None
        except (*_DAMAGE, PackingError):
            self._damaged()
            return None

    def has(self, step: str, key: Any) -> bool:
        """Whether there is a value, whole or not."""
        return self._holds(self._where(step, key))

    def _holds(self, where: bytes) -> bool:
        """Whether there was a value when this was first asked, or was put there since."""
        if self._there is None:
            self._there = self._keys()
        return self._there is not None and where in self._there

    def _keys(self) -> set[bytes] | None:
        """None where they cannot be read now."""
        if self._base is None:
            return None
        try:
            return set(_in_order(self._base.execute("SELECT key FROM memo ORDER BY key")))
        except sqlite3.OperationalError:  # another build writes just now
            return None
        except _DAMAGE:
            self._damaged()
            return None

    def put(self, step: str, key: Any, value: Any, packed: bytes | None = None) -> None:
        where, data = self._where(step, key), self._packer.pack(value) if packed is None else packed
        self._used.add(where)
        self._fresh[where] = _sum(where, data) + data
        self._waiting += len(data)
        if self._waiting > _MOST_WAITING:  # not to hold a large site in memory once more
            self._write()

    def save(self) -> None:
        """Write what was put, and keep the file within bounds."""
        self._write()
        try:
            if self._base is not None and self._size() > MAX_BYTES:
                self._clear_out()
        except sqlite3.OperationalError:
            return
        except _DAMAGE:
            self._damaged()

    def _write(self) -> None:
        """All that was put, or nothing."""
        self._waiting = 0
        if self._base is None:
            self._base = self._opened()
        if self._base is None or not self._fresh:
            return
        try:
            with self._base:
                self._base.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?)", self._fresh.items())
            if self._there is not None:
                self._there |= self._fresh.keys()
            self._fresh.clear()
        except sqlite3.OperationalError:  # no room, no right, or another build writes: next time, then
            return
        except _DAMAGE:
            self._damaged()

    def close(self) -> None:
        if self._base is not None:
            self._base.close()
            self._base = None

    def _where(self, step: str, key: Any) -> bytes:
        return blake2b(f"{step} {key!r}".encode("utf-8", "surrogatepass"), digest_size=16, key=self._maker).digest()

    def _opened(self) -> sqlite3.Connection | None:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            if self._file.is_symlink():  # it may lead anywhere
                return None
            base = sqlite3.connect(self._file, timeout=0.5, isolation_level="IMMEDIATE")
        except (OSError, sqlite3.Error):
            return None
        try:
            base.execute("PRAGMA synchronous = OFF")  # against a killed process, not a lost current: sums tell that
            base.execute("PRAGMA trusted_schema = OFF")
            base.execute(_TABLE)
            base.execute("SELECT key, value FROM memo LIMIT 1").fetchone()
        except sqlite3.OperationalError:
            base.close()
            return None
        except _DAMAGE:
            base.close()
            self._damaged()
            return None
        return base

    def _damaged(self) -> None:
        """Say so once, and begin anew."""
        if not self._said:
            self._said = True
            self._say(f"{self._file.as_posix()} was damaged, so it is begun anew; nothing else is wrong")
        self.close()
        with contextlib.suppress(OSError):
            self._file.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._file.with_name(f"{self._file.name}-journal").unlink(missing_ok=True)

    def _size(self) -> int:
        assert self._base is not None  # noqa: S101  only `save` asks
        (pages,), (size,) = (self._base.execute(f"PRAGMA {of}").fetchone() for of in ("page_count", "page_size"))
        return int(pages) * int(size)

    def _clear_out(self) -> None:
        """Forget what this build did not ask for."""
        assert self._base is not None  # noqa: S101  only `save` asks
        self._base.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
        with self._base:
            self._base.executemany("INSERT INTO used VALUES (?)", ((key,) for key in self._used))
            gone = self._base.execute("DELETE FROM memo WHERE key NOT IN (SELECT key FROM used)").rowcount
        self._base.execute("DROP TABLE used")
        if gone:
            self._base.execute("VACUUM")


def _in_order(rows: Iterable[tuple[Any]]) -> Iterator[bytes]:
    """The keys. A damaged file, whose pages may lead round and round, has them in another order before long."""
    last = b""
    for (key,) in rows:
        if not isinstance(key, bytes) or key <= last:
            raise sqlite3.DatabaseError("the keys are in no order")
        yield key
        last = key


def _sum(where: bytes, data: bytes) -> bytes:
    return blake2b(data, digest_size=_SUM, key=where).digest()
