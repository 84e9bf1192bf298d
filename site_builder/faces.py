"""What an entry shows of itself elsewhere than on its own page: all but the words of its text.

Most edits are of a text. While the faces of all entries and every other file stay as they are, no page but the entry's
own can be another one, however many refer to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict

from site_builder.bodies import Notes
from site_builder.files import Inputs, Options, sha256
from site_builder.model import Entry
from site_builder.reading import Read


def face(read: Read) -> str:
    """A digest of the face of the entry that a file holds; "" where there is none."""
    for record in read.records:
        if isinstance(record.value, Entry):
            body = record.value.body
            cited = [part.cites for part in body.parts if isinstance(part, Notes)]
            shown = (record.document.typed, bool(body.parts), body.lead, body.anchors, cited)
            return sha256(repr(shown).encode("utf-8", "surrogatepass"))
    return ""


def common(inputs: Inputs, options: Options, known: Mapping[str, str], digest: Callable[[bytes], str]) -> str:
    """A digest of all that a build is made of but for the texts of entries.

    `known`: the faces, by path of the file; `digest`: that of any other file.
    """
    files = sorted((path, known.get(path) or digest(data)) for path, data in inputs.files.items())
    return sha256(repr((sorted(asdict(options).items()), files)).encode())
