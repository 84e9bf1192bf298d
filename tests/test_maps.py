"""The map page and the small maps beside texts, from sites of a few places."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from site_builder.cartography import leading
from site_builder.geography import Room
from site_builder.lettering import TIERS, Beside, Country, Paper, Sign, length, letter
from tests import outline
from tests.driver import SITE, Built, entry, site, timeline

PLACES = """\
- {id: square, name: Town Square, country: Iraq, lat: 33.3, lon: 44.4, precision: exact}
- {id: town, name: Far Town, country: Iraq, lat: 36.3, lon: 43.1, precision: near}
- {id: hills, name: The Hills, country: Syria, lat: 35, lon: 40, precision: region}
- {id: syria, name: Syria, country: Syria, lat: 34.8, lon: 38.5, precision: country}
- {id: secret, name: Somewhere, country: Syria, lat: 36, lon: 37, precision: none}
- {id: pointless, name: No Point, country: Jordan}
- {id: far, name: Harbour, country: Australia, lat: -33.9, lon: 151.2}
- {id: unused, name: Unused, lat: 10, lon: 10}
"""
PHASES = {
    "phases/early.md": "---\nlabel: Early\nfrom: 2000\nto: 2010\ncolour: amber\nshape: circle\norder: 1\n---\n",
    "phases/late.md": "---\nlabel: Late\nfrom: 2010\nto: ..\ncolour: navy\nshape: square\norder: 2\n---\n",
}
REGIONS = "regions:\n- {id: near, label: Near By, bbox: [35, 28, 50, 38]}\n"
QUIET = 'checks: {source-unused: "off", rests-on-one-voice: "off", inline-record: "off"}\n'


def told(*entries: tuple[int, str, str]) -> dict[str, str]:
    """Entries of a year, a phase and places."""
    return {
        f"entries/{year}/e{n}.md": entry(f"phase: {phase}\nlocation: [{where}]", title=f"Entry {n}", date=str(year))
        for n, (year, phase, where) in enumerate(entries)
    }


STORY = told(
    (2003, "early", "square"),
    (2004, "early", "square"),
    (2014, "late", "square, town"),
    (2015, "early", "town"),
    (2016, "late", "hills, syria"),
    (2017, "late", "secret, pointless"),
    (2018, "late", "far"),
)
FILES: dict[str, str] = {"site.yaml": SITE + REGIONS + QUIET, "places.yaml": PLACES, **PHASES, **STORY}


@pytest.fixture(scope="module")
def made() -> Built:
    built = site(FILES, look="real")
    assert built.report.ok, built.messages
    return built


def section(built: Built, id: str) -> str:
    """One map of the page."""
    return built.html("map.html").partition(f'id="map_{id}"')[2].partition("</section>")[0]


def marks(text: str) -> dict[str, str]:
    """The links of a map by place: all that each of them holds."""
    found = re.findall(r'<a class="(?:mark|country)[^>]*data-place="([^"]+)".*?</a>', text, re.DOTALL)
    return {id: re.search(rf'<a class="[^"]*"[^>]*data-place="{id}".*?</a>', text, re.DOTALL)[0] for id in found}  # type: ignore[index]


# -- What a mark may claim


def test_exact_and_near_places_are_signs(made: Built) -> None:
    """A place whose spot is known has the sign of its phase; filling and edge tell an exact spot from a town."""
    found = marks(section(made, "near"))
    assert '<a class="mark exact ph-amber"' in found["square"]
    assert 'href="#sign_circle"' in found["square"]
    assert '<a class="mark near ph-mixed"' in found["town"]


def test_a_region_is_no_point(made: Built) -> None:
    """What lies somewhere in a region is a wide circle without a sign in its middle."""
    text = section(made, "near")
    assert "<use" not in marks(text)["hills"]
    assert re.search(r'<circle class="area ph-navy"[^>]* r="23" data-place="hills"', text)


def test_a_country_is_a_name(made: Built) -> None:
    """What lies somewhere in a country is the country's name as a link: no sign, no circle."""
    found = marks(section(made, "near"))["syria"]
    assert ">Syria</text>" in found
    assert "<use" not in found
    assert "<circle" not in found


def test_an_unknown_spot_is_on_no_map(made: Built) -> None:
    """A place whose spot is not known, or without coordinates, or unused, has no mark and no dot anywhere."""
    page = made.html("map.html").partition('class="map-list"')[0]
    assert not set(re.findall(r'data-place="([^"]+)"', page)) & {"secret", "pointless", "unused"}


