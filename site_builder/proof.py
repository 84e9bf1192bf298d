"""A proof of one page: an entry that is being edited, made of its file and of all else as the last build had it.

So an author sees an edit before the generator has looked at the rest of the site, however large that is. There is a
proof only where the edit is without fault and leaves alone what says how the entry stands to others.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import fields, replace

from site_builder import urls
from site_builder.artifacts import Artifact, Later, Page
from site_builder.cards import card
from site_builder.diagnostics import Severity
from site_builder.edition import Edition
from site_builder.evidence import weigh
from site_builder.linking import citekeys
from site_builder.loading import typography_of
from site_builder.memo import Memo
from site_builder.model import Entry
from site_builder.reading import Record, read_file

# Whatever these say, the entry stands where it stood, among the same others; they only read it differently.
FREE = {
    *("title", "summary", "body", "date_display", "date_note", "date_basis", "significance", "published", "revisions"),
    *("content_note", "grade", "grade_reason", "lang", "extra"),
}
_BOUND = tuple(field.name for field in fields(Entry) if field.name not in FREE)


def proof(edition: Edition, artifact: Artifact, paths: Set[str], source: str, data: bytes) -> Page | None:
    """The page of an entry whose file has these bytes now; None where only a whole build can tell.

    `edition`, `artifact`, `paths`: the last build, its page and all its paths; `source`: the logical path of the file.
    """
    site = edition.timeline.site
    read = read_file(source, data, typography_of(site), Memo(again=False))
    if len(read.records) != 1 or any(finding.severity is Severity.ERROR for finding in read.findings):
        return None
    record, recipe, last = read.records[0], artifact.recipe, edition.timeline.by_id.get(read.records[0].value.id)
    if not isinstance(recipe, Later) or last is None or not _refers_well(record, edition, paths):
        return None
    entry = _named(record.value, last)
    if any(getattr(entry, name) != getattr(last, name) for name in _BOUND):
        return None
    return recipe.make(_with(edition, entry))


def _refers_well(record: Record[Entry], edition: Edition, paths: Set[str]) -> bool:
    """Whether all that the text refers to is there."""
    led = {link.id if link.kind == "file" else urls.page(link.kind, link.id) for link in record.links}
    cited = {citation.key for citation in record.citations}
    return led <= paths and cited <= edition.timeline.records.sources.keys()


def _named(entry: Entry, last: Entry) -> Entry:
    """The entry with the ids that the last build has found for what is written out in it, if that is the same."""
    named = {}
    for field, key in (("actor", "id"), ("location", "id"), ("source", "source")):
        own, known = getattr(entry, field), getattr(last, field)
        written = [
            ref if getattr(mine, key) else replace(ref, **{key: ""}) for mine, ref in zip(own, known, strict=False)
        ]
        named[field] = known if own == tuple(written) and len(own) == len(known) else own
    return replace(entry, **named)


def _with(edition: Edition, entry: Entry) -> Edition:
    """The edition with another version of an entry. What is listed by actor, by place and so on is as it was."""
    timeline = edition.timeline
    sources, cited = timeline.records.sources, tuple(citekeys(entry))
    changed = replace(
        timeline,
        by_id={**timeline.by_id, entry.id: entry},
        cited={**timeline.cited, entry.id: cited},
        evidence={**timeline.evidence, entry.id: weigh(entry, cited, sources, timeline.voices)},
    )
    cards = {**edition.cards, entry.id: card(changed, entry)}
    return replace(edition, timeline=changed, cards=cards).apart()
