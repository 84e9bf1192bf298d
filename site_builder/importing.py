"""`import`: the files of another tool read from the disk, and the entries and sources that come of them written."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from site_builder.dates import DateError, parse
from site_builder.diagnostics import Diagnostic, Location, Report, Severity, did_you_mean, error
from site_builder.disk import astray, snapshot
from site_builder.files import Inputs
from site_builder.imports import bibliography, formats, own_tables
from site_builder.imports.events import remark
from site_builder.imports.formats import Foreign
from site_builder.imports.naming import MappingError
from site_builder.imports.own import Worded
from site_builder.imports.target import Target, target
from site_builder.imports.writing import Writing, write
from site_builder.looks import load_look
from site_builder.names import printable
from site_builder.plain import MIB, RefusedError, is_link, read_plain, refused_kind
from site_builder.texts import encoded

MAX_FILE = 20 * MIB
MAX_FILES = 20_000
MAX_DEPTH = 16
_MARKDOWN = (".md", ".markdown")
_TABLES = (".csv", ".tsv", ".txt")
_IN_EXCEL = "; Excel calls it “CSV UTF-8”"


@dataclass(frozen=True, slots=True)
class Job:
    """`maps`: `field=name in the file`. `order`: of day, month and year in dates of numbers alone."""

    source: Path
    content: Path
    templates: Path
    format: str = ""
    maps: tuple[str, ...] = ()
    order: str = ""
    dry: bool = False


class UsageError(ValueError):
    """What was asked cannot be: nobody can tell what the file is, or a `--map` leads nowhere."""


def run(job: Job, written: list[Path]) -> Report:
    """What was found; each file is added to `written` once it is (or would be, in a dry run)."""
    findings: list[Diagnostic] = []
    advice = "" if job.format or job.source.is_dir() else formats.otherwise(job.source.name)
    if advice and job.source.exists():
        raise UsageError(f"{printable(job.source.as_posix())} cannot be read as it is; {advice}")
    if not os.path.lexists(job.source):
        raise UsageError(_not_there(job.source))
    source = _meant(job)
    texts = dict(_texts(source, job.source, findings))
    foreign = Foreign(texts, printable(job.source.as_posix()), source.is_dir(), job.format, job.maps, job.order)
    foreign = replace(foreign, format=job.format or formats.guess(foreign))
    if not texts and foreign.format in ("", "markdown"):
        if not findings:
            hint = "look whether it is the right file or folder"
            findings.append(error(Location(foreign.name), "import-empty", "there is nothing in it to read", hint))
        return Report.of(findings)
    _usable(foreign)
    if not texts:
        return Report.of(findings)
    inputs = snapshot(job.content, job.templates)
    if fault := astray(inputs, job.content):
        raise UsageError(fault)
    there = target(inputs)
    if foreign.format in bibliography.FORMATS:
        files = _sources(foreign, there, job, findings)
    else:
        worded = _worded(inputs) if foreign.format == "entries" else str
        files = _entries(replace(foreign, worded=worded), there, findings)
    for path, text in files.items():
        if _put(job, path, text, findings):
            written.append(job.content / path)
    return Report.of(findings)


def _not_there(source: Path) -> str:
    shown = printable(source.as_posix())
    if re.match(r"(?i)https?:/", shown):
        return "nothing is fetched from an address: download the file, and import that"
    with contextlib.suppress(OSError):
        if near := did_you_mean(source.name, (printable(path.name) for path in source.parent.iterdir())):
            return f"there is no file or folder {shown}; {near}"
    return f"there is no file or folder {shown}; give its path from the folder that you are in"


def _usable(foreign: Foreign) -> None:
    """Refuse what could only be ignored."""
    if foreign.format not in formats.FORMATS:
        raise UsageError(f"{foreign.name} is of no format that is known; {formats.unknown(foreign)}")
    if foreign.is_folder and foreign.format != "markdown":
        raise UsageError(f"{foreign.name} is a folder, and a folder can only be of Markdown; name a file in it")
    if foreign.format == "csv" and foreign.path.lower().endswith(".json"):
        raise UsageError(f"{foreign.name} is JSON, and no table; {formats.unknown(foreign)}")
    if (foreign.maps or foreign.order) and foreign.format not in ("csv", "markdown"):
        raise UsageError(f"--map and --date-order are for tables and Markdown, and {foreign.name} is {foreign.format}")


# -- Reading


def _meant(job: Job) -> Path:
    """Of our own data, named by its folder or its package, the table of the entries; else what was named."""
    folder = job.source if job.source.is_dir() else job.source.parent
    table = folder / f"{own_tables.MAIN}.csv"
    named = job.format in ("", "entries") and (job.source.is_dir() or job.source.name == own_tables.PACKAGE)
    return table if named and _is_file(folder / own_tables.PACKAGE) and _is_file(table) else job.source


def _is_file(path: Path) -> bool:
    with contextlib.suppress(OSError):  # whoever reads it says what is wrong
        return path.is_file()
    return False


def _texts(source: Path, named: Path, findings: list[Diagnostic]) -> Iterator[tuple[str, str]]:
    """The texts of the file, with those that belong to it, or of the Markdown files of the folder, by their paths."""
    if source.is_dir():
        paths = _markdown(source, findings)
    elif source.name == f"{own_tables.MAIN}.csv":
        beside = (source.with_name(name) for name in own_tables.BESIDE)
        paths = [source, *(path for path in beside if path.is_file())]
    else:
        paths = [source]
    for path in paths:
        shown = printable(path.as_posix())
        try:
            if path != named and is_link(path.lstat()):
                raise refused_kind(stat.S_IFLNK)
            data = read_plain(os.fsencode(path.resolve(strict=True)), MAX_FILE)
        except RefusedError as wrong:
            findings.append(error(Location(shown), wrong.code, wrong.message, wrong.hint))
            continue
        text, wrong_bytes = encoded(shown, data)
        findings += (
            [replace(one, hint=f"{one.hint}{_IN_EXCEL}") for one in wrong_bytes]
            if shown.lower().endswith(_TABLES)
            else wrong_bytes
        )
        if not wrong_bytes:
            yield shown, text


def _markdown(folder: Path, findings: list[Diagnostic]) -> list[Path]:
    """The Markdown files of a folder in the order of their names; what is hidden and what is a link is passed over."""
    found: list[Path] = []
    waiting = [(folder, 1)]
    while waiting:
        here, depth = waiting.pop()
        for entry in sorted(os.scandir(here), key=lambda entry: entry.name):
            if entry.name.startswith("."):
                continue
            mode = entry.stat(follow_symlinks=False).st_mode
            if stat.S_ISDIR(mode) and depth < MAX_DEPTH:
                waiting.append((Path(entry.path), depth + 1))
            elif entry.name.lower().endswith(_MARKDOWN) and (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
                found.append(Path(entry.path))
    if len(found) > MAX_FILES:
        message = f"the folder has more than {MAX_FILES:,} Markdown files"
        findings.append(error(Location(printable(folder.as_posix())), "import-refused", message, "import it in parts"))
        return []
    return sorted(found)


def _worded(inputs: Inputs) -> Worded:
    """A date in the words of the site; as it is where the words cannot be read."""
    look = load_look(inputs, "en")[0]

    def worded(date: str) -> str:
        try:
            return look.words.date(parse(date)) if look else date
        except DateError:  # whoever writes the entry says so
            return date

    return worded


# -- What comes of it


def _entries(foreign: Foreign, there: Target, findings: list[Diagnostic]) -> dict[str, str]:
    try:
        events, found = formats.events(foreign)
    except MappingError as wrong:
        raise UsageError(str(wrong)) from None
    writing = write(events, there)
    findings += [*found, *writing.findings, *_left_open(foreign.name, writing)]
    return writing.files


def _left_open(path: str, writing: Writing) -> Iterator[Diagnostic]:
    """What no file of another tool says, and an editor must."""
    where = Location(path)
    if writing.dated:
        message = f"the phase was taken from the date in {_count(writing.dated)}"
        yield remark(where, "import-phase", message, "look whether it is the right one")
    if writing.drafts:
        message = f"the date is in no phase in {_count(writing.drafts)}, so these are drafts"
        yield remark(where, "import-phase", message, "add `phase: …`, and delete the line `status: draft`")
    if writing.sourceless:
        message = f"{_count(writing.sourceless)} without a source"
        yield remark(
            where, "import-source", message, "add a line `source:` to each: a timeline here is one that can be checked"
        )


def _count(ids: Sequence[str]) -> str:
    shown = ", ".join(f"`{id}`" for id in ids[:3])
    return f"{len(ids)} {'entry' if len(ids) == 1 else 'entries'} ({shown}{', …' if len(ids) > 3 else ''})"


def _sources(foreign: Foreign, there: Target, job: Job, findings: list[Diagnostic]) -> dict[str, str]:
    text, count, found = bibliography.taken(foreign.path, foreign.text, foreign.format, there.ids["source"])
    findings += found
    return {bibliography.file_name(job.source.stem, foreign.format): text} if count else {}


def _put(job: Job, path: str, text: str, findings: list[Diagnostic]) -> bool:
    """Write a new file whole or not at all; one that is there stays as it is."""
    file = job.content / path
    if job.dry and not file.exists():
        return True
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        stream = file.open("x", encoding="utf-8", newline="\n")
    except FileExistsError:
        message = "this file is there already, and none is written over"
        findings.append(error(Location(f"content/{path}"), "import-taken", message, "rename one of the two"))
        return False
    try:
        with stream:
            stream.write(text)
    except BaseException as wrong:  # a full disk, or Ctrl-C
        file.unlink()
        if isinstance(wrong, OSError):  # which does not say by itself of which file
            wrong.filename = str(file)
        raise
    return True


def has_findings(report: Report) -> bool:
    return bool(report.count(Severity.ERROR) or report.count(Severity.WARNING))
