from __future__ import annotations

from typing import Any

import pytest

from site_builder.diagnostics import Diagnostic, Location
from site_builder.documents import read_yaml
from site_builder.fields import validate
from site_builder.model import Actor, Casualties, Claim, Entry, Place, Site, Source


def check(model: type[Any], text: str) -> tuple[Any, list[Diagnostic]]:
    """The fields, typed as YAML, as a value of the model."""
    document, findings = read_yaml("a.yaml", text)
    assert document, findings
    return validate(model, document, document.fields)


def value(model: type[Any], text: str) -> Any:
    found, findings = check(model, text)
    assert findings == []
    return found


def findings(model: type[Any], text: str) -> list[tuple[str, int, int]]:
    _, found = check(model, text)
    return sorted((item.code, item.location.line, item.location.column) for item in found)


ENTRY = "id: x\ntitle: T\ndate: 2014\n"


def test_a_mistyped_name_is_told_once() -> None:
    """A field that is missing since its name is mistyped is not told to be missing as well."""
    assert findings(Entry, "id: x\nTitle: T\nDate: 2014\n") == [("unknown-field", 2, 1), ("unknown-field", 3, 1)]
    assert findings(Entry, "id: x\nSumary: T\ndate: 2014\n") == [("field-missing", 1, 1), ("unknown-field", 2, 1)]


def test_an_address_in_typographic_quotation_marks() -> None:
    """The marks are taken off in what is proposed."""
    _, (found,) = check(Source, "id: x\ntitle: T\nurl: “https://a.example/”\n")
    assert found.hint == "write the address without quotation marks: `https://a.example/`"


def test_defaults() -> None:
    """The smallest entry has the documented defaults."""
    entry = value(Entry, ENTRY)
    assert (entry.significance, entry.status, entry.date_basis, entry.actor, entry.extra) == (
        3,
        "published",
        "event",
        (),
        {},
    )


@pytest.mark.parametrize("typed", ["actor: isil", "actor: [isil]", "actor: {id: isil}", "actor: [{id: isil}]"])
def test_one_or_a_list(typed: str) -> None:
    """A single value may stand where a list may, and an id where a group of fields may."""
    (actor,) = value(Entry, f"{ENTRY}{typed}\n").actor
    assert (actor.id, actor.name, actor.role) == ("isil", "", "other")


@pytest.mark.parametrize(
    ("typed", "id", "name"),
    [
        ("isil", "isil", ""),
        ("al-qaida-2", "al-qaida-2", ""),
        ("The Army", "", "The Army"),
        ("Isil", "", "Isil"),
        ("a--b", "", "a--b"),
    ],
)
def test_ids_and_names(typed: str, id: str, name: str) -> None:
    """What is shaped like an id is one; anything else is a name."""
    (actor,) = value(Entry, f"{ENTRY}actor: {typed}\n").actor
    assert (actor.id, actor.name) == (id, name)


@pytest.mark.parametrize(
    ("typed", "source", "locator"),
    [
        ("key", "key", ""),
        ("'key, p. 12'", "key", "p. 12"),
        ("{source: key, locator: 3}", "key", "3"),
        ("'key , pp. 1, 2'", "key", "pp. 1, 2"),
    ],
)
def test_cites(typed: str, source: str, locator: str) -> None:
    """A citation in the fields is a key, with a place in the source after a comma."""
    text = f"by: X\nstance: asserts\nabout: event\nstatement: S\ncites: [{typed}]\n"
    (cite,) = value(Claim, text).cites
    assert (cite.source, cite.locator) == (source, locator)


def test_numbers() -> None:
    """Figures are typed from their text; an empty one is unknown and not zero."""
    toll = value(Casualties, "harm: killed\nmin: 0\nmax: '12'\nbest:\n")
    assert (toll.min, toll.max, toll.best) == (0, 12, None)


@pytest.mark.parametrize(("typed", "number"), [("34.5", 34.5), ("-90", -90.0), ("0", 0.0), ("+12.25", 12.25)])
def test_coordinates(typed: str, number: float) -> None:
    """Zero and negative coordinates are coordinates."""
    assert value(Place, f"id: a\nname: A\nlat: {typed}\n").lat == number


@pytest.mark.parametrize("typed", ["NaN", "inf", "1e3", "0x10", "1_000", "12,5", "٣", "1" * 13, "--1", "1.2.3"])
def test_not_a_number(typed: str) -> None:
    """Numbers are digits with a point, and nothing that only a program takes for one."""
    assert findings(Place, f"id: a\nname: A\nlat: {typed!r}\n") == [("value-invalid", 3, 6)]


@pytest.mark.parametrize("typed", ["90.1", "-91", "1000"])
def test_off_the_globe(typed: str) -> None:
    """A latitude ends at the poles."""
    assert findings(Place, f"id: a\nname: A\nlat: {typed}\n") == [("value-invalid", 3, 6)]


