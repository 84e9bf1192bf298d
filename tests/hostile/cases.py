"""One hostile or broken input, and what is safe for it to become.

reject      an error at file and line; nothing is published, and what was published is byte for byte as it was
inert       the payload is text at most, and the text round it is there
normalise   the site shows the repaired value, and nothing is left of the raw one
warn        a warning that names the file
ignore      nothing of the file is published; unless it is an editor's leftover, a warning names it
accept      odd but honest: all of it is shown
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tests.driver import entry

CLASSES = {
    1: "odd but honest",
    2: "mark-up in the body",
    3: "mark-up in every field",
    4: "addresses of sources",
    5: "template syntax",
    6: "structure of YAML",
    7: "types of YAML",
    8: "bytes",
    9: "Unicode that deceives",
    10: "names and addresses of pages",
    11: "the tree",
    12: "other formats",
    13: "cost",
    14: "many at once",
    15: "faults",
    16: "preview",
}


Act = Callable[[Path], None]


class Outcome(StrEnum):
    REJECT = "reject"
    INERT = "inert"
    NORMALISE = "normalise"
    WARN = "warn"
    IGNORE = "ignore"
    ACCEPT = "accept"


@dataclass(frozen=True)
class Case:
    """`files`: paths in content/ (see `tests.driver`). A case of the disk or of the preview has an `act` instead.

    at      path and line of the finding that the outcome asks for; line 0: the file as a whole
    code    the code of that finding, where it matters which it is
    shown   what a reader of the entry's page (or of `page`) sees; quotes and spaces are compared as typed
    gone    what is in no file of the output and in no message
    """

    id: str
    kind: int
    outcome: Outcome
    files: Mapping[str, str | bytes] = field(default_factory=dict)
    at: tuple[str, int] = ("", 0)
    code: str = ""
    shown: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    page: str = ""
    act: Act | None = None

    @property
    def alone(self) -> bool:
        """Whether the case must be a site of its own: it has errors, or it replaces what all share."""
        return self.outcome is Outcome.REJECT or any(path in SHARED for path in self.files)


SHARED = ("site.yaml", "actors.yaml", "places.yaml", "glossary.yaml", "spans.yaml")


def file_of(id: str) -> str:
    return f"entries/{id}.md"


def good(kind: int, outcome: Outcome, id: str, text: str | bytes, *shown: str, **more: object) -> Case:
    """An entry that builds. For `warn` and `ignore`, `at` says where the warning stands."""
    return Case(id, kind, outcome, {file_of(id): text}, shown=shown, **more)  # type: ignore[arg-type]


def reject(kind: int, id: str, text: str | bytes, line: int, code: str = "", **more: object) -> Case:
    """An entry that is refused, at this line."""
    path = file_of(id)
    return Case(id, kind, Outcome.REJECT, {path: text}, at=(path, line), code=code, **more)  # type: ignore[arg-type]


def body(text: str) -> str:
    """An entry with this text; it begins in line 7 of the file."""
    return entry(body=text)