def test_only_points_are_dots(made: Built) -> None:
    """On the wider map the places of a closer one are dots; regions and countries are not even that."""
    dots = re.findall(r'<circle class="dot[^>]*data-place="([^"]+)"', section(made, "world"))
    assert sorted(dots) == ["square", "town"]
    assert list(marks(section(made, "world"))) == ["far"]


def test_a_mark_says_what_it_is(made: Built) -> None:
    """A mark is a link to its place with a name for those who do not see it, and with its phase in words."""
    square = marks(section(made, "near"))["square"]
    assert 'href="places/square.html"' in square
    assert "<title>Town Square: 3 entries, 2003–2014; most of them in the phase “Early”</title>" in unescape(square)


def test_the_phase_of_most_entries() -> None:
    """A phase leads with more than half of the entries; with half of them none does."""
    loaded, _ = timeline(FILES)
    assert leading(loaded.by_place["square"]) == "early"
    assert leading(loaded.by_place["town"]) == ""
    assert leading(()) == ""


def test_more_entries_are_larger(made: Built) -> None:
    """One entry is 11 pixels, two to four are 14."""
    assert 'width="14"' in marks(section(made, "near"))["square"]
    assert 'width="11"' in marks(section(made, "world"))["far"]


# -- The list


def test_every_place_is_in_the_list(made: Built) -> None:
    """All places stand under their country with how well the spot is known, those without mark or entries too."""
    words = outline.outline(made.files["map.html"]).partition("## All places by country")[2]
    for name in ("Town Square", "Far Town", "The Hills", "Syria", "Somewhere", "No Point", "Harbour", "Unused"):
        assert f"[{name}](places/" in words, name
    assert "[Town Square](places/square.html) 3 entries, 2003–2014, exact spot" in words
    assert "[Somewhere](places/secret.html) 1 entry, 2017, spot not known" in words
    assert "[No Point](places/pointless.html) 1 entry, 2017, spot not known" in words
    assert "[Unused](places/unused.html) 0 entries, in or near this place" in words
    countries = re.findall(r"### (.*)", words)
    assert countries == ["Australia", "Iraq", "Jordan", "Syria", "Without a country"]


def test_the_list_feeds_the_filter(made: Built) -> None:
    """The script finds the entries of a place by number in the list of years and phases."""
    page = made.html("map.html")
    entries = re.search(r'data-entries="([^"]+)"', page)
    row = re.search(r'<li[^>]*data-place="town" data-at="([^"]+)"', page)
    assert entries is not None
    assert row is not None
    assert [entries[1].split()[int(n)] for n in row[1].split()] == ["2014.late", "2015.early"]


# -- The page


def test_without_scripts_nothing_is_dead(made: Built) -> None:
    """Filter, buttons and their help are hidden until the script has come; the page holds no style and no script."""
    page = outline.read(made.files["map.html"])
    controls = [item for item in page.find("body/main").iter() if item.tag in ("button", "input")]
    hidden = [item for item in page.iter() if item.get("hidden") is not None]
    assert controls
    assert set(controls) <= {item for part in hidden for item in part.iter()}
    assert "map-help" in {(item.get("class") or "").split()[0] for item in hidden if item.get("class")}
    assert [item for item in page.iter() if item.get("style") is not None] == []


def test_borders_are_explained(made: Built) -> None:
    """The page says whose the outlines are, of when, and that they are no opinion."""
    words = outline.outline(made.files["map.html"])
    assert "Natural Earth" in words
    assert "today’s borders" in words
    assert "no opinion" in words


def test_drawings_are_well_formed(made: Built) -> None:
    """Every SVG file is XML with a size and a path of land; a page is HTML to a reader that forgives nothing."""
    for path in ("map/near.svg", "map/near.large.svg", "map/world.svg", "map/world.large.svg"):
        root = ET.fromstring(made.files[path])
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
        assert all(path.get("d", "").startswith("M") for path in root)
    outline.read(made.files["map.html"])


def test_the_same_site_gives_the_same_bytes(made: Built) -> None:
    """Maps depend on nothing but the files."""
    again = site(FILES, look="real")
    for path in ("map.html", "map/near.svg", "map/world.large.svg", "places/square.html"):
        assert again.files[path] == made.files[path]


