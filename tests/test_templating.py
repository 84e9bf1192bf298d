from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from markupsafe import Markup

from site_builder.artifacts import Later, Page
from site_builder.diagnostics import Diagnostic
from site_builder.edition import edition
from site_builder.files import Inputs, Options
from site_builder.loading import load
from site_builder.looks import load_look
from site_builder.memo import Memo
from site_builder.model import Site
from site_builder.outputs.entries import OUTPUT
from site_builder.rendering import NAMES, Constants, Made, Press
from site_builder.templating import compiled
from tests.driver import entry, inputs, site


def made(template: str, ready: dict[str, bytes] | None = None, **values: Any) -> Made | Diagnostic:
    files = {"templates/t.html": template.encode(), "templates/strings/en.yaml": b"a: b\n"}
    look, _ = load_look(Inputs(files), "en", ready)
    assert look
    return Press(look, Constants(Site("t", "A title"), (), (), ())).render("x.html", Page("t.html", values))


def text(template: str, **values: Any) -> str:
    found = made(template, **values)
    assert isinstance(found, Made), found
    return found.data.decode()


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("{{ value.name }}", "attribute"),
        ("{{ value.items_.name }}", "item"),
        ("{{ value.items_.keys() | list | length }}", "1"),  # an attribute stands before an item of its name
        ("{{ value.gone is defined }}", "False"),
        ("{{ value.gone | default('-') }}", "-"),
        ("{% if value.items_.gone is defined %}a{% else %}b{% endif %}", "b"),
        ("{% set space = namespace(n=1) %}{% set space.n = space.n + 1 %}{{ space.n }}", "2"),
        ("{% block a %}x{% endblock %}{{ self.a() }}", "xx"),
        ("{{ 'a'.upper() }}", "A"),
        ("{{ (value if value else none).name }}", "attribute"),
        ("{{ value.class }}", "keyword"),
    ],
)
def test_a_dot(template: str, shown: str) -> None:
    """A dot means an attribute, else an item, else something undefined, as Jinja2's documentation has it."""
    value = SimpleNamespace(name="attribute", items_={"name": "item"}, **{"class": "keyword"})
    assert text(template, value=value) == shown


def test_what_a_dot_makes_twice_is_there_once() -> None:
    """A page that is rendered again, since it asks for an item by a dot, has each link once and its own text alone."""
    found = made("{{ url('a.html') }} {{ anchor('b') }} {{ value.name }}", value={"name": "item"})
    assert isinstance(found, Made)
    assert (found.data, found.links, found.anchors) == (b"a.html b item", "a.html", "b")


MACROS = (
    "{% macro m(a, b='B', c='C') %}{{ a }}{{ b }}{{ c }}{% endmacro %}"
    "{% macro w(a, b='B') %}{{ a }}{{ b }}[{{ caller() }}]{% endmacro %}"
    "{% macro v() %}{{ varargs | join('+') }}{{ kwargs.x }}{% endmacro %}"
    "{% macro twice(n) %}{{ caller(n) }}{{ caller(n + 1) }}{% endmacro %}"
)


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        ("{{ m(1) }}", "1BC"),
        ("{{ m(1, 2, 3) }}", "123"),
        ("{{ m(1, c=3) }}", "1B3"),
        ("{{ m(c=3, a=1) }}", "1B3"),
        ("{{ m('<', none, false) }}", "&lt;NoneFalse"),
        ("{% call w(1) %}x{% endcall %}", "1B[x]"),
        ("{% call w(b=2, a=1) %}<i>{% endcall %}", "12[<i>]"),
        ("{{ v(1, 2, x=3) }}", "1+23"),
        ("{% call(n) twice(1) %}{{ n }},{% endcall %}", "1,2,"),
        ("{{ m(*(1, 2)) }}", "12C"),
        ("{{ m(**{'a': 1}) }}", "1BC"),
        ("{{ m('a') ~ '<' ~ 1 }}", "aBC&lt;1"),
        ("{{ '<' ~ 'b' }}", "&lt;b"),
    ],
)
def test_macros(call: str, shown: str) -> None:
    """A macro takes its arguments by place and by name, and what it gives is markup; what is joined to it is not."""
    assert text(MACROS + call) == shown


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ("{{ m(1, 2, 3, 4) }}", "not more than 3"),
        ("{{ m(1, d=4) }}", "no keyword argument 'd'"),
        ("{{ m(1, a=2) }}", "'a'"),
        ("{{ m() }}", "parameter 'a' was not provided"),
        ("{{ w(1) }}", "No caller defined"),
        ("\n\n{{ 1 | gone }}", "gone"),
        ("{% if false %}{{ 1 | gone }}{% endif %}", "gone"),
        ("{{ 1 is gone }}", "gone"),
    ],
)
def test_mistakes(call: str, words: str) -> None:
    """What a template asks for and cannot have is told, with the line where it asks."""
    found = made(MACROS + call)
    assert isinstance(found, Diagnostic)
    assert words in found.message
    assert found.location.line == 1 + call.count("\n")


