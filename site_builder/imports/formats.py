"""Which format a file is, and its events in our terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.imports import bibliography, forms, own, own_tables, sheets, timelinejs
from site_builder.imports.events import Event, Found
from site_builder.imports.folder import read_folder
from site_builder.imports.naming import complete, naming
from site_builder.imports.own import Worded
from site_builder.imports.translating import Translator
from site_builder.jsontext import read_json

FORMATS = ("timelinejs", "csv", "entries", "csl", "bibtex", "markdown", "form")
# What to do with files that are read in another form only, by their endings.
_OTHERWISE: Mapping[str, str] = {
    ending: advice
    for endings, advice in (
        ("xls xlsx xlsm xlsb ods numbers", "save the sheet as CSV (in Excel: “CSV UTF-8”), and import that file"),
        ("doc docx odt rtf pages pdf html htm", "copy the events into a table, save it as CSV, and import that file"),
        ("ris enw enl ens nbib rdf", "export the sources as CSL-JSON or BibTeX, and import that file"),
        ("zip gz tar 7z rar", "unpack it, and import what is in it"),
    )
    for ending in endings.split()
}


@dataclass(frozen=True, slots=True)
class Foreign:
    """A file, or the files of a folder (`is_folder`), as text by the path that the author knows. The first is meant,
    the others lie beside it. `name`: that of the file or folder.
    """

    texts: Mapping[str, str]
    name: str = ""
    is_folder: bool = False
    format: str = ""
    maps: tuple[str, ...] = ()
    order: str = ""
    worded: Worded = field(default=str)

    @property
    def path(self) -> str:
        return next(iter(self.texts), "")

    @property
    def text(self) -> str:
        return self.texts.get(self.path, "")


def guess(foreign: Foreign) -> str:
    """The format of a file, by its ending and by what it holds; "" where it is none that is known."""
    if foreign.is_folder:
        return "markdown"
    ending = foreign.path.rpartition(".")[2].lower()
    if ending == "json":
        return _of_json(foreign)
    if ending in ("md", "markdown", "txt") and forms.is_form(foreign.text):
        return "form"
    if ending in ("csv", "tsv", "txt"):
        names = sheets.header(foreign.text)
        return "entries" if own_tables.is_table(names) else "timelinejs" if timelinejs.is_sheet(names) else "csv"
    return {"bib": "bibtex", "bibtex": "bibtex", "md": "markdown", "markdown": "markdown"}.get(ending, "")


def otherwise(name: str) -> str:
    """What to do with a file that is read in another form only; "" for all others."""
    return _OTHERWISE.get(name.rpartition(".")[2].lower(), "")


def unknown(foreign: Foreign) -> str:
    """What to do with a file of no format that is known."""
    if foreign.path.lower().endswith(".json"):
        return "events in JSON are read as TimelineJS or `data/entries.json` has them; save others as a table (CSV)"
    return f"name one with --format: {', '.join(FORMATS)}"


def _of_json(foreign: Foreign) -> str:
    document, _ = read_json(foreign.path, foreign.text)
    if document is None:
        return "csl"  # whichever reader comes next says what is wrong with it
    if timelinejs.is_story(document):
        return "timelinejs"
    if own.is_timeline(document):
        return "entries"
    return "csl" if bibliography.is_library(document) else ""


def events(foreign: Foreign) -> tuple[list[Event], list[Diagnostic]]:
    """The events of a timeline of another tool, and what could not be taken of it."""
    found = Found()
    if foreign.format == "markdown":
        read_folder(foreign.texts, foreign.maps, foreign.order, found)
    elif foreign.format == "form":
        forms.take(foreign.path, foreign.text, found)
    elif foreign.path.lower().endswith(".json"):
        (own.read_timeline if foreign.format == "entries" else _story)(
            foreign.path, foreign.text, foreign.worded, found
        )
    else:
        _read_table(foreign, found)
    if not found.events and not found.findings:
        message = "there is no event in it"
        found.findings.append(
            error(Location(foreign.name), "import-empty", message, "look whether it is the right file")
        )
    return found.events, found.told(foreign.name)


def _story(path: str, text: str, worded: Worded, found: Found) -> None:
    timelinejs.read_story(path, text, found)


def _read_table(foreign: Foreign, found: Found) -> None:
    if foreign.format == "timelinejs":
        timelinejs.read_sheet(foreign.path, foreign.text, found)
    elif foreign.format == "entries" and not own_tables.is_table(sheets.header(foreign.text)):
        message = "this is not the table of the entries as a site of this builder makes it"
        found.refuse(Location(foreign.path, 1, 1), message, "name another `--format`")
    elif foreign.format == "entries":
        first, *beside = foreign.texts.items()
        files = {path.rpartition("/")[2].removesuffix(".csv"): (path, text) for path, text in beside}
        own_tables.read_tables({**files, own_tables.MAIN: first}, foreign.worded, found)
    else:
        columns = sheets.header(foreign.text)
        names = naming(foreign.maps, columns)
        if 0 < len(columns) <= sheets.MAX_COLUMNS:
            complete(names, columns)
        translator = Translator(found, names, foreign.order, flat=True)
        for row in sheets.rows(foreign.path, foreign.text, found):
            translator.event(row.where, row.cells)
