"""The index of actors, and one page for each: entries, claims, terms and other actors' lines lead there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from site_builder import urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.changes import last_change
from site_builder.dates import Edtf
from site_builder.model import Actor, Succession
from site_builder.timeline import Timeline
from site_builder.views import Edition, IndexItem, Mention, index_item, years

KINDS = ("group", "coalition", "organisation", "state", "person")


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    shown = timeline.records.actors.values()
    if not shown:
        return
    yield page(urls.ACTORS, "actors.html", groups=tuple(_groups(timeline, shown)))
    for actor in shown:
        entries = timeline.by_actor.get(actor.id, ())
        yield page(
            urls.page("actor", actor.id),
            "actor.html",
            updated=last_change(entries),
            actor=actor,
            succeeds=_line(timeline, actor.succeeds),
            succeeded_by=_line(timeline, actor.succeeded_by),
            years=years(edition, entries),
            count=len(entries),
        )


def _groups(timeline: Timeline, shown: Iterable[Actor]) -> Iterator[tuple[str, tuple[IndexItem, ...]]]:
    ordered = sorted(shown, key=lambda actor: (KINDS.index(actor.kind), actor.name.casefold(), actor.id))
    for kind, actors in groupby(ordered, key=lambda actor: actor.kind):
        yield (
            kind,
            tuple(
                index_item(
                    Mention(actor.name, urls.page("actor", actor.id)),
                    actor.description,
                    timeline.by_actor.get(actor.id, ()),
                )
                for actor in actors
            ),
        )


def _line(timeline: Timeline, others: Iterable[Succession]) -> tuple[tuple[Mention, Edtf | None], ...]:
    names = timeline.records.actors
    return tuple((Mention(names[other.id].name, urls.page("actor", other.id)), other.date) for other in others)


OUTPUT = Output(artifacts, nav=("nav.actors", urls.ACTORS))
