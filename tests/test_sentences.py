"""Where sentences end, and which of them are cited. Every split is by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.sentences import mask, sentences


def split(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


def uncited(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text) if not sentence.cited]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Central Command said so.",
        "Dr. Miller met Mr. Smith and Gen. Jones in St. Louis.",
        "The letter of J. R. Smith was read.",
        "It is no. 5 of vol. II, p. 12, art. 3.",
        "Some groups, e.g. Boko Haram, and others, i.e. all of them, cf. Annex A, fled.",
        "It cost 3.5 million on 10.06.2014 and 1.5 per cent more.",
        "He said … and then … The end of it was lost.",
        "It was lost ... in the fire.",
        'He asked "Why?" and left.',
        "The firm of Smith, Jr. Brothers and Co. Limited closed.",
        "The U.N. Security Council met at 5 p.m. Baghdad time.",
        'The "U.S. First" party won.',
        "It fell on 6 Jan. 2014 and again on 3 Sept. 2015.",
        "See [the U.S. report](entry:a.b) of 2014.",
        "It was `a. B` in the code.",
        'He said: "It is over." – and left.',
    ],
)
def test_no_end_inside(text: str) -> None:
    """Stops of abbreviations, initials, numbers, dates, omissions, quotes, links and code end no sentence."""
    assert split(text) == [text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It fell.", "It rose."),
        ("Did it fall?", "It did!"),
        ('He said "it fell."', "Nobody heard."),
        ("He said “it fell.”", "“It rose,” said others."),
        ("(It fell.)", "(It rose.)"),
        ("It *fell.*", "*It* rose."),
        ("It was in the [old town.](place:mosul)", "[Later](entry:x) it rose."),
        ("It was the work of the U.S.", "The army denied it."),
        ("It began at 5 p.m.", "In the night it ended."),
        ("It ended...", "Nobody knows how."),
        ("It ended…", "Nobody knows how."),
        ("The answer was no.", "Then he left."),
        ("It fell in 2014.", "40 people died."),
        ("سقطت المدينة.", "قال الجيش ذلك."),
        ("He met Sgt. Smith, Jr.", "He met others too."),
    ],
)
def test_ends(first: str, second: str) -> None:
    """A stop with what closes it ends a sentence when a capital, a digit or a letter without case follows."""
    assert split(f"{first} {second}") == [first, second]
    assert split(f"{first}\n{second}") == [first, second]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It fell [@a]. It rose.", ["It rose."]),
        ("It fell. [@a] It rose.", ["It rose."]),
        ("It fell.[@a] It rose.", ["It rose."]),
        ('He said "it fell." [@a, p. 12] [@b; @c] It rose.', ["It rose."]),
        ("It fell in the U.S. [@a] Smith rose.", ["Smith rose."]),
        ("It fell. It rose [@a].", ["It fell."]),
        ("It fell, \\[@a] as he said.", ["It fell, \\[@a] as he said."]),
        ("It fell `[@a]`.", ["It fell `[@a]`."]),
        ("It fell\n[@a]\nthere.\nIt rose.", ["It rose."]),
    ],
)
def test_citation_before_or_after_the_stop(text: str, left: list[str]) -> None:
    """A citation belongs to the sentence it stands in, or to the one that it directly follows."""
    assert uncited(text) == left


def test_items_of_lists() -> None:
    """An item is a text of its own, unless a cited sentence that ends in a colon leads to it."""
    assert uncited("They fled:\n\n- men,\n- women [@a].") == ["They fled:", "men,"]
    assert uncited(
        "They fled [@a]:\n\n- men,\n- women. All of them.\n  And more.\n\n  Even later.\n\nThen it ended."
    ) == ["Then it ended."]
    assert uncited("1. It fell [@a].\n2. It rose.\n\n   Later it fell.") == ["It rose.", "Later it fell."]


def test_lines_that_look_like_items() -> None:
    """A hyphen or a number that begins a line in the middle of a sentence begins no other one."""
    assert uncited("It began in\n1914. [@a] It ended [@b].") == []
    assert uncited("They met\n- then left - at night [@a].") == []
    assert uncited("- It began in\n1914 [@a].\n- It ended.") == ["It ended."]


def test_rows_of_tables() -> None:
    """A row is one sentence, whatever stops it has; the heading row is none."""
    table = "| year | what |\n| --- | --- |\n| 2014 | It fell. It rose. [@a] |\n| 2015 | It fell. |\n\nAfter it."
    assert uncited(table) == ["| 2015 | It fell. |", "After it."]
    assert uncited("year | what\n--- | ---\n2014 | It fell.\n") == ["2014 | It fell."]


def test_what_is_no_sentence() -> None:
    """Headings, rules and code say nothing that could be cited."""
    assert split("# A heading. Of two\n\nTitle\n=====\n\nPart\n----\n\n* * *\n\n    code. More code\n\n---\n") == []
    assert split("") == []


def test_pictures() -> None:
    """A picture's words are no sentence, and the sentence behind it begins after it."""
    assert split("![A hill. A town](media/a.png)\n\n![A hill](media/b.png) It fell.") == ["It fell."]


def test_quotations_and_paragraphs() -> None:
    """The signs of a quotation are no part of it; a new paragraph begins a new sentence."""
    assert split("> It fell. It\n> rose\n\nand fell") == ["It fell.", "It rose", "and fell"]


def test_place() -> None:
    """A sentence knows where it begins."""
    text = "It fell.\n\n- It *rose*\n  again. *Then* it fell."
    assert [text[sentence.start :][:7] for sentence in sentences(text)] == ["It fell", "It *ros", "*Then* "]


@given(st.text(alphabet=list('aA. \n[]@()`|-#>*:…!?"1'), max_size=200))
def test_any_text(text: str) -> None:
    """Whatever is typed, sentences stand in order, none overlaps the next, and the mask is as long as the text."""
    assert len(mask(text)) == len(text)
    found = list(sentences(text))
    starts = [sentence.start for sentence in found]
    assert starts == sorted(set(starts))
    assert all(text[sentence.start] == sentence.text[0] for sentence in found)
