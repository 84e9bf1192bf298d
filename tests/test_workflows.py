import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(path.name for path in FOLDER.glob("*.y*ml"))


def read(name: str) -> dict[Any, Any]:
    """Return a workflow as data; YAML 1.1 reads its key `on` as true."""
    data: dict[Any, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return data


def steps(name: str) -> list[dict[str, Any]]:
    """Return the steps of all jobs of a workflow."""
    return [step for job in read(name)["jobs"].values() for step in job["steps"]]


def test_there_are_four() -> None:
    """Workflows test, publish, ask for links and release; a further one needs a look at the rules below."""
    assert WORKFLOWS == ["ci.yml", "links.yml", "publish.yml", "release.yml"]


@pytest.mark.slow
def test_zizmor_finds_nothing() -> None:
    """The linter of what attackers use finds nothing, and would find strangers' code that meets a token."""
    zizmor = Path(sys.executable).with_name("zizmor")
    folder = [str(zizmor), "--offline", "--no-progress"]
    done = subprocess.run([*folder, str(ROOT / ".github")], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    bad = (
        "on: pull_request_target\njobs: {a: {runs-on: ubuntu-latest, steps: [{run: 'echo ${{ github.head_ref }}'}]}}\n"
    )
    done = subprocess.run([*folder, "-"], input=bad, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode != 0
    assert "dangerous-triggers" in done.stdout + done.stderr


def test_release_attests_what_it_has_made() -> None:
    """The job that runs our code can only read; the one that attests and publishes runs none, and only for a tag."""
    workflow = read("release.yml")
    build, attest = workflow["jobs"]["build"], workflow["jobs"]["attest"]
    assert workflow[True] == {"push": {"tags": ["v*"]}}
    assert workflow["permissions"] == {}
    assert build["permissions"] == {"contents": "read"}
    assert attest["permissions"] == {"contents": "write", "id-token": "write", "attestations": "write"}
    used = [step["uses"].partition("@")[0] for step in attest["steps"] if "uses" in step]
    assert used == ["actions/download-artifact", "actions/attest-build-provenance"]
    assert not re.search(r"python|build\.py|checkout", "".join(step.get("run", "") for step in attest["steps"]))


def test_a_bot_asks_for_updates() -> None:
    """Actions and packages are looked after, with a pause in which bad releases are found out."""
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"github-actions", "pip"}
    assert all(one["cooldown"]["default-days"] >= 7 for one in updates)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_strangers_code_never_meets_rights(name: str) -> None:
    """No workflow runs a pull request's code in the context of this repository, nor is any secret named."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not {"pull_request_target", "workflow_run"} & set(read(name)[True])
    assert "secrets" not in text.replace("knows no\n# secret", "")


def test_ci_may_only_read() -> None:
    """The workflow that builds pull requests may read the repository, and no job takes more."""
    workflow = read("ci.yml")
    assert workflow["permissions"] == {"contents": "read"}
    assert not any("permissions" in job for job in workflow["jobs"].values())
    assert set(workflow[True]) == {"pull_request", "push"}
    assert workflow[True]["push"] == {"branches": ["main"]}


def test_publish_separates_building_from_deploying() -> None:
    """The job that runs our code cannot deploy; the job that can deploy runs none of our code."""
    workflow = read("publish.yml")
    build, deploy = workflow["jobs"]["build"], workflow["jobs"]["deploy"]
    assert workflow["permissions"] == {}
    assert build["permissions"] == {"contents": "read", "pages": "read"}
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert deploy["environment"]["name"] == "github-pages"
    assert not any("run" in step for step in deploy["steps"])


def test_publish_runs_on_main_one_at_a_time() -> None:
    """Only the main branch is published, or a person asks; a deployment under way is not cut off."""
    workflow = read("publish.yml")
    assert workflow[True] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}
    assert workflow["concurrency"] == {"group": "pages", "cancel-in-progress": False}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_expression_inside_a_script(name: str) -> None:
    """Values reach scripts through the environment, never pasted into their text."""
    assert not [step["run"] for step in steps(name) if "${{" in step.get("run", "")]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned(name: str) -> None:
    """Every action is of the `actions` organisation, pinned by its full hash with the version beside it."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    used = re.findall(r"uses: *(.+)", text)
    assert used
    for line in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)


def test_one_action_has_one_hash() -> None:
    """All workflows use the same revision of an action."""
    used = {step["uses"] for name in WORKFLOWS for step in steps(name) if "uses" in step}
    assert len(used) == len({action.partition("@")[0] for action in used})


@pytest.mark.parametrize("name", WORKFLOWS)
def test_checkout_keeps_no_token(name: str) -> None:
    """The checked-out repository does not keep the token, where later steps could find it."""
    checkouts = [step for step in steps(name) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_jobs_end(name: str) -> None:
    """Every job has a time limit well under GitHub's six hours; asking gently for a thousand pages takes longest."""
    longest = 150 if name == "links.yml" else 30
    assert all(job["timeout-minutes"] <= longest for job in read(name)["jobs"].values())


def test_links_are_asked_for_once_a_month() -> None:
    """Asking for links runs by itself once a month or when a person asks, and no change waits for it."""
    on = read("links.yml")[True]
    assert set(on) == {"schedule", "workflow_dispatch"}
    ((minute, hour, day, month, weekday),) = [item["cron"].split() for item in on["schedule"]]
    assert (minute.isdecimal(), hour.isdecimal(), day.isdecimal()) == (True, True, True)
    assert (month, weekday) == ("*", "*")


def test_links_separate_asking_from_telling() -> None:
    """The job that runs our code and reads other hosts may only read; the job that may write issues does neither."""
    workflow = read("links.yml")
    check, tell = workflow["jobs"]["check"], workflow["jobs"]["tell"]
    assert workflow["permissions"] == {}
    assert check["permissions"] == {"contents": "read"}
    assert tell["permissions"] == {"issues": "write"}
    assert not any("uses" in step for step in tell["steps"])
    assert not re.search(r"python|build\.py|curl|wget", "".join(step["run"] for step in tell["steps"]))


def links(job: str, tmp_path: Path, **variables: str) -> tuple[int, str]:
    """Run the scripts of a job of the links workflow as the runner does, with stand-ins for `python` and `gh`."""
    steps = [step for step in read("links.yml")["jobs"][job]["steps"] if "run" in step]
    folder = tmp_path / "bin"
    folder.mkdir(exist_ok=True)
    for name, text in STAND_INS.items():
        (folder / name).write_text(f"#!/bin/sh\n{text}", encoding="utf-8")
        (folder / name).chmod(0o755)
    files = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "SAID")}
    found = variables.get("FOUND", "")
    status = 0
    for step in steps:
        if "if" in step and step["if"] != f"needs.check.outputs.found == '{found}'":
            continue
        status = subprocess.run(
            ["bash", "-e", "-c", step["run"]],
            env={"PATH": f"{folder}:{os.environ['PATH']}", "LABEL": "outside-links", **files, **variables},
            cwd=tmp_path,
            check=False,
        ).returncode
    said = tmp_path / ("GITHUB_OUTPUT" if job == "check" else "SAID")
    return status, said.read_text(encoding="utf-8") if said.exists() else ""


