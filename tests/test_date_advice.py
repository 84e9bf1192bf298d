"""What is refused as a date, and what its author is told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.dates import DateError, Edtf, parse
from tests.edtf_texts import TEXTS, UNHURRIED

# What was typed; a piece of the message; the hint or a piece of it.
REFUSED: list[tuple[str, str, str]] = [
    ("", "is empty", "2014-06"),
    ("   ", "is empty", "2014-06"),
    ("2014" * 26, "104 characters", "date_note"),
    # digits and separators
    ("2014-6-1", "one digit", "write 2014-06-01"),
    ("2014-6", "one digit", "write 2014-06"),
    ("2014-6-31", "June 2014 has 30 days", "2014-06-XX"),
    ("20140610", "together", "write 2014-06-10"),
    ("2014/06/10", "hyphens", "write 2014-06-10"),
    ("2014.06.10", "hyphens", "write 2014-06-10"),
    ("2014/06", "hyphens", "write 2014-06"),
    ("2009/10", "hyphens", "write 2009-10 (the month) or 2009/2010 (the years)"),
    ("10.06.2014", "year last", "2014-06-10 (if 10 is the day) or 2014-10-06 (if 06 is the day)"),
    ("06/10/2014", "year last", "2014-10-06 (if 06 is the day) or 2014-06-10 (if 10 is the day)"),
    ("13/06/2014", "year last", "write 2014-06-13"),
    ("6/13/2014", "year last", "write 2014-06-13"),
    ("31/02/2014", "February 2014 has 28 days", "2014-02-28"),
    ("632", "fewer than four digits", "write 0632"),
    ("14", "a year of any century", "write 0014 (the year 14)"),
    ("0", "a year of any century", "write 0000 (the year 1 BC)"),
    ("06/2014", "year last", "write 2014-06"),
    ("6-2014", "year last", "write 2014-06"),
    ("06.2014", "year last", "write 2014-06"),
    ("13/2014", "has 13 for its month", "01 to 12"),
    ("06/14", "not a date", "docs/dates.md"),
    ("12/31/14", "a year of two digits", "docs/dates.md"),
    ("201406", "year and month together", "write 2014-06 (the month) or Y201406"),
    # Day 43,831 of Excel is 1 January 2020.
    ("43831", "five digits", "write 2020-01-01 (if a spreadsheet has made a number of the day) or Y43831"),
    ("43831.5", "five digits", "write 2020-01-01"),
    ("20145", "five digits", "Y20145 (the year)"),
    ("2014561", "more than four digits", "write Y2014561"),
    ("Y2014", "four digits", "write 2014"),
    ("２０１４", "U+FF12, fullwidth digit two", "write 2014"),
    ("٢٠١٤", "U+0662", "write 2014, 2014-06 or 2014-06-10"),
    ("2014–2016", "en dash", "write 2014/2016"),
    ("2014-06-10\u200b", "\\u200b", "write"),
    ("2014\x00", "\\x00", "write"),
    # days and months that do not exist
    ("2014-02-30", "February 2014 has 28 days", "2014-02-XX"),
    ("1900-02-29", "February 1900 has 28 days", "1900-02-28"),
    ("2014-06-00", "no day 00", "2014-06-01"),
    ("2014-13", "has 13 for its month", "01 to 12"),
    ("2014-00-10", "has 00 for its month", "01 to 12"),
    ("2014-13-06", "has 13 for its month", "month comes before the day"),
    ("2014-16", "has 16 for its month", "write 2014/2016"),
    ("2014-21-10", "a day to a season", "write 2014-21"),
    ("-0000", "does not exist", "write 0000"),
    # words
    ("10 June 2014", "in words", "write 2014-06-10"),
    ("June 10, 2014", "in words", "write 2014-06-10"),
    ("10th of June 2014", "in words", "write 2014-06-10"),
    ("June 2014", "in words", "write 2014-06"),
    ("Sept. 2014", "in words", "write 2014-09"),
    ("31 June 2014", "June 2014 has 30 days", "2014-06-XX"),
    ("10-Jun-2014", "month as a word", "write 2014-06-10"),
    ("summer 2014", "in words", "write 2014-22"),
    ("winter 2014/15", "in words", "write 2014-24"),
    ("winter 2014-2015", "in words", "write 2014-24"),
    ("winter 2014/16", "not a date", "docs/dates.md"),
    ("the 1990s", "in words", "write 199X"),
    ("the 1900s", "ten years or a hundred", "write 190X (the ten years) or 19XX (the hundred years)"),
    ("20th century", "in words", "write 19XX"),
    ("circa 2006", "in words", "write 2006~"),
    ("c. 2006", "in words", "write 2006~"),
    ("possibly June 2014", "in words", "write 2014-06?"),
    ("since June 2014", "in words", "write 2014-06/.."),
    ("until 2014", "in words", "write ../2014"),
    ("before 2014", "in words", "write [..2013]"),
    ("before January 2014", "in words", "write [..2013-12]"),
    ("before 1 March 2016", "in words", "write [..2016-02-29]"),
    ("before 1 BC", "in words", "write [..-0001]"),
    ("before 31 February 2014", "not a date", "docs/dates.md"),
    ("by 2014", "in words", "write [..2014]"),
    ("after 10 June 2014", "in words", "write [2014-06-11..]"),
    ("after 31 December 2014", "in words", "write [2015-01-01..]"),
    ("on or after 10 June 2014", "in words", "write [2014-06-10..]"),
    ("before summer 2014", "not a date", "docs/dates.md"),
    ("6 to 10 June 2014", "in words", "write 2014-06-06/2014-06-10"),
    ("30 May to 4 June 2014", "in words", "write 2014-05-30/2014-06-04"),
    ("6–10 June 2014", "en dash", "write 2014-06-06/2014-06-10"),
    ("between 4 and 10 June 2014", "in words", "write [2014-06-04..2014-06-10]"),
    ("4 or 10 June 2014", "in words", "write [2014-06-04,2014-06-10]"),
    ("4/10 June 2014", "not a date", "docs/dates.md"),
    ("2014-06-10 to 12", "not a date", "docs/dates.md"),
    ("1 BC", "in words", "write 0000"),
    ("44 BC", "in words", "write -0043"),
    ("AD 14", "in words", "write 0014"),
    ("today", "does not say when", "write"),
    ("Ramadan 2014", "not a date", "docs/dates.md"),
    ("marble 2014", "not a date", "docs/dates.md"),
    ("Thursday 10 June 2014", "day of the week", "write 2014-06-10"),
    ("late 2014", "a part of a date", "write 2014 (and the words in `date_display`)"),
    ("the beginning of June 2014", "a part of a date", "write 2014-06 (and"),
    ("17 Septembre 2014", "another language than English", "write 2014-09-17"),
    ("17 Dezember 2014", "another language than English", "write 2014-12-17"),
    ("17 de mayo de 2014", "another language than English", "write 2014-05-17"),
    ("17.9.14", "a year of two digits", "docs/dates.md"),
    ("“2014-06-10”", "left double quotation mark", "write 2014-06-10"),
    ("2014-06-?", "open digits are X", "write 2014-06-XX"),
    ("- 2014-06-10", "one date stands here", "write 2014-06-10"),
    ("2014-06-10, 2014-06-11", "is two dates", "write [2014-06-10,2014-06-11] (if it is one of the two) or"),
    # times
    ("2014-06-10T14:30", "Thh:mm:ss", "write 2014-06-10T14:30:00"),
    ("2014-06-10 14:30:15Z", "Thh:mm:ss", "write 2014-06-10T14:30:15Z"),
    ("2014-06-10T14:30:15.5+0300", "Thh:mm:ss", "write 2014-06-10T14:30:15+03:00"),
    ("2014-06-10T24:00:00", "hour 24", "day that begins"),
    ("2014-06-10T14:60:00", "14:60", "00 to 59"),
    ("2014-06-10T14:30:60", "30:60", "00 to 59"),
    ("2014-06-10T14:30:00-00:00", "-00:00", "write Z"),
    ("2014-06-10T14:30:00+24:00", "+24:00", "write Z"),
    ("2014-21-10T14:30:00", "a day to a season", "write 2014-21"),
    ("2014-06-10T14:30:00~", "mark on a time", "write 2014-06-10~"),
    ("2014-06-10T14:30:00/2014-06-11", "time of day inside an interval", "write 2014-06-10 there"),
    ("[2014-06-10T14:30:00Z,2014-06-11]", "time of day inside a choice", "without times"),
    # intervals
    ("2014-06-10/2014-06-04", "ends before it starts", "2014-06-04/2014-06-10"),
    ("2014/2013-12-31", "ends before it starts", "2013-12-31/2014"),
    ("2014-06-06-2014-06-10", "with /", "write 2014-06-06/2014-06-10"),
    ("2014-2016", "with /", "write 2014/2016"),
    ("2014-06-06/10", "shortened end", "write 2014-06-06/2014-06-10"),
    ("2014-06-06 / 2014-06-10", "spaces", "write 2014-06-06/2014-06-10"),
    ("2014-6-6/2014-6-10", "“2014-6-6”", "write 2014-06-06/2014-06-10"),
    (
        "2014-06-06..2014-06-10",
        "dots outside brackets",
        "2014-06-10 (if it lasted) or [2014-06-06..",
    ),
    ("2014-", "ends with a hyphen", "2014/.. (if it goes on) or 2014/ (if"),
    ("/", "neither a start nor an end", "2014-06-10/.."),
    ("../..", "neither a start nor an end", "2014-06-10/.."),
    ("../", "neither a start nor an end", "2014-06-10/.."),
    ("2014/2015/2016", "more than one /", "write"),
    # sets
    ("[2014]", "one date only", "write 2014"),
    ("[2014..2014]", "one date only", "write 2014"),
    ("[]", "without a date", "write"),
    ("[..]", "open end", "beside a date"),
    ("[2014,2014]", "same date twice", "once"),
    ("[2014, 2015]", "spaces", "write [2014,2015]"),
    ("[2015..2014]", "ends before it starts", "[2014..2015]"),
    ("[2014,..2016]", "not the outermost", "[..2014-06-10"),
    ("[2014..,2016]", "not the outermost", "2014-06-10..]"),
    ("[..2010,2014..]", "open at both sides", "[..a]"),
    ("[2014-6-4..2014-06-10]", "“2014-6-4”", "write [2014-06-04..2014-06-10]"),
    # forms of level 2 and of the draft of 2012
    ("Y-17E7", "level 2", "write Y-170000000"),
    ("1950S2", "level 2", "write 1950~"),
    ("{2014,2015}", "level 2", "one entry for each"),
    ("2014-25", "level 2", "write 2014-21"),
    ("2014-34", "level 2", "2014-04/2014-06 (if it lasted) or [2014-04..2014-06]"),
    ("2014-30", "level 2", "2014-12/2015-02 (if it lasted)"),
    ("~2006", "level 2", "write 2006~"),
    ("2004-06~-11", "level 2", "write 2004-06-11~"),
    ("2004?-06-11~", "level 2", "write 2004-06-11%"),
    ("1984?~", "level 2", "write 1984%"),
    ("156X-12-25", "level 2", "write 156X"),
    ("1XXX", "level 2", "write"),
    ("2014-XX-10", "level 2", "write 2014-XX-XX"),
    ("2014-1X", "level 2", "write [2014-10..2014-12]"),
    ("2014-02-2X", "level 2", "write [2014-02-20..2014-02-28]"),
    ("2004-06-XX/2004-07-03", "level 2", "write 2004-06/2004-07-03"),
    ("201X/2016", "level 2", "write /2016"),
    ("199u", "today's EDTF", "write 199X"),
    ("2014-06/open", "today's EDTF", "write 2014-06/.."),
    ("unknown/2014", "today's EDTF", "write /2014"),
    ("201?", "open digits are X", "write 201X"),
]


@pytest.mark.parametrize(("text", "message", "hint"), REFUSED)
def test_a_refusal_says_what_why_and_what_to_write(text: str, message: str, hint: str) -> None:
    """What is not read is refused with its reason and, where its meaning can be guessed, its EDTF."""
    with pytest.raises(DateError) as caught:
        parse(text)
    assert message in caught.value.message
    assert hint in caught.value.hint


def proposed(hint: str) -> list[str]:
    """The EDTF that a hint tells the author to write."""
    tokens = re.findall(r"(?:write|or|first:) (\S+)", hint)
    return [token.rstrip(",;") for token in tokens if any(sign.isdigit() for sign in token)]


def refusal(text: str) -> DateError | None:
    """The error for a text, None if it is a date."""
    try:
        parse(text)
    except DateError as error:
        return error
    return None


@pytest.mark.parametrize("text", [text for text, _, _ in REFUSED])
def test_what_a_hint_proposes_can_be_written(text: str) -> None:
    """Every date that a hint names is itself accepted."""
    error = refusal(text)
    assert error is not None
    assert [edtf for edtf in proposed(error.hint) if refusal(edtf)] == []


HOSTILE = "2014-|[|]|X|-|/|..|,|~|20XX,|2014..|{|9|Y|1-|06/|?-| or |1 to |about |a - |since |between 1 and "


@pytest.mark.parametrize("piece", [*HOSTILE.split("|"), "\u2013 "])
def test_hostile_repetitions_are_refused(piece: str) -> None:
    """A short piece repeated up to the limit of length is refused, by patterns that do not run away."""
    assert isinstance(refusal((piece * 100)[:100].strip() or "x"), DateError)


def test_the_limit_of_length_is_a_count() -> None:
    """A choice of exactly a hundred characters is read, one of a hundred and one is not."""
    choice = f"[{','.join(str(year) for year in range(2000, 2019))}]"
    longest, longer = (re.sub(r"(\d)(?=[,\]])", r"\1~", choice, count=marks) for marks in (4, 5))
    assert (len(longest), len(longer)) == (100, 101)
    assert refusal(longest) is None
    assert "101 characters" in str(refusal(longer))


SIGNS = st.text("0123456789-/.,[]{}XY?~%TZ: ", max_size=40)


@UNHURRIED
@given(st.one_of(st.text(max_size=40), SIGNS, TEXTS.map(lambda known: known.text[1:])))
def test_any_other_text_is_refused_in_words(text: str) -> None:
    """No text raises anything but DateError, which always has a message and a hint, all visible."""
    error = refusal(text)
    if error is None:
        assert isinstance(parse(text), Edtf)
        return
    assert error.message
    assert error.hint
    assert error.message.isprintable()
    assert error.hint.isprintable()
    assert str(error).startswith(error.message)
