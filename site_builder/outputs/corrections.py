"""Everything that has changed since it was published: a page of all revisions, and a feed of what was wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, islice

from site_builder import atom, sharing, urls
from site_builder.artifacts import Artifact, Output, Text, page
from site_builder.changes import Amendment, amendments, last_change
from site_builder.edition import Edition
from site_builder.exports import CORRECTIONS
from site_builder.timeline import Timeline
from site_builder.wording import Words

KINDS = ("correction", "retraction", "clarification", "update")  # the gravest first
LONGEST = 50


def listed(edition: Edition) -> Iterator[Artifact]:
    """A site without corrections says so; one without entries has nothing to correct."""
    timeline = edition.timeline
    if not timeline.entries:
        return
    found = tuple(amendments(timeline))
    counts = Counter(one.kind for one in found)
    yield page(
        urls.CORRECTIONS,
        "corrections.html",
        shows=(),
        updated=last_change(timeline.entries),
        years=tuple((year, tuple(some)) for year, some in groupby(found, key=lambda one: one.date.year)),
        kinds=tuple((kind, counts[kind]) for kind in KINDS if counts[kind]),
        count=len(found),
        retracted=sum(entry.status == "retracted" for entry in timeline.entries),
        withdrawn=len(timeline.withdrawn),
        feed=CORRECTIONS.path if CORRECTIONS.fits(timeline) else "",
        desk=sharing.desk(timeline.site, edition.words),
    )


def feed(edition: Edition) -> Iterator[Artifact]:
    if CORRECTIONS.fits(edition.timeline):
        yield Artifact(CORRECTIONS.path, Text(lambda: _feed(edition.timeline, edition.words), shows=()), listed=False)


def _feed(timeline: Timeline, words: Words) -> str:
    """Corrections and retractions, each with an id of its own; a feed without any tells when the site last changed."""
    grave = (one for one in amendments(timeline) if one.kind in ("correction", "retraction"))
    latest = list(islice(grave, LONGEST))
    updated = str(latest[0].date) if latest else last_change(timeline.entries)
    title = words.t("corrections.feed_of", site=timeline.site.title)
    items = (_item(words, one) for one in latest)
    return atom.feed(timeline.site, CORRECTIONS.path, title, words.t("corrections.feed_lead"), updated, items)


def _item(words: Words, one: Amendment) -> atom.Item:
    title = words.t("corrections.item", kind=words.t(f"corrections.one_{one.kind}"), title=one.title)
    day = str(one.date)
    return atom.Item(one.id, title, one.path, day, day, one.summary, one.kind)


OUTPUT = Output(listed, foot=("corrections.nav", urls.CORRECTIONS))
FEED = Output(feed, alternate=(CORRECTIONS.media, "corrections.feed_title", CORRECTIONS.path))
