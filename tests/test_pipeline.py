from __future__ import annotations

import pytest

from site_builder.diagnostics import CHECKS
from site_builder.files import Options
from site_builder.making import Listener
from site_builder.memo import Memo
from site_builder.pipeline import build
from site_builder.publish import MemoryStaging
from tests.driver import SITE, Built, built, entry, inputs, site

FILES = {
    "entries/2014/a.md": entry("actor: front\nrelated: b\ntags: t", date="2014-06-10"),
    "entries/2015/b.md": entry("actor: front", date="2015-01-01"),
    "actors.yaml": "- {id: front, name: The Front, description: A group}\n",
    "pages/about.md": "---\ntitle: About\n---\nText.\n",
}


def warm(memo: Memo, files: dict[str, str]) -> Built:
    return site(files, memo=memo)


def test_nothing_is_made_with_errors() -> None:
    """While there is an error in any file, no page is made at all."""
    found = site({**FILES, "entries/c.md": entry(title="")})
    assert (found.codes, found.files) == (["field-missing"], {})


def test_warnings_stop_nothing() -> None:
    """With warnings the site is made."""
    found = site({**FILES, "entries/c.md": entry(published="")})
    assert found.codes == ["published-missing"]
    assert "entries/c.html" in found.files


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"entries/2014/a.md": entry("actor: front\nrelated: b\ntags: t", title="Another", date="2014-06-10")},
        {"entries/2014/a.md": entry("actor: front\nrelated: b\ntags: t", date="2016")},
        {"entries/2013/c.md": entry(date="2013")},
        {"entries/2015/b.md": entry("actor: front", "Other words.\n", date="2015-01-01")},
        {"actors.yaml": "- {id: front, name: The Back, description: A group}\n"},
        {"pages/about.md": "---\ntitle: Us\n---\nText.\n"},
        {"site.yaml": SITE.replace("A test", "Another test")},
        {"site.yaml": SITE + "tags: {t: A label}\n"},
        {"sources/s.yaml": "r: {title: R, url: https://example.org/report, publisher: The Paper}\n"},
        {"templates/entry.html": '{% extends "base.html" %}{% block main %}{{ card.title }}!{% endblock %}'},
        {"templates/static/site.css": "a {}"},
        {"media/a.png": "x"},
    ],
)
def test_rebuild_is_a_build(change: dict[str, str]) -> None:
    """After any edit, a build that remembers the last one gives the same bytes as one that knows nothing."""
    memo = Memo()
    warm(memo, FILES)
    again = warm(memo, {**FILES, **change})
    fresh = site({**FILES, **change})
    assert again.report == fresh.report
    assert again.files == fresh.files


def test_rebuild_after_removal() -> None:
    """A file that is gone leaves nothing behind."""
    memo = Memo()
    warm(memo, FILES)
    less = {path: text for path, text in FILES.items() if "about" not in path}
    assert warm(memo, less).files == site(less).files


def test_only_what_changed_is_made_again() -> None:
    """Pages that an edit did not touch are not written again into a stage that has them."""

    class Watched(MemoryStaging):
        def __init__(self, files: dict[str, bytes]) -> None:
            super().__init__(files)
            self.written: set[str] = set()

        def write(self, path: str, data: bytes) -> str:
            self.written.add(path)
            return super().write(path, data)

    memo = Memo()
    first = Watched({})
    build(inputs(FILES), Options(), memo, first)
    second = Watched(first.files)
    build(
        inputs({**FILES, "entries/2015/b.md": entry("actor: front", "Other.\n", date="2015-01-01")}),
        Options(),
        memo,
        second,
    )
    pages = {path for path in second.written if path.endswith(".html")}
    assert "entries/b.html" in pages
    assert pages.isdisjoint({"about.html", "404.html"})
    third = Watched(second.files)
    build(
        inputs({**FILES, "entries/2015/b.md": entry("actor: front", "Other.\n", date="2015-01-01")}),
        Options(),
        memo,
        third,
    )
    assert {path for path in third.written if path.endswith(".html")} == set()


@pytest.mark.parametrize(
    ("level", "severities"), [("error", ["error"]), ("info", ["info"]), ("warning", ["warning"]), ('"off"', [])]
)
def test_levels(level: str, severities: list[str]) -> None:
    """A site sets how severe its checks are."""
    files = {"site.yaml": f"{SITE}checks: {{published-missing: {level}}}\n", "entries/a.md": entry(published="")}
    found = [str(item.severity) for item in site(files).report.diagnostics if item.code == "published-missing"]
    assert found == severities


def test_errors_stay_errors() -> None:
    """What is an error cannot be set to be none."""
    assert not site(
        {"site.yaml": f"{SITE}checks: {{field-missing: info}}\n", "entries/a.md": entry(title="")}
    ).report.ok


def test_every_check_can_be_set() -> None:
    """The names of all checks are known to site.yaml."""
    checks = "".join(f"  {code}: warning\n" for code in CHECKS)
    assert site({"site.yaml": f"{SITE}checks:\n{checks}"}).report.ok


def test_excerpts() -> None:
    """A finding shows its line, with what cannot be seen written out, at the right line after Windows' line ends."""
    (found,) = site({"entries/a.md": entry(body="One.\r\n\r\nT\u200bwo.\r\n")}).report.diagnostics
    assert (found.location.line, found.excerpt) == (9, "T\\u200bwo.")


def test_messages_are_printable() -> None:
    """No character of the input reaches a message that could steer a terminal."""
    found = site({"entries/a.md": entry('tags: "\\e[31m"'), "site.yaml": 'id: "\\x07"\ntitle: T\n'})
    text = found.messages
    assert "\x1b" not in text
    assert "\x07" not in text


def test_broken_template_is_told_once() -> None:
    """One fault of a template that every page has is one finding."""
    found = site({**FILES, "templates/base.html": "{{ gone }}"})
    assert found.codes == ["template-error"]


def test_an_output_without_data_has_no_link() -> None:
    """A site without actors, places, tags and terms has neither their pages nor links to them."""
    found = site({"entries/a.md": entry()})
    assert {"actors.html", "places.html", "tags.html", "glossary.html"}.isdisjoint(found.files)
    assert "actors.html" not in found.html("index.html")
    assert "actors.html" in site(FILES).html("index.html")


def test_progress() -> None:
    """Progress is told up to the last file."""
    told: list[tuple[int, int]] = []
    listener = Listener(lambda done, total: told.append((done, total)))
    build(inputs(FILES), Options(), Memo(), MemoryStaging(), listener=listener)
    assert told
    assert all(0 < done <= total for done, total in told)


def test_problems_of_reading_are_told() -> None:
    """What the disk could not give is a finding of the build."""
    from dataclasses import replace

    from site_builder.diagnostics import Location, error

    found = built(replace(inputs(FILES), problems=(error(Location("content/x"), "file-link", "m"),)))
    assert (found.codes, found.files) == (["file-link"], {})
