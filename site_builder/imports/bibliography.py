"""CSL-JSON and BibTeX into `content/sources/`, as they are: the builder reads them, and nothing of them is lost.

What cannot be read, or has the key of a source that is there already, is left out and told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Set
from typing import Any

from site_builder import urls
from site_builder.biblatex import ENDNOTE
from site_builder.bibtex import pieces, read_bibtex
from site_builder.csl import is_private, read_csl
from site_builder.diagnostics import Diagnostic, Location, Severity, error
from site_builder.documents import Document
from site_builder.fields import validate
from site_builder.imports.events import remark
from site_builder.imports.naming import naming
from site_builder.jsontext import read_json
from site_builder.model import Source
from site_builder.reading import in_its_words

FORMATS = {"csl": ".json", "bibtex": ".bib"}
# Variables of CSL of which nearly every source has one, and which no list of events has.
_TELLING = frozenset({"issued", "container-title", "citation-key", "URL", "DOI", "ISBN", "accessed"})


def is_library(document: Document) -> bool:
    """Whether a file of JSON is a list of sources: one of its items tells so in the words of CSL, or it has none."""
    items = document.fields.get("")
    return isinstance(items, list) and (not items or any(isinstance(item, dict) and _is_source(item) for item in items))


def _is_source(item: dict[str, Any]) -> bool:
    names = naming((), ())
    return bool(item.keys() & _TELLING) or ("id" in item and "date" not in map(names.home, item))


def taken(path: str, text: str, kind: str, known: Set[str]) -> tuple[str, int, list[Diagnostic]]:
    """The text with the sources that can be taken, their number, and why the others cannot."""
    document, findings = (read_csl if kind == "csl" else read_bibtex)(path, text)
    if document is None:
        return "", 0, findings
    good: list[int] = []
    seen = set(known)
    for n, fields in enumerate(document.fields[""]):
        value, wrong = validate(Source, document, fields, (n,)) if fields else (None, [])
        findings += map(in_its_words, wrong)
        if value is None:
            continue
        if value.id in seen:
            message = f"there is a source `{value.id}` already, and none is written over"
            findings.append(error(document.at((n,)), "import-taken", message, "remove one of the two"))
        else:
            seen.add(value.id)
            good.append(n)
    if not document.fields[""] and not findings:
        findings = [
            error(Location(path), "import-empty", "there is no source in it", "look whether it is the right file")
        ]
    findings += _looked_over(document, text)
    if len(good) == len(document.fields[""]) and not any(found.severity is Severity.ERROR for found in findings):
        return text, len(good), findings
    return _only(path, text, kind, good) if good else "", len(good), findings


def _looked_over(document: Document, text: str) -> Iterator[Diagnostic]:
    """What stands in the copy, and what the site does not take of it."""
    fields = ((path[1], where) for path, where in document.values.items() if len(path) == 2)
    private = {str(name): where for name, where in fields if is_private(name)}
    if private:
        message = f"these fields are for you alone, and the site shows them nowhere: {_listed(private)}"
        hint = (
            "the copy in content/sources/ has them; in a public repository, put one without notes, files and tags there"
        )
        yield remark(min(private.values()), "import-private", message, hint)
    if link := ENDNOTE.search(text):
        where = Location(document.path, text.count("\n", 0, link.start()) + 1)
        message = f"`{link[0][:60]}` is a link that only EndNote can follow, and is left out"
        yield remark(where, "import-changed", message, "write the address of the source, if it has one")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name[:60]}`" for name in sorted(names)[:20])


def _only(path: str, text: str, kind: str, good: list[int]) -> str:
    if kind == "csl":
        document, _ = read_json(path, text)
        items: list[Any] = document.fields[""] if document else []
        return json.dumps([items[n] for n in good], ensure_ascii=False, indent="\t") + "\n"
    kept = [piece for n, piece in pieces(path, text) if n is None or n in set(good)]
    return "\n\n".join(kept) + "\n"


def file_name(stem: str, kind: str) -> str:
    """The file that the sources go into, in the content folder."""
    return f"sources/{urls.slug(stem)[:80].strip('-') or 'imported'}{FORMATS[kind]}"
