"""Templates to Python, as plain as they allow, and what can be wrong with them: all that is known here of Jinja2."""

from __future__ import annotations

import marshal
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from keyword import iskeyword
from types import CodeType
from typing import Any

import jinja2
from jinja2 import Environment
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.nodes import Call, Concat, Const, Expr, Filter, Getattr, Name, Node, Test
from jinja2.runtime import Macro, markup_join
from jinja2.utils import missing
from markupsafe import Markup, escape

from site_builder.diagnostics import Diagnostic, Location, error
from site_builder.files import TEMPLATES

__all__ = ["FAULTS", "Environment", "Markup", "Templates", "compiled", "environment", "located"]

# What a template can raise, whatever is wrong in it.
FAULTS = (jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

_WORD = re.compile(r"\w+")
# A tag that takes from another template: the name in quotes, or "" where it is reckoned.
_TAKES = re.compile(
    r"""\{%[-+]?\s*(?:extends|include|import|from)\b"""
    r"""(?:\s*["']([^"'\\]+)["'](?=\s*(?:[-+]?%\}|(?:import|as|ignore|with|without)\b)))?"""
)


class Templates(jinja2.BaseLoader):
    """Templates by name, each compiled at its first use for all environments of a look.

    `ready`: what `compiled` gave for some of them; what is compiled here is added. It is run: never from a file that
    others can write.
    """

    def __init__(self, sources: Mapping[str, str], ready: dict[str, bytes] | None = None) -> None:
        self._sources, self._ready = sources, {} if ready is None else ready
        self._codes: dict[tuple[type[Environment], str], CodeType] = {}
        self._names: dict[str, frozenset[str]] = {}

    def load(self, environment: Environment, name: str, globals: Any = None) -> jinja2.Template:  # noqa: A002
        if name not in self._sources:
            raise jinja2.TemplateNotFound(name)
        which = (type(environment), name)
        if which not in self._codes:
            direct = type(environment) is _DirectEnvironment
            known = self._ready.get(name) if direct else None
            code = self._codes[which] = marshal.loads(known) if known else self._compiled(environment, name)  # noqa: S302
            if direct and not known:
                self._ready[name] = marshal.dumps(code)
        return environment.template_class.from_code(environment, self._codes[which], globals)

    def names(self, name: str) -> frozenset[str]:
        """All words of a template and of those that it takes from: it can show no value of any other name."""
        if name not in self._names:
            taken = self._taken(name)
            self._names[name] = frozenset(word for each in taken for word in _WORD.findall(self._sources[each]))
        return self._names[name]

    def _taken(self, name: str) -> set[str]:
        """The template and those that it takes from; all that there are, where a name is reckoned."""
        found, new = set[str](), {name} & self._sources.keys()
        while new:
            found |= new
            taken = {other for each in new for other in _TAKES.findall(self._sources[each])}
            if "" in taken:
                return set(self._sources)
            new = (taken & self._sources.keys()) - found
        return found

    def _compiled(self, environment: Environment, name: str) -> CodeType:
        # A file name lets a traceback lead to the line of the template.
        return environment.compile(self._sources[name], name, TEMPLATES + name)


def compiled(name: str, source: str, names: Iterable[str]) -> bytes:
    """A template as what another process of this run can load; b"" for one with a fault, which rendering will tell.

    `names`: those of the environment in which it will be rendered.
    """
    templates = Templates({name: source})
    try:
        return marshal.dumps(templates._compiled(environment(templates, dict.fromkeys(names)), name))
    except jinja2.TemplateError:
        return b""


def environment(templates: Templates, names: Mapping[str, Any], *, careful: bool = False) -> Environment:
    """Where templates are rendered, macros of other files among them. `names`: what each of them may use.

    Unless it is `careful`, `value.name` is that attribute in Python's way, which is much faster; AttributeError
    says that it is none, and then only a careful environment can tell whether it is an item, or nothing.
    """
    made = (_CarefulEnvironment if careful else _DirectEnvironment)(
        loader=templates,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        optimized=False,  # templates reckon next to nothing with constants, and looking for them takes long
        cache_size=-1,
    )
    made.globals.update(names)
    return made


class _Careful(CodeGenerator):
    """Templates as plainer Python: what Jinja2 looks at again with each call and each value is known here.

    No function of a template asks for its context, nothing but autoescaping decides how a value is shown, and no name
    or filter of the environment ever goes.
    """

    def visit(self, node: Node, *given: Any, **more: Any) -> Any:
        kind: Any = type(self)
        return _visitor(kind, type(node))(self, node, *given, **more)

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(each.key) for each in node.kwargs):
            self.write("environment.direct(")
            self.visit(node.node, frame)
            self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        else:
            self.visit(node.node, frame)
            self.write("(")
            for each in (*node.args, *node.kwargs):
                self.visit(each, frame)
                self.write(", ")
            self.write("caller=caller" if forward_caller else "")
        self.write(")")

    def visit_Name(self, node: Name, frame: Frame) -> None:  # noqa: N802
        if node.ctx == "load" and node.name in self.environment.globals:
            target = frame.symbols.ref(node.name)
            if frame.symbols.find_load(target) == (VAR_LOAD_RESOLVE, node.name):
                self.write(target)
                return
        super().visit_Name(node, frame)

    def visit_Concat(self, node: Concat, frame: Frame) -> None:  # noqa: N802
        if not frame.eval_ctx.autoescape or frame.eval_ctx.volatile:
            super().visit_Concat(node, frame)
            return
        self.write("environment.joined((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.")
        super().macro_def(macro_ref, frame)

    def pull_dependencies(self, nodes: Iterable[Node]) -> None:
        """None: a filter or a test is looked up where it is used."""

    def visit_Filter(self, node: Filter, frame: Frame) -> None:  # noqa: N802
        self._known(self.filters, "filters", node)
        super().visit_Filter(node, frame)

    def visit_Test(self, node: Test, frame: Frame) -> None:  # noqa: N802
        self._known(self.tests, "tests", node)
        super().visit_Test(node, frame)

    def _known(self, names: dict[str, str], kind: str, node: Filter | Test) -> None:
        if node.name not in getattr(self.environment, kind):
            self.fail(f"there is no {kind[:-1]} {node.name!r}", node.lineno)
        names[node.name] = f"environment.{kind}[{node.name!r}]"

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Direct(_Careful):
    """With the attributes of values in Python's way."""

    def visit_Getattr(self, node: Getattr, frame: Frame) -> None:  # noqa: N802
        of_blocks = isinstance(node.node, Name) and node.node.name == "self"
        if of_blocks or isinstance(node.node, Const) or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
        else:
            self.visit(node.node, frame)
            self.write(f".{node.attr}")


