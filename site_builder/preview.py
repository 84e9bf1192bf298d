"""The preview without a server: who builds it, and what is to be shown of it."""

from __future__ import annotations

import contextlib
import errno
import html
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO, Any

from site_builder.backstop import stopped
from site_builder.diagnostics import Report, Severity
from site_builder.files import sha256
from site_builder.glance import Show
from site_builder.manifest import MANIFEST, read_manifest
from site_builder.printing import Display, place, summary
from site_builder.texts import printable
from site_builder.urls import HOME, NOT_FOUND
from site_builder.worker import HURRY, Job, Outcome, failed, job_text, outcome_from, unseen

HOST = "127.0.0.1"
PORTS_TRIED = 20
MOST_SHOWN = 500  # errors in the browser; all are counted

_START = "import sys; sys.path.insert(0, sys.argv[1]); from site_builder.worker import work; work(sys.argv[2])"


class Builder:
    """The build process as the server sees it: started when it is needed, and again when it has died."""

    def __init__(self, job: Job, command: Sequence[str] = (sys.executable, "-c", _START)) -> None:
        root = Path(__file__).resolve().parent.parent
        self._command = [*command, str(root), job_text(job)]
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._closed, self._late, self._minutes = False, False, job.minutes
        self._turn = threading.Lock()  # so that no process begins once it is closed

    def build(self, opened: Collection[str] = (), show: Show = unseen) -> Outcome:
        """Build once; this blocks. A process that dies is replaced, but the second in a row only by the next call.

        `show`: told of the pages of `opened` that have changed, before the others are made.
        """
        deaths: list[str] = []
        while len(deaths) < 2 and not self._closed:
            if answer := self._ask(opened, show):
                outcome = outcome_from(answer)
                note = f"the build process had ended ({deaths[0]}), so a new one was started" if deaths else ""
                return replace(outcome, note=note or outcome.note)
            deaths.append(self._bury())
            if self._late:
                return failed(
                    f"the build {stopped(self._minutes)}", "undo the last change, or save again to try once more"
                )
        message = f"the build process has ended twice ({deaths[-1] if deaths else 'closed'}); nothing was built"
        hint = "undo the last change, or save again to try once more; if it goes on, please report it"
        return failed(message, hint)

    def hurry(self) -> None:
        """Let the build that is under way be abandoned, as there is something newer."""
        if (process := self._process) and process.stdin:
            with contextlib.suppress(OSError, ValueError):
                process.stdin.write(HURRY)
                process.stdin.flush()

    def close(self) -> None:
        """End the process, in the middle of a build too: what it publishes is whole at every moment."""
        with self._turn:
            self._closed = True
        if process := self._process:
            _kill(process)
            self._bury()

    def _ask(self, opened: Collection[str], show: Show) -> dict[str, Any]:
        """The outcome of one request; nothing from a process that has died."""
        with self._turn:
            if self._closed:
                return {}
            process = self._process = self._process or self._start()
        timer = threading.Timer(self._minutes * 60, self._stop, (process,))
        self._late = False
        try:
            timer.start() if self._minutes else None
            assert process.stdin is not None  # noqa: S101  _start asks for both pipes
            assert process.stdout is not None  # noqa: S101
            process.stdin.write(json.dumps(sorted(opened)).encode() + b"\n")
            process.stdin.flush()
            while (line := process.stdout.readline()).endswith(b"\n"):
                answer: dict[str, Any] = json.loads(line)
                if "page" not in answer:
                    return answer
                show(answer["page"], answer["text"].encode())
        except (OSError, ValueError):
            pass
        finally:
            timer.cancel()
        return {}

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        self._late = True
        _kill(process)

    def _start(self) -> subprocess.Popen[bytes]:
        # Apart from the terminal's group: Ctrl-C there is for the server, which then ends this process.
        apart: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
        pipe = subprocess.PIPE
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  _bury closes it
        return subprocess.Popen(self._command, stdin=pipe, stdout=pipe, stderr=self._errors, **apart)

    def _bury(self) -> str:
        """What the process has died of; afterwards there is none."""
        process, self._process = self._process, None
        if process is None:
            return ""
        with contextlib.suppress(subprocess.TimeoutExpired):  # it may have closed its output and still live
            process.wait(1)
        _kill(process)
        code, last = process.wait(), b""
        if self._errors:
            self._errors.seek(0)
            last = self._errors.read().strip().rpartition(b"\n")[2]
        for file in (process.stdin, process.stdout, self._errors):
            with contextlib.suppress(OSError):
                file.close() if file else None
        cause = f"by {signal.Signals(-code).name}" if code < 0 else f"with status {code}"
        return f"{cause}: {printable(last.decode('utf-8', 'replace'))}" if last else cause


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The process, and where there are groups of them, the processes that help it to render."""
    if sys.platform == "win32":
        process.kill()
    elif process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


@dataclass(slots=True)
class State:
    """What a browser is to show: which build, and what has been wrong with the author's files since."""

    job: Job
    display: Display
    report: Report | None = None  # none until the first build has ended
    ready: bool = False  # a good build is there, of this session or of the last one
    base: str = ""
    files: Mapping[str, str] = field(default_factory=dict)  # path to SHA-256
    fresh: dict[str, bytes] = field(default_factory=dict)  # pages of the build that is under way
    _session: str = field(default_factory=partial(secrets.token_hex, 4))
    _number: int = 0
    _build: int = 0
    _marks: dict[str, int] = field(default_factory=dict)  # of pages that were seen before the build had ended
    _fresh_marks: dict[str, int] = field(default_factory=dict)

    def mark(self, name: str) -> str:
        """Differs after each build that changes what is served, and from that of any other session.

        A page that was shown before the build had ended, just as it then was, is not loaded a second time.
        """
        return f"{self._session}-{self._fresh_marks.get(name, self._marks.get(name, self._build))}"

    def name(self, path: str) -> str:
        """The file that is served at the path of an address (without its first slash)."""
        name = path.removeprefix(self.base) or HOME
        return name if path.startswith(self.base) and name in self.files else NOT_FOUND

    def resume(self, base: str) -> None:
        """Show the pages of the last preview until those of this one are made."""
        if listed := read_manifest(self.job.out):
            self.ready, self.base, self.files = True, base, _digests(listed)

    def show(self, name: str, data: bytes) -> None:
        """Let a page of the build that is under way be seen; an edit that is undone brings the last good page back."""
        if sha256(data) != self.files.get(name):
            self._number += 1
            self.fresh[name], self._fresh_marks[name] = data, self._number
        elif self.fresh.pop(name, None) is not None:
            del self._fresh_marks[name]

    def take(self, outcome: Outcome) -> None:
        """How the build has ended: with its files, or with the pages as they were before."""
        if outcome.report.ok:
            self.files = _digests(read_manifest(self.job.out) or {})
        if outcome.changed or not self.ready:
            self._number += 1
            self._build = self._number
            same = (name for name, data in self.fresh.items() if self.files.get(name) == sha256(data))
            self._marks = {name: self._fresh_marks[name] for name in same}
        self.fresh, self._fresh_marks, self.report = {}, {}, outcome.report
        if outcome.report.ok:
            self.ready, self.base = True, outcome.base

    def message(self, name: str = "") -> dict[str, Any]:
        """What a browser that shows this file is told."""
        found = [one for one in self.report.diagnostics if one.severity is Severity.ERROR] if self.report else []
        errors = [
            {
                "place": place(one, self.display),
                "copy": self.display(one.location.path) + (f":{one.location.line}" if one.location.line else ""),
                "column": one.caret or one.location.column,
                "message": one.message,
                "hint": one.hint,
                "excerpt": one.excerpt,
            }
            for one in found[:MOST_SHOWN]
        ]
        return {
            "command": "preview",
            "build": self.mark(name),
            "errors": errors,
            "count": len(found),
            "old": not self.report,
        }

    def waiting(self, page: str) -> str:
        """The page before the first good build: what is wrong, or that it is on its way."""
        found = self.message()["errors"]
        items = (f"{one['place']}: {one['message']}; {one['hint']}\n{one['excerpt']}".strip() for one in found)
        errors = "".join(f"<li>{html.escape(item)}</li>" for item in items)
        said = "The first build has found errors" if found else "The first build is under way"
        return page.replace("[said]", said).replace("[errors]", errors)


