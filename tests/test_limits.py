"""The limits stand in one place, and the page about them says what they are."""

from __future__ import annotations

import re

from site_builder import limits
from site_builder.explanations import explanations
from tests.driver import PROJECT

ROWS = re.findall(
    r"^\| `(MAX_\w+)` \| ([\d,]+)( MiB)? \| .+ \| (.*) \|$",
    (PROJECT / "docs/limits.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_the_page_has_every_limit() -> None:
    """docs/limits.md has a row for each limit with its value, and no other row."""
    written = {name: int(value.replace(",", "")) * ((1 << 20) if unit else 1) for name, value, unit, _ in ROWS}
    assert written == {name: value for name, value in vars(limits).items() if name.startswith("MAX_")}


def test_the_codes_are_there() -> None:
    """Each code in the table is one that `check --explain` explains."""
    assert {code for *_, passed in ROWS for code in re.findall(r"`([a-z-]+)`", passed)} <= set(explanations())
