"""What a record holds that cannot be or should not, whatever there is beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder import advice
from site_builder.diagnostics import Diagnostic, check, error
from site_builder.model import Entry
from site_builder.reading import Record

MAX_TITLE = 90


def half_a_point(record: Record[Any], place: Any, *at: str | int) -> Iterable[Diagnostic]:
    """One coordinate without the other, which is no point of a map."""
    if (place.lat is None) is not (place.lon is None):
        there, missing = ("lon", "lat") if place.lat is None else ("lat", "lon")
        message = f"the place has a `{there}` and no `{missing}`, so no map can show it"
        yield error(record.location(*at, there), "coordinate-missing", message, f"add `{missing}`, or leave out both")


def impossible(record: Record[Entry]) -> Iterable[Diagnostic]:
    """Values that are well formed and cannot be true together."""
    for n, toll in enumerate(record.value.casualties):
        if toll.min is not None and toll.max is not None and toll.min > toll.max:
            message = f"casualties: the lowest figure ({toll.min}) is above the highest ({toll.max})"
            yield error(record.location("casualties", n, "min"), "range-reversed", message, "exchange the two")
        if toll.best is not None and not (toll.min or 0) <= toll.best <= (toll.best if toll.max is None else toll.max):
            message = f"casualties: the best figure ({toll.best}) lies outside the lowest and the highest"
            where = record.location("casualties", n, "best")
            yield error(where, "range-reversed", message, "mend `best`, or widen `min` and `max`")
    for n, related in enumerate(record.value.related):
        if related.id == record.value.id:
            where = record.location("related", n, "id")
            yield error(where, "related-to-itself", "the entry is related to itself", "remove the line")


def habits(record: Record[Entry]) -> Iterable[Diagnostic]:
    """What a good entry has, and a site builds without."""
    entry = record.value
    if len(entry.title) > MAX_TITLE:
        message = f"the title has {len(entry.title)} characters; over {MAX_TITLE} it is cut in lists and search results"
        yield check(record.location("title"), "title-long", message, "shorten it")
    if entry.status == "published" and advice.TO_WRITE in record.document.body:
        line = record.document.body.partition(advice.TO_WRITE)[0].count("\n") + 1
        message = "the text is still the one that `new` has written, and readers will see it"
        yield check(record.document.in_body(line, 1), "text-unwritten", message, "write what happened instead")
    if entry.published is None and entry.status == "published":
        message = "`published` is missing, so feeds cannot tell when the entry is new"
        yield check(record.location(), "published-missing", message, "add a line such as `published: 2026-11-23`")
    if entry.status == "retracted" and all(revision.kind != "retraction" for revision in entry.revisions):
        message = "the entry is retracted, and readers are not told why"
        hint = "add to `revisions:` a line such as `- {date: 2026-11-23, kind: retraction, summary: …}`"
        yield check(record.location("status"), "retraction-unexplained", message, hint)
    if entry.published and entry.date.earliest and entry.date.earliest > (entry.published.earliest or ()):
        message = f"the entry tells of {entry.date.text}, and was published before that, on {entry.published.text}"
        yield check(record.location("date"), "date-after-published", message, "see which of the two dates is a slip")
    if entry.grade and not entry.grade_reason:
        yield check(
            record.location("grade"),
            "grade-reason-missing",
            "the grade is lowered by hand, and readers are not told why",
            "add a line `grade_reason: …`",
        )
    if not (entry.source or entry.body.keys or any(claim.cites for claim in entry.claims)):
        message = "the entry rests on no source"
        yield check(
            record.location(),
            "source-missing",
            message,
            "add a line `source:`, or cite one in the text: [@key]",
        )
