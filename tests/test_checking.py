from __future__ import annotations

import pytest

from site_builder.artifacts import Artifact, Copy
from site_builder.checking import Ways, clashes
from site_builder.diagnostics import Location
from site_builder.memo import Memo
from site_builder.rendering import Made
from tests.driver import entry, site

MEMO = Memo()  # the look is read once


@pytest.mark.parametrize(
    ("paths", "count"),
    [
        (["a.html", "b.html"], 0),
        (["a.html", "a.html"], 1),
        (["a.html", "A.html"], 1),
        (["\u00e9.html", "e\u0301.html"], 1),
        (["STRASSE", "straße"], 1),
        (["a.html", "a.html", "a.html"], 2),
        (["manifest.json"], 1),
    ],
)
def test_clashes(paths: list[str], count: int) -> None:
    """Two files of one path, or of paths that some system takes for one, are told, each of them."""
    found = list(clashes(Artifact(path, Copy("x")) for path in paths))
    assert [item.code for item in found] == ["path-clash"] * count


def made(*links: str, anchors: tuple[str, ...] = ()) -> Made:
    return Made(b"", "\n".join(links), "\n".join(anchors))


@pytest.mark.parametrize(
    ("link", "codes"),
    [
        ("b.html", []),
        ("b.html#x", []),
        ("b.html#y", ["dead-anchor"]),
        ("c.html", ["dead-link"]),
        ("c.html#x", ["dead-link"]),
        ("feed.xml", []),
        ("feed.xml#x", []),
        ("manifest.json", []),
    ],
)
def test_dead_links(link: str, codes: list[str]) -> None:
    """A link must lead to a file of the site, and its anchor to a place that the page has."""
    pages = {"a.html": made(link), "b.html": made(anchors=("x",))}
    for order in (pages, reversed(pages)):
        ways = Ways([*pages, "feed.xml"])
        for path in order:
            ways.follow(path, pages[path])
        assert [item.code for item in ways.dead()] == codes


def test_own_anchors() -> None:
    """A page may lead to its own places, and to no others of its own."""
    ways = Ways(["a.html"])
    ways.follow("a.html", made("a.html#x", "a.html#y", "a.html", anchors=("x",)))
    assert [(item.code, item.location.path) for item in ways.dead()] == [("dead-anchor", "a.html")]


def test_links_of_a_site_that_is_built_again() -> None:
    """A page that stays as it was is told of again, one that is put right no more, one that is made worse now."""
    ways, same = Ways(["a.html", "b.html", "c.html"], again=True), made("gone.html")

    def dead(b: Made, c: Made) -> list[tuple[str, str]]:
        for path, page in {"a.html": same, "b.html": b, "c.html": c}.items():
            ways.follow(path, page)
        return sorted((item.location.path, item.code) for item in ways.dead())

    assert dead(made("c.html#x"), made(anchors=("x",))) == [("a.html", "dead-link")]
    assert dead(made("c.html#x"), made(anchors=("y",))) == [("a.html", "dead-link"), ("b.html", "dead-anchor")]
    assert dead(made("c.html"), made("a.html#z", anchors=("y",))) == [
        ("a.html", "dead-link"),
        ("c.html", "dead-anchor"),
    ]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("[a](media/a.png)", []),
        ("[a](./media/a.png)", []),
        ("![a](media/a.png)", []),
        ("[a](media/b.png)", ["dead-link"]),
        ("[a](entry:x#gone)", ["dead-anchor"]),
        ("# Here\n\n[a](entry:x#here)", []),
        ("[a](year:2020)", []),
        ("[a](year:1999)", ["dead-link"]),
        ("[a](timeline.html#y2020)", []),
        ("[a](timeline.html#y1999)", ["dead-anchor"]),
        ("[a](tag:unused)", ["dead-link"]),
    ],
)
def test_links_of_authors(body: str, codes: list[str]) -> None:
    """Every address that an author writes is followed into the finished site, pages, pictures and anchors alike."""
    assert site({"entries/x.md": entry(body=f"{body}\n"), "media/a.png": b"x"}).codes == codes


def test_a_link_to_a_heading_of_the_same_text() -> None:
    """It leads there on the entry's page, and in the book, where headings of all texts have different places."""
    built = site({"entries/x.md": entry(body="# Here\n\n[a](#here)\n")}, look="real", memo=MEMO)
    assert built.codes == []
    assert '<h2 id="here">' in built.html("entries/x.html")
    assert '<a href="#here">' in built.html("entries/x.html")
    assert 'id="x_here"' in built.html("print.html")
    assert '<a href="#x_here">' in built.html("print.html")


@pytest.mark.parametrize(
    ("link", "code", "hint"),
    [
        ("entry:y#wat-followed", "dead-anchor", "did you mean `what-followed`?"),
        ("entry:x#gone", "dead-anchor", "`what-followed`"),
        ("#gone", "dead-anchor", "`what-followed`"),
        ("#what-follow", "dead-anchor", "did you mean `what-followed`?"),
        ("timeline.html#y1999", "dead-anchor", "the places there: `e_x`, `e_y`, `m2020-09`, `y2020`"),
        ("year:1999", "dead-link", "link to a record"),
        ("gone.html", "dead-link", "link to a record"),
        ("y", "dead-link", "link to it by its id: `entry:y`"),
        ("Y.html", "dead-link", "link to it by its id: `entry:y`"),
        ("a.png", "dead-link", "write its path from media/ on: `media/a.png`"),
        ("content/media/a.png", "dead-link", "write its path from media/ on: `media/a.png`"),
        ("x.example/report", "dead-link", "record it as a source"),
    ],
)
def test_a_dead_link_is_told_where_it_is_written(link: str, code: str, hint: str) -> None:
    """It stands on the entry's page and in the book, and is told once, in the text with its line and column."""
    draft = entry("status: draft", f"[b]({link})\n")
    files: dict[str, str | bytes] = {
        "entries/x.md": entry(body=f"A.\n\n[b]({link}) here\n\n# What followed\n"),
        "entries/draft.md": draft,
    }
    files |= {"entries/y.md": entry(body="## What followed\n\nB.\n"), "media/a.png": b"x"}
    files |= {"README.md": f"[b]({link})\n", "media/notes.md": f"[b]({link})\n"}  # no texts of the site
    built = site(files, look="real", memo=MEMO)
    errors = [found for found in built.report.diagnostics if found.severity == "error"]
    assert [(found.location, found.code) for found in errors] == [(Location("content/entries/x.md", 9, 5), code)]
    assert f"`{link}` leads to" in errors[0].message
    assert hint in errors[0].hint


def test_a_page_of_the_author_in_the_way() -> None:
    """An author's page with the address of a page of the builder's own is refused."""
    for name in ("index", "timeline", "404", "actors", "places", "sources"):
        files = {f"pages/{name}.md": "---\ntitle: P\n---\n", "entries/x.md": entry("actor: A\nlocation: P")}
        assert site(files).codes == ["path-clash"], name
