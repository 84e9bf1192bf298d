"""Sources as reference managers export them: read by the builder, handed on by its exports."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pybtex.database import parse_string

from site_builder.bibliographies import bibtex, ris
from site_builder.bibtex import read_bibtex
from site_builder.citations import csl
from site_builder.csl import edtf
from site_builder.dates import parse
from site_builder.diagnostics import Severity
from site_builder.jsontext import read_json
from site_builder.latex import decode
from site_builder.memo import Memo
from site_builder.model import Author, Source
from site_builder.reading import Read, read_file
from site_builder.typography import Typography
from tests.driver import entry, site
from tests.sources import COURT, HOSTILE_TEXT, PAPER


def read(text: str, name: str = "a.json") -> Read:
    return read_file(f"content/sources/{name}", text.encode(), Typography(), Memo())


def sources(text: str, name: str = "a.json") -> list[Source]:
    """The sources of a file without a fault."""
    found = read(text, name)
    assert found.findings == ()
    return [record.value for record in found.records]


def items(*given: dict[str, Any]) -> str:
    """As Zotero writes it: indented by tabs."""
    return json.dumps(given, indent="\t", ensure_ascii=False)


# One item with every kind of value that CSL-JSON has: texts, numbers, names with all their parts, dates, ours, others'.
ITEM: dict[str, Any] = {
    "id": "smith-2014",
    "type": "article-journal",
    "title": "The raid, seen again",
    "container-title": "Journal of Raids",
    "publisher": "Hill Press",
    "publisher-place": "Hilltown",
    "author": [
        {"family": "Beethoven", "given": "Ludwig", "non-dropping-particle": "van"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {"literal": "The Wire"},
    ],
    "editor": [{"family": "Doe", "given": "Jan"}],
    "issued": {"date-parts": [[2014, 6]]},
    "accessed": {"date-parts": [[2026, 1, 2]]},
    "original-date": {"date-parts": [[1990]]},
    "volume": 12,
    "issue": "3",
    "page": "10-12",
    "DOI": "10.5555/12345678",
    "ISSN": "1234-5678",
    "abstract": "What was seen.",
    "language": "en",
    "URL": "https://journal.example/raid_1",
    "note": "Front page.",
    "custom": {"perspective": "academic", "kind": "study", "license": "CC-BY-4.0"},
}


def test_csl_round_trip() -> None:
    """CSL-JSON in and out again keeps every field, to the value."""
    (found,) = sources(items(ITEM))
    assert csl(found) == ITEM


# The properties of the schema of CSL-JSON (1.0.2) by their kind, but for `citation-key`, which is the id here, and for
# `annote` and `keyword`, which are for those who work with the library alone.
TEXTS = """
    abstract archive archive_collection archive_location archive-place authority call-number citation-label
    collection-title container-title container-title-short dimensions division DOI event event-place event-title genre
    ISBN ISSN journalAbbreviation jurisdiction medium note original-publisher original-publisher-place
    original-title part-title PMCID PMID publisher publisher-place references reviewed-genre reviewed-title scale
    section shortTitle source status title title-short version volume-title volume-title-short year-suffix
"""
NUMBERS = """
    chapter-number citation-number collection-number edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first part printing supplement volume
"""
PEOPLE = """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director executive-producer guest host illustrator interviewer narrator organizer original-author
    performer producer recipient reviewed-author script-writer series-creator translator
"""
DAYS = "accessed available-date event-date issued original-date submitted"


def test_every_variable_of_csl_comes_back() -> None:
    """A record with everything that CSL-JSON can carry goes in and out again as it was."""
    record: dict[str, Any] = {"id": "all", "type": "book", "URL": "https://book.example/", "language": "en"}
    record |= {name: f"A {name.lower()}" for name in TEXTS.split()}
    record |= {name: n for n, name in enumerate(NUMBERS.split(), 1)}
    record |= {name: [{"family": name.title(), "given": "A."}] for name in PEOPLE.split()}
    record |= {name: {"date-parts": [[2014, 6, day]]} for day, name in enumerate(DAYS.split(), 1)}
    record |= {"categories": ["raids", "hills"], "custom": {"perspective": "academic", "theirs": "kept"}}
    (found,) = sources(items(record))
    assert csl(found) == record


def test_csl_means() -> None:
    """The fields of a record come from CSL's, the parts of a name are put together, and ours from `custom`."""
    (found,) = sources(items(ITEM))
    assert [(name.family, name.given, name.literal) for name in found.author] == [
        ("van Beethoven", "Ludwig", ""),
        ("King Jr.", "Martin", ""),
        ("", "", "The Wire"),
    ]
    assert (found.issued, found.accessed) == (parse("2014-06"), parse("2026-01-02"))
    assert (found.container_title, found.url) == ("Journal of Raids", "https://journal.example/raid_1")
    assert (found.perspective, found.kind) == ("academic", "study")


