"""Where the files lie that come with the generator: in the checkout, or in an installed package.

`pyproject.toml` puts them into the wheel, under `site_builder/project`, as they lie in the repository.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
STARTER = PACKAGE / "starter"  # the site that `init` begins with, and the repository's own texts about it


def project() -> Path:
    """The folder that has `build.py`, `templates/`, the lock files and the rest of a repository."""
    installed = PACKAGE / "project"
    return installed if installed.is_dir() else PACKAGE.parent


def templates() -> Path:
    """The generator's own look."""
    return project() / "templates"
