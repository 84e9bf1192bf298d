"""Recipes to files in the stage; a page whose key is known and whose bytes are there is not made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol, TypeVar

from site_builder import checking
from site_builder.artifacts import After, Artifact, Bytes, Copy, Finished, Later, Page, Text
from site_builder.diagnostics import Diagnostic
from site_builder.files import Inputs, Stage, sha256
from site_builder.memo import Memo
from site_builder.rendering import Filled, Made, Order, Press, page_key, put_together

Progress = Callable[[int, int], None]  # files done, files in all
Begin = Callable[[str], None]  # the name of what begins
T = TypeVar("T")


class Hands(Protocol):
    """Who does the work of a build that can be shared out."""

    def many(self, tasks: int) -> bool:
        """Whether so many tasks are worth being shared out."""

    def compute(self, tasks: Sequence[Callable[[], T]]) -> Iterable[T]:
        """The results of tasks that share nothing, in the same order."""

    def render(self, press: Press, orders: Sequence[Order]) -> Iterable[Filled]:
        """Orders to finished pages in the same order, or why one cannot be made."""


class Alone:
    """One process that does it all, one thing after the other."""

    def many(self, tasks: int) -> bool:
        del tasks
        return False

    def compute(self, tasks: Sequence[Callable[[], T]]) -> Iterator[T]:
        return (task() for task in tasks)

    def render(self, press: Press, orders: Sequence[Order]) -> Iterator[Filled]:
        return map(press.fill_order, orders)


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
    """All that a build will make, and what renders the pages."""

    press: Press
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
    done = sum(not isinstance(artifact.recipe, Page | Later) for artifact in plan.artifacts)
    ways = _ways(plan, shop.memo)
    failures: dict[str, Diagnostic] = {}
    for path, result in _pages(plan, shop):
        if isinstance(result, Made):
            ways.follow(path, result)
        else:  # one broken template fails on every page: say it once
            failures.setdefault(str(result.location), result)
        done += 1
        shop.listener.pulse()
        shop.listener.progress(done, len(plan.artifacts))
    yield from failures.values()
    if not failures:
        shop.listener.begin("follow the links")
        yield from ways.dead()


def _ways(plan: Plan, memo: Memo) -> checking.Ways:
    """In a process that builds again the same object while the site has the same pages and files."""
    paths = tuple((artifact.path, isinstance(artifact.recipe, Page | Later)) for artifact in plan.artifacts)
    make = partial(checking.Ways, dict(paths), again=memo.again)
    return memo.remember("ways", paths, make) if memo.again else make()


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
        shop.memo.keep("bytes", (path, recipe.key), shop.stage.write(path, data))


Known = tuple[str, str, Made]  # what is known of the page that was made last: its key, the digest of its bytes, itself


def _pages(plan: Plan, shop: Workshop) -> Iterator[tuple[str, Made | Diagnostic]]:
    """The links and anchors of every page, its bytes being in the stage."""
    orders: list[Order] = []
    known: dict[str, Known] = {}
    for artifact in plan.artifacts:
        if isinstance(artifact.recipe, Page | Later):
            order = _order(artifact.path, artifact.recipe, plan, shop, known)
            if order.key and order.key == order.last:
                yield order.path, known.pop(order.path)[2]
            elif order.key in shop.ready:
                yield order.path, _staged(order.path, order.key, shop.ready[order.key], shop)
            else:
                orders.append(order)
    for order, (key, filled) in zip(orders, shop.hands.render(plan.press, orders), strict=True):
        if filled is None and shop.stage.has(order.path, known[order.path][1]):
            yield order.path, known[order.path][2]
            continue
        # What was there a moment ago may have gone.
        result = filled or plan.press.fill_order(replace(order, last=""))[1]
        if result:
            yield order.path, _staged(order.path, key, result, shop) if isinstance(result, Made) else result


def _order(path: str, recipe: Page | Later, plan: Plan, shop: Workshop, known: dict[str, Known]) -> Order:
    """What has to be made, if it is not what is there; that goes to `known`, and into the round where it is known to
    be as it was.
    """
    key = ""
    if shop.memo.again:  # where it is the same object as in the last build, its key need not be found out again
        recipe = put_together(recipe)
        key = shop.memo.once(page_key, plan.press.digest, path, recipe)
    last: Known | None = shop.memo.recall("page", path)
    there = shop.stage.has if key else shop.stage.holds
    if last is None or (key and key != last[0]) or not there(path, last[1]):
        return Order(path, recipe, key)
    known[path] = last
    return Order(path, recipe, key, last[0])


def _staged(path: str, key: str, made: Made, shop: Workshop) -> Made:
    """The page without its bytes, which go into the stage: what it leads to is small, they are not."""
    digest = shop.stage.write(path, made.data)
    kept = Made(b"", made.links, made.anchors)
    shop.memo.keep("page", path, (key, digest, kept))
    return kept
