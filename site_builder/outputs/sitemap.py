"""`sitemap.xml` (sitemaps.org) and `robots.txt`. Pages say themselves when they changed; file times say nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from xml.etree import ElementTree

from site_builder import urls
from site_builder.artifacts import After, Artifact, Closing, Later, Page, Text
from site_builder.edition import Edition

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LONGEST = 50_000  # addresses in one file, by the protocol


def artifacts(edition: Edition, made: Sequence[Artifact]) -> Iterator[Artifact]:
    timeline = edition.timeline
    base = timeline.site.base_url
    if not base:
        return
    pages = [item for item in made if item.listed and isinstance(item.recipe, Page | Later | After)]
    parts = [pages[start : start + LONGEST] for start in range(0, len(pages), LONGEST)]
    if len(parts) == 1:
        yield _file(urls.SITEMAP, lambda: _addresses(edition, parts[0]))
    else:
        named = {f"sitemap-{n}.xml": part for n, part in enumerate(parts, start=1)}
        yield _file(urls.SITEMAP, lambda: _index(base, named))
        for name, part in named.items():
            yield _file(name, partial(_addresses, edition, part))
    address = urls.absolute(base, urls.SITEMAP)
    yield _file("robots.txt", lambda: f"User-agent: *\nAllow: /\nSitemap: {address}\n")


def _file(path: str, make: Callable[[], str]) -> Artifact:
    return Artifact(path, Text(make, shows=()), listed=False)


def _addresses(edition: Edition, pages: Sequence[Artifact]) -> str:
    """Made again only when a page has come, gone or changed."""
    base, told = edition.timeline.site.base_url, tuple([(item.path, item.updated) for item in pages])
    if not edition.memo.again:
        return _listed(base, told)
    return edition.memo.remember("sitemap", (base, told), lambda: _listed(base, told))


def _listed(base: str, pages: Iterable[tuple[str, str]]) -> str:
    root = ElementTree.Element("urlset", {"xmlns": NAMESPACE})
    for path, updated in pages:
        _add(root, "url", urls.absolute(base, path), updated)
    return _xml(root)


def _index(base: str, files: Mapping[str, Sequence[Artifact]]) -> str:
    """Each file is as new as the newest page in it."""
    root = ElementTree.Element("sitemapindex", {"xmlns": NAMESPACE})
    for name, pages in files.items():
        _add(root, "sitemap", urls.absolute(base, name), max(item.updated for item in pages))
    return _xml(root)


def _add(root: ElementTree.Element, name: str, address: str, updated: str) -> None:
    item = ElementTree.SubElement(root, name)
    ElementTree.SubElement(item, "loc").text = address
    if updated:
        ElementTree.SubElement(item, "lastmod").text = updated


def _xml(root: ElementTree.Element) -> str:
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


CLOSING = Closing(artifacts)
