"""Pages made by several processes."""

from __future__ import annotations

import contextlib
import errno
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from site_builder import parallel
from site_builder.files import Options
from site_builder.kinds import PACKER
from site_builder.memo import Memo
from site_builder.pipeline import build
from site_builder.publish import MemoryStaging
from site_builder.shelf import Shelf
from tests.driver import inputs
from tests.previews import until


def _site(jobs: int, *, again: bool = False) -> dict[str, bytes]:
    entries = {
        f"entries/2014/e{n}.md": f"---\ntitle: Event {n}\ndate: 2014-06-{n:02}\n---\nText.\n" for n in range(1, 31)
    }
    stage = MemoryStaging()
    assert build(inputs(entries), Options(), Memo(again=again), stage, parallel.Crew(jobs)).ok
    return stage.files


def test_several_processes_make_the_same_bytes_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many processes work, and how often others take over, has no say in what they make."""
    monkeypatch.setattr(parallel, "FEWEST", 2)
    monkeypatch.setattr(parallel, "_SHIFT", 20)
    alone, together = _site(1), _site(2)
    assert alone == together == _site(2, again=True)
    assert len(alone) > 30


@pytest.mark.skipif(sys.platform != "linux", reason="other systems work in one process")
@pytest.mark.parametrize("number", [signal.SIGALRM, signal.SIGINT])
def test_a_signal_in_the_middle_of_a_fork_is_heard(monkeypatch: pytest.MonkeyPatch, number: signal.Signals) -> None:
    """A limit of time or Ctrl-C that falls into a fork, where Python drops it, ends the work and all processes."""

    def late(*_: object) -> None:
        raise TimeoutError

    before, fork = signal.signal(number, late), os.fork

    def interrupted() -> int:
        with contextlib.suppress(TimeoutError):  # as Python does with what it calls before and after a fork
            signal.raise_signal(number)
            time.sleep(0)
        return fork()

    monkeypatch.setattr(os, "fork", interrupted)
    try:
        with pytest.raises(TimeoutError):
            list(parallel.Crew(2).compute(_tasks(lambda n: None)))
        assert signal.getsignal(number) is late
    finally:
        signal.signal(number, before)
    assert multiprocessing.active_children() == []


def test_so_many_pages_are_made_by_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many pages each process would come to hold a copy of the site; who asks for several gets them."""
    monkeypatch.setattr(parallel, "FEWEST", 2)
    monkeypatch.setattr(parallel, "MOST", 10)
    shared: list[str] = []
    together = parallel.Crew._together

    def watched(*given: Any) -> Any:
        shared.append(given[1].__name__)
        return together(*given)

    monkeypatch.setattr(parallel.Crew, "_together", watched)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    alone = _site(0)
    assert "fill_order" not in shared
    assert _site(2) == alone
    assert "fill_order" in shared


def _pause(n: int) -> None:
    time.sleep(0.002)  # so that the others get to do something


def _tasks(there: Callable[[int], None], here: Callable[[int], None] = _pause) -> list[Callable[[], int]]:
    """Squares, and what happens before each where another process than this one works it out, or this one."""
    this = os.getpid()

    def square(n: int) -> int:
        there(n) if os.getpid() != this else here(n)
        return n * n

    return [partial(square, n) for n in range(300)]


def _dies(n: int) -> None:
    if n % 50 == 49:
        os.kill(os.getpid(), signal.SIGKILL)


def _fails(n: int) -> None:
    if n % 50 == 49:
        raise MemoryError


@pytest.mark.parametrize("there", [lambda n: None, _dies, _fails], ids=["well", "killed", "failing"])
@pytest.mark.skipif(sys.platform != "linux", reason="other systems work in one process")
def test_nothing_depends_on_the_other_processes(there: Callable[[int], None]) -> None:
    """Results come in the order of their tasks, each once, also where others are killed or fail on the way."""
    assert list(parallel.Crew(3).compute(_tasks(there))) == [n * n for n in range(300)]
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems work in one process")
@pytest.mark.parametrize("room", [0, 1, 99])
def test_no_more_processes_than_there_is_work_or_room_for(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """`--jobs 1000000` starts none that would have nothing to do; where the system refuses one, those there do all."""
    fork, forked = os.fork, list[int]()

    def refused() -> int:
        if len(forked) == room:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        forked.append(os.getpid())
        return fork()

    monkeypatch.setattr(os, "fork", refused)
    assert list(parallel.Crew(1_000_000).compute(_tasks(lambda n: None)[:24])) == [n * n for n in range(24)]
    assert len(forked) == min(room, 2)  # of three chunks of eight tasks, one is done by this process
    assert multiprocessing.active_children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems work in one process")
def test_the_others_work_too_and_say_so(tmp_path: Path) -> None:
    """What another process has made comes as it was sent."""
    one, other = tmp_path / "one", tmp_path / "other"

    def meet(mine: Path, its: Path, n: int) -> None:
        mine.touch()
        until(its.exists)  # neither is done with its first chunk before the other has begun with one

    found = list(parallel.Crew(2).compute(_tasks(partial(meet, one, other), partial(meet, other, one)), send=str))
    assert [int(result) for result in found] == [n * n for n in range(300)]
    assert {type(result) for result in found} == {int, str}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems work in one process")
def test_what_fails_in_every_process_is_told_by_this_one() -> None:
    """A fault comes as itself, not as a process that has ended."""

    def divide(n: int) -> float:
        return 1 / (n - 250)

    with pytest.raises(ZeroDivisionError):
        list(parallel.Crew(2).compute([partial(divide, n) for n in range(300)]))
    assert multiprocessing.active_children() == []


def test_a_broken_template_is_told_once_by_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong in another process comes back as a located error, one for a place."""
    monkeypatch.setattr(parallel, "FEWEST", 2)
    entries = {f"entries/2014/e{n}.md": f"---\ntitle: E\ndate: 2014-06-{n:02}\n---\nText.\n" for n in range(1, 9)}
    broken = inputs({**entries, "templates/entry.html": "{{ nobody_knows }}"})
    report = build(broken, Options(), Memo(), MemoryStaging(), parallel.Crew(2))
    assert [
        (finding.location.path, finding.location.line)
        for finding in report.diagnostics
        if finding.code == "template-error"
    ] == [("templates/entry.html", 1)]


def test_the_memo_has_no_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Templates that processes have compiled for each other are run, so the memo has none of them."""
    monkeypatch.setattr(parallel, "FEWEST", 2)
    entries = {f"entries/2014/e{n}.md": f"---\ntitle: E\ndate: 2014-06-{n:02}\n---\nText.\n" for n in range(1, 9)}
    file, said = tmp_path / "memo.sqlite3", list[str]()
    memo = Memo(Shelf(file, "maker", PACKER, said.append))
    assert build(inputs(entries), Options(), memo, MemoryStaging(), parallel.Crew(2)).ok
    memo.save()
    kept = file.read_bytes()
    assert b"entries/e1.html" in kept
    name = b"templates/entry.html"  # which every compiled template has in it
    assert name not in kept
    assert name.hex().encode() not in kept