def test_the_closer_map_is_framed(made: Built) -> None:
    """The world shows where the closer map lies, as a link to it."""
    assert 'href="#map_near" aria-label="Closer map: Near By"' in section(made, "world")
    assert 'class="closer"' not in section(made, "near")


@pytest.mark.parametrize(
    ("regions", "expected"),
    [
        ("", ["world"]),
        ("regions: [{id: all, label: All, bbox: [-130, -45, 160, 66]}]\n", ["all"]),
        ("regions: [{id: world, label: Earth, bbox: [0, 0, 60, 50]}]\n", ["world"]),
    ],
)
def test_the_world(regions: str, expected: list[str]) -> None:
    """The world is drawn unless a region of the site takes its place: by its id, or by being more than half of it."""
    built = site({**FILES, "site.yaml": SITE + regions + QUIET}, look="real")
    assert re.findall(r'<h2 id="map_([a-z-]+)"', built.html("map.html")) == expected


def test_a_sliver_of_a_map() -> None:
    """A region as long as the equator and a hundredth of a degree high is drawn, if as hardly more than a line."""
    region = "regions: [{id: line, label: Line, bbox: [-180, 0, 180, 0.01]}]\n"
    places = "- {id: square, name: Square, lat: 0.005, lon: 1, precision: exact}\n"
    files = {"places.yaml": places, "entries/a.md": entry("location: square"), "site.yaml": SITE + region + QUIET}
    built = site(files, look="real")
    assert built.report.ok, built.messages
    assert "map/line.svg" in built.files


@pytest.mark.parametrize("bbox", ["[-40, 0, -30, 5]", "[0, 0, 1, 1]"])
def test_a_map_without_places_is_not_drawn(bbox: str) -> None:
    """A region where nothing happened has no map, no file, and no frame on a wider map that would lead to it."""
    region = f"regions: [{{id: sea, label: Sea, bbox: {bbox}}}]\n"
    built = site({**FILES, "site.yaml": SITE + region + QUIET}, look="real")
    assert built.report.ok, built.messages
    assert "map/sea.svg" not in built.files
    assert 'id="map_sea"' not in built.html("map.html")


@pytest.mark.parametrize(
    "places", ["- {id: town, name: Town}\n", "- {id: town, name: Town, lat: 1, lon: 1, precision: none}\n"]
)
def test_no_points_no_map(places: str) -> None:
    """A site that knows no spot has no map, no link to one and no drawings."""
    built = site({"places.yaml": places, "entries/2020/e.md": entry("location: town")}, look="real")
    assert [path for path in built.files if path.startswith("map")] == []
    assert "map.html" not in built.html("index.html")


def test_no_outlines_no_map() -> None:
    """A look without outlines builds all the same, without maps."""
    built = site(FILES)
    assert built.report.ok, built.messages
    assert "map.html" not in built.files


# -- Beside a text


def locator(built: Built, path: str) -> str:
    return built.html(path).partition('<figure class="locator">')[2].partition("</figure>")[0]


def test_a_place_has_its_small_map(made: Built) -> None:
    """A place stands on the closest map that shows it: a picture that pages share, and one mark."""
    found = locator(made, "places/square.html")
    assert 'src="../map/near.svg"' in found
    assert found.count('class="mark') == 1
    assert 'href="../map.html#map_near"' in found


@pytest.mark.parametrize("place", ["syria", "secret", "pointless", "unused"])
def test_a_place_without_a_spot_has_none(made: Built, place: str) -> None:
    """Where a mark would claim too much, or nothing happened, there is no small map."""
    assert locator(made, f"places/{place}.html") == ""


def test_an_entry_has_all_its_places(made: Built) -> None:
    """The small map of an entry shows each of its places that may be drawn, and no other."""
    assert locator(made, "entries/e2.html").count('class="mark') == 2
    assert locator(made, "entries/e4.html").count('class="mark') == 1
    assert locator(made, "entries/e5.html") == ""


def test_an_entry_may_know_less_of_a_place() -> None:
    """Where an entry says that it only knows the region, its map draws a circle though the place has a spot."""
    vague = entry("phase: late\nlocation: [{id: town, precision: region}]", date="2019")
    built = site({**FILES, "entries/2019/vague.md": vague}, look="real")
    assert 'class="area"' in locator(built, "entries/vague.html")
    assert 'class="sign"' not in locator(built, "entries/vague.html")


