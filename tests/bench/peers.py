"""The same corpus for other generators: the same pages (entries, years, actors, tags, lists of them, feed, sitemap)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.corpus import TAGS, Event, Size, actor, events, source


@dataclass(frozen=True, slots=True)
class Peer:
    """Another generator: its command, what writes the corpus for it, and what leads to an entry's file."""

    name: str
    command: Callable[[], tuple[str, ...] | None]  # None: it is not on this machine
    write: Callable[[Path, int], None]
    out: str


def _hugo() -> tuple[str, ...] | None:
    found = shutil.which("hugo")
    return (found, "--quiet", "--destination", "public") if found else None


def _eleventy() -> tuple[str, ...] | None:
    found = shutil.which("eleventy")
    return (found, "--quiet") if found else None


def _body(event: Event, link: str) -> str:
    """The text with its citations as links to the list of sources, as our pages have them."""
    numbers = {key: n for n, key in enumerate(event.sources, start=1)}
    cited = [event.sources[n % len(event.sources)] for n in range(len(event.paragraphs))]
    texts = [
        f"{text[:-1]} [{numbers[key]}](#source-{numbers[key]})."
        for text, key in zip(event.paragraphs, cited, strict=True)
    ]
    texts[-1] += f" See [what came before]({link}) [{numbers[cited[-1]]}](#source-{numbers[cited[-1]]})."
    return "\n\n".join(texts)


def _front_matter(event: Event, more: Mapping[str, object]) -> str:
    date = event.date if event.date.count("-") == 2 else f"{event.date}-01"
    fields = {"title": event.title, "date": date, "summary": event.summary, "actors": event.actors, **more}
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items()) + "---\n\n"


def _sources(entries: int) -> dict[str, dict[str, str]]:
    return {
        source(n): {
            "title": f"Notice {n}",
            "outlet": f"Gazette {n % 40}",
            "url": f"https://gazette-{n % 40}.example/{n}",
        }
        for n in range(Size(entries).sources)
    }


