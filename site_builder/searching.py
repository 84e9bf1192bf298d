"""The search index of a site: made by Pagefind over what its pages show, before the site is published.

Pages say by Pagefind's attributes what of them is searched: elements with `data-pagefind-body`. Only these elements are
handed to Pagefind, since the lists that repeat entries on every other page would cost more than all the rest. In the
site the index is the folder `pagefind/`; what it was made of stands in it too, so that it is made again only when that
has changed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from site_builder.bootstrap import installed
from site_builder.files import sha256
from site_builder.names import printable
from site_builder.publish import Staging
from site_builder.search_index import settled

try:
    import pagefind_bin
except ImportError:  # it has no package for every kind of machine
    pagefind_bin = None

FOLDER = "pagefind/"
ORIGIN = "pagefind/origin.txt"  # the digest of the pages and the tool that the index was made of
_WITHOUT = "note: all is made but the index of the search page"
_FORM = 1  # raised when the same pages are to give another index

_MARK = b" data-pagefind-body"
_PART = re.compile(rb"<([a-z][a-z0-9]*)\b[^<>]*" + _MARK + rb"\b.*?</\1>", re.DOTALL)  # no such element holds its like
_NOTE = re.compile(rb'\s*<sup class="cite">.*?</sup>', re.DOTALL)  # the mark of a citation is no word of the text
_ROOT = re.compile(rb"<html\b[^>]*>")
# What is marked both to be read and to be ignored gives its filters and no words.
_UNREAD = "[data-pagefind-body][data-pagefind-ignore] > *"


def index(staging: Staging) -> str:
    """Bring the index in the stage up to date; what the author is to be told, or ""."""
    if pagefind_bin is None:
        return f"{_WITHOUT}: its tool, Pagefind, has no package for this kind of machine"
    pages = {path: digest for path, digest in staging.named().items() if path.endswith(".html")}
    tool = (_FORM, installed(sys.path)["pagefind_bin"])
    origin = sha256(repr((tool, sorted(pages.items()))).encode()).encode() + b"\n"
    published = {path: digest for path, digest in staging.published().items() if path.startswith(FOLDER)}
    if published.get(ORIGIN) == sha256(origin) and all(staging.has(*file) for file in published.items()):
        return ""
    with staging.scratch() as folder:
        parts, made = folder / "parts", folder / "made"
        if not _cut_out(staging, pages, parts):
            return ""
        try:
            files = settled(_indexed(parts, made))
        except (OSError, ValueError, LookupError) as wrong:
            return f"{_WITHOUT}: its tool, Pagefind, failed: {printable(str(wrong))}"
    for path, data in files.items():
        staging.write(FOLDER + path, data)
    staging.write(ORIGIN, origin)
    return ""


def _cut_out(staging: Staging, pages: dict[str, str], folder: Path) -> bool:
    """Write the searched parts of the pages into a folder, under the same paths; whether there are any."""
    for path in sorted(pages):  # Pagefind numbers them as the folder lists them, which may be as they were written
        page = staging.read(path)
        parts = b"".join(_parts(page))
        root = _ROOT.search(page)
        if parts and root:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(root[0] + _NOTE.sub(b"", parts))
    return folder.exists()


def _parts(page: bytes) -> Iterator[bytes]:
    """The searched elements, found by their mark: to look at every tag of a site takes as long as to index it."""
    place = page.find(_MARK)
    while place >= 0:
        found = _PART.match(page, max(page.rfind(b"<", 0, place), 0))
        if found:
            yield found[0]
        place = page.find(_MARK, found.end() if found else place + len(_MARK))


def _indexed(pages: Path, out: Path) -> dict[str, bytes]:
    """The files that Pagefind makes of a folder of pages."""
    tool = str(pagefind_bin.get_executable())
    command = [tool, "--silent", "--site", str(pages), "--output-path", str(out), "--exclude-selectors", _UNREAD]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise ValueError(done.stderr.decode("utf-8", "replace").strip() or f"it ended with status {done.returncode}")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
