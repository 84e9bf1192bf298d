"""Checks over what is made: two files on one path, links and anchors that lead nowhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import filterfalse

from site_builder import model
from site_builder.artifacts import Artifact, Copy, Page
from site_builder.diagnostics import Diagnostic, Location, did_you_mean, error
from site_builder.rendering import Made

MANIFEST = "manifest.json"  # written by the publish step


def clashes(artifacts: Iterable[Artifact]) -> Iterator[Diagnostic]:
    """Two outputs on one path, or on paths that one file system or another takes for the same."""
    taken: dict[str, tuple[str, str]] = {MANIFEST: ("", "the builder's own manifest.json")}
    for artifact in artifacts:
        folded = unicodedata.normalize("NFC", artifact.path).casefold()
        written = _written_in(artifact)
        if folded in taken:
            first, other = taken[folded]
            message = f"`{artifact.path}` would be written twice: it is taken by {other}"
            where = written or first or artifact.path
            yield error(Location(where), "path-clash", message, "rename one of the two")
        taken.setdefault(folded, (written, artifact.path))


def _written_in(artifact: Artifact) -> str:
    """The author's file that an output is made of, where it is made of one."""
    if isinstance(artifact.recipe, Copy):
        return artifact.recipe.source
    own = artifact.recipe.values.get("page") if isinstance(artifact.recipe, Page) else None
    return f"content/pages/{own.id}.md" if isinstance(own, model.Page) else ""


class Ways:
    """Where the pages of a site lead. Asked page by page, as they are made; what is wrong is known when all are there.

    `paths`: all that the site has; `again`: whether pages will be followed again, of which most are the same objects.
    """

    def __init__(self, paths: Iterable[str], *, again: bool = False) -> None:
        self._paths, self._again = {*paths, MANIFEST}, again
        self._met: dict[str, Made] = {}
        self._sound: set[str] = set()  # most pages lead where others do
        self._open: dict[str, list[str]] = {}  # by page, what is not known to be sound
        self._anchors: dict[str, str] = {}  # by page, see `Made`

    def follow(self, source: str, page: Made) -> None:
        if self._again:
            if self._met.get(source) is page:
                return
            self._met[source] = page
        self._anchors[source] = page.anchors
        if left := list(self._left(source, page)):
            self._open[source] = left
        else:
            self._open.pop(source, None)

    def _left(self, source: str, page: Made) -> Iterator[str]:
        """The links of a page of which this page alone cannot tell that they are sound."""
        own: set[str] | None = None
        for link in filterfalse(self._sound.__contains__, _lines(page.links)):
            path, _, fragment = link.partition("#")
            if path == source and fragment:
                own = own or set(_lines(page.anchors))
                if fragment in own:
                    continue
            if path in self._paths and not fragment:
                self._sound.add(link)
            else:
                yield link

    def dead(self) -> Iterator[Diagnostic]:
        """Links that lead nowhere: the page or the anchor is missing. Each finding is `about` its link."""
        anchors = cache(lambda path: frozenset(_lines(self._anchors[path])))
        for source, link in ((source, link) for source, left in self._open.items() for link in left):
            path, _, fragment = link.partition("#")
            if path not in self._paths:
                message = f"the page links to `{path}`, which this site does not have"
                hint = "mend the link where this page is written"
                yield replace(error(Location(source), "dead-link", message, hint), about=link)
            elif path in self._anchors and fragment not in anchors(path):
                message = f"the page links to `{link}`, and there is no such place in that page"
                there = ", ".join([f"`{each}`" for each in sorted(anchors(path)) if not each.endswith("_")][:12])
                hint = did_you_mean(fragment, anchors(path)) or (
                    f"the places there: {there}" if there else "delete the part from the # on"
                )
                yield replace(error(Location(source), "dead-anchor", message, hint), about=link)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []
