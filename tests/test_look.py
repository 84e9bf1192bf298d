"""What holds for each file of the look: its words, its directions. What a browser makes of it is tested in browser/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.driver import PROJECT

LOOK = PROJECT / "templates"
TEMPLATES = sorted([*LOOK.glob("*.html"), *LOOK.glob("partials/*.html")])
STYLES = sorted(LOOK.glob("static/*.css"))
SPOKEN = {"aria-label", "title", "alt", "placeholder", "label", "aria-description", "aria-roledescription"}


# What machines read in <meta>, beside the policy.
SETTINGS = {
    *("width=device-width, initial-scale=1", "no-referrer", "light dark", "noindex", "0; url=", "image/png"),
    *("#fbfaf7", "#14161a"),
}
# Attributes that a macro gives, ids and classes (they have a hyphen or an underscore), the name of a file.
MARKUP = re.compile(r'[\w-]+="[^"]*"|\b[a-z]+[-_][\w-]*|\bmanifest\.json')


class Words(HTMLParser):
    """The texts of a template that come from nowhere but itself."""

    def __init__(self, template: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.DOTALL))
        self.close()

    def handle_data(self, data: str) -> None:
        self._note(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in SPOKEN or (tag, name) == ("meta", "content"):
                self._note(value or "")

    def _note(self, text: str) -> None:
        if text in SETTINGS or text.startswith("default-src "):
            return
        text = MARKUP.sub("", text)
        if re.search(r"[^\W\d_]", text):
            self.found.append(" ".join(text.split()))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_words_of_its_own(path: Path) -> None:
    """Every word that a page shows or speaks comes from strings/<language>.yaml, so that all can be translated."""
    assert Words(path.read_text(encoding="utf-8")).found == []


def test_words_are_found() -> None:
    """The check above sees a text, a label and the title of a drawing, also beside expressions."""
    found = Words('<p>{{ x }} of<a aria-label="Go {% if y %}on{% endif %}">1</a></p><title>T</title>').found
    assert found == ["of", "Go on", "T"]


# -- Directions: nothing is on the left or the right, all is at the start or the end


def declarations(css: str) -> Iterator[tuple[str, str, str]]:
    """Selector, property and value of each declaration; of nested rules the innermost."""
    for selector, block in re.findall(r"([^{};]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        for name, value in re.findall(r"([\w-]+)\s*:\s*([^;]+)", block):
            yield selector.strip(), name, value.strip()


def sided(name: str, value: str) -> bool:
    """Whether a declaration means a side of the page instead of a side of the text."""
    parts = re.sub(r"\([^()]*(\([^()]*\)[^()]*)*\)", "()", value).split()
    return (
        bool(re.fullmatch(r"(scroll-)?(margin|padding|border)-(left|right)(-\w+)?|left|right", name))
        or (name in ("text-align", "float", "clear") and value in ("left", "right"))
        or (name in ("margin", "padding", "inset", "border-width") and parts[1:2] != parts[3:] != [])
        or (name == "border-radius" and len(parts) > 1)
        or "translateX" in value
    )  # fmt: skip


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_left_and_no_right(path: Path) -> None:
    """A language written from right to left needs no other style. (An arrow that is turned by 45° points down.)"""
    css = path.read_text(encoding="utf-8")
    turned = {selector for selector, _, value in declarations(css) if "rotate(45deg)" in value}
    assert [
        (selector, name, value)
        for selector, name, value in declarations(css)
        if sided(name, value) and not (name == "border-width" and selector in turned)
    ] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("margin-left", "1px"), ("left", "0"), ("text-align", "right"), ("padding", "0 1px 0 calc(1px + (2px * 3))"),
        ("inset", "0 auto auto 0"), ("transform", "translateX(-50%)"),
    ],
)  # fmt: skip
def test_sides_are_found(name: str, value: str) -> None:
    """The check above can fail."""
    assert sided(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [("margin-inline-start", "1px"), ("text-align", "start"), ("padding", "0 1px 2px 1px"), ("margin", "auto")],
)
def test_sides_of_the_text_are_fine(name: str, value: str) -> None:
    """What follows the text is no fault."""
    assert not sided(name, value)
