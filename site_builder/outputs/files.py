"""Files that go out as they came in: the author's media and the look's own style and scripts."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.artifacts import Artifact, Copy, Output
from site_builder.edition import Edition


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    for path in timeline.media:
        yield Artifact(path.removeprefix("content/"), Copy(path), listed=False)


OUTPUT = Output(artifacts)
