"""Classes 3, 4 and 5: mark-up, addresses and template syntax where a field takes text or an address."""

from __future__ import annotations

from functools import partial

from tests.driver import SITE, entry
from tests.hostile.cases import Case, Outcome, file_of, good, reject

MARKUP = "x\"><script>alert(1)</script>]]>--><svg onload=alert(1)>'y"
_QUOTED = "'" + MARKUP.replace("'", "''") + "'"

_inert = partial(good, 3, Outcome.INERT)
_reject = partial(reject, 3)

# Fields of an entry that take any text; `%` is the payload. All but those of exports show on its page.
_SHOWN = {
    "summary": "summary: %",
    "actor": "actor: {name: %}",
    "actor-role": "actor: {name: A, name_used: %}",
    "place": "location: {name: %, lat: 1, lon: 2}",
    "place-note": "location: {name: A, note: %}",
    "country": "location: {name: A, country: %}",
    "date-note": "date_note: %",
    "date-display": "date_display: %",
    "content-note": "content_note: %",
    "claim": "claims: {by: %, stance: asserts, about: other, statement: %}",
    "toll": "casualties: {harm: wounded, group: %, min: 1, by: %}",
    "revision": "revisions: {date: 2026-02-01, kind: correction, summary: %}",
    "picture": "media: {src: media/a.png, alt: %, caption: %, credit: %, licence: %}",
}
_RECORDS = {
    "actors.yaml": "- {id: one, name: %, description: %, aliases: [%]}\n",
    "places.yaml": "- {id: two, name: %, country: %, lat: 3, lon: 4, aliases: [%]}\n",
    "glossary.yaml": "- {id: three, term: %, definition: %}\n",
    "sources/three.yaml": "four: {title: %, author: [%], container-title: %, publisher: %, note: %, url: 'https://example.org/4'}\n",
    "site.yaml": SITE.replace("A test", "%")
    + "subtitle: %\ndescription: %\nauthors: [%]\ncontact: %\ncontent_note: %\n"
    "tags: {law: %}\n",
    "phases/five.md": "---\nlabel: %\nfrom: 2014\nto: 2021\ncolour: amber\nshape: circle\nsummary: %\n---\nText.\n",
    "pages/six.md": "---\ntitle: %\nsummary: %\n---\nText.\n",
}

_FIELDS: tuple[Case, ...] = (
    *(
        Case(
            f"field-{name}",
            3,
            Outcome.INERT,
            {file_of(f"field-{name}"): entry(fields.replace("%", _QUOTED)), "media/a.png": b"\x89PNG"}
            if name == "picture"
            else {file_of(f"field-{name}"): entry(fields.replace("%", _QUOTED))},
            shown=() if name in ("picture", "country") else (MARKUP,),
        )
        for name, fields in _SHOWN.items()
    ),
    _inert("field-title", entry(title=_QUOTED), MARKUP),
    _inert("field-extra", entry(f"x_a: {_QUOTED}\nx_b: {{{_QUOTED}: [{_QUOTED}]}}")),
    _inert(
        "field-source-title",
        entry(
            f"source: {{url: 'https://example.org/q', title: {_QUOTED}, publisher: {_QUOTED}, locator: {_QUOTED}}}",
            source="",
        ),
        MARKUP,
    ),
    Case(
        "field-records",
        3,
        Outcome.INERT,
        {
            **{path: text.replace("%", _QUOTED) for path, text in _RECORDS.items()},
            "entries/field-records.md": entry(
                "actor: one\nlocation: two\nphase: five\ntags: law\nsource: four",
                source="",
                body="A [word](term:three) [@four, <b>p. 1</b>].\n",
            ),
        },
        shown=(MARKUP,),
    ),
    _reject("field-tag", entry(f"tags: [{_QUOTED}]"), 6, "value-invalid"),
    _reject("field-phase", entry(f"phase: {_QUOTED}"), 6, "value-invalid"),
    _reject("field-date", entry(date=_QUOTED), 3, "date-invalid"),
    _reject("field-published", entry(published=_QUOTED), 5, "date-invalid"),
    _reject("field-coordinates", entry(f"location: {{name: A, lat: {_QUOTED}, lon: 1}}"), 6, "value-invalid"),
    _reject("field-status", entry(f"status: {_QUOTED}"), 6, "not-a-choice"),
    _reject("field-role", entry(f"actor: {{name: A, role: {_QUOTED}}}"), 6, "not-a-choice"),
    _reject("field-lang", entry(f"lang: {_QUOTED}"), 6, "value-invalid"),
    _reject("field-unknown", entry('"><script>": x'), 6, "unknown-field"),
    _reject("field-related", entry(f"related: {_QUOTED}"), 6, "value-invalid"),
    _reject("field-alias", entry(f"aliases: {_QUOTED}"), 6, "value-invalid"),
    _reject("field-media", entry(f"media: {{src: {_QUOTED}, alt: a}}"), 6),
    _reject("field-significance", entry(f"significance: {_QUOTED}"), 6, "value-invalid"),
)

# -- Addresses

