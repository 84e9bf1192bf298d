"""Markdown that strangers send: nothing in it becomes a part of the page, and nothing costs more than it should."""

from __future__ import annotations

import re
import time

import html5lib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from site_builder.markup import parse
from site_builder.texts import decode
from tests.test_markup import faults, html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//example.org/",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "file:///x",
        "\\\\host",
        "https://u:p@example.org/",
        "mailto:a@b.org",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "jav&#x09;ascript:alert(1)",
        "j&#x61;vascript:x",
    ],
)
def test_refused_addresses(address: str) -> None:
    """No scheme that runs something, in no disguise, and no way out of the site, becomes a link or a picture."""
    for text in (f"[a]({address})", f"![a]({address})", f"[a](<{address}>)"):
        found = [code for code, _, _ in faults(text)]
        shown = "".join(html5lib.parseFragment(html(text), namespaceHTMLElements=False).itertext())
        assert found == ["address-refused"] or (found, shown) == ([], text), text
        assert "href" not in html(text), text
        assert "src=" not in html(text), text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<div onclick="x">a</div>',
        "<!-- a -->",
        "<style>a{}</style>",
        '<a href="javascript:alert(1)">a</a>',
        "<Ansar> said",
        "&lt;b&gt;",
        "<https://example.org/>",
        "a <b",
    ],
)
def test_markup_is_text(text: str) -> None:
    """HTML in a body is shown as it was typed, and is never a part of the page."""
    document = html5lib.parseFragment(html(text), namespaceHTMLElements=False)
    assert {element.tag for element in document.iter()} <= {"DOCUMENT_FRAGMENT", "p"}
    shown = "".join(document.itertext()).replace("”", '"')
    assert shown == text.replace("&lt;", "<").replace("&gt;", ">")


@pytest.mark.parametrize(
    "text", ['Say href="x" or src="y".', '`<a href="javascript:x">`', '    <img src="x">', 'a ="[b]"']
)
def test_text_that_looks_like_a_tag(text: str) -> None:
    """Text and code that look like attributes are text: nothing of them is lost or refused."""
    assert faults(text) == []
    shown = "".join(html5lib.parseFragment(html(text), namespaceHTMLElements=False).itertext())
    assert shown.replace("”", '"').strip() == text.strip(" `")


@pytest.mark.parametrize(
    "reference", ["&#xFDD0;0&#xFDD1;", "&#64976;", "&#x202e;", "&#2;", "&#0;", "&#27;[31m", "&ZeroWidthSpace;"]
)
def test_hidden_characters_by_reference(reference: str) -> None:
    """A character that nobody can see, or a mark of our own, cannot be brought in by its number."""
    text = "".join(part for part in parse(f"a {reference} b").body.parts if isinstance(part, str))
    shown = "".join(html5lib.parseFragment(text, namespaceHTMLElements=False).itertext())
    assert shown in (f"a {reference} b", "a � b")


@pytest.mark.parametrize(
    ("reference", "character"), [("&amp;", "&"), ("&copy;", "©"), ("&#233;", "é"), ("&nbsp;", "\xa0")]
)
def test_honest_references(reference: str, character: str) -> None:
    """Other character references are the characters that they name."""
    shown = html5lib.parseFragment(html(f"a{reference}b"), namespaceHTMLElements=False)
    assert "".join(shown.itertext()) == f"a{character}b"


@pytest.mark.parametrize(
    "text",
    [
        "[a]: https://example.org 'b'\n\n[a]",
        "[^1]\n\n[^1]: note",
        "*[HTML]: x\n\nHTML",
        "{: onclick=x }",
        "# A {: #b onclick=x}",
        "a\n: b",
    ],
)
def test_other_dialects_are_text(text: str) -> None:
    """References, footnotes, abbreviations and attribute lists are not read, so nothing of them vanishes."""
    words = re.findall(r"\w+", text)
    shown = "".join(html5lib.parseFragment(html(text), namespaceHTMLElements=False).itertext())
    assert [word for word in words if word not in shown] == []
    assert " onclick=" not in re.sub(r">[^<]*<", "><", html(text))


COSTLY = {
    "backticks": "`" * 20_000,
    "backtick pairs": "` `` " * 10_000,
    "stars": "*a " * 40_000,
    "underscores": "_" * 50_000,
    "quotes": "> " * 3_000 + "x",
    "lists": "- " * 3_000 + "x",
    "short paragraphs": "a\n\n" * 20_000,
    "less-than": "<" * 60_000,
    "declarations": "<![" * 300,
    "tags": "<a " * 40_000,
    "entities": "&lt;" * 40_000,
    "links": "[a](b)" * 900,
    "pictures": "![a](b)" * 900,
    "brackets": "[" * 1_000,
    "nested brackets": "[" * 500 + "]" * 500,
    "image brackets": "![" * 900,
    "cites": "[@a]" * 900,
    "cells": "|a" * 2_500 + "\n" + "|-" * 2_400,
    "escapes": "\\*" * 10_000,
    "line": "word " * 50_000,
    "headings": "# a\n" * 3_000,
    "arabic": "ا " * 40_000,
}


@pytest.mark.parametrize("name", COSTLY)
def test_cost(name: str) -> None:
    """A text made to cost much time is refused by a count, or costs little."""
    start = time.process_time()
    parse(COSTLY[name])
    assert time.process_time() - start < 15


_SIGNS = ["<", ">", "&", '"', "'", "`", "[", "]", "(", ")", "!", "@", "*", "_", "#", "\\", "|", "-", ":", "=", "a", "0"]
_TRICKS = (
    '<script> </script> <img|src=x|onerror=y> javascript: href= |href="javascript:x" onclick= [@a] [@a,|p;|@b] '
    "](entry:x) ](javascript:alert(1)) ![a](x) &#xFDD0;0&#xFDD1; &#x6a; &colon; klzzwxh:0000 {:|onload=x} 1.| -| >| #| "
    "data: // https://example.org <!-- --> <? ]]>"
)
_SPACES = ["\n", "\n\n", " ", "    ", "\t", "| a | b |\n|---|---|\n", "ا ب"]
_PIECES = st.sampled_from([*_SIGNS, *(trick.replace("|", " ") for trick in _TRICKS.split()), *_SPACES])
_ALLOWED = {
    *("DOCUMENT_FRAGMENT", "p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img"),
    *("span", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"href", "title", "src", "alt", "id", "class", "start", "rel", "lang", "dir"}


def check_safe(text: str) -> None:
    parsed = parse(text)
    for part in parsed.body.parts:
        assert not isinstance(part, str) or not re.search("[\ufdd0\ufdd1\x02\x03]", part)
    document = html5lib.parseFragment(html(text), namespaceHTMLElements=False)
    for element in document.iter():
        assert element.tag in _ALLOWED, element.tag
        assert set(element.attrib) <= _ATTRIBUTES, element.attrib
        for name in ("href", "src"):
            address = element.get(name, "{")
            assert address.startswith(("{", "https://", "http://")), address


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=25).map("".join))
@example("&#xFDD0;0&#xFDD1;")
@example('`<a href="javascript:x">`')
def test_any_markdown_is_safe(text: str) -> None:
    """Whatever is typed, the page gets no foreign tag, no handler, no address that runs something; nothing raises."""
    check_safe(text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cn"]), max_size=300))
def test_any_text_is_safe(text: str) -> None:
    """The same for any text that a file may hold."""
    read, findings = decode("a.md", text.encode())
    if not findings:
        check_safe(read)
