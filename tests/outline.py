"""A page as its readers get it: what a golden site keeps of the HTML, and a strict reader of all of it.

An outline has the words of `<main>`, one block a line, with headings, links and pictures marked as in Markdown.
Classes, drawings and the frame of the page are left out, so a change of the look rewrites no golden file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import html5lib

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = {
    *("p", "div", "section", "article", "header", "footer", "nav", "aside", "main", "figure", "figcaption", "table"),
    *(
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "tr",
        "thead",
        "tbody",
        "details",
        "summary",
        "blockquote",
        "pre",
        "br",
        "hr",
    ),
    *HEADINGS,
}
_SILENT = {"svg", "script", "style", "button", "template"}


def read(page: bytes) -> Any:
    """The document, by a reader that forgives nothing."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False, strict=True)
    return parser.parse(page.decode())


def outline(page: bytes) -> str:
    main = read(page).find("body/main")
    assert main is not None, "the page has no <main>"
    text = "".join(_words(main))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "".join(f"{line}\n" for line in lines if line)


def _words(element: Any) -> Iterator[str]:
    tag = element.tag
    if tag not in _SILENT:
        yield _before(element)
        yield (element.text or "").replace("\n", " ")
        for child in element:
            yield from _words(child)
            yield (child.tail or "").replace("\n", " ")
        yield _after(element)


def _before(element: Any) -> str:
    tag = element.tag
    if tag in HEADINGS:
        return "\n" + "#" * int(tag[1]) + " "
    if tag == "li":
        return "\n- "
    if tag == "ol" and element.get("start"):
        return f"\n(from {element.get('start')})"
    if tag == "img":
        return f"![{element.get('alt')}]({element.get('src')})"
    if tag in ("td", "th"):
        return " | "
    return "\n" if tag in _BLOCKS else "[" if tag == "a" else ""


def _after(element: Any) -> str:
    if element.tag == "a":
        return f"]({element.get('href')})"
    return "\n" if element.tag in _BLOCKS else ""