@cache
def _visitor(generator: Any, kind: Any) -> Any:
    return getattr(generator, f"visit_{kind.__name__}", generator.generic_visit)


def _shown(value: Any) -> Any:
    """A value as the text in which a page shows it: markup as it is, everything else escaped."""
    kind = type(value)
    if kind is Markup:
        return value
    if kind is str and not ("&" in value or "<" in value or ">" in value or '"' in value or "'" in value):
        return value
    return str(value) if kind is int else escape(value)


def _joined(parts: tuple[Any, ...]) -> str:
    """Values end to end; where one of them is markup the others are escaped."""
    for part in parts:
        if type(part) is not str:
            return markup_join(parts)
    return "".join(parts)


class _Macro(Macro):
    """A macro that takes its arguments without more ado."""

    def __call__(self, *args: Any, **more: Any) -> str:
        left = self._argument_count - len(args)
        if left < 0 or self.catch_kwargs or self.catch_varargs or self.explicit_caller:
            return super().__call__(*args, **more)
        if not (left or more or self.caller):  # as most
            return str.__new__(Markup, self._func(*args))
        given = [*args, *[more.pop(name, missing) for name in self.arguments[-left:]]] if left else list(args)
        if self.caller and "caller" in more:
            given.append(more.pop("caller"))
        if more or len(given) != self._argument_count + self.caller:
            return super().__call__(*given, **more)  # which says what is wrong
        return str.__new__(Markup, self._func(*given))


class _CarefulEnvironment(Environment):
    code_generator_class: type[CodeGenerator] = _Careful
    Macro = _Macro
    direct: Any = staticmethod(operator.call)
    joined: Callable[[tuple[Any, ...]], str] = staticmethod(_joined)
    shown: Callable[[Any], str] = staticmethod(_shown)

    def make_globals(self, d: Any) -> Any:
        """The names of all templates, as they are: a chain of one link is looked through much more slowly."""
        return {**self.globals, **d} if d else self.globals


class _DirectEnvironment(_CarefulEnvironment):
    code_generator_class = _Direct


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