@pytest.mark.parametrize(("typed", "flag"), [("true", True), ("false", False), ("'true'", True)])
def test_flags(typed: str, flag: bool) -> None:
    """True and false are the two words."""
    assert value(Source, f"id: a\ntitle: A\nseen: {typed}\n").seen is flag


@pytest.mark.parametrize("typed", ["yes", "True", "1", "on", "FALSE"])
def test_not_a_flag(typed: str) -> None:
    """No other word stands for true or false."""
    assert findings(Source, f"id: a\ntitle: A\nseen: {typed}\n") == [("value-invalid", 3, 7)]


def test_all_faults_at_once() -> None:
    """Every fault of a record is told, each at its own place, the unknown field at its name."""
    text = "id: A b\ntitel: T\ndate: yesterday\nsignificance: 7\nclaims: {by: X, stance: says, about: event}\n"
    assert findings(Entry, text) == [
        ("date-invalid", 3, 7),
        ("field-missing", 5, 9),
        ("not-a-choice", 5, 25),
        ("unknown-field", 2, 1),
        ("value-invalid", 1, 5),
        ("value-invalid", 4, 15),
    ]


def test_names_of_the_file() -> None:
    """Fields have the names of the file: `from`, `container-title`; Python's spellings are unknown."""
    assert value(Source, "id: a\ntitle: A\ncontainer-title: Paper\n").container_title == "Paper"
    _, (found,) = check(Source, "id: a\ntitle: A\ncontainer_title: Paper\n")
    assert (found.code, found.hint) == ("unknown-field", "did you mean `container-title`?")


def test_hint_at_depth() -> None:
    """The suggestion for a misspelt field knows the fields of the group that it stands in."""
    _, (found,) = check(Actor, "id: a\nname: A\naliases: [{name: B, form: 2014}]\n")
    assert (found.hint, found.location) == ("did you mean `from`?", Location("a.yaml", 3, 21))


@pytest.mark.parametrize("typed", ["con", "nul", "com1", "lpt9"])
def test_names_of_devices(typed: str) -> None:
    """No record gets an address that Windows cannot hold."""
    assert findings(Actor, f"id: {typed}\nname: A\n") == [("value-invalid", 1, 5)]


def test_long_ids() -> None:
    """An id has at most 100 characters, so that every file system can hold its page."""
    assert value(Actor, f"id: {'a' * 100}\nname: A\n").id == "a" * 100
    assert findings(Actor, f"id: {'a' * 101}\nname: A\n") == [("value-invalid", 1, 5)]


@pytest.mark.parametrize("typed", ["2026-01-02"])
def test_days(typed: str) -> None:
    """The day of a publication is a day."""
    assert str(value(Entry, f"{ENTRY}published: {typed}\n").published) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "2026",
        "2026-01",
        "2026-01-02?",
        "2026-01-02T10:00:00",
        "2026-01-02/2026-01-03",
        "[2026-01-02,2026-01-04]",
        "2010~/2011",
    ],
)
def test_not_days(typed: str) -> None:
    """Less than a day, and more, is refused where feeds need one."""
    assert [code for code, _, _ in findings(Entry, f"{ENTRY}published: {typed}\n")] == ["value-invalid"]


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("https://example.org/", True),
        ("http://example.org:8080/a?b#c", True),
        ("javascript:alert(1)", False),
        ("//example.org", False),
        ("https://user:word@example.org/", False),
        ("https://example.org:99999/", False),
        ("https:///path", False),
        ("'https://example.org/a b'", False),
        ("data:text/html,x", False),
    ],
)
def test_addresses(typed: str, known: bool) -> None:
    """Readers are sent to http and https addresses with a host, and nowhere else."""
    found, _ = check(Source, f"id: a\ntitle: A\nurl: {typed}\n")
    assert (found is not None) is known


def test_faults_of_keys() -> None:
    """A bad key of a table is told by its own name."""
    _, (found,) = check(Site, "id: a\ntitle: A\ntags: {Law: x}\n")
    assert found.message.startswith("Law: `Law` is not an id")


def test_every_fault_has_words_of_ours() -> None:
    """No message of the validation library reaches an author."""
    text = "id: [a]\ntitle: {a: b}\ntags: x\nregions: 3\nauthors: {name: [x]}\nlicence: CC\nchecks: [a]\n"
    _, found = check(Site, text)
    assert found
    assert [item.message for item in found if "input" in item.message.lower() or "valid" in item.message.lower()] == []


@pytest.mark.parametrize("typed", ["{year: 2014}", "{from: 2014, to: 2015}"])
def test_dates_are_text(typed: str) -> None:
    """A date is a line of text and no group of fields."""
    assert [code for code, _, _ in findings(Entry, f"id: x\ntitle: T\ndate: {typed}\n")] == ["value-invalid"]
