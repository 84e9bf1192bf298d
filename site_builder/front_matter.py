"""Markdown files: the fields between two lines `---`, and the text below."""

from __future__ import annotations

import re
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from site_builder import slips
from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.documents import Document
from site_builder.limits import MAX_FRONT_MATTER

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_CLOSING = re.compile(r"\n---[ \t]*$", re.MULTILINE)


def read_markdown(path: str, text: str) -> tuple[Document | None, list[Diagnostic]]:
    """Front matter and body of a Markdown file."""
    handler = _FrontMatter(path, text)
    frontmatter.parse(text, handler=handler)
    return handler.document, handler.findings


class _FrontMatter(BaseHandler):
    """python-frontmatter's hook. It is handed stripped text, so it works from the original, where lines are true."""

    FM_BOUNDARY = _FENCE

    def __init__(self, path: str, text: str) -> None:
        super().__init__()
        self.path, self.text = path, text
        self.findings: list[Diagnostic] = []
        self.document: Document | None = None
        self.parts, self.body_line = (0, 0, 0), 1

    def split(self, text: str) -> tuple[str, str]:
        del text  # stripped by python-frontmatter, so its lines are not those of the file
        opening = _FENCE.match(self.text)
        if not opening:
            return self._refuse(1, "front-matter-missing", *slips.no_fence(self.text))
        closing = _CLOSING.search(self.text, opening.end())
        if not closing:
            slip = slips.no_end(self.text)
            return self._refuse(slip.at[0] + 1, "front-matter-unclosed", slip.message, slip.hint)
        end = closing.start() + 1
        if end - opening.end() > MAX_FRONT_MATTER:
            return self._refuse(
                1,
                "front-matter-too-large",
                f"the fields have more than {MAX_FRONT_MATTER:,} characters, which is no list of fields any more",
                "move long text below the second `---`",
            )
        self.parts = (opening.end() + 1, end, closing.end() + 1)
        self.body_line = self.text.count("\n", 0, closing.end()) + 2
        return self.text[opening.end() + 1 : end], self.text[closing.end() + 1 :]

    def load(self, fm: str) -> dict[str, Any]:
        document = Document.of(self.path, self.text, self.parts, 2, self.body_line)
        value, found = document.load()
        self.findings += found
        if value is not None and not isinstance(value, dict):
            self.findings.append(
                error(
                    Location(self.path, 2, 1),
                    "front-matter-not-fields",
                    "the front matter is not a list of fields `name: value`",
                    slips.no_fields(fm),
                )
            )
        elif not any(finding.severity == "error" for finding in self.findings):
            self.document = document
        return {}

    def _refuse(self, line: int, code: str, message: str, hint: str) -> tuple[str, str]:
        self.findings.append(error(Location(self.path, line, 1), code, message, hint))
        raise ValueError(code)  # python-frontmatter then leaves the file alone
