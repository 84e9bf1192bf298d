"""`entries/<id>.embed.html`: an entry as a card for the pages of others; `entries/<id>.oembed.json`: how to frame it.

oEmbed 1.0 (https://oembed.com/), type `rich`. The files are static, so `maxwidth` and `maxheight` of a request cannot
be heeded; the frame may be given any width, as the card fits itself into it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from site_builder import pictures, sharing, urls
from site_builder.artifacts import Artifact, Output, Page, Text, later, page
from site_builder.edition import Edition
from site_builder.model import Entry


def artifacts(edition: Edition) -> Iterator[Artifact]:
    timeline = edition.timeline
    for entry in timeline.entries:
        for id in (entry.id, *entry.aliases):  # a frame that was set up under an old address stays filled
            yield later(edition, sharing.embed_path(id), partial(_made, entry=entry), shows=(), listed=False)
        if timeline.site.base_url:
            text = Text(partial(edition.once, _oembed, edition.of(entry)), shows=())
            yield Artifact(sharing.oembed_path(entry.id), text, listed=False)
    for id in timeline.withdrawn:
        entry_path = urls.page("entry", id)
        yield page(sharing.embed_path(id), "embed.html", shows=(), listed=False, card=None, entry_path=entry_path)


def _made(edition: Edition, entry: Entry) -> Page:
    return edition.once(_card, edition.of(entry))


def _card(edition: Edition) -> Page:
    """`edition`: that of the entry alone."""
    timeline, entry = edition.timeline, edition.entry
    return Page.of(
        "embed.html",
        card=edition.cards[entry.id],
        entry_path=urls.page("entry", entry.id),
        lang=entry.lang,
        content_note=entry.content_note,
        sources=len(timeline.cited[entry.id]),
        voices=len(timeline.evidence[entry.id].voices),
    )


def _oembed(edition: Edition) -> str:
    """The parameters of a `rich` response; a thumbnail has all its three or none."""
    site, entry = edition.timeline.site, edition.entry
    width, height = sharing.FRAME
    picture = urls.beside(urls.page("phase", entry.phase), "png") if entry.phase else urls.PICTURE
    told = {
        "version": "1.0",
        "type": "rich",
        "title": entry.title,
        "author_name": ", ".join(author.name for author in site.authors),
        "provider_name": site.title,
        "provider_url": urls.absolute(site.base_url, urls.HOME),
        "thumbnail_url": urls.absolute(site.base_url, picture),
        "thumbnail_width": pictures.SIZE[0],
        "thumbnail_height": pictures.SIZE[1],
        "html": sharing.frame(site, entry),
        "width": width,
        "height": height,
    }
    return json.dumps({name: value for name, value in told.items() if value != ""}, ensure_ascii=False, indent=1) + "\n"


OUTPUT = Output(artifacts)
