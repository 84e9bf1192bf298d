"""A folder of Markdown files with front matter: Jekyll, Hugo, Eleventy, or a site of this builder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from site_builder import urls
from site_builder.diagnostics import Location, Severity
from site_builder.documents import Document
from site_builder.front_matter import read_markdown
from site_builder.imports.events import MAX_TEXT, Found
from site_builder.imports.naming import ID, Naming, naming
from site_builder.imports.translating import Translator

_DATED = re.compile(r"([0-9]{4}-[0-9]{2}(?:-[0-9]{2})?)-(.+)")


def read_folder(texts: Mapping[str, str], pairs: Iterable[str], order: str, found: Found) -> None:
    """The events of a folder; `texts`: by path."""
    documents: list[Document] = []
    for path, text in texts.items():
        document, findings = read_markdown(path, text)
        wrong = [finding for finding in findings if finding.severity is Severity.ERROR]
        if document is None or wrong:
            for finding in wrong:
                found.refuse(finding.location, finding.message, finding.hint)
        else:
            found.findings += findings
            documents.append(document)
    names = dict.fromkeys(name for document in documents for name in document.fields)
    homes = naming(pairs, names)
    translator = Translator(found, homes, order)
    for document in documents:
        if len(document.body) > MAX_TEXT:
            message = (
                f"the text has {len(document.body):,} characters, and no text here may have more than {MAX_TEXT:,}"
            )
            found.refuse(Location(document.path), message, "shorten it")
        else:
            translator.event(document.at(()), _named(document, homes), document.body.strip())


def _named(document: Document, homes: Naming) -> dict[str, Any]:
    """The fields, with the date and the id that the file's name gives (`2014-06-10-raid.md`) where no field does."""
    fields = {str(name): value for name, value in document.fields.items()}
    name = document.path.rpartition("/")[2].rpartition(".")[0]
    dated = _DATED.fullmatch(name)
    there = {homes.home(field) for field, value in fields.items() if value not in (None, "")}
    if dated and "date" not in there:
        fields["date"] = dated[1]
    if ID not in there and urls.slug(name) == name:
        fields["id"] = name
    return fields
