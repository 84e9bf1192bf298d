"""Each code is explained, with examples that are what they say, and docs/errors.md is what the explanations give."""

from __future__ import annotations

import ast
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from site_builder import explanations
from site_builder.diagnostics import Diagnostic, Severity
from site_builder.explanations import FIELDS, IMPORT, TEXT, WORDS, Explanation
from site_builder.files import Options
from site_builder.loading import load
from site_builder.memo import Memo
from tests.driver import PROJECT, SITE, entry, inputs, site
from tests.imports.bringing import bring
from tests.test_broken import codes
from tests.unstorable import MADE

ALL = explanations.explanations()
# What the examples may name: a source, an actor, a place, a phase, a term, a page, a picture, an entry.
GIVEN: Mapping[str, str | bytes] = {
    "site.yaml": f"{SITE}tags: {{law: Courts, attack: Attacks}}\n",
    "actors.yaml": "- {id: neil-armstrong, name: Neil Armstrong, kind: person}\n",
    "places.yaml": "- {id: washington-dc, name: Washington, lat: 38.9, lon: -77.0}\n",
    "sources/a.yaml": "report: {title: A report, publisher: One}\npaper: {title: A paper, publisher: Two}\n",
    "phases/rise.md": "---\nlabel: Rise\nfrom: 1999\nto: ..\ncolour: amber\nshape: circle\n---\n",
    "glossary.yaml": "- {id: hearing, term: Hearing, definition: A sitting in public.}\n",
    "pages/method.md": "---\ntitle: Method\n---\nHow we work.\n",
    "media/chart.png": b"x",
    "entries/2020/other.md": entry("phase: rise", "It was said [@report].\n", title="Other", source="[report, paper]"),
    "entries/2020/gone.md": entry("phase: rise\nstatus: withdrawn"),
}
HEARING = "entries/2020/hearing.md"
# Where the file is right and its name is the example.
NAMED = {"file-name": ("entries/2020/The Hearing.md", HEARING), "path-clash": ("pages/index.md", "pages/about.md")}


def files(one: Explanation, example: str) -> dict[str, str | bytes]:
    """The site of an example."""
    given = {**GIVEN, HEARING: entry("phase: rise", source="report")}
    if one.code in NAMED:
        name = NAMED[one.code][example == one.right]
        return {
            **GIVEN,
            name: entry("phase: rise", source="report") if "entries" in name else "---\ntitle: A\n---\nX.\n",
        }
    if one.where == FIELDS:
        names = {line.partition(":")[0] for line in example.split("\n")}
        usual = {
            "title": "Hearing",
            "date": "2020-09-17",
            "source": "report",
            "published": "2026-01-02",
            "phase": "rise",
        }
        kept = [f"{name}: {value}" for name, value in usual.items() if name not in names]
        return {**given, HEARING: "---\n" + "\n".join([*kept, example]) + "\n---\nIt was so.\n"}
    if one.where == TEXT:
        return {**given, HEARING: entry("phase: rise", f"{example}\n", source="report")}
    if one.where.startswith("entries/"):
        return {**{path: text for path, text in GIVEN.items() if "phases" not in path}, one.where: f"{example}\n"} | {
            "entries/2020/other.md": entry("", "It was said [@report].\n", source="[report, paper]"),
            "entries/2020/gone.md": entry("status: withdrawn"),
        }
    return {**given, one.where: f"{example}\n"}


MEMO = Memo()
MADE_ONLY = ("dead-anchor", "path-clash", "template-error", "outlines-invalid", "language-missing")  # once pages are


def findings(one: Explanation, example: str) -> Sequence[Diagnostic]:
    """What is wrong with the site of an example, or with a file that is brought into a sound one."""
    if one.where.startswith(IMPORT):
        with tempfile.TemporaryDirectory() as folder:
            there = files(one, "")
            del there[one.where]
            return bring(Path(folder), one.where.removeprefix(IMPORT), f"{example}\n", there).report.diagnostics
    if one.code in MADE_ONLY:
        return site(files(one, example)).report.diagnostics
    return load(inputs(files(one, example)), Options(), MEMO)[1]


SHOWN = [one for one in ALL.values() if one.where != WORDS]


def test_every_code_is_explained() -> None:
    """Each code in the source has its explanation, and each explanation its code."""
    assert set(ALL) == {code for code, _ in codes()} | set(CODES_OF_IMPORT)


def _codes_of_import() -> Iterator[str]:
    """The codes that `import` gives, as they stand in its modules."""
    for path in [PROJECT / "site_builder/importing.py", *sorted((PROJECT / "site_builder/imports").glob("*.py"))]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and re.fullmatch("import-[a-z-]+", str(node.value)):
                yield str(node.value)


CODES_OF_IMPORT = sorted(set(_codes_of_import()))


def test_what_only_words_can_show() -> None:
    """Examples in words are for what no text can hold: links, pipes, bytes, sizes, names, missing folders."""
    wordy = {one.code for one in ALL.values() if one.where == WORDS} - {"import-correction", "import-no-text"}
    assert wordy <= {name.partition("--")[0] for name in MADE} | {"not-utf-8", "site-missing", "file-unread"}


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: one.code)
def test_the_wrong_example(one: Explanation) -> None:
    """The wrong example gives its code."""
    wrong = one.wrong.encode().decode("unicode_escape") if "\\u" in one.wrong else one.wrong
    found = findings(one, wrong)
    assert (one.code, one.severity) in {(item.code, item.severity) for item in found}, [item.message for item in found]


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: one.code)
def test_the_right_example(one: Explanation) -> None:
    """The right example gives no error, and not the finding that it mends."""
    found = findings(one, one.right)
    assert [item for item in found if item.severity is Severity.ERROR or item.code == one.code] == []


def test_the_page_of_the_docs() -> None:
    """docs/errors.md is what the explanations give."""
    page = PROJECT / "docs/errors.md"
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(explanations.page(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == explanations.page()


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("title-lnog", "did you mean `title-long`?"),
        ("date", "codes with that in them: `date-after-published`, `date-invalid`"),
        ("xyzzy", "`check --explain` lists all codes"),
    ],
)
def test_an_unknown_code(code: str, hint: str) -> None:
    """A code that there is not is answered by the nearest one."""
    assert explanations.explain(code) == (None, hint)


def test_in_words() -> None:
    """On a terminal the wrong example stands before the right one, indented under their titles."""
    lines = list(explanations.in_words(ALL["title-long"]))
    assert lines[0] == "title-long (warning)"
    assert lines.index("    title: Hearing on worldwide threats") > lines.index("Right, in the fields of an entry:")
    assert "`checks: {title-long: …}`" in lines[-1]
