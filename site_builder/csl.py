"""CSL-JSON (https://docs.citationstyles.org/, schema 1.0), as Zotero exports it, to the fields of our sources.

What our sources have no field for goes into `extra`, under its name in CSL, and comes out again in the exports. Our own
fields are read where our export writes them, under `custom`, and in lines such as `perspective: court` of the note,
which reference managers let their users write (Zotero: "Extra").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from site_builder import latex, urls
from site_builder.dates import understand
from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.documents import Contents, Document
from site_builder.jsontext import read_json
from site_builder.yamltext import Path

NAMES = frozenset({
    *("author", "chair", "collection-editor", "compiler", "composer", "container-author", "contributor", "curator"),
    *("director", "editor", "editor-translator", "editorial-director", "executive-producer", "guest", "host"),
    *("illustrator", "interviewer", "narrator", "organizer", "original-author", "performer", "producer", "recipient"),
    *("reviewed-author", "script-writer", "series-creator", "translator"),
})  # fmt: skip
DATES = frozenset({"accessed", "available-date", "event-date", "issued", "original-date", "submitted"})
VARIABLES = (
    NAMES
    | DATES
    | {
        *("abstract", "annote", "archive", "archive-place", "archive_collection", "archive_location", "authority"),
        *("call-number", "categories", "chapter-number", "citation-key", "citation-label", "citation-number"),
        "collection-number",
        *("collection-title", "container-title", "container-title-short", "dimensions", "division", "DOI", "edition"),
        *("event", "event-place", "event-title", "first-reference-note-number", "genre", "ISBN", "ISSN", "issue"),
        *("journalAbbreviation", "jurisdiction", "keyword", "language", "locator", "medium", "note", "number"),
        *("number-of-pages", "number-of-volumes", "original-publisher", "original-publisher-place", "original-title"),
        *("page", "page-first", "part", "part-title", "PMCID", "PMID", "printing", "publisher", "publisher-place"),
        *("references", "reviewed-genre", "reviewed-title", "scale", "section", "shortTitle", "source", "status"),
        *("supplement", "title", "title-short", "type", "URL", "version", "volume", "volume-title"),
        *("volume-title-short", "year-suffix"),
    }
)
# What the model has, by its name in CSL.
_TEXTS = {
    **{name: name for name in ("type", "title", "container-title", "publisher", "language", "note")},
    "URL": "url",
}
# Fields of reference managers that are for those who work with them alone: paths on their disk, notes, tags, marks.
_PRIVATE = re.compile(
    r"annot(?:e|ation)|comment(?:-.*)?|creationdate|date-(?:added|modified)|file|groups|keywords?|local-?(?:file|url)"
    r"|modificationdate|owner|pdf|posted-at|printed|priority|ps|qualityassured|ranking|rating|read|readstatus|relevance"
    r"|review|sentelink|timestamp|username|(?:bdsk|citeulike|jabref|mendeley)-.*|__.*"
)
OURS = ("kind", "perspective", "origin", "archived", "seen", "no_link")
_IN_NOTE = re.compile(rf"({'|'.join(OURS)}) *: *(\S.*)")
# What citeproc reads as mark-up in every text (https://www.zotero.org/support/kb/rich_text_bibliography).
_RICH = re.compile(r"<(?:/?(?:i|b|sc|sup|sub)|span(?: (?:class|style)=\"[^\"<>]{0,100}\")?|/span)>")
_RAISED = re.compile("<sup>([0-9+−-]+)</sup>")
_EMPTY: tuple[Any, ...] = (None, "", [], {})
_PLAIN_NAME = {"family", "given", "literal"}

Fields = dict[str, Any]


def read_csl(path: str, text: str) -> tuple[Document | None, list[Diagnostic]]:
    """The sources of a CSL-JSON file: a document whose list "" has the fields of each, or None for what is none."""
    document, findings = read_json(path, text)
    if document is None:
        return None, findings
    items = document.fields.get("")
    if not isinstance(items, list):
        message = "this file must be a list of sources (CSL-JSON), and none begins here"
        hint = "export from your reference manager in the format CSL JSON"
        return None, [*findings, error(Location(path, 1, 1), "registry-shape", message, hint)]
    places = dict(document.values)
    inside: dict[int, list[Path]] = {}  # the paths that begin with an item's `custom`
    for path_ in document.values:
        if path_[1:2] == ("custom",):
            inside.setdefault(int(path_[0]), []).append(path_)
    sources: list[Fields | None] = []
    for n, item in enumerate(items):
        if isinstance(item, dict):
            for below in inside.get(n, ()):
                places[(n, *below[2:])] = places[below]
            sources.append(_source(item, (n,), places))
        else:
            hint = 'write {"id": …, "type": …, "title": …}'
            findings.append(error(document.at((n,)), "registry-shape", "this item of the list is no source", hint))
            sources.append(None)
    return Document(path, given=Contents({"": sources}, document.keys, places)), findings


def _source(item: Mapping[str, Any], at: Path, places: dict[Path, Location]) -> Fields:
    """The fields of one item as the model has them; `places` learns where each of them stands."""
    kept = (item for item in _filled(item).items() if item[1] not in _EMPTY and not is_private(item[0]))
    given = {name: plain(value) for name, value in kept}
    custom = given.pop("custom", {})
    fields: Fields = {ours: _text(given.pop(name)) for name, ours in _TEXTS.items() if name in given}
    extra: Fields = {}
    for name in ("issued", "accessed"):
        if name in given and not _is_blank(value := given.pop(name)):
            if name == "issued" and (state := forthcoming(_said(value))):
                extra["status"] = state
            else:
                fields[name] = edtf(value)
    if "author" in given:
        fields["author"], whole = _people(given["author"])
        extra |= {} if whole else {"author": given["author"]}
        del given["author"]
    fields |= _id(given, extra)
    fields |= _from_note(fields, at, places)
    extra |= given
    if isinstance(custom, dict):
        _take_custom(custom, fields, extra)
    else:
        extra["custom-text"] = custom
    if "URL" in item:
        places[(*at, "url")] = places[(*at, "URL")]
    return fields | {"extra": extra}


def _filled(value: Any) -> Any:
    """Without nulls: Crossref and others write them for what nobody knows, also deep inside."""
    if isinstance(value, dict):
        return {name: _filled(item) for name, item in value.items() if item is not None}
    return [_filled(item) for item in value if item is not None] if isinstance(value, list) else value


def _text(value: Any) -> Any:
    """A number, which CSL allows in place of most texts, as the text that the model takes."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def is_private(name: object) -> bool:
    return isinstance(name, str) and _PRIVATE.fullmatch(name.lower()) is not None


