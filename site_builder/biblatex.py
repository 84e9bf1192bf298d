"""BibTeX's and biblatex's names for things, in the terms of CSL and of our sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from site_builder import dates, latex, urls
from site_builder.csl import OURS, citekey, forthcoming, is_private, undated

Fields = dict[str, Any]
# The text of a field of names to the names as CSL has them.
People = Callable[[str], list[dict[str, str]]]

# CSL's type by BibTeX's or biblatex's.
_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "collection": "collection",
    "conference": "paper-conference", "dataset": "dataset", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "inreference": "entry-encyclopedia", "jurisdiction": "legal_case",
    "legislation": "legislation", "legal": "treaty", "mastersthesis": "thesis", "mvbook": "book",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "patent": "patent", "periodical": "periodical",
    "phdthesis": "thesis", "proceedings": "book", "report": "report", "software": "software",
    "techreport": "report", "thesis": "thesis", "unpublished": "manuscript", "video": "motion_picture",
}  # fmt: skip
# CSL's type: BibTeX's entry, the field for what holds it, the field for who publishes it.
FORMS = {
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
OTHER = ("misc", "howpublished", "publisher")
# Where another name than the usual one may stand; the usual one wins, and this one is kept beside it.
ALSO = {
    "holder": ("journaltitle", "journal", "booktitle", "maintitle"),
    "issuer": ("institution", "organization", "school"),
}
ISSUE = "issue-name"  # the field `issue` beside a number: "Spring", which CSL has no variable for
# CSL's variable by the field of BibTeX, of those that differ by more than case.
VARIABLES = {
    "number": "number", "pages": "page", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "address": "publisher-place",
    "series": "collection-title", "type": "genre", "chapter": "chapter-number",
    "shorttitle": "title-short", "pagetotal": "number-of-pages", "volumes": "number-of-volumes",
    "origdate": "original-date", "eventdate": "event-date", "eventtitle": "event-title", "venue": "event-place",
    "bookauthor": "container-author", "pubstate": "status", "pmid": "PMID", "pmcid": "PMCID",
    "shortjournal": "container-title-short",
}  # fmt: skip
_NAMES = frozenset({"author", "editor", "translator", "bookauthor"})
VERBATIM = frozenset({"url", "doi", "eprint", "urldate", "origdate", "eventdate"})
ENDNOTE = re.compile(r"<Go to ISI>[^\s}]*")  # a link that only EndNote can follow
_COPY = re.compile(r" ?Archived(?: (\S+))?: (https?://\S+)")


def fields_of(kind: str, key: str, given: Mapping[str, str], people: People) -> Fields:
    """The fields of an entry as the model has them; `extra` has what the model has no field for."""
    type_ = _TYPES.get(kind, "document")
    usual, holder, issuer = FORMS.get(type_, OTHER)
    left = {name: text for name, text in given.items() if not is_private(name)}
    extra: Fields = {} if citekey(key) == key else {"id": key}
    if kind != usual:
        extra["entrytype"] = kind
    url = latex.address(typed := ENDNOTE.sub("", left.pop("url", "")))
    several = [latex.address(word) for word in typed.split()]
    if several[1:] and all(map(urls.outside, several)):  # as Mendeley writes them; a source has one
        url, extra["urls"] = several[0], " ".join(several[1:])
    if "howpublished" in left and not url and (address := _only_address(left["howpublished"])):
        url = address
        extra["howpublished"] = left.pop("howpublished")
    fields: Fields = {
        "id": citekey(key),
        "type": type_,
        "title": _pop(left, "title"),
        "container-title": _named(left, extra, holder, ALSO["holder"]),
        "publisher": _named(left, extra, issuer, ALSO["issuer"]),
        "issued": _issued(left, extra),
        "accessed": _date(left.pop("urldate", "")),
        "url": url,
        "language": _language(left, extra),
    }
    fields |= _note(_pop(left, "note"))
    if "author" in left:
        names = people(left.pop("author"))
        fields["author"] = [_plain_name(name) for name in names]
        if any("suffix" in name for name in names):
            extra["author"] = names
    for name in OURS:
        if name in left:  # a field that somebody added to the entry; it is handed on under its name too
            text = latex.decode(left[name])
            fields[name] = [{"url": latex.address(left[name])}] if name == "archived" else text
    numbered = "number" in left
    extra |= {_variable(name, type_, numbered): _value(name, text, people) for name, text in left.items()}
    return {name: value for name, value in fields.items() if value} | {"extra": extra}


def _pop(left: dict[str, str], name: str) -> str:
    return latex.decode(left.pop(name, ""))


def _named(left: dict[str, str], extra: Fields, usual: str, also: tuple[str, ...]) -> str:
    """What holds or publishes it, under its usual name, else under another, which is then kept too."""
    if usual in left:
        return _pop(left, usual)
    other = next((name for name in also if name in left), "")
    if other:
        extra[other] = latex.decode(left[other])
        return _pop(left, other)
    return ""


def _variable(name: str, type_: str, numbered: bool) -> str:
    if name == "number" and type_.startswith("article"):
        return "issue"
    if name == "issue" and numbered:
        return ISSUE
    return VARIABLES.get(name, name)


def _value(name: str, text: str, people: People) -> Any:
    if name in _NAMES:
        return people(text)
    if name in VERBATIM:
        return latex.address(text)
    plain = latex.decode(text)
    return re.sub(r"(?<=\w)\s*[–—]\s*(?=\w)", "-", plain) if name == "pages" else plain


def _only_address(text: str) -> str:
    found = latex.address(text)
    return found if re.fullmatch(r"https?://\S+", found) else ""


def _language(left: dict[str, str], extra: Fields) -> str:
    """A code; the name of a language stays what it is."""
    typed = _pop(left, "language")
    if not typed or re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", typed):
        return typed
    extra["language"] = typed
    return ""


def _note(text: str) -> Fields:
    """The note, without the archived copies that our export writes into it."""
    copies = [{"url": copy[2], **({"date": copy[1]} if copy[1] else {})} for copy in _COPY.finditer(text)]
    rest = _COPY.sub("", text).strip()
    return {"note": rest, **({"archived": copies} if copies else {})}


def _date(text: str) -> str:
    plain = latex.address(text)
    return "" if undated(plain) else dates.understand(plain) or plain


def _issued(left: dict[str, str], extra: Fields) -> str:
    """`date` as biblatex has it (EDTF), or `year`, `month` and `day`."""
    date = left.pop("date", "")
    parts: tuple[str, ...] = ("year", "month", "day")
    typed = {name: latex.decode(left.pop(name)) for name in parts if name in left}
    if date:
        return _date(date)
    if "year" not in typed:
        extra |= typed
        return ""
    words = [typed[name] for name in ("day", "month", "year") if name in typed]
    if "day" in typed:
        extra["day"] = typed["day"]
    month = typed.get("month", "")
    if month.isdigit():
        words = ["-".join([typed["year"], *(part.zfill(2) for part in (month, typed.get("day")) if part)])]
    if state := forthcoming(text := " ".join(words)):
        extra["status"] = state
        return ""
    return _date(text)


def _plain_name(name: dict[str, str]) -> dict[str, str]:
    """Without the part that the model's names lack."""
    if "suffix" not in name:
        return name
    family = " ".join(name[part] for part in ("family", "suffix") if part in name)
    return {"family": family} | ({"given": name["given"]} if "given" in name else {})
