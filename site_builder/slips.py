"""What an author most often meant, where the fields of a file cannot be told from its text or cannot be read.

The reader of YAML says what it could not do; the line in the file shows which of a dozen slips it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

At = tuple[int, int]  # line and column, both from 0

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_FENCE_LIKE = re.compile(rf"[ \t]*(?:[{_DASHES}]{{1,8}}|\.\.\.|\+\+\+|```)[ \t]*")
_FIELD = re.compile(r"(?P<indent>\s*(?:- )?)(?P<name>[\w-]+):[ \t]+(?P<value>\S.*)")
_NO_SPACE = re.compile(r"(?P<indent>\s*(?:- )?)(?P<name>[A-Za-z_]+):(?P<value>[^\s:/].*)")
_UNUSUAL_SPACE = re.compile("^[ \u00a0]*\u00a0|(?<=:)\u00a0|\u00a0(?=:)")
_LONGEST = 70  # of a value that is repeated in a hint


@dataclass(frozen=True, slots=True)
class Slip:
    at: At
    message: str
    hint: str


# -- The fences of the fields


def no_fence(text: str) -> tuple[str, str]:
    """Why a file does not begin with its fields; message and hint."""
    first = text.partition("\n")[0]
    usual = "begin the file with a line `---`, then the fields, then a second line `---`, then the text"
    if not text.strip():
        return "the file is empty", usual
    if first.strip() and _FENCE_LIKE.fullmatch(first):
        quoted = first if "`" in first else f"`{first}`"
        dashed = "; word processors make dashes of them" if first.strip()[0] in _DASHES else ""
        return (
            f"the first line is {quoted}, and the fields begin with `---`",
            f"write three hyphens and nothing else{dashed}",
        )
    if re.search(r"^---[ \t]*$", "\n".join(text.split("\n")[:12]), re.MULTILINE):
        what = "text" if first.strip() else "an empty line"
        return f"{what} stands before the first `---`", "delete it, or move it below the second `---`"
    return "the file does not begin with `---`, so its fields cannot be found", usual


def no_end(text: str) -> Slip:
    """Where the fields most likely end, in a file whose second fence is missing."""
    lines = text.split("\n")
    for n, line in enumerate(lines[1:], start=1):
        if _FENCE_LIKE.fullmatch(line):
            message = f"the fields are still open here: they end with `---`, and this line is `{line.strip()}`"
            return Slip((n, 0), message, "write three hyphens and nothing else; word processors make dashes of them")
    message = "the fields are opened by `---` and never closed, so the text cannot be told from them"
    blank = next((n for n, line in enumerate(lines) if not line.strip() and n < len(lines) - 1), 0)
    where = f", in line {blank + 1}" if blank else ""
    return Slip((0, 0), message, f"put a line `---` between the fields and the text{where}")


def no_fields(text: str) -> str:
    """What to write where the front matter is one piece of text: hint."""
    if glued := _NO_SPACE.match(text.lstrip("\n")):
        return f"put a space after each colon: `{glued['name']}: {_short(glued['value'])}`"
    return "write one field a line, as in `title: First moon landing`"


# -- YAML


@dataclass(frozen=True, slots=True)
class Trouble:
    """What the reader of YAML could not do: where it gave up, and where the thing began that it was reading."""

    lines: Sequence[str]
    problem: str
    context: str
    at: At
    since: At

    @property
    def line(self) -> str:
        return self.lines[self.at[0]] if self.at[0] < len(self.lines) else ""

    @property
    def sign(self) -> str:
        return self.line[self.at[1] : self.at[1] + 1]

    @property
    def span(self) -> range:
        """The lines in which the slip can be."""
        first = min(self.at[0], self.since[0])
        return range(first, min(max(self.at[0], self.since[0]) + 1, len(self.lines)))


def of_yaml(trouble: Trouble) -> Slip:
    """The slip behind a text that is not YAML; the first rule that fits decides."""
    for rule in _RULES:
        if slip := rule(trouble):
            return slip
    return Slip(trouble.at, f"this cannot be read: {trouble.problem}", "put the value in quotes")


def _tab(trouble: Trouble) -> Slip | None:
    if trouble.sign != "\t" and "tab" not in trouble.problem.split():
        return None
    message = "a tab indents this line, and lines are indented with spaces here"
    return Slip(trouble.at, message, "replace it by spaces, two for each step")


def _unusual_space(trouble: Trouble) -> Slip | None:
    for n in trouble.span:
        if found := _UNUSUAL_SPACE.search(trouble.lines[n]):
            message = "a no-break space (U+00A0) stands where an ordinary space is needed"
            hint = "delete it and type a space; such spaces come along with text from Word or a web page"
            return Slip((n, found.end() - 1), message, hint)
    return None


def _open_quote(trouble: Trouble) -> Slip | None:
    if "quoted scalar" not in trouble.context or "escape" in trouble.problem or "hex" in trouble.problem:
        return None
    message = "the quotation mark that opens here is never closed"
    hint = "close it at the end of the value; if it is an apostrophe, put the whole value in double quotes"
    return Slip(trouble.since, message, hint)


def _open_bracket(trouble: Trouble) -> Slip | None:
    if "',' or" not in trouble.problem and "flow" not in trouble.context:
        return None
    message = "the bracket that opens here is not closed, or a comma is missing behind it"
    return Slip(trouble.since, message, "close it in the same line, and part its values by commas")


def _escape(trouble: Trouble) -> Slip | None:
    if "escape" not in trouble.problem and "hex" not in trouble.problem:
        return None
    message = "in double quotes a backslash begins the code of a character, and this is none"
    hint = "write the character itself, or put the value in single quotes, where a \\ is a \\"
    return Slip(trouble.at, message, hint)


def _glued(trouble: Trouble) -> Slip | None:
    """`summary:Text`: seen only lines later, where the reader finds no colon."""
    first = max(trouble.span.start - ("mapping values" in trouble.problem), 0)
    for n in range(first, trouble.span.stop):
        if glued := _NO_SPACE.fullmatch(trouble.lines[n]):
            message = f"there is no space after the colon, so `{glued['name']}` is no field"
            return Slip((n, glued.end("name")), message, f"write `{glued['name']}: {_short(glued['value'])}`")
    return None


def _no_colon(trouble: Trouble) -> Slip | None:
    if "expected ':'" not in trouble.problem:
        return None
    message = "this line is no field `name: value`, and it is not indented either"
    hint = "if it continues the value above, begin it with two spaces; if it is a field, write its name and a colon"
    return Slip(trouble.since, message, hint)


def _colon(trouble: Trouble) -> Slip | None:
    if "mapping values are not allowed" not in trouble.problem:
        return None
    field = _FIELD.fullmatch(trouble.line)
    if field and field["indent"].strip(" ") == "" != field["indent"] and field.end("name") == trouble.at[1]:
        message = f"the line is indented, so `{field['name']}` would be part of the value above"
        hint = f"begin the line with `{field['name']}:`, without spaces before it"
        if above := _field_of_item(trouble):
            hint = f"begin it in the same column as `{above}`, if it belongs to the same item of the list"
        return Slip(trouble.at, message, hint)
    message = "a colon and a space stand in a value without quotes"
    if field and field["value"][0] in "“”„«‘’‚":
        message += "; typographic quotation marks do not count, only straight ones do"
    return Slip(trouble.at, message, _quote_hint(field))


def _field_of_item(trouble: Trouble) -> str:
    """The field of a list's item in the line above, from which the line was meant to go on; "" where there is none."""
    above = _FIELD.fullmatch(trouble.lines[trouble.at[0] - 1]) if trouble.at[0] else None
    return above["name"] if above and above["indent"].strip() == "-" else ""


