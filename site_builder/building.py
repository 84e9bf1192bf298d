"""The commands `build` and `check`: one look at the content, and what is published of it."""

from __future__ import annotations

import argparse
import functools
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder import receipts  # what finds that nothing has changed, and no more
from site_builder.again import Again
from site_builder.backstop import within
from site_builder.diagnostics import Report, Severity
from site_builder.files import Inputs, Stage
from site_builder.receipts import Receipts
from site_builder.terminal import DONE, fail, options_for, progress, say, tell, told

if TYPE_CHECKING:
    from site_builder.publish import Staging
    from site_builder.timings import Timings


def build(options: argparse.Namespace) -> int:
    done = f"{options.out}/index.html is ready"
    kept = Receipts(options.out) if options.no_cache else Receipts.of(options.out)
    report = kept.good(functools.partial(_key, options, kept), options.again)
    if report and _is_good(report, options):
        said = told(report, options, True, done)
        if _is_of(options.again, options):
            options.again.keep(*said)
        say(*said)
        return DONE
    from site_builder.disk import digests_of
    from site_builder.publish import Staging

    timings = _timings(options)
    begin = timings.begin if timings else lambda step: None
    begin("look at the last build")
    with Staging(options.out, _sources(options), kept.seen) as staging:
        with within(options.time_limit):
            inputs = _inputs(options, kept)
            report = _made(options, inputs, staging, kept, timings)
            good = _is_good(report, options)
            begin("index for the search")
            notice = _with_search(staging) if good else ""
        if good:
            begin("publish")
            staging.publish()
            key = _key_of(digests_of(inputs), options, kept)
            if key == _key(options, kept) and not notice:  # nothing was saved while it was built, all of it is there
                kept.keep(key, report)
    begin("")
    for line in timings.lines() if timings else ():
        print(line, file=sys.stderr)
    return tell(report, options, good, done)


def _is_of(again: Again, options: argparse.Namespace) -> bool:
    """Whether it looks at the folders that argparse has found in what was typed."""
    return [*map(Path, again.sources)] == _sources(options) and Path(again.out) == options.out


def _sources(options: argparse.Namespace) -> list[Path]:
    """The folders that the site is made of."""
    return [folder for folder in (options.content, options.templates, options.beneath) if folder]


def _timings(options: argparse.Namespace) -> Timings | None:
    """What notes where the time goes, if that was asked for."""
    if not options.timings:
        return None
    from site_builder.timings import Timings

    return Timings()


def _with_search(staging: Staging) -> str:
    """Make the search index of what is about to be published; what is said where it cannot be made."""
    from site_builder import searching

    if notice := searching.index(staging):
        print(notice, file=sys.stderr)
    return notice


def _key(options: argparse.Namespace, kept: Receipts) -> str:
    """What a build depends on."""
    from site_builder.disk import digests

    return _key_of(digests(options.content, options.templates, kept.seen, options.beneath), options, kept)


def _key_of(files: Mapping[str, str] | None, options: argparse.Namespace, kept: Receipts) -> str:
    """The same of these files; "" for those that a build finds an error in before it reads them."""
    return receipts.key(files, options_for(options), kept.maker) if files is not None else ""


def _inputs(options: argparse.Namespace, kept: Receipts) -> Inputs:
    """The files of a build, of each of which it is known from now on what it holds."""
    from site_builder.disk import snapshot
    from site_builder.seen import Seen

    reading = Seen(bytes, once=True, pupil=kept.seen)
    return snapshot(options.content, options.templates, reading, options.beneath)


def check(options: argparse.Namespace) -> int:
    if options.explain is not None:
        return _explain(options.explain)
    from site_builder.publish import Rehearsal

    kept = Receipts(Path())
    with within(options.time_limit):
        report = _made(options, _inputs(options, kept), Rehearsal(), kept)
    return tell(report, options, _is_good(report, options), "no errors")


def _made(
    options: argparse.Namespace, inputs: Inputs, stage: Stage, kept: Receipts, timings: Timings | None = None
) -> Report:
    # A build that need not be done again does not pay for the modules that do it.
    from site_builder import ahead, parallel, pipeline
    from site_builder.compilations import Compilations
    from site_builder.kinds import PACKER
    from site_builder.making import Listener
    from site_builder.memo import Memo
    from site_builder.shelf import FILE, Shelf

    maker = "" if options.no_cache else kept.maker
    shelf = Shelf(FILE, maker, PACKER, functools.partial(print, file=sys.stderr)) if maker else None
    memo = timings.memo(shelf) if timings else Memo(shelf, again=False)
    hands = timings or parallel.Crew(options.jobs)
    listener = Listener(begin=timings.begin) if timings else Listener(progress(options))
    codes, compilations = ahead.compiled_templates(inputs, memo), Compilations(maker)
    compilations.lend(inputs, codes)
    report = pipeline.build(inputs, options_for(options), memo, stage, hands, listener)
    listener.begin("keep for the next build")
    compilations.keep(inputs, codes)
    memo.save()
    return report


def _is_good(report: Report, options: argparse.Namespace) -> bool:
    return report.ok and not (options.strict and report.count(Severity.WARNING))


def _explain(code: str) -> int:
    from site_builder import explanations

    if not code:
        for line in explanations.listed():
            print(line)
        return DONE
    found, hint = explanations.explain(code)
    if found is None:
        return fail(f"there is no code `{code}`; {hint}")
    for line in explanations.in_words(found):
        print(line)
    return DONE
