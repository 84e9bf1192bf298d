"""Values to pages: the Jinja2 environment, what a template may call, and template errors as diagnostics.

A template sees the values of its page, the constants of the site and a handful of functions; each address and each
anchor is noted where it is made, so that no page need ever be parsed again to find its links.
"""

from __future__ import annotations

import html
import json
import posixpath
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import jinja2
from markupsafe import Markup

from site_builder import markup, urls
from site_builder.artifacts import Page
from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.documents import read_yaml
from site_builder.files import BENEATH, TEMPLATES, Inputs, sha256
from site_builder.model import Site
from site_builder.texts import decode
from site_builder.typography import Typography
from site_builder.wording import Words

STATIC = "templates/static/"
MOST_SHARED = 50_000  # shared parts of pages that a process keeps; past that, it begins anew


@dataclass(frozen=True, slots=True)
class Constants:
    """What every page may say of the site; a change of it makes every page anew."""

    site: Site
    nav: tuple[tuple[str, str], ...]  # (key of the label, path)
    alternates: tuple[tuple[str, str, str], ...]  # (media type, key of the title, path)
    pages: tuple[tuple[str, str], ...]  # the author's own pages: (title, path)
    foot: tuple[tuple[str, str], ...] = ()  # (key of the label, path)
    digest: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", sha256(repr(self).encode()))


