"""A generator of sourced timelines: a folder of Markdown in, a static site out."""

__version__ = "0.1.0"
