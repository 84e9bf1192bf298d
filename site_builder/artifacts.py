"""What a build makes: a path and a recipe for each file, never its bytes: an unchanged file is not made again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from site_builder.edition import Edition


@dataclass(frozen=True, slots=True)
class Page:
    """A template and all that it sees of the timeline.

    `shows`: the ids of all entries whose texts can stand on it; None: of any.
    """

    template: str
    values: Mapping[str, Any]
    shows: tuple[str, ...] | None = None

    @staticmethod
    def of(template: str, **values: Any) -> Page:
        return Page(template, values)


@dataclass(frozen=True, slots=True, eq=False)
class Later:
    """A page that is put together by whoever renders it, and then let go: a site may have more than memory holds.

    `make` is told the edition; what it asks `edition.once` for is the same object while nothing in it changes, so that
    a process that builds again knows the page again.
    """

    edition: Edition
    make: Callable[[Edition], Page]
    shows: tuple[str, ...] | None = None

    def page(self) -> Page:
        return self.make(self.edition if self.edition.memo.again else self.edition.apart())


@dataclass(frozen=True, slots=True)
class Text:
    """A format that is written by a library or by code; `make` is called at most once a build. `shows`: see `Page`."""

    make: Callable[[], str]
    shows: tuple[str, ...] | None = None

    def data(self) -> bytes:
        return self.make().encode()


@dataclass(frozen=True, slots=True)
class Bytes:
    """A file that takes long to make, such as a picture. `key` holds all that it depends on: same key, same bytes."""

    key: Hashable
    make: Callable[[], bytes]

    def data(self) -> bytes:
        return self.make()


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of the author or of the look, as it is. `source`: its logical path."""

    source: str


@dataclass(frozen=True, slots=True)
class Finished:
    """A text that is in the stage."""

    size: int
    digest: str  # SHA-256, hexadecimal


@dataclass(frozen=True, slots=True)
class After:
    """What tells of other files, such as their sizes: it is made of the finished texts that stand before it."""

    make: Callable[[Mapping[str, Finished]], Page | Text]


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the site. `listed` pages stand in the sitemap, `updated` (YYYY-MM-DD) is their last change."""

    path: str
    recipe: Page | Later | Text | Bytes | Copy | After
    updated: str = ""
    listed: bool = True


def page(
    path: str,
    template: str,
    *,
    shows: tuple[str, ...] | None = None,
    updated: str = "",
    listed: bool = True,
    **values: Any,
) -> Artifact:
    """A page that is put together with the plan. `shows`: see `Page`."""
    return Artifact(path, Page(template, values, shows), updated, listed)


def later(
    edition: Edition,
    path: str,
    make: Callable[[Edition], Page],
    *,
    shows: tuple[str, ...] | None = None,
    updated: str = "",
    listed: bool = True,
) -> Artifact:
    """A page of which there are many. `shows`: see `Page`."""
    return Artifact(path, Later(edition, make, shows), updated, listed)


@dataclass(frozen=True, slots=True)
class Output:
    """A kind of page, feed or export. One that makes nothing for a timeline gets no link either."""

    make: Callable[[Edition], Iterable[Artifact]]
    nav: tuple[str, str] | None = None  # key of the label, path
    alternate: tuple[str, str, str] | None = None  # media type, key of the title, path
    foot: tuple[str, str] | None = None  # key of the label, path: a link at the foot of every page


@dataclass(frozen=True, slots=True)
class Closing:
    """An output about the other outputs: it sees all that they make."""

    make: Callable[[Edition, Sequence[Artifact]], Iterable[Artifact]]
