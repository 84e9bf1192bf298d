"""The pages that somebody has open, made before all others, so that an edit is seen while the rest is made.

Only ever a glance: the whole build follows, and what it publishes is what counts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from site_builder.artifacts import Later, Output, Page
from site_builder.making import Plan
from site_builder.memo import Memo
from site_builder.model import Site
from site_builder.planning import Planning
from site_builder.rendering import Made, Press, page_key, put_together

Show = Callable[[str, bytes], None]  # the path of a page, and the page


class Glance:
    """What a process that builds again and again makes first. `show` is told of each page that has changed."""

    def __init__(self, show: Show) -> None:
        self.open: Collection[str] = ()  # the paths of the pages that are open
        self._show = show
        self._last: tuple[tuple[str, Site], Press] | None = None
        self._homes: Mapping[str, Output] = {}
        self._seen: Mapping[str, str] = {}  # the keys of the pages as they were last seen
        self._found: Mapping[str, str] = {}
        self._strange: dict[str, tuple[str, Page]] = {}  # a page of each template that may not be compiled yet

    @property
    def ready(self) -> bool:
        """Whether there has been a good build, so that there are pages to begin with."""
        return self._last is not None

    def first(self, planning: Planning, memo: Memo) -> dict[str, Made]:
        """The open pages that have changed, by key, with what the last build says of the site on each page."""
        self._found = {}
        if self._last is None or self._last[0] != _with(planning):
            return {}
        press, pages = self._last[1], self._pages(planning)
        keyed = {memo.once(page_key, press.digest, path, page): (path, page) for path, page in pages}
        self._found = {path: key for key, (path, _) in keyed.items()}
        changed = {key: page for key, page in keyed.items() if self._seen.get(page[0]) != key}
        made = {key: press.render(*page) for key, page in changed.items()}
        good = {key: result for key, result in made.items() if isinstance(result, Made)}
        for key, result in good.items():
            self._show(changed[key][0], result.data)
        return good

    def practise(self) -> None:
        """Render a page of each template once, so that no edit has to wait until they are compiled."""
        while self._strange and self._last:
            _, (path, page) = self._strange.popitem()
            self._last[1].render(path, page)

    def keep(self, planning: Planning, plan: Plan) -> None:
        """Learn from a build that was good."""
        if not self._last or self._last[1] is not plan.press:
            made = [(artifact.path, artifact.recipe) for artifact in plan.artifacts]
            pages = ((path, put_together(recipe)) for path, recipe in made if isinstance(recipe, Page | Later))
            self._strange = {page.template: (path, page) for path, page in pages}
        self._last = _with(planning), plan.press
        self._homes, self._seen = planning.homes(), {**self._seen, **self._found}

    def _pages(self, planning: Planning) -> Iterator[tuple[str, Page]]:
        for output in dict.fromkeys(self._homes[path] for path in self.open if path in self._homes):
            for artifact in planning.of(output):
                if artifact.path in self.open and isinstance(artifact.recipe, Page | Later):
                    yield artifact.path, put_together(artifact.recipe)


def _with(planning: Planning) -> tuple[str, Site]:
    """What pages are made with, apart from the entries and records."""
    return planning.look.digest, planning.edition.timeline.site
