"""The checks of editorial policy: what each finds, what it leaves alone, and how a site sets it."""

from __future__ import annotations

import pytest

from site_builder.diagnostics import Diagnostic, Severity
from site_builder.files import Options
from site_builder.loading import load
from site_builder.memo import Memo
from tests.driver import SITE, entry, inputs, shown, site, timeline

TWO = "source: [https://example.org/report, https://example.net/news]"


def findings(code: str, body: str = "What happened.\n", fields: str = "", **more: str) -> list[Diagnostic]:
    """The findings of one code in a site of one entry (with two sources, so that sentences need citations)."""
    files = {"entries/2020/hearing.md": entry(f"{TWO}\n{fields}", body, source=""), **more}
    return [finding for finding in timeline(files)[1] if finding.code == code]


def at(found: list[Diagnostic]) -> list[tuple[int, int]]:
    return [(finding.location.line, finding.location.column) for finding in found]


# -- Sentences


def test_uncited_sentence() -> None:
    """Each sentence without a citation is found where it begins, with its words."""
    found = findings("uncited-sentence", "It fell. It rose\nagain.\n\n- Then it fell.\n")
    assert at(found) == [(7, 1), (7, 10), (10, 3)]
    assert [finding.about for finding in found] == ["It fell.", "It rose again.", "Then it fell."]
    assert {finding.severity for finding in found} == {Severity.WARNING}


def test_one_source_needs_no_citations() -> None:
    """Where an entry has one source and cites nothing in the text, there is no doubt who says it."""
    assert [f.code for f in timeline({"entries/2020/hearing.md": entry()})[1] if f.code == "uncited-sentence"] == []
    half = entry(body="It fell [@report]. It rose.\n", source="report")
    source = "report: {title: A report}\n"
    found = timeline({"entries/2020/hearing.md": half, "sources/a.yaml": source})[1]
    assert [f.about for f in found if f.code == "uncited-sentence"] == ["It rose."]


def test_withdrawn_entries_are_left_alone() -> None:
    """Of an entry that was withdrawn nothing is said at all."""
    assert findings("uncited-sentence", fields="status: withdrawn") == []


# -- Claims


def claim(text: str) -> list[str]:
    return [finding.message for finding in findings("claim-without-basis", fields=f"claims:\n  - {{{text}}}")]


def test_claims_need_their_ground() -> None:
    """Who says that somebody is responsible says on what ground, and cites; a denial or another claim need not."""
    base = "by: The army, about: responsibility, statement: It did it"
    assert claim(f"{base}, stance: asserts") == [
        "the claim says who is responsible, and not on what ground",
        "the claim says who is responsible, and cites nothing",
    ]
    assert claim(f"{base}, stance: asserts, basis: found") == ["the claim says who is responsible, and cites nothing"]
    assert claim(f"{base}, stance: asserts, basis: claimed, cites: report") == []
    assert claim(f"{base}, stance: denies") == []
    assert claim(f"{base.replace('responsibility', 'toll')}, stance: asserts") == []


# -- Years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Since 2014 and until 2026 it lasted; in 2014 it began.", ["2014", "2026"]),
        ("In 2015 and 2025 it was near enough.", []),
        ("It counted 2,014 people, 2014.5 tons, 1990% and S/2014/5.", []),
        ("The years 1990–2010 were quiet.", ["1990", "2010"]),
        ("It is told [here](entry:2001-x) [@paper-2002, 2003].", []),
    ],
)
def test_year_outside(text: str, years: list[str]) -> None:
    """Years more than five from the entry's (2020) are pointed at once; figures, keys and addresses are no years."""
    found = findings("year-outside", text)
    assert [finding.message[9:13] for finding in found] == years
    assert all(finding.severity is Severity.INFO for finding in found)


# -- Figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It killed many: 12 dead and 1,500 wounded.", ["12", "1,500"]),
        ("About 1.5 million people were displaced.", ["1.5 million"]),
        ("Some 30 of the people died.", ["30"]),
        ("The police counted 45 killed.", []),
        ("Nine died, and 9 people were wounded.", []),
        ("On 12 June people died; in 2014 people died, 15 years on.", []),
        ("The 12th victim, aged 34 and dead, was one of 50 per cent killed.", []),
        ("There were 500 soldiers.", []),
        ("There were 500 soldiers. Dead men lay there.", []),
    ],
)
def test_figure_unrecorded(text: str, figures: list[str]) -> None:
    """A figure of harm is one that a row of casualties has; days, years, ages and shares are none."""
    rows = "casualties: {harm: killed, min: 40, best: 45, by: The police}"
    found = findings("figure-unrecorded", text, rows)
    assert [
        finding.message.removesuffix(" stands in the text, and no row of `casualties` has it") for finding in found
    ] == (figures)


def test_figures_are_read_in_english_only() -> None:
    """The words of harm are English, so texts of another language are not searched."""
    german = {"site.yaml": SITE + "language: de\n", "templates/strings/de.yaml": "a: b"}
    assert findings("figure-unrecorded", "It left 12 dead.", **german) == []


# -- Sources


def test_sources() -> None:
    """A source that nothing cites is found; one that an entry, a term or a draft cites is not."""
    sources = "".join(f"{key}: {{title: {key}}}\n" for key in ("entry", "term", "draft", "none", "claim"))
    files = {
        "sources/a.yaml": sources,
        "glossary.yaml": "- {id: word, term: A word, definition: What it is., cites: term}\n",
        "entries/2020/hearing.md": entry(
            "claims: {by: He, stance: denies, about: event, statement: No., cites: claim}"
        ),
        "entries/2020/raid.md": entry(body="It fell [@entry].\n"),
        "entries/2020/siege.md": entry("status: draft", "It fell [@draft].\n"),
    }
    unused = [found for found in timeline(files)[1] if found.code == "source-unused"]
    assert [(found.message, *at([found])) for found in unused] == [("nothing cites the source `none`", (4, 1))]


