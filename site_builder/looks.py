"""The look of a site: its templates, compiled once, its words and its static files."""

from __future__ import annotations

import operator
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import Any, cast

import jinja2
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Call, Expr
from markupsafe import Markup, escape

from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.documents import read_yaml
from site_builder.files import BENEATH, TEMPLATES, Inputs, sha256
from site_builder.texts import decode
from site_builder.wording import Words

__all__ = ["FAULTS", "Look", "Markup", "load_look", "located"]

STATIC = "templates/static/"
# What a template can raise, whatever is wrong in it.
FAULTS = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_SPECIAL = re.compile("[&<>\"']")


@dataclass(frozen=True, slots=True)
class Look:
    """The templates, the words and the static files of a site."""

    templates: Templates
    words: Words
    digest: str
    assets: Mapping[str, str]  # name in templates/static to path in the site, with a fingerprint in its name

    def environment(self, names: Mapping[str, Any]) -> jinja2.Environment:
        """Where templates are rendered, macros of other files among them. `names`: what each of them may use."""
        environment = _Environment(
            loader=self.templates,
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        environment.globals.update(names)
        return environment


class Templates(jinja2.BaseLoader):
    """Templates by name, each compiled at its first use for all environments of a look."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._codes: dict[str, CodeType] = {}

    def load(self, environment: jinja2.Environment, name: str, globals: Any = None) -> jinja2.Template:  # noqa: A002
        if name not in self._sources:
            raise jinja2.TemplateNotFound(name)
        if name not in self._codes:  # a file name lets a traceback lead to the line of the template
            self._codes[name] = environment.compile(self._sources[name], name, TEMPLATES + name)
        return environment.template_class.from_code(environment, self._codes[name], globals)


class _Direct(CodeGenerator):
    """Templates as plainer Python: what Jinja2 looks at again with each call and each value is known here.

    No function of a template asks for its context, and nothing but autoescaping decides how a value is shown.
    """

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        self.write("environment.direct(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


def _shown(value: Any) -> str:
    """A value as a page shows it: markup as it is, everything else escaped."""
    kind = type(value)
    if kind is Markup or (kind is str and not _SPECIAL.search(value)):
        return cast(str, value)
    return escape(value)


class _Environment(jinja2.Environment):
    code_generator_class = _Direct
    direct: Any = staticmethod(operator.call)
    shown: Callable[[Any], str] = staticmethod(_shown)

    def make_globals(self, d: Any) -> Any:
        """The names of all templates, as they are: a chain of one link is looked through much more slowly."""
        return {**self.globals, **d} if d else self.globals


def load_look(inputs: Inputs, language: str) -> tuple[Look | None, list[Diagnostic]]:
    sources: dict[str, str] = {}
    findings: list[Diagnostic] = []
    for path in inputs.under(TEMPLATES):
        if path.endswith((".html", ".xml", ".yaml")) and not path.startswith(STATIC):
            sources[path.removeprefix(TEMPLATES)], wrong = decode(path, inputs.files[path])
            findings += wrong
    strings, wrong = _strings(sources, language)
    findings += wrong
    assets = {path.removeprefix(STATIC): _fingerprinted(path, inputs.files[path]) for path in inputs.under(STATIC)}
    if findings:
        return None, findings
    digest = sha256("".join(sha256(inputs.files[path]) for path in inputs.under(TEMPLATES)).encode())
    return Look(Templates(sources), Words(strings), digest, assets), []


def _strings(sources: Mapping[str, str], language: str) -> tuple[Mapping[str, Any], list[Diagnostic]]:
    name = f"strings/{language}.yaml"
    if name not in sources:
        have = ", ".join(sorted(path[8:-5] for path in sources if path.startswith("strings/")))
        hint = f"translate templates/strings/en.yaml, or set `language:` in site.yaml to one of: {have}"
        message = f"the interface has no words for the language `{language}`"
        return {}, [error(Location(TEMPLATES + name), "language-missing", message, hint)]
    document, findings = read_yaml(TEMPLATES + name, sources[name])
    fields: Mapping[str, Any] = document.fields if document else {}
    if BENEATH + name in sources:
        document, wrong = read_yaml(TEMPLATES + BENEATH + name, sources[BENEATH + name])
        findings += wrong
        fields = _over(document.fields if document else {}, fields)
    return fields, findings


def _over(beneath: Mapping[str, Any], own: Mapping[str, Any]) -> Mapping[str, Any]:
    """The words of both; where both have one, the site's own."""
    words = dict(beneath)
    for key, value in own.items():
        below = words.get(key)
        words[key] = _over(below, value) if isinstance(below, Mapping) and isinstance(value, Mapping) else value
    return words


def _fingerprinted(path: str, data: bytes) -> str:
    """GitHub Pages lets caches keep a file for ten minutes; a name that follows the bytes is never stale."""
    stem, suffix = posixpath.splitext(path.removeprefix("templates/"))
    return f"{stem}.{sha256(data)[:8]}{suffix}"


def located(wrong: Exception, template: str, path: str) -> Diagnostic:
    """The fault at the innermost line of a template in the traceback."""
    where = Location(TEMPLATES + (getattr(wrong, "name", None) or template), getattr(wrong, "lineno", 0) or 0, 0)
    step = wrong.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename.startswith(TEMPLATES):
            where = Location(step.tb_frame.f_code.co_filename, step.tb_lineno, 0)
        step = step.tb_next
    reason = str(wrong) if isinstance(wrong, jinja2.TemplateError | ValueError) else f"{type(wrong).__name__}: {wrong}"
    if isinstance(wrong, jinja2.TemplateNotFound):
        reason = f"there is no template `{wrong}`"
    elif isinstance(wrong, KeyError):
        reason = f"there is no text or value {wrong}"
    return error(where, "template-error", f"the template cannot make {path}: {reason}", "mend the template")
