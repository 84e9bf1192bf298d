"""Files to records: each file on its own, so that its result can be remembered by its content."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from site_builder import bodies, markup, urls, weights
from site_builder.bibtex import read_bibtex
from site_builder.csl import read_csl
from site_builder.diagnostics import CHECKS, Diagnostic, Location, Severity, check, did_you_mean, error
from site_builder.documents import Document, read_yaml
from site_builder.fields import validate, what_is_sound
from site_builder.front_matter import read_markdown
from site_builder.limits import MAX_ID, MAX_UNSEEN
from site_builder.memo import Memo
from site_builder.model import Actor, Entry, Page, Phase, Place, Series, Site, Source, Span, Term
from site_builder.texts import decode, position
from site_builder.typography import Typography
from site_builder.yamltext import Path

T = TypeVar("T")

PLURALS = {"actors": "actor", "locations": "location", "sources": "source"}
ENTRIES = "content/entries/"
MARKDOWN: Mapping[str, type] = {ENTRIES: Entry, "content/phases/": Phase, "content/pages/": Page}
LISTS: Mapping[str, type] = {
    "content/actors.yaml": Actor,
    "content/places.yaml": Place,
    "content/glossary.yaml": Term,
    "content/spans.yaml": Span,
}
FOREIGN = (".json", ".bib")  # sources as CSL-JSON and BibTeX
OWN = frozenset({"id", "body", "extra"})  # set by the builder, never by an author


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A value with the place it came from. `at`: its path inside the document."""

    value: T
    document: Document
    at: Path = ()
    citations: tuple[bodies.Citation, ...] = ()
    links: tuple[bodies.Link, ...] = ()
    unmarked: tuple[bodies.Citation, ...] = ()  # what is a citation if there are sources of these keys

    def location(self, *path: str | int) -> Location:
        return self.document.at((*self.at, *path))


ALL = "*"


@dataclass(frozen=True, slots=True)
class Read:
    """What a file holds. `broken`: (model, id) of records that are there and faulty (`ALL`: nobody knows which), so
    that nobody is told that they do not exist.
    """

    records: tuple[Record[Any], ...] = ()
    findings: tuple[Diagnostic, ...] = ()
    broken: tuple[tuple[type, str], ...] = ()
    draft: bool = False
    sound: tuple[Record[Any], ...] = ()  # what is sound of a faulty entry: its references are followed all the same


def read_site(data: bytes, path: str = "content/site.yaml") -> tuple[Site | None, Document | None, list[Diagnostic]]:
    text, findings = decode(path, data)
    if findings:
        return None, None, findings
    document, findings = read_yaml(path, text)
    if document and "" in document.fields and not findings:
        findings = [_not_the_shape(path)]
    if document is None or any(finding.severity is Severity.ERROR for finding in findings):
        return None, None, findings
    if heavy := weights.of_site(document):
        return None, None, findings + heavy
    site, wrong = validate(Site, document, document.fields)
    return site, document, findings + wrong


def read_file(path: str, data: bytes, typography: Typography, memo: Memo) -> Read:
    """The records of a file of content and what is wrong with it."""
    text, findings = decode(path, data)
    if findings:
        return Read((), tuple(findings), ((_model(path), _id(path)[0] if path.endswith(".md") else ALL),))
    read = _read_markdown(path, text, typography, memo) if path.endswith(".md") else _read_registry(path, text)
    mixed = () if text.isascii() else tuple(_mixed(path, text))
    return replace(read, findings=(*read.findings, *mixed)) if mixed else read


def _mixed(path: str, text: str) -> Iterator[Diagnostic]:
    """Words of two scripts, each once: a name that only looks like another one, or a slip of the keyboard."""
    seen: set[str] = set()
    start = 0
    while (word := urls.mixed(text, start)) and len(seen) < MAX_UNSEEN:
        start = word.end()
        if word[0] not in seen:
            seen.add(word[0])
            letters = ", ".join(unicodedata.name(sign, "unnamed").lower() for sign in word[0] if not sign.isascii())
            message = f"`{word[0][:40]}` has letters of two scripts that look alike: {letters[:80]}"
            where = Location(path, *position(text, word.start()))
            yield check(where, "mixed-script", message, "type the word anew in one script", about=word[0])


def _model(path: str) -> type:
    """The model of the records in a file."""
    if path in LISTS:
        return LISTS[path]
    folders = {**MARKDOWN, "content/sources/": Source, "content/series/": Series}
    return next(model for folder, model in folders.items() if path.startswith(folder))


