"""An import in a folder of its own: what the command does, without the command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from site_builder import printing
from site_builder.diagnostics import Report, Severity
from site_builder.disk import snapshot
from site_builder.importing import Job, run
from tests.driver import Built, built, lay_out


@dataclass(frozen=True)
class Brought:
    folder: Path
    report: Report
    files: list[str]

    @property
    def text(self) -> str:
        """The report as an author reads it."""
        lines = printing.text(self.report, str, colour=False)
        return "".join(f"{line}\n" for line in lines).replace(f"{self.folder.as_posix()}/", "")

    @property
    def errors(self) -> list[tuple[int, str]]:
        """Line and code of each row that was refused."""
        found = (item for item in self.report.diagnostics if item.severity is Severity.ERROR)
        return [(item.location.line, item.code) for item in found]

    def entry(self, id: str) -> str:
        (path,) = (self.folder / "content").rglob(f"{id}.md")
        return path.read_text(encoding="utf-8")

    def built(self) -> Built:
        return built(snapshot(self.folder / "content", self.folder / "templates"))


def bring(
    folder: Path,
    name: str,
    data: str | bytes | Mapping[str, str],
    site: Mapping[str, str | bytes] | None = None,
    **how: Any,
) -> Brought:
    """Import a file (or, from a mapping, a folder) into a site, by default the one that is there already.

    `how`: fields of Job.
    """
    if site is not None or not (folder / "content").exists():
        lay_out(folder, site or {})
    files = {name: data} if isinstance(data, str | bytes) else {f"{name}/{path}": text for path, text in data.items()}
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return fetch(folder, name, **how)


def fetch(folder: Path, name: str, **how: Any) -> Brought:
    """Import what lies in a folder into the site that lies there."""
    content = folder / "content"
    written: list[Path] = []
    report = run(Job(folder / name, content, folder / "templates", **how), written)
    return Brought(folder, report, [path.relative_to(content).as_posix() for path in written])
