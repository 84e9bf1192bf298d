"""Fuzzing guided by coverage, with atheris (`pip install atheris`; the tests do not need it), until it is stopped:

    python -m tests.fuzz.cover dates|markup|fields [-max_total_time=600 and other options of libFuzzer]

It prints the seed of its run, and keeps an input that raises in a file `crash-…`.
"""

from __future__ import annotations

import contextlib
import sys

import atheris

with atheris.instrument_imports(include=["site_builder"]):
    from site_builder import dates
    from site_builder.front_matter import read_markdown
    from site_builder.texts import decode
    from tests.test_markup_safety import check_safe


def target(name: str, data: bytes) -> None:
    text, findings = decode("a.md", data[:4000])
    if findings:
        return
    if name == "dates":
        with contextlib.suppress(dates.DateError):
            dates.parse(text)
    elif name == "markup":
        check_safe(text)
    else:
        read_markdown("a.md", f"---\n{text}\n---\n")


if __name__ == "__main__":
    atheris.Setup([sys.argv[0], *sys.argv[2:]], lambda data: target(sys.argv[1], data))
    atheris.Fuzz()
