from __future__ import annotations

from typing import Any

import pytest

from site_builder.dates import parse
from site_builder.evidence import by_name, voice, weigh
from site_builder.model import Casualties, Claim, Entry, Source, SourceRef


def source(id: str, **given: Any) -> Source:
    return Source(id, id.upper(), **given)


def entry(**given: Any) -> Entry:
    return Entry("x", "T", parse("2014"), **given)


def claim(stance: Any, about: Any) -> Claim:
    return Claim("X", stance, about, "S")


def grade(sources: list[Source], **given: Any) -> str:
    return weigh(entry(**given), [item.id for item in sources], {item.id: item for item in sources}).grade


PAPER, RADIO = source("paper"), source("radio")
STATE = source("state-tv", perspective="state")
PARTY = source("army", perspective="party-to-conflict")
GROUP = source("group", perspective="perpetrator")
WIKI = source("wiki", perspective="encyclopedia")
COURT = source("court", perspective="court")


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([], "single-source"),
        ([PAPER], "single-source"),
        ([STATE], "single-source"),
        ([COURT], "corroborated"),
        ([PAPER, RADIO], "corroborated"),
        ([PAPER, STATE], "reported"),
        ([STATE, PARTY], "reported"),
        ([GROUP, WIKI], "reported"),
        ([PAPER, STATE, RADIO], "corroborated"),
        ([source("a", origin="reuters"), source("b", origin="Reuters ")], "single-source"),
        ([source("a", origin="reuters"), source("b", origin="ap")], "corroborated"),
        ([source("a", origin="reuters"), source("b", origin="agencies")], "single-source"),
        ([source("a", origin="agencies"), PAPER], "corroborated"),
        ([source("a", publisher="House"), source("b", publisher="HOUSE")], "single-source"),
    ],
)
def test_table(sources: list[Source], expected: str) -> None:
    """The grade follows from the voices, as the table in the module says."""
    assert grade(sources) == expected


@pytest.mark.parametrize(
    ("stance", "about", "expected"),
    [
        ("denies", "event", "contested"),
        ("disputes", "responsibility", "contested"),
        ("asserts", "responsibility", "corroborated"),
        ("denies", "toll", "corroborated"),
        ("disputes", "date", "corroborated"),
    ],
)
def test_contested(stance: str, about: str, expected: str) -> None:
    """Only a dispute of the event itself, or of who is responsible, makes an entry contested."""
    assert grade([PAPER, RADIO], claims=(claim(stance, about),)) == expected


def test_retracted_comes_first() -> None:
    """An entry that its editors withdrew is retracted, whatever else holds."""
    assert grade([COURT], status="retracted", claims=(claim("denies", "event"),)) == "retracted"


def test_indirect_support() -> None:
    """A voice that mentions the event only in passing is one, and no independent one."""
    assert grade([PAPER, RADIO], source=(SourceRef("radio", supports="indirect"),)) == "reported"


def test_contradicting_source() -> None:
    """A source that contradicts the entry does not support it."""
    found = weigh(
        entry(source=(SourceRef("radio", supports="contradicts"),)),
        ["paper", "radio"],
        {"paper": PAPER, "radio": RADIO},
    )
    assert (found.grade, found.voices) == ("single-source", ("paper",))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("single-source", "single-source"),
        ("reported", "reported"),
        ("corroborated", "corroborated"),
        ("contested", "corroborated"),
        ("", "corroborated"),
    ],
)
def test_only_lowered(given: str, expected: str) -> None:
    """A grade set by hand can lower the one that follows from the sources, and never raise it."""
    assert grade([PAPER, RADIO], grade=given) == expected


def test_never_raised() -> None:
    """One voice stays one voice, whatever the author says."""
    assert grade([PAPER], grade="corroborated") == "single-source"


@pytest.mark.parametrize(
    ("claims", "disputed"),
    [
        ([("denies", "toll")], ("toll",)),
        ([("asserts", "toll")], ()),
        ([("asserts", "toll"), ("asserts", "toll")], ("toll",)),
        ([("asserts", "other"), ("asserts", "other")], ()),
        ([("disputes", "other"), ("denies", "date")], ("date", "other")),
        ([("denies", "event")], ()),
    ],
)
def test_details_in_dispute(claims: list[tuple[str, str]], disputed: tuple[str, ...]) -> None:
    """What is denied, or told in two ways, stands beside the grade."""
    found = weigh(entry(claims=tuple(claim(*item) for item in claims)), ["paper"], {"paper": PAPER})
    assert found.disputed == disputed


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"origin": "AP", "publisher": "P"}, "ap"),
        ({"publisher": "P", "container_title": "C"}, "p"),
        ({"container_title": "Straße"}, "strasse"),
        ({"url": "https://WWW.Example.org/x"}, "www.example.org"),
        ({}, "key"),
    ],
)
def test_voice(given: dict[str, str], expected: str) -> None:
    """A source's voice is its origin, else its publisher, its outlet, its host, itself."""
    assert voice(source("key", **given)) == expected


