"""`feed.xml`: new and changed entries, each once, as Atom."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder import atom
from site_builder.artifacts import Artifact, Output, Text
from site_builder.changes import LastChange, changes, titled, told
from site_builder.edition import Edition
from site_builder.exports import ATOM
from site_builder.timeline import Timeline
from site_builder.wording import Words

LONGEST = 50


def artifacts(edition: Edition) -> Iterator[Artifact]:
    """Without a base URL there is no feed: its links would lead nowhere."""
    timeline = edition.timeline
    if ATOM.fits(timeline):
        yield Artifact(ATOM.path, Text(lambda: _feed(timeline, edition.words), shows=()), listed=False)


def _feed(timeline: Timeline, words: Words) -> str:
    site, latest = timeline.site, changes(timeline, LONGEST)
    updated = str(latest[0].date) if latest else ""
    return atom.feed(site, ATOM.path, site.title, site.description, updated, (_item(words, one) for one in latest))


def _item(words: Words, change: LastChange) -> atom.Item:
    """One element an event; a later change of it stands in its summary, under the same id."""
    days = (str(change.date), str(change.published))
    return atom.Item(change.path, titled(words, change), change.path, *days, told(words, change), change.kind)


OUTPUT = Output(artifacts, alternate=(ATOM.media, "feed.title", ATOM.path))
