r"""Sources in the formats of reference managers: BibTeX (with biblatex's fields) and RIS, in UTF-8.

Own writers, for what was measured of the libraries that read these formats, which the tests use as readers: pybtex
0.26 takes 9 ms a record, refuses a title with a brace too many, lets `\input` through and spoils addresses by escaping
their per cent signs; rispy 0.10 writes line breaks as they come, so that a title can begin a record of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from site_builder.biblatex import FORMS, ISSUE, OTHER, VARIABLES, VERBATIM
from site_builder.citations import address, copies, extras, named, people, type_of
from site_builder.csl import DATES, NAMES, edtf
from site_builder.dates import Edtf, Precision
from site_builder.dates.points import MONTH_NAMES
from site_builder.model import Archived, Source

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
_RIS_BESIDE = (
    *(("VL", "volume"), ("IS", "issue"), ("SP", "page"), ("ET", "edition"), ("CY", "publisher-place")),
    *(("DO", "DOI"), ("SN", "ISBN"), ("SN", "ISSN"), ("AB", "abstract")),
)
_ESCAPES = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "{": r"\textbraceleft{}",  # braces are counted even behind a backslash
    "}": r"\textbraceright{}",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL = re.compile(r"[&%$#_{}\\~^]")
_FIELDS = {variable: name for name, variable in VARIABLES.items()} | {"issue": "number", ISSUE: "issue", "id": "ids"}
_COMMANDS = frozenset({"string", "preamble", "comment"})
_OWN = frozenset({"author", "entrytype", "key"})
# Whatever moves the pen or ends a line for some reader, but one space alone.
_BREAKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]{2,}|[\x00-\x1f\x7f-\xa0\u2028\u2029]")


def bibtex(sources: Iterable[Source]) -> str:
    return "\n".join(map(_bibtex, sources))


def ris(sources: Iterable[Source]) -> str:
    return "".join(map(_ris, sources))


def _plain(text: str) -> str:
    """The text on one line."""
    return _BREAKS.sub(" ", text).strip()


# -- BibTeX


def _bibtex(source: Source) -> str:
    kind = str(extras(source).get("entrytype", ""))
    if not re.fullmatch(r"[a-z]{1,40}", kind) or kind in _COMMANDS:
        kind = FORMS.get(type_of(source), OTHER)[0]
    fields = dict(_fields(source))
    fields |= {name: value for name, value in _others(source) if name not in fields}
    return f"@{kind}{{{source.id},\n" + "".join(f"  {name} = {value},\n" for name, value in fields.items()) + "}\n"


def _fields(source: Source) -> Iterator[tuple[str, str]]:
    _, holder, issuer = FORMS.get(type_of(source), OTHER)
    if source.author:
        yield "author", _bibtex_names(people(source))
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


def _others(source: Source) -> Iterator[tuple[str, str]]:
    """What its bibliography had beside, as far as a field of BibTeX can hold it."""
    for variable, value in extras(source).items():
        name = _FIELDS.get(variable, variable.lower())
        if name in _OWN or not re.fullmatch(r"[a-z][a-z0-9_.+-]{0,60}", name) or value is None:
            continue
        if variable in NAMES and isinstance(value, list):
            if names := named(value):
                yield name, _bibtex_names(names)
        elif variable in DATES:
            yield name, _braced(_tex(edtf(value)))
        elif name in VERBATIM:
            yield name, _braced(_verbatim(str(value)))
        elif not isinstance(value, dict | list):
            text = _tex(str(value))
            yield name, _braced(re.sub(r"(?<=\w)-(?=\w)", "--", text) if name == "pages" else text)


def _dated(issued: Edtf | None) -> Iterator[tuple[str, str]]:
    """`date` as known (biblatex reads EDTF), `year` and `month` for everything older, which knows no years BC."""
    if issued is None:
        return
    yield "date", _braced(issued.text)
    if issued.year < 1:
        return
    yield "year", _braced(str(issued.year))
    if issued.month:
        yield "month", MONTH_NAMES[issued.month - 1][:3].lower()  # a macro of every style


def _bibtex_names(names: Iterable[Mapping[str, Any]]) -> str:
    return _braced(" and ".join(map(_bibtex_name, names)))


def _bibtex_name(name: Mapping[str, Any]) -> str:
    """Family first; a name that is one piece, or that BibTeX would split elsewhere, in braces."""
    said = {part: _tex(str(text)) for part, text in name.items() if text}
    if "family" not in said:
        whole = said.get("literal", said.get("given", ""))
        return whole if whole == "others" else _braced(whole)
    parts = [_family(said), *(said[part] for part in ("suffix", "given") if part in said)]
    return ", ".join(_braced(part) if re.search(r",|\band\b", part, re.IGNORECASE) else part for part in parts)


def _family(name: Mapping[str, str]) -> str:
    return " ".join(name[part] for part in ("dropping-particle", "non-dropping-particle", "family") if part in name)


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


def _ris(source: Source) -> str:
    lines = [("TY", _RIS.get(type_of(source), "GEN")), ("ID", source.id)]
    lines += [("AU", _ris_name(name)) for name in people(source)]
    lines += [("TI", source.title), ("T2", source.container_title), ("PB", source.publisher)]
    if source.issued:
        lines += [("PY", str(source.issued.year) if source.issued.year > 0 else ""), ("DA", _ris_date(source.issued))]
    lines += [("LA", source.language), ("UR", address(source))]
    if source.accessed:
        lines.append(("Y2", _ris_date(source.accessed)))
    beside = extras(source)
    lines += [(tag, text) for tag, variable in _RIS_BESIDE for text in _texts(beside.get(variable, ""))]
    lines += [("N1", _note(source)), ("ER", "")]
    # Every tag has its two spaces, its hyphen and its space, the last one too.
    return "".join(f"{tag}  - {_plain(value)}\r\n" for tag, value in lines if value or tag == "ER") + "\r\n"


def _texts(value: Any) -> list[str]:
    """What a line can hold of a variable: each item of a list, such as Crossref's of ISSNs, has its own."""
    items = value if isinstance(value, list) else [value]
    return [str(item) for item in items if not isinstance(item, dict | list)]


def _ris_name(name: Mapping[str, Any]) -> str:
    """Family, given, suffix. Every program parts a name at its first comma, so none stands inside of these.

    Behind a name that is one piece EndNote wants a comma, lest it take the last word for the family's; Zotero, too,
    takes such a one for that of an organisation.
    """
    said = {part: str(text).replace(",", "") for part, text in name.items() if text}
    if "family" not in said:
        return f"{said.get('literal', said.get('given', ''))},"
    return ", ".join([_family(said), *(said[part] for part in ("given", "suffix") if part in said)])


def _ris_date(date: Edtf) -> str:
    """Year/month/day/other, as far as known; what is no plain date stands in the last part as its author wrote it.

    The format has no years BC: they stand in the last part alone.
    """
    if date.year < 1:
        return f"///{date.text.replace('/', ' to ')}"
    point = date.spans[0].points[0]
    parts = [f"{date.year:04}", "", ""]
    if date.month:
        parts[1] = f"{date.month:02}"
        parts[2] = f"{point.day:02}" if point.precision is Precision.DAY else ""
    plain = date.kind == "date" and date.text == "-".join(filter(None, parts))
    return "/".join([*parts, "" if plain else date.text.replace("/", " to ")])
