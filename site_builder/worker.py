"""The preview's build process: it lives as long as the server and keeps its memo from build to build.

A request is a line on its standard input, the answer a line of JSON. When its input ends, because the server has
ended in whatever way, it ends as well.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import select
import sys
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from site_builder.ahead import compiled_templates
from site_builder.compilations import Compilations
from site_builder.diagnostics import Location, Report, error
from site_builder.disk import snapshot
from site_builder.files import CONTENT, Inputs, Options, sha256
from site_builder.glance import Glance, Show
from site_builder.kinds import PACKER
from site_builder.limits import MAX_MINUTES, MAX_TEXT
from site_builder.loading import SITE
from site_builder.making import Listener
from site_builder.manifest import read_manifest
from site_builder.memo import Memo
from site_builder.parallel import Crew
from site_builder.pipeline import build
from site_builder.plain import read_plain
from site_builder.publish import OutputError, Staging
from site_builder.reading import ENTRIES, read_file, read_site
from site_builder.receipts import generator
from site_builder.seen import Seen
from site_builder.shelf import FILE, Shelf
from site_builder.texts import printable
from site_builder.typography import Typography

OUT = Path(".cache/preview")
HURRY = b"hurry\n"
BETWEEN = 0.005  # seconds from one look for something newer to the next, as each is a call of the system
MOST_ABANDONED = 5  # builds in a row: the pages that nobody has open must come to be, too


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
    abandoned: bool = False  # since there is something newer to build; what was on show stays


def unseen(path: str, data: bytes) -> None:
    """A page that nobody is waiting for."""


def never() -> bool:
    """Nobody waits for another build."""
    return False


class _AbandonedError(Exception):
    """Nobody needs the rest of this build."""


class Worker:
    """Builds the job again and again, each time computing only what has changed.

    `show`: see `Glance`. `waiting`: whether something newer waits to be built; once the open pages are made, the build
    is abandoned then, but not forever.
    """

    def __init__(self, job: Job, show: Show = unseen, waiting: Callable[[], bool] = never) -> None:
        self._job, self._notes = job, list[str]()
        self._waiting, self._abandoned = waiting, 0
        self._look_at = 0.0  # when to look next for something newer
        self._glance = Glance(show)
        maker = generator(Seen(sha256)) if job.cache else ""
        self._memo = Memo(Shelf(FILE, maker, PACKER, self._notes.append) if maker else None)
        self._compilations = Compilations(maker)
        self._read, self._made = Seen(bytes), Seen(sha256)
        self._hands = Crew(0)
        self._inputs = Inputs({})
        self._practised = False

    def build(self, opened: Collection[str] = ()) -> Outcome:
        """Build once. `opened`: the paths of the pages that somebody sees, which are made first."""
        begun = self._look_at = time.monotonic()
        self._glance.open = opened
        try:
            outcome = self._build()
        except _AbandonedError:
            outcome = Outcome(Report(), abandoned=True)
        except OutputError as wrong:
            outcome = failed(str(wrong), "the next save tries again")
        except Exception as wrong:  # a fault of the generator must not end the preview
            where = _innermost(wrong)
            hint = "this is a fault of the generator, not of your text; please report it"
            outcome = failed(f"{type(wrong).__name__}: {wrong} ({where})", hint)
        self._abandoned = self._abandoned + 1 if outcome.abandoned else 0
        notes, self._notes[:] = "; ".join(self._notes), []
        return replace(outcome, seconds=time.monotonic() - begun, note=notes)

    def rest(self) -> None:
        """Do what an edit would wait for while the author reads: what takes long the first time in a process."""
        self._glance.practise()
        for path in self._inputs.under(ENTRIES, ".md")[: not self._practised]:
            read_file(path, self._inputs.files[path], Typography(), Memo())
            self._practised = True
        self._memo.save()
        self._compilations.keep(self._inputs, compiled_templates(self._inputs, self._memo))
        read_manifest(self._job.out)
        gc.collect()
        if not gc.get_freeze_count():  # what the first build has left stays; to look at it each time takes long
            gc.freeze()

    def _build(self) -> Outcome:
        job = self._job
        with Staging(job.out, filter(None, (job.content, job.templates, job.beneath)), self._made) as staging:
            self._glance.prove(self._file)
            inputs = snapshot(job.content, job.templates, self._read, job.beneath)
            if not self._inputs.files:
                self._compilations.lend(inputs, compiled_templates(inputs, self._memo))
            self._inputs = inputs
            listener = Listener(pulse=self._pulse)
            report = build(inputs, job.options, self._memo, staging, self._hands, listener, self._glance)
            changed = report.ok and staging.publish()
        return Outcome(report, changed, self._memo.once(base_of, job.options.base_url, inputs.files.get(SITE, b"")))

    def _file(self, path: str) -> bytes | None:
        """A text of the content as it is now. `path`: its logical path."""
        try:
            return read_plain(os.fsencode(self._job.content / path.removeprefix(CONTENT)), MAX_TEXT)
        except OSError:  # the snapshot will say what is wrong with it
            return None

    def _pulse(self) -> None:
        if (now := time.monotonic()) < self._look_at:
            return
        self._look_at = now + BETWEEN
        if self._abandoned < MOST_ABANDONED and self._glance.ready and self._waiting():
            raise _AbandonedError


def base_of(url: str, data: bytes) -> str:
    """The folder of its host that a site is made for. `url`: what the command line says; `data`: site.yaml."""
    site = read_site(data)[0] if data and not url else None
    with contextlib.suppress(ValueError):
        path = unquote(urlsplit(site.base_url if site else url).path).strip("/")
        return f"{path}/" if path else ""
    return ""


def work(job: str) -> None:
    """What the process does: a build for each line of input, a list of the open pages, until the input ends.

    `HURRY` in the middle of one asks to abandon it. A page that is shown before a build has ended is a line
    `{"page": …, "text": …}`; the outcome of the build comes last.
    """
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing that a library prints can pass for an answer

        def say(answer: Mapping[str, Any]) -> None:
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()

        worker = Worker(_job(job), lambda path, data: say({"page": path, "text": data.decode()}), _asked)
        gc.disable()  # a collection in the middle of a build makes it a third slower
        for line in sys.stdin.buffer:
            if line == HURRY:  # it has had its effect, or has come too late
                continue
            try:
                say(asdict(outcome := worker.build(json.loads(line))))
            except OSError:  # the server has gone
                return
            if not outcome.abandoned:
                worker.rest()


def _asked() -> bool:
    """Whether there is something to read; Windows cannot tell."""
    return os.name != "nt" and bool(select.select([sys.stdin.fileno()], [], [], 0)[0])


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


def outcome_from(found: Mapping[str, Any]) -> Outcome:
    """The outcome that the process has told."""
    return Outcome(**{**found, "report": Report.from_plain(found["report"]["diagnostics"])})
