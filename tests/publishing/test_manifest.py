"""What an output folder says about itself."""

from __future__ import annotations

from pathlib import Path

from site_builder.publish import verify
from tests.publishing.rounds import publish


def test_verify_names_every_difference(out: Path) -> None:
    """Missing, changed and added files have a sentence each; a missing manifest has the only one."""
    publish(out, {"a.html": "abc", "b.html": "abc", "c.html": "abc"})
    (out / "a.html").unlink()
    (out / "b.html").write_bytes(b"abd")
    (out / "d.html").write_bytes(b"new")
    assert verify(out) == [
        "`a.html` is missing",
        "`b.html` is not what was published",
        "`d.html` does not belong to the site",
    ]
    (out / "manifest.json").write_bytes(b"{}")
    assert verify(out) == ["`manifest.json` is missing or not of our making"]
    assert verify(out / "nowhere") == ["`manifest.json` is missing or not of our making"]
