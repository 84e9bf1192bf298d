from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from site_builder.diagnostics import Location
from site_builder.documents import read_yaml
from site_builder.front_matter import read_markdown
from site_builder.yamltext import Reader, UnclearError, plain
from tests.driver import PROJECT


def fields(front_matter: str) -> Any:
    document, findings = read_markdown("a.md", f"---\n{front_matter}---\nBody.\n")
    assert document, findings
    return document.fields


def codes(text: str) -> list[str]:
    return [finding.code for finding in read_markdown("a.md", text)[1]]


@pytest.mark.parametrize(
    "typed",
    [
        "0632",
        "12:30:45",
        "NO",
        "on",
        "yes",
        "true",
        "1_000",
        "0x1f",
        "2014",
        "2014-06",
        "2014-06-29",
        "1e3",
        ".inf",
        "=",
        "010",
    ],
)
def test_scalars_stay_as_typed(typed: str) -> None:
    """No word or number of YAML changes what an author typed."""
    assert fields(f"x: {typed}\n") == {"x": typed}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ('"a: b"', "a: b"),
        ("'it''s'", "it's"),
        (">-\n  one\n  two", "one two"),
        ('"null"', "null"),
        ('""', ""),
        ("a:b", "a:b"),
    ],
)
def test_quotes_and_blocks(typed: str, value: str) -> None:
    """Quoted and folded texts are read as YAML defines them."""
    assert fields(f"x: {typed}\n") == {"x": value}


@pytest.mark.parametrize("typed", ["", "~", "null"])
def test_empty_values(typed: str) -> None:
    """An empty value is no text."""
    assert fields(f"x: {typed}\ny: 1\n").get("x") is None


@pytest.mark.parametrize("key", ["content", "handler", "self", "metadata", "2014", "null"])
def test_keys_that_libraries_take_for_their_own(key: str) -> None:
    """Any word can be the name of a field here, also one that python-frontmatter stumbles over."""
    assert fields(f"{key}: x\n") == {key: "x"}


def test_set_of_dates_as_typed() -> None:
    """A list where a date stands is a set of EDTF and stays the text that it was; other lists are lists."""
    assert fields("date: [2014-06-04..2014-06-10]\ntags: [a, b]\n") == {
        "date": "[2014-06-04..2014-06-10]",
        "tags": ["a", "b"],
    }


def test_places_of_values() -> None:
    """Every key and value has its line and column in the file, also after wide letters and in nested lists."""
    document, _ = read_markdown("a.md", "---\ntitle: 日本 x\nclaims:\n  - {by: a, cites: [b, c]}\n---\n")
    assert document
    assert document.at(("title",)) == Location("a.md", 2, 8)
    assert document.at(("claims", 0, "cites", 1)) == Location("a.md", 4, 24)
    assert document.at(("claims", 0, "by"), key=True) == Location("a.md", 4, 6)


def test_place_of_what_is_missing() -> None:
    """A field that is not there is told where the mapping around it stands."""
    document, _ = read_markdown("a.md", "---\ntitle: x\nclaims:\n  - {by: a}\n---\n")
    assert document
    assert document.at(("claims", 0, "statement")) == Location("a.md", 4, 5)
    assert document.at(("date",)) == Location("a.md", 2, 1)


def test_body_and_its_lines() -> None:
    """The body is everything after the second fence, as it is; its line 1 is known in the file."""
    document, _ = read_markdown("a.md", "---\ntitle: x\n---\n\n---\n\nText\n---\n")
    assert document
    assert document.body == "\n---\n\nText\n---\n"
    assert document.in_body(2, 1) == Location("a.md", 5, 1)


def test_body_without_end() -> None:
    """A file may end right after its fields."""
    document, _ = read_markdown("a.md", "---\ntitle: x\n---")
    assert document
    assert document.body == ""


def test_fence_inside_a_text() -> None:
    """A line of dashes ends the fields wherever it stands, so it must be indented inside a block of text."""
    assert fields("summary: |\n  ---\n  x\n") == {"summary": "---\nx\n"}


@pytest.mark.parametrize("space", ["\n", " \n", "\t\n"])
def test_space_after_a_fence(space: str) -> None:
    """Spaces that nobody sees after a fence change nothing."""
    assert codes(f"---{space}title: x\n---{space}Body") == []


@pytest.mark.parametrize("before", ["\n---\n", " ---\n", "----\n", "--- x\n", "+++\n", "\ufeff---\n"])
def test_not_a_fence(before: str) -> None:
    """A first line that only looks like a fence is told, and nothing is dropped without a word."""
    assert codes(f"{before}title: x\n---\n") == ["front-matter-missing"]


