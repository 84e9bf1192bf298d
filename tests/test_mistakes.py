"""What authors mistype, and what they are told: one row a class, with its code, its place and the words of the fix.

Most rows are one entry; `HEARING` lays the fields and the text of a row over an entry that is right. No row may end in
a traceback, and one run over all of them must tell every one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from site_builder.diagnostics import Diagnostic
from site_builder.files import Options
from site_builder.loading import load
from site_builder.memo import Memo
from tests.driver import SITE, inputs

PATH = "entries/2020/hearing.md"
USUAL = {"title": "Hearing", "date": "2020-09-17", "phase": "rise", "source": "report-2020", "published": "2026-01-02"}


def hearing(fields: str = "", body: str = "It happened.\n", **instead: str) -> str:
    """An entry: fields in the lines 2 to 6, then those of the row from line 7 on; one that is "" is left out."""
    lines = [f"{name}: {value}" for name, value in (USUAL | instead).items() if value]
    return "\n".join(["---", *lines, *filter(None, [fields]), "---", body])


RIGHT: Mapping[str, str | bytes] = {
    "site.yaml": f"{SITE}tags: {{law: Courts, attack: Attacks}}\n",
    "actors.yaml": "- {id: christopher-miller, name: Christopher Miller, kind: person}\n",
    "places.yaml": "- {id: washington-dc, name: Washington, country_code: US, lat: 38.9, lon: -77.0}\n",
    "sources/a.yaml": "report-2020: {title: A report, publisher: One}\n",
    "phases/rise.md": "---\nlabel: Rise\nfrom: 1999\nto: ..\ncolour: amber\nshape: circle\n---\n",
    "entries/2020/other.md": hearing("aliases: moved", title="Other"),
    "entries/2020/gone.md": hearing("status: withdrawn", title="Gone"),
    "entries/2020/draft.md": hearing("status: draft", title="Draft"),
}

Row = tuple[str, str | bytes, str, int, int, str]
# What was done; the file; code, line, column; words of the message or the fix.
DATES: list[Row] = [
    ("day first", hearing(date="17.09.2020"), "date-invalid", 3, 7, "write 2020-09-17"),
    ("slashes, and either order", hearing(date="06/10/2020"), "date-invalid", 3, 7, "2020-10-06 (if 06 is the day) or"),
    ("a year of two digits", hearing(date="17.9.20"), "date-invalid", 3, 7, "year of two digits"),
    ("one digit", hearing(date="2020-9-17"), "date-invalid", 3, 7, "write 2020-09-17"),
    ("words", hearing(date="September 17, 2020"), "date-invalid", 3, 7, "write 2020-09-17"),
    ("day of the week", hearing(date="Thursday 17 September 2020"), "date-invalid", 3, 7, "write 2020-09-17"),
    ("a French month", hearing(date="17 Septembre 2020"), "date-invalid", 3, 7, "another language than English"),
    ("a range with an en dash", hearing(date="2020-09-17–2020-09-19"), "date-invalid", 3, 7, "2020-09-17/2020-09-19"),
    ("a range with to", hearing(date="2020-09-17 to 2020-09-19"), "date-invalid", 3, 7, "write 2020-09-17/2020-09-19"),
    ("a range backwards", hearing(date="2020-09-19/2020-09-17"), "date-invalid", 3, 7, "write the earlier date first"),
    (
        "two dates",
        hearing(date="2020-09-17, 2020-09-18"),
        "date-invalid",
        3,
        7,
        "[2020-09-17,2020-09-18] (if it is one",
    ),
    ("spaces in a choice", hearing(date="[2020-09-17, 2020-09-18]"), "date-invalid", 3, 7, "write [2020-09-17,2020"),
    (
        "a part of a year",
        hearing(date="late 2020"),
        "date-invalid",
        3,
        7,
        "write 2020 (and the words in `date_display`)",
    ),
    ("about", hearing(date="circa 2020"), "date-invalid", 3, 7, "write 2020~"),
    ("a question mark", hearing(date="2020-09-?"), "date-invalid", 3, 7, "write 2020-09-XX"),
    ("no such day", hearing(date="2020-02-30"), "date-invalid", 3, 7, "February 2020 has 29 days"),
    ("no such month", hearing(date="2020-13-01"), "date-invalid", 3, 7, "the month comes before the day"),
    ("a time without seconds", hearing(date="2020-09-17 14:30"), "date-invalid", 3, 7, "write 2020-09-17T14:30:00"),
    ("typographic quotes", hearing(date="“2020-09-17”"), "date-invalid", 3, 7, "write 2020-09-17"),
    ("a list of one date", hearing(date="\n  - 2020-09-17"), "date-invalid", 4, 3, "one date stands here; write 2020-"),
    ("a year to come", hearing(date="2202-09-17"), "date-after-published", 3, 7, "which of the two dates is a slip"),
    (
        "published yesterday",
        hearing(published="yesterday"),
        "date-invalid",
        6,
        12,
        "year, month and day, as in 2026-11",
    ),
    ("published in a month", hearing(published="2026-01"), "value-invalid", 6, 12, "write year, month and day"),
]
FENCES: list[Row] = [
    ("an empty file", "", "front-matter-missing", 1, 1, "the file is empty; begin the file with a line `---`"),
    ("no fence", "title: Hearing\ndate: 2020\n\nX.\n", "front-matter-missing", 1, 1, "does not begin with `---`"),
    ("a dash for a fence", "—\ntitle: Hearing\n—\nX.\n", "front-matter-missing", 1, 1, "write three hyphens"),
    ("two hyphens", "--\ntitle: Hearing\n--\nX.\n", "front-matter-missing", 1, 1, "the first line is `--`"),
    ("a fence of code", "```\n---\ntitle: H\n---\n```\n", "front-matter-missing", 1, 1, "the first line is ```, and"),
    ("an empty line first", f"\n{hearing()}", "front-matter-missing", 1, 1, "an empty line stands before the first"),
    ("the title first", f"# Hearing\n{hearing()}", "front-matter-missing", 1, 1, "move it below the second `---`"),
    ("no second fence", "---\ntitle: H\ndate: 2020\n\nX.\n", "front-matter-unclosed", 1, 1, "the text, in line 4"),
    ("a dash for the second", "---\ntitle: H\n—\nX.\n", "front-matter-unclosed", 3, 1, "this line is `—`"),
    ("equals signs", "---\ntitle = H\ndate = 2020\n---\n", "front-matter-not-fields", 2, 1, "as in `title: First moon"),
    ("no space after any colon", "---\ntitle:H\ndate:2020\n---\n", "front-matter-not-fields", 2, 1, "write|`title: H`"),
]
YAML: list[Row] = [
    ("no space after a colon", hearing("summary:Text"), "yaml-syntax", 7, 8, "write `summary: Text`"),
    ("a colon in the title", hearing(title="Hearing: two"), "yaml-syntax", 2, 15, '`title: "Hearing: two"`'),
    ("typographic quotes", hearing(title="“Hearing: two”"), "yaml-syntax", 2, 16, "only straight ones do"),
    ("an open quotation mark", hearing(title='"Hearing'), "yaml-syntax", 2, 8, "never closed; close it at the end"),
    ("an apostrophe first", hearing(title="'Ndrangheta trial"), "yaml-syntax", 2, 8, "whole value in double quotes"),
    ("text after the quotes", hearing(title='"No" to it'), "yaml-syntax", 2, 13, "`title: '\"No\" to it'`"),
    ("a comma after the quotes", hearing("summary: 'Text',"), "yaml-syntax", 7, 16, "`,` stands after|delete it"),
    ("text after brackets", hearing(title="[Sic] hearing"), "yaml-syntax", 2, 14, '`title: "[Sic] hearing"`'),
    (
        "an open bracket",
        hearing("tags: [law, attack"),
        "yaml-syntax",
        7,
        7,
        "the bracket that opens here is not closed",
    ),
    ("a tab", hearing("claims:\n\t- by: X"), "yaml-syntax", 8, 1, "spaces, two for each step"),
    ("Word's space after a colon", hearing("summary:\u00a0Text"), "yaml-syntax", 7, 9, "no-break space (U+00A0)"),
    (
        "Word's spaces before a line",
        hearing("actor:\n\u00a0\u00a0- x"),
        "yaml-syntax",
        8,
        2,
        "delete it and type a space",
    ),
    (
        "a second line of text",
        hearing("summary: It was\nand went on."),
        "yaml-syntax",
        8,
        1,
        "begin it with two spaces",
    ),
    ("a second line with a colon", hearing("summary: It was\nand then: on."), "unknown-field", 8, 1, "indent the line"),
    ("a comma first", hearing(title=", said he"), "yaml-syntax", 2, 8, '`title: ", said he"`'),
    (
        "a field of an item out of its column",
        hearing("claims:\n  - by: Army\n     stance: denies"),
        "yaml-syntax",
        9,
        12,
        "in the same column as `by`",
    ),
    ("an indented field", hearing("  summary: Text"), "yaml-syntax", 7, 10, "without spaces before it"),
    ("a list out of its column", hearing("actor:\n  - A\n - B"), "yaml-syntax", 9, 2, "in the same column"),
    ("stars for a list", hearing("actor:\n  * A"), "yaml-syntax", 8, 3, "write `- A`"),
    ("a star first", hearing(title="*Hearing*"), "yaml-syntax", 2, 8, '`title: "*Hearing*"`'),
    ("an @ first", hearing(source="@report-2020"), "yaml-syntax", 5, 9, "without the @ here"),
    ("a hash first", hearing("summary: #1 in line"), "text-cut-by-comment", 7, 9, "`#1 in line` is lost|in quotes"),
    ("an anchor", hearing("summary: &a Text"), "yaml-alias", 7, 10, "put it in quotes"),
    ("an alias", hearing("summary: *a"), "yaml-alias", 7, 10, "put it in quotes"),
    ("an exclamation mark first", hearing("summary: !Text"), "yaml-tag", 7, 10, "in quotes if it begins with `!`"),
    ("a field twice", hearing("title: Again"), "repeated-key", 7, 1, "first in line 2"),
    ("both spellings", hearing("sources: report-2020"), "repeated-key", 7, 1, "make one list of both"),
    ("a backslash in quotes", hearing(title='"C:\\Users"'), "yaml-syntax", 2, 13, "in single quotes"),
]
FIELDS: list[Row] = [
    ("a capital", hearing("Summary: Text"), "unknown-field", 7, 1, "did you mean `summary`?"),
    ("a misspelt field", hearing("sumary: Text"), "unknown-field", 7, 1, "did you mean `summary`?"),
    ("another name", hearing("place: Washington"), "unknown-field", 7, 1, "did you mean `location`?"),
    ("a hyphen after x", hearing("x-note: Text"), "unknown-field", 7, 1, "write `x_note`"),
    ("no space after a colon in braces", hearing("actor: {name:A}"), "unknown-field", 7, 9, "write|`name: A`"),
    ("the day of a change", hearing("updated: 2026-01-03"), "unknown-field", 7, 1, "did you mean `revisions`?"),
    ("no title", hearing(title=""), "field-missing", 2, 1, "add a line `title: …`"),
    ("a list for a text", hearing("summary: [one, two]"), "value-invalid", 7, 10, "write one text, in quotes"),
    ("a misspelt role", hearing("actor: {name: A, role: perpetator}"), "not-a-choice", 7, 24, "mean `perpetrator`?"),
    ("another word", hearing("casualties: {harm: dead, best: 1}"), "not-a-choice", 7, 20, "write `killed`"),
    ("one of a kind", hearing("casualties: {harm: disappeared, best: 1}"), "not-a-choice", 7, 20, "write `missing`"),
    ("a letter alone", hearing("casualties: {harm: d, best: 1}"), "not-a-choice", 7, 20, "write one of: killed"),
    (
        "a word of no kin",
        hearing("casualties: {harm: lost, best: 1}"),
        "not-a-choice",
        7,
        20,
        "one of: killed, wounded",
    ),
    ("a misspelt phase", hearing(phase="rice"), "unknown-phase", 4, 8, "did you mean `rise`?"),
    ("a phase by its name", hearing(phase="The Rise"), "value-invalid", 4, 8, "write `the-rise`"),
    ("a misspelt tag", hearing("tags: [laws]"), "unknown-tag", 7, 8, "did you mean `law`?"),
    ("tags with commas", hearing("tags: law, attack"), "value-invalid", 7, 7, "[law, attack]"),
    ("names of tags with commas", hearing("tags: The Law; Attack"), "value-invalid", 7, 7, "[the-law, attack]"),
    ("a misspelt status", hearing("status: publish"), "not-a-choice", 7, 9, "did you mean `published`?"),
    ("a word for a number", hearing("significance: high"), "value-invalid", 7, 15, "write 1 (without it the story"),
    ("a grade of one's own", hearing("grade: good"), "not-a-choice", 7, 8, "write one of: contested, corroborated"),
    ("a language by its name", hearing("lang: English"), "value-invalid", 7, 7, "such as en, ar or fr-CA"),
    ("an id with a capital", hearing("actor: Christopher-Miller"), "id-mistyped", 7, 8, "write `christopher-miller`"),
    (
        "a word beside the id",
        hearing("actor: christopher-miller (speaker)"),
        "id-mistyped",
        7,
        8,
        "write `christopher-",
    ),
    (
        "two actors with a comma",
        hearing("actor: christopher-miller, The Committee"),
        "id-mistyped",
        7,
        8,
        "[christopher-miller, The Committee]",
    ),
    ("a recorded name", hearing("actor: Christopher Miller"), "inline-record", 7, 8, "a record|`christopher-miller`"),
    ("a name with an accent", hearing("location: Köln"), "inline-record", 7, 11, "such as `koln`"),
    ("no space after the hyphen", hearing("actor:\n  -christopher-miller"), "id-mistyped", 8, 3, "write `christopher-"),
    ("an outlet for a source", hearing(source="The Gazette"), "value-invalid", 5, 9, "the key of a source"),
    (
        "an address without https",
        hearing(source="www.example.org/x"),
        "value-invalid",
        5,
        9,
        "`https://www.example.org/x`",
    ),
    ("a DOI", hearing(source="10.1000/182"), "value-invalid", 5, 9, "`https://doi.org/10.1000/182`"),
    (
        "two addresses",
        hearing(source="https://x.example/a, https://x.example/b"),
        "value-invalid",
        5,
        9,
        "[https://x.example/a, https://x.example/b]",
    ),
    (
        "a key with a colon and a page",
        hearing(source="\n  - report-2020: p. 12"),
        "unknown-field",
        6,
        5,
        "{source: report-2020, locator: …}",
    ),
    (
        "a comma in a locator in braces",
        hearing(source="{source: report-2020, locator: pp. 1, 3}"),
        "unknown-field",
        5,
        47,
        "a comma in quotes",
    ),
    ("an address with a space", hearing(source="https://example.org/a b"), "value-invalid", 5, 9, "copy it again"),
    (
        "a link for an address",
        hearing(source="'[A](https://x.example/a)'"),
        "value-invalid",
        5,
        9,
        "`https://x.example/a`",
    ),
    (
        "an outlet before the address",
        hearing(source="The Gazette (https://x.example/a)"),
        "value-invalid",
        5,
        9,
        "alone|`https://x.example/a`",
    ),
    (
        "a page behind the address",
        hearing(source="https://x.example/a, p. 3"),
        "value-invalid",
        5,
        9,
        "{url: https://x.example/a, locator: p. 3}",
    ),
    (
        "a source that is recorded, and its title",
        hearing(source="{source: report-2020, title: B}"),
        "unknown-field",
        5,
        38,
        "`title` is not read|in content/sources/, or delete it here",
    ),
    (
        "a place that is recorded, and its point",
        hearing("location: {id: washington-dc, lat: 1, lon: 2}"),
        "unknown-field",
        7,
        36,
        "record of `washington-dc` in content/places.yaml",
    ),
    (
        "an actor that is recorded, and its kind",
        hearing("actor: {id: christopher-miller, kind: person}"),
        "unknown-field",
        7,
        39,
        "`kind` is not read beside the id of the actor",
    ),
    ("an @ at a key", hearing(source="'@report-2020'"), "value-invalid", 5, 9, "without the @: `report-2020`"),
    ("a key with a page", hearing(source="report-2020, p. 12"), "value-invalid", 5, 9, "locator: 'p. 12'"),
    ("a misspelt key", hearing(source="report-2002"), "unknown-source", 5, 9, "did you mean `report-2020`?"),
    (
        "a latitude off the globe",
        hearing("location: {name: W, lat: 169.3, lon: 34}"),
        "value-invalid",
        7,
        26,
        "exchanged",
    ),
    ("a decimal comma", hearing("location: {name: W, lat: '38,9', lon: 7}"), "value-invalid", 7, 26, "write `38.9`"),
    (
        "a decimal comma, bare",
        hearing("location: {name: W, lat: 38,9, lon: 7}"),
        "unknown-field",
        7,
        29,
        "have a point",
    ),
    ("degrees", hearing("location: {name: W, lat: 38.9 S, lon: 7}"), "value-invalid", 7, 26, "write `-38.9`"),
    ("half a point", hearing("location: {name: W, lat: 38.9}"), "coordinate-missing", 7, 26, "add `lon`"),
    (
        "a number for a toll",
        hearing("casualties: 12"),
        "value-invalid",
        7,
        13,
        "{harm: killed, best: 12, by: The police}",
    ),
    ("the harm as a field", hearing("casualties: {wounded: 12}"), "unknown-field", 7, 14, "write `harm: wounded`"),
    (
        "a comma in thousands",
        hearing("casualties: {harm: wounded, best: '1,200'}"),
        "value-invalid",
        7,
        35,
        "write `1200`",
    ),
    (
        "a range for a figure",
        hearing("casualties: {harm: wounded, best: 3-4}"),
        "value-invalid",
        7,
        35,
        "`min: 3` and `max",
    ),
    (
        "unknown for a figure",
        hearing("casualties: {harm: wounded, best: unknown}"),
        "value-invalid",
        7,
        35,
        "leave the field",
    ),
    (
        "min over max",
        hearing("casualties: {harm: wounded, min: 9, max: 3}"),
        "range-reversed",
        7,
        34,
        "exchange the two",
    ),
    ("best outside", hearing("casualties: {harm: wounded, max: 3, best: 9}"), "range-reversed", 7, 43, "mend `best`"),
    (
        "a claim by nobody",
        hearing("claims: {stance: denies, about: toll, statement: x}"),
        "field-missing",
        7,
        9,
        "by: …",
    ),
    ("a claim as a text", hearing("claims: The army denied it"), "value-invalid", 7, 9, "{by: …, stance: denies"),
    ("a revision as a text", hearing("revisions: a typo"), "value-invalid", 7, 12, "kind: correction"),
    (
        "an old address that is taken",
        hearing("aliases: other"),
        "alias-taken",
        7,
        10,
        "taken already",
    ),
    ("an old address as a path", hearing("aliases: /old/raid.html"), "value-invalid", 7, 10, "write `raid`"),
    ("related to a file", hearing("related: other.md"), "value-invalid", 7, 10, "write `other`"),
    ("related to nothing", hearing("related: otter"), "unknown-entry", 7, 10, "did you mean `other`?"),
    ("related to a draft", hearing("related: draft"), "unknown-entry", 7, 10, "is not published"),
    ("related to what is withdrawn", hearing("related: gone"), "related-withdrawn", 7, 10, "find nothing there"),
    ("a picture without words", hearing("media: {src: media/a.png}"), "field-missing", 7, 8, "add a line `alt: …`"),
    (
        "a picture elsewhere",
        hearing("media: {src: a.png, alt: A}"),
        "dead-link",
        7,
        14,
        "put the file into content/media/",
    ),
]
TEXTS: list[Row] = [
    (
        "a citation without its sign",
        hearing(body="A [report-2020].\n"),
        "citation-unmarked",
        8,
        3,
        "write [@report-2020]",
    ),
    (
        "a citation in parentheses",
        hearing(body="A (@report-2020).\n"),
        "citation-unmarked",
        8,
        4,
        "write [@report-2020]",
    ),
    (
        "no comma before the page",
        hearing(body="A [@report-2020 p. 2].\n"),
        "citation-malformed",
        8,
        4,
        "[@report-2020, p. 2]",
    ),
    (
        "a comma between two keys",
        hearing(body="A [@report-2020, @b].\n"),
        "citation-malformed",
        8,
        4,
        "[@report-2020; @b]",
    ),
    ("a capital in a key", hearing(body="A [@Report-2020].\n"), "citation-malformed", 8, 4, "[@report-2020]"),
    (
        "an address as a key",
        hearing(body="A [@https://x.example].\n"),
        "citation-malformed",
        8,
        4,
        "record the address in",
    ),
    (
        "a key that is not there",
        hearing(body="A [@reprot-2020].\n"),
        "unknown-source",
        8,
        4,
        "did you mean `report-2020`?",
    ),
    ("HTML", hearing(body="A <b>b</b>.\n"), "shown-as-typed", 8, 3, "write Markdown (**bold**"),
    ("a footnote", hearing(body="A.[^1]\n\n[^1]: B.\n"), "shown-as-typed", 8, 3, "footnotes are not read; cite"),
    ("a bare address", hearing(body="A https://x.example/b\n"), "shown-as-typed", 8, 3, "record it as a source"),
    ("a link of a wiki", hearing(body="A [[other]].\n"), "shown-as-typed", 8, 3, "write [text](entry:id)"),
    ("an address in brackets", hearing(body="A (https://x.example/b).\n"), "shown-as-typed", 8, 4, "record it as a"),
    (
        "an address without its scheme",
        hearing(body="A www.x.example.\n"),
        "shown-as-typed",
        8,
        3,
        "record it as a source",
    ),
    ("a mail address", hearing(body="A <a@x.example>.\n"), "shown-as-typed", 8, 3, "without the signs"),
    ("a citation with a hyphen", hearing(body="A [-@report].\n"), "shown-as-typed", 8, 3, "begin it with the @"),
    ("words before a key", hearing(body="A [see @typo, p. 2].\n"), "shown-as-typed", 8, 3, "see [@key, p. 12]"),
    ("a soft hyphen", hearing(body="Wash&shy;ington.\n"), "shown-as-typed", 8, 5, "nobody can see; delete it"),
    ("italics in a page", hearing(body="A [@report, *p.* 2].\n"), "shown-as-typed", 8, 4, "`*p.*` as it is typed"),
    ("a picture of Google Docs", hearing(body="A ![][image1].\n"), "shown-as-typed", 8, 4, "![what it shows](media/…)"),
    ("a size", hearing(body="![A](media/a.png){width=50%}\n"), "shown-as-typed", 8, 18, "attributes are not read"),
    ("a box", hearing(body="> [!NOTE]\n> A\n"), "shown-as-typed", 8, 3, "**Note**"),
    (
        "a text that is code",
        hearing(body="    They came to the town at night.\n"),
        "shown-as-typed",
        8,
        5,
        "delete them",
    ),
    ("a citation in code", hearing(body="\tIt fell [@report].\n"), "shown-as-typed", 8, 2, "delete them"),
    ("a fence", hearing(body="A:\n\n```\nb\n```\n"), "shown-as-typed", 10, 1, "by four spaces"),
    ("a heading without a space", hearing(body="#Later\n"), "shown-as-typed", 8, 1, "type one: `# `"),
    ("a link without an end", hearing(body="A [b](entry:other and\n"), "shown-as-typed", 8, 3, "close it"),
    ("bold text without an end", hearing(body="A b\n**c d [@report].\n"), "shown-as-typed", 9, 1, "on both sides"),
    ("bold text without a beginning", hearing(body="A b** c.\n"), "shown-as-typed", 8, 3, "on both sides"),
    ("a link to nothing", hearing(body="A [b](entry:other) [c]( )\n"), "address-refused", 8, 25, "link to a record"),
    ("a link without words", hearing(body="A [](entry:other)\n"), "link-without-words", 8, 3, "put some between"),
    ("an old address", hearing(body="A [b](entry:moved).\n"), "unknown-entry", 8, 7, "write `other`"),
    ("a capital", hearing(body="A [b](Entry:other).\n"), "address-refused", 8, 7, "write `entry:other`"),
    ("a path from the file", hearing(body="![A](../../media/a.png)\n"), "address-refused", 8, 6, "`media/a.png`"),
    ("a path from the root", hearing(body="![A](/media/a.png)\n"), "address-refused", 8, 6, "`media/a.png`"),
    (
        "an outside picture",
        hearing(body="![A](https://x.example/media/a.png)\n"),
        "address-refused",
        8,
        6,
        "put the picture",
    ),
    ("a picture of an entry", hearing(body="![A](entry:other)\n"), "address-refused", 8, 6, "put the picture"),
    ("two keys beside each other", hearing(body="A [@report and @b].\n"), "citation-malformed", 8, 4, "[@report; @b]"),
    ("a semicolon too many", hearing(body="A [@report-2020;].\n"), "citation-malformed", 8, 17, "delete it"),
    ("brackets in a citation", hearing(body="A [@b, p. [2]].\n"), "shown-as-typed", 8, 3, "no brackets inside"),
    ("HTML in a list", hearing(body="- A\n    - <b>b</b>\n"), "shown-as-typed", 9, 7, "write Markdown (**bold**"),
    ("a link to mail", hearing(body="A [b](mailto:a@x.example)\n"), "address-refused", 8, 7, "as text, without a link"),
    ("a space in a link", hearing(body="A [b] (entry:other).\n"), "shown-as-typed", 8, 3, "a space parts|delete it"),
    ("a link to another site", hearing(body="A [b](http://x.example).\n"), "outside-link", 8, 7, "cite it: [@key]"),
    ("a link to a file's name", hearing(body="A [b](other.md).\n"), "address-refused", 8, 7, "[text](entry:other)"),
    ("a link to no entry", hearing(body="A [b](entry:othr).\n"), "unknown-entry", 8, 7, "did you mean `other`?"),
    ("a picture without words", hearing(body="![](media/a.png)\n"), "alt-missing", 8, 1, "write what it shows"),
    (
        "a picture that is not there",
        hearing(body="![A](media/a.png)\n"),
        "dead-link",
        8,
        6,
        "put the file into content/media/",
    ),
    (
        "a picture of another site",
        hearing(body="![A](https://x.example/a.png)\n"),
        "address-refused",
        8,
        6,
        "put the picture",
    ),
    ("a zero-width space", hearing(body="A\u200bb.\n"), "hidden-character", 8, 2, "U+200B|delete it"),
    (
        "Windows-1252",
        hearing(body="Café.\n").encode("cp1252"),
        "not-utf-8",
        8,
        4,
        "“é” if the file was saved as Windows-1252",
    ),
    ("UTF-16", hearing().encode("utf-16"), "not-utf-8", 1, 1, "the file is UTF-16|save the file as UTF-8"),
    ("the line ends of old Macs", hearing().replace("\n", "\r"), "hidden-character", 1, 1, "with line ends LF or CRLF"),
]
ENTRIES = [*DATES, *FENCES, *YAML, *FIELDS, *TEXTS]
# What was done; path and file; code, line, column; words. These stand beside what is right, or in its place.
FILES: list[tuple[str, str, str, str, int, int, str]] = [
    ("one id twice", "entries/2021/other.md", hearing(), "id-taken", 2, 1, "choose another id, or remove one"),
    ("the wrong folder", "hearing.md", hearing(), "file-unread", 0, 0, "move it to content/entries/"),
    ("a slip in the folder", "entires/2020/a.md", hearing(), "file-unread", 0, 0, "did you mean `content/entries/`?"),
    (".markdown", "entries/2020/a.markdown", hearing(), "file-unread", 0, 0, "rename it to `a.md`"),
    (".txt hidden by Windows", "entries/2020/b.md.txt", hearing(), "file-unread", 0, 0, "rename it to `b.md`"),
    ("a table", "sources/s.csv", "a;b\n", "file-unread", 0, 0, "bring a table in with `import`"),
    ("a word processor's file", "entries/2020/c.docx", "PK", "file-unread", 0, 0, "save it as plain text"),
    ("capitals in the name", "entries/2020/Raid.md", hearing(), "file-name", 0, 0, "rename the file to `raid.md`"),
    ("spaces in the name", "entries/2020/a raid.md", hearing(), "file-name", 0, 0, "rename the file to `a-raid.md`"),
    ("accents in the name", "entries/2020/müller.md", hearing(), "file-name", 0, 0, "rename the file to `muller.md`"),
    ("the other ending", "glossary.yml", "[]", "file-unread", 0, 0, "did you mean `content/glossary.yaml`?"),
    ("sources as a list", "sources/b.yaml", "- id: x\n", "registry-shape", 1, 1, "write `key-of-the-source:`"),
    ("a source's date", "sources/c.yaml", "c: {title: A, date: 2014}\n", "unknown-field", 1, 15, "mean `issued`?"),
    ("a capital in a key", "sources/d.yaml", "D_2: {title: A}\n", "value-invalid", 1, 1, "write `d-2`"),
    ("a colon in a source's title", "sources/e.yaml", "e:\n  title: A: b\n", "yaml-syntax", 2, 11, '`title: "A: b"`'),
    ("a perspective", "sources/f.yaml", "f: {title: A, perspective: left}\n", "not-a-choice", 1, 28, "one of: indep"),
    ("a phase that goes on", "phases/fall.md", "---\nlabel: F\nfrom: 2019\nto: present\ncolour: teal\nshape: plus\n---",
     "date-invalid", 4, 5, "write `..` while it lasts"),
    ("a space in thousands", "series/a.yaml", "title: A\npoints:\n  - {date: 2014, value: 10 000, estimator: b}\n",
     "value-invalid", 3, 25, "write `10000`"),
    ("a country by its name", "places.yaml", "- {id: a, name: A, country_code: Iraq}\n",
     "value-invalid", 1, 34, "such as IQ"),
    ("a record without an id", "actors.yaml", "- name: A\n", "field-missing", 1, 3, "add a line `id: …`"),
]  # fmt: skip
MEMO = Memo()


def findings(files: Mapping[str, str | bytes]) -> Sequence[Diagnostic]:
    return load(inputs({**RIGHT, **files}), Options(), MEMO)[1]


def told(found: Diagnostic, words: str) -> bool:
    """Whether all pieces of the words stand in the message or the hint."""
    return all(piece in f"{found.message}; {found.hint}" for piece in words.split("|") if piece != "write")


def test_what_is_right() -> None:
    """What the rows spoil is right: nothing that can be mended is told of it."""
    assert {found.code for found in findings({PATH: hearing()})} <= {"inline-record", "rests-on-one-voice"}


@pytest.mark.parametrize(("name", "text", "code", "line", "column", "words"), ENTRIES)
def test_mistake(name: str, text: str | bytes, code: str, line: int, column: int, words: str) -> None:
    """A slip in an entry is told by its own code, at its place, with what to write instead."""
    found = [item for item in findings({PATH: text}) if item.code == code]
    assert found, name
    where = found[0].location
    assert (where.path, where.line, where.column) == (f"content/{PATH}", line, column)
    assert told(found[0], words), f"{found[0].message}; {found[0].hint}"


@pytest.mark.parametrize("row", FILES, ids=lambda row: row[0])
def test_mistaken_file(row: tuple[str, str, str, str, int, int, str]) -> None:
    """The same for names of files, and for files that are no entries."""
    name, path, text, code, line, column, words = row
    found = [item for item in findings({path: text}) if (item.code, item.location.path) == (code, f"content/{path}")]
    assert found, name
    assert (found[0].location.line, found[0].location.column) == (line, column)
    assert told(found[0], words), f"{found[0].message}; {found[0].hint}"


@pytest.mark.parametrize(
    ("fields", "code", "line", "column", "words"),
    [
        ("tags: Courts", "value-invalid", 4, 7, "`tags: {courts: Courts}`"),
        ("tags: [Courts, The Press]", "value-invalid", 4, 7, "`tags: {courts: Courts, the-press: The Press}`"),
        ("tags:\n  - law: Courts", "value-invalid", 5, 3, "delete the hyphens"),
        ("tags:\n  law:", "value-empty", 5, 3, "write its value behind the colon"),
        ("licence: CC-BY-4.0", "value-invalid", 4, 10, "{id: CC-BY-4.0, name: …, url: …}"),
        ("regions: world", "value-invalid", 4, 10, "[{id: world, label: World, bbox: [-130"),
        ("regions:\n  - {id: a, label: A, bbox: 1 2 3 4.5}", "value-invalid", 5, 29, "[1, 2, 3, 4.5]"),
        ("scripts: ar", "value-invalid", 4, 10, "{Arab: ar}"),
        ("checks: strict", "value-invalid", 4, 9, "{uncited-sentence: error}"),
        ("corrections: {url: here}", "value-invalid", 4, 20, "beginning with https://"),
    ],
)
def test_mistaken_site(fields: str, code: str, line: int, column: int, words: str) -> None:
    """The same for the file of the site, where a word stands for a group of fields or a list."""
    (found,) = [item for item in findings({"site.yaml": f"{SITE}{fields}\n"}) if item.code == code]
    assert (found.location.line, found.location.column) == (line, column)
    assert told(found, words), f"{found.message}; {found.hint}"
    assert "key of a source" not in found.hint


# A file of sources that cannot be read holds keys that nobody knows; beside it no key is called unknown.
UNREADABLE = {"sources/b.yaml", "sources/e.yaml"}


@pytest.mark.parametrize("without", [UNREADABLE, set()], ids=["all but two", "all"])
def test_all_at_once(without: set[str]) -> None:
    """Of all the mistakes in one site, each is told in one run."""
    given = [row for row in FILES if row[1] not in without]
    files: dict[str, str | bytes] = {f"entries/2020/m{n}.md": row[1] for n, row in enumerate(ENTRIES)}
    files |= {path: f"{RIGHT[path]!s}{text}" if path in RIGHT else text for _, path, text, *_ in given}
    wanted = [(f"content/entries/2020/m{n}.md", row[2], row[5]) for n, row in enumerate(ENTRIES)]
    wanted += [(f"content/{path}", code, words) for _, path, _, code, _, _, words in given]
    every = findings(files)
    missing = {
        code
        for path, code, words in wanted
        if not any((item.location.path, item.code) == (path, code) and told(item, words) for item in every)
    }
    assert missing == (set() if without else {"unknown-source"})
    assert len(wanted) >= 120


CHOICES = "born: [1960..1962], died: [2001,2003], active_from: [1980..], active_to: [..2003]"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (
            "actors.yaml",
            f"- {{id: a, name: A, {CHOICES}, aliases: [{{name: B, from: [1960..1962], to: [1970,1971]}}]}}",
        ),
        ("phases/fall.md", "---\nlabel: F\nfrom: [2018..2019]\nto: [2021,2022]\ncolour: teal\nshape: plus\n---\n"),
        ("spans.yaml", "- {actor: christopher-miller, pledged: [2014..2015], ended_or_changed: [2017..2018]}"),
        ("sources/z.yaml", "z: {title: Z, issued: [2014..2015], accessed: [2016,2017]}"),
    ],
)
def test_a_choice_of_dates_needs_no_quotes(path: str, text: str) -> None:
    """Wherever a date can stand, brackets are a choice of dates as they are typed, as docs/dates.md says."""
    given = {path: text} if path == "actors.yaml" else {path: text, PATH: hearing()}
    assert [item.message for item in findings(given) if item.code in ("value-invalid", "date-invalid")] == []
