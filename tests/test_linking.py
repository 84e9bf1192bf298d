from __future__ import annotations

import pytest

from tests.driver import entry, timeline

DATES = [
    "2014-06-10",
    "2014",
    "2014-06",
    "-0043-03-15",
    "2014-06-10/2014-06-12",
    "[2014-06-04..2014-06-10]",
    "../2014-06-10",
    "2013-12-31",
]


def test_order_of_time() -> None:
    """Entries stand in the order of their first possible day: what is known less closely first, ties by id."""
    files = {f"entries/e{n}.md": entry(date=date) for n, date in enumerate(DATES)}
    found, _ = timeline({**files, "entries/a.md": entry(date="2014-06-10")})
    assert [str(item.date) for item in found.entries] == [
        "-0043-03-15", "2013-12-31", "2014", "2014-06", "[2014-06-04..2014-06-10]", "../2014-06-10",
        "2014-06-10", "2014-06-10", "2014-06-10/2014-06-12",
    ]  # fmt: skip
    assert [item.id for item in found.entries if str(item.date) == "2014-06-10"] == ["a", "e0"]


def test_indexes() -> None:
    """Entries are found by phase, actor, place, source, tag and year, each once, in the order of time."""
    files = {
        "entries/b.md": entry("actor: [isil, isil]\ntags: [t]", date="2014"),
        "entries/a.md": entry("actor: isil\nlocation: mosul\ntags: [t, u]", date="2015"),
        "actors.yaml": "- {id: isil, name: ISIL}\n",
        "places.yaml": "- {id: mosul, name: Mosul}\n",
    }
    found, _ = timeline(files)
    ids = {key: [item.id for item in entries] for key, entries in found.by_actor.items()}
    assert ids == {"isil": ["b", "a"]}
    assert {key: [item.id for item in entries] for key, entries in found.by_tag.items()} == {
        "t": ["b", "a"],
        "u": ["a"],
    }
    assert list(found.by_year) == [2014, 2015]
    assert [item.id for item in found.by_place["mosul"]] == ["a"]


def test_names_without_latin_letters() -> None:
    """Each has an id of its own, which is the same whatever other names stand before it."""
    one, other = "\u0627\u0644\u0645\u0648\u0635\u0644", "\u041c\u043e\u0441\u043a\u0432\u0430"
    alone = timeline({"entries/b.md": entry(f"location: {one}")})[0]
    both = timeline({"entries/a.md": entry(f"location: {other}"), "entries/b.md": entry(f"location: {one}")})[0]
    assert {item.id: item.name for item in alone.records.places.values()} == {"name-c59521ff": one}
    assert {item.id: item.name for item in both.records.places.values()} == {
        "name-4ed06085": other,
        "name-c59521ff": one,
    }


def test_inline_records() -> None:
    """What is written out in an entry becomes a record with an id; the same name is the same record."""
    files = {
        "entries/a.md": entry(
            "actor: [The Army, {name: A Band, kind: group}]\n"
            "location: {name: Mosul, country: Iraq, lat: 36.3, lon: 43.1, precision: region}"
        ),
        "entries/b.md": entry("actor: THE ARMY\nlocation: mosul"),
    }
    found, findings = timeline(files)
    assert {item.id: (item.name, item.kind) for item in found.records.actors.values()} == {
        "a-band": ("A Band", "group"),
        "the-army": ("The Army", "organisation"),
    }
    place = found.records.places["mosul"]
    assert (place.country, place.lat, place.lon, place.precision) == ("Iraq", 36.3, 43.1, "region")
    assert [item.code for item in findings if item.severity == "error"] == []


