import re
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


def test_there_are_two() -> None:
    """One workflow tests, one publishes; a further one needs a look at the rules below."""
    assert WORKFLOWS == ["ci.yml", "publish.yml"]


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
    """Every job has a time limit well under GitHub's six hours."""
    assert all(job["timeout-minutes"] <= 30 for job in read(name)["jobs"].values())


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
