"""Names of the author's files: refused, passed over, left out with a warning, or joined."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from site_builder.diagnostics import Severity
from tests.reading.looks import BYTE_NAMES, POSIX, found, read

LEFTOVERS = [
    ".DS_Store", "Thumbs.db", "desktop.ini", "a.md~", ".a.md.swp", ".a.md.swo", "#a.md#", ".#a.md", "4913",
    "__pycache__/x.pyc", ".git/config", ".gitkeep", ".idea/workspace.xml", "~$notes.docx", "._a.md",
    "deep/.DS_Store",
]  # fmt: skip


@pytest.mark.parametrize("name", LEFTOVERS)
def test_what_editors_and_systems_leave_is_passed_over(content: Path, name: str) -> None:
    """Leftovers are neither read nor mentioned."""
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_text("secret leftover")
    assert read(content).problems == ()


@pytest.mark.parametrize("name", [".env", ".hidden/entry.md", ".htaccess"])
def test_hidden_files_are_left_out_with_a_warning(content: Path, name: str) -> None:
    """Other names with a leading full stop are not read, and a warning says so."""
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_text("secret=1")
    inputs = read(content)
    assert found(inputs) == [(f"content/{name.partition('/')[0]}", "file-hidden")]
    assert inputs.problems[0].severity is Severity.WARNING


@POSIX
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a:b.md", "a:b.md"),
        ("a\\b.md", "a\\b.md"),
        ("aux.md", "aux.md"),
        ("a\nb.md", "a\\x0ab.md"),
        ("\x1b[31mred.md", "\\x1b[31mred.md"),
        ("gpj\u202edm.a", "gpj\\u202edm.a"),
        ("end ", "end "),
    ],
)
def test_names_that_some_system_cannot_carry_are_findings(content: Path, name: str, shown: str) -> None:
    """Reserved, control and invisible characters and names are refused, spelled out in the finding."""
    (content / name).write_text("x")
    (content / "d").mkdir()
    (content / "d" / name).mkdir()
    assert found(read(content)) == [*sorted([(f"content/{shown}", "file-name"), (f"content/d/{shown}", "file-name")])]


@BYTE_NAMES
def test_a_name_that_is_not_utf8_is_a_finding(content: Path) -> None:
    """A Latin-1 name is refused, its odd byte spelled out."""
    Path(os.fsdecode(os.fsencode(content) + b"/caf\xe9.md")).write_bytes(b"x")
    inputs = read(content)
    assert found(inputs) == [("content/caf\\xe9.md", "file-name")]
    assert "is not UTF-8" in inputs.problems[0].message


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the file system itself joins the names")
@pytest.mark.parametrize(("first", "second"), [("B.md", "b.md"), ("caf\u00e9.md", "cafe\u0301.md"), ("D/x", "d/x")])
def test_names_that_fall_together_elsewhere_are_findings(content: Path, first: str, second: str) -> None:
    """Two names that differ only in case or Unicode form are refused, files and folders alike."""
    for name in (first, second):
        (content / name).parent.mkdir(exist_ok=True)
        (content / name).write_text(name)
    inputs = read(content)
    assert [code for _, code in found(inputs)] == ["file-name-clash"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the file system chooses the form")
def test_paths_have_one_unicode_form(content: Path) -> None:
    """A name in decomposed form, as a Mac may write it, is the same path as the composed one."""
    (content / "cafe\u0301.md").write_text("x")
    assert "content/caf\u00e9.md" in read(content).files
