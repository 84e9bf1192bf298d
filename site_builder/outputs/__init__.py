"""What a site consists of: one small module for each kind of page, feed or export, listed here in order.

To add an output: write a module with a function `artifacts` that yields paths and recipes, and add a line below.
"""

from __future__ import annotations

from site_builder.artifacts import Closing, Output
from site_builder.outputs import (
    actors,
    chronology,
    data,
    entries,
    feeds,
    files,
    home,
    pages,
    phases,
    places,
    sitemap,
    sources,
    tags,
)

OUTPUTS: tuple[Output, ...] = (
    home.OUTPUT,
    chronology.OUTPUT,
    entries.OUTPUT,
    phases.OUTPUT,
    actors.OUTPUT,
    places.OUTPUT,
    sources.OUTPUT,
    tags.OUTPUT,
    pages.GLOSSARY,
    pages.OWN_PAGES,
    pages.NOT_FOUND,
    feeds.OUTPUT,
    data.OUTPUT,
    files.OUTPUT,
)

CLOSINGS: tuple[Closing, ...] = (sitemap.CLOSING,)
