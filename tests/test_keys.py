"""Pages whose keys are found without putting them together, since nothing that they show can have changed."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from site_builder.artifacts import Artifact, Later, Page, Text
from site_builder.bodies import Body, Notes
from site_builder.edition import Edition, edition
from site_builder.faces import face
from site_builder.files import Inputs, Options
from site_builder.kinds import PACKER
from site_builder.memo import Memo
from site_builder.model import Entry
from site_builder.outputs import CLOSINGS, OUTPUTS
from site_builder.pipeline import build
from site_builder.publish import MemoryStaging
from site_builder.reading import read_file
from site_builder.shelf import Shelf
from site_builder.typography import Typography
from tests.driver import inputs, timeline, words
from tests.test_golden import content
from tests.test_rebuilds import edits


def _retold(edition: Edition, kept: tuple[str, ...]) -> Edition:
    """The same edition, but with other texts of all entries that are not kept."""

    def told(entry: Entry) -> Entry:
        if entry.id in kept or not entry.body.parts:
            return entry
        notes = [part for part in entry.body.parts if isinstance(part, Notes)]  # what it cites is told elsewhere too
        return replace(entry, body=Body(("<p>Another text.</p>", *notes), entry.body.lead, entry.body.anchors))

    entries = tuple(told(entry) for entry in edition.timeline.entries)
    by_id = {entry.id: entry for entry in entries}
    return replace(edition, timeline=replace(edition.timeline, entries=entries, by_id=by_id))


def test_pages_show_no_other_texts_than_they_say() -> None:
    """Where a page says whose texts it shows, all others may be anything, and it is the same page."""
    whole = edition(timeline(content("everything"))[0], words(), memo=Memo(again=False))
    other = {id: _retold(whole, (id,)) for id in whole.timeline.by_id} | {"": _retold(whole, ())}
    seen = 0
    for artifact in _made(whole):
        recipe = artifact.recipe
        if isinstance(recipe, Later) and recipe.shows is not None:
            page = recipe.make(other["".join(recipe.shows)].apart())
            assert repr(page) == repr(recipe.make(whole.apart())), artifact.path
            seen += 1
    assert seen > 3 * len(whole.timeline.entries)


def test_files_that_show_no_text_say_so() -> None:
    """What says that it shows no entry's text is the same where all texts are others; of the rest it is known why."""
    whole = edition(timeline(content("everything"))[0], words(), memo=Memo(again=False))
    made, retold = ({each.path: each.recipe for each in _made(one.apart())} for one in (whole, _retold(whole, ())))
    plain = {path: recipe for path, recipe in made.items() if isinstance(recipe, Page | Text)}
    for path, recipe in plain.items():
        assert recipe.shows in ((), None), path
        same = _looks(recipe) == _looks(retold[path])
        assert same == (recipe.shows == ()), path
    assert {path for path, recipe in plain.items() if recipe.shows is None} == {"data/entries.json", "data/texts.csv"}


def _made(edition: Edition) -> list[Artifact]:
    made = [artifact for output in OUTPUTS for artifact in output.make(edition)]
    return made + [artifact for closing in CLOSINGS for artifact in closing.make(edition, made)]


def _looks(recipe: object) -> bytes:
    return recipe.data() if isinstance(recipe, Text) else repr(recipe).encode()


class Site:
    """A site that is built again and again, each time by another process, which has the memo of the last one."""

    def __init__(self, file: Path) -> None:
        self._file, self._last = file, dict[str, bytes]()

    def build(self, snapshot: Inputs, *, fresh: bool = False) -> dict[str, bytes] | None:
        """The files of the site; None where the content has errors."""
        said = list[str]()
        shelf = None if fresh else Shelf(self._file, "maker", PACKER, said.append)
        memo, stage = Memo(shelf, again=False), MemoryStaging({} if fresh else dict(self._last))
        report = build(snapshot, Options(), memo, stage)
        memo.save()
        assert not said
        if not report.ok:
            return None
        made = {path: stage.files[path] for path in stage.named()}
        self._last = self._last if fresh else made
        return made