STAND_INS = {
    "python": 'printf "# Found\\nfound=no\\n" > links.md; exit "$STATUS"\n',
    "gh": 'echo "$@" >> "$SAID"\ncase "$*" in\n*list*) printf %s "$OPEN" ;;\n*body-file*) cat >> "$SAID" ;;\nesac\n',
}
needs_bash = pytest.mark.skipif(sys.platform == "win32", reason="the runner of this workflow is a Linux")


@needs_bash
@pytest.mark.parametrize("status", [0, 1])
def test_links_hand_on_the_report(tmp_path: Path, status: int) -> None:
    """The report reaches the other job whole, and nothing in it can set another value."""
    code, output = links("check", tmp_path, STATUS=str(status))
    assert code == 0
    first, mark, *report = output.splitlines()
    end = mark.removeprefix("report<<")
    assert (first, len(end)) == (f"found={status}", 32)
    assert report == ["# Found", "found=no", "", end]


@needs_bash
def test_links_that_know_nothing_say_nothing(tmp_path: Path) -> None:
    """A run that could not ask fails, and touches no issue."""
    assert links("check", tmp_path, STATUS="2") == (2, "")


@needs_bash
@pytest.mark.parametrize(
    ("found", "opened", "commands"),
    [
        ("1", "", ["label create", "issue list", "issue create"]),
        ("1", "7", ["label create", "issue list", "issue edit 7"]),
        ("0", "7", ["issue list", "issue close 7"]),
        ("0", "", ["issue list"]),
    ],
)
def test_links_keep_one_issue(tmp_path: Path, found: str, opened: str, commands: list[str]) -> None:
    """There is one issue: opened, brought up to date while something is gone, and closed when nothing is."""
    code, said = links("tell", tmp_path, FOUND=found, OPEN=opened, REPORT="# $(touch owned) `x`")
    lines = [line for line in said.splitlines() if not line.startswith("#")]
    assert code == 0
    assert [line.startswith(command) for line, command in zip(lines, commands, strict=True)] == [True] * len(commands)
    assert ("# $(touch owned) `x`" in said) == (found == "1")
    assert not (tmp_path / "owned").exists()


def test_base_url_comes_from_pages() -> None:
    """The published site is built for the address that Pages says it will have."""
    build = next(step for step in steps("publish.yml") if step.get("name") == "Build")
    assert build["env"] == {"BASE_URL": "${{ steps.pages.outputs.base_url }}"}
    assert '--base-url "$BASE_URL"' in build["run"]


def test_ci_covers_three_systems_and_the_oldest_python() -> None:
    """Tests run on Linux, macOS and Windows, and with the oldest Python that the project promises."""
    matrix = read("ci.yml")["jobs"]["test"]["strategy"]["matrix"]["include"]
    assert {row["os"].partition("-")[0] for row in matrix} == {"ubuntu", "macos", "windows"}
    assert "3.11" in {row["python"] for row in matrix}


def test_ci_script_is_the_readme_command() -> None:
    """`.ci/run` is strict bash, runs from the project's folder, and calls the one test command."""
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line and not line.startswith("#")]
    assert lines[0] == "#!/usr/bin/env bash"
    assert commands[0] == "set -euo pipefail"
    assert commands[-1] == "exec python3 build.py test"


def test_builds_trust_no_cache() -> None:
    """A workflow builds from the files alone: what a stranger has committed as a cache counts for nothing."""
    runs = [step.get("run", "") for name in WORKFLOWS for step in steps(name)]
    builds = [run for run in runs if re.search(r"build\.py (?:--|build)", run)]
    assert len(builds) == 2
    assert all("--no-cache" in run for run in builds)
