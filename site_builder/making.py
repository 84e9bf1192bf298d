"""Recipes to files in the stage; a page whose key is known and whose bytes are there is not made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import Any, Protocol, TypeVar

from site_builder import checking
from site_builder.artifacts import After, Artifact, Bytes, Copy, Finished, Later, Page, Text
from site_builder.diagnostics import Diagnostic
from site_builder.files import Inputs, Stage, sha256
from site_builder.keys import Keys
from site_builder.memo import Memo
from site_builder.rendering import Filled, Made, Order, Press, page_key, put_together

Progress = Callable[[int, int], None]  # files done, files in all
Begin = Callable[[str], None]  # the name of what begins
T = TypeVar("T")


def as_it_is(result: T) -> T:
    return result


class Hands(Protocol):
    """Who does the work of a build that can be shared out."""

    def many(self, tasks: int) -> bool:
        """Whether so many tasks are worth being shared out."""

    def compute(self, tasks: Sequence[Callable[[], T]], send: Callable[[T], Any] = ...) -> Iterable[Any]:
        """The results of tasks that share nothing, in the same order; those of another process as `send` gives them."""

    def render(self, press: Press, orders: Sequence[Order]) -> Iterable[Filled]:
        """Orders to finished pages in the same order, or why one cannot be made."""


class Alone:
    """One process that does it all, one thing after the other."""

    def many(self, tasks: int) -> bool:
        del tasks
        return False

    def compute(self, tasks: Sequence[Callable[[], T]], send: Callable[[T], Any] = as_it_is) -> Iterator[Any]:
        del send  # there is no other process
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
    common: str = ""  # see `Keys`
    texts: Mapping[str, str] = field(default_factory=dict)


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
    ways = _ways(plan, shop.memo)
    failures: dict[str, Diagnostic] = {}
    for done, (path, result) in enumerate(_made(inputs, plan, shop), start=1):
        if isinstance(result, Made):
            ways.follow(path, result)
        elif isinstance(result, Diagnostic):  # one broken template fails on every page: say it once
            failures.setdefault(str(result.location), result)
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


Result = Made | Finished | Diagnostic | None


def _made(inputs: Inputs, plan: Plan, shop: Workshop) -> Iterator[tuple[str, Result]]:
    """All files, at the end those that had to wait for texts."""
    finished: dict[str, Finished] = {}
    keys = Keys(shop.memo, plan.common, plan.texts)
    for turn in _turns(plan.artifacts, finished):
        orders: list[Order] = []
        pages = _pages(replace(plan, artifacts=turn), shop, orders, keys)
        for path, result in chain(_files(inputs, turn, shop, orders, keys), pages):
            if isinstance(result, Finished):
                finished[path] = result
            yield path, result
    keys.keep()


def _turns(artifacts: Iterable[Artifact], finished: Mapping[str, Finished]) -> Iterator[tuple[Artifact, ...]]:
    yield tuple([artifact for artifact in artifacts if not isinstance(artifact.recipe, After)])
    for artifact in artifacts:
        if isinstance(artifact.recipe, After):
            yield (replace(artifact, recipe=artifact.recipe.make(finished)),)


def _files(
    inputs: Inputs, artifacts: Sequence[Artifact], shop: Workshop, orders: list[Order], keys: Keys
) -> Iterator[tuple[str, Finished | None]]:
    """What is no page; where others help, texts and pictures go to the orders instead."""
    shop.listener.begin("make the data")
    shared = _shared(artifacts, shop)
    for path, recipe in ((artifact.path, artifact.recipe) for artifact in artifacts):
        if isinstance(recipe, Copy):
            shop.stage.write(path, inputs.files[recipe.source])
            yield path, None
        elif isinstance(recipe, Bytes) and _is_there(path, recipe, shop):
            yield path, None
        elif isinstance(recipe, Text) and (known := _known(path, recipe, shop, keys)):
            yield path, known
        elif isinstance(recipe, Text | Bytes) and shared:
            orders.append(Order(path, recipe))
        elif isinstance(recipe, Text | Bytes):
            again = shop.memo.again and isinstance(recipe, Text)  # mostly the same text as in the last build
            found = shop.memo.once(_finished, recipe.make()) if again else _finished(recipe.data())
            yield path, _stored(path, recipe, *found, shop, keys)


def _known(path: str, recipe: Text, shop: Workshop, keys: Keys) -> Finished | None:
    """The file where it is known to be as it was last, and is there."""
    key = keys.of(path, recipe)
    size, _, digest = key.partition(" ")
    if not digest or not shop.stage.has(path, digest):
        return None
    keys.learn(path, key)
    return Finished(int(size), digest)


def _shared(artifacts: Iterable[Artifact], shop: Workshop) -> bool:
    """Whether others help. A process that builds again makes texts alone, since it keeps what they are made of."""
    return not shop.memo.again and shop.hands.many(sum(isinstance(each.recipe, Page | Later) for each in artifacts))


def _is_there(path: str, recipe: Bytes, shop: Workshop) -> bool:
    digest = shop.memo.recall("bytes", (path, recipe.key))
    return digest is not None and shop.stage.has(path, digest)


def _finished(made: str | bytes) -> tuple[bytes, Finished]:
    data = made.encode() if isinstance(made, str) else made
    return data, Finished(len(data), sha256(data))


def _stored(path: str, recipe: Text | Bytes, data: bytes, finished: Finished, shop: Workshop, keys: Keys) -> Finished:
    """The file into the stage, if it is not there."""
    if not shop.stage.has(path, finished.digest):
        shop.stage.write(path, data)
    if isinstance(recipe, Bytes):
        shop.memo.keep("bytes", (path, recipe.key), finished.digest)
    keys.learn(path, f"{finished.size} {finished.digest}")
    return finished


Known = tuple[str, str, Made]  # what is known of the page that was made last: its key, the digest of its bytes, itself


def _pages(plan: Plan, shop: Workshop, orders: list[Order], keys: Keys) -> Iterator[tuple[str, Result]]:
    """The links and anchors of every page, its bytes being in the stage. `orders`: what else is to be made."""
    shop.listener.begin("make the pages")
    known: dict[str, Known] = {}
    for artifact in plan.artifacts:
        if isinstance(artifact.recipe, Page | Later):
            key = keys.of(artifact.path, artifact.recipe)
            order = _order(artifact.path, artifact.recipe, key, plan, shop, known)
            if order.key and order.key == order.last:
                keys.learn(order.path, order.key)
                yield order.path, known.pop(order.path)[2]
            elif order.key in shop.ready:
                yield order.path, _staged(order.path, order.key, shop.ready[order.key], shop)
            else:
                orders.append(order)
    # What tells of the whole site takes longest: whoever begins with it is not the last to end.
    orders.sort(key=lambda order: "/" in order.path)
    for order, (key, filled) in zip(orders, shop.hands.render(plan.press, orders), strict=True):
        if filled is None and shop.stage.has(order.path, known[order.path][1]):
            keys.learn(order.path, key)
            yield order.path, known[order.path][2]
            continue
        # What was there a moment ago may have gone.
        result = filled or plan.press.fill_order(replace(order, last=""))[1]
        if isinstance(result, Made) and isinstance(order.recipe, Text | Bytes):
            yield order.path, _stored(order.path, order.recipe, *_finished(result.data), shop, keys)
        elif result:
            keys.learn(order.path, key)
            yield order.path, _staged(order.path, key, result, shop) if isinstance(result, Made) else result


def _order(path: str, recipe: Page | Later, key: str, plan: Plan, shop: Workshop, known: dict[str, Known]) -> Order:
    """What has to be made, if it is not what is there; that goes to `known`, and into the round where it is known to
    be as it was. `key`: its key, where that is known.
    """
    if shop.memo.again and not key:  # of the same object as in the last build it need not be found out again
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
