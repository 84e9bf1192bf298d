"""The look of a site: its templates, compiled once, its words and its static files."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.documents import read_yaml
from site_builder.files import BENEATH, TEMPLATES, Inputs, sha256
from site_builder.templating import Environment, Templates, environment
from site_builder.texts import decode
from site_builder.wording import Words

STATIC = "templates/static/"


@dataclass(frozen=True, slots=True)
class Look:
    """The templates, the words and the static files of a site."""

    templates: Templates
    words: Words
    digest: str
    assets: Mapping[str, str]  # name in templates/static to path in the site, with a fingerprint in its name

    def environment(self, names: Mapping[str, Any], *, careful: bool = False) -> Environment:
        """See `templating.environment`."""
        return environment(self.templates, names, careful=careful)


def load_look(
    inputs: Inputs, language: str, ready: dict[str, bytes] | None = None
) -> tuple[Look | None, list[Diagnostic]]:
    """`ready`: templates that are compiled already, by name; others are added as they are."""
    sources: dict[str, str] = {}
    findings: list[Diagnostic] = []
    for path in inputs.under(TEMPLATES):
        if path.endswith((".html", ".xml", ".yaml")) and not path.startswith(STATIC):
            sources[path.removeprefix(TEMPLATES)], wrong = decode(path, inputs.files[path])
            findings += wrong
    strings, wrong = _strings(sources, language)
    findings += wrong
    assets = {path.removeprefix(STATIC): _fingerprinted(path, inputs.files[path]) for path in inputs.under(STATIC)}
    if findings:
        return None, findings
    digest = sha256("".join(sha256(inputs.files[path]) for path in inputs.under(TEMPLATES)).encode())
    return Look(Templates(sources, ready), Words(strings), digest, assets), []


def _strings(sources: Mapping[str, str], language: str) -> tuple[Mapping[str, Any], list[Diagnostic]]:
    name = f"strings/{language}.yaml"
    if name not in sources:
        have = ", ".join(sorted(path[8:-5] for path in sources if path.startswith("strings/")))
        hint = f"translate templates/strings/en.yaml, or set `language:` in site.yaml to one of: {have}"
        message = f"the interface has no words for the language `{language}`"
        return {}, [error(Location(TEMPLATES + name), "language-missing", message, hint)]
    document, findings = read_yaml(TEMPLATES + name, sources[name])
    fields: Mapping[str, Any] = document.fields if document else {}
    if BENEATH + name in sources:
        document, wrong = read_yaml(TEMPLATES + BENEATH + name, sources[BENEATH + name])
        findings += wrong
        fields = _over(document.fields if document else {}, fields)
    return fields, findings


def _over(beneath: Mapping[str, Any], own: Mapping[str, Any]) -> Mapping[str, Any]:
    """The words of both; where both have one, the site's own."""
    words = dict(beneath)
    for key, value in own.items():
        below = words.get(key)
        words[key] = _over(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return words


def _fingerprinted(path: str, data: bytes) -> str:
    """GitHub Pages lets caches keep a file for ten minutes; a name that follows the bytes is never stale."""
    stem, suffix = posixpath.splitext(path.removeprefix("templates/"))
    return f"{stem}.{sha256(data)[:8]}{suffix}"
