"""A snapshot of the author's files to one linked timeline, with everything that is wrong in any of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from site_builder import faces, policy
from site_builder.diagnostics import Diagnostic, Location, check, error, soften
from site_builder.files import CONTENT, Inputs, Options, sha256
from site_builder.limits import MAX_PAGES, MAX_PHASES
from site_builder.linking import link, shown_statuses
from site_builder.memo import Memo
from site_builder.model import Entry, Page, Phase, Site
from site_builder.reading import LISTS, MARKDOWN, Read, Record, read_file, read_site, unread
from site_builder.references import lost_files
from site_builder.timeline import Timeline
from site_builder.typography import Typography
from site_builder.withdrawal import withheld

SITE = "content/site.yaml"
MEDIA = "content/media/"

Content = tuple[Read, tuple[Diagnostic, ...], str]  # a file of it, what its records are advised, `faces.face`


def load(inputs: Inputs, options: Options, memo: Memo) -> tuple[Timeline | None, list[Diagnostic]]:
    if any(problem.location.path in (SITE, "content") for problem in inputs.problems):
        return None, []  # that it cannot be read is said already
    if SITE not in inputs.files:
        hint = "write content/site.yaml with at least `id: my-site` and `title: My timeline`"
        return None, [
            error(Location(SITE), "site-missing", "there is no content/site.yaml, so the site has no name", hint)
        ]
    site, document, findings = memo.once(read_site, inputs.files[SITE])
    findings = list(findings)
    contents, more = _read_all(inputs, memo.once(typography_of, site), memo.once(policy.unmade, site), options, memo)
    reads = [read for read, _, _ in contents.values()]
    findings += more
    if site is None or document is None:
        return None, findings
    if options.base_url:
        site = memo.once(_at, site, options.base_url)
    if not site.base_url:
        message = "the site does not know its own address, so it has no feed, no sitemap and no canonical links"
        hint = "add `base_url: https://…` when you know where it will be published"
        findings.append(check(document.at(()), "base-url-missing", message, hint))
    records = [record for read in reads for record in read.records]
    findings += _too_many(records)
    broken = {item for read in reads for item in read.broken}
    sound = [record for read in reads for record in read.sound]
    timeline, more = link(site, records, broken, sound=sound, drafts=options.drafts, memo=memo)
    timeline = replace(timeline, media=_media(inputs, records, options), **_digests(inputs, contents, options, memo))
    findings += more
    entries = {record.value.id for record in records if isinstance(record.value, Entry)}
    findings += policy.of_site(site, document, entries | {id for model, id in broken if model is Entry})
    findings += policy.of_timeline(timeline, records, sound)
    findings += _lost_files((*records, *sound), frozenset(timeline.media), options)
    return timeline, findings


def _too_many(records: Iterable[Record[Any]]) -> Iterator[Diagnostic]:
    """Pages that every page leads to, and phases."""
    for model, most, what in ((Page, MAX_PAGES, "pages of your own"), (Phase, MAX_PHASES, "phases")):
        found = [record for record in records if isinstance(record.value, model)]
        for record in found[most : most + 1]:
            message = f"there are {len(found)} {what}; at most {most} are read"
            yield error(
                record.location(), "content-too-large", message, "put several into one, or make entries of them"
            )


def _lost_files(records: Iterable[Record[Any]], media: frozenset[str], options: Options) -> Iterator[Diagnostic]:
    for record in records:
        status = getattr(record.value, "status", "")
        if status != "withdrawn" and (record.links or getattr(record.value, "media", ())):
            found = lost_files(record, media)
            yield from map(soften, found) if status == "draft" and not options.drafts else found


def _media(inputs: Inputs, records: Sequence[Record[Any]], options: Options) -> tuple[str, ...]:
    """The author's files, but for those that only withdrawn entries show."""
    files = {path: frozenset({path.removeprefix(CONTENT)}) for path in inputs.under(MEDIA)}
    held = withheld(files, records, shown_statuses(drafts=options.drafts)) if files else ()
    return tuple(path for path in files if path not in held)


def _at(site: Site, base_url: str) -> Site:
    return replace(site, base_url=base_url)


def typography_of(site: Site | None) -> Typography:
    return Typography(site.language, tuple(sorted(site.scripts.items()))) if site else Typography()


def _read_all(
    inputs: Inputs, typography: Typography, unmade: tuple[str, ...], options: Options, memo: Memo
) -> tuple[dict[str, Content], list[Diagnostic]]:
    """Every file of content that a rule reads, by path, and what is wrong with each on its own."""
    contents: dict[str, Content] = {}
    findings: list[Diagnostic] = []
    for path in inputs.under(CONTENT):
        strange = unread(path)
        if strange:
            findings.append(strange)
        elif is_data(path):
            data = inputs.files[path]
            make = partial(_read, path, data, typography, unmade, memo)
            contents[path] = read, more, _ = memo.revise("content", path, (data, typography, unmade), make)
            findings += map(soften, read.findings) if read.draft and not options.drafts else read.findings
            findings += more
    return contents, findings


def _digests(inputs: Inputs, contents: Mapping[str, Content], options: Options, memo: Memo) -> dict[str, Any]:
    """What the timeline was read from, in two parts."""
    digest = partial(memo.once, sha256) if memo.again else sha256
    known = {path: face for path, (_, _, face) in contents.items() if face}
    ids = {path: contents[path][0].records[0].value.id for path in known}
    texts = {id: digest(inputs.files[path]) for path, id in ids.items()}
    return {"common": faces.common(inputs, options, known, digest), "texts": texts}


def _read(
    path: str, data: bytes, typography: Typography, unmade: tuple[str, ...], memo: Memo, last: Content | None
) -> Content:
    """A file that has changed, as an earlier run may have read it."""
    del last
    key = content_key(path, data, typography, unmade)
    content = memo.lasting("file", key, lambda: read_content(path, data, typography, unmade, memo))
    for record in (*content[0].records, *content[0].sound):
        record.document.rely_on(data)
    return content


def content_key(path: str, data: bytes, typography: Typography, unmade: tuple[str, ...]) -> tuple[Any, ...]:
    """All that `read_content` depends on."""
    return path, sha256(data), typography, unmade


def read_content(path: str, data: bytes, typography: Typography, unmade: Container[str], memo: Memo) -> Content:
    """The records of one file, what `check` says of each seen alone, and the face of an entry.

    `unmade`: the checks that are not made.
    """
    read = read_file(path, data, typography, memo)
    advice = tuple([finding for record in read.records for finding in policy.of_record(record, unmade)])
    return read, advice, faces.face(read)


def is_data(path: str) -> bool:
    """Whether it holds records."""
    folders = ("content/sources/", "content/series/")
    return path.startswith(tuple(MARKDOWN)) or path in LISTS or path.startswith(folders)