def plain(value: Any) -> Any:
    """A text without its mark-up, if each of its tags has an end; other values as they are."""
    if not isinstance(value, str) or "</" not in value:
        return value
    tags = _RICH.findall(value)
    if 2 * sum(tag.startswith("</") for tag in tags) != len(tags):  # `<b>` itself may be meant
        return value
    return _RICH.sub("", _RAISED.sub(lambda figure: figure[1].translate(latex.RAISED), value))


def _id(given: Fields, extra: Fields) -> Fields:
    """The citekey: what the reference manager cites the item by, as an id; what it was before stays in `extra`."""
    typed = given.pop("id", None)
    wanted = given.get("citation-key", typed)
    if wanted is None:
        return {}
    key = citekey(str(wanted))
    if str(typed) not in (key, "None") and "zotero.org/users/" not in str(typed):  # which names a person
        extra["id"] = typed
    return {"id": key}


def citekey(typed: str) -> str:
    """A key as an id of ours: `Müller_2014` is `muller-2014`; of an address (Zotero's own ids) the last part."""
    last = typed.rstrip("/").rpartition("/")[2] if "://" in typed else typed
    return urls.slug(last) or typed


def _people(names: Any) -> tuple[Any, bool]:
    """Authors as the model has them, and whether nothing of them is lost."""
    if not isinstance(names, list):
        return names, True
    whole = all(isinstance(name, dict) and name.keys() <= _PLAIN_NAME and name.keys() != {"given"} for name in names)
    return [_person(name) for name in names], whole


def _person(name: Any) -> Any:
    if not isinstance(name, dict):
        return name
    if (whole := name.get("literal") or name.get("name")) not in _EMPTY:  # `name` of organisations is Crossref's
        return {"literal": whole}
    parts = (name.get(part) for part in ("dropping-particle", "non-dropping-particle", "family", "suffix"))
    family = " ".join(str(part) for part in parts if part not in _EMPTY)
    return {part: text for part, text in (("family", family), ("given", name.get("given"))) if text not in _EMPTY}