@dataclass(frozen=True, slots=True)
class Made:
    """A finished page with what it leads to: links as (path, fragment), and the anchors that it has."""

    data: bytes
    links: tuple[tuple[str, str], ...] = ()
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a page that other pages have too, with what it leads to."""

    text: Markup
    links: frozenset[tuple[str, str]]
    anchors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Look:
    """The templates, the words and the static files of a site; `fragments` are the shared parts made so far."""

    environment: jinja2.Environment
    words: Words
    digest: str
    assets: Mapping[str, str]  # name in templates/static to path in the site, with a fingerprint in its name
    fragments: dict[Hashable, Fragment] = field(default_factory=dict)


def load_look(inputs: Inputs, language: str) -> tuple[Look | None, list[Diagnostic]]:
    sources: dict[str, str] = {}
    findings: list[Diagnostic] = []
    for path in inputs.under(TEMPLATES):
        if path.endswith((".html", ".xml", ".yaml")) and not path.startswith(STATIC):
            sources[path.removeprefix(TEMPLATES)], wrong = decode(path, inputs.files[path])
            findings += wrong
    strings, wrong = _strings(sources, language)
    findings += wrong
    assets = {path.removeprefix(STATIC): _fingerprinted(path, inputs.files[path]) for path in inputs.under(STATIC)}
    if findings:
        return None, findings
    environment = jinja2.Environment(
        # A file name lets a traceback lead to the line of the template.
        loader=jinja2.FunctionLoader(lambda name: (sources[name], TEMPLATES + name, None) if name in sources else None),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    digest = sha256("".join(sha256(inputs.files[path]) for path in inputs.under(TEMPLATES)).encode())
    return Look(environment, Words(strings), digest, assets), []


def _strings(sources: Mapping[str, str], language: str) -> tuple[Mapping[str, Any], list[Diagnostic]]:
    name = f"strings/{language}.yaml"
    if name not in sources:
        have = ", ".join(sorted(path[8:-5] for path in sources if path.startswith("strings/")))
        hint = f"translate templates/strings/en.yaml, or set `language:` in site.yaml to one of: {have}"
        message = f"the interface has no words for the language `{language}`"
        return {}, [error(Location(TEMPLATES + name), "language-missing", message, hint)]
    document, findings = read_yaml(TEMPLATES + name, sources[name])
    fields: Mapping[str, Any] = document.fields if document else {}
    if BENEATH + name in sources:
        document, wrong = read_yaml(TEMPLATES + BENEATH + name, sources[BENEATH + name])
        findings += wrong
        fields = _over(document.fields if document else {}, fields)
    return fields, findings


def _over(beneath: Mapping[str, Any], own: Mapping[str, Any]) -> Mapping[str, Any]:
    """The words of both; where both have one, the site's own."""
    words = dict(beneath)
    for key, value in own.items():
        below = words.get(key)
        words[key] = _over(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return words


def _fingerprinted(path: str, data: bytes) -> str:
    """GitHub Pages lets caches keep a file for ten minutes; a name that follows the bytes is never stale."""
    stem, suffix = posixpath.splitext(path.removeprefix("templates/"))
    return f"{stem}.{sha256(data)[:8]}{suffix}"


def page_key(base: str, path: str, page: Page) -> str:
    """The digest of all that the page depends on: same key, same bytes. `base`: that of the look and the constants."""
    return sha256(repr((base, path, page.template, page.values)).encode())


def render(look: Look, constants: Constants, path: str, page: Page) -> Made | Diagnostic:
    """The page, or what is wrong with its template."""
    context = Context(look, constants, path)
    try:
        template = look.environment.get_template(page.template)
        text = template.render({**context.names(), **page.values})
    except (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as wrong:
        return _located(wrong, page.template, path)
    return Made(text.encode(), tuple(sorted(context.links)), tuple(sorted(context.anchors)))


def _located(wrong: Exception, template: str, path: str) -> Diagnostic:
    """The fault at the innermost line of a template in the traceback."""
    where = Location(TEMPLATES + (getattr(wrong, "name", None) or template), getattr(wrong, "lineno", 0) or 0, 0)
    step = wrong.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename.startswith(TEMPLATES):
            where = Location(step.tb_frame.f_code.co_filename, step.tb_lineno, 0)
        step = step.tb_next
    reason = str(wrong) if isinstance(wrong, jinja2.TemplateError | ValueError) else f"{type(wrong).__name__}: {wrong}"
    if isinstance(wrong, jinja2.TemplateNotFound):
        reason = f"there is no template `{wrong}`"
    elif isinstance(wrong, KeyError):
        reason = f"there is no text or value {wrong}"
    return error(where, "template-error", f"the template cannot make {path}: {reason}", "mend the template")


@dataclass(slots=True)
class Context:
    """What the template of one page may call."""

    look: Look
    constants: Constants
    path: str
    links: set[tuple[str, str]] = field(default_factory=set)
    anchors: set[str] = field(default_factory=set)
    sharing: bool = False  # while a part is made that other pages of this depth have too

    def names(self) -> dict[str, Any]:
        base = self.constants.site.base_url
        return {
            "url": self.url,
            "absolute": self.absolute,
            "anchor": self.anchor,
            "asset": self.asset,
            "fill": self.fill,
            "shared": self.shared,
            "data_block": data_block,
            "t": self.look.words.t,
            "date": self.look.words.date,
            "number": number,
            "year_label": self.look.words.year,
            "plain": self.plain,
            "site": self.constants.site,
            "nav": self.constants.nav,
            "alternates": self.constants.alternates,
            "foot": self.constants.foot,
            "own_pages": self.constants.pages,
            "page_path": self.path,
            "canonical": urls.absolute(base, self.path) if base else "",
        }

    def url(self, target: str) -> str:
        """The address of a path from the root of the site, as this page must write it."""
        path, _, fragment = target.partition("#")
        self.links.add((path or ("" if self.sharing else self.path), fragment))
        if self.path == urls.NOT_FOUND:  # served for addresses of any depth, so a relative one would go astray
            return urls.from_root(self.constants.site.base_url, target)
        if self.sharing and path:
            return urls.over_root(self.path.count("/"), target)
        return urls.relative(self.path, target)

    def absolute(self, target: str) -> str:
        """The whole address of a path, for who reads it elsewhere; "" where the site does not know its own."""
        base = self.constants.site.base_url
        if not base:
            return ""
        self.links.add((target, ""))
        return urls.absolute(base, target)

    def asset(self, name: str) -> str:
        if name not in self.look.assets:
            raise ValueError(f"there is no file templates/static/{name}")
        return self.url(self.look.assets[name])

    def anchor(self, id: str) -> str:
        self.anchors.add(id)
        return id

    def shared(self, *key: Hashable, caller: Callable[[], Markup]) -> Markup:
        """What stands between `{% call shared(…) %}` and `{% endcall %}`, made once for all pages of one depth.

        The key is the digest of all that it shows, with whatever else it depends on; it names no other page's values.
        """
        where = (self.constants.digest, self.path.count("/"), self.path == urls.NOT_FOUND, *key)
        found = self.look.fragments.get(where)
        if found is None:
            found = self._made(where, caller)
        self.links.update((path or self.path, fragment) for path, fragment in found.links)
        self.anchors |= found.anchors
        return found.text

    def _made(self, where: Hashable, caller: Callable[[], Markup]) -> Fragment:
        outer, self.links, self.anchors, self.sharing = (self.links, self.anchors), set(), set(), True
        found = Fragment(caller(), frozenset(self.links), frozenset(self.anchors))
        (self.links, self.anchors), self.sharing = outer, False
        if len(self.look.fragments) >= MOST_SHARED:
            self.look.fragments.clear()
        self.look.fragments[where] = found
        return found

    def fill(self, body: markup.Body, numbers: Mapping[str, int] | None = None) -> Markup:
        """A text with its slots filled. Without `numbers`, a note leads to the page of its source."""
        self.anchors.update(body.anchors)
        filled = "".join(self._part(part, numbers or {}) for part in body.parts)
        return Markup(filled)  # noqa: S704  sanitised by `markup`; addresses and labels are escaped above

    def _part(self, part: str | markup.Notes | markup.Link, numbers: Mapping[str, int]) -> str:
        if isinstance(part, str):
            return part
        if isinstance(part, markup.Link):
            return html.escape(self.url(part.id if part.kind == "file" else urls.page(part.kind, part.id)))
        return self.notes(part.cites, numbers)

    def plain(self, text: str) -> Markup:
        """An author's text as it is set: quotation marks, runs of scripts with their direction."""
        site = self.constants.site
        typography = Typography(site.language, tuple(site.scripts.items()))
        return Markup(typography.text(text))  # noqa: S704  escaped there

    def notes(self, cites: tuple[tuple[str, str], ...], numbers: Mapping[str, int]) -> Markup:
        """The marks of a citation: `[3, p. 12]`, each a link to its source."""
        marks = []
        for key, locator in cites:
            target = f"#source-{numbers[key]}" if key in numbers else urls.page("source", key)
            label = html.escape(str(numbers.get(key, key)) + (f", {locator}" if locator else ""))
            marks.append(f'<a href="{html.escape(self.url(target))}">{label}</a>')
        note = f'<sup class="cite">[{"; ".join(marks)}]</sup>' if marks else ""
        return Markup(note)  # noqa: S704  every part is escaped above


def data_block(value: Mapping[str, Any]) -> Markup:
    """JSON-LD for machines. Nothing in it can end the element or begin another; a browser runs no such block."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704  escaped above


def number(value: float) -> str:
    """With marks between thousands; a whole number has no decimals: 12,000,000 and 6.8."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
