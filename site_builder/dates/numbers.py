"""Dates of digits and separators alone, as sheets and people write them, and the EDTF to propose for each.

Where digits can mean two dates, both are proposed, each with its meaning: then nobody takes one for the author.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

# A proposal is EDTF and, where several are made, what it means.
Proposal = tuple[str, str]

# The day 0 of Excel and its kin, from 1 March 1900 on (before that, Excel knows a day that there was not).
_DAY_ZERO = date(1899, 12, 30)


def padded(match: re.Match[str]) -> list[Proposal]:
    return [("-".join([match[1], *(part.zfill(2) for part in match.groups()[1:] if part)]), "")]


def year_last(match: re.Match[str]) -> list[Proposal]:
    first, second, year = match.groups()
    by_day = (f"{year}-{second:0>2}-{first:0>2}", f" (if {first} is the day)")
    by_month = (f"{year}-{first:0>2}-{second:0>2}", f" (if {second} is the day)")
    if int(second) > 12 or first == second:
        return [(by_month[0], "")]
    return [by_day, by_month] if int(first) <= 12 else [(by_day[0], "")]


def slashes(match: re.Match[str]) -> list[Proposal]:
    """`2014/06` and `2014/06/10`; the first may also mean the years 2014 to 2016 when it is `2014/16`."""
    year, month, day = match.groups()
    if day:
        return [(f"{year}-{month:0>2}-{day:0>2}", "")]
    proposals = [(f"{year}-{month:0>2}", " (the month)")]
    if len(month) == 2 and month > year[2:]:
        proposals.append((f"{year}/{year[:2]}{month}", " (the years)"))
    return proposals if len(proposals) > 1 else [(proposals[0][0], "")]


def of_antiquity(match: re.Match[str]) -> list[Proposal]:
    """A year of one or two digits, which is more often one of our own time without its century."""
    year = f"{int(match[0]):04}"
    return [(year, " (the year 1 BC)" if year == "0000" else f" (the year {int(year)})")]


def ten_or_hundred(match: re.Match[str]) -> list[Proposal]:
    return [(f"{match[1]}0X", " (the ten years)"), (f"{match[1]}XX", " (the hundred years)")]


def run_together(match: re.Match[str]) -> list[Proposal]:
    return [(f"{match[1]}-{match[2]}", " (the month)"), (f"Y{match[0]}", " (a year of six digits)")]


def of_a_spreadsheet(match: re.Match[str]) -> list[Proposal]:
    """A spreadsheet counts days and shows the count where a cell is not set to show a date."""
    day = _DAY_ZERO + timedelta(days=int(match[1]))
    return [(day.isoformat(), " (if a spreadsheet has made a number of the day)"), (f"Y{match[1]}", " (the year)")]
