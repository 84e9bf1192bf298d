"""Texts by key, and dates in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from site_builder.dates import parse
from site_builder.wording import Words
from tests.edtf_texts import TEXTS, UNHURRIED, Known

ROOT = Path(__file__).parents[1]
STRINGS = yaml.load((ROOT / "templates/strings/en.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
ENGLISH = Words(STRINGS)

WORDED = [
    ("2014-06-10", "10 June 2014"),
    ("2014-06-01", "1 June 2014"),
    ("2014-06", "June 2014"),
    ("2014", "2014"),
    ("2006~", "about 2006"),
    ("2014-06-10~", "about 10 June 2014"),
    ("2006?", "possibly 2006"),
    ("2006%", "possibly about 2006"),
    ("2014-21", "spring 2014"),
    ("2014-22", "summer 2014"),
    ("2014-23~", "about autumn 2014"),
    ("2014-24", "winter 2014–2015"),
    ("201X", "the 2010s"),
    ("201X~", "about the 2010s"),
    ("200X", "the 2000s (2000–2009)"),
    ("19XX", "the 1900s (1900–1999)"),
    ("001X", "between AD 10 and AD 19"),
    ("000X", "between 1 BC and AD 9"),
    ("-201X", "between 2020 BC and 2011 BC"),
    ("2014-06-XX", "June 2014, day unknown"),
    ("2014-XX", "2014, month unknown"),
    ("2014-XX-XX", "2014, day and month unknown"),
    ("2014-06-XX?", "possibly June 2014, day unknown"),
    # times
    ("2014-06-10T14:30:00", "10 June 2014, 14:30"),
    ("2014-06-10T14:30:00Z", "10 June 2014, 14:30 (UTC)"),
    ("2014-06-10T04:05:06+00:00", "10 June 2014, 04:05:06 (UTC)"),
    ("2014-06-10T14:30:00-04", "10 June 2014, 14:30 (UTC−4)"),
    ("2014-06-10T14:30:00+03", "10 June 2014, 14:30 (UTC+3)"),
    ("2014-06-10T14:30:00+04:30", "10 June 2014, 14:30 (UTC+4:30)"),
    # years far away
    ("0632-06-08", "8 June 632"),
    ("0100", "100"),
    ("0099", "AD 99"),
    ("0000", "1 BC"),
    ("-0043", "44 BC"),
    ("-0043-03-15", "15 March 44 BC"),
    ("-9999", "10,000 BC"),
    ("Y17000", "17,000"),
    ("Y170000002", "170,000,002"),
    ("Y-170000002", "170,000,003 BC"),
    # it lasted
    ("2014-06-06/2014-06-10", "6–10 June 2014"),
    ("2014-05-30/2014-06-04", "30 May – 4 June 2014"),
    ("2013-12-30/2014-01-04", "30 December 2013 – 4 January 2014"),
    ("2014-06/2014-07", "June–July 2014"),
    ("2013-12/2014-01", "December 2013 – January 2014"),
    ("1999/2001", "1999–2001"),
    ("Y17000/Y18000", "17,000–18,000"),
    ("-0043/0014", "44 BC – AD 14"),
    ("-0043-03-15/-0043-03-17", "15–17 March 44 BC"),
    ("2014-06-10/2014-06-10", "10 June 2014"),
    ("2004-02-01/2005-02", "1 February 2004 – February 2005"),
    ("2004/2004-06", "2004 – June 2004"),
    ("2014-21/2014-22", "spring 2014 – summer 2014"),
    ("1984~/2004-06", "about 1984 – June 2004"),
    ("1984?/2004%", "possibly 1984 – possibly about 2004"),
    ("2014-06-06/2014-06-10~", "6 June 2014 – about 10 June 2014"),
    ("2014-06-10/..", "since 10 June 2014"),
    ("2014~/..", "since about 2014"),
    ("../2014-06-10", "until 10 June 2014"),
    ("2014-06-10/", "10 June 2014 – end unknown"),
    ("/2014-06-10", "start unknown – 10 June 2014"),
    # it happened once
    ("[2014-06-04,2014-06-10]", "4 or 10 June 2014"),
    ("[2014-06-10,2014-06-04]", "4 or 10 June 2014"),
    ("[2014-06-04,2014-06-06,2014-06-10]", "4, 6 or 10 June 2014"),
    ("[2014-05-30,2014-06-04]", "30 May or 4 June 2014"),
    ("[2013-12-30,2014-01-04]", "30 December 2013 or 4 January 2014"),
    ("[2014-06,2014-08]", "June or August 2014"),
    ("[2014-06-XX,2014-07]", "June or July 2014"),
    ("[2014,2016,2018~]", "2014, 2016 or about 2018"),
    ("[2014-06-04..2014-06-10]", "between 4 and 10 June 2014"),
    ("[2014-06..2014-08]", "between June and August 2014"),
    ("[2013..2014-06]", "between 2013 and June 2014"),
    ("[..2014-06-10]", "10 June 2014 or earlier"),
    ("[2014-06-10..]", "10 June 2014 or later"),
    ("[1667,1668,1670..1672]", "1667, 1668 or between 1670 and 1672"),
    ("[1760-01,1760-02,1760-12..]", "January 1760, February 1760 or any time since December 1760"),
    ("[..1760-12-03,1762]", "any time until 3 December 1760 or 1762"),
]


@pytest.mark.parametrize(("text", "words"), WORDED)
def test_a_date_is_worded_as_it_is_known(text: str, words: str) -> None:
    """Every form of date has its words, which say neither more nor less than the date."""
    assert words == ENGLISH.date(parse(text))


def documented() -> Iterator[tuple[str, str]]:
    """The rows of the tables "What you write | What readers see" in the authors' documentation."""
    reading = False
    for line in (ROOT / "docs/dates.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            reading = False
        elif cells[:2] == ["What you write", "What readers see"]:
            reading = True
        elif reading and cells[0].startswith("`"):
            yield cells[0].strip("`"), cells[1]


def test_the_documentation_shows_what_readers_see() -> None:
    """Each example for authors, in docs/dates.md, is worded there as the site words it."""
    rows = list(documented())
    assert len(rows) > 25
    assert rows == [(text, ENGLISH.date(parse(text))) for text, _ in rows]


def test_a_documented_text_that_is_refused_is_refused() -> None:
    """Each mistake that docs/dates.md shows is one, and its proposals are dates."""
    text = (ROOT / "docs/dates.md").read_text(encoding="utf-8").split("What the message proposes |")[1].split("\n\n")[0]
    for row in text.splitlines()[2:]:
        typed, *proposals = re.findall("`([^`]+)`", row)
        with pytest.raises(ValueError, match=r".") as caught:
            parse(typed)
        assert [edtf for edtf in proposals if edtf not in caught.value.args[1]] == []


@UNHURRIED
@given(TEXTS)
def test_every_date_has_words(known: Known) -> None:
    """The wording of any date raises nothing, is not empty, and leaves no name in braces behind."""
    words = ENGLISH.date(parse(known.text))
    assert words.strip() == words != ""
    assert not re.search(r"[{}]|None|  ", words)


def keys(branch: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """All keys of the strings that end in a text."""
    for name, value in branch.items():
        if isinstance(value, dict):
            yield from keys(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def test_no_word_of_a_date_is_in_the_code() -> None:
    """With every text replaced by its key and values, no letter of a worded date comes from anywhere else."""

    def blank(branch: dict[str, Any]) -> dict[str, Any]:
        return {
            name: blank(value)
            if isinstance(value, dict)
            else "<" + "".join(sorted(set(re.findall(r"\{[a-z_]+\}", value)))) + ">"
            for name, value in branch.items()
        }

    bare = Words({"date": blank(STRINGS["date"])})
    for text, _ in WORDED:
        assert re.sub(r"[<>0-9]", "", bare.date(parse(text))) == ""


def test_every_text_of_dates_is_used() -> None:
    """No string of the date section is dead: changing any of them changes some wording."""

    def marked(branch: dict[str, Any], key: str, prefix: str = "") -> dict[str, Any]:
        return {
            name: marked(value, key, f"{prefix}{name}.")
            if isinstance(value, dict)
            else value + "¤" * (prefix + name == key)
            for name, value in branch.items()
        }

    texts = [parse(text) for text, _ in WORDED] + [parse(f"2014-{month:02}-01") for month in range(1, 13)]
    texts.append(parse("2014-06-10T14:30:00-03:30"))
    for key, _ in keys(STRINGS["date"]):
        words = Words({"date": marked(STRINGS["date"], key)})
        assert any("¤" in words.date(date) for date in texts), key


def test_a_text_is_found_by_its_path_and_filled() -> None:
    """Keys of nested branches are joined by dots; values stand in for names in braces."""
    words = Words({"nav": {"timeline": "Timeline of {title}"}})
    assert words.t("nav.timeline", title="Mosul") == "Timeline of Mosul"


def test_a_text_that_depends_on_a_number_is_chosen_by_count() -> None:
    """`one` is for 1, `other` for every other number, 0 among them."""
    words = Words({"entries": {"one": "{count} entry", "other": "{count} entries"}})
    assert [words.t("entries", count=count) for count in (0, 1, 2)] == ["0 entries", "1 entry", "2 entries"]


def test_a_vocabulary_with_other_in_it_is_a_branch() -> None:
    """A list of terms may have one called `other`; only the exact pair one and other is chosen by count."""
    words = Words({"role": {"party": "party", "other": "in another role"}})
    assert words.t("role.other") == "in another role"


def test_a_value_is_never_read_as_a_name() -> None:
    """Braces in a value stay what they are, and no text can ask for an attribute of a value."""
    words = Words({"a": "{x} and {y}", "b": "{x.__class__} {0} {} {X}"})
    assert words.t("a", x="{y}", y=2) == "{y} and 2"
    assert words.t("b", x=1) == "{x.__class__} {0} {} {X}"


@pytest.mark.parametrize(("key", "values"), [("nav", {}), ("nav.missing", {}), ("nav.home", {}), ("nav.n", {"x": 1})])
def test_an_unknown_key_or_a_missing_value_is_an_error(key: str, values: dict[str, object]) -> None:
    """A branch, an unknown key, a missing value and a missing count raise KeyError, never an empty text."""
    words = Words({"nav": {"home": "Home of {title}", "n": {"one": "{x}", "other": "{x}"}}})
    with pytest.raises(KeyError):
        words.t(key, **values)
