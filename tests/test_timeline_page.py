"""The timeline's page as it is written; what it does in a browser is in browser/test_timeline_browser.py."""

from __future__ import annotations

from typing import Any

import pytest

from site_builder.edition import edition
from site_builder.facets import Choice, Facet, of_timeline
from site_builder.wording import Words
from tests.driver import PROJECT, entry, site, timeline
from tests.outline import read
from tests.sifting import FILES

SVG = "{http://www.w3.org/2000/svg}"
TRAITS = ("phase", "actor", "place", "tag", "grade", "perspective")


@pytest.fixture(scope="module")
def page() -> Any:
    return read(site(FILES, look="real").files["timeline.html"])


def of_class(root: Any, tag: str, name: str) -> list[Any]:
    return [element for element in root.iter(tag) if name in (element.get("class") or "").split()]


def text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def offered(files: dict[str, str]) -> tuple[Facet, ...]:
    found, _ = timeline(files)
    return of_timeline(edition(found, Words({})))


def test_facets() -> None:
    """Each kind offers what the entries have of it, with their number; actors and places by how often they occur."""
    assert offered(FILES) == (
        Facet("phase", (Choice("rise", "Rise", 2), Choice("loss", "Loss", 3))),
        Facet("actor", (Choice("front", "The Front", 3), Choice("army", "The Army", 2))),
        Facet("place", (Choice("mosul", "Mosul", 3), Choice("sinjar", "Sinjar", 1))),
        Facet(
            "tag",
            (
                Choice("attack", "Attacks", 3),
                Choice("declaration", "Declarations", 1),
                Choice("territory", "Territory", 2),
            ),
        ),
        Facet("grade", (Choice("corroborated", "", 2), Choice("reported", "", 1), Choice("single-source", "", 2))),
        Facet("perspective", (Choice("independent", "", 4), Choice("state", "", 2))),
    )


def test_facets_that_divide_nothing() -> None:
    """A kind in which all entries are alike is not offered; one that only some entries have is."""
    alike = {
        "entries/a.md": entry("actor: front"),
        "entries/b.md": entry("actor: front"),
        "actors.yaml": "- {id: front, name: F}\n",
    }
    assert offered(alike) == ()
    assert [facet.id for facet in offered({**alike, "entries/b.md": entry()})] == ["actor"]


def test_traits_of_cards(page: Any) -> None:
    """Each card tells by ids what it can be found by, and nothing of what it does not have."""
    cards = {
        card.get("id"): {kind: card.get(f"data-{kind}") for kind in TRAITS}
        for card in of_class(page, "article", "card")
    }
    assert cards == {
        f"e_{id}": dict(zip(TRAITS, traits, strict=True))
        for id, *traits in (
            ("a", "rise", "front army", "mosul", "attack territory", "corroborated", "independent"),
            ("b", "rise", "front", None, "declaration", "single-source", "independent"),
            ("c", "loss", "army", "sinjar", "attack", "single-source", "state"),
            ("d", "loss", "front", "mosul", "attack", "reported", "independent state"),
            ("e", "loss", None, "mosul", "territory", "corroborated", "independent"),
        )
    }


def test_choices_are_those_of_the_cards(page: Any) -> None:
    """Every checkbox names a kind and an id that some card has, and every id of a card has its checkbox."""
    boxes = {(box.get("name"), box.get("value")) for box in page.iter("input") if box.get("type") == "checkbox"}
    traits = {
        (kind, id)
        for card in of_class(page, "article", "card")
        for kind in TRAITS
        for id in (card.get(f"data-{kind}") or "").split()
    }
    assert boxes == traits


def test_ranks(page: Any) -> None:
    """Entries, months, years and bars have the rank of the weightiest entry in them, by which a level hides them."""
    ranks = {item[0].get("id"): item.get("class") for item in page.iter("li") if len(item) and item[0].tag == "article"}
    assert ranks == {"e_a": "rank-1", "e_b": "rank-2", "e_c": "rank-3", "e_d": "rank-3", "e_e": "rank-2"}
    parts = {
        part.get("id"): part.get("class").split()[-1]
        for name in ("month", "year")
        for part in of_class(page, "section", name)
    }
    assert parts == {
        "y2014": "rank-1", "m2014-06": "rank-1", "m2014-08": "rank-3",
        "y2016": "rank-3", "m2016-00": "rank-3", "y2017": "rank-2", "m2017-07": "rank-2",
    }  # fmt: skip
    bars = {bar.get("data-year"): bar.get("class").split()[-1] for bar in of_class(page, f"{SVG}a", "bar")}
    assert bars == {"2014": "rank-1", "2016": "rank-3", "2017": "rank-2"}


