"""What the command takes: its commands and their options (argparse)."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn

from site_builder import __version__
from site_builder.again import look_of
from site_builder.limits import MAX_MINUTES

NAME = "site-builder" if Path(sys.argv[0]).stem == "site-builder" else "build.py"
FORMATS = ("text", "json", "github")
_YEAR = 366 * 24 * 60  # minutes; clocks of some systems end not far above
_FORMAT = "for people, for programs (one object a line), or for GitHub's annotations"


def parser(name: str) -> argparse.ArgumentParser:
    """What the command `name` takes. `command` names the function of `cli` that does it."""
    parser: argparse.ArgumentParser = _Parser(prog=name, description="Build a sourced timeline.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_making(commands)
    _add_new(commands)
    _add_import(commands)
    _add_links(commands)
    _add_init(commands)
    schema = commands.add_parser("schema", help="print the JSON Schema of what authors write")
    schema.add_argument(
        "kind", nargs="?", default="entry", metavar="KIND", help="entry (default), phase, page, site, …"
    )
    schema.add_argument("--out", type=Path, metavar="FILE", help="write it there")
    test = commands.add_parser("test", help="run the project's tests; more arguments go to pytest")
    test.add_argument("--all", action="store_true", help="run everything; a missing tool is a failure")
    test.add_argument("--screenshots", action="store_true", help="take the pictures in docs/screenshots instead")
    clean = commands.add_parser("clean", help="remove the built site and the preview")
    clean.add_argument("--out", type=Path, default=Path("_site"), metavar="DIR", help="the built site")
    return parser


class SlipError(Exception):
    """There is no command or option as typed; the message says so to the person at the terminal."""


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what a word cannot be, without the list of all that its command takes."""

    def error(self, message: str) -> NoReturn:
        command = self.prog.partition(" ")[2]
        raise SlipError(f"{_plainly(message, self._actions)} (see `{command} --help`)")


def _plainly(message: str, actions: Iterable[argparse.Action]) -> str:
    """What argparse has to say of one of these, as one says it to a person."""
    missing = re.fullmatch("the following arguments are required: (.+)", message)
    found = re.fullmatch(r"argument ([^:]+): (.+)", message, re.DOTALL)
    named = missing or found
    action = next((each for each in actions if named and named[1] in (each.metavar, *each.option_strings)), None)
    if action is None:
        return re.sub("ambiguous option: (.*) could match (.*)", r"`\1` is the beginning of several: \2", message)
    if missing:
        return f"{action.metavar} is missing: {action.help}"
    option, said = f"`{action.option_strings[0]}`", found[2] if found else ""
    choices = ", ".join(action.choices or ())
    typed = re.match("(?:invalid choice:|ignored explicit argument) '(.*?)'", said, re.DOTALL)
    if typed and choices:
        return f"`{typed[1]}` cannot stand behind {option}; write one of: {choices}"
    if typed:
        return f"{option} stands alone, and takes no value"
    if said.startswith("expected"):
        value = f"one of: {choices}" if choices else f"{action.metavar or action.dest.upper()}: {action.help}"
        return f"{option} needs a value behind it, {value}"
    return f"{option}: {said}"


def understood(typed: list[str]) -> argparse.Namespace:
    """What was typed, with the folders of the look; ends the process after help, and where a value cannot be.

    `rest`: what goes on to pytest.
    """
    if not typed or (typed[0].startswith("-") and typed[0] not in ("-h", "--help", "--version")):
        typed = ["build", *typed]
    typed = _joined(typed)
    whole = parser(NAME)
    known = _commands(whole)
    if not typed[0].startswith("-") and typed[0] not in known:
        raise SlipError(f"there is no command `{typed[0]}`; {_meant(typed[0], known) or 'see --help'}")
    options, rest = whole.parse_known_args(typed)
    if rest and options.command != "test":
        if not rest[0].startswith("-"):
            hint = f"put words that belong together in quotes (see `{options.command} --help`)"
            hint = f"the command comes first: `{rest[0]} …`" if rest[0] in known else hint
            if Path(rest[0]).is_dir() and hasattr(options, "content"):
                hint = f"name the author's folder with `--content {rest[0]}`"
            raise SlipError(f"`{rest[0]}` is one word too many for `{options.command}`; {hint}")
        others = known[options.command]._option_string_actions.keys() - {"-h", "--help"}
        hint = _meant(rest[0], sorted(others), 0.75) or f"see `{options.command} --help`"
        raise SlipError(f"`{rest[0]}` is not an option of `{options.command}`; {hint}")
    options.rest = rest
    templates, beneath = look_of(str(getattr(options, "templates", None) or ""), coming=options.command == "serve")
    options.templates, options.beneath = Path(templates), Path(beneath) if beneath else None
    return options


