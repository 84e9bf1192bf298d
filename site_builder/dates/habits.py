"""How dates come to be written otherwise than in EDTF, and the EDTF to propose for each habit.

A rule is a pattern, a reason for the author and a function from the match to proposals; the first that fits
decides. Every pattern meets at most a hundred characters, and none repeats a repetition.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable

from site_builder.dates import numbers
from site_builder.dates.calendar import month_length
from site_builder.dates.numbers import Proposal
from site_builder.dates.phrases import month_number, phrase
from site_builder.dates.points import MONTH_NAMES

_LEVEL_2 = "which is level 2 of EDTF; levels 0 and 1 are read here"
# The groups of months that level 2 numbers from 29 on: southern seasons, quarters, thirds, half years.
_MONTHS_OF = {29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8)} | {
    33 + place: span
    for place, span in enumerate([(1, 3), (4, 6), (7, 9), (10, 12), (1, 4), (5, 8), (9, 12), (1, 6), (7, 12)])
}


def explain(text: str) -> tuple[str, list[Proposal]]:
    """Why a text is not EDTF, to be read after the text itself, and what its author may have meant."""
    for pattern, reason, propose in _RULES:
        if match := pattern.fullmatch(text):
            return reason, propose(match)
    if edtf := phrase(text):
        return "is a date in words, and a date is written in EDTF here", [(edtf, "")]
    if match := _FOREIGN_MONTH.fullmatch(text):
        return "names a month in another language than English", _foreign_month(match)
    return "is not a date in EDTF", []


def _one(template: str) -> Callable[[re.Match[str]], list[Proposal]]:
    return lambda match: [(match.expand(template), "")]


def _lasted_or_once(match: re.Match[str]) -> list[Proposal]:
    first, last = match.groups()
    return [
        (f"{first}/{last}", " (if it lasted)"),
        (f"[{first}..{last}]", " (if it happened once, not known when)"),
    ]


def _short_end(match: re.Match[str]) -> list[Proposal]:
    start, end = match.groups()
    return [(f"{start}/{start[: -len(end)]}{end}", "")]


def _all_of_a_set(match: re.Match[str]) -> list[Proposal]:
    return [(f"[{match[1]}]", " (if it is one of these dates); if it is all of them, write one entry for each")]


def _exponent(match: re.Match[str]) -> list[Proposal]:
    zeros = int(match[2])
    return [(f"Y{match[1]}{'0' * zeros}", "")] if zeros < 90 else []


def _mark_at_end(match: re.Match[str]) -> list[Proposal]:
    marks = {sign for sign in match[0] if sign in "?~%"}
    bare = re.sub("[?~%]", "", match[0])
    return [(bare + (marks.pop() if len(marks) == 1 else "%"), " (the mark is for the whole date)")]


def _open_digits(match: re.Match[str]) -> list[Proposal]:
    year, month, day = match.groups()
    if "X" in year:
        return [(year, "")] if month else []
    if "X" in month and month != "XX":
        low, high = _limits(month, 12)
        return [(f"[{year}-{low:02}..{year}-{high:02}]", "")]
    if month == "XX":
        return [(f"{year}-XX-XX", "")]
    low, high = _limits(day, month_length(int(year), int(month)))
    return [(f"[{year}-{month}-{low:02}..{year}-{month}-{high:02}]", "")]


def _limits(digits: str, most: int) -> tuple[int, int]:
    return max(1, int(digits.replace("X", "0"))), min(most, int(digits.replace("X", "9")))


def _months_of_year(match: re.Match[str]) -> list[Proposal]:
    year, code = int(match[1]), int(match[2])
    if code <= 28:
        return [(f"{match[1]}-{code - 4}", "")]
    first, last = _MONTHS_OF[code]
    over, end = divmod(last - 1, 12)
    start, stop = f"{year:04}-{first:02}", f"{year + over:04}-{end + 1:02}"
    return [
        (f"{start}/{stop}", " (if it lasted)"),
        (f"[{start}..{stop}]", " (if it happened once, not known when)"),
    ]


def _moment(match: re.Match[str]) -> list[Proposal]:
    date, hour, minute, second, zone = match.groups()
    zone = re.sub(r"^([+-]\d\d)(\d\d)$", r"\1:\2", (zone or "").upper())
    return [(f"{date}T{hour:0>2}:{minute}:{second or '00'}{zone}", "")]


def _old_draft(match: re.Match[str]) -> list[Proposal]:
    text = match[0].lower().replace("unknown", "").replace("u", "X").replace("x", "X").replace("y", "Y")
    return [(re.sub("open|present|ongoing|today|now", "..", text.replace("?~", "%")), "")]


def _without_open_ends(match: re.Match[str]) -> list[Proposal]:
    ends = match[0].replace("-XX", "").split("/")
    return [
        (
            "/".join("" if "X" in end else end for end in ends),
            " (nothing stands for an end that is not known)",
        )
    ]


def _month_word(match: re.Match[str]) -> list[Proposal]:
    day, word, year = match.groups()
    number = month_number(word)
    return [(f"{year}-{number:02}-{day:0>2}", "")] if number else []


def _no_end(match: re.Match[str]) -> list[Proposal]:
    return [(f"{match[1]}/..", " (if it goes on)"), (f"{match[1]}/", " (if its end is not known)")]


def _foreign_month(match: re.Match[str]) -> list[Proposal]:
    """A month that is nearly an English one, as in other languages."""
    names = [name.lower() for name in MONTH_NAMES]
    word = unicodedata.normalize("NFKD", match[2].lower()).encode("ascii", "ignore").decode()
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    return [(f"{match[3]}-{names.index(near[0]) + 1:02}-{match[1]:0>2}", "")] if near else []


def _part_of(match: re.Match[str]) -> list[Proposal]:
    inner = phrase(match[1]) or match[1]
    return [(inner, " (and the words in `date_display`)")]


def _nothing(_match: re.Match[str]) -> list[Proposal]:
    return []


_FOREIGN_MONTH = re.compile(r"(\d{1,2})\.? (?:de )?([^\W\d_]{3,12})\.? (?:de )?(\d{4})")
_DATE = r"-?[0-9]{4}(?:-[0-9]{2}){0,2}[?~%]?"
_OLD = "[0-9uxyX?~-]+"
_RULES: tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], list[Proposal]]], ...] = tuple(
    (re.compile(pattern, re.ASCII), reason, propose)
    for pattern, reason, propose in (
        (
            r"(?=.*-\d(?:-|$))(\d{4})-(\d{1,2})(?:-(\d{1,2}))?",
            "has a month or day of one digit, and both take two",
            numbers.padded,
        ),
        (
            r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})",
            "puts the year last, where day and month can be confused",
            numbers.year_last,
        ),
        (
            r"(\d{1,2})[./-](\d{4})",
            "puts the year last, and the year comes first",
            lambda match: [(f"{match[2]}-{match[1]:0>2}", "")],
        ),
        (
            r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?",
            "parts year, month and day with other signs than hyphens",
            numbers.slashes,
        ),
        (r"(\d{4})(\d\d)(\d\d)", "runs year, month and day together", _one(r"\1-\2-\3")),
        (r"(\d{1,2})-([A-Za-z]{3,9})-(\d{4})", "has the month as a word", _month_word),
        (r"\d{1,2}[./-]\d{1,2}[./-]\d{2}", "has a year of two digits, which can be of any century", _nothing),
        (r"(\d{4})-(\d\d)-\?{1,2}", "has ? for a day, and open digits are X", _one(r"\1-\2-XX")),
        (r"- +(.+)", "is a list, and one date stands here", _one(r"\1")),
        (
            rf"({_DATE}), *({_DATE})",
            "is two dates, and a choice stands in brackets",
            lambda match: [
                (f"[{match[1]},{match[2]}]", " (if it is one of the two)"),
                (f"{match[1]}/{match[2]}", " (if it lasted)"),
            ],
        ),
        (
            r"(?i:early|mid|late|(?:the )?(?:beginning|start|middle|end) of)[ -](?:in )?(.+)",
            "is a part of a date, for which EDTF has no sign",
            _part_of,
        ),
        (
            r"(?i:mon|tues|wednes|thurs|fri|satur|sun)day,? +(.+)",
            "has a day of the week, which the date gives by itself",
            lambda match: [(phrase(match[1]) or match[1], "")],
        ),
        (r"\d{1,2}", "has fewer than four digits, and can be a year of any century", numbers.of_antiquity),
        (r"0*(\d{3})", "is a year of fewer than four digits", lambda match: [(match[1].zfill(4), "")]),
        (r"(?i:the )?(\d\d)00'?s", "can mean ten years or a hundred", numbers.ten_or_hundred),
        (
            r"(?:Y0*)?(\d{4})",
            "has a Y before four digits; Y is for years of five digits and more",
            _one(r"\1"),
        ),
        (r"(\d{5})(?:[.,]\d+)?", "is a number of five digits", numbers.of_a_spreadsheet),
        (r"(\d{4})(0[1-9]|1[0-2])", "runs year and month together", numbers.run_together),
        (r"[Y+]?(-?)0*(\d{5,})", "is a year of more than four digits, which begins with Y", _one(r"Y\1\2")),
        (
            r"(\d\d)(\d\?|\?\?)",
            "has ? for a digit, and open digits are X",
            lambda m: [(m[0].replace("?", "X"), "")],
        ),
        (rf"({_DATE}) ?\.\.\.? ?({_DATE})", "joins two dates with dots outside brackets", _lasted_or_once),
        (
            rf"({_DATE}) *- *({_DATE})",
            "joins two dates with a hyphen, and an interval is written with /",
            _one(r"\1/\2"),
        ),
        (
            r"(\d{4}-\d\d(?:-\d\d)?)/(\d\d(?:-\d\d)?)",
            "has a shortened end, and both ends are written whole",
            _short_end,
        ),
        (
            r"(-?\d{4}-\d\d-\d\d)[Tt ](\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)? ?(Z|z|[+-]\d\d(?::?\d\d)?)?",
            "has a time in another form than Thh:mm:ss with Z or ±hh:mm (seconds of 00 are not shown)",
            _moment,
        ),
        (r"Y?(-?\d+)E(\d+)(?:S\d+)?", f"has an exponent, {_LEVEL_2}", _exponent),
        (r"(Y?-?\d+)S\d+", f"counts its significant digits, {_LEVEL_2}", _one(r"\1~")),
        (
            r"(-?\d{4}-\d\d-\d\d)T.*([?~%])",
            "has a mark on a time of day, and marks are for dates",
            _one(r"\1\2"),
        ),
        (rf"({_DATE}) ?-", "ends with a hyphen", _no_end),
        (r"\[[ .,]*\]", "is a choice without a date", _nothing),
        (
            r"(?i:unknown|undated|n\.?d\.?|yesterday|today|now|ongoing|present)",
            "does not say when it was",
            _nothing,
        ),
        (r"\{(.*)\}", f"is a set of which all are meant, {_LEVEL_2}", _all_of_a_set),
        (r"(-?\d{4})-(2[5-9]|3\d|4[01])", f"has a code for a part of the year, {_LEVEL_2}", _months_of_year),
        (
            r"(?=.*[?~%])[?~%]?-?[0-9X]{4}[?~%]{0,2}(?:-[?~%]?[0-9X]{2}[?~%]{0,2}){0,2}",
            f"has a mark that is not the one sign at the end, {_LEVEL_2}",
            _mark_at_end,
        ),
        (
            r"(?=.*X)(-?[0-9X]{4})(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?",
            f"leaves digits open other than the last ones of a year or a whole month or day, {_LEVEL_2}",
            _open_digits,
        ),
        (
            r"(?=.*X)[0-9X?~%-]+/(?:[0-9X?~%-]+|\.\.)?|(?:\.\.)?/(?=.*X)[0-9X?~%-]+",
            f"is an interval with open digits, {_LEVEL_2}",
            _without_open_ends,
        ),
        (
            rf"(?=.*[a-z])(?:{_OLD}(?:/(?:open|unknown|present|ongoing|today|now|{_OLD}))?|unknown/{_OLD})",
            "is not in today's EDTF (X for an open digit, .. for no end, nothing for an unknown end)",
            _old_draft,
        ),
        (r".*/.*/.*", "has more than one /, and an interval has one start and one end", _nothing),
    )
)
