from __future__ import annotations

import pytest

from tests.driver import SITE, Built, entry, site, timeline

# Everything that only the withdrawn entry holds or names has this word in it.
SECRET = "zulu"
GONE = entry(
    f"""\
summary: The {SECRET} summary
date_note: The {SECRET} note
actor: [{SECRET}-person, front, Inline {SECRET}]
location: [{SECRET}-camp, mosul, {{name: Inline {SECRET} place, lat: 1.5, lon: 2.5}}]
tags: [law]
control: {{place: {SECRET}-camp, holder: {SECRET}-person, change: taken, cites: [{SECRET}-source]}}
claims: {{by: {SECRET}-claimant, stance: asserts, about: event, statement: A {SECRET} statement}}
casualties: {{harm: killed, by: The {SECRET} desk, best: 7}}
revisions: {{date: 2026-02-02, kind: correction, summary: The {SECRET} revision}}
aliases: [before]
media: {{src: media/{SECRET}.png, alt: A {SECRET} picture}}
x_own: {SECRET}
""",
    f"A {SECRET} text [@{SECRET}-source; @shared; @cited].\n\n[It](media/{SECRET}.pdf) by [them](actor:linked).\n",
    title=f"A {SECRET} title", source=f"[shared, 'https://{SECRET}.example/x']", date="2013-03-03",
)  # fmt: skip
FILES: dict[str, str | bytes] = {
    "site.yaml": SITE + "tags: {law: Law}\n",
    "entries/gone.md": GONE,
    "entries/stays.md": entry(
        "actor: front\nlocation: mosul\nrelated: gone", "It [was](entry:gone) so [@shared].\n", source="shared"
    ),
    "actors.yaml": f"""\
- {{id: {SECRET}-person, name: A {SECRET} person}}
- {{id: {SECRET}-claimant, name: A {SECRET} claimant}}
- {{id: linked, name: The {SECRET} office}}
- {{id: front, name: The Front}}
- {{id: nobody, name: Named by nobody}}
""",
    "places.yaml": f"- {{id: {SECRET}-camp, name: A {SECRET} camp, lat: 30, lon: 40}}\n"
    "- {id: mosul, name: Mosul, lat: 36, lon: 43}\n",
    "sources/s.yaml": f"{SECRET}-source: {{title: T, publisher: P}}\nshared: {{title: Shared, publisher: S}}\n"
    f"cited: {{title: A {SECRET} report, publisher: Q}}\n",
    f"media/{SECRET}.png": f"{SECRET} pixels".encode(),
    f"media/{SECRET}.pdf": f"{SECRET} pages".encode(),
    "media/unused.png": b"of nobody",
}


def gone(**more: str | bytes) -> Built:
    files = {**FILES, "entries/gone.md": GONE.replace("title:", "status: withdrawn\ntitle:"), **more}
    return site(files, look="real")


def test_nothing_is_left() -> None:
    """No byte of any file, and no path, has anything that only the withdrawn entry held or named."""
    assert any(SECRET in path for path in site(FILES, look="real").files)  # it would have been there
    built = gone()
    assert built.report.ok, built.messages
    for path, data in built.files.items():
        assert SECRET not in path
        assert SECRET.encode() not in data.lower(), path
        assert b"2013-03-03" not in data, path


def test_its_addresses_are_left() -> None:
    """Its address and its old ones say that it was withdrawn, to readers and not to search engines."""
    built = gone()
    for path in ("entries/gone.html", "entries/before.html"):
        text = built.html(path)
        assert "This entry was withdrawn" in text
        assert '<meta name="robots" content="noindex">' in text
        assert path not in built.html("sitemap.xml")


def test_what_others_name_stays() -> None:
    """What another entry names too keeps its page, and so does what nobody names."""
    paths = gone().files
    for path in ("actors/front", "actors/nobody", "places/mosul", "sources/shared"):
        assert f"{path}.html" in paths
    assert "media/unused.png" in paths


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"entries/x.md": entry(f"actor: {SECRET}-person")}, f"actors/{SECRET}-person.html"),
        ({"entries/x.md": entry(f"actor: A {SECRET} person")}, f"actors/{SECRET}-person.html"),
        (
            {"entries/x.md": entry(f"control: {{place: {SECRET}-camp, holder: front, change: lost}}")},
            f"places/{SECRET}-camp.html",
        ),
        ({"entries/x.md": entry("", "So [@cited].\n")}, "sources/cited.html"),
        ({"entries/x.md": entry("", "By [them](actor:linked).\n")}, "actors/linked.html"),
        ({"pages/about.md": "---\ntitle: About\n---\nBy [them](actor:linked).\n"}, "actors/linked.html"),
        ({"glossary.yaml": "- {id: t, term: T, definition: D, cites: [cited]}\n"}, "sources/cited.html"),
        ({"spans.yaml": f"- {{actor: {SECRET}-person, pledged: 2014}}\n"}, f"actors/{SECRET}-person.html"),
        ({"entries/x.md": entry(f"media: {{src: media/{SECRET}.png, alt: A}}")}, f"media/{SECRET}.png"),
        ({"entries/x.md": entry("", f"A [file](media/{SECRET}.pdf).\n")}, f"media/{SECRET}.pdf"),
    ],
)  # fmt: skip
def test_a_record_comes_back_when_it_is_named(more: dict[str, str], path: str) -> None:
    """Whoever names it, in a field or in a text, by its id or by its name: it is shown again."""
    built = site({**FILES, "entries/gone.md": GONE.replace("title:", "status: withdrawn\ntitle:"), **more})
    assert built.report.ok, built.messages
    assert path in built.files


def test_a_draft_brings_nothing_back() -> None:
    """What only a draft names beside it stays away until the draft is shown."""
    draft = {"entries/x.md": entry(f"status: draft\nactor: {SECRET}-person")}
    withdrawn = {"entries/gone.md": GONE.replace("title:", "status: withdrawn\ntitle:")}
    for drafts in (False, True):
        found, findings = timeline({**FILES, **withdrawn, **draft}, drafts=drafts)
        assert (f"{SECRET}-person" in found.records.actors) is drafts
        assert "unknown-actor" not in {finding.code for finding in findings}
