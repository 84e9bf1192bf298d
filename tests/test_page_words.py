"""What readers read where a site leaves something out, or where words meet: on the pages as they are built."""

from __future__ import annotations

import re

import pytest

from tests.driver import SITE, entry, site
from tests.sifting import FILES


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("title: Aid to the U.S., publisher: Paper", "Aid to the U.S. Paper."),
        ("title: Who was he?, container-title: Daily, publisher: Paper", "Who was he? Daily. Paper."),
        ("title: On it, publisher: Paper Inc.", "On it. Paper Inc."),
        ("title: On it, publisher: Paper, issued: 2014", "On it. Paper, 2014."),
        ("title: Wait!, issued: 2014", "Wait!, 2014."),
        ("title: On it, author: [{literal: A. Writer Jr.}]", "A. Writer Jr. On it."),
    ],
)
def test_a_citation_has_one_stop_between_its_parts(fields: str, said: str) -> None:
    """A part that ends in a stop, or in a sign that is one, gets no second: on pages and in the book."""
    made = site({"entries/a.md": entry(source="s"), "sources/s.yaml": f"s: {{{fields}}}\n"}, look="real")
    (citation,) = re.findall(r'<p class="citation">(.*?)</p>', made.html("entries/a.html"), re.DOTALL)
    assert words(citation) == said
    book = made.html("print.html")
    listed = words(book[book.index('class="book-sources"') :].partition(">")[2])
    assert listed.startswith(said)


@pytest.mark.parametrize(("outlet", "shown"), [("The Japan Times", True), ("AP News", False)])
def test_a_voice_is_named_unless_the_outlet_has_its_name(outlet: str, shown: bool) -> None:
    """Letters of one word inside another are no name: "AP" is told beside "The Japan Times"."""
    source = f"s: {{title: T, container-title: {outlet}, origin: ap}}\n"
    files = {"site.yaml": SITE + "origins: {ap: AP}\n", "entries/a.md": entry(source="s"), "sources/s.yaml": source}
    assert ("voice: AP" in site(files, look="real").html("entries/a.html")) == shown


def test_what_is_not_told_leaves_no_empty_paragraph() -> None:
    """A site without a description and a phase without a summary have no paragraph for them."""
    made = site(FILES, look="real")
    for path in ("index.html", "print.html", "phases/rise.html"):
        assert not re.search(r"<p[^>]*>\s*</p>", made.html(path)), path


def test_the_ways_without_scripts_promise_nothing_that_needs_them() -> None:
    """The list that stands in for the search does not send readers to the filters, which need scripts as it does."""
    html = site(FILES, look="real").html("search.html")
    ways = words(html[html.index("data-ways") : html.index("data-live")])
    assert "narrowed" not in ways
    assert "All entries stand on the page of the timeline." in ways


def test_a_reason_that_does_not_count_is_not_in_the_book() -> None:
    """A grade that was not lowered has no reason, on its page as in the book."""
    files = {
        "entries/a.md": entry("grade: single-source\ngrade_reason: It copies.", source="s"),
        "sources/s.yaml": "s: {title: T}\n",
    }
    made = site(files, look="real")
    assert "It copies." not in made.html("entries/a.html") + made.html("print.html")
