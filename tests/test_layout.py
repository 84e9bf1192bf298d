"""Lists and tables where authors see them; what each text is by CommonMark and GitHub's tables, worked out by hand."""

from __future__ import annotations

import re

import pytest

from site_builder.markup import parse


def html(text: str) -> str:
    """The body on one line, without the paragraphs that only say how loose a list is."""
    safe = "".join(part if isinstance(part, str) else "{}" for part in parse(text).body.parts)
    return re.sub(r"<li><p>(.*?)</p>", r"<li>\1", safe.replace("\n", " ").replace("> <", "><"))


def told(text: str) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.line, fault.column) for fault in parse(text).faults]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Two:\n- a\n- b", "<p>Two:</p><ul><li>a</li><li>b</li></ul>"),
        ("Two\n* a\n* b", "<p>Two</p><ul><li>a</li><li>b</li></ul>"),
        ("One:\n- a", "<p>One:</p><ul><li>a</li></ul>"),
        ("They met [@a].\n- a", "<p>They met {}.</p><ul><li>a</li></ul>"),
        ("They met. [@a, p. 1; @b]\n- a", "<p>They met. {}</p><ul><li>a</li></ul>"),
        ("Steps\n1. a\n2. b", "<p>Steps</p><ol><li>a</li><li>b</li></ol>"),
        ("Steps:\n1) a\n2) b", "<p>Steps:</p><ol><li>a</li><li>b</li></ol>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("Two:\n- a\nand b", "<p>Two:</p><ul><li>a and b</li></ul>"),
        ("Two\n- a\n  - b", "<p>Two</p><ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("> Two:\n> - a\n> - b", "<blockquote><p>Two:</p><ul><li>a</li><li>b</li></ul></blockquote>"),
        ("> Two.\n- a\n- b", "<blockquote><p>Two.</p></blockquote><ul><li>a</li><li>b</li></ul>"),
        ("- a\n> b", "<ul><li>a</li></ul><blockquote><p>b</p></blockquote>"),
        ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("- \n- a", "<ul><li></li><li>a</li></ul>"),
        ("- a\n---\nb", "<ul><li>a</li></ul><hr><p>b</p>"),
        ("# H\n- a", '<h2 id="h">H</h2><ul><li>a</li></ul>'),
    ],
)
def test_a_list_below_a_line_of_text(text: str, shown: str) -> None:
    """A list needs no empty line above it."""
    assert html(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n   - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n    - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\t- b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n - b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n  1. b\n  2. c", "<ul><li>a<ol><li>b</li><li>c</li></ol></li></ul>"),
        ("1. a\n  - b\n   - c\n2. d", "<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>"),
        ("- a\n  - b\n    - c\n  - d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li></ul>"),
        ("- a\n\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
        ("- a\n\n  b\n- c", "<ul><li>a<p>b</p></li><li>c</li></ul>"),
        ("- a\n\n  b\n\nc", "<ul><li>a<p>b</p></li></ul><p>c</p>"),
        ("- a\n\n        b", "<ul><li>a<pre><code>b </code></pre></li></ul>"),
        ("> - a\n>   - b", "<blockquote><ul><li>a<ul><li>b</li></ul></li></ul></blockquote>"),
    ],
)
def test_a_list_inside_a_list(text: str, shown: str) -> None:
    """What is indented by two spaces or more belongs to the item above it."""
    assert html(text) == shown


