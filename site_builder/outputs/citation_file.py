"""`CITATION.cff` (Citation File Format 1.2.0): how to cite the site as data.

https://github.com/citation-file-format/citation-file-format/blob/main/schema-guide.md
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from site_builder import urls
from site_builder.artifacts import Artifact, Output, Text
from site_builder.changes import last_change
from site_builder.edition import Edition
from site_builder.exports import CITATION
from site_builder.model import Licence

# The format takes an SPDX id only; of its hundreds, those that texts and data are put under.
_SPDX = re.compile(
    r"CC0-1\.0|CC-BY(-NC)?(-ND|-SA)?-[1-4]\.0|CC-BY(-SA)?-2\.5|PDDL-1\.0|ODC-By-1\.0|ODbL-1\.0|OGL-UK-3\.0"
)


def artifacts(edition: Edition) -> Iterator[Artifact]:
    if CITATION.fits(edition.timeline):
        yield Artifact(CITATION.path, Text(lambda: _written(_record(edition)), shows=()), listed=False)


def _record(edition: Edition) -> dict[str, Any]:
    """A citation needs an author: a site that names none stands for itself."""
    site, changed = edition.timeline.site, last_change(edition.timeline.entries)
    fields = {
        "cff-version": "1.2.0",
        "message": edition.words.t("data.citation_message"),
        "type": "dataset",
        "title": site.title,
        "abstract": site.description,
        "authors": [{"name": author.name} for author in site.authors] or [{"name": site.title}],
        "version": changed,
        "date-released": changed,
        "url": urls.absolute(site.base_url, urls.HOME) if site.base_url else "",
        **(_terms(site.licence) if site.licence else {}),
    }
    return {name: value for name, value in fields.items() if value}


def _terms(licence: Licence) -> dict[str, str]:
    return {"license": licence.id if _SPDX.fullmatch(licence.id) else "", "license-url": licence.url}


def _written(fields: dict[str, Any]) -> str:
    """As YAML: a field a line, its value in JSON, which YAML 1.2 takes as its own; so no text ends its line."""
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())


OUTPUT = Output(artifacts)
