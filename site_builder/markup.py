"""Markdown to safe HTML with open slots for citations and internal links.

Citations are found in the raw text, where their line and column are known, and travel through Markdown as marks made
of noncharacters, which `texts` lets into no file. A mark that ends up inside code was no citation and turns back into
what the author typed, so Markdown alone decides what code is. Slots are filled at render, because a note's number and
a relative address belong to the page and not to the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice
from sys import intern

import nh3

from site_builder import as_typed, urls
from site_builder.addresses import LINKING, slotted, written
from site_builder.bodies import RECORDS, Body, Citation, Fault, Link, Notes, Parsed
from site_builder.converter import whole
from site_builder.excess import TOO_DEEP, excess
from site_builder.layout import laid_out
from site_builder.limits import MAX_HINTS
from site_builder.sentences import mask
from site_builder.texts import SLOT_CLOSE, SLOT_OPEN, hidden, position
from site_builder.typography import Typography

_CITATION = re.compile(r"\[(?<!\\\[)(@[^\[\]]{1,2000})\]")
_CITED = re.compile(r"\s*@(?P<key>[^\s,;@]+)(?:\s*,\s*(?P<locator>[^;]+?))?\s*")
_MARK = re.compile(f"{SLOT_OPEN}(\\d+){SLOT_CLOSE}")
# What Markdown and nh3 write: text has no bare `<`, attributes no bare quote, so a tag cannot be forged by text.
_CODE = re.compile(r"<code>.*?</code>|<[a-z][a-z0-9]*(?: [a-z]+=\"[^\"]*\")+>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SLOT = re.compile(f"{SLOT_OPEN}\\d+{SLOT_CLOSE}")
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_ALIGN = re.compile(r' align="(left|right|center)"')
_PIECE = re.compile(f"({LINKING.pattern}|{SLOT_OPEN}\\d+{SLOT_CLOSE})")

Found = tuple[str, tuple[Citation, ...], Fault | None]  # what was typed, what it cites, what is wrong with it

_WORDS = "put some between the brackets: [text](entry:id)"
_BROKEN = re.compile(r"^(?! {4}|\t)([^\n]*[^\\\n])\\\n(?=[^\n])", re.MULTILINE)  # a stroke that ends a line of text

_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "img"),
    *("h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "th": {"align"},
    "td": {"align"},
    **{f"h{n}": {"id"} for n in range(2, 7)},
}
_SCHEMES = {"http", "https", "mailto", *RECORDS}
_CLEANER = nh3.Cleaner(tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def parse(text: str, typography: Typography = Typography()) -> Parsed:  # noqa: B008  frozen
    """The body of a Markdown file as safe HTML with slots."""
    too_much = excess(text)
    if too_much:
        (line, column), *what = too_much
        return Parsed(Body(), faults=(Fault(line, column, *what),))
    marked, found = _mark_citations(text)
    if "\\\n" in marked:
        marked = _BROKEN.sub(r"\1  \n", marked)
    laid, odd = laid_out(marked)
    try:
        raw, crossed = whole(laid)
    except RecursionError:
        return Parsed(Body(), faults=(Fault(1, 1, "text-too-deep", *TOO_DEEP),))
    raw = _CODE.sub(lambda code: _MARK.sub(lambda mark: html.escape(found[int(mark[1])][0]), code[0]), raw)
    raw, anchors = _headings(_REFERENCE.sub(_visible, raw))
    links, more = written(raw, text)
    safe = _CLEANER.clean(raw)
    safe = _ALIGN.sub(r' class="align-\1"', safe) if "<t" in safe else safe
    body = _split(typography.html(safe), [citations for _, citations, _ in found])
    used = [found[n] for n in sorted({int(mark) for mark in _MARK.findall(safe)})]  # without those in code
    citations = tuple(citation for _, cited, _ in used for citation in cited)
    wrong = (fault for _, _, fault in used if fault)
    masked = mask(text)
    faults = [
        *wrong,
        *more,
        *islice(_crossed(text) if crossed else (), MAX_HINTS),
        *_unread(text, masked, safe),
        *_misplaced(odd, text, marked, found),
    ]
    bare = tuple(
        Citation(key, "", *position(text, start)) for start, key in islice(as_typed.unmarked(masked), MAX_HINTS)
    )
    return Parsed(Body(body, _lead(safe), anchors), citations, links, tuple(faults), bare)


def _crossed(text: str) -> Iterator[Fault]:
    """The paragraph in which italic and bold text cross, so that the signs of all are shown."""
    start = 0
    for paragraph in text.split("\n\n"):
        if whole(paragraph)[1]:
            line, column = position(text, start)
            yield Fault(line, column, "shown-as-typed", *as_typed.CROSSED)
        start += len(paragraph) + 2


def _unread(text: str, masked: str, safe: str) -> Iterator[Fault]:
    """What is no mark-up here, and what is and says nothing to some readers."""
    shown = _TAG.sub("", _CODE.sub("", safe)) if "**" in safe else ""
    for start, message, hint in islice(
        chain(as_typed.as_typed(text, masked, code="<pre>" in safe), as_typed.unclosed(shown, text)), MAX_HINTS
    ):
        line, column = position(text, start)
        yield Fault(line, column, "shown-as-typed", message, hint)
    for start in islice(as_typed.links_without_words(text, masked), MAX_HINTS):
        line, column = position(text, start)
        yield Fault(line, column, "link-without-words", "the link has no words, so readers do not see it", _WORDS)
    for start in as_typed.pictures_without_words(text, masked):
        message = "the picture has no words for those who cannot see it"
        line, column = position(text, start)
        yield Fault(line, column, "alt-missing", message, "write what it shows: ![…](media/…)")


def _misplaced(odd: Sequence[tuple[int, str]], text: str, marked: str, found: Sequence[Found]) -> Iterator[Fault]:
    """What may be meant as a list or a table and is none. `odd`: by the lines of the marked text."""
    ended = [sum(found[int(n)][0].count("\n") for n in _MARK.findall(line)) for line in marked.split("\n") if odd]
    before = [0, *accumulate(ended)]  # a citation may go on over several lines
    places = ((number + before[number - 1], kind) for number, kind in islice(odd, MAX_HINTS))
    for line, column, code, message, hint in as_typed.misplaced(places, text):
        yield Fault(line, column, code, message, hint)


def _mark_citations(text: str) -> tuple[str, list[Found]]:
    """The text with a mark for each citation; for each mark: what was typed, what it cites, what is wrong with it."""
    found: list[Found] = []

    def mark(match: re.Match[str]) -> str:
        found.append((match[0], *_read_citation(text, match)))
        return f"{SLOT_OPEN}{len(found) - 1}{SLOT_CLOSE}"

    return _CITATION.sub(mark, text), found


def _read_citation(text: str, match: re.Match[str]) -> tuple[tuple[Citation, ...], Fault | None]:
    citations, start = [], match.start(1)
    for item in match[1].split(";"):
        line, column = position(text, start + len(item) - len(item.lstrip()))
        read = _CITED.fullmatch(item)
        if not read or not urls.SLUG.fullmatch(read["key"]):
            message = f"`{item.strip()}` is not a citation: a citation is an @ and the key of a source"
            if not item.strip():
                message = "nothing stands beside this semicolon, which parts two sources"
            return (), Fault(line, column, "citation-malformed", message, _cite_hint(item.strip()))
        locator = " ".join((read["locator"] or "").split())
        if locator.startswith("@"):
            message = f"`{locator}` stands where a page would: two sources are parted by a semicolon"
            hint = f"write [@{read['key']}; {locator}]"
            return (), Fault(line, column, "citation-malformed", message, hint)
        citations.append(Citation(intern(read["key"]), locator, line, column))
        start += len(item) + 1
    return tuple(citations), None


def _cite_hint(item: str) -> str:
    """What to write instead of a text that is no citation."""
    if not item:
        return "delete it: [@key]"
    several = re.findall(rf"@({urls.SLUG.pattern})", item)
    if len(several) > 1:
        return f"part them by a semicolon: [@{'; @'.join(found[0] for found in several)}]"
    words = item.strip("@ ,")
    key, _, rest = words.partition(" ")
    if words.startswith(("http://", "https://", "www.")):
        return "record the address in content/sources/, and cite its key: [@key]"
    if item.startswith("@") and urls.SLUG.fullmatch(key) and rest and not item.startswith("@ "):
        return f"put a comma after the key: [@{key}, {rest}]"
    key, comma, rest = words.partition(",")
    if item.startswith("@") and " " not in key.strip() and (meant := urls.slug(key)):
        return f"keys are made of a to z, 0 to 9 and single hyphens: [@{meant}{comma}{rest}]"
    return "write [@key], [@key, p. 12] or [@a; @b]"


def _visible(reference: re.Match[str]) -> str:
    """A character reference; one to a character that nobody can see (or to a mark of ours) stays as it was typed."""
    character = html.unescape(reference[0])
    return reference[0] if character and not hidden(character) else f"&amp;{reference[0][1:]}"


def _headings(raw: str) -> tuple[str, tuple[str, ...]]:
    """Headings below the page's own, whichever level their author began at, each with an anchor made of its words."""
    if "<h" not in raw:
        return raw, ()
    highest = min((int(level) for level, _ in _HEADING.findall(raw)), default=1)
    anchors: list[str] = []
    uses: dict[str, int] = {}  # the anchors, and how far those of the same words are numbered

    def shift(match: re.Match[str]) -> str:
        words = urls.id_of(html.unescape(_TAG.sub("", _SLOT.sub("", match[2]))), "section")
        anchor, n = words, uses.get(words, 0)
        while anchor in uses:
            n += 1
            anchor = f"{words}-{n}"
        uses[words], uses[anchor] = max(n, 1), 1
        anchors.append(anchor)
        level = min(int(match[1]) - highest + 2, 6)
        return f'<h{level} id="{anchor}">{match[2]}</h{level}>'

    return _HEADING.sub(shift, raw), tuple(anchors)


def _split(safe: str, found: list[tuple[Citation, ...]]) -> tuple[str | Notes | Link, ...]:
    parts: list[str | Notes | Link] = []
    for piece in _PIECE.split(safe):
        if piece.startswith(SLOT_OPEN):
            cites = found[int(piece[1:-1])]
            parts.append(Notes(tuple((cite.key, cite.locator) for cite in cites)))
        elif piece.startswith("<") and LINKING.fullmatch(piece):
            parts += slotted(piece)
        elif piece:
            parts.append(piece)
    return tuple(parts)


def _lead(safe: str) -> str:
    """The first paragraph with words in it, as plain text."""
    for paragraph in _PARAGRAPH.finditer(safe):
        *marked, last = _SLOT.split(_TAG.sub("", paragraph[1]))
        text = "".join([*map(str.rstrip, marked), last])
        if words := " ".join(html.unescape(text).split()):
            return words
    return ""
