"""The table of what readers may take away: where it lies, what it is, and which timelines have it.

The one truth for the outputs that make these files, the page that lists them and the links that lead to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from site_builder import urls
from site_builder.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Export:
    """`fits`: whether a timeline has what the file would hold."""

    path: str
    media: str
    fits: Callable[[Timeline], bool]
    is_data: bool = True  # else it is for following the site or for a calendar

    @property
    def key(self) -> str:
        """Its name among the words of the interface: "entries_csv"."""
        return self.path.removeprefix("data/").replace(".", "_")


def _always(timeline: Timeline) -> bool:
    return True


def _has_entries(timeline: Timeline) -> bool:
    return bool(timeline.entries)


def _has_sources(timeline: Timeline) -> bool:
    return bool(timeline.records.sources)


def _has_places(timeline: Timeline) -> bool:
    return bool(timeline.by_place)


def _has_feed(timeline: Timeline) -> bool:
    """A feed's links must be whole addresses."""
    return bool(timeline.site.base_url and timeline.entries)


ENTRIES = Export("data/entries.json", "application/json", _always)
SCHEMA = Export("data/entries.schema.json", "application/schema+json", _always)
ENTRY_TABLE = Export("data/entries.csv", "text/csv", _has_entries)
CLAIM_TABLE = Export("data/claims.csv", "text/csv", lambda timeline: any(entry.claims for entry in timeline.entries))
TOLL_TABLE = Export(
    "data/casualties.csv", "text/csv", lambda timeline: any(entry.casualties for entry in timeline.entries)
)
SOURCE_TABLE = Export("data/sources.csv", "text/csv", _has_sources)
PACKAGE = Export("data/datapackage.json", "application/json", _has_entries)
PLACES = Export("data/places.geojson", "application/geo+json", _has_places)
TIMELINE_JS = Export("data/timelinejs.json", "application/json", _has_entries)
BIBTEX = Export("data/sources.bib", "application/x-bibtex", _has_sources)
RIS = Export("data/sources.ris", "application/x-research-info-systems", _has_sources)
CSL = Export("data/sources.csl.json", "application/vnd.citationstyles.csl+json", _has_sources)
CALENDAR = Export("calendar.ics", "text/calendar", _has_entries, is_data=False)
ATOM = Export(urls.FEED, "application/atom+xml", _has_feed, is_data=False)
JSON_FEED = Export("feed.json", "application/feed+json", _has_feed, is_data=False)

EXPORTS = (
    *(ENTRIES, SCHEMA, ENTRY_TABLE, CLAIM_TABLE, TOLL_TABLE, SOURCE_TABLE, PACKAGE, PLACES, TIMELINE_JS),
    *(BIBTEX, RIS, CSL, CALENDAR, ATOM, JSON_FEED),
)


def present(timeline: Timeline) -> Iterator[Export]:
    """The exports that a timeline has, in the order in which readers are shown them."""
    return (export for export in EXPORTS if export.fits(timeline))