@pytest.mark.parametrize(
    "date",
    [
        *("2014", "2014-06", "2014-06-11", "2014~", "2014?", "2014-06/..", "2014/2016", "[2014-06..2014-08]"),
        *("199X", "2014-21", "2014-24", "-0043-03-15", "0000", "../2014", "2014-XX-XX", "Y12345"),
    ],
)
def test_own_export_comes_back(date: str) -> None:
    """Our own CSL-JSON, read again, gives the same records, with dates that CSL has no form for."""
    own = [PAPER, COURT, Source(id="a", title="A", issued=parse(date), accessed=parse(date), seen=False, no_link=True)]
    assert sources(json.dumps([csl(source) for source in own])) == own


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        # Zotero writes parts of dates as texts, citeproc writes an open end as 0 (citeproc-js manual, "Date fields")
        ({"date-parts": [["2014", "06", 11]]}, "2014-06-11"),
        ({"date-parts": [[2014, 6], [2014, 8]]}, "2014-06/2014-08"),
        ({"date-parts": [[2014], [0]]}, "2014/.."),
        ({"date-parts": [[2014]], "season": 1}, "2014-21"),
        # Zotero puts into `season` what its date has beside a year, citeproc-js takes 0 for a part that is not known
        ({"date-parts": [["2014"]], "season": "Spring"}, "2014-21"),
        ({"date-parts": [[2014, 6, 0]]}, "2014-06"),
        ({"date-parts": [[2014, 0, 0]]}, "2014"),
        ({"date-parts": [[2014], [0, 0, 0]]}, "2014/.."),
        ({"date-parts": [[2014]], "circa": True}, "2014~"),
        ({"date-parts": [[-44, 3, 15]]}, "-0043-03-15"),
        ({"raw": "June 11, 2014"}, "2014-06-11"),
        ({"literal": "c. 1914"}, "1914~"),
        ("2014-06~", "2014-06~"),
    ],
)
def test_csl_dates(value: Any, expected: str) -> None:
    """Every form that CSL has for a date is the same date in EDTF."""
    assert edtf(value) == expected


def test_a_record_of_crossref() -> None:
    """Nulls deep inside are no faults, an organisation keeps its name, each ISSN has its line in RIS."""
    names = [{"given": "Ann", "family": "Writer", "sequence": "first", "affiliation": []}, {"name": "The Org"}]
    fields = {
        "author": names,
        "published-print": {"date-parts": [[None]]},
        "link": [{"URL": "https://x.example/"}, None],
    }
    (found,) = sources(items({"id": "a", "title": "A", "ISSN": ["1234-5678", "2345-6789"], **fields}))
    assert found.author == (Author(family="Writer", given="Ann"), Author(literal="The Org"))
    assert csl(found)["author"] == [{"given": "Ann", "family": "Writer"}, {"literal": "The Org"}]
    lines = ris([found]).split("\r\n")
    assert [line for line in lines if line[:2] in ("AU", "SN")] == [
        *("AU  - Writer, Ann", "AU  - The Org,"),
        *("SN  - 1234-5678", "SN  - 2345-6789"),
    ]


