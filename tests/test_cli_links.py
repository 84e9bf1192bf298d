"""`build.py links`: what it writes, keeps and returns. What goes out to the network is replaced."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder import cli, visiting
from site_builder.links import Answer
from tests.driver import entry, lay_out

SOURCES = """\
here: {title: Here, url: https://here.example/a}
gone: {title: Gone, url: https://gone.example/a, archived: [{url: https://kept.example/a}]}
theirs: {title: Theirs, url: https://theirs.example/a, perspective: perpetrator}
"""
GIVEN = {
    "https://here.example/a": Answer(200),
    "https://gone.example/a": Answer(404),
    "https://kept.example/a": Answer(403),
}
NOBODY = Answer(fault="there is no such host", gone=True)


class World:
    """What answers, and what was asked; `stop_after` presses Ctrl-C."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = dict(GIVEN)
        self.asked: list[str] = []
        self.stop_after = 99

    def visits(self, urls: list[str], visitor: object) -> Iterator[tuple[str, Answer]]:
        for url in urls:
            if len(self.asked) == self.stop_after:
                raise KeyboardInterrupt
            yield url, self.visit(url)

    def visit(self, url: str) -> Answer:
        self.asked.append(url)
        return self.answers[url]


@pytest.fixture(name="world")
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A project in the working directory with four sources, and no way out to the network."""
    lay_out(
        tmp_path, {"entries/a.md": entry(source="", body="A [@here; @gone; @theirs].\n"), "sources/s.yaml": SOURCES}
    )
    monkeypatch.chdir(tmp_path)
    world = World()
    monkeypatch.setattr("site_builder.answers.visits", world.visits)
    monkeypatch.setattr(visiting, "Visitor", lambda: world)
    return world


def kept() -> Any:
    return json.loads(Path(".cache/links.json").read_text(encoding="utf-8"))


def test_links(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """What is gone is named with its place and reason, all is counted, and the status is 1; the site is not touched."""
    assert cli.main(["links"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "content/sources/s.yaml:2: gone: https://gone.example/a: the host answered 404",
        "1 gone, 0 moved, 1 could not be checked, 1 good",
    ]
    assert {url: item["verdict"] for url, item in kept().items()} == {
        "https://here.example/a": "good",
        "https://gone.example/a": "gone",
        "https://kept.example/a": "unchecked",
    }
    assert not Path("_site").exists()


def test_nothing_is_gone(world: World) -> None:
    """What could not be checked is no fault: the status is 0."""
    world.answers["https://gone.example/a"] = Answer(429)
    assert cli.main(["links"]) == 0


def test_report(world: World) -> None:
    """The report is written where it is asked for, with places as the author knows them."""
    cli.main(["links", "--report", "found.md"])
    text = Path("found.md").read_text(encoding="utf-8")
    assert text.startswith("# Outside addresses of A test\n")
    assert "- `https://gone.example/a` (`content/sources/s.yaml:2`): the host answered 404" in text.splitlines()


def test_perpetrators_are_not_asked(world: World) -> None:
    """No request goes to what the site leads nobody to."""
    cli.main(["links"])
    assert sorted(world.asked) == sorted(GIVEN)


def test_second_run(world: World) -> None:
    """A second run asks only for what the first could not check, and finds the same; --fresh asks for all."""
    cli.main(["links"])
    world.asked.clear()
    assert cli.main(["links"]) == 1
    assert world.asked == ["https://kept.example/a"]
    world.asked.clear()
    cli.main(["links", "--fresh"])
    assert sorted(world.asked) == sorted(GIVEN)


def test_what_is_no_source_any_more_is_forgotten(world: World) -> None:
    """The file keeps only the addresses that there are."""
    cli.main(["links"])
    Path("content/sources/s.yaml").write_text(SOURCES.replace("here.example/a", "here.example/b"), encoding="utf-8")
    world.answers["https://here.example/b"] = Answer(200)
    cli.main(["links"])
    assert "https://here.example/a" not in kept()


@pytest.mark.parametrize("arguments", [[], ["--fresh"]])
def test_interrupted(world: World, arguments: list[str]) -> None:
    """After Ctrl-C what was asked is kept, and what was known before too, and the status is 130."""
    cli.main(["links"])
    world.answers["https://kept.example/a"] = Answer(200)
    world.asked.clear()
    world.stop_after = 1
    Path("content/sources/s.yaml").write_text(
        f"{SOURCES}new: {{title: N, url: https://new.example/}}\n", encoding="utf-8"
    )
    assert cli.main(["links", *arguments]) == 130
    assert len(world.asked) == 1
    assert kept().keys() == GIVEN.keys()


def test_offline(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody answers, nothing is said of any address and nothing is taken for known: the fault is here."""
    world.answers = dict.fromkeys(GIVEN, NOBODY)
    assert cli.main(["links"]) == 2
    assert "is this machine online?" in capsys.readouterr().err
    assert kept() == {}


def test_offline_later(world: World) -> None:
    """A machine that is offline later keeps what it knew."""
    cli.main(["links"])
    world.answers = dict.fromkeys(GIVEN, NOBODY)
    before = kept()
    assert cli.main(["links"]) == 2
    assert kept() == before


def test_the_one_that_is_due_is_no_more(world: World) -> None:
    """If only a host that is no more is asked, another that answered before tells that the machine is online."""
    cli.main(["links"])
    world.answers["https://kept.example/a"] = NOBODY
    assert cli.main(["links"]) == 1
    assert kept()["https://kept.example/a"]["verdict"] == "gone"


@pytest.mark.parametrize(
    "text", ["", "[]", '{"https://here.example/a": 1}', '{"a": {"asked": "2026-01-01", "answer": {}}}']
)
def test_spoilt_file(world: World, text: str) -> None:
    """A file of answers that is spoilt is made anew."""
    Path(".cache").mkdir()
    Path(".cache/links.json").write_text(text, encoding="utf-8")
    assert cli.main(["links"]) == 1
    assert kept().keys() == GIVEN.keys()


def test_progress(world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a terminal a line counts the addresses, and is gone in the end."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    cli.main(["links"])
    shown = capsys.readouterr().err
    assert "\r1 of 3 addresses" in shown
    assert "\r3 of 3 addresses\r\x1b[K" in shown


def test_archive(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """--archive prints where to archive each source that has no copy, and asks nobody."""
    assert cli.main(["links", "--archive"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "here: Here",
        "  look up  https://web.archive.org/web/*/https://here.example/a",
        "  save     https://web.archive.org/save/https://here.example/a",
    ]
    assert world.asked == []


def test_content_that_cannot_be_read(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the site cannot be read at all, that is said, and nobody is asked."""
    Path("content/site.yaml").write_text("title: [", encoding="utf-8")
    assert cli.main(["links"]) == 2
    assert "`content` cannot be read; `build.py check` says why" in capsys.readouterr().err
    assert world.asked == []


def test_faulty_content(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in a faulty file is not asked for, which is said; all else is."""
    Path("content/sources/t.yaml").write_text("new: {title: N, url: nowhere}\n", encoding="utf-8")
    assert cli.main(["links"]) == 1
    assert "1 error in the content" in capsys.readouterr().err
    assert sorted(world.asked) == sorted(GIVEN)


def test_a_build_asks_nobody(world: World) -> None:
    """Neither a build nor a check goes out to the network."""
    assert (cli.main(["build"]), cli.main(["check"])) == (0, 0)
    assert world.asked == []
