"""The first site as a whole: every event of the project's list told, on enough voices, with nothing left to mend."""

from __future__ import annotations

import re
from pathlib import Path

from site_builder import disk
from site_builder.diagnostics import Severity
from site_builder.model import Entry
from tests.driver import PROJECT, built, shown
from tests.prose import records, timeline

EVENTS = (Path(__file__).parent / "data" / "events.txt").read_text(encoding="utf-8").split()
# How an entry says that it has one voice only.
ONE_VOICE = re.compile(r"\brests on one (?:source|voice)\b|\bone voice only\b|\brests on statements of one party\b")


def test_list_of_events() -> None:
    """The list has 209 events, sorted, each once."""
    assert len(EVENTS) == 209
    assert sorted(set(EVENTS)) == EVENTS


def test_every_event_has_its_entry() -> None:
    """Each event of the list is a published entry; an entry beside the list is welcome."""
    assert set(EVENTS) - {entry.id for entry in timeline().entries} == set()


def test_entries_rest_on_two_voices() -> None:
    """At least 95 of 100 entries rest on two or more voices; each of the others says in its text that it does not."""
    alone = {id for id, evidence in timeline().evidence.items() if len(evidence.voices) < 2}
    assert len(alone) <= 0.05 * len(timeline().entries)
    bodies = {record.value.id: record.document.body for record in records() if isinstance(record.value, Entry)}
    assert [id for id in sorted(alone) if not ONE_VOICE.search(bodies[id])] == []


def test_seed_article_never_stands_alone() -> None:
    """The article that the chronology began with is one source among others wherever it is cited."""
    seeds = {id for id, source in timeline().records.sources.items() if source.container_title == "RT"}
    cited = {entry: set(keys) for entry, keys in timeline().cited.items() if seeds & set(keys)}
    assert cited
    assert [entry for entry, keys in cited.items() if not keys - seeds] == []


def test_nothing_of_the_group_is_linked() -> None:
    """No source of the perpetrator's own has an address."""
    sources = timeline().records.sources.values()
    assert [source.id for source in sources if source.perspective == "perpetrator" and source.url] == []


def test_addresses_are_those_of_readers() -> None:
    """No source is given at the address at which its outlet tries pages out, or at that of a network of copies."""
    inner = re.compile(r"//(?:[^/]*[.-])?(?:staging|arc-cdn|arcpublishing|webcache|localhost)\b")
    assert [id for id, source in timeline().records.sources.items() if inner.search(source.url)] == []


def test_check_finds_nothing_above_info() -> None:
    """`check --strict` passes: no error, no warning; and no source is in the bibliography for nothing."""
    report = built(disk.snapshot(PROJECT / "content", PROJECT / "templates")).report
    above = [finding for finding in report.diagnostics if finding.severity is not Severity.INFO]
    assert above == [], shown(report)
    assert [finding.message for finding in report.diagnostics if finding.code == "source-unused"] == []