def test_our_fields_in_the_note() -> None:
    """Users of a reference manager write our fields as lines of its note; the other lines stay the note."""
    note = (
        "perspective: court\nFront page.\norigin: the-wire\narchived: 2014-06-12 https://archive.example/1\nseen: false"
    )
    (found,) = sources(items({"id": "a", "title": "A", "note": note}))
    assert (found.perspective, found.origin, found.note, found.seen) == ("court", "the-wire", "Front page.", False)
    assert [(copy.url, str(copy.date)) for copy in found.archived] == [("https://archive.example/1", "2014-06-12")]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"id": "Smith_2014"}, "smith-2014"),
        ({"id": "müller_2016"}, "muller-2016"),
        ({"id": "http://zotero.org/users/1/items/AB12"}, "ab12"),
        ({"id": "http://zotero.org/users/1/items/AB12", "citation-key": "smithRaid2014"}, "smithraid2014"),
        ({"id": 7}, "7"),
    ],
)
def test_citekeys(fields: dict[str, Any], key: str) -> None:
    """A key of a reference manager becomes an id of ours, and what it was is kept, if it names no account."""
    (found,) = sources(items({"title": "A", **fields}))
    assert found.id == key
    out = csl(found)
    private = "zotero.org/users/" in str(fields["id"])  # it leads to a person
    assert (str(fields["id"]) in {out["id"], str(out.get("custom", {}).get("id"))}) is not private


def test_bibliographies_are_cited() -> None:
    """An entry cites a source of a .json or .bib file as it does any other; one key in two files is one too many."""
    files = {
        "sources/zotero.json": items({"id": "Gazette_2014", "title": "G", "URL": "https://gazette.example/"}),
        "sources/jabref.bib": "@book{Writer_2017, title = {W}}",
        "entries/a.md": entry(body="A [@gazette-2014; @writer-2017].\n"),
    }
    assert site(files).codes == []
    assert site({**files, "sources/b.yaml": "writer-2017: {title: W}\n"}).codes == ["id-taken"]


def test_broken_items_are_not_missing() -> None:
    """A citation of an item that is there and faulty is no unknown source."""
    files = {"sources/z.json": items({"id": "a"}), "entries/a.md": entry(body="A [@a].\n")}
    assert site(files).codes == ["field-missing"]


# -- BibTeX

BIB = r"""
% Encoding: UTF-8
@string{jr = "Journal of Raids"}
@comment{jabref-meta: databaseType:biblatex;}
@article{smith2014,
  author = {Smith, Ann and {The Wire} and van den Berg, Eva and King, Jr., Martin and others},
  editor = {Doe, Jan},
  title = {The {ISIL} raid \& its {\"o}ther name},
  journal = jr # ", new series",
  year = 2014, month = jun, day = 11,
  volume = 3, number = {2}, pages = {10--12},
  publisher = {Hill Press}, address = {Hilltown},
  doi = {10.5555/a_b}, issn = {1234-5678}, url = {https://journal.example/x_y},
  urldate = {2026-01-02}, abstract = {What was seen.},
  language = {english}, note = {Front page.},
}
@online{bbc, title = {Page}, organization = {BBC}, date = {2014-06~}, perspective = {state}, journaltitle = {News}}
"""


def as_text(value: str) -> str:
    """A value as pybtex gives it, without the marks of LaTeX; a hand-made list of those that stand in BIB."""
    for mark, plain in ((r"{\"o}", "ö"), (r"\&", "&"), (r"\_", "_"), ("{", ""), ("}", "")):
        value = value.replace(mark, plain)
    return value


def test_bibtex_round_trip() -> None:
    """BibTeX in and out again keeps type, names and every field, as pybtex reads both."""
    before = parse_string(BIB, "bibtex").entries
    after = parse_string(bibtex(sources(BIB, "a.bib")), "bibtex").entries
    assert list(after) == ["smith2014", "bbc"]
    for key, typed in before.items():
        found = after[key]
        assert found.type == typed.type
        assert {role: [as_text(str(name)) for name in names] for role, names in found.persons.items()} == {
            role: [as_text(str(name)) for name in names] for role, names in typed.persons.items()
        }
        kept = {name.lower(): as_text(found.fields.get(name, "")) for name in typed.fields}
        assert kept == {name.lower(): as_text(value) for name, value in typed.fields.items()}


