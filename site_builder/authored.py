"""Dead links told where an author can mend them: in the file and line of the text, not in the pages that show it."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from site_builder import addresses, bodies, urls
from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.files import CONTENT, Inputs, Options
from site_builder.linking import shown_statuses
from site_builder.memo import Memo
from site_builder.reading import MARKDOWN, Record, read_file
from site_builder.texts import encoded
from site_builder.typography import Typography

_TARGET = re.compile(r"\]\(\s*<?([^\s()<>]+)")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/")
_KINDS = {"entries": "entry", "pages": "page", "phases": "phase"}

Place = tuple[Record[Any], bodies.Link]


def where_written(found: Iterable[Diagnostic], inputs: Inputs, options: Options) -> Iterator[Diagnostic]:
    """The findings, each dead link (its `about`) once at each text that has it; one that a template makes stays."""
    # What the page of a text says comes first, and the book after it.
    findings = sorted(found, key=lambda finding: finding.location.path == urls.BOOK)
    dead = {finding.about for finding in findings if finding.code.startswith("dead-")}
    places: Mapping[str, Sequence[Place]] = _places(dead, inputs, options) if dead else {}
    told: dict[Location, Diagnostic] = {}
    for finding in findings:
        known = places.get(finding.about) or places.get(_own(finding), ())
        for place in known:
            one = _told(finding, *place, inputs)
            told.setdefault(one.location, one)
        if not known:
            yield finding
    yield from told.values()


def _own(finding: Diagnostic) -> str:
    """The link as a text may have it that leads to a place in itself: it stands on its page and in the book."""
    path, hash_, fragment = finding.about.partition("#")
    if path == urls.BOOK:
        fragment = fragment.rpartition("_")[2]  # behind the id of the text
    return hash_ + fragment if path == finding.location.path else ""


def _places(dead: Collection[str], inputs: Inputs, options: Options) -> Mapping[str, list[Place]]:
    """Where each dead link is written, in texts that readers see."""
    places: defaultdict[str, list[Place]] = defaultdict(list)
    ends = {f"#{re.split('[#_]', link)[-1]}" for link in dead if "#" in link}
    shown = shown_statuses(drafts=options.drafts)
    for path in inputs.under(CONTENT):
        read = path.endswith(".md") and path.startswith(tuple(MARKDOWN))
        if read and any(_to(link) in dead or link in ends for link in _typed(path, inputs)):
            for record in read_file(path, inputs.files[path], Typography(), Memo()).records:
                if getattr(record.value, "status", "published") in shown:
                    for link in record.links:
                        places[_leads(link)].append((record, link))
    return places


def _typed(path: str, inputs: Inputs) -> Iterator[str]:
    """The addresses in a file, most of which are those of its links."""
    return (html.unescape(found) for found in _TARGET.findall(encoded(path, inputs.files[path])[0]))


def _to(address: str) -> str:
    link = addresses.internal(address)
    return _leads(link) if link else ""


def _leads(link: bodies.Link) -> str:
    return link.id if link.kind == "file" else urls.page(link.kind, link.id)


def _told(finding: Diagnostic, record: Record[Any], link: bodies.Link, inputs: Inputs) -> Diagnostic:
    where = record.document.in_body(link.line, link.column)
    typed = link.id if link.kind == "file" else f"{link.kind}:{link.id}"
    if finding.code == "dead-link":
        message = f"`{typed}` leads to a page or file that this site does not have"
        return error(where, "dead-link", message, _instead(typed, inputs))
    message = f"`{typed}` leads to a place in a page that has no such place"
    return error(where, "dead-anchor", message, finding.hint)


def _instead(typed: str, inputs: Inputs) -> str:
    """What to write instead of the address of a page or file that is not there."""
    _, media, name = typed.rpartition("media/")
    if media or f"{CONTENT}media/{name}" in inputs.files:
        return f"write its path from media/ on: `media/{name}`"
    if _HOST.match(typed):
        return "record it as a source and cite it: [@key]"
    id = typed.rpartition("/")[2].removesuffix(".html").lower()
    homes = {path.split("/")[1]: path for path in inputs.under(CONTENT) if path.endswith(f"/{id}.md")}
    kind = next((kind for folder, kind in _KINDS.items() if folder in homes), "")
    return (
        f"link to it by its id: `{kind}:{id}`" if kind else "link to a record, as in [text](entry:id), or take it out"
    )