def test_names_find_their_record() -> None:
    """A name of a recorded actor or place, or the address of a source, is that record."""
    files = {
        "entries/a.md": entry("actor: the old front\nlocation: Nineveh", source="https://example.org/r"),
        "actors.yaml": "- {id: front, name: The Front, aliases: [The Old Front]}\n",
        "places.yaml": "- {id: mosul, name: Mosul, aliases: [Nineveh]}\n",
        "sources/a.yaml": "r: {title: R, url: https://example.org/r}\n",
    }
    found, findings = timeline(files)
    (entry_,) = found.entries
    assert (entry_.actor[0].id, entry_.location[0].id, entry_.source[0].source) == ("front", "mosul", "r")
    assert [item.code for item in findings if item.code == "inline-record"] == ["inline-record"] * 3


def test_same_slug() -> None:
    """Two names with the letters of one id are two records."""
    found, _ = timeline({"entries/a.md": entry("actor: [Abu Bakr, 'Abu, Bakr', 北京, أبو, The Con, con!]")})
    assert len(found.records.actors) == 6
    assert "con" not in found.records.actors


@pytest.mark.parametrize(
    ("drafts", "ids"), [(False, ["published", "retracted"]), (True, ["draft", "published", "retracted"])]
)
def test_statuses(drafts: bool, ids: list[str]) -> None:
    """Readers get what is published or retracted; drafts only when they are asked for, reviews never."""
    files = {
        f"entries/{status}.md": entry(f"status: {status}")
        for status in ("draft", "review", "published", "retracted", "withdrawn")
    }
    found, _ = timeline(files, drafts=drafts)
    assert sorted(item.id for item in found.entries) == ids
    assert found.withdrawn == ("withdrawn",)


def test_unpublished_leaves_no_record() -> None:
    """An actor written out in a draft, or in a withdrawn entry, is in no registry."""
    files = {
        f"entries/{status}.md": entry(f"status: {status}\nactor: A {status} name")
        for status in ("draft", "review", "withdrawn")
    }
    found, _ = timeline(files)
    assert found.records.actors == {}


def test_citations_in_the_order_of_reading() -> None:
    """Sources are numbered as a reader meets them: text, claims, tolls, control, then the list; each once."""
    files = {
        "entries/a.md": entry(
            "claims: {by: X, stance: asserts, about: event, statement: S, cites: [c, b]}\n"
            "casualties: {harm: killed, cites: [d]}\ncontrol: {place: mosul, holder: X, change: taken, cites: [e]}",
            "One [@b; @a]. Two [@a].\n",
            source="[f, a]",
        ),
        "sources/s.yaml": "".join(f"{key}: {{title: {key}}}\n" for key in "abcdef"),
        "places.yaml": "- {id: mosul, name: Mosul}\n",
    }
    found, _ = timeline(files)
    assert found.cited == {"a": ("b", "a", "c", "d", "e", "f")}


def test_one_id_one_record() -> None:
    """The second record of an id is told with the place of the first; entries and actors may share one."""
    files = {
        "entries/1/a.md": entry(),
        "entries/2/a.md": entry(),
        "actors.yaml": "- {id: a, name: A}\n- {id: a, name: B}\n",
        "sources/1.yaml": "a: {title: A}\n",
        "sources/2.yaml": "a: {title: B}\n",
    }
    found, findings = timeline(files)
    taken = [(item.location.path, item.message) for item in findings if item.code == "id-taken"]
    assert sorted(path for path, _ in taken) == [
        "content/actors.yaml",
        "content/entries/2/a.md",
        "content/sources/2.yaml",
    ]
    assert "content/entries/1/a.md" in next(message for path, message in taken if "entries" in path)
    assert found.records.sources["a"].title == "A"


def test_phases_in_their_order() -> None:
    """Phases stand in the order that their authors gave them; all else by id."""
    phase = "---\nlabel: L\nfrom: 1999\nto: ..\ncolour: amber\nshape: circle\norder: {}\n---\n"
    found, _ = timeline({f"phases/{id}.md": phase.format(order) for id, order in (("a", 2), ("b", 1), ("c", 1))})
    assert list(found.records.phases) == ["b", "c", "a"]
