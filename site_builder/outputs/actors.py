"""The index of actors, and one page for each: entries, claims, terms and other actors' lines lead there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby

from site_builder import parts, tallies, urls
from site_builder.artifacts import Artifact, Output, Page, later, page
from site_builder.cards import Mention
from site_builder.changes import last_change
from site_builder.edition import Edition
from site_builder.lineage import Lines, Member
from site_builder.model import Actor
from site_builder.views import IndexItem, index_item

KINDS = ("group", "coalition", "organisation", "state", "person")


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    shown = timeline.records.actors.values()
    if not shown:
        return
    yield page(urls.ACTORS, "actors.html", shows=(), groups=tuple(_groups(edition, shown)))
    lines = Lines(timeline.records.actors)
    for actor in shown:
        line = edition.memo.settled(lines.of(actor))
        entries, path = timeline.by_actor.get(actor.id, ()), urls.page("actor", actor.id)
        make = partial(_made, actor=actor, line=line)
        yield later(edition, path, make, shows=(), updated=last_change(entries))
        yield from parts.of_list(edition, entries, actor.name, path)


def _made(edition: Edition, actor: Actor, line: tuple[Member, ...]) -> Page:
    own = edition.among(edition.timeline.by_actor.get(actor.id, ()))
    return edition.once(_page, own, actor, line)


def _page(edition: Edition, actor: Actor, line: tuple[Member, ...]) -> Page:
    """`edition`: that of the actor's entries alone."""
    timeline = edition.timeline
    entries, path = timeline.entries, urls.page("actor", actor.id)
    return Page.of(
        "actor.html",
        actor=actor,
        line=line,
        count=len(entries),
        **edition.asked(
            "actor.html",
            names=lambda: tallies.names_used(actor, entries),
            roles=lambda: tallies.roles(entries, actor.id),
            with_actors=lambda: tallies.actors(timeline, entries, actor.id),
            at_places=lambda: tallies.places(timeline, entries),
            strip=lambda: tallies.tempo(timeline, entries, path),
            years=lambda: parts.shown(edition, path),
        ),
    )


def _groups(edition: Edition, shown: Iterable[Actor]) -> Iterator[tuple[str, tuple[IndexItem, ...]]]:
    ordered = sorted(shown, key=lambda actor: (KINDS.index(actor.kind), actor.name.casefold(), actor.id))
    for kind, actors in groupby(ordered, key=lambda actor: actor.kind):
        yield (
            kind,
            tuple(
                index_item(
                    Mention(actor.name, urls.page("actor", actor.id), detail=_aliases(edition, actor)),
                    actor.description,
                    edition.timeline.by_actor.get(actor.id, ()),
                )
                for actor in actors
            ),
        )


def _aliases(edition: Edition, actor: Actor) -> str:
    return edition.words.t("list.separator").join(alias.name for alias in actor.aliases)


OUTPUT = Output(artifacts, nav=("nav.actors", urls.ACTORS))
