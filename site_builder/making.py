"""Recipes to files in the stage; a page whose key is known and whose bytes are there is not made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from site_builder import checking
from site_builder.artifacts import After, Artifact, Bytes, Copy, Finished, Page, Text
from site_builder.diagnostics import Diagnostic
from site_builder.files import Inputs, Stage, sha256
from site_builder.memo import Memo
from site_builder.rendering import Made, Press, page_key

Progress = Callable[[int, int], None]  # files done, files in all
Begin = Callable[[str], None]  # the name of what begins
T = TypeVar("T")


class Hands(Protocol):
    """Who does the work of a build that can be shared out."""

    def many(self, tasks: int) -> bool:
        """Whether so many tasks are worth being shared out."""

    def compute(self, tasks: Sequence[Callable[[], T]]) -> Iterable[T]:
        """The results of tasks that share nothing, in the same order."""

    def render(self, press: Press, pages: Sequence[tuple[str, Page]]) -> Iterable[Made | Diagnostic]:
        """Pages with their paths to the finished pages in the same order, or why one cannot be made."""


class Alone:
    """One process that does it all, one thing after the other."""

    def many(self, tasks: int) -> bool:
        del tasks
        return False

    def compute(self, tasks: Sequence[Callable[[], T]]) -> Iterator[T]:
        return (task() for task in tasks)

    def render(self, press: Press, pages: Sequence[tuple[str, Page]]) -> Iterator[Made | Diagnostic]:
        return (press.render(path, page) for path, page in pages)


ALONE = Alone()


def silent(done: int, total: int) -> None:
    """Progress that nobody watches."""


def unheard(step: str) -> None:
    """A step that nobody wants to know of."""


def undisturbed() -> None:
    """Go on: nobody wants the build to end before its time."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is told how far a build is: of each file that is done, and of each step that begins.

    `pulse` is called again and again once the content has been read; what it raises ends the build.
    """

    progress: Progress = silent
    begin: Begin = unheard
    pulse: Callable[[], None] = undisturbed


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a build will make, what renders the pages, and the digest of the look and of what all pages say."""

    press: Press
    digest: str
    artifacts: tuple[Artifact, ...]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What a build makes with: what is remembered, where files go, who renders, who is told."""

    memo: Memo
    stage: Stage
    hands: Hands = ALONE
    listener: Listener = Listener()
    ready: Mapping[str, Made] = field(default_factory=dict)  # pages that are made already, by key


def make(inputs: Inputs, plan: Plan, shop: Workshop) -> Iterator[Diagnostic]:
    """Every file into the stage; yields what went wrong, at the end the links that lead nowhere."""
    shop.listener.begin("make the data")
    plan = replace(plan, artifacts=tuple(_settled(inputs, plan.artifacts, shop)))
    shop.listener.begin("make the pages")
    done = sum(not isinstance(artifact.recipe, Page) for artifact in plan.artifacts)
    pages: dict[str, Made] = {}
    failures: dict[str, Diagnostic] = {}
    for path, result in _pages(plan, shop):
        if isinstance(result, Made):
            pages[path] = result
        else:  # one broken template fails on every page: say it once
            failures.setdefault(str(result.location), result)
        done += 1
        shop.listener.pulse()
        shop.listener.progress(done, len(plan.artifacts))
    yield from failures.values()
    if not failures:
        shop.listener.begin("follow the links")
        yield from checking.dead_links((artifact.path for artifact in plan.artifacts), pages)


def _settled(inputs: Inputs, artifacts: Iterable[Artifact], shop: Workshop) -> Iterator[Artifact]:
    """All but the pages into the stage; what waited for them becomes a text or a page."""
    finished: dict[str, Finished] = {}
    for artifact in artifacts:
        shop.listener.pulse()
        recipe = artifact.recipe
        if isinstance(recipe, After):
            recipe = recipe.make(finished)
        if isinstance(recipe, Text):
            data, finished[artifact.path] = shop.memo.once(_encoded, recipe.make())
            if not shop.stage.has(artifact.path, finished[artifact.path].digest):
                shop.stage.write(artifact.path, data)
        elif isinstance(recipe, Bytes):
            _keep(artifact.path, recipe, shop)
        elif isinstance(recipe, Copy):
            shop.stage.write(artifact.path, inputs.files[recipe.source])
        yield replace(artifact, recipe=recipe)


def _encoded(text: str) -> tuple[bytes, Finished]:
    data = text.encode()
    return data, Finished(len(data), sha256(data))


def _keep(path: str, recipe: Bytes, shop: Workshop) -> None:
    """The file into the stage, made only if it is not there with the bytes of this key."""
    digest = shop.memo.recall("bytes", (path, recipe.key))
    if digest is None or not shop.stage.has(path, digest):
        data = recipe.make()
        shop.stage.write(path, data)
        shop.memo.keep("bytes", (path, recipe.key), sha256(data))


def _pages(plan: Plan, shop: Workshop) -> Iterator[tuple[str, Made | Diagnostic]]:
    """The links and anchors of every page, its bytes being in the stage."""
    todo: list[tuple[str, Page, str]] = []
    for artifact in plan.artifacts:
        if isinstance(artifact.recipe, Page):
            key = shop.memo.once(page_key, plan.digest, artifact.path, artifact.recipe)
            digest, made = shop.memo.recall("page", key) or ("", None)
            if made is not None and shop.stage.has(artifact.path, digest):
                yield artifact.path, made
            elif key in shop.ready:
                yield artifact.path, _staged(artifact.path, key, shop.ready[key], shop)
            else:
                todo.append((artifact.path, artifact.recipe, key))
    results = shop.hands.render(plan.press, [(path, page) for path, page, _ in todo])
    for (path, _, key), result in zip(todo, results, strict=True):
        yield path, _staged(path, key, result, shop) if isinstance(result, Made) else result


def _staged(path: str, key: str, made: Made, shop: Workshop) -> Made:
    """The page without its bytes, which go into the stage: what it leads to is small, they are not."""
    shop.stage.write(path, made.data)
    kept = replace(made, data=b"")
    shop.memo.keep("page", key, (sha256(made.data), kept))
    return kept
