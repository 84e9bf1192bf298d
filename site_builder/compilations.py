"""Compiled templates between runs, where Python keeps its own compiled modules: in the generator's `__pycache__`.

They are run, so they may lie nowhere else: who can write there can change the generator itself. As with modules, a
folder that cannot be written, or `PYTHONDONTWRITEBYTECODE`, only means that they are compiled again.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Mapping, MutableMapping
from importlib.util import cache_from_source
from pathlib import Path

from site_builder.files import TEMPLATES, Inputs, sha256
from site_builder.plain import MIB, read_plain, replace
from site_builder.shipped import PACKAGE

MAX_BYTES = 64 * MIB
_SUM = hashlib.sha256().digest_size

Known = Mapping[str, tuple[str, bytes]]  # by name: the SHA-256 of the source, and its code


class Compilations:
    """What is kept of the last look. `maker`: a digest of all that compiles templates; "": nothing is kept."""

    def __init__(self, maker: str) -> None:
        self._maker = maker
        self._known = _read(maker) if maker else {}

    def lend(self, inputs: Inputs, codes: MutableMapping[str, bytes]) -> None:
        """Add the code of every template of the look whose source is the same."""
        for name, (digest, code) in self._known.items():
            if digest == _digest(inputs, name):
                codes.setdefault(name, code)

    def keep(self, inputs: Inputs, codes: Mapping[str, bytes]) -> None:
        """Let these be known to the next run, and no others."""
        known = {name: (_digest(inputs, name), code) for name, code in sorted(codes.items()) if code}
        if self._maker and known != self._known and not sys.dont_write_bytecode:
            self._known = known
            data = marshal.dumps(known)
            replace(str(_file()), (_sum(self._maker, data), data))


def _digest(inputs: Inputs, name: str) -> str:
    return sha256(inputs.files.get(TEMPLATES + name, b""))


def _file() -> Path:
    return Path(cache_from_source(f"{PACKAGE}/templates.py"))  # the name of no module


def _read(maker: str) -> Known:
    try:
        data = read_plain(os.fsencode(_file()), MAX_BYTES)
    except OSError:
        return {}
    if _sum(maker, data[_SUM:]) != data[:_SUM]:  # half-written, or by another: Python must not be shown that
        return {}
    known: Known = marshal.loads(data[_SUM:])  # noqa: S302  by this class
    return known


def _sum(maker: str, data: bytes) -> bytes:
    return hashlib.sha256(maker.encode() + data).digest()