def test_levels(page: Any) -> None:
    """Three levels with their numbers, all of it being chosen; the line below has the words for each."""
    levels = [
        (label[0].get("value"), text(label), label[0].get("checked") is not None)
        for label in page.iter("label")
        if len(label) and label[0].get("type") == "radio"
    ]
    assert levels == [("key", "Key events 1", False), ("more", "More 3", False), ("all", "All 5", True)]
    (shown,) = of_class(page, "p", "shown")
    assert [(part.get("class"), text(part)) for part in shown] == [
        ("n1", "1 of 5 entries: the key events"),
        ("n2", "3 of 5 entries: the key events and more"),
        ("n3", "All 5 entries"),
    ]


def test_levels_that_are_one() -> None:
    """Where all entries weigh the same there is nothing to choose."""
    made = read(site({"entries/a.md": entry(), "entries/b.md": entry()}, look="real").files["timeline.html"])
    assert of_class(made, "fieldset", "levels") == []


def test_no_dead_controls(page: Any) -> None:
    """What only a script can work is hidden until the script comes."""
    (filters,) = of_class(page, "div", "facets")
    (outcome,) = of_class(page, "div", "outcome")
    assert filters.get("hidden") is not None
    assert [part.get("hidden") is not None for part in outcome] == [False, True, True]


def test_line_of_evidence(page: Any) -> None:
    """A card says date, place with its precision, grade with a way to its definition, and whose voice a source is."""
    cards = {card.get("id"): card for card in of_class(page, "article", "card")}
    where = {id: [text(part) for part in of_class(card, "span", "where")] for id, card in cards.items()}
    assert (where["e_c"], where["e_a"], where["e_b"]) == (["Sinjar (region)"], ["Mosul (in or near)"], [])
    (grade,) = of_class(cards["e_d"], "a", "grade-link")
    assert (text(grade), grade.get("href"), grade.get("title")) == (
        "Reported", "entries/d.html#grade_", "Two or more voices report it, of which at most one is independent.",
    )  # fmt: skip
    (chips,) = of_class(cards["e_d"], "ul", "chips")
    assert [text(chip) for chip in chips] == ["Paper", "Agency (state or state-funded)"]
    (key,) = of_class(page, "details", "reading")
    assert "Two or more voices report it, of which at most one is independent." in text(key)


def test_headings_lead_to_themselves(page: Any) -> None:
    """A month's heading is a link to the month, so that its address can be passed on."""
    months = [heading[0].get("href") for heading in of_class(page, "h3", "month-name")]
    assert months == ["#m2014-06", "#m2014-08", "#m2016-00", "#m2017-07"]


def test_years_and_months_are_no_landmarks(page: Any) -> None:
    """Only the part with the choices is a landmark: years and months are found by their headings."""
    named = [
        part.get("class") for part in page.iter("section") if part.get("aria-label") or part.get("aria-labelledby")
    ]
    assert named == ["sieve"]


def test_empty_timeline() -> None:
    """Without an entry there is nothing to choose and no script."""
    made = site({}, look="real").html("timeline.html")
    assert "data-sieve" not in made
    assert "timeline." not in made.partition("</head>")[0].replace("timeline.css", "").partition("static/timeline.")[2]


def test_budgets() -> None:
    """The page's own scripts stay under 20 KB (the filters under 8), its styles under 30 KB."""
    size = {path.name: path.stat().st_size for path in (PROJECT / "templates/static").iterdir()}
    assert size["timeline.js"] < 8000
    assert size["timeline.js"] + size["site.js"] < 20_000
    assert size["site.css"] + size["chronicle.css"] + size["timeline.css"] < 30_000
    of_long_one = [size[f"{name}.js"] for name in ("site", "facets", "overview", "timeline")]
    assert sum(of_long_one) <= 20 * 1024
    assert sum(size[f"{name}.css"] for name in ("site", "chronicle", "timeline", "overview")) <= 30 * 1024


def test_drafts_are_marked() -> None:
    """Where drafts are shown, each says on its page and on its card that it is one, and nothing else does."""
    files = {"entries/a.md": entry("status: draft", title="Alpha"), "entries/b.md": entry(title="Beta")}
    shown = site(files, look="real", drafts=True)
    marks = {path: shown.html(path).count("Draft.") for path in ("entries/a.html", "entries/b.html", "timeline.html")}
    assert marks == {"entries/a.html": 1, "entries/b.html": 0, "timeline.html": 1}
    assert "“status: draft” is deleted" in shown.html("entries/a.html")
    hidden = site(files, look="real")
    assert not any(b"Draft." in data for data in hidden.files.values())
