"""The preview's build process: it lives as long as the server and keeps its memo from build to build.

A request is a line on its standard input, the answer a line of JSON. When its input ends, because the server has
ended in whatever way, it ends as well.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from site_builder.artifacts import Page
from site_builder.diagnostics import Diagnostic, Location, Report, error
from site_builder.disk import snapshot
from site_builder.files import Options, sha256
from site_builder.kinds import PACKER
from site_builder.limits import MAX_MINUTES
from site_builder.loading import SITE
from site_builder.memo import Memo
from site_builder.parallel import Crew
from site_builder.pipeline import build
from site_builder.publish import OutputError, Staging
from site_builder.reading import read_site
from site_builder.receipts import generator
from site_builder.rendering import Made, Press
from site_builder.seen import Seen
from site_builder.shelf import FILE, Shelf
from site_builder.texts import printable

OUT = Path(".cache/preview")


@dataclass(frozen=True, slots=True)
class Job:
    """What is previewed: the author's two folders, what the command line says, and where the pages go.

    `beneath`: the look that stands in for what `templates` does not have; `cache`: whether what earlier runs have
    computed counts; `minutes`: how long one build may take (0: as long as it likes).
    """

    content: Path
    templates: Path
    options: Options
    out: Path = OUT
    beneath: Path | None = None
    cache: bool = True
    minutes: float = MAX_MINUTES


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a build went. `base` is the folder of its host that the site is made for: "" or "repo/"."""

    report: Report
    changed: bool = False
    base: str = ""
    seconds: float = 0.0
    note: str = ""


class _Hands(Crew):
    """As many processes as there are cores; what only others of them have done is done here later."""

    def __init__(self) -> None:
        super().__init__(0)
        self._elsewhere: list[tuple[Press, str, Page]] = []  # a page of each template that this process has not used

    def render(self, press: Press, pages: Sequence[tuple[str, Page]]) -> Iterator[Made | Diagnostic]:
        if self.many(len(pages)):
            self._elsewhere = list({page.template: (press, path, page) for path, page in pages}.values())
        return super().render(press, pages)

    def rest(self) -> None:
        while self._elsewhere:
            press, path, page = self._elsewhere.pop()
            press.render(path, page)


class Worker:
    """Builds the job again and again, each time computing only what has changed."""

    def __init__(self, job: Job) -> None:
        self._job, self._notes = job, list[str]()
        self._memo = Memo(Shelf(FILE, generator(Seen(sha256)), PACKER, self._notes.append) if job.cache else None)
        self._read, self._made = Seen(bytes), Seen(sha256)
        self._hands = _Hands()

    def build(self) -> Outcome:
        begun = time.monotonic()
        try:
            outcome = self._build()
        except OutputError as wrong:
            outcome = failed(str(wrong), "the next save tries again")
        except Exception as wrong:  # a fault of the generator must not end the preview
            where = _innermost(wrong)
            hint = "this is a fault of the generator, not of your text; please report it"
            outcome = failed(f"{type(wrong).__name__}: {wrong} ({where})", hint)
        notes, self._notes[:] = "; ".join(self._notes), []
        return replace(outcome, seconds=time.monotonic() - begun, note=notes)

    def rest(self) -> None:
        """Do what an edit would wait for while the author reads: templates that only other processes have used."""
        self._hands.rest()
        self._memo.save()
        gc.collect()
        if not gc.get_freeze_count():  # what the first build has left stays; to look at it each time takes long
            gc.freeze()

    def _build(self) -> Outcome:
        job = self._job
        with Staging(job.out, (job.content, job.templates), self._made) as staging:
            inputs = snapshot(job.content, job.templates, self._read, job.beneath)
            report = build(inputs, job.options, self._memo, staging, self._hands)
            changed = report.ok and staging.publish()
        return Outcome(report, changed, self._memo.once(base_of, job.options.base_url, inputs.files.get(SITE, b"")))


def base_of(url: str, data: bytes) -> str:
    """The folder of its host that a site is made for. `url`: what the command line says; `data`: site.yaml."""
    site = read_site(data)[0] if data and not url else None
    with contextlib.suppress(ValueError):
        path = unquote(urlsplit(site.base_url if site else url).path).strip("/")
        return f"{path}/" if path else ""
    return ""


def work(job: str) -> None:
    """What the process does: a build for each line of input, until the input ends."""
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
            worker.rest()


def failed(message: str, hint: str) -> Outcome:
    """No finding in a file of the author: the build itself did not come to its end."""
    return Outcome(Report((error(Location("build.py"), "build-failed", printable(message), hint),)))


def _innermost(wrong: Exception) -> str:
    """The last place of our own that the exception has passed, as `module.py:line`."""
    step, where = wrong.__traceback__, ""
    while step is not None:
        where = f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}"
        step = step.tb_next
    return where


def job_text(job: Job) -> str:
    return json.dumps(asdict(job), default=str)


def _job(text: str) -> Job:
    found = json.loads(text)
    names = ("content", "templates", "out", "beneath")
    folders: dict[str, Any] = {name: Path(found[name]) for name in names if found[name]}
    return Job(**folders, options=Options(**found["options"]), cache=found["cache"])


def _outcome_text(outcome: Outcome) -> bytes:
    return json.dumps(asdict(outcome)).encode()


def outcome_from(text: bytes) -> Outcome:
    found = json.loads(text)
    return Outcome(**{**found, "report": Report.from_plain(found["report"]["diagnostics"])})
