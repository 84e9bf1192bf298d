"""What is shown where a page is shared, one picture for each phase and one for the rest, and the icons of the site."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from site_builder import urls
from site_builder.artifacts import Artifact, Bytes, Output
from site_builder.edition import Edition
from site_builder.model import Phase
from site_builder.pictures import Bar, Poster
from site_builder.views import density
from site_builder.wording import Words


def artifacts(edition: Edition) -> Iterator[Artifact]:
    """Pictures need the address of the site: without it nobody could be told where they are."""
    yield Artifact(urls.ICON, Bytes("icon", _icon), listed=False)
    yield Artifact(urls.TOUCH_ICON, Bytes("touch icon", _touch_icon), listed=False)
    if not edition.timeline.site.base_url:
        return
    whole = _poster(edition)
    yield _picture(urls.PICTURE, whole)
    for phase in edition.timeline.records.phases.values():
        yield _picture(urls.beside(urls.page("phase", phase.id), "png"), _poster(edition, phase))


def _picture(path: str, poster: Poster) -> Artifact:
    return Artifact(path, Bytes(poster, partial(_drawn, poster)), listed=False)


# Pillow is loaded when something must be drawn, which spares every rebuild that draws nothing.


def _drawn(poster: Poster) -> bytes:
    from site_builder import drawing  # noqa: PLC0415

    return drawing.poster(poster)


def _icon() -> bytes:
    from site_builder import drawing  # noqa: PLC0415

    return drawing.icon()


def _touch_icon() -> bytes:
    from site_builder import drawing  # noqa: PLC0415

    return drawing.touch_icon()


def _poster(edition: Edition, phase: Phase | None = None) -> Poster:
    words, strip = edition.words, density(edition.timeline)
    bars = tuple(Bar(bar.year, tuple((mark.colour if mark else "", n) for mark, n in bar.counts)) for bar in strip)
    ends = (words.year(strip[0].year), words.year(strip[-1].year)) if strip else ("", "")
    if phase is None:
        return Poster(edition.timeline.site.title, "", edition.timeline.site.subtitle, bars=bars, ends=ends)
    dates = _period(words, phase)
    return Poster(edition.timeline.site.title, phase.label, dates, phase.colour, phase.shape, bars, ends)


def _period(words: Words, phase: Phase) -> str:
    start = f"{words.t('period.from')} {words.date(phase.from_)}"
    return f"{start} {words.t('period.to')} {words.date(phase.to)}" if phase.to else f"{start} {words.t('period.open')}"


OUTPUT = Output(artifacts)
