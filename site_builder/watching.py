"""What changes in the author's folders while a preview runs."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from functools import partial

from site_builder.disk import fingerprint
from site_builder.files import BENEATH, TEMPLATES
from site_builder.seen import Identity, identity
from site_builder.worker import Job

POLL = 0.03  # seconds between two looks at the files that were edited lately
WHOLE = 0.1  # seconds between two looks at all of them, or more
SPARING = 12  # times as long as a look at all files took, nobody looks at all of them again
MOST_HOT = 16
AT_REST = 0.04  # without a change for so long: the editor has finished saving, git switching branches
LONGEST_UNREST = 1.0

Files = dict[str, Identity]


class Watch:
    """What changes in the author's folders: files that come, go, are written or renamed."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._seen: Files | None = None
        self._lately: list[str] = []  # what was edited lately will be edited again
        self._due = 0.0

    def look(self) -> list[str]:
        """The names that changed since the last look, once all is at rest; at the first look there always are some.

        To be called every `POLL` seconds. A large site is not looked at as a whole each time, but the files that its
        author works on are.
        """
        if self._seen is None:
            self._seen = _at_rest(None, self._all)
            return ["content"]
        if time.monotonic() < self._due:
            known = {name: self._seen[name] for name in self._lately if any(self._seen.get(name, ()))}
            now = _at_rest(known, partial(self._these, known))
            if now.keys() == known.keys():
                self._seen.update(now)
                return _changed(known, now)
        last, self._seen = self._seen, _at_rest(self._seen, self._all)
        changed = _changed(last, self._seen)
        self._lately = [*dict.fromkeys([*changed, *self._lately])][:MOST_HOT]
        return changed

    def _all(self) -> Files:
        begun = time.monotonic()
        found = fingerprint(self._job.content, self._job.templates, self._job.beneath)
        now = time.monotonic()
        self._due = now + max(WHOLE, SPARING * (now - begun)) - POLL
        return found

    def _these(self, known: Files) -> Files:
        """Those of the known files that are still there, as they are now."""
        found = {}
        for name, last in known.items():
            folder, _, path = name.partition("/")
            root = self._job.content if folder == "content" else self._job.templates
            with contextlib.suppress(OSError, ValueError):
                now = identity((root / path).lstat())
                found[name] = now if last[1] else (*last[:2], *now[2:])  # a listing of Windows has no number of a file
        return found


def _at_rest(last: Files | None, look: Callable[[], Files]) -> Files:
    """What is seen, once it is what it was at the last look, or has not changed for a while."""
    begun, now = time.monotonic(), look()
    while now != last and time.monotonic() - begun < LONGEST_UNREST:
        time.sleep(AT_REST)
        before, now = now, look()
        if now == before:
            break
    return now


def _changed(last: Files, now: Files) -> list[str]:
    """The names that changed; a file that comes to replace one of the look beneath is one change."""
    names = {name for name in last.keys() | now.keys() if last.get(name) != now.get(name)}
    return sorted(names - {TEMPLATES + BENEATH + name.removeprefix(TEMPLATES) for name in names})
