"""Events to files of entries, as an author would have written them, each tried by the reader that will read it."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from site_builder import authoring
from site_builder.diagnostics import Diagnostic, Severity, error
from site_builder.imports.events import Event, remark
from site_builder.imports.settling import Settled, dated, settle
from site_builder.imports.target import Target
from site_builder.memo import Memo
from site_builder.reading import read_file
from site_builder.typography import Typography
from site_builder.yamltext import NULLS

# The order in which the files of entries have their fields.
_ORDER = (
    *("title", "summary", "date", "date_display", "date_note", "date_basis", "phase", "significance", "actor"),
    *("location", "source", "tags", "control", "claims", "casualties", "related", "published", "revisions", "grade"),
    *("grade_reason", "status", "aliases", "content_note", "lang", "media"),
)
# Text that YAML takes as it is: inside brackets less than on a line of its own.
_IN_LINE = re.compile(r"(?:-(?=[0-9]))?[^\W_][^\n\r\t]*")
_IN_FLOW = re.compile(r"(?:-(?=[0-9]))?[^\W_][^\n\r\t,\[\]{}]*")
_WIDE = 100  # a group of fields stands on one line up to this width


@dataclass(slots=True)
class Writing:
    """`files`: by path in the content folder. `drafts`: entries of no phase, which a site with phases must have."""

    files: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    dated: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    sourceless: list[str] = field(default_factory=list)


def write(events: list[Event], target: Target) -> Writing:
    """The files of all events that can be entries, and why the others cannot."""
    findings: list[Diagnostic] = []
    named = [(id, event) for event, id in _named(events, target, findings)]
    coming = {id for id, _ in named}
    memo = Memo()
    while True:  # an entry that cannot be written takes the references to it along
        writing = Writing()
        known = {*target.entries, *coming}
        there = {id for id, event in named if id in coming and _write(id, event, target, known, memo, writing)}
        if there == coming:
            writing.findings = findings + writing.findings
            return writing
        findings += [found for found in writing.findings if found.severity is Severity.ERROR]
        coming = there


def _named(events: list[Event], target: Target, findings: list[Diagnostic]) -> Iterator[tuple[Event, str]]:
    """Each event with its id; one that is taken is never written over, and twice in one import gets a number."""
    used: set[str] = set()
    for event in events:
        date = dated(event.fields)
        if date is None:
            findings.append(_refused(event, "the date cannot be read", "write it in EDTF (docs/dates.md)"))
            continue
        id = event.id or authoring.entry_path(str(event.fields.get("title", "")), date).rpartition("/")[2].removesuffix(
            ".md"
        )
        id = next(free for n in itertools.count(1) if (free := f"{id}-{n}" if n > 1 else id) not in used)
        used.add(id)
        if id in target.entries:
            message = f"there is an entry `{id}` already, and no entry is written over"
            findings.append(error(event.where, "import-taken", message, "delete or rename that file, and import again"))
        else:
            yield event, id


def _write(id: str, event: Event, target: Target, entries: Set[str], memo: Memo, writing: Writing) -> bool:
    date = dated(event.fields)
    settled = settle(event, target, entries)
    path = f"content/entries/{date.year if date else 0}/{id}.md"
    if target.phases and "phase" not in settled.fields and date:
        phase = target.phase_of(date)
        settled.fields |= {"phase": phase} if phase else {"status": "draft"}
        (writing.dated if phase else writing.drafts).append(id)
    text, wrong = _tried(path, settled, memo)
    if wrong:
        writing.findings.append(_refused(event, wrong[0].message, wrong[0].hint))
        return False
    writing.findings += [remark(event.where, "import-changed", f"`{id}`: {said}") for said in settled.lost]
    if not settled.fields.get("source") and "[@" not in settled.body:
        writing.sourceless.append(id)
    writing.files[path.removeprefix("content/")] = text
    return True


def _tried(path: str, settled: Settled, memo: Memo) -> tuple[str, list[Diagnostic]]:
    """The text of the file, and what the builder would say of it; a field that it refuses is kept as `x_…`."""
    text = entry_text(settled.fields, settled.body)
    for _ in range(2):
        data = text.encode("utf-8", "surrogatepass")
        read = read_file(path, data, Typography(), memo)
        wrong = [finding for finding in read.findings if finding.severity is Severity.ERROR]
        loose = _loose(text, wrong)
        if not loose:
            return text, wrong
        for name, finding in loose.items():
            settled.lost.append(f"{finding.message}; it is kept as `x_{name}`")
            settled.fields[f"x_{name}"] = settled.fields.pop(name)
        text = entry_text(settled.fields, settled.body)
    return text, wrong


def _loose(text: str, wrong: list[Diagnostic]) -> dict[str, Diagnostic]:
    """The fields at fault that an entry can do without, if these are all that is wrong."""
    lines = text.split("\n")
    end = lines.index("---", 1) + 1
    found: dict[str, Diagnostic] = {}
    for finding in wrong:
        line = finding.location.line
        names = [typed.partition(":")[0] for typed in lines[1:line] if re.match(r"[a-z_]+:", typed)]
        if not (1 < line < end and names) or names[-1] in ("title", "date") or names[-1].startswith("x_"):
            return {}
        found[names[-1]] = finding
    return found


def _refused(event: Event, message: str, hint: str) -> Diagnostic:
    return error(event.where, "import-refused", message, hint)


# -- The text of a file


def entry_text(fields: Mapping[str, Any], body: str) -> str:
    """Front matter in the order of the house, then the text."""
    names = [*(name for name in _ORDER if name in fields), *sorted(name for name in fields if name not in _ORDER)]
    lines = [line for name in names for line in _field(name, fields[name])]
    return "\n".join(["---", *lines, "---", body, ""]) if body else "\n".join(["---", *lines, "---", ""])


def _field(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{name}: {_flow(value)}"
    elif isinstance(value, list) and value:
        if len(value) == 1 and not isinstance(value[0], dict | list):
            yield f"{name}: {_flow(value) if name in ('tags', 'aliases') else scalar(value[0])}"
        elif name in ("tags", "aliases"):
            yield f"{name}: {_flow(value)}"
        else:
            yield f"{name}:"
            for item in value:
                yield from _item(item)
    elif value not in (None, "", []):
        yield f"{name}: {scalar(value)}"


def _item(item: Any) -> Iterator[str]:
    line = f"  - {_flow(item) if isinstance(item, dict | list) else scalar(item)}"
    if not isinstance(item, dict) or len(line) <= _WIDE or not item:
        yield line
        return
    for n, (name, value) in enumerate(_filled(item).items()):
        yield f"  {'-' if n == 0 else ' '} {_key(name)}: {_flow(value)}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(name)}: {_flow(item)}" for name, item in _filled(value).items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return scalar(value, _IN_FLOW)


def _filled(group: Mapping[Any, Any]) -> Mapping[Any, Any]:
    return {name: value for name, value in group.items() if value not in (None, "", [], {})}


def _key(name: Any) -> str:
    return (
        str(name) if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", str(name)) else json.dumps(str(name), ensure_ascii=False)
    )


def scalar(value: Any, plain: re.Pattern[str] = _IN_LINE) -> str:
    """A value as YAML, without quotes where it needs none."""
    if value is None:
        return "~"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    bare = plain.fullmatch(text) and text.strip() == text and text not in NULLS
    if bare and not re.search(r":(\s|$)| #", text):
        return text
    return json.dumps(text, ensure_ascii=False)
