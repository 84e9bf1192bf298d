"""What a build will make of a timeline: the pages and files of every output, and what each page may say of the site."""

from __future__ import annotations

from collections.abc import Callable

from site_builder.artifacts import Artifact, Copy, Output
from site_builder.edition import Edition
from site_builder.files import sha256
from site_builder.looks import Look
from site_builder.making import Plan, undisturbed
from site_builder.memo import Memo
from site_builder.outputs import CLOSINGS, OUTPUTS
from site_builder.rendering import Constants, Press


class Planning:
    """Asks each output once for what it makes of an edition."""

    def __init__(self, look: Look, edition: Edition) -> None:
        self.look, self.edition = look, edition
        self._made: dict[Output, list[Artifact]] = {}

    def of(self, output: Output) -> list[Artifact]:
        if output not in self._made:
            self._made[output] = list(output.make(self.edition))
        return self._made[output]

    def whole(self, memo: Memo, pulse: Callable[[], None] = undisturbed) -> Plan:
        """All that will be made, and what renders it. `pulse`: see `making.Listener`."""
        made: list[Artifact] = []
        for output in OUTPUTS:
            pulse()
            made += self.of(output)
        assets = self.look.assets.items()
        made += [Artifact(path, Copy(f"templates/static/{name}"), listed=False) for name, path in assets]
        for closing in CLOSINGS:
            made += closing.make(self.edition, made)
        constants = self._constants()
        key = (self.look.digest, constants.digest)
        press = memo.remember("press", key, lambda: Press(self.look, constants))
        timeline = self.edition.timeline
        common = timeline.common and sha256(f"{press.digest} {timeline.common}".encode())
        return Plan(press, tuple(made), common, timeline.texts)

    def homes(self) -> dict[str, Output]:
        """Which output makes the file of each path, of those that were asked."""
        return {artifact.path: output for output, made in self._made.items() for artifact in made}

    def _constants(self) -> Constants:
        timeline = self.edition.timeline
        present = [output for output in OUTPUTS if self.of(output)]
        own = sorted(timeline.records.pages.values(), key=lambda page: (page.order, page.id))
        return Constants(
            timeline.site,
            tuple(output.nav for output in present if output.nav),
            tuple(output.alternate for output in present if output.alternate),
            tuple((page.title, f"{page.id}.html") for page in own),
            tuple(output.foot for output in present if output.foot),
        )
