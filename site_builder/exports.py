"""The table of what readers may take away: where it lies, what it is, and which timelines have it.

The one truth for the outputs that make these files, the page that lists them and the links that lead to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from site_builder import urls
from site_builder.dates import Day, Point, Precision
from site_builder.model import Entry
from site_builder.timeline import Timeline

Group = Literal["entries", "tables", "maps", "sources", "follow"]


@dataclass(frozen=True, slots=True)
class Export:
    """`fits`: whether a timeline has what the file would hold. `group`: where readers find it."""

    path: str
    media: str
    fits: Callable[[Timeline], bool]
    group: Group
    example: tuple[str, ...] = ()  # a use of it as a few lines of Python, run in the folder where it lies

    @property
    def is_data(self) -> bool:
        """Whether it is data, and not for following or citing the site."""
        return self.group != "follow"

    @property
    def table(self) -> str:
        """The name of its table, of a file that is one."""
        return self.path.removeprefix("data/").removesuffix(".csv")

    @property
    def key(self) -> str:
        """Its name among the words of the interface: "entries_csv"."""
        return self.path.removeprefix("data/").replace(".", "_").replace("-", "_")


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


def calendar_days(entry: Entry) -> tuple[Day, Day] | None:
    """The first and the last day of an event, if both are known and years of iCalendar, of four digits and no 0."""
    days = known_days(entry)
    return days if days and days[0][0] >= 1 and days[1][0] < 9999 else None


def known_days(entry: Entry) -> tuple[Day, Day] | None:
    """The first and the last day of an event, if both are known."""
    span, first, last = entry.date.spans[0], entry.date.earliest, entry.date.latest
    sure = entry.date.kind != "set" and not entry.date.uncertain and not entry.date.approximate
    if not sure or entry.date_basis == "estimate" or first is None or last is None:
        return None
    exact = all(isinstance(end, Point) and end.precision is Precision.DAY for end in (span.start, span.end))
    return (first, last) if exact else None


def _has_days(timeline: Timeline) -> bool:
    """A calendar has one event at least (RFC 5545, 3.6)."""
    return any(map(calendar_days, timeline.entries))


def _has_slides(timeline: Timeline) -> bool:
    """What its editors took back is not told again where nothing says so; TimelineJS refuses a story without slides."""
    return any(entry.status != "retracted" for entry in timeline.entries)


def _has_texts(timeline: Timeline) -> bool:
    return any(entry.body.parts for entry in timeline.entries)


def _has_cites(timeline: Timeline) -> bool:
    records = (record for entry in timeline.entries for record in (entry.claims, entry.casualties, entry.control))
    return any(item.cites for record in records for item in record)


def _counted(table: str, column: str) -> tuple[str, ...]:
    """How often each value of a column stands in a table."""
    return (
        "import collections, csv",
        f'with open("{table}.csv", encoding="utf-8", newline="") as file:',
        f'    print(collections.Counter(row["{column}"] for row in csv.DictReader(file)))',
    )


def _part(name: str, field: str, example: tuple[str, ...]) -> Export:
    """A table of what entries have a list of, under the name of their field."""
    return Export(
        f"data/{name}.csv",
        "text/csv",
        lambda timeline: any(getattr(entry, field) for entry in timeline.entries),
        "tables",
        example=example,
    )


ENTRIES = Export(
    "data/entries.json",
    "application/json",
    _always,
    "entries",
    example=(
        "import json, pathlib",
        'entries = json.loads(pathlib.Path("entries.json").read_text(encoding="utf-8"))["entries"]',
        'print([entry["title"] for entry in entries if entry["grade"] == "contested"])',
    ),
)
SCHEMA = Export(
    "data/entries.schema.json",
    "application/schema+json",
    _always,
    "entries",
    example=(
        "import json, jsonschema, pathlib",
        'data, schema = (json.loads(pathlib.Path(f"entries.{name}").read_bytes()) for name in ("json", "schema.json"))',
        "jsonschema.validate(data, schema)",
    ),
)
ENTRY_TABLE = Export("data/entries.csv", "text/csv", _has_entries, "tables", example=_counted("entries", "grade"))
ACTOR_TABLE = _part("entry-actors", "actor", _counted("entry-actors", "role"))
PLACE_TABLE = _part("entry-places", "location", _counted("entry-places", "country"))
CITATION_TABLE = _part("entry-sources", "source", _counted("entry-sources", "supports"))
CLAIM_TABLE = _part("claims", "claims", _counted("claims", "stance"))
TOLL_TABLE = _part("casualties", "casualties", _counted("casualties", "by_name"))
CONTROL_TABLE = _part("control", "control", _counted("control", "change"))
CITE_TABLE = Export("data/cites.csv", "text/csv", _has_cites, "tables", example=_counted("cites", "part"))
RELATION_TABLE = _part("related", "related", _counted("related", "relation"))
REVISION_TABLE = _part("revisions", "revisions", _counted("revisions", "kind"))
MEDIA_TABLE = _part("media", "media", _counted("media", "licence"))
TEXT_TABLE = Export("data/texts.csv", "text/csv", _has_texts, "tables")
SOURCE_TABLE = Export(
    "data/sources.csv", "text/csv", _has_sources, "tables", example=_counted("sources", "perspective")
)
PACKAGE = Export(
    "data/datapackage.json",
    "application/json",
    _has_entries,
    "tables",
    example=("import frictionless", 'print(frictionless.validate("datapackage.json").valid)'),
)
PLACES = Export(
    "data/places.geojson",
    "application/geo+json",
    _has_places,
    "maps",
    example=(
        "import json, pathlib",
        'features = json.loads(pathlib.Path("places.geojson").read_text(encoding="utf-8"))["features"]',
        'print([item["geometry"]["coordinates"] for item in features if item["geometry"]])',
    ),
)
TIMELINE_JS = Export("data/timelinejs.json", "application/json", _has_slides, "maps")
BIBTEX = Export(
    "data/sources.bib",
    "application/x-bibtex",
    _has_sources,
    "sources",
    example=(
        "from pybtex.database import parse_file",
        'print(len(parse_file("sources.bib", encoding="utf-8").entries))',
    ),
)
RIS = Export(
    "data/sources.ris",
    "application/x-research-info-systems",
    _has_sources,
    "sources",
    example=(
        "import pathlib, rispy",
        'print(len(rispy.loads(pathlib.Path("sources.ris").read_text(encoding="utf-8"))))',
    ),
)
CSL = Export("data/sources.csl.json", "application/vnd.citationstyles.csl+json", _has_sources, "sources")
CALENDAR = Export(
    "calendar.ics",
    "text/calendar",
    _has_days,
    "follow",
    example=(
        "import icalendar, pathlib",
        'calendar = icalendar.Calendar.from_ical(pathlib.Path("calendar.ics").read_bytes())',
        'print([str(event["summary"]) for event in calendar.walk("VEVENT")])',
    ),
)
ATOM = Export(
    urls.FEED,
    "application/atom+xml",
    _has_feed,
    "follow",
    example=("import feedparser", 'print([entry.title for entry in feedparser.parse("feed.xml").entries])'),
)
CORRECTIONS = Export("corrections.xml", "application/atom+xml", _has_feed, "follow")
JSON_FEED = Export("feed.json", "application/feed+json", _has_feed, "follow")
CITATION = Export("CITATION.cff", "application/yaml", _has_entries, "follow")

EXPORTS = (
    *(ENTRIES, SCHEMA, ENTRY_TABLE, TEXT_TABLE, ACTOR_TABLE, PLACE_TABLE, CITATION_TABLE, CLAIM_TABLE, TOLL_TABLE),
    *(CONTROL_TABLE, CITE_TABLE, RELATION_TABLE, REVISION_TABLE, MEDIA_TABLE, SOURCE_TABLE, PACKAGE, PLACES),
    TIMELINE_JS,
    *(BIBTEX, RIS, CSL, CALENDAR, ATOM, CORRECTIONS, JSON_FEED, CITATION),
)


def present(timeline: Timeline) -> Iterator[Export]:
    """The exports that a timeline has, in the order in which readers are shown them."""
    return (export for export in EXPORTS if export.fits(timeline))
