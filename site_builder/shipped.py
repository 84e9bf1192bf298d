"""Where the files lie that come with the generator: in the checkout, or in an installed package.

`pyproject.toml` puts them into the wheel, under `site_builder/project`, as they lie in the repository.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False  # see `listing`
if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = os.path.dirname(os.path.realpath(__file__))
USUAL = "templates"  # where a site has its own templates, if it has any
STARTER = os.path.join(PACKAGE, "starter")  # the site that `init` begins with, and the repository's own texts about it


def look() -> str:
    """The folder of the generator's own look."""
    return os.path.join(_project(), "templates")


def _project() -> str:
    installed = os.path.join(PACKAGE, "project")
    return installed if os.path.isdir(installed) else os.path.dirname(PACKAGE)


def project() -> Path:
    """The folder that has `build.py`, `templates/`, the lock files and the rest of a repository."""
    from pathlib import Path

    return Path(_project())


def templates() -> Path:
    """The generator's own look."""
    return project() / "templates"
