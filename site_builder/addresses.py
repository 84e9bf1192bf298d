"""Addresses in a text: of records and of files of the site; all others are refused, with what to write instead."""

from __future__ import annotations

import html
import re

from site_builder import urls
from site_builder.bodies import RECORDS, Fault, Link, Notes
from site_builder.texts import position

# A tag as Markdown and nh3 write it: attributes have no bare quote.
LINKING = re.compile(r'<(?:a|img)(?: [a-z]+="[^"]*")+>')
_ADDRESS = re.compile(r' (href|src)="([^"]*)"')
_OPENS = re.compile(r"\]\(\s*<?")


def written(raw: str, text: str) -> tuple[tuple[Link, ...], list[Fault]]:
    """The addresses that Markdown made links of, and what is wrong with them."""
    links, faults, start = [], [], 0
    places = [match.end() for match in _OPENS.finditer(text)]
    for attribute, value in _ADDRESS.findall("".join(LINKING.findall(raw))):
        address = html.unescape(value)
        typed = (n for n, place in enumerate(places) if _stands(text, place, address) or _stands(text, place, value))
        if (n := next(typed, -1)) >= 0:
            start, places = places[n], places[n + 1 :]
        else:  # a stroke in it, or a reference: somewhere in it, or near the last one
            start = max(text.find(address, start), start)
        line, column = position(text, start)
        link = internal(address)
        if link and (link.kind == "file" or attribute == "href"):
            links.append(Link(link.kind, link.id, line, column))
        else:
            faults.append(_outside(address, attribute, line, column))
    return tuple(links), faults


def _stands(text: str, place: int, address: str) -> bool:
    """Whether this address stands at a place, and no longer one."""
    end = place + len(address)
    return text.startswith(address, place) and text[end : end + 1] in "> )\t\n\"'"


def internal(address: str) -> Link | None:
    """What an address of a text leads to, if it is a record or a file of the site."""
    scheme, colon, rest = address.partition(":")
    if not address:
        return None
    if colon and scheme in RECORDS:
        return Link(scheme, rest)
    if colon or address.startswith(("/", "\\", "www.")) or ".." in address.split("/") or address.endswith(".md"):
        return None
    return Link("file", address.removeprefix("./"))


def _outside(address: str, attribute: str, line: int, column: int) -> Fault:
    if attribute == "href" and (urls.outside(address) or address.startswith("www.")):
        message = f"`{address[:80]}` links to another site from the text, where its evidence cannot be weighed"
        return Fault(line, column, "outside-link", message, "record it as a source and cite it: [@key]")
    message = f"`{address[:80]}` is not an address that can stand here"
    hint = "link to a record, as in [text](entry:id), or to a file in media/"
    if not address:
        message = "the link leads nowhere: nothing stands between its brackets"
    if address.startswith("mailto:"):
        hint = "write the address as text, without a link"
    scheme = address.partition(":")[0].lower()
    _, media, name = address.rpartition("media/")
    if media and "//" not in address and ".." not in name:
        hint = f"write its path from media/ on: `media/{name}`"
    elif attribute == "src":
        hint = "put the picture into content/media/, and write its name: ![…](media/…)"
    elif scheme in RECORDS:
        hint = f"write `{scheme}{address[len(scheme) :]}`"
    elif address.endswith(".md"):
        hint = f"link to the entry by its id: [text](entry:{address.rpartition('/')[2].removesuffix('.md')})"
    return Fault(line, column, "address-refused", message, hint)


def slotted(tag: str) -> list[str | Notes | Link]:
    """A link or a picture, with a slot for its address; one that may not stand here goes."""
    found = _ADDRESS.search(tag)
    if not found:
        return [tag]
    link, before, after = internal(html.unescape(found[2])), tag[: found.start()], tag[found.end() :]
    if link:
        return [f'{before} {found[1]}="', link, f'"{after}']
    kept = found[1] == "href" and urls.outside(html.unescape(found[2]))
    return [f'{before}{found[0]} rel="noopener noreferrer"{after}' if kept else before + after]
