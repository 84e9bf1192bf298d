"""What each command does, and what it returns."""

from __future__ import annotations

import argparse
import atexit
import contextlib
import functools
import gc
import os
import shlex
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from site_builder import building, printing, receipts, terminal
from site_builder.again import colour
from site_builder.backstop import TimeLimitError
from site_builder.diagnostics import Report
from site_builder.files import Options
from site_builder.locking import OutputError
from site_builder.terminal import DONE, FINDINGS, fail, options_for, tell


def run(options: argparse.Namespace, *, alone: bool) -> int:
    """Do what is asked for. `alone`: there is nothing else for this process to do."""
    if alone and options.command in ("build", "check"):
        gc.disable()  # the process soon ends, and a search for cycles would take a fifth of its time
        atexit.register(gc.freeze)  # nor at its end, when Python would look through all of it once more
    try:
        return COMMANDS[options.command](options)
    except (OutputError, TimeLimitError) as wrong:
        return fail(str(wrong))


def _serve(options: argparse.Namespace) -> int:
    from site_builder import serve, worker  # the server's packages are read only when they are used

    display, coloured = terminal.display(options), colour()

    def show(report: Report) -> None:
        for line in printing.text(report, display, colour=coloured):
            print(line, file=sys.stderr)

    cache = not options.no_cache
    job = worker.Job(
        options.content,
        options.templates,
        options_for(options),
        beneath=options.beneath,
        cache=cache,
        minutes=options.time_limit,
    )
    return serve.run(job, options.port, display, say=functools.partial(print, flush=True), show=show)


# What `new` does not begin, and where it is written.
_BY_HAND = {
    "page": "as a file in content/pages/",
    "phase": "as a file in content/phases/",
    "series": "as a file in content/series/",
    "tag": "under `tags` in content/site.yaml",
    "term": "in content/glossary.yaml",
}


def _new(options: argparse.Namespace) -> int:
    import datetime

    from site_builder import desk, drafting
    from site_builder.disk import snapshot

    kind, name = "entry", options.name
    if name and name[0] in ("entry", "actor", "place", "source"):
        kind, name = name[0], name[1:]
    elif name[1:] and name[0] in _BY_HAND:
        where = f"write it by hand, {_BY_HAND[name[0]]} (docs/fields.md)"
        return fail(f"`new` begins no {name[0]}: {where}; put a title that begins with this word in quotes")
    today = datetime.date.today().isoformat()  # noqa: DTZ011  the author's own day, for `published`
    ask = _ask if sys.stdin is not None and sys.stdin.isatty() else None
    try:
        place = desk.Desk(options.content, snapshot(options.content, Path("templates")), ask)
        begun = drafting.begin(desk.Wish(kind, " ".join(name).strip(), today, vars(options)), place)
    except desk.DraftError as wrong:
        return fail(str(wrong))
    except EOFError:
        return fail("nothing was written")
    print(begun.path)
    if begun.use:
        print(begun.use, file=sys.stderr)
    if options.editor and (trouble := drafting.edit(begun.path)):
        fail(trouble)
    return DONE


def _import(options: argparse.Namespace) -> int:
    from site_builder import importing  # no other command pays for the readers of other tools' files

    look = options.beneath or options.templates  # its words are needed, and nothing of the site's own look
    given = (options.source, options.content, look, options.kind, tuple(options.map), options.date_order)
    files: list[Path] = []
    try:
        report = importing.run(importing.Job(*given, dry=options.dry_run), files)
    except importing.UsageError as wrong:
        return fail(str(wrong))
    except (OSError, KeyboardInterrupt):
        if files:
            count = f"{len(files)} file{'' if len(files) == 1 else 's'}"
            fail(f"the import has stopped after {count}; import again for the rest: what is written stays")
        raise
    finally:
        for file in files if options.format == "text" else ():
            print(file.as_posix())
    count = f"{len(files)} file{'' if len(files) == 1 else 's'}" if files else "nothing"
    done = f"{count} {'would be ' if options.dry_run else '' if files else 'was '}written"
    tell(report, options, True, done)
    return FINDINGS if importing.has_findings(report) else DONE


