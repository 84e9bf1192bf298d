"""How text is set for readers."""

from __future__ import annotations

import pytest

from site_builder.typography import Typography

ENGLISH = Typography("en", (("Arab", "ar"),))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('the "Islamic State"', "the “Islamic State”"),
        ("the group's name", "the group’s name"),
        ("Jama'at al-Tawhid", "Jama’at al-Tawhid"),
        ('("so")', "(“so”)"),
        ("'inside' words", "‘inside’ words"),
        ("the provinces' names", "the provinces’ names"),
        ("in the '90s, and 'the 90s'", "in the ’90s, and ‘the 90s’"),
        ('"', "“"),
        ("", ""),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_quotation_marks_are_those_of_the_language(typed: str, shown: str) -> None:
    """English text has curly marks, opening ones after space and brackets, an apostrophe inside words."""
    assert shown == ENGLISH.text(typed)


def test_german_has_its_own_marks() -> None:
    """The marks follow the language of the site, whatever its region."""
    assert Typography("de-AT").text('"so"') == "„so“"


def test_an_unknown_language_keeps_what_was_typed_and_cannot_break_an_attribute() -> None:
    """Where no marks are known, the typed ones stay, escaped."""
    assert Typography("xx").text('"a"') == "&quot;a&quot;"


def test_code_and_attributes_stay_as_typed() -> None:
    """In HTML only text between tags is set; a mark after a tag looks at the text before the tag."""
    given = '<p>say "<em>it</em>" and <code>"x"</code>, <a href="a\'b">it\'s</a></p>'
    wanted = '<p>say “<em>it</em>” and <code>"x"</code>, <a href="a\'b">it’s</a></p>'
    assert wanted == ENGLISH.html(given)


def test_a_new_paragraph_begins_afresh() -> None:
    """A mark at the start of a block opens, whatever ended the block before."""
    assert ENGLISH.html('<p>end.</p>\n<p>"Next"</p>') == "<p>end.</p>\n<p>“Next”</p>"


def test_a_run_of_arabic_letters_gets_its_language_and_direction() -> None:
    """A name in Arabic letters is one run, its inner spaces included, the text around it outside."""
    marked = '<span lang="ar" dir="rtl">الدولة الإسلامية</span>'
    assert f"known as {marked} since" == ENGLISH.text("known as الدولة الإسلامية since")
    assert Typography("en").text("الدولة") == "الدولة"
