"""Lists that are too long for one page: it then shows their years, and each year has a page of its own.

A year that is too long shows its months in the same way. Nothing is left out, and no page grows with the timeline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from site_builder.artifacts import Artifact, page
from site_builder.cards import Mention
from site_builder.changes import last_change
from site_builder.edition import Edition, cards
from site_builder.model import Entry
from site_builder.views import Month, Year, years

LONGEST = 1000  # entries that one page lists
KEY = 3  # of a year that is on a page of its own, so many key events stand in the list


def shown(edition: Edition, path: str = "") -> tuple[Year, ...]:
    """The years of a list as its page shows them. `edition`: that of the list's entries alone.

    `path`: the list's page, below which the pages of its years lie; "": for the timeline, whose years have theirs.
    """
    entries = edition.timeline.entries
    whole = years(edition, entries)
    if len(entries) <= LONGEST:
        return whole
    return tuple(_folded_year(year, path) for year in whole)


def of_list(edition: Edition, entries: Sequence[Entry], name: str, path: str) -> tuple[Artifact, ...]:
    """The pages of the years of a list, and of the months of those that are too long as well; none where it is short.

    `name`: what it is a list of; `path`: its page.
    """
    if len(entries) <= LONGEST:
        return ()
    inputs = (edition.words, name, *entries, *cards(edition, entries))
    return edition.memo.revise("parts", path, inputs, lambda last: tuple(_of_list(edition, entries, name, path)))


def _of_list(edition: Edition, entries: Sequence[Entry], name: str, path: str) -> Iterator[Artifact]:
    folded = (_folded_year(year, path) for year in years(edition, entries))
    steps = [Mention(f"{name}, {edition.words.year(year.year)}", year.path) for year in folded]
    for n, (_, of_year_) in enumerate(groupby(entries, key=lambda entry: entry.date.year)):
        of_year = tuple(of_year_)
        year = shown_year(edition, of_year, steps[n].path)
        yield _page(year, steps, n, Mention(name, f"{path}#{year.anchor}"), of_year)
        yield from _of_months(edition, steps[n], of_year)


def shown_year(edition: Edition, entries: Sequence[Entry], path: str) -> Year:
    """A year (of a list) as its page shows it."""
    (year,) = years(edition, entries)
    return year if len(entries) <= LONGEST else replace(year, months=tuple(_folded(year.months, path)))


def of_months(edition: Edition, year: Mention, entries: Sequence[Entry]) -> tuple[Artifact, ...]:
    """The pages of the months of a year, if it is too long. `year`: its name and its page."""
    if len(entries) <= LONGEST:
        return ()
    inputs = (edition.words, *entries, *cards(edition, entries))
    return edition.memo.revise("parts", year, inputs, lambda last: tuple(_of_months(edition, year, entries)))


def _of_months(edition: Edition, year: Mention, entries: Sequence[Entry]) -> Iterator[Artifact]:
    if len(entries) <= LONGEST:
        return
    (whole,) = years(edition, entries)
    folded = list(_folded(whole.months, year.path))
    steps = [Mention(f"{year.label}: {_name(edition, whole.year, month)}", month.path) for month in folded]
    for n, month in enumerate(whole.months):
        of_month = [entry for entry in entries if (entry.date.month or 0) == month.month]
        alone = replace(whole, months=(month,), count=month.count)
        yield _page(alone, steps, n, Mention(year.label, f"{year.path}#{month.anchor}"), of_month)


def _folded_year(year: Year, path: str) -> Year:
    key = (card for month in year.months for card in month.cards if card.significance == 1)
    own = _below(path, str(year.year)) if path else year.path
    return replace(year, months=(), path=own, key=tuple(islice(key, KEY)))


def _folded(months: Iterable[Month], path: str) -> Iterator[Month]:
    return (replace(month, cards=(), path=_below(path, f"{month.month:02}")) for month in months)


def _below(path: str, name: str) -> str:
    return f"{path.removesuffix('.html')}/{name}.html"


def _name(edition: Edition, year: int, month: Month) -> str:
    words = edition.words
    if not month.month:
        return words.t("timeline.month_unknown", year=words.year(year))
    return words.t("date.month", month=words.t(f"date.months.{month.month}"), year=words.year(year))


def _page(year: Year, steps: Sequence[Mention], n: int, up: Mention, entries: Sequence[Entry]) -> Artifact:
    return page(
        steps[n].path,
        "part.html",
        updated=last_change(entries),
        name=steps[n].label,
        year=year,
        count=len(entries),
        up=up,
        previous=steps[n - 1] if n else None,
        next=steps[n + 1] if n + 1 < len(steps) else None,
    )
