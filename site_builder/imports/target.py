"""The site that events are brought into: what it has already, and what its references may lead to."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from site_builder.dates import Edtf
from site_builder.files import CONTENT, Inputs
from site_builder.loading import MEDIA, SITE
from site_builder.memo import Memo
from site_builder.model import Actor, Page, Phase, Place, Site, Source, Term
from site_builder.reading import LISTS, read_file, read_site, unread
from site_builder.typography import Typography

_KINDS: Mapping[str, type[Any]] = {
    "phase": Phase,
    "actor": Actor,
    "place": Place,
    "source": Source,
    "term": Term,
    "page": Page,
}

_FOLDERS = ("content/sources/", "content/phases/", "content/pages/")


@dataclass(frozen=True, slots=True)
class Target:
    """`ids`: by the kind of a link in a text. `entries`: ids that are taken, by name in lower case."""

    ids: Mapping[str, Set[str]] = field(default_factory=dict)
    entries: Set[str] = frozenset()
    files: Set[str] = frozenset()
    places: Mapping[str, Place] = field(default_factory=dict)
    phases: tuple[Phase, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)

    def has(self, kind: str, id: str) -> bool:
        """Whether a link `kind:id` leads somewhere."""
        if kind == "entry":
            return id in self.entries
        return id in (self.tags if kind == "tag" else self.ids.get(kind, ()))

    def phase_of(self, date: Edtf) -> str:
        """The first phase in whose time a date begins; "" where there is none."""
        day = date.earliest or date.latest
        for phase in self.phases:
            start, end = phase.from_.earliest, phase.to.latest if phase.to else None
            if day and (start is None or start <= day) and (end is None or day <= end):
                return phase.id
        return ""


def target(inputs: Inputs) -> Target:
    """What the author's folder has, faults or not: a faulty site can be added to."""
    site: Site | None = read_site(inputs.files[SITE])[0] if SITE in inputs.files else None
    records: list[Any] = []
    for path in inputs.under(CONTENT):
        if (path in LISTS or path.startswith(_FOLDERS)) and unread(path) is None:
            data = inputs.files[path]
            records += [record.value for record in read_file(path, data, Typography(), Memo()).records]
    phases = sorted((item for item in records if isinstance(item, Phase)), key=lambda phase: (phase.order, phase.id))
    entries = inputs.under("content/entries/", ".md")
    return Target(
        ids={kind: {item.id for item in records if isinstance(item, model)} for kind, model in _KINDS.items()},
        entries={posixpath.basename(path).removesuffix(".md").lower() for path in entries},
        files={path.removeprefix(CONTENT) for path in inputs.under(MEDIA)},
        places={item.id: item for item in records if isinstance(item, Place)},
        phases=tuple(phases),
        tags=site.tags if site else {},
    )