def _read_markdown(path: str, text: str, typography: Typography, memo: Memo) -> Read:
    model = _model(path)
    document, findings = read_markdown(path, text)
    id, named = _id(path)
    findings += named
    if document is None:
        return Read((), tuple(findings), ((model, id),))
    if long := weights.of_front_matter(document):
        return Read((), (*findings, *long), ((model, id),))
    findings += _twice(document)
    document = document.renamed(PLURALS)
    parse = partial(markup.parse, document.body, typography)
    parsed = memo.remember("body", (document.body, typography), parse) if memo.again else parse()
    findings += [_fault(document, fault) for fault in parsed.faults]
    findings += _reserved(model, document)
    fields = {"body": parsed.body} | _fields(model, document) | {"id": id}
    value, wrong = validate(model, document, fields)
    findings += wrong
    draft = document.fields.get("status") == "draft"
    if value is None:
        rest = what_is_sound(model, fields, {"title": "?", "date": "9999"}) if model is Entry else None
        sound = (Record(rest, document, (), parsed.citations, parsed.links, parsed.unmarked),) if rest else ()
        return Read((), tuple(findings), ((model, id),), draft, sound)
    return Read(
        (Record(value, document, (), parsed.citations, parsed.links, parsed.unmarked),), tuple(findings), (), draft
    )


def _fields(model: type, document: Document) -> dict[str, Any]:
    """The typed fields as the model takes them: `x_…` apart, a withdrawn entry's but for its addresses empty."""
    fields = {key: value for key, value in document.fields.items() if not key.startswith("x_")}
    extra = {key: value for key, value in document.fields.items() if key.startswith("x_")}
    if model is Entry and fields.get("status") == "withdrawn":
        kept: dict[str, Any] = {name: fields[name] for name in ("status", "aliases") if name in fields}
        return {"title": "withdrawn", "date": "9999", "body": bodies.Body(), **kept}
    return fields | {"extra": extra} if model is Entry else fields


def _twice(document: Document) -> list[Diagnostic]:
    """Both spellings of a field in one file: one of them would be lost."""
    both = [(plural, name) for plural, name in PLURALS.items() if {plural, name} <= document.fields.keys()]
    return [
        error(
            document.at((plural,), key=True),
            "repeated-key",
            f"`{plural}` means the same as `{name}`, which stands here too; only one could count",
            "make one list of both",
        )
        for plural, name in both
    ]


def _reserved(model: type, document: Document) -> list[Diagnostic]:
    typed = OWN & set(document.fields) if model is Entry else {"id", "body"} & set(document.fields)
    return [
        _not_a_field(
            document, (key,), "the file's name is the id" if key == "id" else "write the text below the second `---`"
        )
        for key in sorted(typed)
    ]


def _not_a_field(document: Document, path: Path, hint: str) -> Diagnostic:
    return error(document.at(path, key=True), "unknown-field", f"`{path[-1]}` is not a field here", hint)


def _id(path: str) -> tuple[str, list[Diagnostic]]:
    """The id that a file's name gives."""
    name = posixpath.basename(path).removesuffix(".md")
    if urls.SLUG.fullmatch(name) and name not in urls.RESERVED and len(name) <= MAX_ID:
        return name, []
    proposed = urls.slug(name)
    good = proposed and proposed not in urls.RESERVED
    hint = f"rename the file to `{proposed[:96]}.md`" if good else "rename it, as in `1969-07-20-moon-landing.md`"
    message = (
        f"the file's name `{name}` cannot be an address: it takes a to z, 0 to 9 and single hyphens, at most {MAX_ID}"
    )
    return "x", [error(Location(path), "file-name", message, hint)]


def _fault(document: Document, fault: bodies.Fault) -> Diagnostic:
    where = document.in_body(fault.line, fault.column)
    make = check if fault.code in CHECKS else error
    return make(where, fault.code, fault.message, fault.hint)


def _read_foreign(path: str, text: str) -> Read:
    """The sources of a file that a reference manager exported."""
    document, findings = (read_csl if path.endswith(".json") else read_bibtex)(path, text)
    records: list[Record[Any]] = []
    broken: list[tuple[type, str]] = [(Source, ALL)] if findings else []
    for n, fields in enumerate(document.fields[""] if document else ()):
        value, wrong = _weighed(Source, document, fields, (n,)) if document and fields else (None, [])
        findings += [in_its_words(finding) for finding in wrong]
        if value is None:
            broken.append((Source, str(fields.get("id", ALL)) if fields else ALL))
        elif document:
            records.append(Record(value, document, (n,)))
    return Read(tuple(records), tuple(findings), tuple(broken))


def in_its_words(finding: Diagnostic) -> Diagnostic:
    """A finding about a bibliography of another tool, in which nobody adds a line of YAML."""
    if finding.code != "field-missing":
        return finding
    return replace(finding, hint="give it one in your reference manager and export again, or add it here")


