"""`new` at work: find the records that are meant, ask for what is missing, write, and harm nothing that is there."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from site_builder import advice, authoring, dates, recall, recording, urls
from site_builder.desk import Begun, Desk, DraftError, Wish, unseen
from site_builder.disk import astray
from site_builder.model import Actor, Phase, Place, Source
from site_builder.reading import read_site


def begin(wish: Wish, desk: Desk) -> Begun:
    """Write what is wished for."""
    if fault := astray(desk.inputs, desk.content):
        raise DraftError(fault)
    wish = replace(wish, name=" ".join(wish.name.split()))
    if fault := unseen(wish.name):
        raise DraftError(f"{wish.kind}: {fault}")
    make = {"entry": _entry, "actor": recording.actor, "place": recording.place, "source": recording.source}[wish.kind]
    return make(wish, desk)


# -- An entry


def _entry(wish: Wish, desk: Desk) -> Begun:
    title = wish.name or desk.answer("What happened, in a few words (the title)?", "the title")
    date = _date(wish.given.get("date"), desk)
    phases = desk.shelf(Phase)
    phase = _chosen(wish.given["phase"], phases, "phase", desk) if wish.given.get("phase") else _phase_of(date, desk)
    lists = {
        "actor": _all(wish.given.get("actor"), desk.shelf(Actor), "actor", desk),
        "location": _all(wish.given.get("location"), desk.shelf(Place), "place", desk),
        "source": _all(wish.given.get("source"), desk.shelf(Source), "source", desk),
        "tags": [_chosen(tag, _tags(desk), "tag", desk) for tag in wish.given.get("tag") or ()],
    }
    path = desk.content / authoring.entry_path(title, date)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(authoring.entry_text(title, date, phase, wish.today, lists))
    except FileExistsError:
        raise DraftError(f"{path} is there already; choose another title, or edit that file") from None
    return Begun(path)


def _date(typed: str | None, desk: Desk) -> dates.Edtf:
    """The date, asked for again as long as it is none."""
    question = "When (2014-06-10, 2014-06, 2006~; see docs/dates.md)?"
    while True:
        try:
            return dates.parse(typed or desk.answer(question, "--date"))
        except dates.DateError as wrong:
            if typed or desk.ask is None:
                raise DraftError(f"--date: {wrong.message}; {wrong.hint}") from None
            question = f"{wrong.message}; {wrong.hint}. When?"


def _phase_of(date: dates.Edtf, desk: Desk) -> str:
    """The phase in whose time the date lies, with the others in a comment; where there is none, that says so."""
    found = [record.value for record in desk.records(Phase).values()]
    phases = {phase.id: phase for phase in sorted(found, key=lambda phase: (phase.order, phase.id))}
    day = date.earliest or date.latest or (date.year, 1, 1)
    lasting = [id for id, phase in phases.items() if _begins(phase) <= day <= _ends(phase)]
    first, *others = dict.fromkeys([*lasting, *phases, ""])
    notes = [] if lasting else ["the date is in the time of no phase: choose one"]
    notes += [f"or: {', '.join(filter(None, others))}"] if others[1:] else []
    return f"{first}{' # ' if notes else ''}{'; '.join(notes)}" if first else ""


def _begins(phase: Phase) -> tuple[int, ...]:
    return phase.from_.earliest or (-9999,)


def _ends(phase: Phase) -> tuple[int, ...]:
    return (phase.to.latest if phase.to else None) or (9999, 12, 31)


def _tags(desk: Desk) -> recall.Shelf:
    site = read_site(desk.inputs.files.get("content/site.yaml", b""))[0]
    return {tag: (label,) for tag, label in site.tags.items()} if site else {}


def _all(typed: Sequence[str] | None, shelf: recall.Shelf, what: str, desk: Desk) -> list[str]:
    return [_meant(each, shelf, what, desk) for each in typed or () if each.strip()]


def _meant(typed: str, shelf: recall.Shelf, what: str, desk: Desk) -> str:
    """An id for what was typed, or the words themselves where they can stand in an entry."""
    if what == "source" and urls.outside(typed):
        return next((id for id, names in shelf.items() if typed in names), typed)
    found = recall.candidates(typed, shelf)
    if (found and recall.is_sure(typed, found[0], shelf) and len(found) == 1) or (found and desk.ask):
        return _chosen(typed, shelf, what, desk)
    if what == "source" or urls.SLUG.fullmatch(typed):
        raise DraftError(_nothing(typed, what, found))
    return typed


def _chosen(typed: str, shelf: recall.Shelf, what: str, desk: Desk) -> str:
    found = recall.candidates(typed, shelf)
    if len(found) == 1 and recall.is_sure(typed, found[0], shelf):
        return found[0]
    if not found or desk.ask is None:
        raise DraftError(_nothing(typed, what, found, sorted(shelf) if what in ("phase", "tag") else ()))
    listed = "\n".join(f"  {n}  {id}" for n, id in enumerate(found, start=1))
    while True:
        answer = desk.answer(f"Which {what} is `{typed}`?\n{listed}\nIts number, or an id:", what)
        if answer in shelf:
            return answer
        if answer.isascii() and answer.isdigit() and 0 < int(answer) <= len(found):
            return found[int(answer) - 1]


_RECORDED = {
    "phase": "this site has none yet: a phase is a file in content/phases/ (docs/fields.md)",
    "tag": "this site has none yet: tags stand in content/site.yaml (docs/fields.md)",
}


def _nothing(typed: str, what: str, found: Sequence[str], every: Sequence[str] = ()) -> str:
    """`every`: the ids of a kind that has few of them, and that `new` does not record."""
    hint = _RECORDED.get(what, f"record it first: new {what} …")
    hint = f"the {what}s are: {', '.join(every[:20])}" if every else hint
    hint = f"did you mean {' or '.join(f'`{id}`' for id in found[:5])}?" if found else hint
    if what == "source" and (address := advice.of_address(typed)) != advice.ADDRESS:
        hint = address
    return f"there is no {what} `{typed}`; {hint}"


# -- The editor


def edit(path: Path) -> str:
    """Open the author's editor; what keeps it from opening, or ""."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not command.strip():
        return "no editor is known: set the variable VISUAL or EDITOR to its command, such as `code --wait`"
    try:
        subprocess.run([*shlex.split(command, posix=os.name != "nt"), str(path)], check=False)
    except (OSError, ValueError) as wrong:
        return f"the editor `{command}` cannot be started: {wrong}"
    return ""