def _digests(listed: Mapping[str, tuple[str, int]]) -> dict[str, str]:
    return {MANIFEST: "", **{path: digest for path, (digest, _) in listed.items()}}


class Told:
    """What the terminal says of each build: all errors, of the rest only what is new."""

    def __init__(self, display: Display, say: Callable[[str], None], show: Callable[[Report], None]) -> None:
        self._display, self._say, self._show = display, say, show
        self._known = Report()

    def __call__(self, outcome: Outcome, changed: list[str]) -> None:
        if outcome.note:
            self._say(outcome.note)
        report, known = outcome.report, set(self._known.diagnostics)
        self._show(Report.of(one for one in report.diagnostics if one.severity is Severity.ERROR or one not in known))
        self._known = report
        what = self._display(changed[0]) + (f" and {len(changed) - 1} more" if len(changed) > 1 else "")
        done = "built" if outcome.changed else "nothing new" if report.ok else "the last good pages stay"
        found = f", {summary(report)}" if summary(report) else ""
        self._say(f"{time.strftime('%H:%M:%S')}  {what}: {done}, {outcome.seconds:.1f} s{found}")


def bound(port: int) -> socket.socket:
    """The port, or the next free one, on this machine's own address: nobody else can reach it."""
    for candidate in range(port, min(port + PORTS_TRIED, 65536)) if port > 0 else [0] * (port == 0):
        with contextlib.suppress(OSError):
            listener = socket.create_server((HOST, candidate), backlog=128)
            listener.setblocking(False)
            return listener
    message = f"the preview can have no port from {port} to {port + PORTS_TRIED - 1}; name another with `--port`"
    raise OSError(errno.EADDRINUSE, message)
