"""The bibliography for reference managers: as BibTeX, RIS and CSL-JSON, whole and for each entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial

from site_builder import citations, exports, urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.bibliographies import bibtex, ris
from site_builder.edition import Edition
from site_builder.model import Source

Writer = Callable[[Iterable[Source]], str]


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    sources = tuple(timeline.records.sources[key] for key in sorted(timeline.records.sources))
    writers: tuple[tuple[exports.Export, Writer], ...] = (
        (exports.BIBTEX, bibtex),
        (exports.RIS, ris),
        (exports.CSL, _csl),
    )
    for export, write in writers:
        if export.fits(timeline):
            yield Artifact(export.path, Text(partial(edition.once, _whole, sources, write)), listed=False)
    for entry in timeline.entries:
        for ending, write in (("bib", bibtex), ("ris", ris), ("json", _csl)):
            made = partial(edition.once, _of_entry, edition.of(entry), write)
            yield Artifact(urls.beside(urls.page("entry", entry.id), ending), Text(made), listed=False)


def _whole(sources: tuple[Source, ...], write: Writer) -> str:
    return write(sources)


def _of_entry(edition: Edition, write: Writer) -> str:
    """The page of the entry first, then the sources that it rests on."""
    return write(citations.of_entry_with_sources(edition.timeline, edition.entry))


def _csl(sources: Iterable[Source]) -> str:
    return "[\n" + ",\n".join(_csl_record(source) for source in sources) + "\n]\n"


@lru_cache(maxsize=65536)
def _csl_record(source: Source) -> str:
    return json.dumps(citations.csl(source), ensure_ascii=False)


OUTPUT = Output(artifacts)
