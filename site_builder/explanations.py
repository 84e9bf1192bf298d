"""What each code of a finding means, with a wrong and a right example: for `check --explain` and docs/errors.md.

An example is a few lines of an entry's fields or text, or a whole file; where none can show it (a link, a pipe, a file
of a megabyte), words say what is wrong and what is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from site_builder.diagnostics import CHECKS, did_you_mean

FIELDS, TEXT, WORDS, IMPORT = "fields", "text", "words", "import "
_NOT_TAKEN = frozenset({"import-empty", "import-refused", "import-taken"})  # all else that `import` tells is a warning


@dataclass(frozen=True, slots=True)
class Explanation:
    """`where`: FIELDS or TEXT of an entry, the path of a file below content/ or templates/, IMPORT and the name of a
    file that is brought in, or WORDS.
    """

    code: str
    where: str
    meaning: str
    wrong: str
    right: str

    @property
    def severity(self) -> str:
        told = self.code.startswith(IMPORT.rstrip()) and self.code not in _NOT_TAKEN
        return str(CHECKS.get(self.code, "warning" if told else "error"))


@cache
def explanations() -> Mapping[str, Explanation]:
    """All of them, by code, in the order of the alphabet."""
    found = (_read(block) for block in _ALL.strip().split("\n\n"))
    return {one.code: one for one in sorted(found, key=lambda one: one.code)}


def _read(block: str) -> Explanation:
    head, *lines = block.split("\n")
    code, _, where = head.partition(" · ")
    words = [line for line in lines if line[:1] not in "-+"]
    wrong, right = ([line[2:] for line in lines if line[:1] == sign] for sign in "-+")
    return Explanation(code, where, " ".join(words), "\n".join(wrong), "\n".join(right))


def explain(code: str) -> tuple[Explanation | None, str]:
    """The explanation of a code, or what to ask for instead."""
    known, code = explanations(), code.strip().lower()
    if code in known:
        return known[code], ""
    akin = [f"`{each}`" for each in known if code in each]
    hint = f"codes with that in them: {', '.join(akin)}" if akin else "`check --explain` lists all codes"
    return None, did_you_mean(code, known) or hint


def listed() -> Iterator[str]:
    """Every code with its severity, for a terminal."""
    width = max(map(len, explanations()))
    for one in explanations().values():
        yield f"{one.code:<{width}}  {one.severity}"


_PLACES = {FIELDS: "in the fields of an entry", TEXT: "in the text of an entry", WORDS: ""}
_LANGUAGES = {TEXT: "markdown", "html": "html", "csv": "text", "bib": "bibtex"}  # of the examples; otherwise YAML


def _place(where: str, mark: str = "") -> str:
    """Where an example stands; `mark`: around the name of a file."""
    path = where.removeprefix(IMPORT)
    return _PLACES.get(
        where, f"{'in ' if path != where else ''}{mark}{path}{mark}{' to import' if path != where else ''}"
    )


def in_words(one: Explanation) -> Iterator[str]:
    """An explanation as lines for a terminal."""
    yield f"{one.code} ({one.severity})"
    yield ""
    yield one.meaning
    place = _place(one.where)
    for title, example in (("Wrong", one.wrong), ("Right", one.right)):
        yield ""
        yield f"{title}{f', {place}' if place else ''}:"
        yield from (f"    {line}" for line in example.split("\n"))
    if one.code in CHECKS:
        yield ""
        yield f'It stops no build. `checks: {{{one.code}: …}}` in site.yaml makes it error, warning, info or "off".'


_INTRODUCTION = """\
# What the messages mean

<!-- Made from site_builder/explanations.py; a test compares them. -->

