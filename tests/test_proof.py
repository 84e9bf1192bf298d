"""A page that is shown before the rest of the site has been looked at is the page that the site gets."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest

from site_builder.files import Inputs, Options
from site_builder.glance import Glance
from site_builder.memo import Memo
from site_builder.pipeline import build
from site_builder.publish import MemoryStaging
from tests.driver import entry, inputs
from tests.test_golden import content

_WORD = re.compile(r"\b(?:[A-Z][a-z]{3,}|[0-9]{2})\b")


class Desk:
    """An author's desk: a site that is built again and again, with all pages of entries open."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files, self.shown, self._memo = files, dict[str, bytes](), Memo()
        self._glance = Glance(self.shown.__setitem__)
        assert self.build() is not None
        self._glance.open = [page for page in self.made if re.fullmatch(r"entries/[a-z0-9-]+\.html", page)]

    def build(self) -> dict[str, bytes] | None:
        """The site as it is now; None where something in it is wrong."""
        stage = MemoryStaging()
        if not build(self._snapshot(), Options(), self._memo, stage, glance=self._glance).ok:
            return None
        self.made = stage.files
        return stage.files

    def _snapshot(self) -> Inputs:
        return inputs(self.files, "real")

    def edit(self, path: str, data: bytes) -> dict[str, bytes]:
        """The proofs that are shown after an edit of a file."""
        self.files = {**self.files, path: data}
        self.shown.clear()
        self._glance.prove(self._snapshot().files.get)
        return dict(self.shown)


def edits(files: dict[str, bytes], chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """Files of entries with one word or number changed, anywhere in them."""
    paths = [path for path in sorted(files) if path.startswith("entries/") and path.endswith(".md")]
    while True:
        path = chance.choice(paths)
        text = files[path].decode()
        found = chance.choice(list(_WORD.finditer(text)))
        other = f"{chance.randrange(10, 28)}" if found[0].isdigit() else f"{found[0][:3]}{chance.choice('aeiou')}x"
        yield path, (text[: found.start()] + other + text[found.end() :]).encode()


def compare(count: int, seed: int) -> int:
    """How many of so many edits had a proof; each is held against the site that is made from nothing."""
    before, told = content("everything"), 0
    desk = Desk(before)
    for _, (path, data) in zip(range(count), edits(before, random.Random(seed)), strict=False):
        proofs = desk.edit(path, data)
        stage = MemoryStaging()
        if proofs and build(inputs(desk.files, "real"), Options(), Memo(again=False), stage).ok:
            assert {page: stage.files[page] for page in proofs} == proofs
            told += 1
        desk.edit(path, before[path])
        desk.build()
    return told


def test_proofs() -> None:
    """Of a dozen edits anywhere in the entries of a site with every field, each proof is the page that follows."""
    assert compare(12, seed=20140629) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_many_proofs(seed: int) -> None:
    """The same for a hundred edits, from ten beginnings."""
    assert compare(100, seed) >= 10  # so that something was compared


WHERE = "entries/a.md"
FILES = {
    WHERE: entry("actor: one\ntags: [b]", "Words [@s].\n", date="2014"),
    "actors.yaml": "- {id: one, name: One}\n- {id: two, name: Two}\n",
    "sources/s.yaml": "s: {title: S}\nt: {title: T}\n",
}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2014", "date: 2015"),  # it stands elsewhere
        ("actor: one", "actor: two"),
        ("tags: [b]", "tags: [c]"),
        ("Words [@s]", "Words [@u]"),  # there is no such source
        ("Words [@s]", "[Words](entry:none) [@s]"),  # nor such an entry
        ("actor: one", "actor: {one"),  # it cannot be read
        ("tags: [b]", "status: draft"),
    ],
)
def test_no_proof(old: str, new: str) -> None:
    """Where more than the entry's own page has to be looked at, or something is wrong, nothing is shown beforehand."""
    desk, text = Desk({path: text.encode() for path, text in FILES.items()}), FILES[WHERE]
    assert text.count(old) == 1
    assert desk.edit(WHERE, text.replace(old, new).encode()) == {}
    (shown,) = desk.edit(WHERE, text.replace("Words [@s]", "Others [@t]").encode())
    assert shown == "entries/a.html"
