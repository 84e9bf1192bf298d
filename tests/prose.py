"""The words of the first site: every text of `content/` that its editors wrote, with the file it stands in."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from site_builder import disk, urls
from site_builder.files import CONTENT, Options
from site_builder.loading import load
from site_builder.memo import Memo
from site_builder.model import Source
from site_builder.reading import Record, read_file, read_site, unread
from site_builder.sentences import mask
from site_builder.texts import SLOT_CLOSE as FILL
from site_builder.texts import SLOT_OPEN as CITED
from site_builder.timeline import Timeline
from site_builder.typography import Typography
from tests.driver import PROJECT

# Fields that hold words for readers; ids, dates, addresses and the titles of sources, which are quoted, are none.
FIELDS = {
    *("title", "subtitle", "label", "summary", "description", "content_note", "contact", "date_note", "date_display"),
    *("statement", "group", "note", "measures", "definition", "term", "precursor", "status", "unit", "area"),
    *("grade_reason", "caption", "alt", "name", "by", "holder", "estimator"),
}
OF_SOURCES = {"note"}
NAMES = {"aliases", "scripts", "origins", "licence", "authors"}  # names as others write them


class Text(NamedTuple):
    """`kind`: the model and field, as in "Entry.title"."""

    path: str
    kind: str
    words: str


@functools.cache
def timeline() -> Timeline:
    found, findings = load(_snapshot(), Options(), Memo())
    assert found, [finding.message for finding in findings]
    return found


@functools.cache
def records() -> tuple[Record[Any], ...]:
    """Every record of the site, drafts too."""
    inputs, memo = _snapshot(), Memo()
    paths = [path for path in inputs.under(CONTENT) if path.endswith((".md", ".yaml")) and not unread(path)]
    read = (read_file(path, inputs.files[path], Typography(), memo) for path in paths if path != "content/site.yaml")
    return tuple(record for file in read for record in file.records)


@functools.cache
def texts() -> tuple[Text, ...]:
    """Every text of the editors; of a body what is left without citations, addresses and marks of Markdown."""
    site, _, _ = read_site(_snapshot().files["content/site.yaml"])
    assert site
    found = [*_fields("content/site.yaml", site)]
    found += [Text("content/site.yaml", "Site.tags", label) for label in site.tags.values()]
    for record in records():
        path = record.document.path
        found += _fields(path, record.value)
        if record.document.body:
            found.append(Text(path, f"{type(record.value).__name__}.body", plain(record.document.body)))
    return tuple(found)


def plain(body: str) -> str:
    """A body as it is read aloud: without citations, addresses of links and the marks of lists and headings."""
    kept = re.sub(rf"\s*{CITED}+", "", mask(body))
    kept = re.sub(rf"\[([^\[\]]*)\]{FILL}+", r"\1", kept)
    return "\n".join(" ".join(line.strip(" #|>").split()) for line in kept.split("\n"))


@functools.cache
def _snapshot() -> Any:
    return disk.snapshot(PROJECT / "content", PROJECT / "templates")


def _fields(path: str, value: Any, model: str = "") -> Iterator[Text]:
    if isinstance(value, tuple):
        for item in value:
            yield from _fields(path, item, model)
    elif dataclasses.is_dataclass(value):
        model = model or type(value).__name__
        wanted = OF_SOURCES if isinstance(value, Source) else FIELDS
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name) or ()
            if isinstance(inner, str) and field.name in wanted and not urls.SLUG.fullmatch(inner):
                yield Text(path, f"{model}.{field.name}", inner)
            elif field.name not in NAMES:
                yield from _fields(path, inner, type(inner).__name__ if dataclasses.is_dataclass(inner) else "")
