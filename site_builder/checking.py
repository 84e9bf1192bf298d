"""Checks over what is made: two files on one path, links and anchors that lead nowhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import filterfalse

from site_builder import model
from site_builder.artifacts import Artifact, Copy, Page
from site_builder.diagnostics import Diagnostic, Location, error
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


def dead_links(paths: Iterable[str], made: Mapping[str, Made]) -> Iterator[Diagnostic]:
    """Links between pages that lead nowhere: the page or the anchor is missing."""
    known = {*paths, MANIFEST}
    anchors = {path: frozenset(page.anchors) for path, page in made.items()}
    sound: set[tuple[str, str]] = set()
    for source, page in made.items():
        for link in filterfalse(sound.__contains__, page.links):
            path, fragment = link
            if path not in known:
                message = f"the page links to `{path}`, which this site does not have"
                yield error(Location(source), "dead-link", message, "mend the link where this page is written")
            elif fragment and path in anchors and fragment not in anchors[path]:
                message = f"the page links to `{path}#{fragment}`, and there is no such place in that page"
                yield error(Location(source), "dead-anchor", message, "mend the part after the #")
            else:
                sound.add(link)  # most pages lead where others do
