"""A build that would never end: it is ended, in words, and leaves the site as it was."""

from __future__ import annotations

import multiprocessing
import re
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from site_builder import backstop, cli, parallel, pipeline, searching
from site_builder.preview import Builder
from site_builder.publish import Staging, verify
from site_builder.rendering import Press
from tests.driver import entry, lay_out
from tests.previews import job, project

KEPT = {"content", "templates", "_site", "._site.lock", "._site.next", ".cache"}
SHORT = "0.002"  # minutes
SAID = "build.py: it was not done after 0.002 minutes and was stopped (`--time-limit` sets another limit), and nothing"


@pytest.fixture(name="folder")
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that has been built, with another title since."""
    lay_out(tmp_path, {f"entries/e{n}.md": entry() for n in range(20)})
    monkeypatch.chdir(tmp_path)
    assert cli.main(["build", "--no-cache"]) == 0
    (tmp_path / "content/entries/e0.md").write_text(entry(title="Another"))
    return tmp_path


def waits(*_: Any, **__: Any) -> Any:
    """A step that never ends; what would not stop it does not hold up the tests for ever."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        time.sleep(0.01)
    raise AssertionError("nobody stopped it")


def matches(*_: Any, **__: Any) -> Any:
    """The same as a pattern that tries all 2^60 ways."""
    re.match("(a+)+$", "a" * 60 + "b")


def swallows(*_: Any, **__: Any) -> Any:
    """The same in code that takes every fault for an author's mistake."""
    try:
        waits()
    except Exception:
        return None, []


def swallows_all(*_: Any, **__: Any) -> Any:
    """The same where even Ctrl-C goes unheard once, as in a finaliser."""
    try:
        waits()
    except BaseException:
        waits()


def is_as_it_was(folder: Path, before: bytes) -> None:
    assert (folder / "_site/manifest.json").read_bytes() == before
    assert verify(folder / "_site") == []
    assert {path.name for path in folder.iterdir()} <= KEPT
    assert multiprocessing.active_children() == []
    with Staging(folder / "_site"):  # nobody holds its lock
        pass


def needs_alarm(step: Callable[..., Any]) -> Any:
    return pytest.param(step, marks=pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm"))


@pytest.mark.parametrize("step", [waits, swallows, needs_alarm(swallows_all), needs_alarm(matches)])
@pytest.mark.parametrize("command", ["build", "check"])
def test_a_build_that_never_ends(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], step: Any, command: str
) -> None:
    """It is ended with a line and status 2; the site is as it was, nothing is left, and the next build is right."""
    before = (folder / "_site/manifest.json").read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "load", step)
        patched.setattr(backstop, "_AGAIN", 0.5)
        assert cli.main([command, "--no-cache", "--jobs", "1", "--time-limit", SHORT]) == 2
    assert [line[: len(SAID)] for line in capsys.readouterr().err.splitlines()] == [SAID]
    is_as_it_was(folder, before)
    assert cli.main(["build", "--no-cache"]) == 0
    assert "Another" in (folder / "_site/entries/e0.html").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems work in one process")
def test_its_helpers_end_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that render pages do not outlive the build that waits for them."""
    before = (folder / "_site/manifest.json").read_bytes()
    monkeypatch.setattr(parallel, "FEWEST", 2)
    monkeypatch.setattr(Press, "render", waits)
    assert cli.main(["build", "--no-cache", "--jobs", "2", "--time-limit", "0.01"]) == 2
    is_as_it_was(folder, before)


def test_a_tool_that_never_ends(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index of the search counts as a part of the build; its folder goes too."""
    before = (folder / "_site/manifest.json").read_bytes()

    def index(staging: Staging) -> str:
        with staging.scratch():
            waits()
        return ""

    monkeypatch.setattr(searching, "index", index)
    assert cli.main(["build", "--no-cache", "--time-limit", "0.01"]) == 2
    is_as_it_was(folder, before)


