"""Values to pages: what a template may call, and template errors as diagnostics.

A template sees the values of its page, the constants of the site and a handful of functions; each address and each
anchor is noted where it is made, so that no page need ever be parsed again to find its links.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from site_builder import bodies, urls
from site_builder.artifacts import Bytes, Later, Page, Text
from site_builder.diagnostics import Diagnostic
from site_builder.files import sha256
from site_builder.looks import Look
from site_builder.model import Site
from site_builder.templating import FAULTS, Environment, Markup, located
from site_builder.typography import Typography

MOST_SHARED = 50_000  # shared parts of pages that a process keeps; past that, it begins anew

# What every template may use, beside the values of its page.
NAMES = (
    *("url", "absolute", "anchor", "asset", "fill", "shared", "data_block", "t"),
    *("date", "number", "year_label", "plain", "site", "nav", "alternates"),
    *("foot", "own_pages"),
)


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
    """A finished page with what it leads to, `path` or `path#fragment`, and the anchors that it has; one a line.

    Texts, as a site has many pages, and each has dozens of both.
    """

    data: bytes
    links: str = ""
    anchors: str = ""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A part of a page that other pages have too, with what it leads to: elsewhere, and on the page itself."""

    text: Markup
    links: frozenset[tuple[str, str]]
    own: frozenset[str]
    anchors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Order:
    """A page to be made. `key`: its `page_key` where that is known; `last`: that of the bytes that it had last.

    Or another file, which has no key here and leads nowhere.
    """

    path: str
    recipe: Page | Later | Text | Bytes
    key: str = ""
    last: str = ""


Filled = tuple[str, "Made | Diagnostic | None"]  # the key of a page, and the page; None: it is as it was last


def put_together(recipe: Page | Later) -> Page:
    return recipe.page() if isinstance(recipe, Later) else recipe


def page_key(base: str, path: str, page: Page) -> str:
    """The digest of all that the page depends on: same key, same bytes. `base`: that of the look and the constants."""
    return sha256(repr((base, path, page.template, page.values)).encode())


