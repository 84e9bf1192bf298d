"""`new`: what an author begins with: the file of an entry, the record of an actor, a place or a source."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from site_builder import dates, urls
from site_builder.advice import TO_WRITE
from site_builder.model import Source

FILE = """\
---
title: {title}
summary:                    # two sentences for lists
date: {date}
phase: {phase}
significance: 3             # 1: the story breaks without it · 2: important · 3: the rest
actor: {actor}
location: {location}
source: {source}
tags: {tags}
published: {published}
status: draft               # delete this line to publish
---
{text}{cite}.
"""
_ROOM = 80  # characters
_EMPTY = {
    "actor": "                     # ids of actors.yaml, or names",
    "location": "                  # ids of places.yaml, or names",
    "source": "                    # keys of sources/, or addresses",
    "tags": "[]",
}


def entry_path(title: str, date: dates.Edtf) -> str:
    """Where the entry goes: `entries/1969/1969-07-20-moon-landing.md`; its name never changes with its title."""
    day = date.earliest or date.latest or (date.year, 1, 1)
    known = {"day": 3, "month": 2}.get(str(date.precision), 1)
    stamp = "-".join(f"{part:02}" for part in day[:known])
    return f"entries/{date.year}/{urls.slug(stamp)}-{_first_words(urls.id_of(title, 'entry'))}.md"


def _first_words(id: str) -> str:
    """At most eight, and no more than the id of an entry has room for beside its date."""
    words = "-".join(id.split("-")[:8])
    return words if len(words) <= _ROOM else words[: _ROOM + 1].rpartition("-")[0] or words[:_ROOM]


def entry_text(
    title: str, date: dates.Edtf, phase: str, published: str, lists: Mapping[str, Sequence[str]] | None = None
) -> str:
    """A draft. `lists`: values of `actor`, `location`, `source` and `tags`; those left out get a comment."""
    given = {name: _values((lists or {}).get(name, ())) or empty.rstrip() for name, empty in _EMPTY.items()}
    keys = [value for value in (lists or {}).get("source", ()) if urls.SLUG.fullmatch(value)]
    cite = f" [@{keys[0]}]" if keys else "" if (lists or {}).get("source") else " [@key-of-a-source]"
    text = FILE.format(
        title=quoted(title), date=date, phase=phase, published=published, text=TO_WRITE, cite=cite, **given
    )
    return re.sub(r"(?m)[ \t]+$", "", text)


def _values(values: Sequence[str]) -> str:
    shown = [value if urls.SLUG.fullmatch(value) else quoted(value) for value in values]
    return shown[0] if len(shown) == 1 else f"[{', '.join(shown)}]" if shown else ""


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# -- Records


@dataclass(frozen=True, slots=True)
class Field:
    """A line of a record; without a value its comment says what to write."""

    name: str
    value: str = ""
    comment: str = ""


def propose_id(name: str, taken: Iterable[str]) -> str:
    """An id made of a name, that no record has yet; "" where the name has no Latin letters."""
    id = urls.slug(name)[:80].strip("-")
    known = set(taken)
    return next((each for each in (id, *(f"{id}-{n}" for n in range(2, 100))) if each not in known), "") if id else ""


def record_text(head: str, fields: Iterable[Field], indent: str = "") -> str:
    """A record as YAML: its first line (`- id: x`, `key:`), then its fields, indented."""
    lines = [f"{indent}{head}"]
    for field in fields:
        value = f" {field.value}" if field.value else ""
        lines.append(f"{indent}  {field.name}:{value}{f'  # {field.comment}' if field.comment else ''}")
    return "\n".join(lines) + "\n"


def appended(text: str, record: str) -> str:
    """What to write at the end of a file: the record in the file's line ends, an empty line before it."""
    body = text.replace("\r\n", "\n")
    gap = "" if not body else "\n" if body.endswith("\n") else "\n\n"
    gap = "" if body.endswith("\n\n") else gap
    return (gap + record).replace("\n", "\r\n" if "\r\n" in text else "\n")


def indent_of(text: str) -> str:
    """How far the items of a file's list are indented."""
    found = re.search(r"(?m)^( *)- ", text)
    return found[1] if found else ""


# -- A source of which only the address is known


_DAY = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([/-])([0-9]{1,2})(?:\2([0-9]{1,2}))?(?![0-9])")
_SOLID = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-3][0-9])(?![0-9])")
_SMALL = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "this",
        "into",
        "over",
        "after",
        "before",
        "says",
        "said",
        "its",
        "has",
        "have",
        "was",
        "were",
        "are",
    ]
)


@dataclass(frozen=True, slots=True)
class Guess:
    """What an address tells without being opened."""

    title: str
    issued: str
    outlet: str
    host: str  # without its last part, for a key: "apnews"
    like: Source | None  # another source of the same outlet


def guess(url: str, sources: Iterable[Source]) -> Guess:
    """Outlet by the host of sources that are recorded, day by the path, title by its words."""
    host = _host(url)
    same = [source for source in sources if source.url and _host(source.url) == host]
    outlets = Counter(source.container_title or source.publisher for source in same)
    outlet = next((name for name, _ in outlets.most_common() if name), "")
    like = next((source for source in same if outlet in (source.container_title, source.publisher)), None)
    path = unquote(urlsplit(url).path)
    return Guess(_title(path), _issued(path), outlet, host.rpartition(".")[0], like)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")


def _issued(path: str) -> str:
    found = _DAY.search(path) or _SOLID.search(path)
    if not found:
        return ""
    parts = [part for part in found.groups() if part and part not in "/-"]
    date = "-".join(part.zfill(2) for part in parts)
    try:
        return str(dates.parse(date))
    except dates.DateError:
        return ""


def _title(path: str) -> str:
    """The words of an address, the part with most of them."""
    parts = [re.sub(r"\.[a-z]{2,5}$", "", part) for part in path.split("/")]
    best = max(parts, key=lambda part: len(re.findall("[A-Za-z]{2,}", part)))
    words = [word for word in re.split("[-_+ ]+", best) if not re.fullmatch(r"[0-9a-f]*[0-9]{3,}[0-9a-f]*|", word)]
    title = " ".join(words)
    return title[:1].upper() + title[1:] if len(words) > 1 else ""


def citekey(outlet: str, issued: str, title: str, taken: Iterable[str]) -> str:
    """Outlet, date and first words of the title: `reuters-2014-06-10-secretary-generals-concern`."""
    words = [word for word in urls.slug(title).split("-") if len(word) > 2 and word not in _SMALL]
    date = "-".join(re.findall("[0-9]+", issued)[:3]) or "nd"
    return propose_id("-".join([urls.slug(outlet), date, *words[:3]]), taken)


def source_file(key: str, files: Sequence[str]) -> str:
    """The file in `content/sources/` for a key, as the site has divided its sources."""
    stems = [path.rpartition("/")[2].removesuffix(".yaml") for path in files]
    letter = "0-9" if key[:1].isdigit() and "0-9" in stems else key[:1]
    if letter in stems or any(len(stem) == 1 for stem in stems):
        return f"content/sources/{letter}.yaml"
    return files[0] if len(files) == 1 else "content/sources/sources.yaml"
