from __future__ import annotations

from site_builder.changes import changes, last_change
from tests.driver import entry, timeline

FILES = {
    "entries/a.md": entry(published="2026-01-01", date="2014-01"),
    "entries/b.md": entry(published="2026-01-03", date="2014-02"),
    "entries/c.md": entry(
        "revisions:\n  - {date: 2026-01-02, kind: update, summary: More.}\n"
        "  - {date: 2026-02-01, kind: correction, summary: Put right.}",
        published="2026-01-01", date="2014-03",
    ),
    "entries/d.md": entry(published="", date="2014-04"),
}  # fmt: skip


def test_last_changed_first() -> None:
    """Every entry with a day of publication stands once, at its last change."""
    found, _ = timeline(FILES)
    assert [(str(item.date), item.kind, item.path) for item in changes(found, 9)] == [
        ("2026-02-01", "correction", "entries/c.html"),
        ("2026-01-03", "new", "entries/b.html"),
        ("2026-01-01", "new", "entries/a.html"),
    ]
    assert [item.path for item in changes(found, 2)] == ["entries/c.html", "entries/b.html"]


def test_words_of_a_change() -> None:
    """A new entry is told by its summary or first paragraph, a changed one by what changed."""
    found, _ = timeline(FILES)
    assert [item.summary for item in changes(found, 9)] == ["Put right.", "What happened.", "What happened."]


def test_last_change() -> None:
    """The last day of any publication or revision; nothing where nothing is known."""
    found, _ = timeline(FILES)
    assert last_change(found.entries) == "2026-02-01"
    assert last_change([item for item in found.entries if item.id == "d"]) == ""
    assert last_change([]) == ""
