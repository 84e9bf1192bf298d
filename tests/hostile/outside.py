"""Classes 10 and 12: names that become addresses, and text that breaks the formats that it is exported in."""

from __future__ import annotations

from functools import partial

from tests.driver import SITE, entry
from tests.hostile.cases import Case, Outcome, file_of, good, reject

_name = partial(reject, 10)
_inert = partial(good, 12, Outcome.INERT)


def _file(
    id: str, name: str, outcome: Outcome, code: str, line: int = 0, text: str | bytes = "", **more: object
) -> Case:
    return Case(id, 10, outcome, {name: text or entry()}, at=(name, line), code=code, **more)  # type: ignore[arg-type]


_NAMES: tuple[Case, ...] = (
    _name("alias-up", entry("aliases: ../../x"), 6, "value-invalid"),
    _name("alias-absolute", entry("aliases: /x"), 6, "value-invalid"),
    _name("alias-address", entry("aliases: https://evil.example/"), 6, "value-invalid"),
    _name("alias-encoded", entry("aliases: '%2e%2e%2fx'"), 6, "value-invalid"),
    _name("alias-nul", entry('aliases: "a\\0b"'), 6, "hidden-character"),
    _name("alias-device", entry("aliases: nul"), 6, "value-invalid"),
    _name("alias-own", entry("aliases: alias-own"), 6, "alias-taken"),
    _name("alias-html", entry("aliases: index.html"), 6, "value-invalid"),
    _name("alias-long", entry("aliases: " + "a" * 101), 6, "value-invalid"),
    _name("tag-up", entry("tags: ../x"), 6, "value-invalid"),
    _name("tag-device", entry("tags: con"), 6, "value-invalid"),
    _name("tag-case", entry("tags: Law"), 6, "value-invalid"),
    _name("actor-up", entry("actor: {id: ../x}"), 6, "value-invalid"),
    _name("media-up", entry("media: {src: ../../etc/passwd, alt: a}"), 6),
    _name("media-absolute", entry("media: {src: /etc/passwd, alt: a}"), 6),
    _name("media-outside", entry("media: {src: 'https://evil.example/a.png', alt: a}"), 6),
    _name("media-encoded", entry("media: {src: 'media/..%2f..%2fx', alt: a}"), 6),
    _name("link-up", entry(body="A [b](entry:../../x).\n"), 7),
    _name("link-page", entry(body="A [b](page:../x).\n"), 7),
    _file("file-capitals", "entries/Hearing.md", Outcome.REJECT, "file-name"),
    _file("file-space", "entries/a b.md", Outcome.REJECT, "file-name"),
    _file("file-underscore", "entries/a_b.md", Outcome.REJECT, "file-name"),
    _file("file-accent", "entries/café.md", Outcome.REJECT, "file-name"),
    _file("file-arabic", "entries/اجتماع.md", Outcome.REJECT, "file-name"),
    _file("file-dots", "entries/...md", Outcome.REJECT, "file-name"),
    _file("file-device", "entries/aux.md", Outcome.REJECT, "file-name"),
    _file("file-device-com", "entries/com1.md", Outcome.REJECT, "file-name"),
    _file("file-html", "entries/a.html.md", Outcome.REJECT, "file-name"),
    _file("file-quote", "entries/a'b.md", Outcome.REJECT, "file-name"),
    _file("file-markup", "entries/a&b;.md", Outcome.REJECT, "file-name"),
    _file("file-dash", "entries/-rf.md", Outcome.REJECT, "file-name"),
    _file("file-long", "entries/" + "a" * 120 + ".md", Outcome.REJECT, "file-name"),
    Case(
        "file-twice",
        10,
        Outcome.REJECT,
        {"entries/2014/same.md": entry(), "entries/2015/same.md": entry()},
        at=("entries/2015/same.md", 2),
        code="id-taken",
    ),
    Case(
        "file-alias-taken",
        10,
        Outcome.REJECT,
        {"entries/one.md": entry(), "entries/two.md": entry("aliases: one")},
        at=("entries/two.md", 6),
        code="alias-taken",
    ),
    Case("page-home", 10, Outcome.REJECT, {"pages/index.md": "---\ntitle: A\n---\nB.\n"}, at=("pages/index.md", 0)),
    Case(
        "page-search",
        10,
        Outcome.REJECT,
        {"pages/search.md": "---\ntitle: A\n---\nB.\n", "entries/a.md": entry()},
        at=("pages/search.md", 0),
    ),
    Case("page-404", 10, Outcome.REJECT, {"pages/404.md": "---\ntitle: A\n---\nB.\n"}, at=("pages/404.md", 0)),
    Case(
        "media-case",
        10,
        Outcome.REJECT,
        {"media/a.png": b"1", "media/A.png": b"2", "entries/a.md": entry()},
        at=("media/a.png", 0),
        code="path-clash",
    ),
    Case(
        "actor-foreign",
        10,
        Outcome.ACCEPT,
        {file_of("actor-foreign"): entry("actor: [Анна, Ольга]")},
        shown=("Анна", "Ольга"),
    ),
    Case(
        "actor-traversal",
        10,
        Outcome.INERT,
        {file_of("actor-traversal"): entry("actor: ../../etc/passwd")},
        shown=("../../etc/passwd",),
    ),
    Case("actor-device", 10, Outcome.ACCEPT, {file_of("actor-device"): entry("actor: {name: CON}")}, shown=("CON",)),
    Case(
        "actor-index",
        10,
        Outcome.ACCEPT,
        {file_of("actor-index"): entry("actor: {name: Index.html}")},
        shown=("Index.html",),
    ),
    Case("actor-blank", 10, Outcome.ACCEPT, {file_of("actor-blank"): entry("actor: {name: '…'}")}, shown=("…",)),
    Case(
        "actor-long",
        10,
        Outcome.ACCEPT,
        {file_of("actor-long"): entry("actor: {name: " + "A " * 150 + "}")},
        shown=("A A A",),
    ),
    _file(
        "stray-html",
        "entries/page.html",
        Outcome.IGNORE,
        "file-unread",
        text="<script>stray</script>",
        gone=("stray</script>",),
    ),
    _file("stray-markdown", "stray.md", Outcome.IGNORE, "file-unread", gone=("stray text one",), text="stray text one"),
    _file(
        "stray-capitals", "entries/a.MD", Outcome.IGNORE, "file-unread", text="stray text two", gone=("stray text two",)
    ),
    _file(
        "stray-text",
        "entries/notes.txt",
        Outcome.IGNORE,
        "file-unread",
        text="stray text three",
        gone=("stray text three",),
    ),
    _file("stray-env", "secrets.env", Outcome.IGNORE, "file-unread", text="stray text four", gone=("stray text four",)),
    _file(
        "stray-yml",
        "actors.yml",
        Outcome.IGNORE,
        "file-unread",
        text="- {id: a, name: stray text five}",
        gone=("stray text five",),
    ),
)

