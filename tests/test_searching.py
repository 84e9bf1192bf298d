from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from site_builder import cli, searching
from site_builder.publish import Staging, verify
from tests.driver import entry, lay_out, real_look, site

pytest.importorskip("pagefind_bin", reason="Pagefind has no package for this machine")

PAGE = '<!DOCTYPE html><html lang="en"><body><p>frame</p>{}<p>list</p></body></html>'
PART = '<header class="a" data-pagefind-body><h1>{0}</h1><p>On {0}<sup class="cite">[1]</sup>.</p></header>'


def published(out: Path, pages: Mapping[str, str]) -> str:
    """Publish these pages with their index; what was said of it."""
    with Staging(out) as staging:
        for path, text in pages.items():
            staging.write(path, text.encode())
        said = searching.index(staging)
        staging.publish()
    return said


def pages(*names: str) -> dict[str, str]:
    return {f"entries/{name.lower()}.html": PAGE.format(PART.format(name)) for name in names}


def indexed(out: Path) -> dict[str, dict[str, Any]]:
    """What the index says of each page, by its address."""
    found = [
        json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        for path in out.glob("pagefind/fragment/*")
    ]
    return {fragment["url"]: fragment for fragment in found}


def files(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def must_not_run(*args: Any, **how: Any) -> None:
    """In the place of `subprocess.run`."""
    raise AssertionError("it was run")


def test_only_what_is_marked(tmp_path: Path) -> None:
    """The index has the marked parts of pages, without the marks of citations, and no page without a part."""
    assert published(tmp_path / "out", {**pages("Mosul"), "404.html": PAGE.format("<h1>Gone</h1>")}) == ""
    (found,) = indexed(tmp_path / "out").values()
    assert (found["url"], found["meta"]["title"], found["content"]) == (
        "/entries/mosul.html",
        "Mosul",
        "Mosul. On Mosul.",
    )


@pytest.mark.parametrize(
    ("page", "parts"),
    [
        ("<p data-pagefind-body>A</p><p>B</p><div id=x data-pagefind-body class=y>C<p>D</p></div>", 2),
        ("<p>The mark data-pagefind-body, as a word</p><h1 data-pagefind-body>A</h1>", 1),
        (" data-pagefind-body before any tag <i>", 0),
        ("<p title='a data-pagefind-body>", 0),
        ("<p data-pagefind-bodyguard>A</p>", 0),
    ],
)
def test_a_part_is_an_element_with_the_mark(page: str, parts: int) -> None:
    """The mark counts in a tag, under its whole name, of an element that ends."""
    assert len(list(searching._parts(page.encode()))) == parts


def test_it_belongs_to_the_site(tmp_path: Path) -> None:
    """The files of the index are published with the pages, by one exchange, and stand in the manifest."""
    published(tmp_path / "out", pages("Mosul"))
    assert (tmp_path / "out/pagefind/pagefind.js").exists()
    assert verify(tmp_path / "out") == []


def test_two_folders(tmp_path: Path) -> None:
    """The same pages in another order, in another folder, give the same bytes."""
    names = [f"{first}{second}" for first in "ABCDEF" for second in "xyz"]
    marked = {
        path: text.replace(
            "<h1>", f'<h1 data-pagefind-filter="letter:{path[8]}" data-pagefind-sort="date:{len(text)}">'
        )
        for path, text in pages(*names).items()
    }
    published(tmp_path / "one", marked)
    published(tmp_path / "two", dict(reversed(marked.items())))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_same_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the pages stay as they are, the index does too, and Pagefind is not run."""
    published(tmp_path / "out", pages("Mosul"))
    before = files(tmp_path / "out")
    monkeypatch.setattr(subprocess, "run", must_not_run)
    assert published(tmp_path / "out", pages("Mosul")) == ""
    assert files(tmp_path / "out") == before


def test_another_page(tmp_path: Path) -> None:
    """When a page comes or goes, the index follows, and nothing of the old one is left."""
    published(tmp_path / "out", pages("Mosul"))
    published(tmp_path / "out", pages("Raqqa", "Sinjar"))
    assert set(indexed(tmp_path / "out")) == {"/entries/raqqa.html", "/entries/sinjar.html"}
    published(tmp_path / "two", pages("Raqqa", "Sinjar"))
    assert files(tmp_path / "out") == files(tmp_path / "two")


def test_a_damaged_index(tmp_path: Path) -> None:
    """An index of which a file is gone is made again."""
    published(tmp_path / "out", pages("Mosul"))
    (fragment,) = (tmp_path / "out").glob("pagefind/fragment/*")
    fragment.unlink()
    published(tmp_path / "out", pages("Mosul"))
    assert fragment.exists()
    assert verify(tmp_path / "out") == []


def test_nothing_to_search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site without a marked part has no index, and nothing is said."""
    monkeypatch.setattr(subprocess, "run", must_not_run)
    assert published(tmp_path / "out", {"index.html": PAGE.format("")}) == ""
    assert not (tmp_path / "out/pagefind").exists()


def test_no_tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """On a machine without Pagefind the site is made all the same; one line says what is missing and why."""
    lay_out(tmp_path, {"entries/a.md": entry(), **real_look()})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(searching, "pagefind_bin", None)
    assert cli.main(["build"]) == 0
    assert not (tmp_path / "_site/pagefind").exists()
    assert (tmp_path / "_site/search.html").exists()
    assert capsys.readouterr().err.splitlines()[0] == (
        "note: all is made but the index of the search page: "
        "its tool, Pagefind, has no package for this kind of machine"
    )


def test_an_old_index_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the index cannot be made again, the old one, which fits no longer, is not published."""
    published(tmp_path / "out", pages("Mosul"))
    monkeypatch.setattr(searching, "pagefind_bin", None)
    published(tmp_path / "out", pages("Raqqa"))
    assert not (tmp_path / "out/pagefind").exists()


def test_a_tool_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If Pagefind fails, its reason is told in one line, and the rest is published."""
    done = subprocess.CompletedProcess([], 3, b"", b"no room\n")
    monkeypatch.setattr(subprocess, "run", lambda *args, **how: done)
    said = published(tmp_path / "out", pages("Mosul"))
    assert said == "note: all is made but the index of the search page: its tool, Pagefind, failed: no room"
    assert (tmp_path / "out/entries/mosul.html").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_a_kill_leaves_nothing_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pagefind works beside the output, and what a build that was killed under it has left, the next one clears."""
    elsewhere, out = tmp_path / "elsewhere", tmp_path / "there/out"
    elsewhere.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(elsewhere))
    child = os.fork()
    if not child:
        try:
            monkeypatch.setattr(subprocess, "run", lambda *args, **how: os.kill(os.getpid(), signal.SIGKILL))
            published(out, pages("Mosul"))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert list((tmp_path / "there").glob(".out.tmp/*/parts/entries/mosul.html"))
    assert list(elsewhere.iterdir()) == []
    with Staging(out):
        pass
    assert sorted(path.name for path in (tmp_path / "there").iterdir()) == [".out.lock", ".out.next"]


def test_real_pages(tmp_path: Path) -> None:
    """Of an entry are found: title, words, date as worded, and by id all that it can be narrowed by."""
    files_ = {
        "site.yaml": "id: t\ntitle: T\ntags: {attack: Attacks}\n",
        "entries/a.md": entry(
            "phase: rise\nactor: front\nlocation: mosul\ntags: attack\naliases: [old]\nstatus: published",
            "The words [@s].\n\nلا أحد\n", date="2014-06~", source="s",
        ),
        "entries/w.md": entry("status: withdrawn", "Hidden."),
        "phases/rise.md": "---\nlabel: Rise\nfrom: 2014\nto: ..\ncolour: amber\nshape: circle\norder: 1\n---\nIntro.\n",
        "actors.yaml": "- {id: front, name: The Front, aliases: [{name: Band}]}\n",
        "places.yaml": "- {id: mosul, name: Mosul, country: Iraq}\n",
        "sources/s.yaml": "s: {title: A report, publisher: Paper}\n",
        "pages/about.md": "---\ntitle: About\n---\nOf this.\n",
    }  # fmt: skip
    made = site(files_, look="real")
    assert made.report.ok, made.messages
    published(tmp_path / "out", {path: data.decode() for path, data in made.files.items() if path.endswith(".html")})
    found = indexed(tmp_path / "out")
    assert {address: page["filters"]["kind"] for address, page in found.items()} == {
        "/entries/a.html": ["entry"], "/actors/front.html": ["actor"], "/places/mosul.html": ["place"],
        "/sources/s.html": ["source"], "/phases/rise.html": ["page"], "/about.html": ["page"],
    }  # fmt: skip
    of_entry = found["/entries/a.html"]
    assert of_entry["filters"] == {
        "kind": ["entry"], "year": ["2014"], "phase": ["rise"], "actor": ["front"], "place": ["mosul"],
        "tag": ["attack"], "grade": ["single-source"],
    }  # fmt: skip
    assert (of_entry["meta"]["title"], of_entry["meta"]["date"]) == ("Hearing", "about June 2014")
    assert of_entry["content"] == "The words. The words. لا أحد."
    assert found["/actors/front.html"]["content"] == "The Front. Band"