def _links(options: argparse.Namespace) -> int:
    import datetime

    from site_builder import answers, links, visiting  # no other command goes out to the network
    from site_builder.disk import snapshot
    from site_builder.loading import load
    from site_builder.memo import Memo

    inputs = snapshot(options.content, Path("templates"))
    timeline, findings = load(inputs, Options(), Memo())
    if timeline is None:
        return fail(f"`{options.content}` cannot be read; `build.py check` says why")
    read = Report.of(findings)
    if not read.ok:
        print(f"{printing.summary(read)} in the content: faulty records are passed over (see `check`)", file=sys.stderr)
    sources = timeline.records.sources.values()
    if options.archive:
        for line in (line for source in links.unarchived(sources) for line in links.archive_lines(source)):
            print(line)
        return DONE
    wanted, today = links.addresses(sources), datetime.date.today()  # noqa: DTZ011  the day of this machine
    visitor, progress = visiting.Visitor(), terminal.counter("addresses", every=1)
    try:
        found = answers.up_to_date(answers.KNOWN, wanted, today, visitor, progress, fresh=options.fresh)
    except answers.NobodyAnsweredError:
        return fail("not one host answered; is this machine online? (`links` uses no proxy)")
    display = terminal.display(options)
    checked = links.Checked(wanted, found, {display(path): data for path, data in inputs.files.items()})
    for line in checked.gone():
        print(line, file=sys.stderr)
    if options.report:
        options.report.write_text(checked.report(timeline.site.title, today), encoding="utf-8", newline="\n")
    print(f"{checked.summary()}{f'; {options.report} is written' if options.report else ''}", file=sys.stderr)
    return FINDINGS if checked.of("gone") else DONE


def _init(options: argparse.Namespace) -> int:
    from site_builder import starting  # reads a whole repository, which no other command needs

    wish = starting.Wish(options.folder, options.title, options.id, options.language)
    try:
        count = starting.begin(wish)
    except starting.NotBegunError as wrong:
        return fail(str(wrong))
    python = "py" if os.name == "nt" else "python3"
    folder = str(options.folder)
    typed = f'"{folder}"' if os.name == "nt" and " " in folder else folder if os.name == "nt" else shlex.quote(folder)
    print(f"{count} files in {folder}. Next:")
    print(f"    cd {typed}\n    {python} build.py\n    {python} build.py test")
    print("README.md there tells how to put your own entries in the place of the sample.")
    return DONE


def _ask(question: str) -> str:
    try:
        if not sys.stdout.isatty():  # what is printed there is for another program
            print(question, end="", file=sys.stderr, flush=True)
            return input()
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401  the arrow keys move in the answer
        return input(question)
    except (EOFError, KeyboardInterrupt):
        print(file=sys.stderr)  # what is said next begins a line
        raise


def _schema(options: argparse.Namespace) -> int:
    from site_builder import schemas

    if options.kind not in schemas.KINDS:
        return fail(f"there is no schema `{options.kind}`; the kinds are: {', '.join(schemas.KINDS)}")
    if options.out:
        options.out.write_text(schemas.text(options.kind), encoding="utf-8", newline="\n")
    else:
        print(schemas.text(options.kind), end="")
    return DONE


def _test(options: argparse.Namespace) -> int:
    from site_builder import testing  # needs the packages of the tests

    if not (testing.ROOT / "tests").is_dir():
        return fail("an installed package has no tests; in a repository, run `python3 build.py test`")
    return testing.screenshots() if options.screenshots else testing.run(options.rest, everything=options.all)


def _clean(options: argparse.Namespace) -> int:
    from site_builder.publish import remove_output

    remove_output(options.out)
    remove_output(Path(".cache/preview"))
    receipts.forget()
    return DONE


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "build": building.build,
    "check": building.check,
    "serve": _serve,
    "new": _new,
    "import": _import,
    "links": _links,
    "init": _init,
    "schema": _schema,
    "test": _test,
    "clean": _clean,
}
