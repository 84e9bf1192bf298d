"""The bibliography for reference managers: as BibTeX, RIS and CSL-JSON, whole and for each entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any

from site_builder import citations, exports, urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.bibliographies import bibtex, ris
from site_builder.edition import Edition
from site_builder.model import Source

Texts = tuple[str, str, str]  # as BibTeX, RIS and CSL-JSON


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    sources = tuple(timeline.records.sources[key] for key in sorted(timeline.records.sources))
    for n, export in enumerate((exports.BIBTEX, exports.RIS, exports.CSL)):
        if export.fits(timeline):
            yield Artifact(export.path, Text(partial(_nth, n, edition.once, _whole, sources), shows=()), listed=False)
    for entry in timeline.entries:
        for n, ending in enumerate(("bib", "ris", "json")):
            made = partial(_nth, n, edition.once, _of_entry, edition.of(entry))
            yield Artifact(urls.beside(urls.page("entry", entry.id), ending), Text(made, shows=()), listed=False)


def _nth(n: int, once: Callable[..., Texts], *given: Any) -> str:
    return once(*given)[n]


def _of_entry(edition: Edition) -> Texts:
    """The page of the entry first, then the sources that it rests on."""
    return _whole(citations.of_entry_with_sources(edition.timeline, edition.entry, edition.words))


def _whole(sources: tuple[Source, ...]) -> Texts:
    in_bibtex, in_ris, in_csl = zip(*map(_record, sources), strict=True)
    return "\n".join(in_bibtex), "".join(in_ris), "[\n" + ",\n".join(in_csl) + "\n]\n"


@lru_cache(maxsize=65536)
def _record(source: Source) -> Texts:
    return bibtex([source]), ris([source]), json.dumps(citations.csl(source), ensure_ascii=False)


OUTPUT = Output(artifacts)
