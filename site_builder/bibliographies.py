r"""Sources in the formats of reference managers: BibTeX (with biblatex's fields) and RIS, in UTF-8.

Own writers, for what was measured of the libraries that read these formats, which the tests use as readers: pybtex
0.26 takes 9 ms a record, refuses a title with a brace too many, lets `\input` through and spoils addresses by escaping
their per cent signs; rispy 0.10 writes line breaks as they come, so that a title can begin a record of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from site_builder.citations import address, copies, person, type_of
from site_builder.dates import Edtf, Precision
from site_builder.dates.points import MONTH_NAMES
from site_builder.model import Archived, Author, Source

# CSL's type: BibTeX's entry, the field for what holds it, the field for who publishes it.
_BIBTEX = {
    "article": ("article", "journal", "publisher"),
    "article-journal": ("article", "journal", "publisher"),
    "article-magazine": ("article", "journal", "publisher"),
    "article-newspaper": ("article", "journal", "publisher"),
    "book": ("book", "series", "publisher"),
    "chapter": ("incollection", "booktitle", "publisher"),
    "entry-encyclopedia": ("incollection", "booktitle", "publisher"),
    "paper-conference": ("inproceedings", "booktitle", "publisher"),
    "report": ("techreport", "series", "institution"),
    "thesis": ("phdthesis", "series", "school"),
}
_RIS = {
    "article": "JOUR",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "chapter": "CHAP",
    "entry-encyclopedia": "ENCYC",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "map": "MAP",
    "paper-conference": "CONF",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
_ESCAPES = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "{": r"\textbraceleft{}",  # braces are counted even behind a backslash
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL = re.compile(r"[&%$#_{}\\~^]")
# Whatever moves the pen or ends a line for some reader.
_BREAKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")


def bibtex(sources: Iterable[Source]) -> str:
    return "\n".join(_bibtex(source) for source in sources)


def ris(sources: Iterable[Source]) -> str:
    return "".join(_ris(source) for source in sources)


def _plain(text: str) -> str:
    """The text on one line."""
    return _BREAKS.sub(" ", text).strip()


# -- BibTeX


@lru_cache(maxsize=65536)
def _bibtex(source: Source) -> str:
    kind, _, _ = _BIBTEX.get(type_of(source), ("misc", "", ""))
    fields = "".join(f"  {name} = {value},\n" for name, value in _fields(source))
    return f"@{kind}{{{source.id},\n{fields}}}\n"


def _fields(source: Source) -> Iterator[tuple[str, str]]:
    _, holder, issuer = _BIBTEX.get(type_of(source), ("misc", "howpublished", "publisher"))
    if source.author:
        yield "author", _braced(" and ".join(_bibtex_name(author) for author in source.author))
    yield "title", _braced(_braced(_tex(source.title)))  # twice: no style changes its capitals
    for name, value in ((holder, source.container_title), (issuer, source.publisher)):
        if value:
            yield name, _braced(_braced(_tex(value)))
    yield from _dated(source.issued)
    if address(source):
        yield "url", _braced(_verbatim(address(source)))
    if source.accessed:
        yield "urldate", _braced(str(source.accessed))
    if source.language:
        yield "language", _braced(_tex(source.language))
    if note := _note(source):
        yield "note", _braced(_tex(note))


def _dated(issued: Edtf | None) -> Iterator[tuple[str, str]]:
    """`date` as known (biblatex reads EDTF), `year` and `month` for everything older."""
    if issued is None:
        return
    yield "date", _braced(issued.text)
    yield "year", _braced(str(issued.year))
    if issued.month:
        yield "month", MONTH_NAMES[issued.month - 1][:3].lower()  # a macro of every style


def _bibtex_name(author: Author) -> str:
    """Family first; a name that is one piece, or that BibTeX would split elsewhere, in braces."""
    if author.literal or not author.family:
        return _braced(_tex(person(author)))
    parts = [_tex(part) for part in (author.family, author.given) if part]
    return ", ".join(_braced(part) if re.search(r",|\band\b", part, re.IGNORECASE) else part for part in parts)


def _braced(text: str) -> str:
    return f"{{{text}}}"


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda sign: _ESCAPES[sign[0]], _plain(text))


def _verbatim(address: str) -> str:
    """An address, which is not escaped in this format; what could end its field is written as a URL may write it."""
    return re.sub(r"[{}\\\s]", lambda sign: f"%{ord(sign[0]):02X}", address)


def _note(source: Source) -> str:
    return " ".join(filter(None, (source.note, *(_copy(copy) for copy in copies(source)))))


def _copy(copy: Archived) -> str:
    return f"Archived {copy.date}: {copy.url}" if copy.date else f"Archived: {copy.url}"


# -- RIS


@lru_cache(maxsize=65536)
def _ris(source: Source) -> str:
    lines = [("TY", _RIS.get(type_of(source), "GEN")), ("ID", source.id)]
    lines += [("AU", _ris_name(author)) for author in source.author]
    lines += [("TI", source.title), ("T2", source.container_title), ("PB", source.publisher)]
    if source.issued:
        lines += [("PY", str(source.issued.year)), ("DA", _ris_date(source.issued))]
    lines += [("LA", source.language), ("UR", address(source))]
    if source.accessed:
        lines.append(("Y2", _ris_date(source.accessed)))
    lines += [("N1", _note(source)), ("ER", "")]
    # Every tag has its two spaces, its hyphen and its space, the last one too.
    return "".join(f"{tag}  - {_plain(value)}\r\n" for tag, value in lines if value or tag == "ER") + "\r\n"


def _ris_name(author: Author) -> str:
    return person(author) if author.literal else ", ".join(filter(None, (author.family, author.given)))


def _ris_date(date: Edtf) -> str:
    """Year/month/day/other, as far as known; what is no plain date stands in the last part as its author wrote it."""
    point = date.spans[0].points[0]
    parts = [f"{date.year:04}", "", ""]
    if date.month:
        parts[1] = f"{date.month:02}"
        parts[2] = f"{point.day:02}" if point.precision is Precision.DAY else ""
    plain = date.kind == "date" and date.text == "-".join(filter(None, parts))
    return "/".join([*parts, "" if plain else date.text.replace("/", " to ")])
