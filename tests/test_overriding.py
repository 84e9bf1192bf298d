"""A site's own look, file by file, with the generator's own beneath it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from site_builder import again, cli, shipped, watching
from site_builder.arguments import understood
from site_builder.disk import digests, digests_of, fingerprint, snapshot
from site_builder.files import Inputs, Options, sha256
from site_builder.seen import Seen
from site_builder.watching import Watch
from site_builder.worker import Job
from tests.driver import PROJECT, SITE, entry, tiny_look

ENTRY = "content/entries/2020/hearing.md"


@pytest.fixture(name="folder")
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with one entry and no look at all, in the working directory."""
    write(tmp_path, "content/site.yaml", SITE)
    write(tmp_path, ENTRY, entry())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8", newline="\n")


def read(folder: Path) -> Inputs:
    return snapshot(folder / "content", folder / "templates", beneath=shipped.templates())


def page(folder: Path, name: str = "entries/hearing.html") -> str:
    return (folder / "_site" / name).read_text(encoding="utf-8")


def test_own_look(folder: Path) -> None:
    """A folder without templates is built with the generator's own."""
    assert cli.main([]) == 0
    assert '<link rel="stylesheet"' in page(folder)


def test_one_template(folder: Path) -> None:
    """One file replaces one template, and no other page changes by it."""
    assert cli.main([]) == 0
    before = page(folder)
    write(folder, "templates/404.html", "Nobody home")
    assert cli.main([]) == 0
    assert page(folder, "404.html") == "Nobody home"
    assert page(folder) == before


def test_named_folder(folder: Path) -> None:
    """`--templates` names a folder of another name, with the same meaning."""
    write(folder, "look/404.html", "Nobody home")
    assert cli.main(["--templates", "look"]) == 0
    assert page(folder, "404.html") == "Nobody home"
    assert "Hearing" in page(folder)


def test_a_template_extends_the_one_it_replaces(folder: Path) -> None:
    """A name with `!` before it is the generator's own, so that a site can change one block of it."""
    write(folder, "templates/404.html", '{% extends "!404.html" %}{% block title %}Lost{% endblock %}')
    assert cli.main([]) == 0
    assert "<title>Lost" in page(folder, "404.html").replace("\n", "")
    assert "<main" in page(folder, "404.html")


def test_one_word(folder: Path) -> None:
    """A file of words needs only those that differ."""
    plain = "What the colours of this page mean"
    write(folder, "templates/strings/en.yaml", f"nav:\n  timeline: {plain}\n")
    assert cli.main([]) == 0
    assert plain in page(folder)
    assert "Sources" in page(folder)


def test_one_stylesheet(folder: Path) -> None:
    """A static file replaces the one of its name, under a fingerprint of its own."""
    write(folder, "templates/static/site.css", "body { color: teal }")
    assert cli.main([]) == 0
    (loaded,) = re.findall(r'href="\.\./(static/site\.[0-9a-f]+\.css)"', page(folder))
    assert (folder / "_site" / loaded).read_text() == "body { color: teal }"


def test_another_language(folder: Path) -> None:
    """A site's own folder may have nothing but the words of a language."""
    words = (shipped.templates() / "strings/en.yaml").read_text(encoding="utf-8")
    write(folder, "templates/strings/fr.yaml", words.replace("Timeline", "Chronologie"))
    write(folder, "content/site.yaml", SITE + "language: fr\n")
    assert cli.main([]) == 0
    assert "Chronologie" in page(folder)