Every message of `check`, `build` and `import` has a code: `--format json` (of `import`: `--report json`) shows it, the
summary of `check` counts by it, and `python3 build.py check --explain CODE` prints the part of this page that is about
it. An **error** stops the build: nothing is written, and the last good site stays. A **warning** or an **info** stops
nothing; `checks` in `site.yaml` sets how severe each of these is and allows single ones
([fields.md](fields.md#checks)). In a draft every error is a warning, unless you build with `--drafts`.

`--format json` prints one object a line: `path`, `line`, `column` (from 1, in characters; 0 where there is none),
`severity`, `code`, `message` and `hint`. Of a flood that would take more than 1.8 MB ([limits.md](limits.md)), the rest
is counted at the end: for each code and severity an object with an empty `path` and the number in `left_out`.
"""


def page() -> str:
    """docs/errors.md."""
    parts = [_INTRODUCTION]
    for one in explanations().values():
        place = _place(one.where, "`")
        parts.append(f"## {one.code}\n\n*{one.severity}* · {one.meaning}\n")
        if one.where == WORDS:
            parts.append(f"- Wrong: {one.wrong}\n- Right: {one.right}\n")
            continue
        language = _LANGUAGES.get(one.where.rpartition(".")[2], "yaml")
        for title, example in (("Wrong", one.wrong), ("Right", one.right)):
            parts.append(f"{title}, {place}:\n\n````{language}\n{example}\n````\n")
    return "\n".join(parts)


# A block for each code: `code · where`, what it means, then `-` before the lines of the wrong example and `+` before
# those of the right one. The examples may use what `_GIVEN` in the tests of this module holds.
_ALL = """
address-refused · text
A link or picture leads to an address that cannot stand in a text: a script, a file outside the site, a page by its
path. Records are linked by their ids, files lie in content/media/.
- See [the other day](/entries/other.html).
+ See [the other day](entry:other).

alias-taken · fields
An old address of the entry is the address of an entry that is there, or another entry claims it too. An address
leads to one page.
- aliases: other
+ aliases: hearing-of-2020

alt-missing · text
A picture has no words for those who cannot see it. Say what it shows, not that it is a picture.
- ![](media/chart.png)
+ ![The number of hearings a year, rising from 3 to 12](media/chart.png)

base-url-missing · site.yaml
The site does not know where it will be published, so it has no feeds, no sitemap and no canonical links.
- id: test
- title: A test
+ id: test
+ title: A test
+ base_url: https://example.org/timeline/

bibtex-syntax · sources/b.bib
A bibliography in BibTeX cannot be read: a comma, a quotation mark or a brace is missing, or one is too many.
- @misc{court-2016,
-   title = {Judgment}
-   year = {2016},
- }
+ @misc{court-2016,
+   title = {Judgment},
+   year = {2016},
+ }

cells-lost · text
A row of a table has more cells than the heading of its table, so readers do not see those at its end.
- | Year | Hearings |
- |------|----------|
- | 2019 | 3 | Geneva |
+ | Year | Hearings | Where |
+ |------|----------|-------|
+ | 2019 | 3 | Geneva |

citation-malformed · text
A citation begins like one and cannot be read. It is an @ and the key of a source, then a comma and a page if you
have one; several are parted by semicolons.
- It was said so [@report p. 12].
+ It was said so [@report, p. 12].

citation-unmarked · text
The key of a source stands in the text without its signs, so that readers see the key and no note.
- It was said so (@report).
+ It was said so [@report].

claim-without-basis · fields
A claim says who is responsible, and not on what ground (`basis`) or by what source (`cites`).
- claims:
-   - {by: The army, stance: asserts, about: responsibility, statement: It was them.}
+ claims:
+   - {by: The army, stance: asserts, about: responsibility, basis: alleged, statement: It was them., cites: [report]}

content-missing · words
There is no folder `content`, or not the one that `--content` names. Nothing can be built.
- The command is run in another folder than the one that holds `content`.
+ The command is run in the folder of the repository, or with `--content DIR`.

content-too-large · words
There are more files than are read, or more pages of your own or phases. A site of texts needs far fewer.
- A folder of photographs in full size lies in `content/media/`.
+ `content/media/` holds only the files that a page shows.

coordinate-missing · places.yaml
A place has a latitude or a longitude, and not both. One of them is no point on a map.
- - {id: hilltown, name: Hilltown, lat: 38.9}
+ - {id: hilltown, name: Hilltown, lat: 38.9, lon: -77.0}

coordinates-exchanged · places.yaml
A place lies far from all others of its country, and near one of them with `lat` and `lon` exchanged. Latitude
(north) comes first on most maps.
- - {id: hilltown, name: Hilltown, country_code: US, lat: 38.9, lon: -77.0}
- - {id: dale, name: Dale, country_code: US, lat: 38.8, lon: -77.1}
- - {id: milltown, name: Milltown, country_code: US, lat: -76.2, lon: 39.1}
+ - {id: hilltown, name: Hilltown, country_code: US, lat: 38.9, lon: -77.0}
+ - {id: dale, name: Dale, country_code: US, lat: 38.8, lon: -77.1}
+ - {id: milltown, name: Milltown, country_code: US, lat: 39.1, lon: -76.2}

date-after-published · fields
The entry tells of a day after the one on which it was published. One of the two dates is a slip, most often in the
year.
- date: 2202-09-17
- published: 2026-01-02
+ date: 2020-09-17
+ published: 2026-01-02

date-invalid · fields
A date is not written as dates are here: year first, with hyphens, as far as it is known. docs/dates.md shows every
form.
- date: 17.09.2020
+ date: 2020-09-17

dead-anchor · text
A link leads to a place in a page that the page does not have. A heading's place is its words in small letters, with
hyphens; the message names that of a heading in other letters than Latin ones.
- See [what came after](entry:other#afterwards).
+ See [what came after](entry:other).

dead-link · text
A link or picture leads to a file or page that this site does not have.
- See [the chart](media/cart.png).
+ See [the chart](media/chart.png).

field-missing · fields
A field is missing without which the record says nothing.
- title:
+ title: Hearing

figure-unrecorded · text
A number of dead, wounded or displaced stands in the text, and no row of `casualties` has it, so tables and exports
do not know it. (English only.)
- At least 30 people were killed [@report].
+ Nobody was hurt [@report].

file-changing · words
A file kept changing while it was read: another program is writing it.
- A program saves the file again and again during the build.
+ The file is saved, and then the site is built.

file-hidden · words
Names that begin with a full stop are hidden, and such files are not read.
- `content/entries/2020/.hearing.md`
+ `content/entries/2020/hearing.md`

file-link · words
Links to files and folders are not followed, as they may lead out of the repository.
- `hearing.md` is a link (alias, shortcut) to a file elsewhere.
+ `hearing.md` is the file itself.

file-name · entries/2020/The Hearing.md
A file's name cannot be an address. It takes a to z, 0 to 9 and single hyphens.
- The file is called `The Hearing.md`.
+ The file is called `the-hearing.md`.

file-name-clash · words
Two names differ only in capitals or in how an accent is stored. On other systems they are one name.
- `Hearing.md` and `hearing.md` in one folder
+ `hearing.md` and `second-hearing.md`

file-special · words
A name in the folder is no file with text or media in it, but a pipe, a socket or a device.
- `raid.md` is a pipe.
+ `raid.md` is a text file.

file-too-large · words
A file is larger than is read.
- An entry of more than 1 MiB.
+ Several entries, each about one event.

file-unread · words
A file is of no kind that is read: a wrong ending, a wrong folder, a slip in the folder's name.
- `content/entries/2020/hearing.txt` or `content/hearing.md`
+ `content/entries/2020/hearing.md`

file-unreadable · words
The system refuses to give the file.
- A file that only another user may read.
+ A file that you may read.

file-vanished · words
A file was there when the folder was listed and gone when it was read.
- A file is renamed during the build.
+ The site is built again.

folder-depth · words
Folders lie too deep in each other to be read.
- `content/media/a/b/c/…` more than 16 folders deep
+ `content/media/2020/chart.png`

front-matter-missing · entries/2020/hearing.md
A file does not begin with `---`, so its fields cannot be told from its text. A dash of a word processor is no hyphen.
- title: Hearing
- date: 2020-09-17
-
- What happened.
+ ---
+ title: Hearing
+ date: 2020-09-17
+ ---
+ What happened.

front-matter-not-fields · entries/2020/hearing.md
What stands between the two `---` is no list of fields.
- ---
- title = Hearing
- date = 2020-09-17
- ---
- What happened.
+ ---
+ title: Hearing
+ date: 2020-09-17
+ ---
+ What happened.

front-matter-too-large · words
The fields have more characters than any list of fields.
- The whole report stands in `summary`.
+ `summary` has two sentences; the rest stands below the second `---`.

record-too-large · words
A record has more characters, or a list in it more items, than any needs: it would stand so on every page that names it.
- A source whose title is its whole text.
+ A source with its title; what it says stands in an entry, with a citation.

front-matter-unclosed · entries/2020/hearing.md
The fields are opened by `---` and not closed.
- ---
- title: Hearing
- date: 2020-09-17
-
- What happened.
+ ---
+ title: Hearing
+ date: 2020-09-17
+ ---
+ What happened.

grade-reason-missing · fields
The grade is set by hand, and readers are not told why.
- grade: single-source
+ grade: single-source
+ grade_reason: Both papers carry one agency's report.

grade-without-effect · fields
A grade is set by hand that does not count. By hand a grade can only be lowered, and a dispute is recorded as a claim.
- grade: corroborated
- grade_reason: It is well known.
+ grade: single-source
+ grade_reason: Both papers carry one agency's report.

hidden-character · text
A character that nobody can see stands in the text. It came along with copied text, or it hides something; a
reviewer would be misled.
- What\u200b happened.
+ What happened.

id-mistyped · fields
A name is a recorded id but for a capital, a sign or a word beside it, so that a new person or place is made of it.
- actor: Neil-Armstrong
+ actor: neil-armstrong

id-taken · actors.yaml
Two records have one id.
- - {id: neil-armstrong, name: Neil Armstrong}
- - {id: neil-armstrong, name: Another}
+ - {id: neil-armstrong, name: Neil Armstrong}
+ - {id: another-miller, name: Another}

import-changed · import events.csv
Something could not be brought in as it stands there, and the message says what was made of it. The entry is written.
- date,title,text,source
- 2014-06-10,Hearing,It began.<script>count()</script>,https://example.org/report
+ date,title,text,source
+ 2014-06-10,Hearing,It began.,https://example.org/report

import-correction · words
A filed form reports a mistake. Nothing is written, since only an editor can judge it.
- The form is imported, and the entry left as it is.
+ The entry is mended, with a line under `revisions`, if the sources bear it out.

import-empty · import events.csv
There is nothing in the file or folder that could be brought in.
- date,title,source
+ date,title,source
+ 2014-06-10,Hearing,https://example.org/report

import-kept · import events.csv
A column is known as no field of an entry, so that each entry keeps its value under a name that begins with `x_`. The
option `--map field=name` says where it belongs.
- date,title,source,chairman
- 2014-06-10,Hearing,https://example.org/report,A. Writer
+ date,title,source,actor
+ 2014-06-10,Hearing,https://example.org/report,A. Writer

import-no-event · import events.csv
The title or an era of TimelineJS is no event. What it says belongs into `site.yaml`, or into a phase.
- Year,Headline,Type
- ,The committee,title
- 2014,Hearing,
+ Year,Headline,Type
+ 2014,Hearing,

import-no-text · words
The texts of entries lie in a table of their own, and it does not lie beside the one that is brought in.
- `entries.csv` is imported from a folder without `texts.csv`.
+ Both lie in one folder, or `data/entries.json` is imported.

import-phase · import events.csv
The file does not say in which phase an event is: it was taken from the date, or the entry is a draft where the date is
in none.
- date,title,source
- 2014-06-10,Hearing,https://example.org/report
+ date,title,source,phase
+ 2014-06-10,Hearing,https://example.org/report,rise

import-private · import library.bib
A bibliography has fields that are for its owner alone: paths, notes, keywords. The site shows them nowhere, but the
copy in `content/sources/` has them, and whoever sees your repository sees it too.
- @book{writer2017,
-   title = {A book},
-   file = {/home/writer/book.pdf},
- }
+ @book{writer2017,
+   title = {A book},
+ }

import-refused · import events.csv
A row, an item or a file cannot be an entry; the message says why. It is left out, and the others are written.
- date,title,source
- soon,Hearing,https://example.org/report
+ date,title,source
+ 2014-06-10,Hearing,https://example.org/report

import-source · import events.csv
An entry has come without a source. A timeline here is one that can be checked.
- date,title,source
- 2014-06-10,Hearing,
+ date,title,source
+ 2014-06-10,Hearing,https://example.org/report

import-taken · import events.csv
There is an entry, a source or a file of this name already, and none is written over.
- id,date,title,source
- hearing,2014-06-10,Hearing,https://example.org/report
+ id,date,title,source
+ second-hearing,2014-06-10,Hearing,https://example.org/report

inline-record · fields
An actor, a place or a source is written out in an entry. It works, and other entries cannot share what is said of it.
- actor: The Committee
+ actor: neil-armstrong

json-syntax · sources/b.json
A bibliography in CSL-JSON cannot be read: a comma, a quotation mark or a bracket is missing, or one is too many.
- [{"id": "court-2016", "title": "Judgment" "type": "legal_case"}]
+ [{"id": "court-2016", "title": "Judgment", "type": "legal_case"}]

language-missing · site.yaml
The interface has no words for the site's language.
- id: test
- title: A test
- language: tlh
+ id: test
+ title: A test
+ language: en

link-without-words · text
Nothing stands between the first brackets of a link, so readers do not see it.
- See [](entry:other).
+ See [the other day](entry:other).

mixed-script · fields
A word has letters of two scripts that look alike, such as a Cyrillic “а” among Latin letters. Search does not
find it, and a reader takes it for another word.
- title: Tаlks in Geneva
+ title: Talks in Geneva

not-a-choice · fields
The field takes one of a few words, and this is none of them.
- status: publish
+ status: published

not-utf-8 · words
A file is stored in another encoding than UTF-8, so its letters cannot be known.
- The file is saved as Windows-1252, Latin-1 or “Unicode”.
+ The file is saved as UTF-8 (*Save as*, or *Save with encoding*).

outlines-invalid · templates/map/world.json
The outlines from which maps are drawn cannot be read.
- {"grid": 10, "arcs": [[0, 0, 1]], "countries": [], "land": []}
+ {"grid": 10, "arcs": [], "countries": [], "land": []}

outside-link · text
The text links to another site. Evidence belongs into a source, where it can be weighed, archived and cited.
- It was [reported](https://example.org/report).
+ It was reported [@report].

path-clash · pages/index.md
Two pages would have one address, often a page of yours and one of the builder's.
- The file is called `index.md`.
+ The file is called `about.md`.

perpetrator-link · sources/b.yaml
A source is the perpetrator's own text. Its address is kept and never linked.
- statement: {title: Statement, url: "https://front.example/", perspective: perpetrator}
+ statement: {title: Statement, perspective: perpetrator}

published-missing · fields
The entry does not say when it was first public, so feeds cannot tell that it is new.
- published:
+ published: 2026-01-02

range-reversed · fields
A lowest figure is above the highest, or the best lies outside of both.
- casualties: {harm: wounded, min: 30, max: 12}
+ casualties: {harm: wounded, min: 12, max: 30}

reference-empty · fields
An actor, place or source has neither an id nor a name.
- actor: {role: speaker}
+ actor: {id: neil-armstrong, role: speaker}

registry-shape · actors.yaml
A file has another shape than is read: a list of records, sources by their keys, or fields.
- neil-armstrong:
-   name: Neil Armstrong
+ - id: neil-armstrong
+   name: Neil Armstrong

related-to-itself · fields
The entry is related to itself.
- related: hearing
+ related: other

related-withdrawn · fields
The entry is related to one that is withdrawn, where readers find nothing.
- related: gone
+ related: other

repeated-key · fields
A field stands twice, or in both its spellings (`source` and `sources`); only one could count.
- summary: One.
- summary: Two.
+ summary: One. Two.

rests-on-one-voice · fields
All sources of the entry speak with one voice: they are one publisher's, or carry one agency's text.
- source: report
+ source: [report, paper]

retraction-unexplained · fields
The entry is retracted, and its revisions do not say why.
- status: retracted
+ status: retracted
+ revisions:
+   - {date: 2026-02-03, kind: retraction, summary: The report was withdrawn by its paper.}

shown-as-typed · text
Something is meant as mark-up and is none here: HTML, a footnote, a bare address, a list with signs of a word
processor, a table without its rule, mark-up in a field. Readers see it as you typed it.
- It <b>happened</b> [@report].
- • One hearing
- • Another one
+ It **happened** [@report].
+ - One hearing
+ - Another one

site-missing · words
There is no `content/site.yaml`, so the site has no name.
- `content/` without `site.yaml`
+ `content/site.yaml` with at least `id: my-site` and `title: My timeline`

source-missing · fields
The entry rests on no source.
- source:
+ source: report

source-unused · sources/b.yaml
Nothing cites the source.
- forgotten: {title: A forgotten report, url: "https://example.org/forgotten"}
+ {}

tag-near-duplicate · site.yaml
Two tags differ by case, a hyphen or a plural only. Readers would find half of the entries under each.
- id: test
- title: A test
- tags: {attack: Attacks, attacks: Assaults, law: Courts}
+ id: test
+ title: A test
+ tags: {attack: Attacks, law: Courts}

template-error · templates/page.html
A template of the look asks for something that there is not, or is not valid Jinja.
- {% extends "base.html" %}{% block main %}{{ page.titel }}{% endblock %}
+ {% extends "base.html" %}{% block main %}{{ page.title }}{% endblock %}

templates-missing · words
There is no folder `templates`, or not the one that `--templates` names.
- The command is run in another folder than the one that holds `templates`.
+ The command is run in the folder of the repository, or with `--templates DIR`.

text-cut-by-comment · fields
In a field, a # after a space begins a comment: the rest of the line is lost.
- summary: Raid #3 on the office.
+ summary: "Raid #3 on the office."

text-too-deep · words
Lists or quotations are nested deeper than can be read.
- A list in a list in a list, hundreds of times.
+ A list in a list.

text-too-large · words
A text has more brackets, table cells or bytes than any text needs.
- A thousand links in one entry.
+ Several entries, or a file in `content/media/`.

text-unwritten · text
The entry is no draft any more, and its text is still what `new` has put there to be replaced.
- What happened, who says so, what it changed, what is disputed.
+ The committee heard the witness in public.

title-long · fields
The title is too long for lists, cards and search results.
- title: The hearing of the committee on the threats to the homeland and to the world, with all that was said there
+ title: Hearing on worldwide threats

uncited-sentence · text
A sentence has no citation, so nobody can see who says so. (None is needed where the entry has one source and cites
nothing in its text.)
- It was said so [@report]. It was denied.
+ It was said so [@report]. It was denied [@paper].

unknown-actor · fields
There is no actor of this id in content/actors.yaml. A name is written with a capital letter.
- actor: christoper-miller
+ actor: neil-armstrong

unknown-check · site.yaml
`checks` names a finding that cannot be set.
- id: test
- title: A test
- checks: {titel-long: error}
+ id: test
+ title: A test
+ checks: {title-long: error}

unknown-entry · fields
There is no entry of this id that readers can see: a slip, or the other entry is a draft.
- related: otter
+ related: other

unknown-field · fields
A field of this name is not read here. Your own fields begin with `x_`. Beside the id of a record an entry says only
what is its own, such as a role or a locator; the rest stands in the record.
- sumary: What was said.
+ summary: What was said.

unknown-page · text
There is no page of this id in content/pages/.
- See [how we work](page:methods).
+ See [how we work](page:method).

unknown-phase · fields
There is no phase of this id in content/phases/.
- phase: rice
+ phase: rise

unknown-place · fields
There is no place of this id in content/places.yaml. A name is written with a capital letter.
- location: washington
+ location: washington-dc

unknown-source · text
There is no source of this key in content/sources/.
- It was said so [@reprot].
+ It was said so [@report].

unknown-tag · fields
The tag is not among the tags of site.yaml. They are a closed list, so that no subject is written in two ways.
- tags: [laws]
+ tags: [law]

unknown-term · text
There is no term of this id in content/glossary.yaml.
- A [hearing](term:haering) is public.
+ A [hearing](term:hearing) is public.

value-empty · fields
A list has a hyphen with nothing behind it, or an id in a group such as `tags` has no words.
- tags:
-   - law
-   -
+ tags:
+   - law

value-invalid · fields
A value is not of the kind that the field takes: a number, an id, an address, a day, one text.
- significance: high
+ significance: 1

yaml-alias · fields
A value begins with & or *, which are signs of YAML.
- summary: *hearing
+ summary: "*hearing*"

yaml-depth · fields
Values are nested deeper than any field needs.
- x_tree: [[[[[[deep]]]]]]
+ x_tree: [deep]

yaml-documents · actors.yaml
A second line `---` begins another document in a registry.
- - {id: neil-armstrong, name: Neil Armstrong}
- ---
- - {id: witness, name: The witness}
+ - {id: neil-armstrong, name: Neil Armstrong}
+ - {id: witness, name: The witness}

yaml-key · fields
The name of a field is a list or a group.
- ? [a, b]
- : c
+ x_a: c

yaml-merge · fields
Merge keys (`<<`) are not read.
- <<: {summary: What was said.}
+ summary: What was said.

yaml-syntax · fields
The fields cannot be read: a colon in a value without quotes, a quotation mark that is not closed, a tab, a line out
of its column.
- summary: The witness said: nothing.
+ summary: "The witness said: nothing."

yaml-tag · fields
A value begins with !, which is a sign of YAML.
- summary: !important What was said.
+ summary: "!important What was said."

year-outside · text
A year in the text lies far from the date of the entry. Often that is background, now and then a slip.
- The committee met in 2002.
+ The committee met in 2020.
"""
