from __future__ import annotations

import pytest

from site_builder.files import Inputs, Options
from site_builder.loading import load
from site_builder.memo import Memo
from tests.driver import entry, inputs, site


def test_no_site() -> None:
    """Without site.yaml there is no site, and the message says what to write."""
    found, findings = load(Inputs({}), Options(), Memo())
    assert found is None
    assert [item.code for item in findings] == ["site-missing"]


def test_broken_site_hides_nothing() -> None:
    """With a broken site.yaml the other files are read all the same, and all faults are told at once."""
    files = {"site.yaml": "id: t\n", "entries/x.md": entry(title=""), "actors.yaml": "- {id: a}\n"}
    assert site(files).codes == ["field-missing"] * 3


@pytest.mark.parametrize("given", ["", "https://other.example/"])
def test_base_url(given: str) -> None:
    """The address on the command line wins over that of the site."""
    found, _ = load(inputs({}), Options(base_url=given), Memo())
    assert found
    assert found.site.base_url == (given or "https://example.org/t/")


def test_base_url_in_other_letters() -> None:
    """Whatever needs whole addresses gets them in the letters of RFC 3986, as sitemaps and calendars must have them."""
    files = {"site.yaml": "id: t\ntitle: T\nbase_url: https://bücher.example/أرشيف\n", "entries/a.md": entry()}
    made = site(files, look="real").files
    expected = "https://xn--bcher-kva.example/%D8%A3%D8%B1%D8%B4%D9%8A%D9%81/"
    whole = ("sitemap.xml", "robots.txt", "feed.xml", "feed.json", "calendar.ics", "entries/a.html", "entries/a.bib")
    assert [path for path in whole if expected not in made[path].decode().replace("\r\n ", "")] == []
    assert [path for path, data in made.items() if "bücher".encode() in data] == []


@pytest.mark.parametrize("end", ["?x=1", "#top", "index.html"])
def test_base_url_below_which_nothing_lies(end: str) -> None:
    """An address that no page's name can be put behind is told, with what to write."""
    found = site({"site.yaml": f"id: t\ntitle: T\nbase_url: 'https://example.org/t/{end}'\n"})
    assert found.codes == ["value-invalid"]
    assert "write the address of the folder that the site lies in" in found.messages


def test_order_of_files_says_nothing() -> None:
    """The same files in another order are the same timeline."""
    files = {f"entries/{id}.md": entry("actor: Somebody", date="2014") for id in ("a", "b", "c")}
    snapshot = inputs(files)
    backwards = Inputs(dict(reversed(list(snapshot.files.items()))))
    first, _ = load(snapshot, Options(), Memo())
    second, _ = load(backwards, Options(), Memo())
    assert first == second


def test_drafts_stop_nothing() -> None:
    """An error in a draft is a warning, unless drafts are asked for."""
    files = {"entries/x.md": entry("status: draft\nsignificance: 9")}
    assert site(files).report.ok
    assert not site(files, drafts=True).report.ok


def test_media_are_listed() -> None:
    """Files of media/ go out as they are."""
    assert site({"media/a/b.bin": b"\x00\xff"}).files["media/a/b.bin"] == b"\x00\xff"


@pytest.mark.parametrize(
    ("text", "code"), [(b"id: t\xff", "not-utf-8"), ("title: a\u202eb", "hidden-character"), ("id: [", "yaml-syntax")]
)
def test_unreadable_site(text: str | bytes, code: str) -> None:
    """A site.yaml that cannot be read is told, and nothing is made."""
    found = site({"site.yaml": text})
    assert (found.codes, found.files) == ([code], {})


def test_a_faulty_entry_is_told_all_at_once() -> None:
    """A wrong value in one field does not hide that others, and the text, lead nowhere."""
    text = entry("significance: 9\nactor: nobody\ntags: [polcy]\n", "He spoke [@no-source].\n", date="June 2014")
    report = site({"entries/2014/e.md": text, "site.yaml": "id: s\ntitle: S\ntags: {policy: Policy}\n"}).report
    codes = {finding.code for finding in report.diagnostics if finding.severity == "error"}
    assert codes == {"date-invalid", "value-invalid", "unknown-actor", "unknown-tag", "unknown-source"}