def test_an_origin_by_its_name() -> None:
    """Who publishes under the name of one of the site's origins speaks with its voice, said or not."""
    origins = by_name({"guardian": "The Guardian"})
    own, copied = source("own", container_title="the guardian"), source("copied", origin="guardian")
    assert voice(own, origins) == voice(copied, origins) == "guardian"
    voices = {item.id: voice(item, origins) for item in (own, copied)}
    found = weigh(entry(), ["own", "copied"], {"own": own, "copied": copied}, voices)
    assert (found.grade, found.voices) == ("single-source", ("guardian",))


@pytest.mark.parametrize(
    ("rows", "disputed"),
    [
        ([("killed", "civilians", "Police", 10), ("killed", "civilians", "Hospital", 12)], ("toll",)),
        ([("killed", "civilians", "Police", 10), ("killed", "civilians", "Hospital", 10)], ()),
        ([("killed", "civilians", "Police", 10), ("killed", "soldiers", "Hospital", 12)], ()),
        ([("killed", "civilians", "Police", 10), ("wounded", "civilians", "Hospital", 12)], ()),
    ],
)
def test_two_claimants_with_different_figures_dispute_the_toll(
    rows: list[tuple[str, str, str, int]], disputed: tuple[str, ...]
) -> None:
    """Figures differ only for the same harm to the same group; different groups are different facts."""
    casualties = tuple(Casualties(harm, group=group, by=by, best=best) for harm, group, by, best in rows)  # type: ignore[arg-type]
    assert weigh(entry(casualties=casualties), (), {}).disputed == disputed


@pytest.mark.parametrize(
    ("status", "claims", "expected"),
    [
        ("retracted", (), "retracted"),
        ("published", (claim("denies", "event"),), "contested"),
        ("published", (claim("disputes", "responsibility"),), "contested"),
    ],
)
@pytest.mark.parametrize("given", ["corroborated", "reported", "single-source"])
def test_no_hand_covers_a_retraction_or_a_dispute(
    status: str, claims: tuple[Claim, ...], expected: str, given: str
) -> None:
    """What is retracted or contested stays so, whatever grade an editor sets: another one would hide it."""
    assert grade([PAPER, RADIO], status=status, claims=claims, grade=given) == expected


INQUIRY = source("report", perspective="un", kind="Inquiry")


@pytest.mark.parametrize(
    ("sources", "given", "expected"),
    [
        ([PAPER], {"status": "retracted"}, "retracted"),
        ([PAPER], {"claims": (claim("denies", "event"),)}, "contested"),
        ([COURT], {}, "court"),
        ([STATE, INQUIRY], {}, "court"),
        ([COURT, PAPER, RADIO], {}, "court"),
        ([PAPER, RADIO], {}, "independent"),
        ([PAPER, STATE], {}, "reported"),
        ([PAPER], {}, "single-source"),
        ([], {}, "unsourced"),
        ([PAPER, RADIO], {"grade": "single-source"}, "lowered"),
        ([PAPER, RADIO], {"grade": "corroborated"}, "independent"),
    ],
)
def test_rule(sources: list[Source], given: dict[str, Any], expected: str) -> None:
    """Beside the grade stands which line of the table gave it."""
    found = weigh(entry(**given), [item.id for item in sources], {item.id: item for item in sources})
    assert found.rule == expected


def test_lowered_from() -> None:
    """Of a grade that was lowered by hand it is known what it was by its sources."""
    found = weigh(entry(grade="reported"), ["paper", "radio"], {"paper": PAPER, "radio": RADIO})
    assert (found.grade, found.derived) == ("reported", "corroborated")


def test_a_court_in_passing_has_found_nothing() -> None:
    """A court's text that only mentions the event is no finding on it."""
    assert grade([COURT], source=(SourceRef("court", supports="indirect"),)) == "single-source"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("direct", "indirect", "corroborated"),
        ("indirect", "direct", "corroborated"),
        ("contradicts", "indirect", "reported"),
        ("indirect", "contradicts", "reported"),
        ("contradicts", "direct", "corroborated"),
        ("contradicts", "contradicts", "single-source"),
    ],
)
def test_a_source_listed_twice_counts_at_its_strongest(first: Any, second: Any, expected: str) -> None:
    """A source can report an event on one page and mention it on another; it counts for what it does best."""
    refs = (SourceRef("radio", supports=first), SourceRef("radio", supports=second))
    assert grade([PAPER, RADIO], source=refs) == expected