def test_places_far_apart_share_the_world() -> None:
    """Places that no region holds together stand on the world map."""
    built = site(
        {**FILES, "entries/2019/wide.md": entry("phase: late\nlocation: [square, far]", date="2019")}, look="real"
    )
    assert 'src="../map/world.svg"' in locator(built, "entries/wide.html")


# -- Names


def boxes(signs: list[Sign], width: float) -> list[tuple[float, float, float, float]]:
    """Where names stand at a width: those that are shown there."""
    found, _ = letter(Paper(1), signs)
    shown = []
    for sign in signs:
        place = found.get(sign.key)
        if place and TIERS[place.tier][0] <= width:
            long = length(sign.text, 12)
            left = sign.x * width + place.dx - {"start": 0.0, "middle": 0.5, "end": 1.0}[place.anchor] * long
            bottom = sign.y * width + place.dy
            shown.append((left, bottom - 10, left + long, bottom + 3))
    return shown


CROWD = [Sign(f"s{n}", f"Place number {n}", 0.3 + n % 7 * 0.06, 0.3 + n // 7 * 0.04, 11) for n in range(40)]


@pytest.mark.parametrize("width", sorted({width for tier in TIERS for width in tier}))
def test_names_do_not_overlap(width: int) -> None:
    """Among forty places close together, no name lies on another at any width, and none leaves the map."""
    shown = boxes(CROWD, width)
    for n, (left, top, right, bottom) in enumerate(shown):
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= width
        for other in shown[:n]:
            assert not (left < other[2] and other[0] < right and top < other[3] and other[1] < bottom)


def test_wider_maps_have_more_names() -> None:
    """A phone shows a few names, a wide map all of them."""
    counts = [len(boxes(CROWD, tier[0])) for tier in TIERS]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] == len(CROWD)


def test_the_first_sign_is_named_first() -> None:
    """Of two signs on one spot the more important one has its name to the right, where names are looked for."""
    signs = [Sign("big", "Capital", 0.5, 0.5, 18), Sign("small", "Suburb", 0.5, 0.5, 11)]
    found, _ = letter(Paper(1), signs)
    assert found["big"].anchor == "start"
    assert found["big"].tier == 0


def test_a_sign_at_the_edge_has_its_name_inside() -> None:
    """At the right edge of the map the name stands to the left of its sign."""
    found, _ = letter(Paper(1), [Sign("a", "Edge", 0.99, 0.5, 11)])
    assert found["a"].anchor == "end"


def test_the_name_of_a_frame_waits_for_room() -> None:
    """Of frames on one spot the second has its name above and the third none; others wait for a wider map."""
    at = ((4.0, 14.0), (0.0, -4.0))
    frames = [Sign(f"frame {n}", "A long name", 0.5, 0.5, 0, corner=at) for n in range(3)]
    found, _ = letter(Paper(1), frames)
    assert found == {"frame 0": Beside(4, 14, "start", 0), "frame 1": Beside(0, -4, "start", 0)}
    apart, _ = letter(Paper(1), [replace(frames[0], corner=at[:1]), replace(frames[1], x=0.55, corner=at[:1])])
    assert (apart["frame 0"].tier, apart["frame 1"].tier) == (0, 3)


def test_a_country_is_named_where_it_has_room() -> None:
    """A name goes into the widest stretch; a country far too small for its name waits until it is large enough."""
    wide, narrow = Room("Land", 0.5, 0.5, 0.8), Room("Long Name", 0.2, 0.2, 0.03)
    _, across = letter(Paper(1), [], [Country("Land", "Land", [wide]), Country("Long Name", "Long Name", [narrow])])
    assert (across["Land"].x, across["Land"].y, across["Land"].tier) == (0.5, 0.5, 0)
    assert across["Long Name"].tier >= 3


def values(built: Built, pattern: str) -> list[Any]:
    return re.findall(pattern, built.html("map.html"))


def test_signs_are_defined_once(made: Built) -> None:
    """Each shape that a mark uses is in the page, once."""
    used = set(values(made, r'href="#(sign_[a-z]+)"'))
    defined = values(made, r'<symbol id="(sign_[a-z]+)"')
    assert used <= set(defined)
    assert len(defined) == len(set(defined))