def _first_sign(trouble: Trouble) -> Slip | None:
    """A value that begins with a sign that means something to YAML."""
    if "node content" in trouble.problem and trouble.sign == ",":
        return Slip(trouble.at, "a value cannot begin with `,`", _quote_hint(_FIELD.fullmatch(trouble.line)))
    starts = ("cannot start any token", "not allowed in this context", "comment or line break", "alphabetic or numeric")
    if not any(words in trouble.problem for words in starts):
        return None
    line = trouble.line
    if bullet := re.match(r"\s*([*•]) +(\S.*)", line):
        message = f"a list has a hyphen before each of its values, and here stands `{bullet[1]}`"
        return Slip((trouble.at[0], bullet.start(1)), message, f"write `- {_short(bullet[2])}`")
    field = _FIELD.fullmatch(line) or re.fullmatch(r"(?P<indent>\s*-) +(?P<value>\S.*)", line)
    column = field.start("value") if field else trouble.at[1]
    sign = line[trouble.at[1] : trouble.at[1] + 1] if "cannot start" in trouble.problem else line[column : column + 1]
    at = trouble.at if "cannot start" in trouble.problem else (trouble.at[0], column)
    hint = _quote_hint(field)
    if sign == "@" and re.match(r"\s*(?:- *)?\{?(?:sources?|cites)\b", line):
        hint = "write the key of a source without the @ here; the @ belongs to citations in the text"
    return Slip(at, f"a value cannot begin with `{sign or line[-1:]}`", hint)


def _rest(trouble: Trouble) -> Slip | None:
    """Text after the closing quotation mark or bracket of a value."""
    field = _FIELD.fullmatch(trouble.line)
    if not field or field["value"][0] not in "\"'[{" or trouble.at[1] <= field.start("value"):
        return None
    rest = trouble.line[trouble.at[1] :].strip()
    if rest in (",", ";"):
        return Slip(trouble.at, f"`{rest}` stands after the end of the value", "delete it")
    what = "quotation mark" if field["value"][0] in "\"'" else "bracket"
    message = f"the value ends at its closing {what}, and more text stands after it"
    return Slip(trouble.at, message, _quote_hint(field, "whole value"))


def _indentation(trouble: Trouble) -> Slip | None:
    if "did not find expected" not in trouble.problem and "block end" not in trouble.problem:
        return None
    message = "the indentation of this line fits none of the lines above"
    return Slip(trouble.at, message, "begin it in the same column as the field or list that it belongs to")


_RULES: tuple[Callable[[Trouble], Slip | None], ...] = (
    _tab,
    _unusual_space,
    _escape,
    _open_quote,
    _open_bracket,
    _glued,
    _no_colon,
    _colon,
    _first_sign,
    _rest,
    _indentation,
)


def _quote_hint(field: re.Match[str] | None, what: str = "value") -> str:
    if field is None or len(field["value"]) > _LONGEST:
        return f"put the {what} in quotes"
    value = re.sub("^[“„«]([^“”„«»]*)[”“»]$", r"\1", field["value"].strip())
    straight = f'"{value}"' if not re.search(r'["\\]', value) else "'" + value.replace("'", "''") + "'"
    return f"put the {what} in quotes: `{field[0][: field.start('value')].strip()} {straight}`"


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
