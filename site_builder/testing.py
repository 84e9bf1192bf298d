"""The `test` command: lint, format, types, tests, one line each, and a summary that hides nothing.

It runs what the machine has tools for and names what it left out; for `--all` a missing tool is a failure.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# A process for each core. One that dies ends the run: xdist may wait for the one in its place for ever.
TOGETHER = ("-q", "-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--max-worker-restart", "0")
PROMPTLY = ("-o", "faulthandler_exit_on_timeout=true")  # a test that hangs ends its process, so that it is named
MOST_SECONDS = 2400.0  # for the usual tests, which take five minutes: one that hangs must not hang who waits for it
CHECKS = (
    ("ruff check", ("ruff", "check", ".")),
    ("ruff format", ("ruff", "format", "--check", ".")),
    ("mypy --strict", ("mypy",)),
)


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that tests with the pytest mark of this name need, and that Python cannot bring along."""

    mark: str
    find: Callable[[], str | None]
    missing: str


def chromium() -> str | None:
    """Return the path of a Chromium: the one CHROMIUM names, else the first on the PATH."""
    named = os.environ.get("CHROMIUM")
    names = (named,) if named else CHROMIUMS
    return next((found for found in map(shutil.which, names) if found), None)


TOOLS = (
    Tool("browser", chromium, "no Chromium: install chromium or google-chrome, or set CHROMIUM to its path"),
    Tool("java", lambda: shutil.which("java"), "no Java: java is not on the PATH"),
    Tool("node", lambda: shutil.which("node"), "no Node: node is not on the PATH"),
)


def run(arguments: list[str], *, everything: bool) -> int:
    """Run all checks and return the exit status; `arguments` go to pytest as they are."""
    left_out = _left_out(everything=everything)
    failed = [name for name, command in CHECKS if not _passes(name, command)]
    # A choice of tests is mostly small, and done before other processes have begun.
    together = TOGETHER if everything else (*TOGETHER, *PROMPTLY)  # slow tests take as long as they like
    pytest = ("pytest", *_selection(left_out), *(arguments or together))
    if not _shows(pytest, None if everything or arguments else MOST_SECONDS):
        failed.append("pytest")
    for mark, reason in left_out.items():
        print(f"not run: {mark} tests ({reason})")
    if everything:
        failed += [f"{mark} tests" for mark in left_out]
    print(f"FAILED: {', '.join(failed)}" if failed else "All that ran has passed.")
    return 1 if failed else 0


def screenshots() -> int:
    """Take the pictures of the site that the README shows, and return the exit status."""
    if not chromium():
        print(f"no pictures: {next(tool.missing for tool in TOOLS if tool.mark == 'browser')}")
        return 1
    return subprocess.run(
        [sys.executable, "-m", "tests.screenshots"], cwd=ROOT, env=_environment(), check=False
    ).returncode


def _left_out(*, everything: bool) -> dict[str, str]:
    """Return the marks whose tests cannot or shall not run here, each with the reason."""
    used = _marks_in_use()
    absent = {tool.mark: tool.missing for tool in TOOLS if tool.mark in used and tool.find() is None}
    slow = {"slow": "they need the network or minutes; `test --all` runs them"}
    return absent | (slow if "slow" in used and not everything else {})


def _marks_in_use() -> set[str]:
    """Return the marks that some test really has: nothing is reported missing that nothing needs."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests").rglob("*.py"))]
    marks = {tool.mark for tool in TOOLS} | {"slow"}
    return {mark for mark in marks if any(f"pytest.mark.{mark}" in text for text in texts)}


def _selection(left_out: dict[str, str]) -> tuple[str, ...]:
    return ("-m", " and ".join(f"not {mark}" for mark in left_out)) if left_out else ()


def _passes(name: str, command: tuple[str, ...]) -> bool:
    """Run one step in this interpreter's environment; its output is shown only when it fails."""
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        print(done.stdout.rstrip())
    return _verdict(name, start, "FAILED" if done.returncode else "passed")


def _shows(command: tuple[str, ...], seconds: float | None) -> bool:
    """Run the tests for all to see, for so long at most."""
    start, name = time.monotonic(), command[0]
    print(f"{name:<14} running", flush=True)
    try:
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, env=_environment(), check=False, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return _verdict(name, start, "STOPPED: some test hangs; its stack is above")
    return _verdict(name, start, "FAILED" if done.returncode else "passed")


def _verdict(name: str, start: float, verdict: str) -> bool:
    print(f"{name:<14} {verdict} {time.monotonic() - start:6.1f} s", flush=True)
    return verdict == "passed"


def _environment() -> dict[str, str]:
    """Tell the browser tests which Chromium was found, so that both look in one place."""
    found = chromium()
    return {**os.environ, **({"CHROMIUM": found} if found else {})}