ROWS = "<thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Seen:\n| a | b |\n|---|---|\n| 1 | 2 |", f"<p>Seen:</p><table>{ROWS}</table>"),
        ("Seen\na | b\n--- | ---\n1 | 2", f"<p>Seen</p><table>{ROWS}</table>"),
        ("a | b\n|---|---|\n| 1 | 2 |", f"<table>{ROWS}</table>"),
        ("| a | b |\n--- | ---\n1 | 2", f"<table>{ROWS}</table>"),
        ("a | b\n---|---\n1 | 2\n- c", f"<table>{ROWS}</table><ul><li>c</li></ul>"),
        ("a | b\n---|---\n1 | 2\n# C", f'<table>{ROWS}</table><h2 id="c">C</h2>'),
        ("a | b\n---|---\n1 | 2\n> c", f"<table>{ROWS}</table><blockquote><p>c</p></blockquote>"),
        ("- c\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |", f"<ul><li>c<table>{ROWS}</table></li></ul>"),
    ],
)
def test_a_table_below_a_line_of_text(text: str, shown: str) -> None:
    """A table needs no empty line above it or below it, and no bars at the ends of its rows."""
    assert html(text) == shown
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("He was born in\n1914. He left.", "<p>He was born in 1914. He left.</p>"),
        ("1914. He was born.\nHe left.", "<p>1914. He was born. He left.</p>"),
        ("1. He was born in\n1914. He left\n2. b", "<ol><li>He was born in 1914. He left</li><li>b</li></ol>"),
        ("- He was born in\n1914. He left", "<ul><li>He was born in 1914. He left</li></ul>"),
        ("See page\n1. It says so.", "<p>See page 1. It says so.</p>"),
        ("*Both* words\n*and* more", "<p><em>Both</em> words <em>and</em> more</p>"),
        ("2 is more than\n-1 is", "<p>2 is more than -1 is</p>"),
        ("10. Juni 2014. Der Angriff.", "<p>10. Juni 2014. Der Angriff.</p>"),
        ("Er kam.\n1. Mai 2014 war es.", "<p>Er kam. 1. Mai 2014 war es.</p>"),
        ("10. Dez. 2014. Der Angriff.", "<p>10. Dez. 2014. Der Angriff.</p>"),
        ("1. Juni\n2. Juli", "<ol><li>Juni</li><li>Juli</li></ol>"),
        ("1. Marines landed.\n\nMore.", "<ol><li>Marines landed.</li></ol><p>More.</p>"),
        ("3. Declaration of war", '<ol start="3"><li>Declaration of war</li></ol>'),
        ("112. a\n113. b", '<ol start="112"><li>a</li><li>b</li></ol>'),
        ("A | b\nand c", "<p>A | b and c</p>"),
    ],
)
def test_prose_that_looks_like_a_list(text: str, shown: str) -> None:
    """A year, a number or a word at the beginning of a line stays in its sentence, and nobody is bothered."""
    assert html(text) == shown
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("They met, and then\n- so he said - left", "shown-as-typed", 2, 1),
        ("Points\n3. a\n4. b", "shown-as-typed", 2, 1),
        ("A [@a,\np. 2] b\n• a\n• b", "shown-as-typed", 3, 1),
        ("Two:\n\n  • a", "shown-as-typed", 3, 3),
        ("·\ta", "shown-as-typed", 1, 1),
        ("a\no\tb", "shown-as-typed", 2, 1),
        ("– a\n– b", "shown-as-typed", 1, 1),
        ("> • a", "shown-as-typed", 1, 3),
        ("-a\n-b", "shown-as-typed", 1, 1),
        ("*a\n*b", "shown-as-typed", 1, 1),
        ("1.a\n2.b", "shown-as-typed", 1, 1),
        ("a) b\nb) c", "shown-as-typed", 1, 1),
        ("i. a\nii. b", "shown-as-typed", 1, 1),
        ("Two\nName\tAge\nAnn\t3\nBob\t4", "shown-as-typed", 2, 1),
        ("| a | b |\n| 1 | 2 |", "shown-as-typed", 1, 1),
        ("| a | b |\n|---|\n| 1 | 2 |", "shown-as-typed", 1, 1),
        ("| a | b |\n|---|---|\n\n| 1 | 2 |", "shown-as-typed", 4, 1),
        ("a | b\n---|\n1 | 2 | 3", "shown-as-typed", 2, 1),
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", "cells-lost", 3, 1),
        ("a | b\n---|---\n1 | 2 | 3", "cells-lost", 3, 1),
    ],
)
def test_what_is_meant_as_a_list_or_a_table(text: str, code: str, line: int, column: int) -> None:
    """What an author may mean so and readers do not see so is told once, with its line."""
    assert told(text) == [(code, line, column)]


@pytest.mark.parametrize(
    "text",
    [
        "1.\ta\n2.\tb",
        "1914.\nIt began.",
        "– Yes, he said.\n\n– No.",
        "The band\n– then another – left.",
        "    • code\n    | a |",
        "a | b\n---|---\n`x|y` | 2\n\\| | c",
        "- a\n- b | c",
    ],
)
def test_what_is_none(text: str) -> None:
    """Dialogue, dashes, code and bars that part no cells are nobody's slip."""
    assert told(text) == []
