"""The map page: the world and the regions that the site names, then every place by country, and a small map of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from site_builder import urls
from site_builder.artifacts import Artifact, Output, Page, Text, later
from site_builder.cards import Mention, phase_mark
from site_builder.cartography import SIZES, Spot, maps, spot
from site_builder.changes import last_change
from site_builder.charts import picture
from site_builder.edition import Edition
from site_builder.model import Entry, Place
from site_builder.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Row:
    """A place in the list. `at`: which of the page's entries are there, by number, as the script reads it."""

    id: str
    mention: Mention  # its note is the precision
    count: int
    first: int | None
    last: int | None
    at: str


def artifacts(edition: Edition) -> Iterator[Artifact]:
    spots = _spots(edition)
    drawn = [chart for chart in edition.charts if any(chart.view.shows(each.lon, each.lat) for each in spots)]
    if not drawn or all(each.precision == "none" for each in spots):
        return
    yield later(edition, urls.MAP, _made, shows=(), updated=last_change(_shown(edition)))
    for chart in drawn:
        yield Artifact(chart.path, Text(partial(picture, chart.small, chart.small_view), shows=()), listed=False)
        large = partial(picture, chart.drawing, chart.view, grid=True)
        yield Artifact(chart.large_path, Text(large, shows=()), listed=False)


def _spots(edition: Edition) -> tuple[Spot, ...]:
    timeline = edition.timeline
    seen = [place for place in timeline.records.places.values() if place.id in timeline.by_place]
    return tuple(each for place in seen if (each := spot(timeline, place, timeline.by_place[place.id])))


def _shown(edition: Edition) -> list[Entry]:
    return [entry for entry in edition.timeline.entries if entry.location]


def _made(edition: Edition) -> Page:
    timeline, shown = edition.timeline, _shown(edition)
    numbers = {entry.id: n for n, entry in enumerate(shown)}
    years = [entry.date.year for entry in shown]
    return Page.of(
        "map.html",
        maps=maps(edition.charts, _spots(edition)),
        groups=tuple(_groups(timeline, numbers)),
        phases=tuple(mark for id in timeline.records.phases if (mark := phase_mark(timeline, id))),
        unphased=any(not entry.phase for entry in shown),
        entries=" ".join(f"{entry.date.year}.{entry.phase}" for entry in shown),
        sizes=SIZES,
        count=len(shown),
        places=len(timeline.by_place),
        first=min(years),
        last=max(years),
    )


def _groups(timeline: Timeline, numbers: Mapping[str, int]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    ordered = sorted(
        timeline.records.places.values(),
        key=lambda place: (not place.country, place.country.casefold(), place.name.casefold(), place.id),
    )
    for country, places in groupby(ordered, key=lambda place: place.country):
        yield country, tuple(_row(place, timeline.by_place.get(place.id, ()), numbers) for place in places)


def _row(place: Place, entries: Sequence[Entry], numbers: Mapping[str, int]) -> Row:
    years = [entry.date.year for entry in entries]
    unplaced = place.lat is None or place.lon is None
    return Row(
        place.id,
        Mention(place.name, urls.page("place", place.id), "none" if unplaced else place.precision),
        len(entries),
        min(years, default=None),
        max(years, default=None),
        " ".join(str(numbers[entry.id]) for entry in entries),
    )


OUTPUT = Output(artifacts, nav=("nav.map", urls.MAP))
