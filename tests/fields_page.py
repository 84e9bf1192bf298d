"""docs/fields.md: what stands in every field, from the models, their descriptions and the sites of golden/."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from site_builder import explanations, schemas
from site_builder.authoring import quoted
from site_builder.descriptions import EDTF, about
from site_builder.diagnostics import CHECKS
from site_builder.documents import read_yaml
from site_builder.front_matter import read_markdown
from site_builder.reading import PLURALS
from tests.driver import PROJECT
from tests.fields_of_records import Field, fields_of, groups, titled

# The sites that give the examples, the first before the others; what they hold is built by the tests of golden/.
EXAMPLES = tuple(PROJECT / "tests/golden" / name / "content" for name in ("everything", "awkward"))


# -- Examples


@cache
def examples() -> Mapping[str, str]:
    """The first value that the sites of the examples give each field, as it can be typed."""
    found: dict[str, str] = {}
    for content, path in ((site, path) for site in EXAMPLES for path in sorted(site.rglob("*.*"))):
        if path.suffix in (".md", ".yaml"):
            kind = kind_of(path.relative_to(content).parts)
            for value in _records(kind, path.name, path.read_text(encoding="utf-8")):
                _gather(schemas.KINDS[kind], kind, value, found)
    return found


def kind_of(parts: tuple[str, ...]) -> str:
    first = parts[0].removesuffix(".yaml")
    return {"entries": "entry", "phases": "phase", "pages": "page"}.get(first, first)


def _records(kind: str, name: str, text: str) -> Iterator[Mapping[str, Any]]:
    document, _ = read_markdown(name, text) if name.endswith(".md") else read_yaml(name, text)
    assert document
    values = document.fields.get("", document.fields)
    if isinstance(values, list) or kind == "sources":
        yield from values if isinstance(values, list) else values.values()
    else:
        yield {PLURALS.get(key, key): value for key, value in values.items()}


def _gather(record: type, kind: str, value: Any, found: dict[str, str]) -> None:
    for field in fields_of(record, kind):
        if not isinstance(value, Mapping) or (given := value.get(field.name)) is None:
            continue
        known = found.setdefault(field.key, flow(given))
        found[field.key] = min(known, flow(given), key=len) if field.group else known
        if field.group:
            many = given.values() if isinstance(given, Mapping) and "`id: …`" in field.takes else given
            for one in many if not isinstance(many, Mapping | str) else [many]:
                _gather(field.group, "", one, found)


def flow(value: Any) -> str:
    """A value on one line of YAML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return value if re.fullmatch(r"[\w.+~?-](?:[\w .+~?/-]*[\w.+~?-])?", value) else quoted(value)


# -- The page


INTRODUCTION = """\
# Fields

<!-- Made from site_builder/model.py and site_builder/descriptions.py by tests/fields_page.py; a test compares them. -->

What can stand in each file of `content/`. Every value is read as you type it: `0632`, `NO` and `12:30` stay text. Put a
value in quotes when it contains `: ` or ` #`, or begins with a sign such as `@`, `[` or `"`. A field that is not listed
here is an error, with one exception: fields of an entry that begin with `x_` are yours, and are handed on to
`data/entries.json`.

An **id** is made of a to z, 0 to 9 and single hyphens. Where **one or more** can stand, one value needs no brackets.
A field that is left empty is left out. The last column names what [`check`](errors.md) can find at the field, beside
mistakes in the signs of YAML, which any field can have: [`yaml-syntax`](errors.md#yaml-syntax) and its kin,
[`repeated-key`](errors.md#repeated-key), [`unknown-field`](errors.md#unknown-field),
[`value-empty`](errors.md#value-empty), [`text-cut-by-comment`](errors.md#text-cut-by-comment).
"""
# A block for each kind of file: its kind and heading, then what is said below it.
_SECTIONS = """
entry · An entry: `entries/<year>/<id>.md`
The file's name is the entry's id and its address. Choose it well: the title may change, the address should not.
`actors`, `locations` and `sources` are read like `actor`, `location` and `source`.

phase · A phase: `phases/<id>.md`
The text below the fields is the introduction of the phase.

page · A page of your own: `pages/<id>.md`
`pages/about.md` becomes `about.html`.

site · The site: `site.yaml`
[Checks](#checks) lists what `checks` can set.

actors · An actor: `actors.yaml`
The file is a list: each record begins with `- id: …`.

places · A place: `places.yaml`
The file is a list: each record begins with `- id: …`. See [The map](map.md).

sources · A source: `sources/*.yaml`
Each record stands below its key. The names are those of [CSL](https://docs.citationstyles.org/); `kind`,
`perspective`, `origin`, `seen`, `archived` and `no_link` are ours. See [Sources](sources.md), also for files of Zotero
and JabRef.

series · Figures over time: `series/<id>.yaml`
Published figures of one quantity, by who gives them.

spans · Things that last: `spans.yaml`
The file is a list: each record begins with `- actor: …`.

glossary · A term: `glossary.yaml`
The file is a list: each record begins with `- id: …`.
"""


