"""What an author means as mark-up and readers would see as it was typed: HTML, footnotes, addresses, keys without @.

`masked` is the text without its code, citations and addresses (`sentences.mask`). Every pattern takes time in
proportion to the text, whatever a stranger writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from site_builder.texts import SLOT_CLOSE

_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_CITE = "record it as a source and cite it: [@key]"
_NEAR = "write [text](entry:id), or ![what it shows](media/…)"
_BEFORE = r"(?:see|cf\.?|compare|also|e\.g\.|quoted in|cited in|as in)"
_KINDS: Mapping[str, tuple[str, str, str]] = {
    "comment": (r"<!--", "comments of HTML are not read", "delete it; a note for editors goes into a field `x_note`"),
    "address": (
        r"<https?://[^<>\s]{1,2000}>|h(?<!\wh)(?<!\]\(h)ttps?://[^\s<>]+|w(?<![\w./@-]w)(?<!\]\(w)ww\.[\w-]+\.[^\s<>]+",
        "an address makes no link",
        _CITE,
    ),
    "mail": (r"<[\w.+-]{1,64}@[\w.-]{1,200}>", "an address makes no link", "write it without the signs < and >"),
    "tag": (
        r"</?[a-zA-Z][a-zA-Z0-9]{0,20}(?:\s[^<>\n]{0,500})?/?>",
        "HTML is not read",
        "write Markdown (**bold**, *italic*, lists with hyphens), or delete the tag",
    ),
    "footnote": (
        r"\[\^[^\[\]\s]{1,100}\]:?",
        "footnotes are not read",
        "cite the source where its fact stands: [@key]",
    ),
    "alone": (rf"\[-@{_SLUG}[^\[\]\n]{{0,200}}\]", "with a hyphen this is no citation", "begin it with the @: [@key]"),
    "inner": (rf"\[@{_SLUG}[^\[\]\n]{{0,200}}\[", "a citation has no brackets inside", "write [@key, p. 12]"),
    "words": (
        rf"\[(?:but |and )?{_BEFORE}\b[^\[\]@\n]{{0,60}} @{_SLUG}[^\[\]\n]{{0,200}}\]",
        "with words before the key this is no citation",
        "begin it with the @, and put the words before it: see [@key, p. 12]",
    ),
    "unseen": (
        r"&(?:shy|zwn?j|[lr]lm|[lr]rm|ZeroWidthSpace|NoBreak|#(?:173|820[3-7]|[xX](?:[aA][dD]|200[b-fB-F])));",
        "it stands for a character that nobody can see",
        "delete it; browsers part words by themselves",
    ),
    "box": (r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]", "no such boxes are made", "write it in bold: **Note**"),
    "wiki": (r"\[\[[^\[\]\n]{1,200}\]\]", "this makes no link", "write [text](entry:id)"),
    "definition": (
        r"^ {0,3}\[[^\[\]\n]{1,200}\]:\s",
        "addresses below the text are not read",
        _NEAR,
    ),
    "reference": (r"\[[^\[\]\n]{0,200}\]\[[^\[\]\n]{0,200}\]", "this makes no link and no picture", _NEAR),
    "gap": (r"\[[^\[\]\n]{1,200}\] \((?=[a-z]+:)", "a space parts the text of the link from its address", "delete it"),
    "open": (r"\[[^\[\]\n]{1,200}\]\((?=[a-z]+[:/])[^()\n]*$", "the link has no end", "close it: [text](entry:id)"),
    "struck": (r"~~[^~\n]{1,200}~~", "text is not struck out", "delete it, and tell of a change in `revisions`"),
    "attributes": (r"\{(?:[:.#]|[a-z]{1,20}=)[^{}\n]{0,200}\}", "lists of attributes are not read", "delete it"),
}
_LAYOUT: Mapping[str, tuple[str, str]] = {  # the kinds of `layout.laid_out`
    "item": (
        "right below a line of text it begins no list",
        "put an empty line above it, if it is one; a dash in a sentence is typed –",
    ),
    "bullet": ("this sign begins no item of a list", "type a hyphen and a space in its place: `- `"),
    "close": ("no space stands behind the sign, so it begins no item of a list", "type one: `- ` or `1. `"),
    "letters": (
        "letters and brackets begin no list, so the lines run on in one paragraph",
        "number them `1. `, `2. `, or put an empty line between them",
    ),
    "tabs": (
        "tabs part no cells, so the lines run on in one paragraph",
        "type a table: `| a | b |`, and `|---|---|` below",
    ),
    "fence": ("no code stands between fences here", "indent each line of the code by four spaces"),
    "code": (
        "four spaces or a tab in front make it code, which is set in letters of one width, line by line",
        "delete them, if it is text",
    ),
    "sharp": ("no space stands behind the sign, so it begins no heading", "type one: `# `"),
    "row": (
        "it belongs to no table",
        "below the heading of a table stands a rule of as many cells, `|---|---|`, and no empty line parts its rows",
    ),
}
CROSSED = (
    "readers see the stars and underscores of this text as they are typed: italic and bold text cross each other here",
    "end the inner one before the outer one: **bold *and italic* text**",
)
_CELLS = (
    "the row has more cells than the heading of its table, and readers do not see those at its end",
    "add cells to the heading and to the rule below it; a bar that parts no cells is typed \\|",
)
_AS_TYPED = re.compile(
    "|".join(f"(?P<{kind}>{pattern})" for kind, (pattern, _, _) in _KINDS.items()),
    re.MULTILINE,
)
_BEGINS = re.compile(r"[<\[~{&hw](?:(?<![hw])|(?<=h)ttp|(?<=w)ww\.)")  # no pattern is tried where none can begin
_KEY = re.compile(
    rf"\[(?P<plain>{_SLUG})(?:,[^\[\]\n]*)?\](?![(\[:{SLOT_CLOSE}])|@(?<![\w@/.+\\-]@)(?P<marked>{_SLUG})(?![\w-])"
)
_AFTER_WORDS = re.compile(_KINDS["words"][0])
_PICTURE = re.compile(r"!\[\s*\](?=\()")
_WORDLESS = re.compile(r"\[(?<!!\[)\s*\]\(")
_BOLD = re.compile(r"\*\*\w++|(?<!\w)\w++[.,;:!?]?\*\*")


def as_typed(text: str, masked: str, *, code: bool) -> Iterator[tuple[int, str, str]]:
    """Index in a body, message and hint of what would be shown as it is typed. `code`: whether it has code blocks."""
    for match in _found(masked):
        line = text.rfind("\n", 0, match.start()) + 1
        if code and text.startswith(("    ", "\t"), line):  # there everything is meant as it stands
            continue
        _, why, hint = _KINDS[match.lastgroup or ""]
        typed = text[match.start() : match.end()].strip()
        typed = typed.rstrip(".,;:!?)\"'”’»*_") if match.lastgroup == "address" else typed
        yield match.start(), f"readers see `{typed[:60]}` as it is typed: {why}", hint


def _found(masked: str) -> Iterator[re.Match[str]]:
    """As `finditer` of all patterns finds them, which would try each of them everywhere."""
    end = 0
    for sign in _BEGINS.finditer(masked):
        start = sign.start()
        if start >= end and masked[start - 1 : start] != "\\":  # behind a stroke it is meant as it stands
            indent = len(before := masked[max(start - 3, end) : start]) - len(before.rstrip(" "))
            match = _AS_TYPED.match(masked, start - indent) or (indent and _AS_TYPED.match(masked, start))
            if match:
                end = match.end()
                yield match


def unmarked(masked: str) -> Iterator[tuple[int, str]]:
    """Index in a body and key of what may be a citation: it is one if there is a source of this key."""
    told = _AFTER_WORDS.sub(lambda match: "x" * len(match[0]), masked) if "@" in masked else masked
    for match in _KEY.finditer(told):
        yield match.start(), match["plain"] or match["marked"]


def misplaced(odd: Iterable[tuple[int, str]], text: str) -> Iterator[tuple[int, int, str, str, str]]:
    """Line, column, code, message and hint of what `layout.laid_out` has found, by its line in the text."""
    lines: list[str] = []
    for line, kind in odd:
        lines = lines or text.split("\n")
        words = lines[line - 1].strip(" \t>")
        code, message, hint = "cells-lost", *_CELLS
        if kind in _LAYOUT:
            why, hint = _LAYOUT[kind]
            quoted = words[:60] if "`" in words else f"`{words[:60]}`"
            code, message = "shown-as-typed", f"readers see {quoted} as it is typed: {why}"
        yield line, lines[line - 1].index(words) + 1, code, message, hint


def pictures_without_words(text: str, masked: str) -> Iterator[int]:
    """Index in a body of each picture that says nothing to those who cannot see it."""
    return (match.start() for match in _PICTURE.finditer(text) if masked[match.start()] != "x")


def links_without_words(text: str, masked: str) -> Iterator[int]:
    """Index in a body of each link that readers cannot see."""
    found = _WORDLESS.finditer(text) if "](" in text else ()
    return (match.start() for match in found if masked[match.start()] != "x")


def unclosed(shown: str, text: str) -> Iterator[tuple[int, str, str]]:
    """Index in a body, message and hint of signs of bold text in `shown`: what readers see, without code."""
    start = 0
    for match in _BOLD.finditer(shown):
        found = text.find(match[0], start)
        if found >= 0:
            start = found + 1
            message = f"readers see `{match[0][:60]}` as it is typed: the bold text has no beginning or no end"
            yield found, message, "put ** on both sides of the words, without a space between"
