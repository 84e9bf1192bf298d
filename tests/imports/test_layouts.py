from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.diagnostics import Severity
from site_builder.disk import snapshot
from site_builder.importing import Job, run
from tests.driver import built, lay_out
from tests.imports.layouts import Layout, chronicle, jekyll, spreadsheet


@pytest.mark.parametrize("made", [jekyll, chronicle, spreadsheet])
@pytest.mark.parametrize("count", [90, pytest.param(1000, marks=pytest.mark.slow)])
def test_foreign_layouts(made: Callable[[int], Layout], count: int, tmp_path: Path) -> None:
    """The events of a foreign layout are imported and build; each that cannot be is told, and no other."""
    layout = made(count)
    for path, text in layout.files.items():
        (tmp_path / "theirs" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "theirs" / path).write_text(text, encoding="utf-8", newline="")
    lay_out(tmp_path, {})
    source = tmp_path / "theirs" / ("events.csv" if "events.csv" in layout.files else "")
    files: list[Path] = []
    report = run(Job(source, tmp_path / "content", tmp_path / "templates", "", layout.maps, layout.order), files)
    errors = [item.location for item in report.diagnostics if item.severity is Severity.ERROR]
    theirs = f"{(tmp_path / 'theirs').as_posix()}/"
    told = {(where.path.removeprefix(theirs), where.line if layout.maps else 0) for where in errors}
    assert told == layout.faulty
    assert len(errors) == len(layout.faulty) >= count // 30
    assert len(files) == layout.count - len(layout.faulty)
    site = built(snapshot(tmp_path / "content", tmp_path / "templates"))
    assert [item for item in site.report.diagnostics if item.severity is Severity.ERROR] == []
    pages = {path for path in site.files if path.startswith("entries/") and path.endswith(".html")}
    assert len({path for path in pages if ".embed." not in path}) == len(files)
