"""`new` at work: find the records that are meant, ask for what is missing, write, and harm nothing that is there."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from site_builder import authoring, dates, recall, urls
from site_builder.authoring import Field
from site_builder.diagnostics import Severity
from site_builder.files import Inputs, sha256
from site_builder.memo import Memo
from site_builder.model import Actor, Phase, Place, Source
from site_builder.reading import LISTS, Record, read_file, read_site
from site_builder.typography import Typography

Ask = Callable[[str], str]


_FOLDERS: Mapping[type, Sequence[str]] = {Phase: ["content/phases/"], Source: ["content/sources/"]}


class DraftError(Exception):
    """What keeps `new` from its work, in the words of an author."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line says. `kind`: entry, actor, place or source; `given`: options by name."""

    kind: str
    name: str
    today: str
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """The author's folder as it is, and a way to ask; `ask` is None where nobody sits at the terminal."""

    content: Path
    inputs: Inputs
    ask: Ask | None

    def records(self, model: type) -> dict[str, Record[Any]]:
        """The records of a kind, by id."""
        homes = [path for path, listed in LISTS.items() if listed is model] + list(_FOLDERS.get(model, ()))
        paths = [
            path for path in self.inputs.files if path.startswith(tuple(homes)) and path.endswith((".yaml", ".md"))
        ]
        reads = [record for path in paths for record in _read(path, self.inputs.files[path])[0]]
        return {record.value.id: record for record in reads}

    def shelf(self, model: type) -> recall.Shelf:
        return {id: _names(record.value) for id, record in self.records(model).items()}

    def answer(self, question: str, option: str) -> str:
        """What the author answers, asked again while it is empty."""
        if self.ask is None:
            raise DraftError(f"{option} is missing, and nobody can be asked: give it on the command line (see --help)")
        while not (answer := self.ask(f"{question} ").strip()):
            pass
        return answer


def _read(path: str, data: bytes) -> tuple[tuple[Record[Any], ...], list[str]]:
    read = read_file(path, data, sha256(data), Typography(), Memo())
    faults = (found for found in read.findings if found.severity is Severity.ERROR)
    return read.records, [f"{found.message}; {found.hint}" for found in faults]


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, Phase):
        return (value.label,)
    if isinstance(value, Source):
        return (value.title, value.url)
    return (value.name, *(alias if isinstance(alias, str) else alias.name for alias in value.aliases))


@dataclass(frozen=True, slots=True)
class Begun:
    """The file that was written, and how entries name what was recorded in it."""

    path: Path
    use: str = ""


def begin(wish: Wish, desk: Desk) -> Begun:
    """Write what is wished for."""
    make = {"entry": _entry, "actor": _actor, "place": _place, "source": _source}[wish.kind]
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
    """The phase in whose time the date lies, with the others in a comment."""
    found = [record.value for record in desk.records(Phase).values()]
    phases = {phase.id: phase for phase in sorted(found, key=lambda phase: (phase.order, phase.id))}
    day = date.earliest or date.latest or (date.year, 1, 1)
    lasting = [id for id, phase in phases.items() if _begins(phase) <= day <= _ends(phase)]
    first, *others = dict.fromkeys([*lasting, *phases, ""])
    return f"{first} # or: {', '.join(filter(None, others))}".removesuffix(" # or: ") if first else ""


def _begins(phase: Phase) -> tuple[int, ...]:
    return phase.from_.earliest or (-9999,)


def _ends(phase: Phase) -> tuple[int, ...]:
    return (phase.to.latest if phase.to else None) or (9999, 12, 31)


def _tags(desk: Desk) -> recall.Shelf:
    site = read_site(desk.inputs.files.get("content/site.yaml", b""))[0]
    return {tag: (label,) for tag, label in site.tags.items()} if site else {}


def _all(typed: Sequence[str] | None, shelf: recall.Shelf, what: str, desk: Desk) -> list[str]:
    return [_meant(each, shelf, what, desk) for each in typed or ()]


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


def _nothing(typed: str, what: str, found: Sequence[str], every: Sequence[str] = ()) -> str:
    """`every`: the ids of a kind that has few of them, and that `new` does not record."""
    hint = f"record it first: new {what} …" if what in ("actor", "place", "source") else f"this site has no {what} yet"
    hint = f"the {what}s are: {', '.join(every[:20])}" if every else hint
    hint = f"did you mean {' or '.join(f'`{id}`' for id in found[:5])}?" if found else hint
    return f"there is no {what} `{typed}`; {hint}"


# -- Records


def _actor(wish: Wish, desk: Desk) -> Begun:
    name = wish.name or desk.answer("The name of the actor?", "the name")
    id = _id(name, Actor, wish, desk)
    fields = [
        Field("name", _plain_or_quoted(name)),
        Field("kind", wish.given.get("kind") or "organisation", "group, person, state, organisation or coalition"),
        Field("description", "", "who they are, in a sentence"),
    ]
    return Begun(_append("content/actors.yaml", f"- id: {id}", fields, id, desk), f"name it as `actor: {id}`")


