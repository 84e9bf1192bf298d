"""Markdown as Python-Markdown makes it, but for what is left out."""

from __future__ import annotations

import markdown
import pytest

from site_builder.converter import convert


@pytest.mark.parametrize(
    "text",
    [
        "A line.",
        "Two\nlines \nand  \na third",
        "One.\n\nTwo.\n\n\nThree.\n",
        "Café\nبيت\nend",
        "A heading\n===\n\nanother\n---\ntext",
        "text\n# a heading\ntext",
        "text\n## a heading ##",
        "text\n***\ntext\n- - -\ntext",
        "a | b\n--- | ---\nc | d",
        "a | b\n:-- | --:\nc | d\ne | f\n\ntext",
        "text\n- no item\n1. none",
        "- item\n\n    with a paragraph\n\n    and another\n- next\ntext\n\ntext",
        "1. item\n\n    text\n\n2. next",
        "> quoted\ntext\n\n> again\n> # heading\n>\n> text",
        "text\n> quoted",
        "text\n    no code\n\n    code\n\ntext",
        "*a* **b** _c_ `d` \\* a_b_c ** d `` e ` f ``",
        "[text](entry:x) and ![words](media/x.png) [a [b](c)",
        "a \\` b",
        "٣. three\n\n½ a half\n\n_a\n\n# b",
    ],
)
def test_what_is_promised_is_as_it_is_everywhere(text: str) -> None:
    """Paragraphs that nobody else looks at, and all that does look at them, come out as without ours."""
    tables = {"tables": {"use_align_attribute": True}}
    usual = markdown.Markdown(extensions=["tables", "sane_lists"], extension_configs=tables, output_format="html")
    assert convert(text) == usual.convert(text)
