"""The command: what it takes, what it prints, what it returns. Only this module speaks to the terminal."""

from __future__ import annotations

import argparse
import atexit
import functools
import gc
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from site_builder import printing, receipts, shipped  # what a build with nothing changed needs, and no more
from site_builder.arguments import options_of, parser
from site_builder.backstop import TimeLimitError, within
from site_builder.diagnostics import Report, Severity, did_you_mean
from site_builder.files import BENEATH, CONTENT, TEMPLATES, Options, Stage
from site_builder.locking import OutputError
from site_builder.receipts import Receipts

if TYPE_CHECKING:
    from site_builder.publish import Staging
    from site_builder.timings import Timings

DONE, FINDINGS, FAILURE, INTERRUPTED = 0, 1, 2, 130
NAME = "site-builder" if Path(sys.argv[0]).stem == "site-builder" else "build.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status says how it went (0 done, 1 errors in the content, 2 could not, 130 stopped)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help", "--version")):
        given.insert(0, "build")
    if not given[0].startswith("-") and given[0] not in COMMANDS:
        return _fail(f"there is no command `{given[0]}`; {did_you_mean(given[0], COMMANDS) or 'see --help'}")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that has no Arabic letters shows their numbers
            stream.reconfigure(errors="backslashreplace")
    try:
        options, rest = parser(NAME).parse_known_args(given)
        if rest and options.command != "test":
            hint = did_you_mean(rest[0], options_of(options.command)) or f"see `{options.command} --help`"
            return _fail(f"`{rest[0]}` is not an option of `{options.command}`; {hint}")
        options.rest = rest
        options.templates, options.beneath = _look(getattr(options, "templates", None))
        if arguments is None and options.command in ("build", "check"):
            gc.disable()  # the process soon ends, and a search for cycles would take a fifth of its time
            atexit.register(gc.freeze)  # nor at its end, when Python would look through all of it once more
        return COMMANDS[options.command](options)
    except (OutputError, TimeLimitError) as wrong:
        return _fail(str(wrong))
    except OSError as wrong:
        return _fail(f"{wrong.strerror or wrong}{f': {wrong.filename}' if wrong.filename else ''}")
    except KeyboardInterrupt:
        return INTERRUPTED


def _build(options: argparse.Namespace) -> int:
    done = f"{options.out}/index.html is ready"
    kept = Receipts(options.out) if options.no_cache else Receipts.of(options.out)
    sources = [folder for folder in (options.content, options.templates, options.beneath) if folder]
    report = kept.good(sources, _options(options), functools.partial(_key, options, kept))
    if report and _is_good(report, options):
        return _tell(report, options, True, done)
    from site_builder.publish import Staging

    timings = _timings(options)
    begin = timings.begin if timings else lambda step: None
    begin("look at the last build")
    with Staging(options.out, (options.content, options.templates), kept.seen) as staging:
        key = _key(options, kept)
        with within(options.time_limit):
            report = _made(options, staging, kept, timings)
            good = _is_good(report, options)
            begin("index for the search")
            notice = _with_search(staging) if good else ""
        if good:
            begin("publish")
            staging.publish()
            if key == _key(options, kept) and not notice:  # nothing was saved while it was built, all of it is there
                kept.keep(key, report)
    begin("")
    for line in timings.lines() if timings else ():
        print(line, file=sys.stderr)
    return _tell(report, options, good, done)


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
    """What the build depends on; "" where a file cannot be read, which the build will say."""
    from site_builder.disk import digests

    files = digests(options.content, options.templates, kept.seen, options.beneath)
    return receipts.key(files, _options(options), kept.seen) if files is not None else ""


def _check(options: argparse.Namespace) -> int:
    if options.explain is not None:
        return _explain(options.explain)
    from site_builder.publish import Rehearsal

    with within(options.time_limit):
        report = _made(options, Rehearsal(), Receipts(Path()))
    return _tell(report, options, _is_good(report, options), "no errors")


