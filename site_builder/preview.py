"""The preview's build process: it lives as long as the server and keeps its memo from build to build.

A request is a line on its standard input, the answer a line of JSON. When its input ends, because the server has
ended in whatever way, it ends as well. `Builder` and `Watch` are the server's end, `work` is the process's.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from site_builder.diagnostics import Diagnostic, Location, Report, Severity, error
from site_builder.disk import Identity, fingerprint, snapshot
from site_builder.files import Inputs
from site_builder.loading import SITE, Options
from site_builder.memo import Memo
from site_builder.pipeline import build
from site_builder.publish import OutputError, Staging
from site_builder.reading import read_site
from site_builder.texts import printable

OUT = Path(".cache/preview")
POLL = 0.2  # seconds between two looks at the author's folders
AT_REST = 0.04  # without a change for so long: the editor has finished saving, git switching branches
LONGEST_UNREST = 1.0

_START = "import sys; sys.path.insert(0, sys.argv[1]); from site_builder.preview import work; work(sys.argv[2])"


@dataclass(frozen=True, slots=True)
class Job:
    """What is previewed: the author's two folders, what the command line says, and where the pages go."""

    content: Path
    templates: Path
    options: Options
    out: Path = OUT


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build went. `base` is the folder of its host that the site is made for: "" or "repo/"."""

    report: Report
    changed: bool = False
    base: str = ""
    seconds: float = 0.0
    note: str = ""


class Watch:
    """What changes in the author's folders: files that come, go, are written or renamed."""

    def __init__(self, job: Job) -> None:
        self.pause = POLL
        self._job = job
        self._seen: dict[str, Identity] = {}

    def look(self) -> list[str]:
        """The names that changed since the last look, once all is at rest; at the first look, all names."""
        begun = time.monotonic()
        now = self._fingerprint()
        self.pause = max(POLL, 10 * (time.monotonic() - begun))  # looking takes a tenth of the time at most
        while now != self._seen and time.monotonic() - begun < LONGEST_UNREST:
            time.sleep(AT_REST)
            before, now = now, self._fingerprint()
            if now == before:
                break
        before, self._seen = self._seen, now
        return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))

    def _fingerprint(self) -> dict[str, Identity]:
        return fingerprint(self._job.content, self._job.templates)


class Builder:
    """The build process as the server sees it: started when it is needed, and again when it has died."""

    def __init__(self, job: Job, command: Sequence[str] = (sys.executable, "-c", _START)) -> None:
        root = Path(__file__).resolve().parent.parent
        self._command = [*command, str(root), _job_text(job)]
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._closed = False

    def build(self) -> Outcome:
        """Build once; this blocks. A process that dies is replaced, but the second in a row only by the next call."""
        deaths: list[str] = []
        while len(deaths) < 2 and not self._closed:
            if answer := self._ask():
                note = f"the build process had ended ({deaths[0]}), so a new one was started" if deaths else ""
                return replace(_outcome(answer), note=note)
            deaths.append(self._bury())
        message = f"the build process has ended twice ({deaths[-1] if deaths else 'closed'}); nothing was built"
        hint = "undo the last change, or save again to try once more; if it goes on, please report it"
        return Outcome(Report((error(Location(SITE), "build-process", message, hint),)))

    def close(self) -> None:
        """End the process, in the middle of a build too: what it publishes is whole at every moment."""
        self._closed = True
        if process := self._process:
            process.kill()
            self._bury()

    def _ask(self) -> bytes:
        """The answer to one request; b"" from a process that has died."""
        process = self._process = self._process or self._start()
        try:
            assert process.stdin and process.stdout  # noqa: S101  _start asks for both
            process.stdin.write(b"build\n")
            process.stdin.flush()
            answer = process.stdout.readline()
        except (OSError, ValueError):
            return b""
        return answer if answer.endswith(b"\n") else b""

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
        process.kill()
        code, last = process.wait(), b""
        if self._errors:
            self._errors.seek(0)
            last = self._errors.read().strip().rpartition(b"\n")[2]
        for file in (process.stdin, process.stdout, self._errors):
            with contextlib.suppress(OSError):
                file.close() if file else None
        cause = f"by {signal.Signals(-code).name}" if code < 0 else f"with status {code}"
        return f"{cause}: {printable(last.decode('utf-8', 'replace'))}" if last else cause


class _Patient(Memo):
    """Forgets only after a good build: a slip in one entry must not cost all the pages."""

    def sweep(self) -> None:
        """Not yet: the pipeline calls this after every build."""

    def forget(self) -> None:
        super().sweep()


class Worker:
    """Builds the job again and again, each time computing only what has changed."""

    def __init__(self, job: Job) -> None:
        self._job, self._memo = job, _Patient()

    def build(self) -> Outcome:
        begun = time.monotonic()
        try:
            outcome = self._build()
        except OutputError as wrong:
            outcome = _failed(str(wrong), "the next save tries again")
        except Exception as wrong:  # a fault of the generator must not end the preview
            where = _innermost(wrong)
            hint = "this is a fault of the generator, not of your text; please report it"
            outcome = _failed(f"{type(wrong).__name__}: {wrong} ({where})", hint)
        return replace(outcome, seconds=time.monotonic() - begun)

    def _build(self) -> Outcome:
        job = self._job
        with Staging(job.out, sources=(job.content, job.templates)) as staging:
            inputs = snapshot(job.content, job.templates)
            report = build(inputs, job.options, self._memo, staging)
            changed = report.ok and staging.publish()
        if report.ok:
            self._memo.forget()
        return Outcome(report, changed, self._base(inputs))

    def _base(self, inputs: Inputs) -> str:
        url, data = self._job.options.base_url, inputs.files.get(SITE)
        if not url and data is not None:
            site = self._memo.remember("base", data, lambda: read_site(data)[0])
            url = site.base_url if site else ""
        with contextlib.suppress(ValueError):
            path = urlsplit(url).path.strip("/")
            return f"{path}/" if path else ""
        return ""


def work(job: str) -> None:
    """The process: a build for each line of input, until the input ends."""
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that a library prints can pass for an answer
        worker = Worker(_job(job))
        gc.disable()  # a collection in the middle of a build makes it a third slower
        for _ in sys.stdin.buffer:
            try:
                answers.write(_outcome_text(worker.build()) + b"\n")
                answers.flush()
            except OSError:  # the server has gone
                return
            gc.collect()


def _failed(message: str, hint: str) -> Outcome:
    return Outcome(Report((error(Location(SITE), "build-failed", printable(message), hint),)))


def _innermost(wrong: Exception) -> str:
    """The last place of our own that the exception has passed, as `module.py:line`."""
    step, where = wrong.__traceback__, ""
    while step is not None:
        where = f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}"
        step = step.tb_next
    return where


def _job_text(job: Job) -> str:
    return json.dumps({**asdict(job), "content": str(job.content), "templates": str(job.templates), "out": str(job.out)})


def _job(text: str) -> Job:
    found = json.loads(text)
    folders = {name: Path(found[name]) for name in ("content", "templates", "out")}
    return Job(**folders, options=Options(**found["options"]))


def _outcome_text(outcome: Outcome) -> bytes:
    return json.dumps(asdict(outcome)).encode()


def _outcome(text: bytes) -> Outcome:
    found = json.loads(text)
    findings = tuple(
        Diagnostic(**{**one, "location": Location(**one["location"]), "severity": Severity(one["severity"])})
        for one in found["report"]["diagnostics"]
    )
    return Outcome(**{**found, "report": Report(findings)})
