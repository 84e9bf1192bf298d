"""What a site consists of: one small module for each kind of page, feed or export, listed here in order.

To add an output: write a module with a function `artifacts` that yields paths and recipes, and add a line below.
"""

from __future__ import annotations

from site_builder.artifacts import Closing, Output
from site_builder.outputs import (
    actors,
    book,
    calendar,
    chronology,
    citation_file,
    citations,
    control,
    corrections,
    data,
    downloads,
    embeds,
    entries,
    entries_schema,
    evidence,
    feeds,
    figures,
    files,
    geojson,
    home,
    json_feed,
    maps,
    pages,
    phases,
    places,
    search,
    series,
    sharing,
    sitemap,
    sources,
    spans,
    tables,
    tags,
    timelinejs,
)

OUTPUTS: tuple[Output, ...] = (
    home.OUTPUT,
    chronology.OUTPUT,
    maps.OUTPUT,
    entries.OUTPUT,
    phases.OUTPUT,
    actors.OUTPUT,
    places.OUTPUT,
    sources.OUTPUT,
    evidence.OUTPUT,
    tags.OUTPUT,
    figures.OUTPUT,
    spans.OUTPUT,
    control.OUTPUT,
    series.OUTPUT,
    pages.GLOSSARY,
    pages.OWN_PAGES,
    pages.NOT_FOUND,
    search.OUTPUT,
    book.OUTPUT,
    corrections.OUTPUT,
    feeds.OUTPUT,
    corrections.FEED,
    json_feed.OUTPUT,
    calendar.OUTPUT,
    data.OUTPUT,
    entries_schema.OUTPUT,
    citations.OUTPUT,
    citation_file.OUTPUT,
    tables.OUTPUT,
    geojson.OUTPUT,
    timelinejs.OUTPUT,
    embeds.OUTPUT,
    sharing.OUTPUT,
    files.OUTPUT,
    downloads.OUTPUT,  # last, as it tells the sizes of the others
)

CLOSINGS: tuple[Closing, ...] = (sitemap.CLOSING,)
