"""Shapes of input that could cost more than their bytes, each near its limits: see per_byte.py."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from site_builder.limits import (
    MAX_FRONT_MATTER,
    MAX_ITEMS,
    MAX_NAMED,
    MAX_NAMES,
    MAX_POINTS,
    MAX_SITE,
    MAX_TEXT,
    MAX_TOLD,
)
from tests.driver import PROJECT, SITE, entry
from tests.hostile.costs import DEAREST

Files = dict[str, str | bytes]

_SMALL = "---\ntitle: T\ndate: 2014\n{}\n---\n"
REAL = "the site in content/"  # it stands alone
_LEAST = 60_000  # bytes of the texts of a shape: of less, the time of a build is lost in that of the empty site
_TAGS = SITE + "tags: {" + ", ".join(f"t{n}: Tag" for n in range(MAX_ITEMS)) + "}\n"
BASE: Files = {
    "entries/z.md": entry("actor: a\nlocation: p"),
    "actors.yaml": "- {id: a, name: A}\n",
    "places.yaml": "- {id: p, name: P, lat: 34, lon: 43}\n",
    "sources/a.yaml": "a: {title: A report, publisher: Paper}\n",
}

# One list in the front matter of an entry: the field, one of its items (`#`: its number), how many there are.
_LISTS: Mapping[str, tuple[str, str, int]] = {
    "actors by name": ("actor", "A §-#", MAX_NAMED),
    "places by name": ("location", "P §-#", MAX_NAMED),
    "places with points": ("location", "{name: P §-#, lat: 34.#, lon: 43.#}", MAX_NAMED),
    "addresses as sources": ("source", "http://a.b/§-#", MAX_ITEMS),
    "one source again and again": ("source", "{source: a, locator: p. #}", MAX_ITEMS),
    "tags": ("tags", "t#", MAX_ITEMS),
    "claims": ("claims", "{by: A, stance: denies, about: event, statement: s, cites: [a]}", MAX_ITEMS),
    "figures of harm": ("casualties", "{harm: killed, group: g#, best: 1, by: A, cites: [a]}", MAX_ITEMS),
    "revisions": ("revisions", "{date: 2026-01-05, kind: update, summary: s}", MAX_ITEMS),
    "changes of control": ("control", "{place: p, holder: a, change: taken}", MAX_ITEMS),
    "old addresses": ("aliases", "b§-#", MAX_ITEMS),
    "fields of one's own": ("x_a", "b#", MAX_ITEMS),
}

# A file of records that is as long as it may be: where it lies, one record, what stands before them.
_REGISTRIES: Mapping[str, tuple[str, str, str]] = {
    "actors": ("actors.yaml", "- {id: a#, name: A}\n", "- {id: a, name: A}\n"),
    "actors with other names": ("actors.yaml", "- {id: a#, name: A, aliases: [B, C]}\n", "- {id: a, name: A}\n"),
    "actors after one another": ("actors.yaml", "- {id: a#, name: A, succeeds: [{id: a}]}\n", "- {id: a, name: A}\n"),
    "places": ("places.yaml", "- {id: p#, name: P}\n", "- {id: p, name: P}\n"),
    "places beside each other": ("places.yaml", "- {id: p#, name: P, lat: 34, lon: 43.#}\n", "- {id: p, name: P}\n"),
    "sources": ("sources/s.yaml", "s#: {title: A}\n", ""),
    "sources of one voice": ("sources/s.yaml", "s#: {title: A, origin: wire}\n", ""),
    "sources of many papers": ("sources/s.yaml", "s#: {title: A, publisher: P #}\n", ""),
    "terms": ("glossary.yaml", "- {id: g#, term: T #, definition: d}\n", ""),
    "terms that lead on": ("glossary.yaml", "- {id: g#, term: T #, definition: d, see: [g0]}\n", ""),
    "spans": ("spans.yaml", "- {actor: a, id: s#, pledged: 1999-05}\n", ""),
    "tags": ("site.yaml", "  t#: T\n", f"{SITE}tags:\n"),
    "BibTeX": ("sources/s.bib", "@misc{s#, title = {A}}\n", ""),
}


def _list(field: str, item: str, count: int, number: int) -> str:
    most = min(count, (MAX_FRONT_MATTER - 1000) // (len(item) + 6))
    items = (item.replace("#", str(n)).replace("§", str(number)) for n in range(most))
    return _SMALL.format(f"{field}: [{', '.join(items)}]")


def _entries(text_of: Callable[[int], str], count: int = 0) -> Files:
    """So many entries, or as many as are worth being measured."""
    count = count or _LEAST // len(text_of(0).encode()) + 1
    return {f"entries/{n % 40}/e{n}.md": text_of(n) for n in range(count)}


def _filled(record: str, part: int, before: str = "") -> str:
    made = [before]
    size, number = len(before), 0
    while size < (MAX_TEXT - 1000) // part:
        made.append(record.replace("#", str(number)))
        size += len(made[-1])
        number += 1
    return "".join(made)


def _csl(part: int) -> Files:
    return {"sources/s.json": "[" + _filled('{"id": "s#", "type": "book", "title": "A"},\n', part)[:-2] + "]"}


def _series(part: int) -> Files:
    points = "- {date: 2014-06, value: 1, estimator: E}\n" * MAX_POINTS
    return {f"series/s{n}.yaml": f"title: S {n}\npoints:\n{points}" for n in range(max(8 // part, 1))}


def _real(part: int) -> Files:
    folder = PROJECT / "content"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _with(field: str, files: Files) -> Callable[[int], Files]:
    """A thousand small entries, all of which show what the files hold."""
    return lambda part: files | _entries(lambda n: _SMALL.format(field), 1_000 // part)


def _all_actors(part: int) -> Files:
    ids = [f"a{n}" for n in range(MAX_NAMES)]
    actors = "- {id: a, name: A}\n" + "".join(f"- {{id: {id}, name: A}}\n" for id in ids)
    return {"actors.yaml": actors} | _entries(lambda n: _SMALL.format(f"actor: [{', '.join(ids)}]"), 60)


def _related(part: int) -> Files:
    return _entries(lambda n: _SMALL.format("related: [" + ", ".join(f"e{m}" for m in range(100) if m != n) + "]"), 100)


_OTHERS: Mapping[str, Callable[[int], Files]] = {
    "records: CSL-JSON": _csl,
    "records: figures of series": _series,
    "records: series": lambda part: {
        f"series/s{n}.yaml": f"title: S\npoints: [{{date: 2014-06, value: {n}, estimator: E}}]\n"
        for n in range(2_000 // part)
    },
    "entries: the smallest": _with("", {}),
    "entries: honest": lambda part: _entries(lambda n: entry(body="It was so [@a]. " * 120 + "\n"), 200),
    "entries: with one of each": _with("actor: a\nlocation: p\ntags: t1\nsource: a", {"site.yaml": _TAGS}),
    "entries: with the same long list of actors": _all_actors,
    "entries: related to each other": _related,
    "entries: of all times": _with("date_note: n", {}),
    "entries: of one long actor": _with(
        "actor: b", {"actors.yaml": f"- {{id: a, name: A}}\n- {{id: b, name: {'B' * (MAX_TOLD - 99)}}}\n"}
    ),
    "entries: of one long source": _with("source: b", {"sources/b.yaml": f"b: {{title: {'B' * (MAX_TOLD - 99)}}}\n"}),
    "entries: of a site with long texts": _with("", {"site.yaml": f"{SITE}subtitle: {'A' * (MAX_SITE - 99)}\n"}),
    REAL: _real,
}


def shapes() -> list[str]:
    lists, registries = (f"fields: {name}" for name in _LISTS), (f"records: {name}" for name in _REGISTRIES)
    return [*(f"text: {name}" for name in DEAREST), *lists, *registries, *_OTHERS]


def shape(name: str, part: int) -> Files:
    """The files of a shape."""
    kind, _, what = name.partition(": ")
    if name in _OTHERS:
        return _OTHERS[name](part)
    if kind == "text":
        return _entries(lambda n: entry(body=f"{DEAREST[what]()}\n", source="a"))
    if kind == "records":
        path, record, before = _REGISTRIES[what]
        return {path: _filled(record, part, before)}
    return {"site.yaml": _TAGS} | _entries(lambda n: _list(*_LISTS[what], number=n))
