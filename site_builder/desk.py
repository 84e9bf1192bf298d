"""Where `new` works: what the author wishes for, what there is already, and whom it can ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from site_builder import recall
from site_builder.diagnostics import Severity
from site_builder.files import Inputs
from site_builder.memo import Memo
from site_builder.model import Phase, Source
from site_builder.reading import LISTS, Record, read_file
from site_builder.texts import hidden
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
        reads = [record for path in paths for record in read(path, self.inputs.files[path])[0]]
        return {record.value.id: record for record in reads}

    def shelf(self, model: type) -> recall.Shelf:
        return {id: _names(record.value) for id, record in self.records(model).items()}

    def answer(self, question: str, option: str) -> str:
        """What the author answers, asked again while it is empty, or has what cannot be seen."""
        if self.ask is None:
            raise DraftError(f"{option} is missing, and nobody can be asked: give it on the command line (see --help)")
        asked = question
        while True:
            answer = " ".join(self.ask(f"{asked} ").split())
            fault = unseen(answer)
            if answer and not fault:
                return answer
            asked = f"{fault}. {question}" if fault else question


def unseen(text: str) -> str:
    """What is wrong with a text in which something cannot be seen, as an arrow key can leave it; "" if nothing is."""
    found = hidden(text)
    return f"the character U+{ord(found[0]):04X}, which nobody can see, is in it: type it again" if found else ""


def read(path: str, data: bytes) -> tuple[tuple[Record[Any], ...], list[str]]:
    """The records of a file, and its errors in words."""
    given = read_file(path, data, Typography(), Memo())
    faults = (found for found in given.findings if found.severity is Severity.ERROR)
    return given.records, [f"{found.message}; {found.hint}" for found in faults]


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
