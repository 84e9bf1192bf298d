"""`feed.json` (JSON Feed 1.1): the same new and changed entries as in the Atom feed, under the same ids."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from site_builder import atom, urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.changes import LastChange, changes, titled, told
from site_builder.edition import Edition
from site_builder.exports import JSON_FEED

LONGEST = 50


def artifacts(edition: Edition) -> Iterator[Artifact]:
    if JSON_FEED.fits(edition.timeline):
        text = Text(lambda: json.dumps(_feed(edition), ensure_ascii=False, indent=1) + "\n", shows=())
        yield Artifact(JSON_FEED.path, text, listed=False)


def _feed(edition: Edition) -> dict[str, Any]:
    site = edition.timeline.site
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        "home_page_url": urls.absolute(site.base_url, urls.HOME),
        "feed_url": urls.absolute(site.base_url, JSON_FEED.path),
        "description": site.description,
        "language": site.language,
        "authors": [{"name": author.name} for author in site.authors],
        "items": [_item(edition, change) for change in changes(edition.timeline, LONGEST)],
    }
    return {name: value for name, value in found.items() if value or name == "items"}


def _item(edition: Edition, change: LastChange) -> dict[str, Any]:
    site = edition.timeline.site
    return {
        "id": atom.tag(site, change.path),
        "url": urls.absolute(site.base_url, change.path),
        "title": titled(edition.words, change),
        "content_text": told(edition.words, change) or change.title,
        "tags": [change.kind],
        "date_published": f"{change.published}T00:00:00Z",
        "date_modified": f"{change.date}T00:00:00Z",
    }


OUTPUT = Output(artifacts, alternate=(JSON_FEED.media, "feed.json_title", JSON_FEED.path))
