"""What a browser would make of a page: whatever in it could run, load from elsewhere, or lead astray."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import html5lib

# Every element and attribute that the project's own pages are made of; what else is there has come in from outside.
_ELEMENTS = {
    *("html", "head", "meta", "title", "link", "body", "a", "header", "nav", "main", "footer", "section", "article"),
    *("aside", "details", "summary", "dialog", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt"),
    *("dd", "div", "span", "b", "i", "em", "strong", "small", "sup", "sub", "s", "del", "ins", "cite", "abbr", "time"),
    *("code", "kbd", "pre", "blockquote", "hr", "br", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
    *("colgroup", "col", "figure", "figcaption", "img", "button", "form", "label", "input", "select", "option", "mark"),
    *("optgroup", "output", "textarea", "fieldset", "legend", "search", "q", "wbr", "bdi", "meter", "progress"),
    *("noscript", "template", "svg", "g", "path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "text"),
    *("tspan", "use", "symbol", "defs", "pattern", "desc", "clipPath", "marker"),
}
_ADDRESSES = frozenset("href src action formaction data poster srcset ping background cite".split())  # noqa: SIM905
_STATIC = re.compile(r"(?:[./]*|(?:https://example\.org)?/t/)(?:static|map|pagefind)/[a-z0-9_./-]+\.js")
_FORMS = re.compile(r"(?:(?:\.\./)*|(?:https://example\.org)?/t/)(?:search|timeline)\.html|")


def parsed(page: str) -> Any:
    return html5lib.parse(page, namespaceHTMLElements=False)


def harm(document: Any) -> Iterator[str]:
    """What in a parsed page is not ours or could run; nothing in a good page."""
    for element in document.iter():
        if isinstance(element.tag, str):
            name = element.tag.rpartition("}")[2]
            yield from _of_element(name, element)
            for attribute, value in element.attrib.items():
                yield from _of_attribute(name, str(attribute).rpartition("}")[2], value)


def _of_element(name: str, element: Any) -> Iterator[str]:
    if name == "script":
        if element.get("type") == "application/ld+json":
            json.loads(element.text)
        elif element.text or not _STATIC.fullmatch(element.get("src", "")):
            yield f"a script {element.get('src')} {element.text}"
    elif name not in _ELEMENTS:
        yield f"an element <{name}>"
    if name == "form" and not _FORMS.fullmatch(element.get("action", "")):
        yield f"a form to {element.get('action')}"
    if name == "meta" and element.get("http-equiv", "").lower() not in ("", "content-security-policy", "refresh"):
        yield f"a meta {element.get('http-equiv')}"
    if name == "a" and urlsplit(element.get("href", "")).netloc not in ("", "example.org") and not element.get("rel"):
        yield f"an outside link without rel: {element.get('href')}"


def _of_attribute(name: str, attribute: str, value: str) -> Iterator[str]:
    if attribute.startswith("on") or attribute in ("style", "srcdoc"):
        yield f"<{name} {attribute}={value}>"
    if attribute in _ADDRESSES and not safe(value):
        yield f"<{name} {attribute}={value}>"
    if attribute in ("src", "srcset", "poster", "data") and urlsplit(value).netloc not in ("", "example.org"):
        yield f"{name} loads {value}"


def safe(address: str) -> bool:
    """An address as browsers read it (https://url.spec.whatwg.org/): theirs drop tabs, line ends and spaces before."""
    bare = re.sub(r"[\x00-\x20\x7f-\xa0]", "", address).lower()
    scheme = re.match(r"[a-z][a-z0-9+.-]*:", bare)
    return not bare.startswith(("//", "\\", "/\\")) and (
        not scheme or scheme[0] in ("http:", "https:", "mailto:", "tag:")
    )


def words(document: Any) -> str:
    """What a person reads on a page: no scripts, quotes as typed, one space where there are some."""
    parts: list[str] = []

    def collect(element: Any) -> None:
        if element.tag in ("script", "style", "head"):
            parts.append(element.tail or "")
            return
        parts.append(element.text or "")
        for child in element:
            collect(child)
        parts.append(element.tail or "")

    collect(document)
    return plain("".join(parts))


def plain(text: str) -> str:
    """A text for comparing: the quotes of typography as they were typed, spaces and line ends as one space."""
    straight = text.translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'", 0xA0: " ", 0x202F: " "})
    return " ".join(straight.split())