def test_without_alarms(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A system without them (Windows) has the same limit."""
    before = (folder / "_site/manifest.json").read_bytes()
    monkeypatch.delattr(signal, "setitimer", raising=False)
    monkeypatch.setattr(pipeline, "load", waits)
    heard = signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell has its jobs in the background not hear it
    assert cli.main(["build", "--no-cache", "--jobs", "1", "--time-limit", SHORT]) == 2
    signal.signal(signal.SIGINT, heard)
    assert capsys.readouterr().err.splitlines()[-1].startswith(SAID)
    is_as_it_was(folder, before)


def test_ctrl_c_is_not_the_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who stops a build that still has time is told nothing of a limit."""

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "load", interrupted)
    assert cli.main(["build", "--no-cache", "--jobs", "1"]) == 130


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm")
@pytest.mark.parametrize("moment", ["setitimer", "signal"])
def test_an_alarm_that_comes_when_it_is_over(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """What was done in time counts, what was stopped is told, and the alarm's handler is as it was."""
    before, call = signal.getsignal(signal.SIGALRM), getattr(signal, moment)

    def just_then(*given: Any) -> Any:
        signal.raise_signal(signal.SIGALRM)
        return call(*given)

    def limited(*, late: bool) -> None:
        with monkeypatch.context() as patched, backstop.within(1):
            patched.setattr(signal, moment, just_then)
            if late:
                signal.raise_signal(signal.SIGALRM)

    limited(late=False)
    assert signal.getsignal(signal.SIGALRM) is before
    with pytest.raises(backstop.TimeLimitError):
        limited(late=True)
    assert signal.getsignal(signal.SIGALRM) is before


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm")
def test_an_alarm_that_comes_before_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that stands still just then is no reason to leave the alarm on."""
    before, call = signal.getsignal(signal.SIGALRM), signal.setitimer

    def at_once(which: int, seconds: float, *again: float) -> None:
        call(which, seconds, *again)
        if seconds:
            signal.raise_signal(signal.SIGALRM)

    monkeypatch.setattr(signal, "setitimer", at_once)
    with pytest.raises(backstop.TimeLimitError), backstop.within(1):
        raise AssertionError("it has begun")
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarm")
def test_an_alarm_just_before_it_is_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes effect at once, and Ctrl-C, which was held back before it, is heard again."""
    before, call = signal.getsignal(signal.SIGINT), signal.signal

    def just_then(number: int, handler: Any) -> Any:
        if number == signal.SIGALRM:
            signal.raise_signal(number)
        return call(number, handler)

    def limited() -> None:
        with monkeypatch.context() as patched, backstop.within(1):
            patched.setattr(signal, "signal", just_then)
            with backstop.held_back():
                raise AssertionError("nobody was stopped")

    with pytest.raises(backstop.TimeLimitError):
        limited()
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize("limit", ["0", "5"])
def test_a_build_in_time(folder: Path, limit: str) -> None:
    """A build that is done in time, or has no limit, is not touched by it, and no alarm is left."""
    assert cli.main(["build", "--no-cache", "--time-limit", limit]) == 0
    assert not hasattr(signal, "getitimer") or signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.parametrize("limit", ["-1", "nan", "inf", "1e9", "soon"])
def test_no_limit_at_all(limit: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is no number of minutes is refused in words."""
    assert cli.main(["build", f"--time-limit={limit}"]) == 2
    assert f"`{limit}` is no number of minutes, such as 90" in capsys.readouterr().err


def test_a_preview_that_never_ends(tmp_path: Path) -> None:
    """The server ends the build process, says so, and does not try again by itself."""
    folder = project(tmp_path)
    started = folder / "started"
    code = f"import pathlib, time; pathlib.Path({str(started)!r}).open('a').write('x'); time.sleep(60)"
    builder = Builder(replace(job(folder), minutes=0.03), (sys.executable, "-c", code))
    try:
        (found,) = builder.build().report.diagnostics
        assert found.message == (
            "the build was not done after 0.03 minutes and was stopped (`--time-limit` sets another limit)"
        )
        assert found.code == "build-failed"
        assert started.read_text() == "x"
    finally:
        builder.close()
