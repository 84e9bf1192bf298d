from __future__ import annotations

import pytest

from tests.driver import entry, site

PHASE = "---\nlabel: Rise\nfrom: 1999\nto: ..\ncolour: amber\nshape: circle\n---\nText.\n"
ACTORS = "- {id: isil, name: ISIL, description: A group}\n- {id: army, name: The Army, description: A force}\n"


WHY = "revisions: {date: 2026-02-03, kind: retraction, summary: S}"


def found(*files: tuple[str, str]) -> list[tuple[str, str, int]]:
    """Errors and warnings as (code, path, line)."""
    report = site(dict(files)).report
    return [
        (item.code, item.location.path.removeprefix("content/"), item.location.line)
        for item in report.diagnostics
        if item.severity != "info"
    ]


@pytest.mark.parametrize(
    ("fields", "body", "code", "line"),
    [
        ("actor: isis", "", "unknown-actor", 6),
        ("location: [mosul]", "", "unknown-place", 6),
        ("", "A [@report].", "unknown-source", 7),
        ("", "\n\nA [b](entry:c).", "unknown-entry", 9),
        ("", "A [b](actor:c).", "unknown-actor", 7),
        ("", "A [b](place:c).", "unknown-place", 7),
        ("", "A [b](source:c).", "unknown-source", 7),
        ("", "A [b](term:c).", "unknown-term", 7),
        ("", "A [b](phase:c).", "unknown-phase", 7),
        ("", "A [b](page:c).", "unknown-page", 7),
        ("related: gone", "", "unknown-entry", 6),
        ("claims: {by: X, stance: asserts, about: event, statement: S, cites: [gone]}", "", "unknown-source", 6),
        ("casualties: {harm: killed, by: nobody-known}", "", "unknown-actor", 6),
        ("control: {place: gone, holder: X, change: taken}", "", "unknown-place", 6),
        ("control: {place: gone, holder: X, change: taken, cites: [gone]}", "", "unknown-place", 6),
        ("phase: gone", "", "unknown-phase", 6),
    ],
)
def test_references_that_lead_nowhere(fields: str, body: str, code: str, line: int) -> None:
    """Every reference of an entry is followed, and told with its line where nothing is there."""
    assert (code, "entries/x.md", line) in found(("entries/x.md", entry(fields, f"{body}\n")))


def test_references_that_lead_somewhere() -> None:
    """References to records that are there are fine, whatever file they stand in."""
    text = entry(
        "phase: rise\nactor: isil\nrelated: y\ncontrol: {place: mosul, holder: isil, change: taken}",
        "[a](entry:y) [b](actor:isil) [c](place:mosul) [d](source:r) [e](term:t) [f](page:p) [g](phase:rise) [@r]\n",
    )
    assert found(
        ("entries/x.md", text),
        ("entries/y.md", entry("phase: rise")),
        ("phases/rise.md", PHASE),
        ("actors.yaml", ACTORS),
        ("places.yaml", "- {id: mosul, name: Mosul}\n"),
        ("sources/a.yaml", "r: {title: R}\n"),
        ("glossary.yaml", "- {id: t, term: T, definition: D}\n"),
        ("pages/p.md", "---\ntitle: P\n---\nText.\n"),
    ) == []  # fmt: skip


@pytest.mark.parametrize("status", ["review", "draft"])
def test_unpublished_cannot_be_linked(status: str) -> None:
    """A published entry cannot lead to one that no reader gets."""
    files = (("entries/x.md", entry(body="[a](entry:y)\n")), ("entries/y.md", entry(f"status: {status}")))
    assert ("unknown-entry", "entries/x.md", 7) in found(*files)


@pytest.mark.parametrize("status", ["retracted", "withdrawn"])
def test_retracted_can_be_linked(status: str) -> None:
    """A retracted entry, and a withdrawn one, keep their address."""
    assert (
        found(("entries/x.md", entry(body="[a](entry:y)\n")), ("entries/y.md", entry(f"status: {status}\n{WHY}"))) == []
    )


def test_broken_records_are_there() -> None:
    """A reference to a record that is faulty is not told as well: one slip, one message."""
    assert found(
        ("entries/x.md", entry("actor: isil", "[a](entry:y)\n")),
        ("entries/y.md", entry(title="")),
        ("actors.yaml", "- {id: isil, nmae: ISIL}\n"),
    ) == [
        ("unknown-field", "actors.yaml", 1),
        ("field-missing", "entries/y.md", 2),
    ]


def test_unreadable_registry() -> None:
    """When a registry cannot be read at all, nobody is told that its records do not exist."""
    files = (
        ("entries/x.md", entry("actor: isil\nclaims: {by: isil, stance: asserts, about: event, statement: S}")),
        ("actors.yaml", "- {"),
    )
    assert [code for code, path, _ in found(*files)] == ["yaml-syntax"]


