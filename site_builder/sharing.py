"""What an entry gives to those who pass it on or answer it: a frame for other sites, and a way to report a mistake."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import quote

from site_builder import urls
from site_builder.model import Entry, Site
from site_builder.wording import Words

_MAIL = re.compile(r"[^@\s/]+@[^@\s/]+")  # what of `contact` is an address of mail, and no words or web address
FRAME = (600, 380)  # width and height in pixels: on a phone, which makes it narrower, a usual card still fits


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a mistake in one entry is reported, with what the desk must know filled in. "" where there is no way."""

    page: str
    mail: str
    email: str


def embed_path(id: str) -> str:
    return urls.beside(urls.page("entry", id), "embed.html")


def oembed_path(id: str) -> str:
    return urls.beside(urls.page("entry", id), "oembed.json")


def frame(site: Site, entry: Entry) -> str:
    """The HTML that shows an entry inside the page of another site; "" where the site does not know its address."""
    if not site.base_url:
        return ""
    address, title = (html.escape(text) for text in (urls.absolute(site.base_url, embed_path(entry.id)), entry.title))
    width, height = FRAME
    return f'<iframe src="{address}" title="{title}" width="{width}" height="{height}" loading="lazy"></iframe>'


def desk(site: Site, words: Words, entry: Entry | None = None) -> Desk | None:
    """Where a mistake in an entry, or in the site as a whole, is reported; None where the site names no such place."""
    page = site.corrections.url if site.corrections else ""
    email = site.corrections.email if site.corrections else site.contact if _MAIL.fullmatch(site.contact) else ""
    if not page and not email:
        return None
    path = urls.page("entry", entry.id) if entry else urls.HOME
    slots = {
        "id": entry.id if entry else site.id,
        "title": entry.title if entry else site.title,
        "url": urls.absolute(site.base_url, path) if site.base_url else path,
    }
    return Desk(_filled(page, slots), _mail(email, words, slots) if email else "", email)


def _filled(template: str, slots: dict[str, str]) -> str:
    return re.sub(r"\{(id|title|url)\}", lambda slot: quote(slots[slot[1]], safe=""), template)


def _mail(email: str, words: Words, slots: dict[str, str]) -> str:
    """RFC 6068: percent-encoded throughout (a space is %20, never +), lines ended by %0D%0A."""
    subject = words.t("entry.report_subject", id=slots["id"])
    body = words.t("entry.report_body", title=slots["title"], url=slots["url"]).replace("\n", "\r\n")
    return f"mailto:{quote(email, safe='@')}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"
