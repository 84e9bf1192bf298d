"""The folders that the tests here read."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """An author's folder with one file, beside it one template and a secret."""
    for path, text in (("content/a.md", "A"), ("templates/page.html", "T"), ("secret/key", "secret")):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text(text)
    return tmp_path / "content"