_REFUSED = {
    "javascript": "javascript:alert(1)",
    "javascript-slashes": "javascript://example.org/%0aalert(1)",
    "javascript-space": "' javascript:alert(1)'",
    "data": "data:text/html,x",
    "vbscript": "vbscript:x",
    "file": "file:///etc/passwd",
    "ftp": "ftp://example.org/x",
    "blob": "blob:https://example.org/1",
    "view": "view-source:https://example.org/",
    "mail": "mailto:a@example.org",
    "user": "https://example.org@evil.example/",
    "password": "https://a:b@example.org/",
    "no-host": "https:///x",
    "no-slashes": "'https:example.org'",
    "relative": "'//evil.example/x'",
    "path": "/etc/passwd",
    "up": "../secret",
    "backslash": "'https:\\\\example.org'",
    "backslash-host": "'https://example.org\\@evil.example/'",
    "port": "https://example.org:99999/",
    "port-word": "https://example.org:port/",
    "port-negative": "https://example.org:-1/",
    "space": "'https://exa mple.org/'",
    "quote": "'https://example.org/\"onmouseover=\"x'",
    "angle": "https://example.org/<script>",
    "newline": '"https://example.org/\\nx"',
    "tab": '"java\\tscript:alert(1)"',
    "bracket": "'https://[::1/'",
    "dots": "https://../",
    "dot": "https://./",
    "lookalike": "https://exаmple.org/",  # the third letter is Cyrillic
    "lookalike-mixed": "https://gооgle.example/",
    "wide": "https://ｅｘａｍｐｌｅ.org/",
    "slash-sign": "https://example.org\u2044evil.example/",
    "long": "https://example.org/" + "a" * 5000,
}

_ADDRESSES: tuple[Case, ...] = (
    *(reject(4, f"source-{name}", entry(source=address), 4) for name, address in _REFUSED.items()),
    good(4, Outcome.ACCEPT, "source-international", entry(source="https://müller.example/ä?ö#ü"), "müller.example"),
    good(4, Outcome.ACCEPT, "source-arabic", entry(source="https://مثال.example/"), "مثال.example"),
    good(4, Outcome.ACCEPT, "source-punycode", entry(source="https://xn--mller-kva.example/")),
    good(4, Outcome.ACCEPT, "source-ipv6", entry(source="'http://[2001:db8::1]:8080/x'")),
    good(4, Outcome.ACCEPT, "source-capitals", entry(source="HTTPS://EXAMPLE.ORG/A")),
    good(4, Outcome.ACCEPT, "source-percent", entry(source="https://example.org/%3Cscript%3E%22%00")),
    Case(
        "source-record",
        4,
        Outcome.REJECT,
        {"sources/a.yaml": "a:\n  title: T\n  url: javascript:alert(1)\n"},
        at=("sources/a.yaml", 3),
        code="value-invalid",
    ),
    Case(
        "source-archived",
        4,
        Outcome.REJECT,
        {"sources/a.yaml": "a:\n  title: T\n  archived:\n    - url: data:,x\n"},
        at=("sources/a.yaml", 4),
        code="value-invalid",
    ),
    Case(
        "source-base",
        4,
        Outcome.REJECT,
        {"site.yaml": SITE.replace("https://example.org/t/", "javascript:alert(1)")},
        at=("site.yaml", 3),
        code="value-invalid",
    ),
    Case(
        "source-csl",
        4,
        Outcome.REJECT,
        {"sources/a.json": '[{"id": "a", "title": "T",\n"URL": "javascript:alert(1)"}]'},
        at=("sources/a.json", 2),
        code="value-invalid",
    ),
    Case(
        "source-bibtex",
        4,
        Outcome.REJECT,
        {"sources/a.bib": "@misc{a,\n title = {T},\n url = {javascript:alert(1)}\n}\n"},
        at=("sources/a.bib", 3),
        code="value-invalid",
    ),
)

# -- Template syntax

_SYNTAX = {
    "expression": "{{ 7 * 191 }}",
    "class": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "config": "{{ config }} {{ self }} {{ site.title }}",
    "statement": "{% for x in range(9) %}x{% endfor %}",
    "include": "{% include '/etc/passwd' %}",
    "extends": "{% extends 'base.html' %}",
    "macro": "{% macro m() %}{% endmacro %}{{ caller() }}",
    "raw": "{% endraw %}{{ 7 * 191 }}{% raw %}",
    "comment": "{# gone? #}",
    "comment-open": "{# without an end",
    "liquid": "{% include_relative ../../secret %}",
    "hugo": '{{< readfile file="/etc/passwd" >}}',
    "erb": "<%= 7 * 191 %>",
    "php": "<?= 7 * 191 ?>",
    "dollar": "${7*191} #{7*191} $((7*191)) `id`",
    "python": "{0.__class__} %(x)s %s {title}",
    "vue": "[[ 7 * 191 ]] v-html",
}

_TEMPLATES: tuple[Case, ...] = (
    *(
        good(
            5,
            Outcome.INERT,
            f"template-{name}",
            entry(title="'" + text.replace("'", "''") + "'", body=f"Before {text} after.\n"),
            *text.split("`id`")[0].split(),
            "after.",
            gone=("1337",),
        )
        for name, text in _SYNTAX.items()
    ),
    reject(5, "template-field", entry("template: /etc/passwd"), 6, "unknown-field"),
    reject(5, "template-field-layout", entry("layout: home.html"), 6, "unknown-field"),
    reject(5, "template-field-extends", entry("extends: base.html"), 6, "unknown-field"),
    reject(5, "template-permalink", entry("permalink: /index.html"), 6, "unknown-field"),
)

CASES: tuple[Case, ...] = (*_FIELDS, *_ADDRESSES, *_TEMPLATES)
