"""`new`: the file of a new entry, as an author would begin it."""

from __future__ import annotations

import json

from site_builder import dates, urls

FILE = """\
---
title: {title}
summary:                    # two sentences for lists
date: {date}
phase: {phase}
significance: 3             # 1: the story breaks without it · 2: important · 3: the rest
actor:                      # ids of actors.yaml, or names
location:                   # ids of places.yaml, or names
source:                     # keys of sources/, or addresses
tags: []
published: {published}
status: draft               # delete this line to publish
---
What happened, who says so, what it changed, what is disputed [@key-of-a-source].
"""


def entry_path(title: str, date: dates.Edtf) -> str:
    """Where the entry goes: `entries/1969/1969-07-20-moon-landing.md`; its name never changes with its title."""
    day = date.earliest or date.latest or (date.year, 1, 1)
    known = {"day": 3, "month": 2}.get(str(date.precision), 1)
    stamp = "-".join(f"{part:02}" for part in day[:known])
    words = "-".join(urls.slug(title).split("-")[:8]) or "entry"
    return f"entries/{date.year}/{urls.slug(stamp)}-{words}.md"


def entry_text(title: str, date: dates.Edtf, phase: str, published: str) -> str:
    return FILE.format(title=json.dumps(title, ensure_ascii=False), date=date, phase=phase, published=published)
