"""The JSON Schemas take what the builder takes, refuse what it refuses for its shape, and lie in docs/schema/."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from site_builder import cli, schemas
from site_builder.documents import read_yaml
from site_builder.front_matter import read_markdown
from tests.driver import PROJECT, entry, lay_out

SITES = [PROJECT / "content", *sorted(path for path in (PROJECT / "tests/golden").glob("*/content"))]
FOLDERS = {"entries": "entry", "phases": "phase", "pages": "page", "sources": "sources", "series": "series"}


def kind_of(path: Path, content: Path) -> str:
    """Which schema a file of a site keeps to; "" for media and the like."""
    first, *rest = path.relative_to(content).parts
    kind = FOLDERS.get(first, "") if rest else first.removesuffix(".yaml")
    return kind if kind in schemas.KINDS and path.suffix in (".md", ".yaml") else ""


def values(path: Path) -> Any:
    """What a file holds, every scalar as text."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    document, findings = read_markdown("x", text) if path.suffix == ".md" else read_yaml("x", text)
    assert document is not None, findings
    return document.fields.get("", document.fields)


def validator(kind: str) -> Any:
    schema = schemas.schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def files(content: Path) -> Iterator[tuple[Path, str]]:
    return ((path, kind) for path in sorted(content.rglob("*")) if path.is_file() and (kind := kind_of(path, content)))


@pytest.mark.parametrize("content", SITES, ids=lambda path: path.parent.name)
def test_what_builds_is_valid(content: Path) -> None:
    """Every file of the first site and of the golden sites keeps to its schema."""
    known = {kind: validator(kind) for kind in schemas.KINDS}
    wrong = [
        (path.name, fault.json_path, fault.message[:200])
        for path, kind in files(content)
        if not (path.suffix == ".md" and "withdrawn" in path.read_text(encoding="utf-8"))
        for fault in known[kind].iter_errors(values(path))
    ]
    assert wrong == []


# Cases of tests/broken/ that are wrong by their shape alone.
SHAPES = (
    *("field-missing", "field-missing--claim", "not-a-choice", "not-a-choice--far", "unknown-field"),
    *(
        "unknown-field--far",
        "unknown-field--inner",
        "unknown-field--id",
        "value-invalid--address",
        "value-invalid--bbox",
    ),
    *("value-invalid--bbox-long", "value-invalid--blank-title", "value-invalid--day", "value-invalid--decimals"),
    *("value-invalid--flag", "value-invalid--id", "value-invalid--list-for-text"),
    *("value-invalid--negative", "value-invalid--number", "value-invalid--range", "value-invalid--source-text"),
    *("value-invalid--tags", "value-invalid--text-for-group", "value-empty"),
)


@pytest.mark.parametrize("name", SHAPES)
def test_what_is_broken_is_not(name: str) -> None:
    """A site that is broken by a field's name, a missing field, a word, a number or a shape breaks its schema."""
    content = PROJECT / "tests/broken" / name / "content"
    assert [path for path, kind in files(content) if not validator(kind).is_valid(values(path))]


TYPED: Mapping[str, Any] = {"title": "Hearing", "date": "2020-09-17"}


@pytest.mark.parametrize(
    ("fields", "valid"),
    [
        ({"significance": 3, "date": 2014}, True),
        ({"date": ["2014-06-04..2014-06-10"]}, True),
        ({"summary": None, "actor": None}, True),
        ({"location": {"name": "A", "lat": 38.9, "lon": -77}}, True),
        ({"casualties": {"harm": "killed", "best": 0}}, True),
        ({"x_mine": {"a": [1]}}, True),
        ({"actors": ["a", {"id": "b", "role": "speaker"}]}, True),
        ({"significance": 4}, False),
        ({"title": None}, False),
        ({"location": {"name": "A", "lat": 91}}, False),
        ({"casualties": {"harm": "killed", "best": -1}}, False),
        ({"body": "text"}, False),
        ({"actor": {"id": "b", "role": "boss"}}, False),
    ],
)
def test_as_editors_read_it(fields: Mapping[str, Any], valid: bool) -> None:
    """Editors hand on numbers, lists and null where the builder reads text: they are taken as they are meant."""
    assert validator("entry").is_valid({**TYPED, **fields}) is valid


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_every_field_is_described(kind: str) -> None:
    """An editor can say of each field what it is for."""
    schema = schemas.schema(kind)
    records = [
        schema,
        schema.get("items", {}),
        schema.get("additionalProperties", {}),
        *schema.get("$defs", {}).values(),
    ]
    found = {
        name: field
        for record in records
        if isinstance(record, dict)
        for name, field in record.get("properties", {}).items()
    }
    assert found
    assert [name for name, field in found.items() if not field.get("description")] == []


@pytest.mark.parametrize("kind", schemas.KINDS)
def test_the_files_of_the_docs(kind: str) -> None:
    """docs/schema/ holds the schemas as the command prints them."""
    path = PROJECT / f"docs/schema/{kind}.json"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(schemas.text(kind), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == schemas.text(kind)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`schema` prints a schema or writes it, and names the kinds where there is none of that name."""
    assert cli.main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["required"] == ["title", "date"]
    assert cli.main(["schema", "actors", "--out", str(tmp_path / "a.json")]) == 0
    assert json.loads((tmp_path / "a.json").read_text())["items"]["required"] == ["id", "name"]
    assert cli.main(["schema", "actor"]) == 2
    assert "actors" in capsys.readouterr().err


# -- The editor's own files


def test_the_settings_lead_to_schemas() -> None:
    """The editor's settings name schemas that are there, for files that are there."""
    mapped = json.loads((PROJECT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    assert [name for name in mapped if not (PROJECT / name).is_file()] == []
    assert [pattern for pattern in mapped.values() if not list(PROJECT.glob(pattern))] == []


def test_the_problem_matcher(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What `check` prints is read by the matcher of the editor's task: file, line, column, severity and message."""
    lay_out(
        tmp_path, {"entries/a.md": entry(title=""), "entries/B.md": entry(published=""), "entries/c.md": b"---\n\xe9"}
    )
    monkeypatch.chdir(tmp_path)
    cli.main(["check"])
    lines = capsys.readouterr().err.splitlines()
    cli.main(["check", "--format", "json"])
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (task, _) = json.loads((PROJECT / ".vscode/tasks.json").read_text(encoding="utf-8"))["tasks"]
    placed, whole = (matcher["pattern"] for matcher in task["problemMatcher"])
    read = []
    for line in lines:
        for pattern in (placed, whole):
            if match := re.fullmatch(pattern["regexp"].removeprefix("^").removesuffix("$"), line):
                given = {key: match[group] for key, group in pattern.items() if isinstance(group, int)}
                read.append(
                    (given["file"], int(given.get("line") or 0), int(given.get("column") or 0), given["severity"])
                )
    wanted = [(item["path"], item["line"], item["column"], item["severity"]) for item in found]
    assert read == wanted
    assert {bool(line) for _, line, _, _ in wanted} == {True, False}
