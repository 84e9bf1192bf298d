"""What a build will need and nothing has to wait for, computed by several processes at once where there is much of it.

Only ever a head start: what it finds is remembered under the keys by which those who need it ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from site_builder import charts, policy
from site_builder.files import CONTENT, TEMPLATES, Inputs, sha256
from site_builder.kinds import PACKER
from site_builder.loading import SITE, habits, is_data, typography_of
from site_builder.making import Hands
from site_builder.memo import Memo
from site_builder.reading import Read, read_file, read_site
from site_builder.rendering import NAMES
from site_builder.templating import compiled
from site_builder.texts import decode

COMPILED = "compiled templates"

Results = dict[tuple[str, Any], bytes]  # by step and key, packed as the shelf keeps them
Task = Callable[[], Results]


def compute(inputs: Inputs, memo: Memo, hands: Hands) -> None:
    """Read the files of content and draw the maps, if many of them are not known."""
    if SITE not in inputs.files:
        return
    site = memo.once(read_site, inputs.files[SITE])[0]
    if site is None:
        return
    tasks = list(_tasks(inputs, site, memo))
    if not hands.many(len(tasks)):
        return
    templates = compiled_templates(inputs, memo)
    compiling = [] if templates else list(_compiling(inputs))
    for results in hands.compute(compiling + tasks):
        for (step, key), packed in results.items():
            if step == COMPILED:  # not to be kept where others can change it
                templates[key] = packed
            else:
                memo.foresee(step, key, PACKER.unpack(packed), packed)


def compiled_templates(inputs: Inputs, memo: Memo) -> dict[str, bytes]:
    """Those that are compiled already for these files of the look, by name."""
    digests = tuple((path, sha256(inputs.files[path])) for path in inputs.under(TEMPLATES))
    return memo.remember(COMPILED, digests, dict)


def _compiling(inputs: Inputs) -> Iterator[Task]:
    for path in inputs.under(TEMPLATES):
        if path.endswith(".html"):
            yield partial(_compile, path, inputs.files[path])


def _compile(path: str, data: bytes) -> Results:
    source, findings = decode(path, data)
    name = path.removeprefix(TEMPLATES)
    return {} if findings else {(COMPILED, name): compiled(name, source, NAMES)}


def _tasks(inputs: Inputs, site: Any, memo: Memo) -> Iterator[Task]:
    """The maps first: they take as long as many files."""
    key = charts.key(inputs, site)
    if any(b"lat:" in inputs.files[path] for path in inputs.under(CONTENT)) and not memo.knows("charts", key):
        yield lambda: {("charts", key): PACKER.pack(charts.survey(inputs, site))}
    typography, unmade = memo.once(typography_of, site), memo.once(policy.unmade, site)
    for path in inputs.under(CONTENT):
        data = inputs.files[path]
        if is_data(path) and memo.fresh("content", path, (data, typography, unmade)):
            known = (path, sha256(data), typography)
            if not memo.knows("file", known):
                yield partial(_read, path, data, known, unmade)


def _read(path: str, data: bytes, key: Any, unmade: tuple[str, ...]) -> Results:
    """In another process, which must not touch what this one has on its shelf."""
    read: Read = read_file(path, data, key[1], key[2], Memo())
    return {("file", key): PACKER.pack(read), ("policy", (*key, unmade)): PACKER.pack(habits(read, unmade))}
