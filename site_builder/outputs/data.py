"""`data/entries.json`: the whole timeline for other programs, with every body as HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator

from site_builder.artifacts import Artifact, Output, Text
from site_builder.edition import Edition
from site_builder.entry_data import ENTRY, HEAD, Told
from site_builder.exports import ENTRIES

_WRITER = json.JSONEncoder(ensure_ascii=False)


def artifacts(edition: Edition) -> Iterator[Artifact]:
    yield Artifact(ENTRIES.path, Text(lambda: _entries(edition)), listed=False)


def _entries(edition: Edition) -> str:
    """One entry a line: easy to compare, and many times faster to write than indented."""
    timeline = edition.timeline
    entries = (edition.once(_line, edition.of(entry)) for entry in timeline.entries)
    start = _WRITER.encode(HEAD.of(timeline)).removesuffix("}")
    return start + ', "entries": [\n' + ",\n".join(entries) + "\n]}\n"


def _line(edition: Edition) -> str:
    told = Told(edition.timeline, edition.words, edition.entry)
    return _WRITER.encode({**ENTRY.of(told), **told.entry.extra})


OUTPUT = Output(artifacts)