@pytest.mark.parametrize(
    ("path", "text", "shown"),
    [
        ("templates/404.html", "\n{{ gone }}", "templates/404.html:2"),
        (
            "templates/404.html",
            '{% extends "!404.html" %}\n{% block main %}{{ gone }}{% endblock %}',
            "templates/404.html:2",
        ),
        ("templates/strings/en.yaml", "a: [", "templates/strings/en.yaml"),
        ("content/site.yaml", SITE + "language: xx\n", "templates/strings/xx.yaml"),
    ],
)
def test_faults_of_the_site(folder: Path, capsys: pytest.CaptureFixture[str], path: str, text: str, shown: str) -> None:
    """A fault in a file of the site is told of that file, also where a file of the same name lies beneath."""
    (folder / "templates").mkdir()
    write(folder, path, text)
    assert cli.main([]) == 1
    assert re.search(rf"^{re.escape(shown)}[: ]", capsys.readouterr().err, re.MULTILINE)


def test_fault_beneath(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fault in the generator's own look, made by what the site replaced, names the file where it lies."""
    write(folder, "templates/partials/references.html", "{# no macros here #}")
    assert cli.main([]) == 1
    assert f"{(shipped.templates() / 'entry.html').as_posix()}:" in capsys.readouterr().err


def test_named_folder_that_is_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that leads nowhere is a slip, and not filled in from beneath."""
    assert cli.main(["--templates", "lok"]) == 1
    assert "there is no folder `lok`" in capsys.readouterr().err


def test_what_is_read(folder: Path) -> None:
    """Beneath a file of the site, templates and words stay for it to ask for; what else is replaced is not read."""
    for name in ("base.html", "strings/en.yaml", "static/site.css", "map/world.json"):
        write(folder, f"templates/{name}", "mine")
    inputs = read(folder)
    assert inputs.files["templates/!base.html"] == (shipped.templates() / "base.html").read_bytes()
    kept = {path for path in inputs.files if path.startswith("templates/!")}
    assert kept == {"templates/!base.html", "templates/!strings/en.yaml"}
    assert inputs.files["templates/map/world.json"] == b"mine"


def test_digests_and_watcher_see_the_same(folder: Path) -> None:
    """What decides whether to build again, and what watches for a save, look at the very files that are read."""
    write(folder, "templates/base.html", "mine")
    own, content, templates = shipped.templates(), folder / "content", folder / "templates"
    inputs = read(folder)
    assert digests(content, templates, Seen(sha256), own) == {path: sha256(data) for path, data in inputs.files.items()}
    assert digests_of(inputs) == digests(content, templates, Seen(sha256), own)
    assert set(fingerprint(content, templates, own)) == set(inputs.files)


def test_the_project_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the repository the look is not laid over itself."""
    monkeypatch.chdir(PROJECT)
    assert again.look_of("") == ("templates", None)
    assert again.look_of(str(PROJECT / "tests" / ".." / "templates"))[1] is None


def test_a_look_that_comes_while_it_is_previewed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The preview of a site without templates sees the first one come, and go again with its folder."""
    monkeypatch.setattr(watching, "WHOLE", 0)
    monkeypatch.setattr(watching, "SPARING", 0)
    options = understood(["serve"])
    folders = (options.content, options.templates)
    assert options.beneath == shipped.templates()

    def seen() -> bytes:
        inputs = snapshot(*folders, beneath=options.beneath)
        assert not inputs.problems
        assert fingerprint(*folders, options.beneath).keys() == inputs.files.keys()
        return inputs.files["templates/404.html"]

    watch, usual = Watch(Job(*folders, Options(), beneath=options.beneath)), seen()
    watch.look()
    write(folder, "templates/404.html", "mine")
    assert watch.look() == ["templates/404.html"]
    assert seen() == b"mine"
    shutil.rmtree("templates")
    assert seen() == usual


def test_no_output_in_the_look_beneath(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site is not built into the generator's own look, of which every site would then be made."""
    for path, data in tiny_look().items():
        write(folder, f"generator/{path}", data.decode())
    monkeypatch.setattr(shipped, "look", lambda: str(folder / "generator/templates"))
    write(folder, "templates/404.html", "mine")
    assert cli.main(["--out", "generator/templates/site"]) == 2
    assert not (folder / "generator/templates/site").exists()
    assert cli.main(["--out", "generator/site"]) == 0
