"""Compiled templates between runs: kept where Python keeps its own modules, and never believed blindly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from site_builder import cli
from site_builder.compilations import Compilations
from site_builder.files import Inputs
from site_builder.templating import Templates
from tests.driver import entry, lay_out

LOOK = Inputs({"templates/a.html": b"A", "templates/b.html": b"B"})
CODES = {"a.html": b"code of a", "b.html": b"code of b"}


@pytest.fixture(name="kept")
def kept_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which Python is told to keep what it compiles."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


@pytest.fixture(name="compiled")
def names_compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled, as they are."""
    names: list[str] = []
    compiled = Templates._compiled

    def noted(self: Templates, environment: object, name: str) -> object:
        names.append(name)
        return compiled(self, environment, name)  # type: ignore[arg-type]

    monkeypatch.setattr(Templates, "_compiled", noted)
    return names


def lent(maker: str = "maker", look: Inputs = LOOK) -> dict[str, bytes]:
    codes: dict[str, bytes] = {}
    Compilations(maker).lend(look, codes)
    return codes


def files(folder: Path) -> list[Path]:
    """Those of ours: Python keeps its own modules there."""
    return list(folder.rglob("templates.*"))


def test_the_next_build_compiles_only_what_was_edited(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str]
) -> None:
    """Each template is compiled once for several builds, and again when it is another; the pages follow."""
    project = tmp_path / "site"
    lay_out(project, {"entries/e.md": entry()})
    monkeypatch.chdir(project)
    assert cli.main(["build"]) == 0
    assert "entry.html" in compiled
    compiled.clear()
    (project / "content/entries/e.md").write_text(entry(title="Another title"))
    assert cli.main(["build"]) == 0
    assert compiled == []
    assert "Another title" in (project / "_site/entries/e.html").read_text()
    template = project / "templates/entry.html"
    template.write_text(template.read_text().replace("{% block main %}", "{% block main %}Edited."))
    assert cli.main(["build"]) == 0
    assert compiled == ["entry.html"]
    assert "Edited." in (project / "_site/entries/e.html").read_text()
    assert len(files(kept)) == 1


def test_without_the_cache_nothing_is_kept_or_used(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, compiled: list[str]
) -> None:
    """`--no-cache` compiles everything, and leaves what is kept as it is."""
    lay_out(tmp_path / "site", {"entries/e.md": entry()})
    monkeypatch.chdir(tmp_path / "site")
    for _ in range(2):
        compiled.clear()
        assert cli.main(["build", "--no-cache", "--out", "other"]) == 0
        assert "entry.html" in compiled
    assert files(kept) == []


def test_only_the_same_source_by_the_same_compiler_counts(kept: Path) -> None:
    """Another generator, or another text of a template, is told nothing."""
    Compilations("maker").keep(LOOK, CODES)
    assert lent() == CODES
    assert lent("another") == {}
    assert lent(look=Inputs({**LOOK.files, "templates/b.html": b"another"})) == {"a.html": CODES["a.html"]}
    assert len(files(kept)) == 1


def test_what_is_damaged_counts_for_nothing(kept: Path) -> None:
    """Of a file that is cut off, or has another byte anywhere, nothing is run; the next build writes it anew."""
    Compilations("maker").keep(LOOK, CODES)
    (file,) = files(kept)
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place])
        assert lent() == {}
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert lent() == {}
    Compilations("maker").keep(LOOK, CODES)
    assert lent() == CODES


def test_no_link_is_followed(tmp_path: Path, kept: Path) -> None:
    """What lies elsewhere is not read through a link, and not written either."""
    Compilations("maker").keep(LOOK, CODES)
    (file,) = files(kept)
    elsewhere = file.rename(tmp_path / "elsewhere")
    before = elsewhere.read_bytes()
    file.symlink_to(elsewhere)
    assert lent() == {}
    Compilations("maker").keep(LOOK, {"a.html": b"other"})
    assert elsewhere.read_bytes() == before
    assert lent() == {"a.html": b"other"}


@pytest.mark.usefixtures("kept")
def test_python_may_be_told_to_keep_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """`PYTHONDONTWRITEBYTECODE` holds for templates too."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    Compilations("maker").keep(LOOK, CODES)
    assert lent() == {}


def test_where_nothing_can_be_written_nothing_is_said(kept: Path) -> None:
    """A generator that is installed for all users lies in a folder that its users cannot write."""
    kept.write_text("no folder")
    Compilations("maker").keep(LOOK, CODES)
    assert lent() == {}
