"""`data.html`: every file that readers may take away, with its size, its checksum and a use of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from site_builder import urls
from site_builder.artifacts import After, Artifact, Finished, Output, Page
from site_builder.changes import last_change
from site_builder.edition import Edition
from site_builder.exports import Export, present


@dataclass(frozen=True, slots=True)
class Download:
    """`key`: of what it is and of a use of it, among the words of the interface."""

    path: str
    key: str
    media: str
    size: int
    digest: str
    example: str


def artifacts(edition: Edition) -> Iterator[Artifact]:
    """Last of all outputs, as the sizes are those of the finished files."""
    timeline = edition.timeline
    recipe = After(partial(_page, edition, tuple(present(timeline))))
    yield Artifact(urls.DATA, recipe, updated=last_change(timeline.entries))


def _page(edition: Edition, exports: tuple[Export, ...], finished: Mapping[str, Finished]) -> Page:
    groups = tuple(
        (group, tuple(_download(export, finished[export.path]) for export in some))
        for group, some in groupby(exports, lambda export: export.group)
    )
    entries = edition.timeline.entries
    values = {"groups": groups, "version": last_change(entries), "has_entries": bool(entries)}
    return Page("data.html", values)


def _download(export: Export, file: Finished) -> Download:
    return Download(export.path, export.key, export.media, file.size, file.digest, "\n".join(export.example))


OUTPUT = Output(artifacts, nav=("nav.data", urls.DATA))