def _made(options: argparse.Namespace, stage: Stage, kept: Receipts, timings: Timings | None = None) -> Report:
    # A build that need not be done again does not pay for the modules that do it.
    from site_builder import parallel
    from site_builder.disk import snapshot
    from site_builder.kinds import PACKER
    from site_builder.making import Listener
    from site_builder.memo import Memo
    from site_builder.pipeline import build
    from site_builder.shelf import FILE, Shelf

    inputs = snapshot(options.content, options.templates, beneath=options.beneath)
    tell = functools.partial(print, file=sys.stderr)
    shelf = None if options.no_cache else Shelf(FILE, receipts.generator(kept.seen), PACKER, tell)
    given = (inputs, _options(options))
    if timings:
        timed = timings.memo(shelf)
        report = build(*given, timed, stage, timings, Listener(begin=timings.begin))
        timings.begin("keep for the next build")
        timed.save()
        return report
    memo = Memo(shelf, again=False)
    report = build(*given, memo, stage, parallel.Crew(options.jobs), Listener(_progress(options)))
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
        return _fail(f"there is no code `{code}`; {hint}")
    for line in explanations.in_words(found):
        print(line)
    return DONE


def _serve(options: argparse.Namespace) -> int:
    from site_builder import serve, worker  # the server's packages are read only when they are used

    display, colour = _display(options), _colour()

    def show(report: Report) -> None:
        for line in printing.text(report, display, colour=colour):
            print(line, file=sys.stderr)

    cache = not options.no_cache
    job = worker.Job(
        options.content,
        options.templates,
        _options(options),
        beneath=options.beneath,
        cache=cache,
        minutes=options.time_limit,
    )
    return serve.run(job, options.port, display, say=functools.partial(print, flush=True), show=show)


def _new(options: argparse.Namespace) -> int:
    import datetime

    from site_builder import desk, drafting
    from site_builder.disk import snapshot

    kind, name = "entry", options.name
    if name and name[0] in ("entry", "actor", "place", "source"):
        kind, name = name[0], name[1:]
    today = datetime.date.today().isoformat()  # noqa: DTZ011  the author's own day, for `published`
    ask = _ask if sys.stdin is not None and sys.stdin.isatty() else None
    try:
        place = desk.Desk(options.content, snapshot(options.content, Path("templates")), ask)
        begun = drafting.begin(desk.Wish(kind, " ".join(name).strip(), today, vars(options)), place)
    except desk.DraftError as wrong:
        return _fail(str(wrong))
    except EOFError:
        return _fail("nothing was written")
    print(begun.path)
    if begun.use:
        print(begun.use, file=sys.stderr)
    if options.editor and (trouble := drafting.edit(begun.path)):
        print(f"build.py: {trouble}", file=sys.stderr)
    return DONE


def _import(options: argparse.Namespace) -> int:
    from site_builder import importing  # no other command pays for the readers of other tools' files

    look = options.beneath or options.templates  # its words are needed, and nothing of the site's own look
    given = (options.source, options.content, look, options.kind, tuple(options.map), options.date_order)
    try:
        report, files = importing.run(importing.Job(*given, dry=options.dry_run))
    except importing.UsageError as wrong:
        return _fail(str(wrong))
    for file in files if options.format == "text" else ():
        print(file.as_posix())
    done = f"{len(files)} file{'' if len(files) == 1 else 's'} {'would be ' if options.dry_run else ''}written"
    _tell(report, options, True, done)
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
        return _fail(f"`{options.content}` cannot be read; `build.py check` says why")
    read = Report.of(findings)
    if not read.ok:
        print(f"{printing.summary(read)} in the content: faulty records are passed over (see `check`)", file=sys.stderr)
    sources = timeline.records.sources.values()
    if options.archive:
        for line in (line for source in links.unarchived(sources) for line in links.archive_lines(source)):
            print(line)
        return DONE
    wanted, today = links.addresses(sources), datetime.date.today()  # noqa: DTZ011  the day of this machine
    visitor, progress = visiting.Visitor(), _counter("addresses", every=1)
    try:
        found = answers.up_to_date(answers.KNOWN, wanted, today, visitor, progress, fresh=options.fresh)
    except answers.NobodyAnsweredError:
        return _fail("not one host answered; is this machine online? (`links` uses no proxy)")
    display = _display(options)
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
        return _fail(str(wrong))
    python = "py" if os.name == "nt" else "python3"
    print(f"{count} files in {options.folder}. Next:")
    print(f"    cd {options.folder}\n    {python} build.py\n    {python} build.py test")
    print("README.md there tells how to put your own entries in the place of the sample.")
    return DONE


