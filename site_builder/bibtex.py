"""BibTeX and biblatex, as Zotero and JabRef export them, to the fields of our sources.

The file is cut into its entries here, so that a slip in one leaves the others alone, and so that the grammar, which is
pybtex's, meets no more than a limited piece of it at a time. Nothing is included, nothing is run. What our sources have
no field for goes into `extra`, under its name in CSL where it has one, and comes out again in the exports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any

from site_builder import latex
from site_builder.biblatex import ALSO, FORMS, OTHER, Fields, fields_of
from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.documents import Contents, Document
from site_builder.limits import MAX_BRACES, MAX_MACRO, MAX_RECORD
from site_builder.texts import hidden
from site_builder.yamltext import Path

_START = re.compile(r"@[ \t\n]*([A-Za-z]{1,40})[ \t\n]*([{(])")
_KEY = re.compile(r"@[^{(]{0,60}[{(][ \t\n]*([^\s,={}\"]+(?:[ \t]+[^\s,={}\"]+)+|)[ \t]*,")  # one that is none
_NEXT = re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]", re.MULTILINE)


def read_bibtex(path: str, text: str) -> tuple[Document | None, list[Diagnostic]]:
    """The sources of a BibTeX file: a document whose list "" has the fields of each, or None for what is broken."""
    reader = _Reader(path, text)
    sources = [reader.source(n, piece) for n, piece in enumerate(reader.pieces())]
    if not sources and not reader.findings and text.strip():
        message = "no entry begins here: nothing in this file has the form `@article{key, …}`"
        hint = "export from your reference manager in the format BibTeX or BibLaTeX"
        reader.findings.append(error(Location(path, 1, 1), "registry-shape", message, hint))
    return Document(path, given=Contents({"": sources}, reader.places, reader.places)), reader.findings


def pieces(path: str, text: str) -> Iterator[tuple[int | None, str]]:
    """Everything of a file that has a meaning, as it stands there: the entries with their number, and the @strings."""
    number = 0
    for piece in _Reader(path, text).cut():
        known = piece.kind in ("string", "comment", "preamble")
        yield (None if known else number), piece.text
        number += not known


@dataclass(frozen=True, slots=True)
class Piece:
    """An entry as it stands in the file, from its @ to its last brace, and where that @ is (from 0)."""

    kind: str
    text: str
    at: int


class _Reader:
    def __init__(self, path: str, text: str) -> None:
        from pybtex.database.input.bibtex import month_names  # noqa: PLC0415  only a site that has such a file pays
        from pybtex.utils import CaseInsensitiveDict  # noqa: PLC0415

        self.path, self.text = path, text
        self.findings: list[Diagnostic] = []
        self.places: dict[Path, Location] = {(): Location(path, 1, 1)}
        self.macros: MutableMapping[str, str] = CaseInsensitiveDict(month_names)
        self._line, self._counted = 1, 0

    def _where(self, at: int) -> Location:
        """Counted on from the last place; places come in their order."""
        self._line += self.text.count("\n", self._counted, at)
        self._counted = at
        return Location(self.path, self._line, at - self.text.rfind("\n", 0, at))

    def pieces(self) -> Iterator[Piece]:
        """The entries of the file; macros are learnt on the way, comments and preambles passed over."""
        for piece in self.cut():
            if piece.kind == "string":
                self._macro(piece)
            elif piece.kind not in ("comment", "preamble"):
                yield piece

    def cut(self) -> Iterator[Piece]:
        """What begins with an @ and a word; what is never closed or too large is told."""
        at = 0
        while start := _START.search(self.text, at):
            end, braces = _end(self.text, start)
            if end < 0:
                hint = "add the closing brace, or look for a brace too many inside"
                self._wrong(self._where(start.start()), "this entry is opened and never closed", hint)
                after = _NEXT.search(self.text, start.end())
                at = after.start() if after else len(self.text)
                continue
            at = end
            if end - start.start() > MAX_RECORD or braces > MAX_BRACES:
                message = f"this entry has more than {MAX_RECORD:,} characters or {MAX_BRACES:,} braces"
                self._wrong(self._where(start.start()), message, "shorten it")
                continue
            yield Piece(start[1].lower(), self.text[start.start() : end], start.start())

    def _macro(self, piece: Piece) -> None:
        before = dict(self.macros)
        read = self._parsed(piece) is not None
        if read and all(len(value) <= MAX_MACRO for value in self.macros.values()):
            return
        for name in set(self.macros) - set(before):
            self.macros[name] = ""
        if read:
            message = f"this @string has more than {MAX_MACRO:,} characters"
            self._wrong(self._where(piece.at), message, "write the text into the entries themselves")

    def _parsed(self, piece: Piece) -> tuple[Any, dict[str, Location]] | None:
        """What pybtex reads, and where the fields stand; None where the piece cannot be read."""
        from pybtex.database.input.bibtex import LowLevelParser  # noqa: PLC0415
        from pybtex.scanner import PybtexSyntaxError  # noqa: PLC0415

        where = self._where(piece.at)
        wrong: list[Any] = []
        places: dict[str, Location] = {}
        parser = LowLevelParser(piece.text, macros=self.macros, handle_error=wrong.append)
        read_value = parser.parse_value

        def noted() -> None:
            name = str(parser.current_field_name)
            at = piece.at + piece.text.rfind(name, 0, parser.pos)
            column = at - self.text.rfind("\n", 0, at)
            places[name.lower()] = Location(self.path, where.line + parser.lineno - 1, column)
            read_value()

        parser.parse_value = noted
        try:
            found = list(parser)
        except PybtexSyntaxError as refusal:
            wrong.append(refusal)
        if wrong or not found:
            self._syntax(where, wrong[0] if wrong else None, _KEY.match(piece.text))
            return None
        return found[0][1], places

    def _syntax(self, where: Location, wrong: Any, key: re.Match[str] | None) -> None:
        if key:
            words = "-".join(key[1].split())
            message = (
                f"`{key[1][:60]}` is no key: a key has no spaces" if words else "this entry has no key to be cited by"
            )
            self._wrong(
                where, message, f"write `{words}`" if words else "write one behind its first brace, and a comma"
            )
            return
        line = where.line + (wrong.lineno - 1 if wrong else 0)
        said = str(wrong.args[0]) if wrong and wrong.args else "it has no end"
        if getattr(wrong, "error_type", "") == "undefined string":
            message = f"`{said[:60]}` is neither in quotes nor a @string of this file"
            self._wrong(Location(self.path, line), message, "put the value in braces: {…}")
            return
        message = f"this is not valid BibTeX: {said}"
        hint = "look for a missing comma, quote or brace in this line or the one above"
        self._wrong(Location(self.path, line), message, hint)

    def _wrong(self, where: Location, message: str, hint: str) -> None:
        self.findings.append(error(where, "bibtex-syntax", message, hint))

    # -- One entry

    def source(self, n: int, piece: Piece) -> Fields | None:
        """The fields of an entry as the model has them."""
        parsed = self._parsed(piece)
        if parsed is None:
            return None
        (key, typed), places = parsed
        if sum(len(part) for _, parts in typed for part in parts) > MAX_RECORD:
            message = f"with its @strings written out, `{str(key)[:60]}` has more than {MAX_RECORD:,} characters"
            self._wrong(self._where(piece.at), message, "shorten it")
            return None
        where = self.places[(n,)] = self._where(piece.at)
        given: dict[str, str] = {}
        for name, value in ((str(name).lower(), "".join(parts)) for name, parts in typed):
            if name in given:
                message = f"`{name}` stands twice in `{key[:60]}`; only one could count"
                self.findings.append(error(places[name], "repeated-key", message, "keep one of the two"))
            elif value.strip():
                given[name] = value
        for name in given:
            self.places[(n, name)] = places.get(name, where)
        fields = fields_of(piece.kind, key, given, _people)
        self._aim(n, given, fields)
        unseen = next((match for value in _texts(fields) if (match := hidden(value))), None)
        if unseen:
            message = f"`{key[:60]}` has the character U+{ord(unseen[0]):04X}, which nobody can see"
            self.findings.append(error(where, "hidden-character", message, "delete it"))
            return None
        return fields

    def _aim(self, n: int, given: Fields, fields: Fields) -> None:
        """A field of the model stands where the field of BibTeX does that it was made of."""
        _, holder, issuer = FORMS.get(str(fields.get("type")), OTHER)
        made_of = {
            "issued": ("date", "year"), "accessed": ("urldate",), "archived": ("note",),
            "container-title": (holder, *ALSO["holder"]), "publisher": (issuer, *ALSO["issuer"]),
        }  # fmt: skip
        for name, sources in made_of.items():
            found = next((source for source in sources if source in given), "")
            if found:
                self.places[(n, name)] = self.places[(n, found)]


def _end(text: str, start: re.Match[str]) -> tuple[int, int]:
    """Where an entry ends (-1: nowhere), and how many braces it has."""
    depth, braces = int(start[2] == "{"), 0
    stop = _NEXT.search(text, start.end())
    limit = stop.start() if stop else len(text)
    for sign in re.finditer(r"[{})]", text[start.end() : limit]):
        braces += 1
        if sign[0] == ")":
            if start[2] == "(" and depth == 0:
                return start.end() + sign.end(), braces
            continue
        depth += 1 if sign[0] == "{" else -1
        if depth == 0 and start[2] == "{":
            return start.end() + sign.end(), braces
    return -1, braces


# -- Texts and names


def _texts(value: Any) -> Iterator[str]:
    """Every text of a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _people(text: str) -> list[dict[str, str]]:
    """Names as CSL has them; a name in braces is one piece."""
    from pybtex import errors  # noqa: PLC0415
    from pybtex.bibtex.utils import split_name_list  # noqa: PLC0415

    with errors.capture():
        return [_name(name) for name in split_name_list(" ".join(text.split())) if name.strip("{} ")]


def _name(text: str) -> dict[str, str]:
    from pybtex.database import Person  # noqa: PLC0415

    if text.startswith("{") and text.endswith("}") and "{" not in text[1:] and "}" not in text[:-1]:
        return {"literal": latex.decode(text)}
    if text.lower() == "others":
        return {"literal": "others"}
    person = Person(text)
    parts = {
        "family": [*person.prelast_names, *person.last_names],
        "given": [*person.first_names, *person.middle_names],
        "suffix": person.lineage_names,
    }
    found = {part: latex.decode(" ".join(words)) for part, words in parts.items() if words}
    return found if "given" in found or "suffix" in found else {"literal": latex.decode(text)}
