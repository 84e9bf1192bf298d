"""Tools and readers of formats that need Node: versions in `node/package.json`, installed where git does not look.

    folder = node_tools.installed()  # …/node_modules

A test that uses it has the marks `node` and `slow`, since the first use asks npm's registry. To raise a version, change
`node/package.json` and run there `npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts`.
(`overrides` are for a package of Lighthouse that asks for "latest", which no lock without addresses can hold.)
"""

from __future__ import annotations

import contextlib
import functools
import shutil
import subprocess
import tempfile
from pathlib import Path

from site_builder.files import sha256
from tests.driver import PROJECT

WANTED = PROJECT / "tests" / "node"
FOLDER = PROJECT / ".cache" / "node"


@functools.cache
def installed() -> Path:
    """The folder `node_modules` with the packages of the lock; no package's own script is run."""
    if not _is_there():
        FOLDER.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=FOLDER.parent) as made:  # its own, as other tests may install just now
            _install(Path(made))
            if not _is_there():
                shutil.rmtree(FOLDER, ignore_errors=True)
                with contextlib.suppress(OSError):  # another has been quicker
                    (Path(made) / "node").rename(FOLDER)
        assert _is_there()
    return FOLDER / "node_modules"


def _is_there() -> bool:
    mark = FOLDER / "installed"
    return mark.exists() and mark.read_text(encoding="ascii") == _digest()


def _digest() -> str:
    return sha256((WANTED / "package-lock.json").read_bytes())


def _install(made: Path) -> None:
    """The packages into the folder `node` in this one."""
    npm = shutil.which("npm")
    assert npm, "no npm: it comes with Node"
    folder = made / "node"
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(WANTED / name, folder / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    (folder / "installed").write_text(_digest(), encoding="ascii")
