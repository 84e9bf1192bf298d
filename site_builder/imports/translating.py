"""A row or a file of fields, under the names of another tool, as an event in our own terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder import urls
from site_builder.diagnostics import Location
from site_builder.imports import dating, prose
from site_builder.imports.events import MAX_TEXT, Event, Found
from site_builder.imports.naming import BODY, DRAFT, END, ID, LAT, LON, Naming, listed
from site_builder.texts import hidden

_LISTS = frozenset({"actor", "location", "source", "tags", "aliases"})
_URL = ("url", "href", "link", "URL")
_ADDRESS = re.compile(r"https?://[^\s()<>\[\]]+")
_LABEL = ("title", "name", "label", "text", "linkText", "link_text")


@dataclass(frozen=True, slots=True)
class Translator:
    """`flat`: values are cells of a table, where a list is one text with `;`, `|` or line ends."""

    found: Found
    naming: Naming
    order: str = ""
    flat: bool = False

    def event(self, where: Location, given: Mapping[str, Any], body: str | None = None) -> None:
        """Take a row as an event, or say why not. `body`: its text, where that is no field."""
        if fault := unfit(given):
            self.found.refuse(where, *fault)
            return
        fields: dict[str, Any] = {}
        homes: dict[str, list[tuple[str, Any]]] = {}
        for name, value in given.items():
            if value not in (None, "", [], {}):
                homes.setdefault(self.naming.home(name), []).append((name, value))
        unknown = homes.pop("", [])
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", _said(homes.get("published", []))):
            unknown += homes.pop("published", [])  # in other tools it says whether, and not when
        for name, value in unknown:
            self.found.keep(name, value, fields)
        try:
            text, id = self._apart(homes, fields, body)
            self.found.left_out(where, body or "".join(value for value in given.values() if isinstance(value, str)))
            for home, values in homes.items():
                self._into(home, values, fields)
            self.found.events.append(Event(where, fields, text, id))
        except dating.UnreadError as wrong:
            self.found.refuse(where, f"date: {wrong.message}", wrong.hint)
        except _RefusedError as wrong:
            self.found.refuse(where, str(wrong), wrong.hint)

    # -- What is made of several fields

    def _apart(
        self, homes: dict[str, list[tuple[str, Any]]], fields: dict[str, Any], body: str | None
    ) -> tuple[str, str]:
        """Take out what is no field of an entry by itself: date and end, text, place on the map, id."""
        if "date" not in homes:
            raise _RefusedError("there is no date", "fill in the date, or name its field: `--map date=…`")
        fields["date"] = self._date(homes.pop("date"), homes.pop(END, []), fields)
        if "title" not in homes:
            raise _RefusedError("there is no title", "fill in the title, or name its field: `--map title=…`")
        text = self._body(homes, fields, body)
        if _said(homes.pop(DRAFT, [])) == "true":
            fields["status"] = "draft"
        self._point(homes, fields)
        return text, self._id(homes.pop(ID, []), fields)

    def _body(self, homes: dict[str, list[tuple[str, Any]]], fields: dict[str, Any], body: str | None) -> str:
        """The text of the event; what its file says before its text is the summary."""
        texts = homes.pop(BODY, [])
        said = [(name, value) for name, value in texts if isinstance(value, str)]
        if body is not None and said and "summary" not in homes:
            homes["summary"] = [said.pop(0)]
        for name, value in texts:
            if not isinstance(value, str) or (body is not None and (name, value) in said):
                self.found.keep(name, value, fields)
        return prose.tidied(body) if body is not None else "\n\n".join(prose.from_any(value) for _, value in said)

    def _date(self, starts: list[tuple[str, Any]], ends: list[tuple[str, Any]], fields: dict[str, Any]) -> str:
        for name, value in [*starts[1:], *ends[1:]]:
            self.found.keep(name, value, fields)
        start, *end = (self._edtf(values[0][1]) for values in (starts, ends) if values)
        return dating.between(start, end[0]) if end else start

    def _edtf(self, value: Any) -> str:
        if not isinstance(value, str):
            raise dating.UnreadError("this is a list or a group of fields, where a date must stand", "write one date")
        return dating.edtf(value, self.order)

    def _point(self, homes: dict[str, list[tuple[str, Any]]], fields: dict[str, Any]) -> None:
        """Latitude and longitude belong to the one place that the event has."""
        lat, lon = (_said(homes.get(part, [])).replace(",", ".", 1) for part in (LAT, LON))  # a decimal comma
        names = homes.get("location", [])
        if lat and lon and len(names) == 1 and isinstance(names[0][1], str) and _number(lat, 90) and _number(lon, 180):
            homes["location"] = [(names[0][0], [{"name": names[0][1].strip(), "lat": lat, "lon": lon}])]
            homes.pop(LAT), homes.pop(LON)
        for part in (LAT, LON):
            for name, value in homes.pop(part, []):
                self.found.keep(name, value, fields)

    def _id(self, values: list[tuple[str, Any]], fields: dict[str, Any]) -> str:
        """The id that it had, where it says something and can be one; else it is kept beside."""
        for name, value in values:
            if isinstance(value, str) and urls.SLUG.fullmatch(value) and len(value) <= 100 and not value.isdigit():
                return value
            self.found.keep(name, value, fields)
        return ""

    # -- One field

    def _into(self, home: str, values: list[tuple[str, Any]], fields: dict[str, Any]) -> None:
        if home == "title" and isinstance(values[0][1], str):
            fields[home] = " ".join(values[0][1].split())
        elif home in _LISTS:
            items = [item for name, value in values for item in self._items(home, name, value, fields)]
            fields[home] = [item for n, item in enumerate(items) if item not in items[:n]]
        else:
            value = values[0][1]
            fields[home] = " ".join(value.split()) if self.flat and isinstance(value, str) else value
        for name, value in values[1:] if home not in _LISTS else ():
            if value != values[0][1]:
                self.found.keep(name, value, fields)

    def _items(self, home: str, name: str, value: Any, fields: dict[str, Any]) -> Iterator[Any]:
        parts = self._split(home, value) if isinstance(value, str) else listed(value)
        for part in parts:
            if home == "source":
                yield self._source(name, value, part, fields)
            elif home == "tags":
                yield from self._tag(name, part, fields)
            elif part is not None:
                yield part

    def _split(self, home: str, text: str) -> list[str]:
        """The values in one text; spaces part addresses, and commas part tags."""
        if home == "source" and all(urls.outside(word.rstrip(",;")) for word in text.split()):
            return [word.rstrip(",;") for word in text.split()]
        if not self.flat and home != "source":
            return [text.strip()]
        signs = r"[;|\n,]" if home == "tags" else r"[;|\n]"
        parts = (re.sub(r"^[-*•–] +", "", part.strip()) for part in re.split(signs, text))
        return [part for part in parts if part]

    def _source(self, name: str, whole: Any, part: Any, fields: dict[str, Any]) -> Any:
        """An address, a key, the words for a source, or a group of fields with an address and its title."""
        if isinstance(part, dict):
            address = next((part[key] for key in _URL if isinstance(part.get(key), str)), "")
            title = next((part[key] for key in _LABEL if isinstance(part.get(key), str)), "")
            own = {
                key: part[key]
                for key in ("source", "publisher", "issued", "perspective", "locator", "supports", "accessed")
                if key in part
            }
            if set(part) - {*_URL, *_LABEL, *own} or not (address or title or own):
                self.found.keep(name, whole, fields)
            return (
                _cited(address, title) | own
                if not (address and not title and not own and urls.outside(address))
                else address
            )
        text = str(part)
        return text if urls.outside(text) or urls.SLUG.fullmatch(text) else _worded(text)

    def _tag(self, name: str, part: Any, fields: dict[str, Any]) -> Iterator[str]:
        tag = urls.slug(part) if isinstance(part, str) else ""
        if tag and tag not in urls.RESERVED and len(tag) <= 100:
            yield tag
        else:
            self.found.add(name, part, fields)


class _RefusedError(ValueError):
    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def _cited(address: str, title: str) -> dict[str, str]:
    """What is no address that readers can be sent to is told, and not linked."""
    if urls.outside(address):
        return {"url": address, **({"title": title} if title else {})}
    return {"title": " ".join(filter(None, (title, address)))}


def _worded(text: str) -> dict[str, str]:
    """A source in words; of one that has one address among them, its title or where in it stands beside that."""
    found = _ADDRESS.findall(text)
    url = urls.outside(found[0].rstrip(",.;:")) if len(found) == 1 else ""
    if not url:
        return _cited("", text)
    before, _, after = (part.strip(" :,;.()[]<>-–—") for part in text.partition(found[0]))
    return {"url": url} | ({"title": " ".join(filter(None, (before, after)))} if before else {"locator": after})


def _said(values: list[tuple[str, Any]]) -> str:
    return values[0][1].strip() if values and isinstance(values[0][1], str) else ""


def _number(text: str, limit: int) -> bool:
    return re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{1,12})?", text) is not None and abs(float(text)) <= limit


def unfit(value: Any, name: str = "") -> tuple[str, str] | None:
    """Why a row cannot be taken whatever it says: a text that is too long, or that holds what nobody can see."""
    if isinstance(value, dict):
        return next((fault for key, item in value.items() if (fault := unfit(item, name or str(key)))), None)
    if isinstance(value, list):
        return next((fault for item in value if (fault := unfit(item, name))), None)
    if not isinstance(value, str):
        return None
    if len(value) > MAX_TEXT:
        return (
            f"`{name[:60]}` has {len(value):,} characters, and no text here may have more than {MAX_TEXT:,}",
            "shorten it",
        )
    unseen = hidden(value.replace("\r\n", "\n").replace("\r", "\n"))
    if unseen:
        return f"`{name[:60]}` has the character U+{ord(unseen[0]):04X}, which nobody can see", "delete it"
    return None