def test_a_slip_leaves_no_source_without_a_use() -> None:
    """An entry that cannot be read for its date still cites its sources, so they are not told as unused."""
    files = {
        "sources/a.yaml": "field: {title: One}\nbody: {title: Two}\n",
        "entries/2020/hearing.md": entry(date="yesterday", source="field", body="It fell [@body].\n"),
    }
    assert [found.code for found in timeline(files)[1]] == ["date-invalid"]


def test_rests_on_one_voice() -> None:
    """Two addresses of one origin are one voice; two origins are two, and an entry without a source has none."""
    sources = "a: {title: A, origin: wire}\nb: {title: B, origin: wire}\nc: {title: C, origin: paper}\n"

    def voices(*keys: str) -> list[str]:
        files = {"sources/a.yaml": sources, "entries/2020/x.md": entry(f"source: [{', '.join(keys)}]", source="")}
        return [finding.message for finding in timeline(files)[1] if finding.code == "rests-on-one-voice"]

    assert voices("a", "b") == ["everything in the entry rests on one voice, `wire`"]
    assert voices("a", "c") == []
    assert voices() == []


# -- Tags


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("{attack: Attack, attacks: Raids}", ["attacks"]),
        ("{air-strike: A, airstrikes: B}", ["airstrikes"]),
        ("{law: Courts, courts: Judges}", ["courts"]),
        ("{law: Law and order, rule: law and Orders}", ["rule"]),
        ("{law: Law, lawyers: Lawyers, flaw: Flaw}", []),
    ],
)
def test_tag_near_duplicate(tags: str, found: list[str]) -> None:
    """Tags whose ids or labels differ by case, a hyphen or a plural only are one tag written twice."""
    given = timeline({"site.yaml": f"{SITE}tags: {tags}\n"})[1]
    names = [finding.message.split("`")[1] for finding in given if finding.code == "tag-near-duplicate"]
    assert names == found


# -- How a site sets them


def built(checks: str, body: str = "It fell. It rose.\n") -> list[str]:
    files = {"entries/2020/hearing.md": entry(TWO, body, source=""), "site.yaml": f"{SITE}checks:\n{checks}"}
    found = site(files).report.diagnostics
    return [f"{finding.severity}: {finding.about}" for finding in found if finding.code == "uncited-sentence"]


def test_severity() -> None:
    """A check can be an error, an info, or off; its code alone with a severity is enough."""
    assert built("  title-long: info\n") == ["warning: It fell.", "warning: It rose."]
    assert built("  uncited-sentence: error\n") == ["error: It fell.", "error: It rose."]
    assert built("  uncited-sentence: {severity: info}\n") == ["info: It fell.", "info: It rose."]
    assert built('  uncited-sentence: "off"\n') == []


def test_allow() -> None:
    """An excuse holds for an entry, for words, or for words in an entry; what is left keeps its severity."""
    allow = "  uncited-sentence:\n    severity: error\n    allow:\n      - {reason: It is known"
    assert built(f"{allow}, entry: hearing}}\n") == []
    assert built(f"{allow}, contains: fell}}\n") == ["error: It rose."]
    assert built(f"{allow}, entry: hearing, contains: rose}}\n") == ["error: It fell."]
    long = "It was told at great length, so that the message of the finding cannot hold it, that it fell.\n"
    assert built(f"{allow}, contains: that it fell}}\n", long) == []


def test_excuse_of_another_entry() -> None:
    """An excuse for one entry does not reach another."""
    files = {
        "entries/2020/hearing.md": entry(TWO, "It fell.\n", source=""),
        "entries/2020/raid.md": entry(TWO, "It fell.\n", source=""),
        "site.yaml": f"{SITE}checks: {{uncited-sentence: {{allow: {{entry: raid, reason: Known.}}}}}}\n",
    }
    found = [finding for finding in site(files).report.diagnostics if finding.code == "uncited-sentence"]
    assert [finding.location.path for finding in found] == ["content/entries/2020/hearing.md"]


def test_many_infos_are_counted() -> None:
    """Up to three infos of a code are shown; of more there is one line with their number and how to see them."""
    body = "In 1990 it fell."
    few = site({"entries/2020/hearing.md": entry(body=f"{body}\n")})
    assert "the year 1990" in shown(few.report)
    many = site({"entries/2020/hearing.md": entry(body=f"{body} In 1991, 1992 and 1993 too.\n")})
    assert "the year" not in shown(many.report)
    assert "info: 4 of `year-outside`; `--format json` lists them\n" in shown(many.report)


def test_a_check_that_is_off_is_not_made_and_comes_back_with_its_setting() -> None:
    """The severity decides each time, whatever was remembered of the same files under another one."""
    memo, code = Memo(), "uncited-sentence"
    text = entry(TWO, "It fell.\n", source="")

    def found(checks: str) -> list[str]:
        files = inputs({"entries/2020/hearing.md": text, "site.yaml": f"{SITE}checks: {{{checks}}}\n"})
        return [finding.code for finding in load(files, Options(), memo)[1] if finding.code == code]

    assert [found(f"{code}: {level}") for level in ("off", "warning", "off", "info")] == [[], [code], [], [code]]
