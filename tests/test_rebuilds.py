"""Builds after edits with what is remembered are the same as builds from nothing."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from site_builder.files import Inputs, Options
from site_builder.memo import Memo
from site_builder.pipeline import build
from site_builder.publish import MemoryStaging
from tests.driver import inputs
from tests.test_golden import content

_WORD = re.compile(r"\b(?:[A-Z][a-z]{3,}|[0-9]{2})\b")


def edits(files: dict[str, bytes], chance: random.Random) -> Iterator[dict[str, bytes]]:
    """The files with one more word or number changed each time, anywhere in them; the edits add up."""
    paths = [path for path in sorted(files) if path.endswith((".md", ".yaml", ".json", ".bib"))]
    while True:
        path = chance.choice(paths)
        text = files[path].decode()
        found = chance.choice(list(_WORD.finditer(text)))
        other = f"{chance.randrange(10, 28)}" if found[0].isdigit() else f"{found[0][:3]}{chance.choice('aeiou')}x"
        files = {**files, path: (text[: found.start()] + other + text[found.end() :]).encode()}
        yield files


def made(snapshot: Inputs, memo: Memo, before: dict[str, bytes]) -> dict[str, bytes] | None:
    """The files of the site, over those of the last build; None where the edit was a mistake."""
    stage = MemoryStaging(dict(before))
    if not build(snapshot, Options(), memo, stage).ok:
        return None
    return {path: stage.files[path] for path in stage.named()}


def compare(edits_in_all: int, compared: int, seed: int) -> int:
    """Edit after edit with one memo; after every few the site is compared with one that is made from nothing."""
    memo, files, last, told = Memo(), content("everything"), dict[str, bytes](), 0
    chance = random.Random(seed)
    for n in range(edits_in_all):
        edited = next(edits(files, chance))
        snapshot = inputs(edited, "real")
        found = made(snapshot, memo, last)
        if found is None:
            continue
        files, last = edited, found
        if n % (edits_in_all // compared) == 0:
            fresh = made(snapshot, Memo(again=False), {})
            assert fresh is not None
            assert [path for path in fresh if fresh[path] != found.get(path)] == []
            assert fresh.keys() == found.keys()
            told += 1
    return told


def test_edits() -> None:
    """Sixty edits anywhere in a site with every field, one on the other: no page is ever an old one."""
    assert compare(60, 6, seed=20140610) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_many_edits(seed: int) -> None:
    """The same after each of fifty edits, from twenty beginnings."""
    assert compare(50, 50, seed) >= 20
