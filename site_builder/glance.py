"""The pages that somebody has open, made before all others, so that an edit is seen while the rest is made.

Only ever a glance: the whole build follows, and what it publishes is what counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from site_builder import urls
from site_builder.artifacts import Later, Output, Page
from site_builder.files import Inputs
from site_builder.making import Plan
from site_builder.memo import Memo
from site_builder.model import Site
from site_builder.planning import Planning
from site_builder.proof import proof
from site_builder.reading import ENTRIES
from site_builder.rendering import Made, Press, page_key, put_together

_PAGES = urls.page("entry", "").rpartition("/")[0] + "/"  # the folder of the pages of entries
Show = Callable[[str, bytes], None]  # the path of a page, and the page
Read = Callable[[str], bytes | None]  # the file of a logical path as it is now


@dataclass(frozen=True, slots=True)
class _Build:
    """A good build: what it was made from, how, and which output makes the file of each path."""

    inputs: Inputs
    planning: Planning
    press: Press
    homes: Mapping[str, Output]


class Glance:
    """What a process that builds again and again makes first. `show` is told of each page that has changed."""

    def __init__(self, show: Show) -> None:
        self.open: Collection[str] = ()  # the paths of the pages that are open
        self._show = show
        self._last: _Build | None = None
        self._seen: dict[str, str] = {}  # the keys of the pages as they were last seen
        self._proofs: dict[str, Made] = {}  # pages that are made already, by key
        self._strange: dict[str, tuple[str, Page]] = {}  # a page of each template that may not be compiled yet

    @property
    def ready(self) -> bool:
        """Whether there has been a good build, so that there are pages to begin with."""
        return self._last is not None

    def prove(self, read: Read) -> None:
        """The open pages of entries of which only the text has changed, before anything else is looked at."""
        self._proofs = {}
        last = self._last
        for path in self.open if last else ():
            if last and (page := _proof(last, path, read)):
                key = page_key(last.press.digest, path, page)
                self._proofs |= self._rendered(last.press, {key: (path, page)})

    def first(self, planning: Planning, memo: Memo) -> dict[str, Made]:
        """The open pages that have changed, by key, with what the last build says of the site on each page."""
        if self._last is None or _with(self._last.planning) != _with(planning):
            return {}
        press = self._last.press
        pages = [(path, put_together(recipe)) for path, recipe in self._recipes(self._last, planning)]
        keyed = {memo.once(page_key, press.digest, path, page): (path, page) for path, page in pages}
        return self._proofs | self._rendered(press, keyed)

    def practise(self) -> None:
        """Render a page of each template once, so that no edit has to wait until they are compiled."""
        while self._strange and self._last:
            _, (path, page) = self._strange.popitem()
            self._last.press.render(path, page)

    def keep(self, inputs: Inputs, planning: Planning, plan: Plan) -> None:
        """Learn from a build that was good."""
        if not self._last or self._last.press is not plan.press:
            made = [(artifact.path, artifact.recipe) for artifact in plan.artifacts]
            pages = ((path, put_together(recipe)) for path, recipe in made if isinstance(recipe, Page | Later))
            self._strange = {page.template: (path, page) for path, page in pages}
        self._last = _Build(inputs, planning, plan.press, planning.homes())

    def _rendered(self, press: Press, keyed: Mapping[str, tuple[str, Page]]) -> dict[str, Made]:
        """Those of the pages that have not been seen as they are now, shown."""
        good: dict[str, Made] = {}
        for key, (path, page) in keyed.items():
            if self._seen.get(path) != key:
                made = press.render(path, page)
                if isinstance(made, Made):
                    good[key], self._seen[path] = made, key
                    self._show(path, made.data)
        return good

    def _recipes(self, last: _Build, planning: Planning) -> Iterator[tuple[str, Page | Later]]:
        for output in dict.fromkeys(last.homes[path] for path in self.open if path in last.homes):
            for artifact in planning.of(output):
                if artifact.path in self.open and isinstance(artifact.recipe, Page | Later):
                    yield artifact.path, artifact.recipe


def _proof(last: _Build, path: str, read: Read) -> Page | None:
    """The page of an entry whose file is another than in the last build, if that can be told from the file alone."""
    if not path.startswith(_PAGES):
        return None
    name = f"/{path.rpartition('/')[2].removesuffix('.html')}.md"
    source = next((source for source in last.inputs.under(ENTRIES, ".md") if source.endswith(name)), "")
    data = read(source) if source and path in last.homes else None
    if data is None or data == last.inputs.files[source]:
        return None
    artifacts = last.planning.of(last.homes[path])
    artifact = next(artifact for artifact in artifacts if artifact.path == path)
    return proof(last.planning.edition, artifact, last.homes.keys(), source, data)


def _with(planning: Planning) -> tuple[str, Site]:
    """What pages are made with, apart from the entries and records."""
    return planning.look.digest, planning.edition.timeline.site