def _ask(question: str) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    return input()


def _schema(options: argparse.Namespace) -> int:
    from site_builder import schemas

    if options.kind not in schemas.KINDS:
        return _fail(f"there is no schema `{options.kind}`; the kinds are: {', '.join(schemas.KINDS)}")
    if options.out:
        options.out.write_text(schemas.text(options.kind), encoding="utf-8", newline="\n")
    else:
        print(schemas.text(options.kind), end="")
    return DONE


def _test(options: argparse.Namespace) -> int:
    from site_builder import testing  # needs the packages of the tests

    if not (testing.ROOT / "tests").is_dir():
        return _fail("an installed package has no tests; in a repository, run `python3 build.py test`")
    return testing.screenshots() if options.screenshots else testing.run(options.rest, everything=options.all)


def _clean(options: argparse.Namespace) -> int:
    from site_builder.publish import remove_output

    remove_output(options.out)
    remove_output(Path(".cache/preview"))
    receipts.forget()
    return DONE


def _look(given: Path | None) -> tuple[Path, Path | None]:
    """The folder with the site's templates, and the generator's own look beneath it where that is another one."""
    own, usual = shipped.templates(), Path("templates")
    templates = given or (usual if os.path.lexists(usual) else own)
    same = templates.exists() and own.exists() and templates.samefile(own)
    return templates, None if same else own


def _options(options: argparse.Namespace) -> Options:
    return Options(drafts=options.drafts, base_url=options.base_url)


def _tell(report: Report, options: argparse.Namespace, good: bool, done: str) -> int:
    """Print the report in the form asked for; the exit status."""
    display = _display(options)
    if options.format == "text":
        for line in printing.text(report, display, colour=_colour(), apart=True):
            print(line, file=sys.stderr)
        for line in printing.by_code(report) if options.command == "check" else ():
            print(line, file=sys.stderr)
        found = printing.summary(report)
        end = done if good else "nothing was written"
        print(f"{found}; {end}" if found else end, file=sys.stderr)
    else:
        lines = printing.as_json if options.format == "json" else printing.as_github
        for line in lines(report, display):
            print(line)
    return DONE if good else FINDINGS


def _display(options: argparse.Namespace) -> printing.Display:
    """Logical paths as the author names them; those of the generator's own look where they lie."""
    content: Path = options.content
    templates: Path = options.templates
    beneath: Path | None = options.beneath

    def display(path: str) -> str:
        if path.startswith(CONTENT):
            return (content / path.removeprefix(CONTENT)).as_posix()
        if not path.startswith(TEMPLATES):
            return path
        name = path.removeprefix(TEMPLATES)
        if beneath and name.startswith(BENEATH):
            return (beneath / name.removeprefix(BENEATH)).as_posix()
        if beneath and not os.path.lexists(templates / name) and os.path.lexists(beneath / name):
            return (beneath / name).as_posix()
        return (templates / name).as_posix()

    return display


def _colour() -> bool:
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _progress(options: argparse.Namespace) -> Callable[[int, int], None]:
    """One line that counts, on a terminal only."""
    return _counter("files", every=50) if options.format == "text" else lambda done, total: None


def _counter(things: str, every: int) -> Callable[[int, int], None]:
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return lambda done, total: None

    def show(done: int, total: int) -> None:
        if done % every == 0 or done == total:
            print(
                f"\r{done} of {total} {things}",
                end="" if done < total else "\r\x1b[K",
                file=sys.stderr,
                flush=True,
            )

    return show


def _fail(message: str) -> int:
    print(f"{NAME}: {message}", file=sys.stderr)
    return FAILURE


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "check": _check,
    "serve": _serve,
    "new": _new,
    "import": _import,
    "links": _links,
    "init": _init,
    "schema": _schema,
    "test": _test,
    "clean": _clean,
}
