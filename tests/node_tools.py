"""Tools and readers of formats that need Node: versions in `node/package.json`, installed where git does not look.

    folder = node_tools.installed()  # …/node_modules

A test that uses it has the marks `node` and `slow`, since the first use asks npm's registry. To raise a version, change
`node/package.json` and run there `npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts`.
(`overrides` are for a package of Lighthouse that asks for "latest", which no lock without addresses can hold.)
"""

from __future__ import annotations

import functools
import shutil
import subprocess
from pathlib import Path

from site_builder.files import sha256
from tests.driver import PROJECT

WANTED = PROJECT / "tests" / "node"
FOLDER = PROJECT / ".cache" / "node"


@functools.cache
def installed() -> Path:
    """The folder `node_modules` with the packages of the lock; no package's own script is run."""
    mark, lock = FOLDER / "installed", WANTED / "package-lock.json"
    digest = sha256(lock.read_bytes())
    if not mark.exists() or mark.read_text(encoding="ascii") != digest:
        FOLDER.mkdir(parents=True, exist_ok=True)
        mark.unlink(missing_ok=True)
        for name in ("package.json", lock.name):
            shutil.copyfile(WANTED / name, FOLDER / name)
        npm = shutil.which("npm")
        assert npm, "no npm: it comes with Node"
        done = subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=FOLDER,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stderr
        mark.write_text(digest, encoding="ascii")
    return FOLDER / "node_modules"