def _place(wish: Wish, desk: Desk) -> Begun:
    name = wish.name or desk.answer("The name of the place?", "the name")
    id = _id(name, Place, wish, desk)
    fields = [
        Field("name", _plain_or_quoted(name)),
        Field("country", _plain_or_quoted(wish.given.get("country") or "")),
        Field("country_code", "", "ISO 3166-1, such as IQ"),
        Field("lat", wish.given.get("lat") or "", "degrees north, with a point: 36.34"),
        Field("lon", wish.given.get("lon") or "", "degrees east, with a point: 43.13"),
        Field("precision", "near", "exact (a site), near (a town), region or country"),
    ]
    return Begun(_append("content/places.yaml", f"- id: {id}", fields, id, desk), f"name it as `location: {id}`")


def _source(wish: Wish, desk: Desk) -> Begun:
    name = wish.name or desk.answer("The address of the source, or its title?", "the address")
    known = {id: record.value for id, record in desk.records(Source).items()}
    url = urls.outside(name)
    there = next((id for id, source in known.items() if url and source.url == url), "")
    if there:
        raise DraftError(f"this address is recorded already: cite it as [@{there}]")
    clue = authoring.guess(url, known.values())
    issued, outlet = wish.given.get("date") or clue.issued, wish.given.get("publisher") or clue.outlet
    title = clue.title or clue.host if url else name
    key = wish.given.get("id") or authoring.citekey(outlet or clue.host or "source", issued, title, known)
    if key in known:
        raise DraftError(f"there is a source `{key}` already; give another key with --id")
    like = clue.like or Source(key, title)
    fields = [
        Field("type", like.type, "" if clue.like else "in the words of CSL: article-newspaper, report, book …"),
        Field("title", authoring.quoted(title), "from the address: write it as it is printed" if url else ""),
        Field("container-title", _plain_or_quoted(outlet), "" if outlet else "the paper, broadcaster or site"),
        Field("issued", f'"{issued}"' if issued else "", _when(issued, clue.issued)),
        Field("url", url, "" if url else "the whole address"),
        *([Field("kind", like.kind)] if like.kind else []),
        Field("perspective", like.perspective, "whose view it is: see docs/fields.md"),
    ]
    path = authoring.source_file(key, desk.inputs.under("content/sources/", ".yaml"))
    return Begun(_append(path, f"{key}:", fields, key, desk), f"cite it as [@{key}]")


def _when(issued: str, guessed: str) -> str:
    if not issued:
        return "when it appeared, as it is known: 2014-06-10 or 2014"
    return "from the address: see whether it is when it appeared" if issued == guessed else ""


def _id(name: str, model: type, wish: Wish, desk: Desk) -> str:
    """A free id; a name that is recorded already is no new record, unless an id is given."""
    shelf = desk.shelf(model)
    id = str(wish.given.get("id") or "") or authoring.propose_id(name, ())
    same = id if id in shelf else next((each for each in shelf if name in shelf[each]), "")
    if same and (same == id or not wish.given.get("id")):
        raise DraftError(f"`{same}` is recorded already; for another of this name give an id: --id {id}-2")
    if not urls.SLUG.fullmatch(id):
        raise DraftError("no id can be made of this name: give one with --id, of a to z, 0 to 9 and single hyphens")
    return id


def _plain_or_quoted(text: str) -> str:
    plain = text and all(letter.isalnum() or letter in " -'" for letter in text) and text[0].isalpha()
    return text if plain and text.lower() not in ("null", "true", "false") else authoring.quoted(text) if text else ""


def _append(path: str, head: str, fields: Sequence[Field], id: str, desk: Desk) -> Path:
    """Add the record at the end of its file, once it is sure that the file can still be read with it."""
    data = desk.inputs.files.get(path, b"")
    target = desk.content / path.removeprefix("content/")
    text = data.decode("utf-8", "replace")
    record = authoring.record_text(head, fields, authoring.indent_of(text) if head.startswith("- ") else "")
    before, wrong = _read(path, data) if data.strip() else ((), [])
    if wrong:
        raise DraftError(f"{target} has a mistake, so nothing is added to it: {wrong[0]} (`check` shows where)")
    addition = authoring.appended(text, record).encode()
    after, wrong = _read(path, data + addition)
    values = [each.value for each in after]
    if wrong or values[:-1] != [each.value for each in before] or not values or values[-1].id != id:
        if wrong:
            raise DraftError(f"nothing is added to {target}: {wrong[0]}. This would have been added:\n{record}")
        why = "it is not written as a list with a line for each field"
        raise DraftError(f"nothing can be added at the end of {target} ({why}); add it by hand:\n{record}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("ab") as file:
        file.write(addition)
    return target


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