def sections() -> dict[str, tuple[str, str]]:
    """Heading and words of each kind of file, in the order of the page."""
    blocks = (block.partition("\n") for block in _SECTIONS.strip().split("\n\n"))
    return {head.partition(" · ")[0]: (head.partition(" · ")[2], words) for head, _, words in blocks}


TEXT = """\
## The text of an entry, a phase or a page

Markdown with tables. Raw HTML is shown as text. Headings are set below the page's own title, whichever level you begin
at. A list or a table needs no empty line above it, and a list inside a list is indented by two spaces or more.
Fields are plain text: Markdown and citations are read in texts alone.

- Citations: `[@key]`, `[@key, p. 12]`, `[@one; @another]`
- Links: `[text](entry:id)`, and likewise `phase:`, `actor:`, `place:`, `source:`, `term:`, `tag:`, `year:`, `page:`;
  a file of your own: `[text](media/report.pdf)`
- Another site is not linked from the text: record it as a source and cite it.
"""
CHECKS_HEAD = """\
## Checks

These findings do not stop a build. `checks` in `site.yaml` sets each to `error`, `warning`, `info` or `"off"`, and
allows single ones: those of an `entry`, those about a text that `contains` certain words, or both; always with the
reason.

<!-- site -->
```yaml
checks:
  base-url-missing: "off"
  title-long: error
  uncited-sentence:
    severity: error
    allow:
      - {contains: This entry rests on one source, reason: It speaks of its own sources.}
      - {entry: 1991-12-12-first-server-in-north-america, contains: is not known, reason: No source says it.}
```

On a terminal at most three infos of a code are shown, and of more the number; `--format json` lists all.

| code | usual | found |
|---|---|---|
"""


def page() -> str:
    """docs/fields.md."""
    parts, told = [INTRODUCTION], set[type]()
    for kind, (title, words) in sections().items():
        parts.append(f"## {title}\n\n{words}\n\n{table(fields_of(schemas.KINDS[kind], kind))}")
        parts += [
            f"### {titled(group)}\n\n{table(fields_of(group))}" for group in groups(schemas.KINDS[kind], kind, told)
        ]
        parts += [TEXT] if kind == "page" else []
    rows = (f"| [`{code}`](errors.md#{code}) | {usual} | {_told(code)} |\n" for code, usual in CHECKS.items())
    return "\n".join([*parts, CHECKS_HEAD + "".join(rows)])


def _told(code: str) -> str:
    return explanations.explanations()[code].meaning.replace("|", "\\|")


def table(fields: list[Field]) -> str:
    head = "| field | what it is for | takes | without it | example | can give |\n|---|---|---|---|---|---|\n"
    return head + "".join(_row(field) for field in fields)


def _row(field: Field) -> str:
    words = about(field.record.__name__, field.name).replace(f"; {EDTF}", "").replace(EDTF, "as it is known")
    codes = ", ".join(f"[`{code}`](errors.md#{code})" for code in field.codes)
    return f"| `{field.name}` | {words} | {field.takes} | {_default(field)} | {_example(field)} | {codes} |\n"


def _default(field: Field) -> str:
    if field.required:
        return "**required**"
    shown = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
    return f"`{shown}`" if field.default not in (None, "", ()) else "–"


def _example(field: Field) -> str:
    shown = f"`{field.name}: {examples()[field.key]}`"
    return shown if len(shown) < 100 or not field.group else "see its fields"
