"""Markdown as Python-Markdown makes it, but for what is left out."""

from __future__ import annotations

from random import Random

import markdown
import pytest

from site_builder import converter
from site_builder.converter import convert

PIECES = [
    *(
        "a",
        "word",
        "&",
        "&amp;",
        "Café",
        "بيت",
        "٣",
        "1.",
        "-",
        "#",
        "|",
        ":",
        "'",
        '"',
        "@",
        "(x)",
        "\u2028",
        "\xa0",
        "\x0c",
    ),
    *(" ", " ", "  ", "\n", "\n", "\n\n", "\n\n", "\t", "[", "]", "(", ")", "](", "!", "*", "_x_", "`x`", "\\"),
    *("[x](entry:y)", "[x y](media/z.png)", "[x\ny](entry:z)", "[x](y z)", "[x](y 'z')", "[](x)", "[x]()", "[x](#y)"),
]


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
        "> quoted\ntext\n\nand\n\n> again\n> # heading\n>\n> text",
        "text\n> quoted",
        "text\n    no code\n\n    code\n\ntext",
        "*a* **b** _c_ `d` \\* a_b_c ** d `` e ` f ``",
        "[text](entry:x) and ![words](media/x.png) [a [b](c)",
        "a \\` b",
        "٣. three\n\n½ a half\n\n_a\n\n# b",
        "a < b > c and 'd' \"e\" \n\nsee [f\ng](entry:h), [i] and ![j](k)",
    ],
)
def test_what_is_promised_is_as_it_is_everywhere(text: str) -> None:
    """Paragraphs that nobody else looks at, and all that does look at them, come out as without ours."""
    assert convert(text) == _usual().convert(text)


def test_plain_texts_are_as_they_are_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not shown to Python-Markdown, as there is nothing in it but words and links, comes out as if it were."""
    monkeypatch.setattr(converter, "_any", lambda text, emphasis: "")
    usual, random, plain = _usual(), Random(7), 0
    usual.parser.blockprocessors.deregister("reference")  # which nobody was promised
    for _ in range(20_000):
        text = "a" + "".join(random.choices(PIECES, k=random.randint(1, 9)))
        if made := convert(text):
            assert made == usual.convert(text), repr(text)
            plain += 1
    assert plain > 1_000


def _usual() -> markdown.Markdown:
    tables = {"tables": {"use_align_attribute": True}}
    return markdown.Markdown(extensions=["tables", "sane_lists"], extension_configs=tables, output_format="html")


def test_two_quotations() -> None:
    """An empty line ends a quotation, as in CommonMark (5.1: “A blank line always separates block quotes”)."""
    one = "<blockquote>\n<p>a</p>\n</blockquote>"
    assert convert("> a\n\n> a") == f"{one}\n{one}"
    assert convert("> a\n>\n> a") == "<blockquote>\n<p>a</p>\n<p>a</p>\n</blockquote>"
    inner = convert("> a\n>\n> > b\n>\n> > c")
    assert inner.count("<blockquote>") == 3


def test_emphasis_is_looked_at_once_where_it_cannot_cross(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bold and italic text in different paragraphs cannot cross, so the text is converted once."""
    made: list[bool] = []

    def count(text: str, *, emphasis: bool = True) -> str:
        made.append(emphasis)
        return convert(text, emphasis=emphasis)

    monkeypatch.setattr(converter, "convert", count)
    assert converter.whole("**a** b\n\n*c* d")[1] is False
    assert made == [True]
    assert converter.whole("**a** b *c*")[1] is False
    assert made == [True, True, False]