def _joined(typed: list[str]) -> list[str]:
    """A date before the year 0 behind its option begins like an option; joined to it, it cannot be taken for one."""
    joined: list[str] = []
    for word in typed:
        if joined[-1:] == ["--date"] and re.match(r"-[0-9Y]", word):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _commands(whole: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    (commands,) = (each for each in whole._actions if isinstance(each, argparse._SubParsersAction))
    return commands.choices


def _meant(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    from site_builder.diagnostics import did_you_mean  # noqa: PLC0415  only who has mistyped it pays

    return did_you_mean(word, known, alike)


def _add_content(command: argparse.ArgumentParser) -> None:
    command.add_argument("--content", type=Path, default=Path("content"), metavar="DIR", help="the author's folder")


def _add_templates(command: argparse.ArgumentParser) -> None:
    about = "files in the place of the builder's own look, one by one (otherwise templates, where there is one)"
    command.add_argument("--templates", type=Path, metavar="DIR", help=about)


def _add_init(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="begin a site of your own: a whole repository, with a sample to replace")
    init.add_argument("folder", type=Path, metavar="DIR", help="a new folder, or an empty one")
    init.add_argument("--title", default="", help="the title of the site")
    init.add_argument("--id", default="", help="names the site in feeds for ever (otherwise the folder's name)")
    init.add_argument("--language", default="", metavar="CODE", help="of the interface and the texts (otherwise en)")


def _add_new(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    about = "begin an entry, or record an actor, a place or a source; what is missing is asked for on a terminal"
    new = commands.add_parser("new", help="begin an entry, or record an actor, place or source", description=about)
    new.add_argument("name", nargs="*", metavar="TITLE", help="the title; or `actor NAME`, `place NAME`, `source URL`")
    new.add_argument("--date", help="as it is known: 2014-06-10, 2014-06, 2006~ (docs/dates.md)")
    for option, what in (("actor", "an actor"), ("location", "a place"), ("source", "a source"), ("tag", "a tag")):
        new.add_argument(f"--{option}", action="append", metavar="NAME", help=f"{what}: id, name or part of it; repeat")
    new.add_argument("--phase", metavar="NAME", help="the phase: id or name")
    for option, what in (
        ("id", "the id of the actor or place, the key of the source (otherwise made of its name)"),
        ("kind", "of the actor: group, person, state, organisation or coalition"),
        ("publisher", "of the source: the paper, broadcaster or site"),
        ("country", "of the place, its name"),
        ("lat", "of the place: degrees north, with a point"),
        ("lon", "of the place: degrees east, with a point"),
    ):
        new.add_argument(f"--{option}", metavar=option.upper(), help=what)
    new.add_argument("--editor", action="store_true", help="open the file in $VISUAL or $EDITOR")
    _add_content(new)


def _add_making(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The three commands that make the site, and their options."""
    kinds = (
        ("build", "make the site (the default)"),
        ("check", "say what is wrong, write nothing"),
        ("serve", "preview while writing"),
    )
    for name, help in kinds:
        command = commands.add_parser(name, help=help)
        _add_content(command)
        _add_templates(command)
        where = "where the site will be published; wins over base_url in site.yaml"
        command.add_argument("--base-url", type=_address, default="", metavar="URL", help=where)
        command.add_argument("--drafts", action="store_true", help="also show entries of status draft")
        command.add_argument("--no-cache", action="store_true", help="make everything anew")
        what = "end a build that takes longer (0: none does)"
        command.add_argument("--time-limit", type=_minutes, default=MAX_MINUTES, metavar="MINUTES", help=what)
        if name == "serve":
            command.add_argument(
                "--port", type=_count, default=5500, metavar="N", help="of the preview (0: any free one)"
            )
            continue
        command.add_argument("--strict", action="store_true", help="warnings count as errors")
        command.add_argument(
            "--jobs", type=_count, default=0, metavar="N", help="processes at work (0: as many as help)"
        )
        command.add_argument("--format", choices=FORMATS, default="text", help=_FORMAT)
        if name == "check":
            what = "say what the code of a message means; without a code, list all"
            command.add_argument("--explain", metavar="CODE", nargs="?", const="", help=what)
        if name == "build":
            command.add_argument("--out", type=Path, default=Path("_site"), metavar="DIR", help="where to put the site")
            command.add_argument("--timings", action="store_true", help="tell where the time went (in one process)")


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("import", help="bring in events or sources of another tool (docs/import.md)")
    command.add_argument("source", type=Path, metavar="FILE_OR_FOLDER", help="what the other tool has written")
    kinds = ("timelinejs", "csv", "entries", "csl", "bibtex", "markdown", "form")
    command.add_argument("--format", choices=kinds, default="", dest="kind", help="guessed from the file otherwise")
    command.add_argument(
        "--map", action="append", default=[], metavar="FIELD=NAME", help="where a field stands: date=When; repeatable"
    )
    command.add_argument("--date-order", choices=("dmy", "mdy", "ymd"), default="", help="of dates such as 03/04/2014")
    _add_content(command)
    _add_templates(command)
    command.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
    command.add_argument("--report", choices=FORMATS, default="text", dest="format", help=_FORMAT)


def _add_links(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    links = commands.add_parser("links", help="ask whether the outside addresses of the sources are still there")
    _add_content(links)
    links.add_argument("--fresh", action="store_true", help="ask for all, also for what was there lately")
    links.add_argument("--report", type=Path, metavar="FILE", help="write what was found as Markdown")
    links.add_argument("--archive", action="store_true", help="only print where to archive sources without a copy")


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = -1
    if not 0 <= minutes <= _YEAR:  # NaN is not either
        raise argparse.ArgumentTypeError(f"`{text}` is no number of minutes, such as 90")
    return minutes


def _count(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"`{text}` is no whole number, such as 8")
    return int(text)


def _address(text: str) -> str:
    if not text:
        return text
    from site_builder import urls  # noqa: PLC0415  only who gives this option pays

    if not (base := urls.base(text)):
        message = f"`{text}` is no whole address of a folder, such as https://example.org/timeline/"
        raise argparse.ArgumentTypeError(message)
    return base
