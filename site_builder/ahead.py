"""What a build will need and nothing has to wait for, computed by several processes at once where there is much of it.

Only ever a head start: what it finds is remembered under the keys by which those who need it ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from site_builder import charts, policy
from site_builder.files import BENEATH, CONTENT, TEMPLATES, Inputs, sha256
from site_builder.kinds import PACKER
from site_builder.loading import SITE, content_key, is_data, read_content, typography_of
from site_builder.making import Hands
from site_builder.memo import Memo
from site_builder.reading import read_site
from site_builder.rendering import NAMES
from site_builder.templating import compiled
from site_builder.texts import decode

COMPILED = "compiled templates"


@dataclass(frozen=True, slots=True)
class Errand:
    """What will be asked for under a step and key, and what makes it."""

    step: str
    key: Any
    make: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Packed:
    """What another process has made, packed as the shelf keeps it."""

    data: bytes


def compute(inputs: Inputs, memo: Memo, hands: Hands) -> None:
    """Read the files of content and draw the maps, if many of them are not known."""
    if SITE not in inputs.files:
        return
    site = memo.once(read_site, inputs.files[SITE])[0]
    if site is None:
        return
    errands = list(_errands(inputs, site, memo))
    if not hands.many(len(errands)):
        return
    templates = compiled_templates(inputs, memo)
    errands = list(_compiling(inputs, templates)) + errands
    for errand, result in zip(errands, hands.compute([errand.make for errand in errands], _sent), strict=True):
        if errand.step == COMPILED:  # not to be kept where others can change it
            templates |= result
        elif isinstance(result, Packed):
            memo.foresee(errand.step, errand.key, PACKER.unpack(result.data), result.data)
        else:
            memo.foresee(errand.step, errand.key, result)


def compiled_templates(inputs: Inputs, memo: Memo) -> dict[str, bytes]:
    """Those that are compiled already for these files of the look, by name."""
    digests = tuple((path, sha256(inputs.files[path])) for path in inputs.under(TEMPLATES))
    return memo.remember(COMPILED, digests, dict)


def _sent(result: Any) -> Any:
    """Compiled templates are bytes by name, which need no packing."""
    return result if type(result) is dict else Packed(PACKER.pack(result))


def _compiling(inputs: Inputs, known: Container[str]) -> Iterator[Errand]:
    for path in inputs.under(TEMPLATES):
        replaced = path.startswith(TEMPLATES + BENEATH)  # which few ask for
        if path.endswith(".html") and not replaced and path.removeprefix(TEMPLATES) not in known:
            yield Errand(COMPILED, path, partial(_compile, path, inputs.files[path]))


def _compile(path: str, data: bytes) -> dict[str, bytes]:
    source, findings = decode(path, data)
    name = path.removeprefix(TEMPLATES)
    return {} if findings else {name: compiled(name, source, NAMES)}


def _errands(inputs: Inputs, site: Any, memo: Memo) -> Iterator[Errand]:
    """The maps first: they take as long as many files."""
    key = charts.key(inputs, site)
    if any(b"lat:" in inputs.files[path] for path in inputs.under(CONTENT)) and not memo.knows("charts", key):
        yield Errand("charts", key, partial(charts.survey, inputs, site))
    typography, unmade = memo.once(typography_of, site), memo.once(policy.unmade, site)
    for path in inputs.under(CONTENT):
        data = inputs.files[path]
        if is_data(path) and memo.fresh("content", path, (data, typography, unmade)):
            known = content_key(path, data, typography, unmade)
            if not memo.knows("file", known):
                yield Errand("file", known, partial(read_content, path, data, typography, unmade, Memo(again=False)))