# The fields of the manual of biblatex (3.20, 2.2.2 and 2.2.3), but for those that are said in two ways or are names,
# dates, numbers and addresses; these follow with a value of their kind. `annotation`, `file` and `keywords` are for
# those who work with the library alone.
BIBLATEX = """
    abstract addendum afterword booksubtitle booktitle booktitleaddon chapter commentator edition eid
    entrysubtype eprintclass eprinttype eventtitle eventtitleaddon foreword holder howpublished indextitle
    institution introduction isan isbn ismn isrn issn issue issuesubtitle issuetitle iswc journalsubtitle journaltitle
    label library location mainsubtitle maintitle maintitleaddon nameaddon note organization origlanguage
    origlocation origpublisher origtitle pagetotal pagination part publisher pubstate reprinttitle series shortjournal
    shortseries shorttitle subtitle titleaddon type venue version volumes
"""
KINDS = ("article", "book", "online", "report", "incollection", "inproceedings", "thesis", "misc")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_biblatex_comes_back(kind: str) -> None:
    """An entry of any type with every field goes in and out again with each of them."""
    given = {name: f"A {name}" for name in BIBLATEX.split()}
    given |= {
        "title": "T",
        "date": "2014-06-11",
        "urldate": "2026-01-02",
        "eventdate": "2013-01-02",
        "origdate": "1990",
    }
    given |= {"url": "https://x.example/a", "doi": "10.5555/a", "eprint": "1234.5678", "language": "english"}
    given |= {"pages": "10--12", "volume": "3", "number": "2"}
    text = f"@{kind}{{k, author = {{Doe, Jan}}, editor = {{Roe, Ann}}, translator = {{Poe, Una}},"
    text += ", ".join(f"{name} = {{{value}}}" for name, value in given.items()) + "}\n"
    before = parse_string(text, "bibtex").entries["k"]
    after = parse_string(bibtex(sources(text, "a.bib")), "bibtex").entries["k"]
    assert after.type == before.type
    assert {name: as_text(after.fields.get(name, "")) for name in before.fields} == dict(before.fields)
    assert [str(name) for name in after.persons["author"]] == ["Doe, Jan"]
    assert "Poe" in str(after.persons.get("translator") or after.fields.get("translator"))


def test_bibtex_means() -> None:
    """A record has the fields that it would have in our own files, and what else there is under CSL's names."""
    paper, page = sources(BIB, "a.bib")
    assert (paper.title, paper.type) == ("The ISIL raid & its öther name", "article-journal")
    assert (paper.container_title, paper.issued) == ("Journal of Raids, new series", parse("2014-06-11"))
    out = csl(paper)
    assert {name: out[name] for name in ("volume", "issue", "page", "DOI", "publisher-place")} == {
        "volume": "3",
        "issue": "2",
        "page": "10-12",
        "DOI": "10.5555/a_b",
        "publisher-place": "Hilltown",
    }
    assert out["author"][3] == {"family": "King", "given": "Martin", "suffix": "Jr."}
    assert (page.perspective, page.publisher, page.container_title) == ("state", "BBC", "News")


def test_bibtex_faults_stay_in_their_entry() -> None:
    """An entry that cannot be read is told with its line; those before and after it are there."""
    found = read("@misc{a, title={A}}\n@misc{b, title={B} year=1}\n@misc{c, title={C}}\n@misc{d,\n", "a.bib")
    assert [record.value.id for record in found.records] == ["a", "c"]
    assert [(item.code, item.location.line) for item in found.findings] == [("bibtex-syntax", 2), ("bibtex-syntax", 4)]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (r"{\'E}tat \textbf{un} \& deux", "État un & deux"),
        (r"\v{S}koda, \v Skoda, {\'\i}, \o{}, \ss", "Škoda, Škoda, í, ø, ß"),
        ("1939--1945 --- ``so'' no.~1", "1939–1945 — “so” no.\u00a01"),
        (r"\textbraceleft{}x\textbraceright{} \textbackslash{}y \_z", r"{x} \y _z"),
        (r"\input{/etc/passwd} \write18{id}", r"\input/etc/passwd \write18id"),
        (r"https://a.example/b\_c--d", "https://a.example/b_c--d"),
    ],
)
def test_latex(typed: str, plain: str) -> None:
    """Accents and signs become letters; a command that is not known stays what was typed, and is never run."""
    assert decode(typed) == plain


# -- What must do no harm


def test_perpetrators_keep_their_way_closed() -> None:
    """Of what a perpetrator published, no field that came with it is handed on: any of them may be an address."""
    fields = {"id": "a", "title": "A", "URL": "https://front.example/", "archive_location": "https://front.example/2"}
    (found,) = sources(items({**fields, "custom": {"perspective": "perpetrator", "mirror": "https://front.example/3"}}))
    assert "front.example" not in json.dumps(csl(found)) + bibtex([found])


