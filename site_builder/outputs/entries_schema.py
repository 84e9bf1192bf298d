"""`data/entries.schema.json`: what `data/entries.json` holds, as JSON Schema (draft 2020-12)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from site_builder import urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.edition import Edition
from site_builder.entry_data import ENTRIES
from site_builder.exports import SCHEMA


def artifacts(edition: Edition) -> Iterator[Artifact]:
    base = edition.timeline.site.base_url
    where = {"$id": urls.absolute(base, SCHEMA.path)} if base else {}
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **where, **ENTRIES}
    yield Artifact(SCHEMA.path, Text(lambda: json.dumps(document, indent=1) + "\n", shows=()), listed=False)


OUTPUT = Output(artifacts)
