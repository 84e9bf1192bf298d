"""TimelineJS (Knight Lab, https://timeline.knightlab.com/docs/): its spreadsheet as CSV, and its JSON.

Its texts are HTML. A slide's picture or video lies with others and cannot be shown here; what is said of it is kept.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from site_builder import urls
from site_builder.diagnostics import Diagnostic, Location
from site_builder.documents import Document
from site_builder.imports import dating, prose
from site_builder.imports.events import Event, Found, remark
from site_builder.imports.hypertext import from_html
from site_builder.imports.naming import fold
from site_builder.imports.sheets import Row, rows
from site_builder.imports.translating import unfit
from site_builder.jsontext import read_json

_PARTS = ("year", "month", "day", "time")
_BESIDE = ("Media", "Media Credit", "Media Caption", "Media Thumbnail", "Background", "Group")
_COLUMNS = frozenset(
    fold(name)
    for name in (*_PARTS, *(f"end {part}" for part in _PARTS), "display date", "headline", "text", "type", *_BESIDE)
)


def is_sheet(names: list[str]) -> bool:
    return {"year", "headline"} <= {fold(name) for name in names}


def is_story(document: Document) -> bool:
    return isinstance(document.fields.get("events"), list)


def read_sheet(path: str, text: str, found: Found) -> None:
    for row in rows(path, text, found):
        cells = {fold(name): value for name, value in row.cells.items()}
        kind = cells.get("type", "").lower()
        if kind in ("title", "era"):
            found.findings.append(_no_event(row.where, kind, cells.get("headline", "")))
        else:
            _take(row.where, _of_row(row, cells, found), row.cells, found)


def _of_row(row: Row, cells: Mapping[str, str], found: Found) -> dict[str, Any]:
    """A row in the terms of the JSON; what the format does not know stands under `others`."""
    ends = ("", "end")
    start, end = ({part: cells.get(f"{end}{part}", "") for part in _PARTS} for end in ends)
    return {
        "start_date": start,
        "end_date": end if any(end.values()) else None,
        "display_date": cells.get("displaydate"),
        "text": {"headline": cells.get("headline"), "text": cells.get("text")},
        "others": {
            name: value
            for name, value in row.cells.items()
            if fold(name) not in _COLUMNS or fold(name) in {fold(beside) for beside in _BESIDE}
        },
    }


def read_story(path: str, text: str, found: Found) -> None:
    document, findings = read_json(path, text)
    found.findings += findings
    events = document.fields.get("events") if document else None
    if not isinstance(events, list) or document is None:
        if not findings:
            found.refuse(
                Location(path, 1, 1), "there is no list `events`, which TimelineJS has", "name another `--format`"
            )
        return
    if isinstance(document.fields.get("title"), dict):
        found.findings.append(_no_event(document.at(("title",), key=True), "title", ""))
    eras = document.fields.get("eras")
    for n, era in enumerate(eras if isinstance(eras, list) else ()):
        headline = _text(_group(era.get("text")).get("headline")) if isinstance(era, dict) else ""
        found.findings.append(_no_event(document.at(("eras", n)), "era", headline))
    for n, slide in enumerate(events):
        where = document.at(("events", n))
        if not isinstance(slide, dict):
            found.refuse(where, "this is no slide: a group of fields is meant", "remove it")
            continue
        known = ("start_date", "end_date", "display_date", "text", "unique_id")
        others = {name: value for name, value in slide.items() if name not in known}
        _take(where, {**slide, "others": others}, slide, found)


def _take(where: Location, slide: Mapping[str, Any], given: Any, found: Found) -> None:
    if fault := unfit(given):
        found.refuse(where, *fault)
        return
    text = _group(slide.get("text"))
    title = prose.words(_text(text.get("headline")))
    start, end = _group(slide.get("start_date")), _group(slide.get("end_date"))
    if not title:
        found.refuse(where, "the slide has no headline", "write one: an entry needs a title")
        return
    try:
        date = _date(start)
        date = dating.between(date, _date(end)) if any(end.values()) else date
    except dating.UnreadError as wrong:
        found.refuse(where, f"date: {wrong.message}", wrong.hint)
        return
    fields: dict[str, Any] = {"title": title, "date": date}
    for name, time in (("Time", _time(start)), ("End Time", _time(end))):
        if time and not _says(date, dating.clock(time)):
            found.keep(name, time, fields)
    display = _text(slide.get("display_date") or start.get("display_date"))
    if display:
        fields["date_display"] = _twice(display)
    for name, value in _group(slide.get("others")).items():
        if name.lower() == "group" and isinstance(value, str):
            fields["group"] = _twice(value)
        elif value not in (None, "", [], {}):
            found.keep(name, value, fields)
    found.left_out(where, _text(text.get("text")))
    id = _text(slide.get("unique_id"))
    found.events.append(Event(where, fields, from_html(_text(text.get("text"))), id if urls.SLUG.fullmatch(id) else ""))


def _twice(text: str) -> str:
    """The words of a date or a group, in which TimelineJS reads references of HTML once more."""
    return html.unescape(prose.words(text))


def _date(parts: Mapping[str, Any]) -> str:
    year, month, day = (re.sub(r"[\s,]", "", _text(parts.get(part))) for part in ("year", "month", "day"))
    if not year:
        raise dating.UnreadError("there is no year", "write at least the year")
    return dating.from_parts(year, month, day, dating.clock(_time(parts)) if day else "")


def _time(parts: Mapping[str, Any]) -> str:
    """The time of day as it is given: one text in a sheet, parts in JSON."""
    hour, minute, second = (_text(parts.get(part)) for part in ("hour", "minute", "second"))
    in_parts = ":".join([hour, (minute or "0").zfill(2), *([second.zfill(2)] if second else [])]) if hour else ""
    return _text(parts.get("time")) or in_parts


def _says(date: str, clock: str) -> bool:
    """Whether a date has the time, or leaves it out since no time is meant by it."""
    return clock == dating.MIDNIGHT or (clock != "" and f"T{clock}" in date)


def _text(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _group(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _no_event(where: Location, kind: str, headline: str) -> Diagnostic:
    if kind == "title":
        message = "the title slide is no event, and is left out"
        return remark(where, "import-no-event", message, "write its words into site.yaml: `title`, `description`")
    message = f"the era `{headline[:60]}` is no event, and is left out"
    return remark(where, "import-no-event", message, "make a phase of it: a file in content/phases/")