def _from_note(fields: Fields, at: Path, places: dict[Path, Location]) -> Fields:
    """Our own fields out of the lines of a note, which keeps the others."""
    note = fields.get("note")
    if not isinstance(note, str):
        return {}
    found: Fields = {}
    kept: list[str] = []
    for line in note.split("\n"):
        match = _IN_NOTE.fullmatch(line.strip())
        if not match:
            kept.append(line)
        elif match[1] == "archived":
            found.setdefault("archived", []).append(_copy(match[2]))
        else:
            found[match[1]] = match[2]
    for name in found:
        places[(*at, name)] = places[(*at, "note")]
    fields["note"] = "\n".join(kept).strip() or None
    return found


def _copy(text: str) -> Fields:
    """An archived copy: `https://…`, or `2014-06-12 https://…`."""
    date, _, url = text.rpartition(" ")
    return {"url": url, "date": date.strip()} if date else {"url": url}


def _take_custom(custom: Fields, fields: Fields, extra: Fields) -> None:
    """What stands under `custom`: our fields, exact dates, and others' (kept)."""
    for name, value in custom.items():
        if name in (*OURS, "issued", "accessed"):
            fields[name] = value
        elif name in extra:
            extra[f"custom-{name}"] = value
        elif value not in _EMPTY and not is_private(name):
            extra[name] = value


# -- Dates

_FORTHCOMING = re.compile(
    r"in (?:press|prep(?:aration)?|review|progress)|forthcoming|to appear|to be published|accepted(?: for publication)?"
    r"|submitted|under review|(?:e-?pub |online |published )?ahead of print|im (?:druck|erscheinen)|(?:à|a) paraître"
    r"|sous presse|en prensa",
    re.IGNORECASE,
)


def _is_blank(value: Any) -> bool:
    """Whether it is no date: without parts, as processors and Crossref write one that nobody knows, or “n.d.”."""
    if not isinstance(value, dict):
        return undated(str(value))
    parts, words = value.get("date-parts"), _said(value)
    return parts in (None, [], [[]]) and (not words or undated(words))


def _said(value: Any) -> str:
    """The words of a date."""
    return str(value.get("literal") or value.get("raw") or "") if isinstance(value, dict) else str(value)


def forthcoming(text: str) -> str:
    """What stands in the place of a date where a text has not appeared yet (CSL's `status`); "" for all else."""
    return text.strip() if _FORTHCOMING.fullmatch(text.strip(" .")) else ""


def undated(text: str) -> bool:
    """Whether a text says that there is no date, as libraries and their programs do."""
    return re.fullmatch(r"\[?(?:n\. ?d\.?|nd|s\. ?[da]\.?|no date|undated)\]?", text.strip(), re.IGNORECASE) is not None


def edtf(value: Any) -> str:
    """A date of CSL in EDTF; as it was typed where it is none, so that the model refuses it with the reason."""
    if not isinstance(value, dict):
        return understand(str(value)) or str(value)
    parts = value.get("date-parts")
    if not isinstance(parts, list) or parts in ([], [[]]):
        text = _said(value)
        return understand(text) or text or "no date"
    season = value.get("season")
    ends = [_point(part, season) for part in parts]
    mark = "~" if value.get("circa") not in (None, False, "", 0, "false", "0") else ""
    return "/".join(end if end == ".." else end + mark for end in ends)


def _point(parts: Any, season: Any) -> str:
    """Year, month and day, of which some write 0 for one not known. CSL has no year 0: before 1 is -1, in EDTF 0000."""
    if not isinstance(parts, list):
        return str(parts)
    year, *rest = [str(part).strip() for part in parts] or [""]
    while rest and rest[-1] in ("", "0", "00"):
        rest.pop()
    if year == "0" and not rest:
        return ".."  # how processors write the end of what goes on
    if re.fullmatch(r"-?[0-9]{1,12}", year):
        number = int(year)
        year = _year(number + 1 if number < 0 else number)
    if season and not rest:
        return f"{year}-2{season}" if str(season) in "1234" else understand(f"{season} {year}") or f"{season} {year}"
    return "-".join([year, *(part.zfill(2) for part in rest)])


def _year(year: int) -> str:
    if abs(year) > 9999:
        return f"Y{year}"
    return f"-{-year:04}" if year < 0 else f"{year:04}"
