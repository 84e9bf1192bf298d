"""The keys of files, found without putting the files together where nothing that they show can have changed."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.artifacts import Later, Page, Text
from site_builder.memo import Memo

_WHERE = ("keys", "of all files")  # in the memo: what they belong to, and a line for each file


class Keys:
    """Keys from the last build of its kind for the next one: of a page its `page_key`, of a text its size and digest.

    `common`: a digest of all that files are made of but for the texts of entries; "": of nothing that can be told.
    `texts`: digests of these, by entry id.
    """

    def __init__(self, memo: Memo, common: str, texts: Mapping[str, str]) -> None:
        self._memo, self._common, self._texts = memo, common, texts
        self._names: dict[str, str] = {}  # by path: the file with the texts that it shows
        self._lines: list[str] = []
        base, lines = (common and memo.recall(*_WHERE)) or ("", "")
        known = lines.splitlines() if base == common else []
        self._known = dict(line.rsplit("\t", 1) for line in known)
        if known:
            memo.spare()

    def of(self, path: str, recipe: Page | Later | Text) -> str:
        """The key of a file; "" if it is not known."""
        if not self._common or recipe.shows is None:
            return ""
        self._names[path] = name = "\t".join((path, *[self._texts.get(id, "") for id in recipe.shows]))
        return self._known.get(name, "")

    def learn(self, path: str, key: str) -> None:
        """The key of a file that was asked for."""
        if name := self._names.pop(path, ""):
            self._lines.append(f"{name}\t{key}")

    def keep(self) -> None:
        """For the next build."""
        if self._common:
            self._memo.keep(*_WHERE, (self._common, "\n".join(self._lines)))