@pytest.fixture
def put_together(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Whose texts each file shows that is made, of those that say so and are not put together with the plan."""
    made, page, data = list[tuple[str, ...]](), Later.page, Text.data

    def watched_page(later: Later) -> Page:
        made.extend([later.shows] if later.shows is not None else [])
        return page(later)

    def watched_data(text: Text) -> bytes:
        made.extend([text.shows] if text.shows is not None else [])
        return data(text)

    monkeypatch.setattr(Later, "page", watched_page)
    monkeypatch.setattr(Text, "data", watched_data)
    return made


def test_only_the_page_of_an_edited_text_is_put_together(tmp_path: Path, put_together: list[tuple[str, ...]]) -> None:
    """Another process that knows the last build makes one page of an entry, and it and all other files are right."""
    site, files = Site(tmp_path / "memo"), content("everything")
    assert site.build(inputs(files, "real"))
    path = next(path for path in files if path.startswith("entries/") and b"status" not in files[path])
    put_together.clear()
    edited = inputs({**files, path: files[path] + b"\nMore words.\n"}, "real")
    made = site.build(edited)
    assert put_together == [(path.rpartition("/")[2].removesuffix(".md"),)]
    assert made == site.build(edited, fresh=True)


def test_a_title_is_on_other_pages_too(tmp_path: Path, put_together: list[tuple[str, ...]]) -> None:
    """What others show of an entry has them looked at again."""
    site, files = Site(tmp_path / "memo"), content("everything")
    assert site.build(inputs(files, "real"))
    path = next(path for path in files if path.startswith("entries/") and b"status" not in files[path])
    put_together.clear()
    assert site.build(inputs({**files, path: files[path].replace(b"title: ", b"title: Really ", 1)}, "real"))
    assert () in put_together


def compare(file: Path, many: int, seed: int) -> int:
    """Edit after edit, each built by another process and compared with the site that is made from nothing."""
    site, files, compared = Site(file), content("everything"), 0
    chance = random.Random(seed)
    assert site.build(inputs(files, "real"))
    for _ in range(many):
        edited = next(edits(files, chance))
        if made := site.build(inputs(edited, "real")):
            files, compared = edited, compared + 1
            assert made == site.build(inputs(files, "real"), fresh=True)
    return compared


def test_edits_by_one_process_after_the_other(tmp_path: Path) -> None:
    """Edits anywhere in a site with every field, one on the other: no page is ever an old one."""
    assert compare(tmp_path / "memo", many=8, seed=20140629) >= 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_many_edits_by_one_process_after_the_other(tmp_path: Path, seed: int) -> None:
    """The same for fifty edits, from eight beginnings."""
    assert compare(tmp_path / "memo", many=50, seed=seed) >= 15


_TEXT = "First words.\n\n## Heading\n\nSaid so [@one, p. 3].\n\nLast words.\n"


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Last", "Final", True),
        ("Said", "Told", True),
        ("First", "Other", False),  # the beginning stands on cards where there is no summary
        ("Heading", "Title", False),  # an anchor that others may lead to
        ("p. 3", "p. 4", False),  # the page of the source tells where it is cited
        ("title: A", "title: B", False),
        (f"{_TEXT}", "", False),  # whether there is a text at all
    ],
)
def test_the_face_of_an_entry(old: str, new: str, same: bool) -> None:
    """What can be seen of an entry elsewhere is in its face, and no other words of its text are."""
    text = f"---\ntitle: A\ndate: 2014-06-10\n---\n{_TEXT}"
    faces = [
        face(read_file("content/entries/a.md", given.encode(), Typography(), Memo(again=False)))
        for given in (text, text.replace(old, new))
    ]
    assert all(faces)
    assert (faces[0] == faces[1]) is same