def _read_registry(path: str, text: str) -> Read:
    if path.endswith(FOREIGN):
        return _read_foreign(path, text)
    document, findings = read_yaml(path, text)
    if document is None or any(finding.severity is Severity.ERROR for finding in findings):
        return Read((), tuple(findings), ((_model(path), ALL),))
    listed = isinstance(document.fields.get(""), list) or document.fields.get("", "") is None
    if document.fields == {"": None} and not path.startswith("content/series/"):
        return Read((), tuple(findings))
    if listed is not (path in LISTS) and document.fields:
        return Read((), (*findings, _not_the_shape(path)), ((_model(path), ALL),))
    if path.startswith("content/sources/"):
        typed = [key for key, fields in document.fields.items() if isinstance(fields, dict) and "extra" in fields]
        hint = "fields that sources here do not have come with a file of CSL-JSON (.json) or BibTeX (.bib)"
        findings += [_not_a_field(document, (key, "extra"), hint) for key in typed]
    records: list[Record[Any]] = []
    broken: list[tuple[type, str]] = []
    for model, at, fields in _items(path, document):
        value, wrong = _weighed(model, document, fields, at)
        findings += wrong
        if value is None:
            broken.append((model, str(fields.get("id", ALL)) if isinstance(fields, dict) else ALL))
        else:
            records.append(Record(value, document, at))
    return Read(tuple(records), tuple(findings), tuple(broken))


def _weighed(model: type[T], document: Document, fields: Any, at: Path) -> tuple[T | None, list[Diagnostic]]:
    heavy = weights.of_record(document, at, fields)
    return (None, heavy) if heavy else validate(model, document, fields, at)


def _not_the_shape(path: str) -> Diagnostic:
    message, hint = "this file must be a group of fields, and none begins here", "write one `name: value` a line"
    if path in LISTS:
        message, hint = "this file must be a list of records, and none begins here", "begin each with `- id: …`"
    elif path.startswith("content/sources/"):
        message = "this file must give sources by their keys, and no key begins here"
        hint = "write `key-of-the-source:`, and its fields indented below"
    return error(Location(path, 1, 1), "registry-shape", message, hint)


def _items(path: str, document: Document) -> Iterator[tuple[type, Path, Any]]:
    """The records in a registry: model, path in the document, fields."""
    if path.startswith("content/series/"):
        yield Series, (), {"id": posixpath.basename(path).removesuffix(".yaml"), **document.fields}
    elif path.startswith("content/sources/"):
        for key, fields in document.fields.items():
            yield Source, (key,), _source(key, fields)
    else:
        for n, fields in enumerate(document.fields[""] or ()):
            yield LISTS[path], (n,), fields


def _source(key: str, fields: Any) -> Any:
    if not isinstance(fields, dict):
        return fields
    return {"id": key, **{"url" if name == "URL" else name: value for name, value in fields.items() if name != "extra"}}


def unread(path: str) -> Diagnostic | None:
    """A file of content that no rule reads: a slip of the author, most likely."""
    known = (*MARKDOWN, *LISTS, "content/site.yaml", "content/sources/", "content/series/", "content/media/")
    folders = tuple(MARKDOWN) if path.endswith(".md") else ("content/sources/", "content/series/")
    read = path.endswith((".md", ".yaml")) and path.startswith(folders)
    read = read or (path.endswith(FOREIGN) and path.startswith("content/sources/"))
    beside = path in (*LISTS, "content/site.yaml", "content/LICENSE", "content/README.md")
    if read or beside or path.startswith("content/media/"):
        return None
    message = "this file is of no kind that the builder reads, so it is left out"
    return check(Location(path), "file-unread", message, _instead(path, known))


def _instead(path: str, known: Iterable[str]) -> str:
    """What to do with a file that is not read."""
    folder, _, name = path.rpartition("/")
    if re.search(r"(?i)\.(?:csv|tsv|xlsx?|ods)$", name):
        return "bring a table in with `import`, or put it into content/media/ for readers"
    stem = re.sub(r"(?i)\.(?:md|markdown|mdown|txt|yml|yaml|rtf|docx?|odt)", "", name)
    if f"{folder}/".startswith(tuple(MARKDOWN)):
        if re.search(r"(?i)\.(?:rtf|docx?|odt)$", name):
            return f"a word processor wrote it: save it as plain text (UTF-8) under the name `{stem}.md`"
        return f"rename it to `{stem}.md`: files in this folder end in .md"
    if path.startswith(("content/sources/", "content/series/")):
        endings = ".yaml, .json or .bib" if path.startswith("content/sources/") else ".yaml"
        return f"rename it to `{stem}.yaml`, if it is one: files in this folder end in {endings}"
    near = did_you_mean(f"{folder}/", known) if folder.count("/") else ""
    if name.endswith(".md") and not near:
        return "move it to content/entries/ and the folder of its year, if it is an entry"
    return (
        near or did_you_mean(path, known) or "content lies in entries/, pages/, phases/, sources/, series/ and media/"
    )
