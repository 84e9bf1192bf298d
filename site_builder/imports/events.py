"""One event of a foreign file in our own terms, and the findings of `import`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder.diagnostics import Diagnostic, Location, Severity, error
from site_builder.imports.prose import acts

MAX_TEXT = 80_000  # characters of one cell or text; an entry's text may have little more


@dataclass(frozen=True, slots=True)
class Event:
    """`fields` by the names of front matter, values as front matter has them: texts, lists, groups; `x_…` beside.

    `id`: the one that it had, if it can be an id. `where`: its row, item or file.
    """

    where: Location
    fields: Mapping[str, Any]
    body: str = ""
    id: str = ""


@dataclass(slots=True)
class Found:
    """What a foreign file holds. `kept`: fields of no home here, by the name that each entry keeps them under."""

    events: list[Event] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    mapped: set[str] = field(default_factory=set)

    def refuse(self, where: Location, message: str, hint: str) -> None:
        """A row that cannot be an entry."""
        self.findings.append(error(where, "import-refused", message, hint))

    def keep(self, name: str, value: Any, fields: dict[str, Any]) -> None:
        """A value of no home here, under `x_…`."""
        if re.fullmatch(r"x_[a-z0-9_]{1,60}", name):  # somebody's own field already
            fields[name] = value
            return
        if name not in self.kept:
            self.kept[name] = _free(name, self.kept.values())
        fields[self.kept[name]] = value

    def add(self, name: str, value: Any, fields: dict[str, Any]) -> None:
        """One of several values of no home here, beside those of its name that are kept already."""
        before = fields.get(self.kept.get(name, name), [])
        self.keep(name, [*(before if isinstance(before, list) else [before]), value], fields)

    def left_out(self, where: Location, text: str) -> None:
        """Tell of a script or a style in a text, which no entry can have."""
        if acts(text):
            self.findings.append(remark(where, "import-changed", "a script or a style in the text is left out"))

    def told(self, path: str) -> list[Diagnostic]:
        """All findings, and in one of them the fields of no home."""
        if not self.kept:
            return self.findings
        names = ", ".join(f"`{name[:60]}` as `{kept}`" for name, kept in sorted(self.kept.items()))
        message = f"no field of an entry is known for these, so the entries keep them as their own: {names}"
        hint = "say where they belong with `--map field=name`, and import again; or leave them"
        return [*self.findings, remark(Location(path), "import-kept", message, hint)]


def remark(where: Location, code: str, message: str, hint: str = "") -> Diagnostic:
    """Something that the author should look at; the entry is written."""
    return Diagnostic(where, Severity.WARNING, code, message, hint)


def _free(name: str, taken: Iterable[str]) -> str:
    words = re.findall(r"[a-z0-9]+", name.lower())
    wanted = "x_" + ("_".join(words)[:40] or "field")
    wanted = wanted.replace("x_x_", "x_", 1)
    known, number = set(taken), 2
    free = wanted
    while free in known:
        free, number = f"{wanted}_{number}", number + 1
    return free