def test_hostile_extras_are_inert() -> None:
    """Whatever comes along is one field of one record in BibTeX, whatever its name and its value."""
    extra = {"DOI": HOSTILE_TEXT, "x}, @comment{": "a", "file": "}}@misc{b,", "editor": [{"family": HOSTILE_TEXT}, 7]}
    found = Source(id="a", title="A", extra={**extra, "entrytype": "comment", "author": "x", "issued": {"a": 1}})
    entries = parse_string(bibtex([found]), "bibtex").entries
    assert list(entries) == ["a"]
    assert {"doi", "file", "title"} <= set(entries["a"].fields) <= {"doi", "file", "title", "issued"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 100_000, "json-syntax"),
        ('[{"id": "a", "title": "\\u0000"}]', "hidden-character"),
        ('[{"id": "a", "title": "\\ud800"}]', "hidden-character"),
        ('[{"id": "a", "id": "b"}]', "repeated-key"),
        ("[NaN]", "json-syntax"),
        ('["' + "a" * 100, "json-syntax"),
    ],
)
def test_hostile_json(text: str, code: str) -> None:
    """JSON that would harm or mislead is refused with a place, never with a traceback."""
    _, findings = read_json("a.json", text)
    assert [(item.code, item.severity, item.location.line) for item in findings] == [(code, Severity.ERROR, 1)]


def test_numbers_stay_what_they_are() -> None:
    """A number that Python would change, or refuse to read, stays the text that it is."""
    long = "9" * 5000
    document, findings = read_json("a.json", f"[1, 2.5, {long}, 1e400, true, null]")
    assert findings == []
    assert document
    assert document.fields[""] == [1, 2.5, long, "1e400", True, None]


def test_json_places() -> None:
    """Every value has its line and column, as an editor counts them."""
    document, _ = read_json("a.json", '[\n\t{"é": 1,\n\t "b": ["x", "y"]}\n]')
    assert document
    where = document.values[(0, "b", 1)]
    assert (where.line, where.column) == (3, 14)


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title={" + "{" * 200 + "}" * 200 + "}}",
        "@misc{a, title={" + "{}" * 5000 + "}}",
        '@string{a = "' + "x" * 2000 + '"}',
        '@string{a = "xxxxxxxxxx"}' + "".join(f"@string{{a{n + 1} = a{n or ''} # a{n or ''}}}" for n in range(40)),
        '@string{a = "' + "x" * 900 + '"}@misc{b, title = a' + "# a" * 5000 + "}",
        "@misc{a{" * 2000,
        "@misc{" + "a" * 70_000 + ", title={A}}",
    ],
)
def test_hostile_bibtex(text: str) -> None:
    """Depth, macros that grow, and entries without an end are refused with their line."""
    _, findings = read_bibtex("a.bib", text)
    assert {item.code for item in findings} == {"bibtex-syntax"}
    assert all(item.location.line == 1 for item in findings)


# From the documentation of CSL, citeproc-js and Crossref: how a date that nobody knows is written.
@pytest.mark.parametrize(
    "issued",
    [
        *({"date-parts": [[]]}, {"date-parts": [[None]]}, {"literal": "n.d."}, {"raw": "[n.d.]"}, {}, "n.d."),
        *({"date-parts": []}, {"raw": ""}),
    ],
)
def test_no_date(issued: Any) -> None:
    """A date without parts, or one that says that there is none, is no date, and no fault."""
    (source,) = sources(items({"id": "a", "type": "report", "title": "A", "issued": issued}))
    assert source.issued is None
    (other,) = sources("@misc{a, title={A}, year={n.d.}}", "a.bib")
    assert other.issued is None


@pytest.mark.parametrize("issued", ["in press", "Forthcoming.", "to appear", "Im Druck"])
def test_what_has_not_appeared(issued: str) -> None:
    """Words in the place of a date are no date; they go where CSL and BibLaTeX have the state of a publication."""
    (source,) = sources(items({"id": "a", "title": "A", "issued": {"literal": issued}}))
    (other,) = sources(f"@article{{a, title={{A}}, year={{{issued}}}}}", "a.bib")
    assert (source.issued, other.issued) == (None, None)
    assert csl(source)["status"] == csl(other)["status"] == issued
    assert f"pubstate = {{{issued}}}" in bibtex([other])