def _lay(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")


_HUGO = {
    "hugo.toml": (
        'baseURL = "https://example.org/corpus/"\ntitle = "A made-up chronology"\ndisableKinds = ["section"]\n'
        'enableRobotsTXT = false\n[taxonomies]\nactor = "actors"\ntag = "tags"\nyear = "years"\n'
        "[services.rss]\nlimit = 50\n[outputs]\nhome = ['html', 'rss']\nterm = ['html']\ntaxonomy = ['html']\n"
    ),
    "layouts/_default/baseof.html": (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{{ .Title }}</title></head>\n<body>\n'
        '<header><a href="{{ "/" | relURL }}">{{ site.Title }}</a> <a href="{{ "years/" | relURL }}">Timeline</a>'
        '</header>\n<main id="main_">\n{{ block "main" . }}{{ end }}\n</main>\n</body>\n</html>\n'
    ),
    "layouts/index.html": '{{ define "main" }}<h1>{{ site.Title }}</h1>{{ end }}\n',
    "layouts/_default/single.html": (
        '{{ define "main" }}<article>\n<h1>{{ .Title }}</h1>\n<p><time>{{ .Date.Format "2 January 2006" }}</time></p>\n'
        "<p>{{ .Summary }}</p>\n{{ .Content }}\n"
        '<ul>{{ range .GetTerms "actors" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>\n'
        '<ul>{{ range .GetTerms "tags" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>\n'
        "<ol>{{ range $n, $key := .Params.sources }}{{ with index hugo.Data.sources $key }}"
        '<li id="source-{{ add $n 1 }}"><a href="{{ .url }}">{{ .title }}</a>, {{ .outlet }}</li>'
        "{{ end }}{{ end }}</ol>\n"
        "</article>{{ end }}\n"
    ),
    "layouts/_default/term.html": (
        '{{ define "main" }}<h1>{{ .Title }}</h1>\n<ul>{{ range .Pages.ByDate }}'
        '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ .Date.Format "2 January 2006" }}</time></li>\n'
        "{{ end }}</ul>{{ end }}\n"
    ),
    "layouts/_default/taxonomy.html": (
        '{{ define "main" }}<h1>{{ .Title }}</h1>\n<ul>{{ range .Data.Terms.Alphabetical }}'
        '<li><a href="{{ .Page.RelPermalink }}">{{ .Page.Title }}</a> {{ .Count }}</li>{{ end }}</ul>{{ end }}\n'
    ),
}


def _write_hugo(folder: Path, entries: int) -> None:
    _lay(folder, _HUGO)
    _lay(folder, {"data/sources.json": json.dumps(_sources(entries))})
    for event in events(entries):
        more = {"tags": event.tags, "years": [event.date[:4]], "sources": event.sources}
        text = _front_matter(event, more) + _body(event, f"/corpus/entries/{event.related}/") + "\n"
        _lay(folder, {f"content/entries/{event.id}.md": text})


_LIST = (
    "<h1>{{ term }}</h1>\n<ul>{% for item in collections[kind][term] %}"
    '<li><a href="{{ item.url }}">{{ item.data.title }}</a> <time>{{ item.data.date }}</time></li>\n{% endfor %}</ul>\n'
)
_INDEX = (
    "<h1>{{ kind }}</h1>\n<ul>{% for term, items in collections[kind] %}"
    '<li><a href="/{{ kind }}/{{ term }}/">{{ term }}</a> {{ items | length }}</li>{% endfor %}</ul>\n'
)
_ELEVENTY = {
    "eleventy.config.js": (
        "const by = (all, key) => { const found = {}; for (const page of all) { for (const term of key(page)) {"
        " (found[term] ??= []).push(page); } } return found; };\n"
        "export default (config) => {\n"
        "  const entries = (api) => api.getFilteredByGlob('content/entries/*.md').sort((a, b) => a.date - b.date);\n"
        "  config.addCollection('entries', entries);\n"
        "  config.addCollection('actors', (api) => by(entries(api), (page) => page.data.actors));\n"
        "  config.addCollection('subjects', (api) => by(entries(api), (page) => page.data.subjects));\n"
        "  config.addCollection('years', (api) => by(entries(api), (page) => [String(page.data.year)]));\n"
        "  return { dir: { input: 'content', output: 'public', includes: '../includes', data: '../data' },"
        " markdownTemplateEngine: false };\n};\n"
    ),
    "package.json": '{"type": "module"}\n',
    "includes/base.njk": (
        '<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{{ title }}</title></head>\n<body>\n'
        '<header><a href="/">A made-up chronology</a> <a href="/years/">Timeline</a></header>\n'
        '<main id="main_">\n{{ content | safe }}\n</main>\n</body>\n</html>\n'
    ),
    "includes/entry.njk": (
        "---\nlayout: base.njk\n---\n<article>\n<h1>{{ title }}</h1>\n<p><time>{{ date }}</time></p>\n"
        "<p>{{ summary }}</p>\n{{ content | safe }}\n"
        '<ul>{% for term in actors %}<li><a href="/actors/{{ term }}/">{{ term }}</a></li>{% endfor %}</ul>\n'
        '<ul>{% for term in subjects %}<li><a href="/subjects/{{ term }}/">{{ term }}</a></li>{% endfor %}</ul>\n'
        '<ol>{% for key in sources %}<li id="source-{{ loop.index }}"><a href="{{ shelf[key].url }}">'
        "{{ shelf[key].title }}</a>, {{ shelf[key].outlet }}</li>{% endfor %}</ol>\n</article>\n"
    ),
    "content/entries/entries.json": '{"layout": "entry.njk"}\n',
    "content/index.njk": "---\nlayout: base.njk\n---\n<h1>A made-up chronology</h1>\n",
    "content/feed.njk": (
        "---\npermalink: feed.xml\neleventyExcludeFromCollections: true\n---\n"
        '<feed xmlns="http://www.w3.org/2005/Atom">{% for page in collections.entries | reverse %}'
        "{% if loop.index <= 50 %}<entry><title>{{ page.data.title }}</title><id>{{ page.url }}</id></entry>"
        "{% endif %}{% endfor %}</feed>\n"
    ),
    "content/sitemap.njk": (
        "---\npermalink: sitemap.xml\neleventyExcludeFromCollections: true\n---\n<urlset>"
        "{% for page in collections.all %}"
        "<url><loc>https://example.org{{ page.url }}</loc></url>{% endfor %}</urlset>\n"
    ),
    **{
        f"content/{kind}-index.njk": f"---\nlayout: base.njk\nkind: {kind}\npermalink: /{kind}/\n---\n{_INDEX}"
        for kind in ("actors", "subjects", "years")
    },
    **{
        f"content/{kind}.njk": (
            f"---\nlayout: base.njk\nkind: {kind}\npagination:\n  data: collections.{kind}\n  size: 1\n"
            f"  alias: term\npermalink: /{kind}/{{{{ term }}}}/\n---\n{_LIST}"
        )
        for kind in ("actors", "subjects", "years")
    },
}


def _write_eleventy(folder: Path, entries: int) -> None:
    _lay(folder, _ELEVENTY)
    _lay(folder, {"data/shelf.json": json.dumps(_sources(entries))})
    for event in events(entries):
        more = {"subjects": event.tags, "year": event.date[:4], "sources": event.sources}
        text = _front_matter(event, more) + _body(event, f"/entries/{event.related}/") + "\n"
        _lay(folder, {f"content/entries/{event.id}.md": text})


PEERS = (
    Peer("Hugo", _hugo, _write_hugo, "public"),
    Peer("Eleventy", _eleventy, _write_eleventy, "public"),
)


def expected(entries: int) -> int:
    """How many pages each of them makes: entries, terms, lists of terms, the home page."""
    found = list(events(entries))
    terms = {event.date[:4] for event in found} | {tag for event in found for tag in event.tags}
    actors = {id for event in found for id in event.actors}
    assert terms <= {*TAGS, *map(str, range(1990, 2026))}
    assert actors <= {actor(n) for n in range(Size(entries).actors)}
    return entries + len(terms) + len(actors) + 3 + 1
