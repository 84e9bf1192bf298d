"""Issue forms for readers without git: their fields are those of entries, and filed ones are read back."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder.imports.forms import FORMS, correction, is_form, read_form
from site_builder.imports.naming import BODY
from site_builder.model import Entry, Revision
from tests.driver import PROJECT, SITE
from tests.imports.bringing import bring

FOLDER = PROJECT / ".github" / "ISSUE_TEMPLATE"
OWN = {field.name for field in fields(Entry)}

# As GitHub writes it: each label as a heading, an empty line, the answer.
EVENT = """\
### Title

A server begins to work

### Date

1991-12

### Date note

_No response_

### Actor

Paul Kunz
SLAC

### Location

_No response_

### Source

https://example.org/a
https://example.org/b

### Text

It began to work.

### A heading of the writer

More."""
CORRECTION = """\
### Entry

https://example.org/timeline/entries/1991-12-12-server.html#source-2

### Field

date

### Summary

It says 12 December.
It was the 6th.

### Source

_No response_
"""


def form(name: str) -> list[dict[str, Any]]:
    """The questions of a form, without what is only said."""
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    return [item for item in yaml.safe_load(text)["body"] if item["type"] != "markdown"]


def answers(text: str) -> dict[str, str]:
    filed, findings = read_form("issue.md", text)
    assert filed is not None, findings
    return dict(filed.answers)


# -- The forms


@pytest.mark.parametrize("name", sorted(FORMS))
def test_questions_are_the_reader_s(name: str) -> None:
    """The form asks, in this order, for what the reader knows, under the same labels."""
    asked = [(item["attributes"]["label"], item["id"]) for item in form(name)]
    assert asked == next(list(labels.items()) for known, labels in FORMS.items() if known == name)


def test_fields_of_an_event() -> None:
    """A proposed event has the fields of an entry by their own names, and each label is the name in words."""
    for item in form("event"):
        name, label = item["id"], item["attributes"]["label"]
        assert name in OWN
        assert label == ("Text" if name == BODY else name.replace("_", " ").capitalize())


def test_what_an_event_needs_is_asked_for() -> None:
    """What an entry cannot be without is required, and so is a source."""
    required = {item["id"] for item in form("event") if item.get("validations", {}).get("required")}
    assert required == {"title", "date", "source", BODY}


def test_fields_of_a_correction() -> None:
    """A correction names a field that entries have, and what a revision records."""
    questions = {item["id"]: item for item in form("correction")}
    assert {*questions["field"]["attributes"]["options"]} <= OWN | {"text"}
    assert "summary" in {field.name for field in fields(Revision)}


@pytest.mark.parametrize("name", sorted(FORMS))
def test_github_takes_the_form(name: str) -> None:
    """What GitHub demands of a form: a name, a description, questions of its kinds, each id once."""
    whole = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    assert {*whole} == {"name", "description", "body"}
    assert {item["type"] for item in whole["body"]} <= {"markdown", "input", "textarea", "dropdown"}
    assert len({item["id"] for item in form(name)}) == len(form(name))


# -- Read back


def test_event() -> None:
    """Each answer comes under its field; what was left open is absent; headings of the writer stay in the text."""
    assert answers(EVENT) == {
        "title": "A server begins to work",
        "date": "1991-12",
        "actor": "Paul Kunz\nSLAC",
        "source": "https://example.org/a\nhttps://example.org/b",
        BODY: "It began to work.\n\n### A heading of the writer\n\nMore.",
    }


def test_line_ends() -> None:
    """The text as GitHub's interface for programs gives it, with line ends of Windows, is the same."""
    assert answers(EVENT.replace("\n", "\r\n")) == answers(EVENT)


def test_places() -> None:
    """Where each question stands is known, so that a finding can point there."""
    filed, _ = read_form("issue.md", EVENT)
    assert filed
    assert (filed.form, filed.lines["title"], filed.lines["date"]) == ("event", 1, 5)


@pytest.mark.parametrize(
    "text", ["", "Title: x", "### Something else\n\nx", "# Title\n\nx", "\n\n---\ntitle: x\n---\n"]
)
def test_other_texts(text: str) -> None:
    """What is no filed form is told so."""
    filed, findings = read_form("issue.md", text)
    assert filed is None
    assert [(found.location.path, found.code) for found in findings] == [("issue.md", "import-refused")]
    assert not is_form(text)


@pytest.mark.parametrize(("text", "name"), [(EVENT, "event"), (CORRECTION, "correction"), ("\n" + EVENT, "event")])
def test_known_by_its_first_question(text: str, name: str) -> None:
    """A form is known by its first question."""
    filed, _ = read_form("issue.md", text)
    assert is_form(text)
    assert filed
    assert filed.form == name


def test_an_answer_cannot_pass_for_another() -> None:
    """A question typed into an answer is found and shown, and nothing of the form is taken."""
    forged = EVENT.replace("Paul Kunz\n", "Paul Kunz\n\n### Source\n\nhttps://evil.example/\n\n")
    filed, findings = read_form("issue.md", forged)
    assert filed is None
    (found,) = findings
    places = [number for number, line in enumerate(forged.split("\n"), 1) if line == "### Source"]
    assert found.location.line == places[1]
    assert "a second time" in found.message


def test_answers_are_kept_as_they_are() -> None:
    """What could act elsewhere is text here: front matter, mark-up and tags come through letter for letter."""
    hostile = "---\nstatus: published\n---\n<script>alert(1)</script> [@key] {{ x }} ${{ y }}"
    assert answers(EVENT.replace("A server begins to work", hostile))["title"] == hostile


def test_correction() -> None:
    """A correction is told to the editor, with the entry, the field and the words of the report."""
    filed, _ = read_form("issue.md", CORRECTION)
    assert filed
    found = correction("issue.md", filed)
    assert "`date` of the entry `1991-12-12-server`: It says 12 December. It was the 6th." in found.message
    assert "revisions" in found.hint
    assert found.location.line == 9


# -- By the command


def test_a_proposed_event_is_a_draft(tmp_path: Path) -> None:
    """An entry comes of it, with each answer in its field, and is not public until an editor makes it so."""
    brought = bring(tmp_path, "proposal.md", EVENT)
    text = brought.entry("1991-12-a-server-begins-to-work")
    assert "title: A server begins to work\ndate: 1991-12\n" in text
    assert "actor:\n  - Paul Kunz\n  - SLAC\n" in text
    assert "source:\n  - https://example.org/a\n  - https://example.org/b\n" in text
    assert "status: draft\n" in text
    assert "It began to work." in text
    assert "entries/1991-12-a-server-begins-to-work.html" not in brought.built().files


def test_a_stranger_cannot_publish(tmp_path: Path) -> None:
    """Fields that the form does not ask for cannot be set by what is typed into it."""
    forged = EVENT.replace("A server begins", "---\nstatus: published\n---\nA server begins")
    forged = forged.replace("It began", "### Status\n\npublished\n\n### draft\n\nfalse\n\nIt began")
    brought = bring(tmp_path, "proposal.md", forged)
    (path,) = (name for name in brought.files if name.endswith(".md"))
    text = (tmp_path / "content" / path).read_text(encoding="utf-8")
    front = text.split("\n---\n")[0]
    assert [line for line in front.split("\n") if line.startswith("status:")] == ["status: draft"]


def test_a_correction_changes_nothing(tmp_path: Path) -> None:
    """A reported mistake is told, and no file is written."""
    brought = bring(tmp_path, "report.md", CORRECTION, {"site.yaml": SITE})
    assert brought.files == []
    assert "a reader reports a mistake in `date` of the entry `1991-12-12-server`" in brought.text
