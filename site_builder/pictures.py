"""What a sharing picture shows, as plain values: its drawing is made anew only when one of them changes."""

from __future__ import annotations

from dataclasses import dataclass

SIZE = (1200, 630)  # pixels: what ogp.me's readers cut nothing from


@dataclass(frozen=True, slots=True)
class Bar:
    """The entries of a year, from the ground up: (colour of a phase, number)."""

    year: int
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Poster:
    """What a sharing picture shows. Without a `label` it stands for the whole site. `line`: what stands below."""

    title: str
    label: str = ""
    line: str = ""
    colour: str = ""
    shape: str = ""
    bars: tuple[Bar, ...] = ()
    ends: tuple[str, str] = ("", "")  # the first and the last year, in words