@pytest.mark.parametrize("value", ["&", "<", ">", '"', "'"])
def test_every_sign_that_means_something_is_escaped(value: str) -> None:
    """The five signs of the HTML standard's attribute and text syntax are never written as they are."""
    shown = text("{{ value }}", value=f"a{value}b")
    assert shown.startswith("a&")
    assert shown.endswith(";b")
    assert text("{{ value }}", value=Markup(value)) == value


def test_a_template_from_another_process() -> None:
    """What was compiled elsewhere in this run is used as it is; what has a fault is compiled again, and told."""
    ready = {"t.html": compiled("t.html", "{{ url('a.html') }}{{ 1 + 1 }}", NAMES)}
    found = made("not looked at", ready)
    assert isinstance(found, Made)
    assert found.data == b"a.html2"
    assert compiled("t.html", "{% if %}", NAMES) == b""
    assert isinstance(made("{% if %}", {"t.html": b""}), Diagnostic)


NEXT = "{{ threads[0].next.title if threads[0].next }}"


@pytest.mark.parametrize(
    "template",
    [
        NEXT,
        "{% include 'part.html' %}",
        '{%- include "part.html" ignore missing -%}',
        "{% extends 'part.html' %}",
        "{% from 'tellers.html' import tell with context %}{{ tell() }}",
        "{% import 'tellers.html' as tellers with context %}{{ tellers.tell() }}",
        "{% include 'way.html' %}",
        "{% include 'pa' ~ 'rt.html' %}",
        "{% include 'none.html' if not card else 'part.html' %}",
        "{% include ['none.html', 'part.html'] %}",
        "{% set where = 'part.html' %}{% include where %}",
        "{% include 'PART.HTML' | lower %}",
        "{% include ('part.html') %}",
        '{% include "part\\x2ehtml" %}',
    ],
)
def test_a_value_is_there_wherever_a_template_takes_its_use_from(template: str) -> None:
    """A value of a page that only another template shows is made, whichever way that one is taken from."""
    parts = {
        "templates/entry.html": f"<main id='main_'>{template}</main>",
        "templates/part.html": NEXT,
        "templates/way.html": "{% include 'part.html' %}",
        "templates/tellers.html": f"{{% macro tell() %}}{NEXT}{{% endmacro %}}",
    }
    entries = {"entries/a.md": entry(date="2014-06-01"), "entries/b.md": entry(date="2014-06-02", title="The second")}
    assert "The second" in site({**parts, **entries}).html("entries/a.html")


def test_what_a_template_does_not_name_is_not_made() -> None:
    """Of the values of a page, only those are made that its templates name: a plain look has no work for others."""
    files = {"templates/entry.html": "{% from 'p.html' import x %}{{ card.title }}", "templates/p.html": "{{ linked }}"}
    given = inputs({**files, "entries/a.md": entry()})
    found, _ = load(given, Options(), Memo())
    look, _ = load_look(given, "en")
    assert found
    assert look
    made_of = edition(found, look.words, names=look.templates.names)
    (artifact,) = [each for each in OUTPUT.make(made_of) if each.path == "entries/a.html"]
    assert isinstance(artifact.recipe, Later)
    made_for_it = artifact.recipe.page().values.keys()
    assert {"card", "linked"} <= made_for_it
    assert made_for_it.isdisjoint({"actors", "citation", "claims", "locator", "tolls"})


def test_a_value_that_a_template_names_from_now_on_is_made() -> None:
    """A process that builds again, as the preview does, makes what a template has come to name and forgets nothing."""
    memo, entries = Memo(), {"entries/a.md": entry(), "entries/b.md": entry(date="2030", title="The second")}
    for template, told in (("{{ card.title }}", False), (NEXT, True), ("{{ card.title }}", False), (NEXT, True)):
        made_ = site({"templates/entry.html": f"<main id='main_'>{template}", **entries}, memo=memo)
        assert ("The second" in made_.html("entries/a.html")) is told
