"""A site from a dictionary of texts, built in memory: what most tests of the generator start from.

    built = site({"entries/2020/hearing.md": entry("tags: law")})
    assert built.codes == ["unknown-tag"]
    assert "Hearing" in built.html("entries/hearing.html")

Paths are those inside `content/`; one that begins with `templates/` adds to the look or replaces a part of it. A
minimal `site.yaml` is filled in. The look is a tiny one (`look="tiny"`, below) or the project's own (`look="real"`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder import printing
from site_builder.diagnostics import Diagnostic, Report, Severity
from site_builder.files import Inputs, Options
from site_builder.loading import load
from site_builder.looks import load_look
from site_builder.memo import Memo
from site_builder.pipeline import build
from site_builder.publish import MemoryStaging
from site_builder.timeline import Timeline
from site_builder.wording import Words

PROJECT = Path(__file__).resolve().parent.parent
SITE = "id: test\ntitle: A test\nbase_url: https://example.org/t/\n"

_BASE = """\
<!DOCTYPE html><html lang="{{ site.language }}"><head><title>{{ site.title }}</title></head><body>
<nav>{% for label, path in nav %}<a href="{{ url(path) }}">{{ t(label) }}</a> {% endfor %}</nav>
<main>{% block main %}{% endblock %}</main></body></html>
"""
_YEARS = """\
{% for year in years %}<h2 id="{{ anchor(year.anchor) }}">{{ year.year }}</h2>
{% for month in year.months %}{% for card in month.cards %}
<a href="{{ url(card.path) }}">{{ date(card.date) }}: {{ card.title }}</a>
{% endfor %}{% endfor %}{% endfor %}"""
_INDEX = """\
{% for group, items in groups %}{% for item in items %}
<a href="{{ url(item.mention.path) }}">{{ item.mention.label }}</a>{% endfor %}{% endfor %}"""
_ENTRY = """\
<h1>{{ card.title }}</h1><p>{{ date(card.date) }} {{ evidence.grade }}</p>{{ fill(entry.body, numbers) }}
{% for view in claims if view.by.path %}<a href="{{ url(view.by.path) }}">{{ view.by.label }}</a>{% endfor %}
{% for item in related %}<a href="{{ url(item.path) }}">{{ item.label }}</a>{% endfor %}
{% for picture in entry.media %}<img src="{{ url(picture.src) }}" alt="{{ picture.alt }}">{% endfor %}
<ol>{% for source in references %}<li id="{{ anchor('source-' ~ source.number) }}">
<a href="{{ url(source.path) }}">{{ source.title }}</a></li>{% endfor %}</ol>"""
# For templates that no test of the driver's is about.
_OTHER = b'{% extends "base.html" %}{% block main %}{{ page_path }}{% endblock %}'
_PARTS: Mapping[str, str] = {
    "home.html": "<h1>{{ site.title }}</h1>{% for change in latest %}{{ change.title }}{% endfor %}",
    "timeline.html": _YEARS,
    "entry.html": _ENTRY,
    "phase.html": "<h1>{{ mark.label }}</h1>{{ fill(phase.body) }}" + _YEARS,
    "year.html": "<h1>{{ year.year }}</h1>",
    "actors.html": _INDEX,
    "actor.html": "<h1>{{ actor.name }}</h1>" + _YEARS,
    "places.html": _INDEX,
    "place.html": "<h1>{{ place.name }}</h1>" + _YEARS,
    "sources.html": '{% for group in groups %}{% for item in group.items %}<a href="{{ url(item.source.path) }}">'
    "{{ item.source.title }}</a>{% endfor %}{% endfor %}",
    "source.html": '<h1>{{ reference.title }}</h1>{% for use in uses %}<a href="{{ url(use.card.path) }}">'
    "{{ use.card.title }}</a>{% endfor %}",
    "tags.html": '{% for item in items %}<a href="{{ url(item.mention.path) }}">'
    "{{ item.mention.label }}</a>{% endfor %}",
    "tag.html": "<h1>{{ label }}</h1>" + _YEARS,
    "glossary.html": '{% for view in terms %}<dt id="{{ anchor(view.term.id) }}">{{ view.term.term }}</dt>'
    '{% for item in view.see %}<a href="{{ url(item.path) }}">{{ item.label }}</a>{% endfor %}{% endfor %}',
    "page.html": "<h1>{{ page.title }}</h1>{{ fill(page.body, {}) }}",
    "figures.html": "<h1>{{ t('figures.title') }}</h1>",
    "spans.html": "<h1>{{ t('spans.title') }}</h1>",
    "control.html": "<h1>{{ t('control.title') }}</h1>",
    "series.html": "<h1>{{ series.title }}</h1>",
    "404.html": '<a href="{{ url("index.html") }}">home</a>',
    "moved.html": "<p>{{ url(target.path) }}</p>",
    "withdrawn.html": "<p>{{ id }}</p>",
}


@functools.cache
def real_look() -> Mapping[str, bytes]:
    """The project's own templates, as logical paths."""
    folder = PROJECT / "templates"
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {f"templates/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in files}


@functools.cache
def tiny_look() -> Mapping[str, bytes]:
    """A page for every template, as short as it can be, with the project's own words."""
    pages = {
        f"templates/{name}": f'{{% extends "base.html" %}}{{% block main %}}{part}{{% endblock %}}'.encode()
        for name, part in _PARTS.items()
    }
    others = {path: _OTHER for path in real_look() if path.count("/") == 1 and path.endswith(".html")}
    words = (PROJECT / "templates/strings/en.yaml").read_bytes()
    return {**others, **pages, "templates/base.html": _BASE.encode(), "templates/strings/en.yaml": words}


@dataclass(frozen=True, slots=True)
class Built:
    """What a build gave: its report, and its files by path."""

    report: Report
    files: Mapping[str, bytes]

    @property
    def codes(self) -> list[str]:
        """The codes of errors and warnings, in the order of the report."""
        return [found.code for found in self.report.diagnostics if found.severity is not Severity.INFO]

    @property
    def messages(self) -> str:
        """The report as an author reads it, without colour."""
        return shown(self.report)

    def html(self, path: str) -> str:
        return self.files[path].decode()


def shown(report: Report) -> str:
    """A report as an author reads it, without colour; paths stay logical."""
    return "".join(f"{line}\n" for line in printing.text(report, str, colour=False))


def inputs(files: Mapping[str, str | bytes], look: str = "tiny") -> Inputs:
    """The texts as a snapshot of the author's folders."""
    given = {path if path.startswith("templates/") else f"content/{path}": files[path] for path in files}
    given.setdefault("content/site.yaml", SITE)
    read = {path: text.encode() if isinstance(text, str) else text for path, text in given.items()}
    base = real_look() if look == "real" else tiny_look()
    return Inputs(dict(sorted({**base, **read}.items())))


def site(files: Mapping[str, str | bytes], *, look: str = "tiny", memo: Memo | None = None, **how: Any) -> Built:
    """Build a site from texts. `how`: `drafts`, `base_url` as on the command line."""
    return built(inputs(files, look), memo=memo, **how)


def built(snapshot: Inputs, *, memo: Memo | None = None, **how: Any) -> Built:
    """Build what a snapshot holds."""
    stage = MemoryStaging()
    report = build(snapshot, Options(**how), memo or Memo(), stage)
    return Built(report, stage.files if report.ok else {})


def timeline(files: Mapping[str, str | bytes], **how: Any) -> tuple[Timeline, list[Diagnostic]]:
    """The linked timeline of a site from texts, and what was found on the way."""
    found, findings = load(inputs(files), Options(**how), Memo())
    assert found is not None, [finding.message for finding in findings]
    return found, findings


@functools.cache
def words() -> Words:
    """The project's own words."""
    look, findings = load_look(inputs({}), "en")
    assert look is not None, findings
    return look.words


def entry(fields: str = "", body: str = "What happened.\n", **given: str) -> str:
    """The file of an entry: title, date and the rest that keeps a build quiet, then `fields`, then the body."""
    usual = {"title": "Hearing", "date": "2020-09-17", "source": "https://example.org/report"}
    usual |= {"published": "2026-01-02", **given}
    lines = [f"{name}: {value}" for name, value in usual.items() if value]
    return "---\n" + "\n".join([*lines, *filter(None, [fields.strip("\n")])]) + f"\n---\n{body}"


def lay_out(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """The same site as folders on disk, for tests of the command."""
    for path, data in inputs(files).files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def lay_down(folder: Path, files: Mapping[str, bytes]) -> Path:
    """A built site as files, to be opened where scripts have the fewest rights."""
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder
