"""docs/commands.md: every command and option, from the parser."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from site_builder.arguments import parser

INTRODUCTION = """\
# Commands

<!-- Made from site_builder/arguments.py by tests/commands_page.py; a test compares them. -->

All commands are meant for the folder that `build.py` lies in; on Windows write `py` instead of `python3`. Where the
[package](own-site.md#as-an-installed-package) is installed, `site-builder` takes the place of `python3 build.py`.
`--help` behind a command prints what stands here.

**Exit status**: 0 done · 1 the content has errors, nothing was written (`links`: an address is gone; `import`: there is
something to look at) · 2 the command could not run, or ran out of its time (`--time-limit`) · 130 interrupted.
"""
# A block for each command: its name, what is said of it, and lines that show its use.
_TOLD = """
build
Without a command, `build` is meant. If there is an error, nothing is written, and the last good site stays as it is.
A site that is just as its files say is left as it is.
$ python3 build.py
$ python3 build.py build --strict --out public

check
Looks at everything that `build` looks at, and makes nothing. [Messages](errors.md) has all codes.
$ python3 build.py check
$ python3 build.py check --explain date-invalid

serve
Shows the site at <http://127.0.0.1:5500/>, and each save in the browser; Ctrl and C end it. Nobody but you can see it.
$ python3 build.py serve --drafts

new
Nothing that is there is changed. What is missing is asked for, and names are found by a part of them:
see [Writing with the builder's help](editors.md#new-begin-and-be-spared-the-typing).
$ python3 build.py new "Hearing on worldwide threats" --date 2020-09-17 --actor miller
$ python3 build.py new source https://example.org/report

import
[Import](import.md) tells what comes of each format.
$ python3 build.py import events.csv --map date=When --dry-run

links
[Links](links.md) tells what is asked for and what an answer means. No other command asks other hosts for
anything but packages.
$ python3 build.py links --report found.md

init
[A site of your own](own-site.md) tells what is in the new folder.
$ python3 build.py init ../my-timeline --title "Old lights"

schema
The kinds are `entry`, `phase`, `page`, `site`, `actors`, `places`, `glossary`, `spans`, `sources` and `series`.
$ python3 build.py schema actors --out actors.json

test
Runs all that the machine has tools for, and names what it did not run. An installed package has no tests.
$ python3 build.py test
$ python3 build.py test -k markup

clean
What authors have written is never touched.
$ python3 build.py clean
"""


def told() -> dict[str, tuple[str, str]]:
    """Of each command its words and its examples."""
    found = {}
    for block in _TOLD.strip().split("\n\n"):
        name, *lines = block.split("\n")
        words = [line for line in lines if not line.startswith("$ ")]
        found[name] = ("\n".join(words), "".join(f"{line[2:]}\n" for line in lines if line.startswith("$ ")))
    return found


def commands() -> Mapping[str, tuple[argparse.ArgumentParser, str]]:
    """Each command with its parser and its help, in the order of the parser."""
    (action,) = (each for each in parser("build.py")._actions if isinstance(each, argparse._SubParsersAction))
    helps = {each.dest: each.help or "" for each in action._choices_actions}
    return {name: (command, helps[name]) for name, command in action.choices.items()}


def options(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return [each for each in command._actions if not isinstance(each, argparse._HelpAction)]


def page() -> str:
    """docs/commands.md."""
    return "\n".join([INTRODUCTION, *(_section(name, *given) for name, given in commands().items())])


def _section(name: str, command: argparse.ArgumentParser, help: str) -> str:
    words, lines = told()[name]
    rows = "".join(_rows(command))
    table = f"| option | without it | what it does |\n|---|---|---|\n{rows}"
    return f"## `{name}`: {help}\n\n{words}\n\n```sh\n{lines}```\n\n{table}"


def _rows(command: argparse.ArgumentParser) -> Iterator[str]:
    for each in options(command):
        value = each.metavar or ("" if each.nargs == 0 else (each.dest.upper() if not each.choices else ""))
        name = f"{each.option_strings[0]} {value}".strip() if each.option_strings else str(value)
        words = f"`{'`, `'.join(each.choices)}`: {each.help}" if each.choices else str(each.help)
        yield f"| `{name}` | {_default(each)} | {words} |\n"


def _default(each: argparse.Action) -> str:
    if each.required and each.nargs != "*":
        return "**required**"
    return "–" if each.default in (None, "", False, 0, []) else f"`{each.default}`"
