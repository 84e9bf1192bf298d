"""The build is a function: the same files give the same bytes, whatever the clock, place, locale or history."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from site_builder.files import Inputs
from site_builder.memo import Memo
from tests.driver import PROJECT, built, inputs, site
from tests.test_golden import content

SITES = ("everything", "awkward")


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def command(out: Path, name: str, **environment: str) -> dict[str, str]:
    """The site built by the real command, in the given environment."""
    content_folder, templates = PROJECT / "tests/golden" / name / "content", PROJECT / "templates"
    arguments = ["build", "--content", str(content_folder), "--templates", str(templates), "--out", str(out)]
    done = subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), *arguments],
        env={**os.environ, **environment},
        cwd=out.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return digests(out)


@pytest.mark.parametrize("name", SITES)
def test_other_surroundings(name: str, tmp_path: Path) -> None:
    """Another zone, another locale, another hash seed and another folder change no byte; nor does a second build."""
    (tmp_path / "a much longer name ü").mkdir()
    here = command(tmp_path / "one", name, TZ="UTC", LC_ALL="C.UTF-8", PYTHONHASHSEED="0")
    there = command(
        tmp_path / "a much longer name ü" / "two",
        name,
        TZ="Pacific/Kiritimati",
        LC_ALL="tr_TR.UTF-8",
        PYTHONHASHSEED="4711",
    )
    assert here == there
    assert command(tmp_path / "one", name, SOURCE_DATE_EPOCH="1") == here


def test_memory_and_disk(tmp_path: Path) -> None:
    """What a test builds in memory is what the command writes to the disk; it adds the search index and its list."""
    files = {
        path: hashlib.sha256(data).hexdigest() for path, data in site(content("everything"), look="real").files.items()
    }
    written = command(tmp_path / "out", "everything")
    assert {path: written[path] for path in written if not path.startswith(("manifest.json", "pagefind/"))} == files


@pytest.mark.parametrize("name", SITES)
def test_a_warm_memory(name: str) -> None:
    """A build that remembers, one that remembers another site, and one that knows nothing, give the same bytes."""
    memo = Memo()
    cold = site(content(name), look="real", memo=memo)
    assert site(content(name), look="real", memo=memo) == cold
    site(content("smallest"), look="real", memo=memo)
    assert site(content(name), look="real", memo=memo) == cold


@pytest.mark.parametrize("seed", range(3))
def test_order_of_files(seed: int) -> None:
    """The order in which a file system lists the files changes nothing."""
    snapshot = inputs(content("everything"), "real")
    paths = list(snapshot.files)
    random.Random(seed).shuffle(paths)
    assert built(Inputs({path: snapshot.files[path] for path in paths})) == built(snapshot)
