"""The tags, and one page for each that is used."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder import parts, tallies, urls
from site_builder.artifacts import Artifact, Output, Page, later, page
from site_builder.cards import Mention
from site_builder.changes import last_change
from site_builder.edition import Edition
from site_builder.views import index_item


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    if not timeline.by_tag:
        return
    labels = {tag: timeline.site.tags.get(tag, tag) for tag in timeline.by_tag}
    ordered = sorted(labels, key=lambda tag: (labels[tag].casefold(), tag))
    items = tuple(index_item(Mention(labels[tag], urls.page("tag", tag)), "", timeline.by_tag[tag]) for tag in ordered)
    yield page(urls.TAGS, "tags.html", shows=(), items=items)
    for tag in ordered:
        entries, path = timeline.by_tag[tag], urls.page("tag", tag)
        make = partial(_made, tag=tag, label=labels[tag])
        yield later(edition, path, make, shows=(), updated=last_change(entries))
        yield from parts.of_list(edition, entries, labels[tag], path)


def _made(edition: Edition, tag: str, label: str) -> Page:
    return edition.once(_page, edition.among(edition.timeline.by_tag[tag]), tag, label)


def _page(edition: Edition, tag: str, label: str) -> Page:
    """`edition`: that of the tag's entries alone."""
    timeline = edition.timeline
    entries, path = timeline.entries, urls.page("tag", tag)
    return Page.of(
        "tag.html",
        label=label,
        count=len(entries),
        **edition.asked(
            "tag.html",
            with_actors=lambda: tallies.actors(timeline, entries),
            at_places=lambda: tallies.places(timeline, entries),
            strip=lambda: tallies.tempo(timeline, entries, path),
            years=lambda: parts.shown(edition, path),
        ),
    )


OUTPUT = Output(artifacts, nav=("nav.tags", urls.TAGS))
