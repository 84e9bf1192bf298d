"""Files of other tools that would do harm: refused with a place, or inert; nothing outside the content folder."""

from __future__ import annotations

import json
from pathlib import Path

import html5lib
import pytest

from site_builder.imports import prose
from tests.imports.bringing import Brought, bring
from tests.sources import HOSTILE_TEXT

TITLES = (
    *(
        "../../../etc/passwd",
        "/etc/passwd",
        "..\\..\\x",
        "con",
        "a/b",
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
    ),
    *("{{ 7*7 }}", "{% include 'x' %}", "---", "title: x", "# x", "&a *b !c", '"', "x #3", "- x", "[a, b]", "الموصل"),
)


def outside(brought: Brought) -> list[Path]:
    """Files that are neither in the content folder nor of the test."""
    known = {"content", "templates", "theirs", "a.csv", "a.json"}
    return [path for path in brought.folder.iterdir() if path.name not in known]


def test_titles(tmp_path: Path) -> None:
    """Whatever a title looks like, it is the title of an entry in the content folder, to the letter."""
    rows = "".join(f'2014,"{title.replace(chr(34), chr(34) * 2)}"\n' for title in TITLES)
    brought = bring(tmp_path, "a.csv", f"date,title\n{rows}")
    assert brought.errors == []
    assert outside(brought) == []
    assert all(path.startswith("entries/2014/2014-") for path in brought.files)
    found = json.loads(brought.built().files["data/entries.json"])["entries"]
    assert sorted(entry["title"] for entry in found) == sorted(TITLES)


def test_ids(tmp_path: Path) -> None:
    """An id that climbs out, or is a device's name, is no id; it is kept beside."""
    text = "".join(f"2014,T,{id}\n" for id in ("../../x", "/etc/x", "aux", "A", "..", "good-one"))
    brought = bring(tmp_path, "a.csv", f"date,title,id\n{text}")
    assert outside(brought) == []
    assert "entries/2014/good-one.md" in brought.files
    assert all(path.startswith("entries/2014/") and path.count("/") == 2 for path in brought.files)
    assert 'x_id: "../../x"' in brought.entry("2014-t")
    assert brought.built().report.ok


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"date,title\n2014,A\n2014,\xff\n", 3),
        ("date,title\n2014,A\n".encode("utf-16"), 1),
        (b'date,title\n2014,A\n2014,"B\n', 3),
        (b"date,title\n2014,A\x00B\n", 2),
        ("date,title\n2014,A\u202eB\n".encode(), 2),
        (b"date,title\n2014,A\x1b[2J\n", 2),
        (b"date,title\n2014,A,B\n", 2),
        (b"date,title\n2014," + b"x" * 1_000_000 + b"\n", 2),
        (b"," * 1000 + b"\n", 1),
        (b"", 0),
        (b"\xef\xbb\xbfdate,title\n", 0),
    ],
)
def test_bytes(tmp_path: Path, data: bytes, line: int) -> None:
    """Other encodings, controls, quotation marks without an end, ragged and huge rows are told with their line."""
    brought = bring(tmp_path, "a.csv", data)
    assert [found for found, _ in brought.errors] == [line]
    assert "\x1b" not in brought.text
    assert "\x00" not in brought.text


@pytest.mark.parametrize(
    "text", ["[", "{}", "[[[" * 10_000, '{"events": 1}', '{"events": [1, {}]}', "null", '{"entries": [], "schema": 1}']
)
def test_json(tmp_path: Path, text: str) -> None:
    """JSON that is none, too deep, or of another shape is refused with a place."""
    brought = bring(tmp_path, "a.json", text, format="timelinejs")
    assert brought.errors
    assert brought.files == []


HTML = (
    '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>'
    "<svg onload=alert(1)>y</svg>"
    "<iframe src='javascript:alert(1)'></iframe><style>*{}</style><p onclick=alert(1)>kept</p><!-- c --><b"
)


def test_html(tmp_path: Path) -> None:
    """Nothing of a text's HTML acts on the site's page, and the words between stay."""
    story = {
        "events": [{"start_date": {"year": 2014}, "text": {"headline": HTML, "text": HTML}, "media": {"url": HTML}}]
    }
    brought = bring(tmp_path, "a.json", json.dumps(story))
    assert "a script or a style in the text is left out" in brought.text
    (path,) = brought.files
    page = brought.built().html(f"entries/{path.rpartition('/')[2].removesuffix('.md')}.html")
    assert "kept" in page
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    assert not [element for element in tree.iter() if element.tag in ("script", "img", "svg", "iframe", "style")]
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert "javascript:" not in {element.get("href", "")[:11] for element in tree.iter()}


def test_every_field(tmp_path: Path) -> None:
    """A text that tries to act in every format is text in every field of a table."""
    text = HOSTILE_TEXT.replace("\u2028", " ")
    names = (
        "title",
        "actor",
        "location",
        "source",
        "tags",
        "body",
        "summary",
        "lang",
        "x_own",
        "Notes",
        "phase",
        "status",
    )
    cells = ",".join(f'"{text.replace(chr(34), chr(34) * 2)}"' for _ in names)
    brought = bring(tmp_path, "a.csv", f"date,{','.join(names)}\n2014,{cells}\n")
    assert brought.errors == []
    assert len(brought.files) == 1
    assert brought.built().report.ok


@pytest.mark.parametrize(
    "text",
    [
        *("<" * 100_000, "<a " * 50_000, "<a href=x>" * 20_000, "<!--" * 50_000, "[" * 100_000, "[a](" * 40_000),
        *("<ul><li>" * 5_000, "&amp;" * 40_000, "<b>" * 50_000, "`" * 100_000, "[@" * 50_000, "\\" * 100_000),
    ],
)
def test_cost(tmp_path: Path, text: str) -> None:
    """Texts made to cost more than their size come to an end: as an entry, or refused by the limits of texts."""
    assert len(prose.from_any(text)) < 40 * len(text)
    brought = bring(tmp_path, "theirs", {"a.md": f"---\ntitle: A\ndate: 2014\n---\n{text}\n"})
    assert len(brought.files) + len(brought.errors) == 1


def test_nothing(tmp_path: Path) -> None:
    """A folder without a Markdown file is told, instead of a silent success."""
    brought = bring(tmp_path, "theirs", {"notes.txt": "x"})
    assert brought.errors == [(0, "import-empty")]


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link in a folder that is imported is told and not read."""
    (tmp_path / "secret.md").write_text("---\ntitle: Secret\ndate: 2014\n---\n")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/a.md").symlink_to(tmp_path / "secret.md")
    brought = bring(tmp_path, "theirs", {"b.md": "---\ntitle: B\ndate: 2014\n---\n"})
    assert brought.files == ["entries/2014/b.md"]
    assert [code for _, code in brought.errors] == ["file-link"]
