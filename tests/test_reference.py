"""The reference of fields and of commands is what the models and the parser say, and leaves nothing out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

import pytest

from site_builder import commands, descriptions, explanations, schemas
from site_builder.diagnostics import CHECKS, Diagnostic
from site_builder.documents import read_yaml
from site_builder.fields import validate
from site_builder.files import Options
from site_builder.front_matter import read_markdown
from site_builder.loading import load
from site_builder.memo import Memo
from site_builder.reading import PLURALS
from tests import commands_page, fields_page, test_explanations
from tests.driver import PROJECT, entry, inputs
from tests.fields_of_records import CODES, Field, fields_of, groups
from tests.fields_page import examples, kind_of
from tests.test_broken import BROKEN, CASES


@pytest.mark.parametrize(
    ("path", "made"), [("docs/fields.md", fields_page.page), ("docs/commands.md", commands_page.page)]
)
def test_the_pages_of_the_docs(path: str, made: Callable[[], str]) -> None:
    """The pages of the reference lie in docs/ as they are made."""
    page = PROJECT / path
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(made(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == made()


# -- Fields


def every_field() -> Iterator[Field]:
    told: set[type] = set()
    for kind, record in schemas.KINDS.items():
        yield from fields_of(record, kind)
        for group in groups(record, kind, told):
            yield from fields_of(group)


ALL = list(every_field())


def test_no_field_is_left_out() -> None:
    """Each kind of file has its section, and each field its words and its example, which a golden site builds."""
    assert set(fields_page.sections()) == set(schemas.KINDS)
    assert [field.key for field in ALL if not descriptions.about(field.record.__name__, field.name)] == []
    assert [field.key for field in ALL if field.key not in examples()] == []


def test_no_word_is_left_over() -> None:
    """What is said of a field, or found at it, is said of one that there is."""
    names = {name for field in ALL for name in (field.key, field.name)}
    assert [name for name in (*descriptions.ABOUT, *CODES) if name not in names] == []
    assert {code for codes in CODES.values() for code in codes.split()} <= set(explanations.explanations())


def provoked(field: Field, typed: str) -> set[str]:
    """The codes of a record that is right but for this field, which is typed so, or is not there."""
    given = {one.name: examples().get(one.key, "x") for one in fields_of(field.record) if one.required}
    text = "".join(f"{name}: {value}\n" for name, value in {**given, field.name: typed}.items() if value)
    document, findings = read_yaml("x.yaml", text)
    assert document, (text, findings)
    found = validate(field.record, document, document.fields)[1]
    return {one.code for one in found if one.code != "field-missing" or f"`{field.name}`" in one.message}


@pytest.mark.parametrize("field", ALL, ids=lambda field: field.key)
def test_what_a_field_cannot_take(field: Field) -> None:
    """A field gives the codes of its line for a value of another kind, a word that it does not know, and nothing."""
    told = set(field.codes) - set(CODES.get(field.key, "").split())
    slips = ("[[a], [b]]", "yesterday", "2026-01", "", "{b: [c]}", "Not An Id")
    by_file = {"field-missing"} if field.key == "Series.id" else set()  # the name of the file stands for it
    assert set().union(*(provoked(field, slip) for slip in slips)) - {"unknown-field"} - by_file == told


# -- What is found at a field beside that

MEMO = Memo()
GENERAL = {
    *("yaml-syntax", "repeated-key", "unknown-field", "value-empty", "text-cut-by-comment"),
    *("value-invalid", "date-invalid", "not-a-choice", "field-missing"),
}
# About a field that is not there, or a record as a whole: they have no place at the field.
PLACELESS = {"published-missing", "source-missing", "base-url-missing", "language-missing", "source-unused"}
# Everything that can lead to a record, leading to none.
ASTRAY: Mapping[str, str | bytes] = {
    "actors.yaml": "- {id: jo, name: Jo, succeeds: [{id: nobody}]}\n- {id: jo, name: Jo}\n",
    "places.yaml": "- {id: hill, name: Hill, lon: 3}\n- {id: hill, name: Hill}\n",
    "spans.yaml": "- {actor: nobody, region: nowhere, precursor_actors: [nobody], cites: nothing}\n",
    "glossary.yaml": "- {id: word, term: Word, definition: A word., see: nothing, cites: {source: nothing}}\n",
    "series/x.yaml": "title: X\npoints: [{date: 2014, value: 1, estimator: x, places: [nowhere], cites: nothing}]\n",
    "entries/2020/short.md": entry(
        "actor: nobody\nlocation: nowhere\nrelated: nothing\ntags: none\nphase: never\n"
        "casualties: {harm: killed, min: 1, max: 3, best: 7, by: nobody, cites: nothing}\n"
        "claims: {by: nobody, stance: asserts, about: date, statement: So., cites: nothing}\n"
        "control: {place: nowhere, holder: nobody, change: taken, cites: nothing}",
        source="nothing",
    ),
    "entries/2020/long.md": entry(
        "actor: {id: nobody}\nlocation: [{id: nowhere}, {name: A, lat: 3}, {name: B, lon: 3}]\nrelated: {id: long}",
        source="{source: nothing}",
    ),
}


def sites() -> Iterator[Mapping[str, str | bytes]]:
    """Broken sites: those of broken/, the wrong examples of the explanations, and the one above."""
    yield ASTRAY
    for content in (BROKEN / name / "content" for name in CASES):
        yield {path.relative_to(content).as_posix(): path.read_bytes() for path in content.rglob("*") if path.is_file()}
    for one in test_explanations.SHOWN:
        yield test_explanations.files(one, one.wrong)


def at_fields(files: Mapping[str, str | bytes]) -> Iterator[tuple[str, str]]:
    """The findings of a site that stand at a field: the field and the code."""
    given = inputs(files)
    for one in load(given, Options(), MEMO)[1]:
        path = one.location.path
        kind = kind_of(PurePosixPath(path.removeprefix("content/")).parts)
        if one.code in GENERAL | PLACELESS or kind not in schemas.KINDS or not path.endswith((".md", ".yaml")):
            continue
        if field := field_at(given.files[path], kind, one):
            yield field, one.code


def field_at(data: bytes, kind: str, one: Diagnostic) -> str:
    """The field at whose name or value a finding stands, "" where it stands elsewhere."""
    path, text = one.location.path, data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    document, _ = read_markdown(path, text) if path.endswith(".md") else read_yaml(path, text)
    if document is None:
        return ""
    document = document.renamed(PLURALS)
    hits = [at for places in (document.keys, document.values) for at, where in places.items() if where == one.location]
    names = [str(part) for part in max(hits, key=len, default=()) if isinstance(part, str) and part]
    return _field_of(schemas.KINDS[kind], kind, names[1:] if kind == "sources" else names)


def _field_of(record: type, kind: str, names: list[str]) -> str:
    found = next((field for field in fields_of(record, kind) if names[:1] == [field.name]), None)
    if found is None:
        return ""
    rest = names[2:] if "`id: …`" in found.takes else names[1:]
    return (found.group and rest and _field_of(found.group, "", rest)) or found.key


def test_what_is_found_at_a_field() -> None:
    """What is found at a field in any broken site stands in its line, and what stands there is found in one."""
    found = {pair for files in sites() for pair in at_fields(files)}
    told = {(field, code) for field, codes in CODES.items() for code in codes.split() if code not in PLACELESS}
    assert found - {("Entry.title", "id-taken")} == told  # two files of one name: the place is the file's beginning


def test_every_check_is_in_the_reference() -> None:
    """Each check that `site.yaml` can set has its line."""
    page = fields_page.page()
    assert [code for code in CHECKS if f"| [`{code}`](errors.md#{code}) | {CHECKS[code]} |" not in page] == []


# -- Commands


def test_no_command_or_option_is_left_out() -> None:
    """Each command and each option says what it is for, and each command shows its use."""
    given = commands_page.commands()
    assert set(given) == set(commands.COMMANDS) == set(commands_page.told())
    assert [name for name, (_, help) in given.items() if not help] == []
    unsaid = [
        (name, one.dest)
        for name, (command, _) in given.items()
        for one in commands_page.options(command)
        if not one.help
    ]
    assert unsaid == []
    assert [name for name, (words, lines) in commands_page.told().items() if not words or not lines] == []


def test_the_schemas_of_the_docs() -> None:
    """The page of commands names every kind of schema."""
    words, _ = commands_page.told()["schema"]
    assert [kind for kind in schemas.KINDS if f"`{kind}`" not in words] == []
