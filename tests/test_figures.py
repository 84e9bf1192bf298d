"""The figures: strips of what lasts, panels of published numbers, who held which place when."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from site_builder.dates import parse
from site_builder.geometry import TimeScale, label_sides, lanes, moment, reach, value_ticks, year_step
from site_builder.holding import changes, foremost, stretches, successions
from site_builder.lasting import bars
from site_builder.rendering import number
from tests.driver import Built, entry, site, timeline

ACTORS = """\
- {id: old-name, name: Old Name, kind: group, succeeded_by: [{id: new-name}]}
- {id: new-name, name: New Name, kind: group}
- {id: army, name: The Army, kind: state}
"""
PLACES = """\
- {id: town, name: Town, country: Land, country_code: LA, lat: 1, lon: 1}
- {id: land, name: Land, country: Land, country_code: LA, precision: country}
"""
SOURCES = """\
paper: {title: Report, url: https://example.org/a, container-title: Paper}
book: {title: Book, url: https://example.org/b, container-title: Press}
"""
SPANS = """\
- {actor: new-name, pledged: "2014-11-10", recognised: "2016", ended_or_changed: "2019~", status: Gone. It left.,
   country_codes: [LA], region: town, precursor: Others, precursor_actors: [old-name], cites: [paper]}
- {actor: army, recognised: 2015-03-12, cites: [book]}
- {actor: old-name, status: Little is known, cites: [paper]}
"""
SERIES = """\
title: Land held
unit: km2
measures: held
estimators: {one: First Office, two: Second Office}
points:
- {date: 2015-01-01, value: 90800, estimator: one, cites: [paper]}
- {date: 2016, value: 68300.5, estimator: one, cites: [paper]}
- {date: "2016-07~", value: 60000, estimator: one, note: A bound, cites: [book]}
- {date: 2015-06, value: 95000, estimator: two, cites: [book]}
- {date: 2017-06-26, value: 5, estimator: two, unit: percent, cites: [book]}
"""
RECORDS = {"actors.yaml": ACTORS, "places.yaml": PLACES, "sources/all.yaml": SOURCES}


def held(name: str, date: str, *told: str, more: str = "") -> dict[str, str]:
    """An entry that records changes: "taken new-name"."""
    lines = [f"- {{place: town, change: {change.split()[0]}, holder: {change.partition(' ')[2]}}}" for change in told]
    fields = "\n".join([*(["control:", *lines] if told else []), more])
    return {f"entries/{date.strip('[')[:4]}/{name}.md": entry(fields, title=f"Entry {name}", date=date)}


STORY = {
    **held("first", "2014-06-10", "taken old-name"),
    **held("siege", "2016-10-17", "contested new-name"),
    **held("last", "2017-07-10", "lost new-name", "taken army"),
}


def real(files: dict[str, str]) -> Built:
    return _real(tuple(files.items()))


@functools.cache
def _real(files: tuple[tuple[str, str], ...]) -> Built:
    built = site({**RECORDS, **held("any", "2020-01-01"), **dict(files)}, look="real")
    assert not any("dead" in code or "template" in code for code in built.codes), built.messages
    return built


def drawings(html: str) -> Iterator[ET.Element]:
    """Every outermost drawing of a page, read as XML."""
    depth, start = 0, 0
    for tag in re.finditer(r"<svg\b|</svg>", html):
        if tag[0] == "<svg":
            start = start if depth else tag.start()
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield ET.fromstring(html[start : tag.end()])
    assert depth == 0


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# -- geometry


@pytest.mark.parametrize(
    ("day", "over", "expected"),
    [
        ((2014, 1, 1), False, 2014.0),
        ((2014, 7, 2), False, 2014 + 182 / 365),  # 181 days to the end of June, and one of July
        ((2014, 7, 2), True, 2014 + 183 / 365),
        ((2016, 3, 1), False, 2016 + 60 / 366),  # 31 and 29 days before it
        ((2016, 12, 31), True, 2017.0),
        ((-43, 1, 1), False, -43.0),
    ],
)
def test_a_day_is_a_part_of_its_year(day: tuple[int, int, int], over: bool, expected: float) -> None:
    """A day begins after the days before it and is over a day later; leap years have 366 parts."""
    assert moment(day, over=over) == pytest.approx(expected)


def test_a_date_reaches_as_far_as_it_is_known() -> None:
    """A year reaches from its first day to its last; an end that nobody gives is that of the other side."""
    assert reach(parse("2014")) == (2014.0, 2015.0)
    assert reach(parse("2015-01-01/..")) == pytest.approx((2015.0, 2015 + 1 / 365))


def test_time_is_drawn_to_scale() -> None:
    """Half of the time is half of the width."""
    assert TimeScale(2014, 2024).at(2019) == 50
    assert TimeScale(2014, 2024).at(2014) == 0


def test_every_year_is_named_where_there_is_room() -> None:
    """23 years are all named at full width, and only every fifth on a narrow screen."""
    ticks = TimeScale(2004, 2027).ticks()
    assert [tick.year for tick in ticks] == list(range(2004, 2027))
    assert [tick.year for tick in ticks if not tick.minor] == [2005, 2010, 2015, 2020, 2025]


def test_a_long_time_has_few_names() -> None:
    """A thousand years are named every fifty, and every two hundred on a narrow screen."""
    ticks = TimeScale(1000, 2000).ticks()
    assert [tick.year for tick in ticks][:3] == [1000, 1050, 1100]
    assert [tick.year for tick in ticks if not tick.minor] == [1000, 1200, 1400, 1600, 1800]


def test_steps_of_years_nest() -> None:
    """The names of the narrow screen are among those of the wide one."""
    assert year_step(12, 7) == 2
    assert year_step(30, 5, among=2) == 10  # five would be enough, and would not be among the even years


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([90800, 4900], (0, 25000, 50000, 75000, 100000)),
        ([6.8, 40], (0, 10, 20, 30, 40)),
        ([99.5, 30], (0, 25, 50, 75, 100)),
        ([12e6], (0, 5e6, 10e6, 15e6)),
        ([0.3], (0, 0.1, 0.2, 0.3)),
        ([0], (0, 1)),
        ([-30, 50], (-40, -20, 0, 20, 40, 60)),
    ],
)
def test_values_are_measured_from_zero(values: list[float], expected: tuple[float, ...]) -> None:
    """The axis has round numbers, always zero, and ends at or above the highest value."""
    assert value_ticks(values) == pytest.approx(expected)


def test_targets_do_not_touch() -> None:
    """A place nearer than the distance to the one before it goes to the next lane; lanes are used again."""
    assert lanes([0, 3, 6, 10], 4) == (0, 1, 0, 0)
    assert lanes([1, 1, 1], 4) == (0, 1, 2)
    assert lanes([], 4) == ()


def test_labels_do_not_cover_each_other() -> None:
    """One dot has its label above; a second in the same spot beside it; one at the edge keeps it inside."""
    assert label_sides([(100, 50)], [6], 240) == ("above",)
    assert label_sides([(100, 50), (100, 50)], [6, 6], 240) == ("above", "right")
    assert label_sides([(0, 50)], [6], 240) == ("above-right",)
    assert label_sides([(240, 50)], [6], 240) == ("above-left",)


@pytest.mark.parametrize(
    ("value", "expected"), [(12_000_000.0, "12,000,000"), (6.8, "6.8"), (5, "5"), (1234.5, "1,234.5"), (-3.0, "-3")]
)
def test_whole_numbers_have_no_decimals(value: float, expected: str) -> None:
    """A figure that is read as a decimal is printed as an author writes it."""
    assert number(value) == expected


# -- who held which place when


def test_two_names_are_one_line() -> None:
    """An actor and its only successor are one holder; where a group splits, each part is its own."""
    found, _ = timeline({**RECORDS, **STORY})
    assert successions(found.records.actors) == {"old-name": "new-name", "new-name": "new-name", "army": "army"}
    split = ACTORS.replace("[{id: new-name}]", "[{id: new-name}, {id: army}]")
    found, _ = timeline({**RECORDS, **STORY, "actors.yaml": split})
    assert successions(found.records.actors)["old-name"] == "old-name"


def test_actors_that_succeed_each_other_do_not_hang_the_build() -> None:
    """A ring of successors is one line, the same for all of them."""
    ring = ACTORS.replace("name: New Name, kind: group", "name: New Name, kind: group, succeeded_by: [{id: old-name}]")
    found, _ = timeline({**RECORDS, **STORY, "actors.yaml": ring})
    assert len(set(map(successions(found.records.actors).get, ("old-name", "new-name")))) == 1


def test_bars_run_from_change_to_change() -> None:
    """Taken, contested and lost make a whole bar, a hatched one, and one that fades for what is not recorded."""
    found, _ = timeline({**RECORDS, **STORY})
    of_town = changes(found)["town"]
    bars = stretches(of_town, tail=1.0)
    assert foremost(of_town) == "new-name"
    assert [(bar.look, bar.line, bar.fades) for bar in bars] == [
        ("held", "new-name", ""),
        ("contested", "new-name", ""),
        ("held", "army", "out"),
    ]
    # 10 June is the 161st day of 2014, 17 October the 291st of 2016, 10 July the 191st of 2017.
    ends = [end for bar in bars for end in (bar.start, bar.end)]
    taken, siege, lost = 2014 + 161 / 365, 2016 + 290 / 366, 2017 + 190 / 365
    assert ends == pytest.approx([taken, siege, siege, lost, lost + 1 / 365, lost + 1 / 365 + 1])


def test_what_was_lost_was_held_before() -> None:
    """A loss without a record of the taking has a bar that fades in, and none after it."""
    found, _ = timeline({**RECORDS, **held("only", "2016-01-01", "lost new-name")})
    (bar,) = stretches(changes(found)["town"], tail=1.0)
    assert (bar.fades, bar.start, bar.end, bar.since) == ("in", 2015.0, 2016.0, None)


def test_a_bar_does_not_cross_an_earlier_change() -> None:
    """A bar that fades in begins no earlier than the change before it."""
    story = {**held("one", "2016-01-01/2016-03-31", "lost army"), **held("two", "2016-07-02", "lost new-name")}
    found, _ = timeline({**RECORDS, **story})
    *_, last = stretches(changes(found)["town"], tail=1.0)
    assert last.start == pytest.approx(2016 + 91 / 366)  # the 91 days to the end of March


def test_only_contested_once_is_no_strip() -> None:
    """A place of which one entry says only that it was contested, or whose entry was taken back, is not drawn."""
    assert changes(timeline({**RECORDS, **held("x", "2016", "contested army")})[0]) == {}
    assert changes(timeline({**RECORDS, **held("x", "2016", "taken army", more="status: retracted")})[0]) == {}


def test_page_on_control() -> None:
    """Each change stands in the table with its entry, marks lead to entries, both names are one colour."""
    html = real(STORY).html("control.html")
    table = html[html.index("<tbody") :]
    told = words(table)
    for row in ("taken by Old Name", "contested by New Name", "lost by New Name", "taken by The Army"):
        assert row in told
    assert table.count("<tr>") == 4
    for name in ("first", "siege", "last"):
        assert f'<a class="mark-link" href="entries/{name}.html"' in html
    assert 'aria-label="10 July 2017: lost by New Name, taken by The Army"' in html
    assert re.findall(r'<rect class="part (\S+)" x="[^"]+" width="[^"]+" y="6', html) == ["held", "hatched", "other"]
    assert "proves nothing" in html


def test_long_name_of_a_holder_stays_on_the_strip() -> None:
    """A name ends with its bar where a phone has no room after it; one that would begin left of it is left out."""
    named = functools.partial(ACTORS.replace, "The Army")
    html = real({**STORY, "actors.yaml": named("The Army of the Hills")}).html("control.html")
    assert re.search(r'<text class="holder narrow ends" x="9[0-9.]+%" y="35">The Army of the Hills<', html)
    html = real({**STORY, "actors.yaml": named("The Armed Movement of the Hills and the Coast")}).html("control.html")
    assert "holder wide ends" in html  # 45 letters, each of 6 pixels or more: 270 and more of 704
    assert "holder narrow" not in html  # and of 288 pixels, of which the bar ends with the last


# -- what lasts


def test_bars_of_spans() -> None:
    """Thin from the pledge, hatched over the year of the recognition, whole after it, hatched again at the end."""
    found, _ = timeline({**RECORDS, "spans.yaml": SPANS, **held("any", "2023-06-01")})
    first, second, third = bars(found)
    assert (first.span.actor, second.span.actor, third.span.actor) == ("new-name", "army", "old-name")
    # The axis has ten years, 2014 to 2024: a year is a tenth of it. 10 November 2014 is over after 314 of 365 days.
    assert [part.look for part in first.parts] == ["thin", "hatched", "held", "hatched", "held"]
    assert [part.fades for part in first.parts] == ["", "", "", "", "out"]
    assert first.parts[0].at == pytest.approx(10 * 314 / 365, abs=0.001)
    assert [part.at for part in first.parts[1:]] == pytest.approx([20, 30, 50, 60])
    assert first.parts[4].width == pytest.approx(4)
    assert [sign.rough for sign in first.signs] == [False, True, True]
    assert second.parts[-1].fades == "out"
    assert second.parts[-1].at + second.parts[-1].width == pytest.approx(100)
    assert third.parts == ()


def test_page_on_spans() -> None:
    """Every row stands in the table, missing dates are said in words, and rows lead to actors and places."""
    html = real({"spans.yaml": SPANS}).html("spans.html")
    body = html[html.index("<tbody") :]
    assert len(re.findall(r'<tr id="row-\d+">', body)) == 3
    for link in ("actors/new-name.html", "actors/old-name.html", "places/town.html", "places/land.html"):
        assert f'href="{link}"' in body
    assert "neither a pledge nor a recognition is dated" in html
    assert "date of a pledge not known" in words(html)
    assert "recognised 12 March 2015" in words(html)
    assert 'href="#source-1"' in body
    assert "about 2019" in words(body)


@pytest.mark.parametrize("place", ["town", "land"])
def test_spans_on_the_page_of_a_place(place: str) -> None:
    """Whoever comes to a place from the table finds there whose region, or one of whose countries, it is."""
    html = real({"spans.yaml": SPANS}).html(f"places/{place}.html")
    told = html[html.index("<dt>Branches</dt>") :].partition("</div>")[0]
    assert re.findall(r'href="([^"]*)"', told) == ["../actors/new-name.html", "../spans.html"]
    assert "Branches" not in real({}).html(f"places/{place}.html")


# -- published numbers


def test_page_of_a_series() -> None:
    """Every value is in the table of its estimator with its unit, and a value of another unit only there."""
    html = real({"series/land.yaml": SERIES}).html("series/land.html")
    told = words(html[html.index('id="table_"') :])
    for value in ("90,800 km²", "68,300.5 km²", "60,000 km²", "95,000 km²", "5%", "A bound"):
        assert value in told
    assert html.count('scope="row"') == 5
    assert "another unit" in html
    panels = [one for one in drawings(html) if one.get("class") == "plot-ground"]
    assert [len(panel.findall(".//*[@class='hover']")) for panel in panels] == [3, 1]


def test_estimators_are_never_joined() -> None:
    """Lines run within the panel of one estimator that gave three values of one measure, and nowhere else."""
    html = real({"series/land.yaml": SERIES}).html("series/land.html")
    first, second = (one for one in drawings(html) if one.get("class") == "plot-ground")
    assert "First Office" in str(first.get("aria-label"))
    assert "Second" not in str(first.get("aria-label"))
    assert len(first.findall(".//*[@class='step']")) == 4  # two steps, each one line along and one down
    assert second.findall(".//*[@class='step']") == []
    other = SERIES.replace("date: 2016, value", "date: 2016, measures: something else, value")
    html = real({"series/land.yaml": other}).html("series/land.html")
    assert 'class="step"' not in html


def test_panels_share_their_axes() -> None:
    """Each panel has the same years and the same values, from zero."""
    html = real({"series/land.yaml": SERIES}).html("series/land.html")
    ticks = [[text.text for text in one.findall(".//text[@class='tick']")] for one in drawings(html)]
    ticks = [one for one in ticks if one]
    assert ticks == [["0", "25,000", "50,000", "75,000", "100,000"], ["2015", "2016", "2017"]] * 2


# -- the site


def test_no_page_without_data() -> None:
    """A site without such records has no figure, no overview and no link to one."""
    built = real({})
    assert not {"figures.html", "spans.html", "control.html"} & set(built.files)
    assert not any(path.startswith("series/") for path in built.files)
    assert "figures.html" not in built.html("index.html")


def test_overview_lists_what_there_is() -> None:
    """The overview has a link to each figure with what it rests on, and to none that is not there."""
    html = real({"series/land.yaml": SERIES}).html("figures.html")
    assert 'href="series/land.html"' in html
    assert "5 values by 2 estimators" in words(html)
    assert "control.html" not in html
    assert "spans.html" not in html
    html = real({**STORY, "spans.yaml": SPANS}).html("figures.html")
    assert 'href="control.html"' in html
    assert 'href="spans.html"' in html


@pytest.mark.parametrize("path", ["figures.html", "spans.html", "control.html", "series/land.html"])
def test_drawings_are_well_formed(path: str) -> None:
    """Each drawing is XML, has no style of its own, and refers only to what the page defines."""
    html = real({**STORY, "spans.yaml": SPANS, "series/land.yaml": SERIES}).html(path)
    found = list(drawings(html))
    assert found
    assert " style=" not in html
    assert "<style" not in html
    assert set(re.findall(r"url\(#([^)]+)\)", html)) <= set(re.findall(r' id="([^"]+)"', html))


def test_hostile_names_stay_text() -> None:
    """Markup in names and units is shown as typed."""
    series = SERIES.replace("First Office", "<b>First</b>").replace("unit: km2", 'unit: "<i>"')
    actors = ACTORS.replace("Old Name", '"<script>alert(1)</script>"')
    built = real({**STORY, "actors.yaml": actors, "series/land.yaml": series, "spans.yaml": SPANS})
    for path in ("control.html", "spans.html", "series/land.html", "figures.html"):
        html = built.html(path)
        assert "<script>alert" not in html
        assert "<b>First" not in html
        assert "<i>" not in html
        assert list(drawings(html))