# -- Other formats: one text that is something else in each

BREAKS = {
    "csv-formula": '=HYPERLINK("https://evil.example/","x")',
    "csv-plus": "+1+cmd|' /C calc'!A0",
    "csv-minus": "-2+3",
    "csv-at": "@SUM(1,2)",
    "csv-quote": 'a","b","c',
    "csv-comma": "a,b;c\td",
    "ical": "A\\; B, C: D\\nEND:VEVENT",
    "ical-long": "Ä" * 80,
    "xml": "]]></title><x a='\"'>&amp;&lt;",
    "xml-entity": "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "json": '\\"}],"x":[{"\\u0022\\',
    "script": "</script><script>alert(1)</script><!--<script>",
    "bibtex": '{A} } @string{x = "y"} \\input{/etc/passwd} $x^2$ % # & _ ~',
    "bibtex-open": "{{{ A }",
    "ris": "A  - B\\nER  - ",
    "number": "1e400",
    "object": "__proto__ constructor toString",
    "excerpt": "<mark>a</mark> &lt;mark&gt;",
    "separator": "a | b / c : d",
}


def _yaml(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_FORMATS: tuple[Case, ...] = (
    *(
        _inert(
            f"format-{name}",
            entry(
                f"summary: {_yaml(text)}\nactor: {{name: {_yaml(text)}}}\n"
                f"location: {{name: {_yaml(text)}, lat: 1, lon: 2}}\n"
                f"source: {{url: 'https://example.org/{name}', title: {_yaml(text)}, publisher: {_yaml(text)}}}\n"
                f"claims: {{by: {_yaml(text)}, stance: asserts, about: other, statement: {_yaml(text)}}}\n"
                f"casualties: {{harm: wounded, by: {_yaml(text)}, group: {_yaml(text)}, min: 1}}\nx_raw: {_yaml(text)}",
                source="",
                title=_yaml(text),
            ),
            text,
        )
        for name, text in BREAKS.items()
    ),
    _inert(
        "format-lines", entry('summary: "One\\nEND:VEVENT\\nTY  - X\\n\\n@misc{a,"', title='"One\\nTwo"'), "One Two"
    ),
    _inert("format-keys", entry("x_constructor: a\nx_a: {constructor: {prototype: b}, toString: c}")),
    Case(
        "format-site",
        12,
        Outcome.INERT,
        {
            "site.yaml": SITE.replace("A test", _yaml('A </title>]]>" \\ {B} END:VCALENDAR'))
            + "description: '</script> \" x'\n",
            file_of("format-site"): entry(),
        },
        shown=('A </title>]]>" \\ {B} END:VCALENDAR',),
    ),
    Case(
        "format-bib",
        12,
        Outcome.ACCEPT,
        {
            "sources/f.bib": '@misc{format-bib-a,\n title = {A \\& B {\\"u} --- \\textit{c}},\n url = {https://example.org/bib}\n}\n',
            file_of("format-bib"): entry("source: format-bib-a", source=""),
        },
        shown=("A & B ü",),
    ),
    Case(
        "format-bib-input",
        12,
        Outcome.REJECT,
        {"sources/f.bib": "@misc{a,\n title = {T},\n url = {https://example.org/}\n"},
        at=("sources/f.bib", 1),
        code="bibtex-syntax",
    ),
    Case(
        "format-json-nan",
        12,
        Outcome.REJECT,
        {"sources/f.json": '[{"id": "a",\n"title": NaN}]'},
        at=("sources/f.json", 2),
        code="json-syntax",
    ),
)

CASES: tuple[Case, ...] = (*_NAMES, *_FORMATS)
