"""What is known of the outside addresses, kept in a file between runs, and how it is brought up to date."""

from __future__ import annotations

import dataclasses
import datetime
import json
import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from site_builder.links import Answer, Known, due, judge
from site_builder.plain import MIB, read_plain
from site_builder.visiting import Visitor, visits

Progress = Callable[[int, int], None]  # addresses asked, addresses to ask

KNOWN = Path(".cache/links.json")


class NobodyAnsweredError(Exception):
    """Not one host answered, so that nothing is known of any."""


def up_to_date(
    path: Path,
    wanted: Collection[str],
    today: datetime.date,
    visitor: Visitor,
    progress: Progress,
    *,
    fresh: bool = False,
) -> dict[str, Answer]:
    """Every wanted address with its answer, asked for where it is due, or `fresh`; the file at `path` has them then.

    What has been asked is kept after Ctrl-C as well. Raises NobodyAnsweredError.
    """
    known = read_known(path)
    waiting = list(wanted) if fresh else due(wanted, known, today)
    new: dict[str, Answer] = {}
    heard = False  # else the fault may be on this side, and nothing of this is known
    try:
        for url, answer in visits(waiting, visitor):
            new[url] = answer
            heard = heard or bool(answer.status)
            progress(len(new), len(waiting))
        heard = heard or not new or _is_online(known, visitor)
        if not heard:
            raise NobodyAnsweredError
    finally:
        if heard:
            known |= {url: Known(answer, today) for url, answer in new.items()}
        write_known(path, {url: known[url] for url in wanted if url in known})
    return {url: known[url].answer for url in wanted}


def _is_online(known: Mapping[str, Known], visitor: Visitor) -> bool:
    """Whether a host that answered before does so now."""
    other = next((url for url in known if known[url].answer.status), "")
    return bool(other) and bool(visitor.visit(other).status)


def read_known(path: Path) -> dict[str, Known]:
    """What the file says; nothing where it is not there, or spoilt: it can be asked for again."""
    try:
        given = json.loads(read_plain(os.fsencode(path), 64 * MIB))
        return {url: Known(_answer(item), datetime.date.fromisoformat(item["asked"])) for url, item in given.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _answer(item: dict[str, Any]) -> Answer:
    given = item["answer"]
    target, fault = str(given["target"]), str(given["fault"])
    return Answer(int(given["status"]), target, bool(given["lasting"]), fault, bool(given["gone"]))


def write_known(path: Path, known: dict[str, Known]) -> None:
    """In the order of the addresses; the old file stays whole until the new one is."""
    items = {
        url: {
            "asked": str(known[url].asked),
            "verdict": judge(url, known[url].answer),
            "answer": dataclasses.asdict(known[url].answer),
        }
        for url in sorted(known)
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    with part.open("x", encoding="utf-8", newline="\n") as file:  # never through a link that somebody laid there
        file.write(json.dumps(items, indent=1) + "\n")
    part.replace(path)