class Press:
    """Renders the pages of one look and one site, one after the other; what several of them have is made once.

    Its public methods but `fill_order` and `render` are what the templates may call.
    """

    def __init__(self, look: Look, constants: Constants) -> None:
        self._look, self._constants = look, constants
        self.digest = sha256(f"{look.digest} {constants.digest}".encode())  # of what all pages depend on
        self._fragments: dict[Hashable, Fragment] = {}
        typography = Typography(constants.site.language, tuple(constants.site.scripts.items()))
        self.plain = lru_cache(MOST_SHARED)(lambda text: _plain(typography, text))
        self._environment = look.environment(self._names())
        self._begin("")

    def fill_order(self, order: Order) -> Filled:
        """What is asked for, if it is no page that is just what it was."""
        if isinstance(order.recipe, Text | Bytes):
            return "", Made(order.recipe.data())
        page = put_together(order.recipe)
        key = order.key or page_key(self.digest, order.path, page)
        return key, None if key == order.last else self.render(order.path, page)

    def render(self, path: str, page: Page) -> Made | Diagnostic:
        """The page, or what is wrong with its template."""
        self._begin(path)
        base = self._constants.site.base_url
        own = {"page_path": path, "canonical": urls.absolute(base, path) if base else ""}
        try:
            text = self._text(page.template, {**own, **page.values})
        except FAULTS as wrong:
            return located(wrong, page.template, path)
        links = [f"{to}#{fragment}" if fragment else to for to, fragment in self._links]
        return Made(text.encode(), "\n".join(sorted(links)), "\n".join(sorted(self._anchors)))

    def _text(self, template: str, values: Mapping[str, Any]) -> str:
        try:
            return self._environment.get_template(template).render(values)
        except AttributeError:
            self._begin(self._path)
            return self._careful.get_template(template).render(values)

    @cached_property
    def _careful(self) -> Environment:
        return self._look.environment(self._names(), careful=True)

    def _begin(self, path: str) -> None:
        self._path, self._folder = path, path.rpartition("/")[0]
        self._links: set[tuple[str, str]] = set()
        self._anchors: set[str] = set()
        self._sharing = False  # while a part is made that other pages of this depth have too

    def _names(self) -> dict[str, Any]:
        """What every template may use, the macros of other files too."""
        constants, words = self._constants, self._look.words
        values = (
            *(self.url, self.absolute, self.anchor, self.asset, self.fill, self.shared, data_block, words.t),
            *(words.date, number, words.year, self.plain, constants.site, constants.nav, constants.alternates),
            *(constants.foot, constants.pages),
        )
        return dict(zip(NAMES, values, strict=True))

    def url(self, target: str) -> str:
        """The address of a path from the root of the site, as this page must write it."""
        path, _, fragment = str(target).partition("#")
        self._links.add((path or ("" if self._sharing else self._path), fragment))
        if self._path == urls.NOT_FOUND:  # served for addresses of any depth, so a relative one would go astray
            return urls.from_root(self._constants.site.base_url, target)
        if self._sharing and path:
            return urls.over_root(self._path.count("/"), target)
        if path in ("", self._path):
            return urls.relative(self._path, target)
        return urls.way(self._folder, target)

    def absolute(self, target: str) -> str:
        """The whole address of a path, for who reads it elsewhere; "" where the site does not know its own."""
        base = self._constants.site.base_url
        if not base:
            return ""
        self._links.add((str(target), ""))
        return urls.absolute(base, target)

    def asset(self, name: str) -> str:
        if name not in self._look.assets:
            raise ValueError(f"there is no file templates/static/{name}")
        return self.url(self._look.assets[name])

    def anchor(self, id: str) -> str:
        self._anchors.add(str(id))
        return id

    def shared(self, *key: Hashable, caller: Callable[[], Markup]) -> Markup:
        """What stands between `{% call shared(…) %}` and `{% endcall %}`, made once for all pages of one depth.

        The key is the digest of all that it shows, with whatever else it depends on; it names no other page's values.
        """
        where = (self._path.count("/"), self._path == urls.NOT_FOUND, *key)
        found = self._fragments.get(where)
        if found is None:
            found = self._made(where, caller)
        self._links |= found.links
        self._links.update([("" if self._sharing else self._path, fragment) for fragment in found.own])
        self._anchors |= found.anchors
        return found.text

    def _made(self, where: Hashable, caller: Callable[[], Markup]) -> Fragment:
        outer = self._links, self._anchors, self._sharing
        self._links, self._anchors, self._sharing = set(), set(), True
        text = caller()
        elsewhere = frozenset(link for link in self._links if link[0])
        own = frozenset(fragment for path, fragment in self._links if not path)
        found = Fragment(text, elsewhere, own, frozenset(self._anchors))
        self._links, self._anchors, self._sharing = outer
        if len(self._fragments) >= MOST_SHARED:
            self._fragments.clear()
        self._fragments[where] = found
        return found

    def fill(self, body: bodies.Body, numbers: Mapping[str, int] | None = None) -> Markup:
        """A text with its slots filled. Without `numbers`, a note leads to the page of its source."""
        self._anchors.update(body.anchors)
        filled = "".join(self._part(part, numbers or {}) for part in body.parts)
        return Markup(self._reachable(filled) if "<table>" in filled else filled)

    def _reachable(self, filled: str) -> str:
        """Each table in a part that scrolls where it is too wide, with the keys too. No landmark: there may be many."""
        label = html.escape(self._look.words.t("list.table"))
        start = f'<div class="scroller" role="group" aria-label="{label}" tabindex="0">'
        return filled.replace("<table>", f"{start}<table>").replace("</table>", "</table></div>")

    def _part(self, part: str | bodies.Notes | bodies.Link, numbers: Mapping[str, int]) -> str:
        if isinstance(part, str):
            return part
        if isinstance(part, bodies.Link):
            return html.escape(self.url(part.id if part.kind == "file" else urls.page(part.kind, part.id)))
        return self.notes(part.cites, numbers)

    def notes(self, cites: tuple[tuple[str, str], ...], numbers: Mapping[str, int]) -> Markup:
        """The marks of a citation: `[3, p. 12]`, each a link to its source."""
        marks = []
        for key, locator in cites:
            target = f"#source-{numbers[key]}" if key in numbers else urls.page("source", key)
            label = html.escape(str(numbers.get(key, key)) + (f", {locator}" if locator else ""))
            marks.append(f'<a href="{html.escape(self.url(target))}">{label}</a>')
        note = f'<sup class="cite">[{"; ".join(marks)}]</sup>' if marks else ""
        return Markup(note)


def _plain(typography: Typography, text: str) -> Markup:
    """An author's text as it is set: quotation marks, runs of scripts with their direction."""
    return Markup(typography.text(text))


def data_block(value: Mapping[str, Any]) -> Markup:
    """JSON-LD for machines. Nothing in it can end the element or begin another; a browser runs no such block."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(f'<script type="application/ld+json">{text}</script>')


def number(value: float) -> str:
    """With marks between thousands; a whole number has no decimals: 12,000,000 and 6.8."""
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