def test_claimants_in_words() -> None:
    """A claimant may be named in words; a word that is shaped like an id must be one."""
    claim = "claims: {{by: {}, stance: asserts, about: event, statement: S}}"
    assert found(("entries/x.md", entry(claim.format("The mayor"))), ("actors.yaml", ACTORS)) == []
    assert found(("entries/x.md", entry(claim.format("isil"))), ("actors.yaml", ACTORS)) == []
    assert found(("entries/x.md", entry(claim.format("mayor"))), ("actors.yaml", ACTORS)) == [
        ("unknown-actor", "entries/x.md", 6)
    ]


def test_lines_of_actors() -> None:
    """Who came before and after is followed, too."""
    assert found(("actors.yaml", "- id: a\n  name: A\n  succeeds: [{id: b}]\n  succeeded_by: [{id: c}]\n")) == [
        ("unknown-actor", "actors.yaml", 3),
        ("unknown-actor", "actors.yaml", 4),
    ]


def test_cites_of_other_records() -> None:
    """Sources cited by terms, spans and series are followed."""
    assert found(
        ("glossary.yaml", "- {id: t, term: T, definition: D, cites: [x]}\n"),
        ("spans.yaml", "- {actor: isil, cites: [x]}\n"),
        ("actors.yaml", ACTORS),
        ("series/a.yaml", "title: A\npoints:\n  - {date: 2014, value: 1, estimator: E, cites: [x]}\n"),
        ("phases/rise.md", PHASE + "[@x]\n"),
    ) == [
        ("unknown-source", "glossary.yaml", 1),
        ("unknown-source", "phases/rise.md", 9),
        ("unknown-source", "series/a.yaml", 3),
        ("unknown-source", "spans.yaml", 1),
    ]  # fmt: skip


def test_tags() -> None:
    """Where the site lists its tags no other can stand; where it lists none, all can."""
    assert found(("entries/x.md", entry("tags: [a, b]"))) == []
    site_yaml = "id: t\ntitle: T\nbase_url: https://example.org/\ntags: {a: A}\n"
    assert found(("site.yaml", site_yaml), ("entries/x.md", entry("tags: [a, b]"))) == [
        ("unknown-tag", "entries/x.md", 6)
    ]


@pytest.mark.parametrize(
    ("toll", "codes"), [("min: 3, max: 2", ["range-reversed"]), ("min: 2, max: 2", []), ("min: 5", []), ("max: 0", [])]
)
def test_tolls(toll: str, codes: list[str]) -> None:
    """The lowest figure is not above the highest."""
    assert [code for code, _, _ in found(("entries/x.md", entry(f"casualties: {{harm: killed, {toll}}}")))] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (entry(), []),
        (entry(title="x" * 90), []),
        (entry(title="x" * 91), ["title-long"]),
        (entry(published=""), ["published-missing"]),
        (entry(f"status: retracted\n{WHY}", published=""), []),
        (entry("status: retracted"), ["retraction-unexplained"]),
        (entry(f"status: retracted\n{WHY.replace('retraction', 'correction')}"), ["retraction-unexplained"]),
        (entry(source=""), ["source-missing"]),
        (entry("grade: single-source"), ["grade-reason-missing"]),
        (entry("grade: single-source\ngrade_reason: It copies."), []),
        (entry("phase: rise\nrelated: x"), ["unknown-phase", "related-to-itself"]),
    ],
)
def test_habits(text: str, codes: list[str]) -> None:
    """What a good entry has is asked for; its absence stops nothing."""
    assert [code for code, _, _ in found(("entries/x.md", text))] == codes


def test_sources_of_claims_count() -> None:
    """An entry whose claims cite a source rests on one."""
    claims = "claims: {by: X, stance: asserts, about: event, statement: S, cites: [r]}"
    assert found(("entries/x.md", entry(claims, source="")), ("sources/a.yaml", "r: {title: R}\n")) == []


def test_phase_is_wanted() -> None:
    """Once there are phases, every entry belongs to one."""
    assert found(("entries/x.md", entry()), ("phases/rise.md", PHASE)) == [("field-missing", "entries/x.md", 2)]
    assert found(("entries/x.md", entry("phase: rise")), ("phases/rise.md", PHASE)) == []


def test_places_and_actors_of_figures() -> None:
    """A span or a point of a series that names a record must name one that is there."""
    span = "- actor: nobody\n  region: nowhere\n  precursor_actors: [no-one]\n"
    series = "title: T\npoints:\n  - {date: 2014, value: 1, estimator: e, places: [no-place]}\n"
    assert found(("spans.yaml", span), ("series/s.yaml", series)) == [
        ("unknown-place", "series/s.yaml", 3),
        ("unknown-actor", "spans.yaml", 1),
        ("unknown-place", "spans.yaml", 2),
        ("unknown-actor", "spans.yaml", 3),
    ]


def test_terms_lead_to_entries_actors_or_terms() -> None:
    """`see` of a term names an entry, an actor or another term; anything else is told."""
    terms = "- {id: t, term: T, definition: D, see: [hearing, isil, t, nothing]}\n"
    files = (("glossary.yaml", terms), ("actors.yaml", ACTORS), ("entries/2020/hearing.md", entry()))
    assert [code for code, _, _ in found(*files)] == ["unknown-term"]
