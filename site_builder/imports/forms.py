"""A filed issue form: the text that GitHub makes of it, read back into fields. Strangers wrote it; all of it is data.

GitHub sets each answer under a heading with the label of its question, and `_No response_` where there is none:
https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
The labels are those of `.github/ISSUE_TEMPLATE/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from site_builder.diagnostics import Diagnostic, Location, Severity, error
from site_builder.imports.events import Found
from site_builder.imports.naming import BODY, DRAFT, naming
from site_builder.imports.translating import Translator

# Field of an answer by the label of its question; the first of a form is the one by which it is known.
FORMS: Mapping[Literal["event", "correction"], Mapping[str, str]] = {
    "event": {
        "Title": "title",
        "Date": "date",
        "Date note": "date_note",
        "Actor": "actor",
        "Location": "location",
        "Source": "source",
        "Text": BODY,
    },
    "correction": {"Entry": "entry", "Field": "field", "Summary": "summary", "Source": "source"},
}
NO_ANSWER = "_No response_"
MAX_SAID = 500  # characters of a report that a message repeats

_HEADING = re.compile(r"### (?P<label>.{1,80}?)[ \t]*")


@dataclass(frozen=True, slots=True)
class Filed:
    """`answers`: field to text, without those that were left open. `lines`: where the label of each stands, from 1."""

    form: Literal["event", "correction"]
    answers: Mapping[str, str]
    lines: Mapping[str, int]


def is_form(text: str) -> bool:
    """Whether a text begins as a filed form does."""
    first = _HEADING.fullmatch(text.lstrip().partition("\n")[0].rstrip())
    return first is not None and any(first["label"] == next(iter(labels)) for labels in FORMS.values())


def read_form(path: str, text: str) -> tuple[Filed | None, list[Diagnostic]]:
    """The answers of a filed form. A label that stands twice is refused: nobody can tell which one a stranger typed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = [(number, match["label"]) for number, line in enumerate(lines, 1) if (match := _HEADING.fullmatch(line))]
    form = next((name for name, labels in FORMS.items() if found and found[0][1] == next(iter(labels))), None)
    if form is None:
        message = "this is not the text of a filed form: it must begin with `### Title` or `### Entry`"
        return None, [error(Location(path, 1), "import-refused", message, "copy the whole text of the issue")]
    asked = [(number, label) for number, label in found if label in FORMS[form]]
    if findings := list(_repeated(path, asked)):
        return None, findings
    ends = [number for number, _ in asked[1:]] + [len(lines) + 1]
    places = {FORMS[form][label]: (number, end) for (number, label), end in zip(asked, ends, strict=True)}
    given = {field: "\n".join(lines[number : end - 1]).strip() for field, (number, end) in places.items()}
    answers = {field: answer for field, answer in given.items() if answer not in ("", NO_ANSWER)}
    return Filed(form, answers, {field: number for field, (number, _) in places.items()}), []


def _repeated(path: str, asked: list[tuple[int, str]]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for number, label in asked:
        if label in seen:
            message = f"`### {label}` stands here a second time, so one of the two was typed into an answer"
            hint = "see in the issue which one is the question, and take the `###` off the other"
            yield error(Location(path, number), "import-refused", message, hint)
        seen.add(label)


def correction(path: str, filed: Filed) -> Diagnostic:
    """What a reported correction asks of the editor: a change by hand, since only an editor can judge it."""
    address = filed.answers.get("entry", "").split("?")[0].split("#")[0].rstrip("/")
    id = address.rpartition("/")[2].removesuffix(".html")
    said = " ".join(filed.answers.get("summary", "").split())
    message = (
        f"a reader reports a mistake in `{filed.answers.get('field', 'text')}` of the entry `{id}`: {said[:MAX_SAID]}"
    )
    hint = "if the sources bear it out, mend the entry and record it there under `revisions` (docs/forms.md)"
    return Diagnostic(
        Location(path, filed.lines.get("summary", 1)), Severity.WARNING, "import-correction", message, hint
    )


def take(path: str, text: str, found: Found) -> None:
    """A proposed event as a draft, whatever it says of itself; a correction as a finding."""
    filed, findings = read_form(path, text)
    found.findings += findings
    if filed is None:
        return
    if filed.form == "correction":
        found.findings.append(correction(path, filed))
        return
    given = {**filed.answers, DRAFT: "true"}
    body = given.pop(BODY, "")
    Translator(found, naming((), given), flat=True).event(Location(path, filed.lines["title"]), given, body)
