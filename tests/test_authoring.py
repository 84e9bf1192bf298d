from __future__ import annotations

import pytest

from site_builder.authoring import entry_path, entry_text
from site_builder.dates import parse
from tests.driver import site


@pytest.mark.parametrize(
    ("title", "date", "path"),
    [
        ("Fall of Mosul", "2014-06-10", "entries/2014/2014-06-10-fall-of-mosul.md"),
        ("Fall of Mosul", "2014-06", "entries/2014/2014-06-fall-of-mosul.md"),
        ("Fall of Mosul", "2006~", "entries/2006/2006-fall-of-mosul.md"),
        ("Fall", "2014-06-06/2014-06-10", "entries/2014/2014-06-06-fall.md"),
        ("Fall", "../2014-06-10", "entries/2014/2014-06-10-fall.md"),
        ("الموصل", "2014-06-10", "entries/2014/2014-06-10-entry-c59521ff.md"),
        (
            "One two three four five six seven eight nine",
            "2014",
            "entries/2014/2014-one-two-three-four-five-six-seven-eight.md",
        ),
        ("Ides: 'Et tu?'", "-0043-03-15", "entries/-43/43-03-15-ides-et-tu.md"),
    ],
)
def test_path(title: str, date: str, path: str) -> None:
    """A new entry lies in the folder of its year; its name has the date as it is known, and the title's first words."""
    assert entry_path(title, parse(date)) == path


@pytest.mark.parametrize(
    "title", ["Fall of Mosul", 'A "quoted": title # here', "الموصل", "- dash", "{brace}", "back\\slash", "%s {title}"]
)
def test_new_entry_builds(title: str) -> None:
    """What `new` writes is an entry without an error, whatever the title."""
    text = entry_text(title, parse("[2014-06-04..2014-06-10]"), "rise # or: fall", "2026-11-23")
    phase = "---\nlabel: Rise\nfrom: 1999\nto: ..\ncolour: amber\nshape: circle\n---\n"
    built = site({"entries/x.md": text, "phases/rise.md": phase})
    assert built.report.ok, built.messages


def test_new_entry_becomes_one() -> None:
    """Without its status, with a source and a text, it is published under its title."""
    text = entry_text('A "title"', parse("2014"), "", "2026-11-23").replace("status: draft", "x_status: draft")
    text = text.replace("What happened, who says so", "It happened")
    built = site({"entries/x.md": text, "sources/a.yaml": "key-of-a-source: {title: S}\n"})
    assert built.codes == [], built.messages
    assert "<h1>A &#34;title&#34;</h1>" in built.html("entries/x.html")