def test_renamed() -> None:
    """Fields under their other names keep their places."""
    document, _ = read_yaml("a.yaml", "actors: [a, b]\n")
    assert document
    renamed = document.renamed({"actors": "actor"})
    assert renamed.fields == {"actor": ["a", "b"]}
    assert renamed.at(("actor", 1)) == document.at(("actors", 1)) == Location("a.yaml", 1, 13)


def test_yaml_list() -> None:
    """A file that is a list has its items under an empty name."""
    document, findings = read_yaml("a.yaml", "- id: a\n- id: b\n")
    assert document
    assert (document.fields, findings) == ({"": [{"id": "a"}, {"id": "b"}]}, [])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("x: &a 1\n", "yaml-alias"),
        ("x: !!set {a}\n", "yaml-tag"),
        ("x: !!int 1\n", "yaml-tag"),
        ("x: !!python/object:os.system {}\n", "yaml-tag"),
        ("<<: {a: b}\n", "yaml-merge"),
        ("x: 1\nx: 2\n", "repeated-key"),
        ("{a: b}: c\n", "yaml-key"),
        ("x: [[[[[[1]]]]]]\n", "yaml-depth"),
        ("x: 'a\n", "yaml-syntax"),
        ("x: Raid #3\n", "text-cut-by-comment"),
        ('x: "\\u202e"\n', "hidden-character"),
        ('x: "\\0"\n', "hidden-character"),
        ('"\\e": 1\n', "hidden-character"),
    ],
)
def test_refused_yaml(typed: str, code: str) -> None:
    """What YAML can do beyond fields and text is refused by name."""
    assert codes(f"---\n{typed}---\n") == [code]


def test_comments() -> None:
    """A comment with a space after its sign is one, as authors mean it."""
    assert fields("x: 3   # of three\n# a line\ny: a#b\nz: '#3'\n") == {"x": "3", "y": "a#b", "z": "#3"}


def test_depth_of_six() -> None:
    """Six levels of lists and mappings are read, the fields themselves being the first."""
    assert fields("x: [[[[[1]]]]]\n") == {"x": [[[[["1"]]]]]}


SIGNS = ["date", "x", "a: b", ": ", "\n", "\n  ", "- ", "[", "]", "{", "}", ", ", '"', "'", "#", " #", "&a ", "*a"]
SIGNS += ["!t ", "~", "<<", "|", ">-", "---", "...", "?", "\\u200b", "__proto__", "null", "%", "\t", "é"]


@given(st.lists(st.sampled_from(SIGNS), max_size=25).map("".join))
@example("date: [a, b]\nx: [date: [c]]")
@example("x: [[[[[1]]]]]")
@example("x: [[[[[[1]]]]]]")
def test_sound_text_is_read_alike_without_its_places(text: str) -> None:
    """The quick reading gives what the whole one gives, and leaves to that one every text of which it has to tell."""
    reader = Reader("a.yaml", text, 1)
    value = reader.read()
    try:
        assert plain(text) == value
        assert not reader.findings
    except UnclearError:
        assert reader.findings or value is None


BOMBS = {
    "flow": "x: " + "[" * 25_000,
    "block": "x:\n" + "".join(" " * n + "- \n" for n in range(1, 300)),
    "dashes": "x: \n  " + "- " * 20_000,
    "maps": "x: " + "{a: " * 8_000,
    "aliases": "a: &a [x, x]\n" + "".join(f"{n}: &{n} [*a, *a]\n" for n in range(50)),
    "merges": "a: &a {b: c}\n<<: [" + ",".join(["*a"] * 1000) + "]\n",
    "keys": "".join(f"k{n}: v\n" for n in range(6_000)),
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs(name: str) -> None:
    """Front matter made to kill the process gives a report instead: tried in a process of its own."""
    program = (
        "import sys; from site_builder.front_matter import read_markdown\n"
        "document, findings = read_markdown('a.md', sys.stdin.read())\n"
        "print(document is None, *sorted({finding.code for finding in findings}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=f"---\n{BOMBS[name]}\n---\nBody.\n",
        capture_output=True,
        text=True,
        timeout=20,
        cwd=PROJECT,
        check=False,
    )
    expected = {"keys": "False"}.get(name, "True yaml-")
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout.startswith(expected)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_front_matter(text: str) -> None:
    """Whatever stands between two fences, the reader gives a document or says why not; it never raises."""
    document, findings = read_markdown("a.md", f"---\n{text}\n---\n")
    assert document is not None or findings


@given(st.text(alphabet="-[]{}:,&*!|>'\"%@`#? \n\tab", max_size=80))
def test_any_yaml(text: str) -> None:
    """The same for files of YAML, from the signs that mean something to it."""
    document, findings = read_yaml("a.yaml", text)
    assert document is not None or findings
    assert all(finding.location.line >= 1 for finding in findings)
