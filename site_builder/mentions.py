"""Records by name, each with a link where it has a page, and the sources of a page of data."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder import urls
from site_builder.cards import Mention, full_name, name_at
from site_builder.dates import Edtf
from site_builder.model import Cite
from site_builder.timeline import Timeline
from site_builder.views import Reference, reference


def actor(timeline: Timeline, who: str, date: Edtf | None = None) -> Mention:
    """An actor under the name of the time, or the plain words that stand where an actor has no record."""
    record = timeline.records.actors.get(who)
    if record is None:
        return Mention(who, "")
    return Mention(name_at(record, date) if date else record.name, urls.page("actor", who))


def place(timeline: Timeline, where: str, *, short: bool = False) -> Mention:
    record = timeline.records.places.get(where)
    if record is None:
        return Mention(where, "")
    return Mention(record.name if short else full_name(record), urls.page("place", where))


def country(timeline: Timeline, code: str) -> Mention:
    """A country by its ISO code: the place of that precision, else its name alone, else the code."""
    of_code = [place for place in timeline.records.places.values() if code and place.country_code == code]
    whole = next((place for place in of_code if place.precision == "country"), None)
    if whole:
        return Mention(whole.name, urls.page("place", whole.id))
    return Mention(next((place.country for place in of_code if place.country), code), "")


def sources(timeline: Timeline, cites: Iterable[Cite]) -> tuple[tuple[Reference, ...], dict[str, int]]:
    """The sources of a page, numbered in the order of first use."""
    numbers = {key: n for n, key in enumerate(dict.fromkeys(cite.source for cite in cites), start=1)}
    return tuple(reference(timeline, timeline.records.sources[key], n) for key, n in numbers.items()), numbers


def notes(cites: Iterable[Cite]) -> tuple[tuple[str, str], ...]:
    return tuple((cite.source, cite.locator) for cite in cites)
