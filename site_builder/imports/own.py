"""Our own `data/entries.json`, brought back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from site_builder.diagnostics import Location
from site_builder.documents import Document
from site_builder.imports import prose
from site_builder.imports.events import Event, Found
from site_builder.imports.hypertext import from_html
from site_builder.imports.naming import OWN, PLURALS
from site_builder.imports.tags import linked
from site_builder.imports.translating import unfit
from site_builder.jsontext import read_json
from site_builder.part_tables import CITED

# A date in EDTF in the words of the site, so that only other words are written into an entry.
Worded = Callable[[str], str]

# What the builder finds out by itself.
_DERIVED = frozenset({"id", "url", "grade", "voices", "body_html"})
_RENAMED = {"citations": "source", "actors": "actor", "locations": "location", "lowered_to": "grade"}
_USUAL = {"status": "published", "significance": "3", "date_basis": "event"}
_NOTE = re.compile(r"<sup>\[((?:<a href=\"\.\./sources/[^\"]*\">[^<]*</a>[^<\]]*)+)\]</sup>")
_CITE = re.compile(r"<a href=\"\.\./sources/([^\"]*)\.html\">[^<]*</a>(?:, ([^<;\]]*))?")
_RECORD = re.compile(r"(?:\.\./)?(?:(entries|phases|actors|places|sources|tags|years)/)?([a-z0-9-]+)\.html(#[^\s]*)?")
_KINDS = {"entries": "entry", "phases": "phase", "actors": "actor", "places": "place", "sources": "source"}
_KINDS |= {"tags": "tag", "years": "year", "": "page"}


def is_timeline(document: Document) -> bool:
    return isinstance(document.fields.get("entries"), list) and "schema" in document.fields


def read_timeline(path: str, text: str, worded: Worded, found: Found) -> None:
    """`entries.json`."""
    document, findings = read_json(path, text)
    found.findings += findings
    entries = document.fields.get("entries") if document else None
    if document is None or not isinstance(entries, list):
        if not findings:
            found.refuse(Location(path, 1, 1), "there is no list `entries`", "name another `--format`")
        return
    for n, entry in enumerate(entries):
        where = document.at(("entries", n))
        if not isinstance(entry, dict) or not isinstance(entry.get("date"), dict):
            found.refuse(where, "this is no entry with a date", "give the file as the site made it")
        elif fault := unfit(entry):
            found.refuse(where, *fault)
        else:
            found.events.append(event(where, entry, worded, found))


def event(where: Location, entry: Mapping[str, Any], worded: Worded, found: Found) -> Event:
    """The record of an entry (see `entry_data`) as an event: the same fields, by the names that their author gives."""
    date, html = entry["date"], str(entry.get("body_html") or "")
    fields: dict[str, Any] = {"date": date.get("edtf")}
    fields |= {f"date_{name}": date[name] for name in ("basis", "note") if date.get(name)}
    if date.get("display") != worded(str(date.get("edtf"))):
        fields["date_display"] = date.get("display")
    left_out = _DERIVED | {"date"} | ({"sources"} if "citations" in entry else set())
    for name, value in entry.items():
        if name not in left_out and value not in (None, "", [], {}):
            _take(name, value, fields, found)
    if fields.get("summary") == _lead(html):
        del fields["summary"]
    for usual, value in _USUAL.items():
        if str(fields.get(usual)) == value:
            del fields[usual]
    return Event(where, fields, from_html(_cited(html), _linked), str(entry.get("id", "")))


def _take(name: str, value: Any, fields: dict[str, Any], found: Found) -> None:
    home = _RENAMED.get(name, PLURALS.get(name, name))
    if home not in OWN:
        found.keep(name, value, fields)
    elif home in CITED:
        fields[home] = [_citing(item) for item in value] if isinstance(value, list) else value
    else:
        fields[home] = value


def _citing(item: Any) -> Any:
    """A claim, a figure or a change of control with its sources as authors write them: `key, p. 12`."""
    if not isinstance(item, dict) or not isinstance(item.get("cites"), list):
        return item
    parts = (list(cite.values()) if isinstance(cite, dict) else [cite] for cite in item["cites"])
    return {**item, "cites": [", ".join(str(part) for part in cite if part) for cite in parts]}


def _lead(html: str) -> str:
    first = re.search(r"<p>(.*?)</p>", html, re.DOTALL)
    return prose.words(re.sub(rf"\s*{_NOTE.pattern}", "", first[1])) if first else ""


def _cited(text: str) -> str:
    """Notes as links that Markdown leaves whole until they are citations again (see `_linked`)."""
    return _NOTE.sub(lambda note: f'<a href="cite:{_cites(note[1])}">cited</a>', text)


def _cites(note: str) -> str:
    found = (f"@{key}, {locator}" if locator else f"@{key}" for key, locator in _CITE.findall(note))
    return "; ".join(found).replace('"', "&quot;")


def _linked(address: str, words: str) -> str:
    if address.startswith("cite:"):
        return f"[{address.removeprefix('cite:')}]"
    if address.startswith("../glossary.html#"):
        return f"[{words}](term:{address.rpartition('#')[2]})"
    if record := _RECORD.fullmatch(address):
        return f"[{words}]({_KINDS[record[1] or '']}:{record[2]}{record[3] or ''})"
    if address.startswith("../media/"):
        return f"[{words}](<{unquote(address.removeprefix('../'))}>)"
    return linked(address, words)
