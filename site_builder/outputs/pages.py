"""The author's own pages, the glossary, and the page for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder import urls
from site_builder.artifacts import Artifact, Output, page
from site_builder.cards import Mention
from site_builder.edition import Edition
from site_builder.model import Term
from site_builder.timeline import Timeline
from site_builder.views import numbered, reference


@dataclass(frozen=True, slots=True)
class TermView:
    term: Term
    see: tuple[Mention, ...]
    notes: tuple[tuple[str, str], ...]


def own_pages(edition: Edition) -> Iterable[Artifact]:
    return edition.once(_own_pages, edition.bare())


def _own_pages(edition: Edition) -> tuple[Artifact, ...]:
    """`edition`: that of the records alone."""
    return tuple(_each_own_page(edition.timeline))


def _each_own_page(timeline: Timeline) -> Iterator[Artifact]:
    for own in timeline.records.pages.values():
        references, numbers = numbered(timeline, own.body)
        yield page(urls.page("page", own.id), "page.html", shows=(), page=own, references=references, numbers=numbers)


def glossary(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    if not timeline.records.terms:
        return
    terms = sorted(timeline.records.terms.values(), key=lambda term: (term.term.casefold(), term.id))
    keys = dict.fromkeys(cite.source for term in terms for cite in term.cites)
    references = tuple(reference(timeline, timeline.records.sources[key], n) for n, key in enumerate(keys, start=1))
    yield page(
        urls.GLOSSARY,
        "glossary.html",
        shows=(),
        terms=tuple(_term(timeline, term) for term in terms),
        references=references,
        numbers={source.id: source.number for source in references},
    )


def _term(timeline: Timeline, term: Term) -> TermView:
    titles = {entry.id: entry.title for entry in timeline.entries}
    see = []
    for id in term.see:
        if id in titles:
            see.append(Mention(titles[id], urls.page("entry", id)))
        elif id in timeline.records.actors:
            see.append(Mention(timeline.records.actors[id].name, urls.page("actor", id)))
        elif id in timeline.records.terms:
            see.append(Mention(timeline.records.terms[id].term, urls.page("term", id)))
    return TermView(term, tuple(see), tuple((cite.source, cite.locator) for cite in term.cites))


def not_found(edition: Edition) -> Iterator[Artifact]:
    yield page(urls.NOT_FOUND, "404.html", shows=(), listed=False)


OWN_PAGES = Output(own_pages)
GLOSSARY = Output(glossary, nav=("nav.glossary", urls.GLOSSARY))
NOT_FOUND = Output(not_found)