# https://www.zotero.org/support/kb/rich_text_bibliography, and `sc`, which citeproc-js knows too.
@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("The <i>Cole</i> and <b>after</b>", "The Cole and after"),
        ('<span class="nocase">al-Raqqa</span> in AD', "al-Raqqa in AD"),
        ('8th <span style="font-variant:small-caps;">c.</span> <sc>bc</sc>', "8th c. bc"),
        ("CO<sub>2</sub> on the 5<sup>th</sup>, 10<sup>-6</sup>", "CO2 on the 5th, 10⁻⁶"),
        ("<i>Nested <i>title</i></i>", "Nested title"),
        ("What <b> does, and <i>", "What <b> does, and <i>"),
        ("a </b> b", "a </b> b"),
        ("<em>x</em> < y & z", "<em>x</em> < y & z"),
    ],
)
def test_rich_text(typed: str, plain: str) -> None:
    """The mark-up that Zotero lets stand in titles is taken off, and a power stays one; a tag alone is meant."""
    (source,) = sources(items({"id": "a", "title": typed, "container-title": typed, "title-short": typed}))
    assert (source.title, source.container_title, csl(source)["title-short"]) == (plain, plain, plain)


def test_exponents_of_latex() -> None:
    """A raised figure stays raised: 10⁶ is not 106."""
    assert decode(r"10\textsuperscript{6} on the 5\textsuperscript{th}") == "10⁶ on the 5th"


def test_private_fields() -> None:
    """What is for those alone who work with a library goes into no export: paths, notes, tags, accounts, marks."""
    names = "file annote annotation keywords local-url bdsk-file-1 mendeley-groups groups owner timestamp review"
    fields = ", ".join(f"{name} = {{/home/me}}" for name in names.split())
    (paper,) = sources(f"@article{{a, title = {{A}}, {fields}}}", "a.bib")
    given = {"annote": "/home/me", "keyword": "/home/me", "custom": {"file": "/home/me"}}
    (other,) = sources(items({"id": "http://zotero.org/users/1/items/AB", "title": "B", **given}))
    out = f"{bibtex([paper, other])}{ris([paper, other])}{json.dumps([csl(paper), csl(other)])}"
    assert "/home/me" not in out
    assert "zotero.org" not in out


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("<Go to ISI>://WOS:000123", ""),  # EndNote
        ("<Go to ISI>://WOS:000123\nhttps://a.example/x", "https://a.example/x"),
        ("https://a.example/x https://b.example/", "https://a.example/x"),  # Mendeley
    ],
)
def test_addresses_of_other_programs(url: str, address: str) -> None:
    """A link that only EndNote can follow is no address; of several, a source has the first, and keeps the others."""
    (source,) = sources(f"@article{{a, title={{A}}, url={{{url}}}}}", "a.bib")
    assert source.url == address
    assert csl(source).get("custom", {}).get("urls", "") == ("https://b.example/" if "b.example" in url else "")


def test_an_address_with_a_space() -> None:
    """It is refused as it stands, and not cut off in silence."""
    found = read("@misc{a, title={A}, url={https://a.example/my file.pdf}}", "a.bib")
    assert "`https://a.example/my file.pdf` is not an address" in found.findings[0].message


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        # As Mendeley and EndNote export what has no citation key, or a label of two words.
        ("@misc{,\n title = {A},\n}", "this entry has no key", "behind its first brace"),
        ("@book{RN 2,\n title = {A},\n}", "`RN 2` is no key: a key has no spaces", "write `RN-2`"),
        ("@book{a,\n title = {A}\n author = {B}\n}", "this is not valid BibTeX", "look for a missing comma"),
        ("@book{a, author = {A}}", "`title` is missing", "in your reference manager"),
    ],
)
def test_bad_keys(text: str, message: str, hint: str) -> None:
    """What is wrong with an entry is said in the terms of its own format."""
    found = read(f"{text}\n@book{{b, title = {{B}}}}\n", "a.bib")
    assert [record.value.id for record in found.records] == ["b"]
    assert message in found.findings[0].message
    assert hint in found.findings[0].hint
