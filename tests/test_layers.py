"""The layers of the generator, as a table, and that its imports keep to them."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "site_builder"

DATES = (
    "dates.calendar < dates.points < dates.phrases < dates.numbers < dates.habits < dates.advice < dates.edtf < dates"
)

FOREIGN = " < ".join(
    f"imports.{name}"
    for name in (
        *("dating", "tags", "hypertext", "prose", "events", "naming", "sheets", "translating"),
        *("timelinejs", "own", "own_tables", "folder", "target"),
        *("settling", "writing", "bibliography", "forms", "formats"),
    )
)

# From the ground up. A module imports only from the layers below its own. `a < b` is a group inside a layer: b may
# import a as well.
LAYERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ground", ("diagnostics", "slips", "memo", "packing", "names", "limits < urls", "typography", "projection")),
    ("values", ("files", "texts < sentences", "printing", "geography < lettering", "pictures < drawing", DATES)),
    (
        "words",
        (
            "wording",
            "geometry",
            "recall",
            "advice",
            "as_typed",
            "meant < rows < layout",
            "excess",
            "explanations",
            "descriptions",
        ),
    ),
    (
        "syntax",
        (
            "yamltext < documents < jsontext < front_matter < plain_fields",
            "converter < bodies < addresses < markup",
            "latex",
        ),
    ),
    ("records", ("fields < model", "weights")),
    ("evidence", ("evidence < timeline", "charts")),
    ("bibliographies in", ("csl < biblatex < bibtex",)),
    ("one file", ("reading < faces",)),
    (
        "all files",
        ("coherence < references < withdrawal < linking < policy < loading < authored", "authoring", "schemas"),
    ),
    (
        "what it says",
        (
            *("atom", "changes < citations < bibliographies < links", "exports", "holding", "lasting"),
            *("sharing", "vicinity"),
        ),
    ),
    (
        "what is shown",
        (
            " < ".join(
                (
                    *(
                        "cards",
                        "edition",
                        "views",
                        "mentions",
                        "ledger",
                        "accounts",
                        "handovers",
                        "neighbours",
                        "tolls",
                        "tallies",
                        "lineage",
                    ),
                    *("facets < sift_index", "shapes", "entry_parts", "entry_data", "columns", "part_tables", "tables"),
                    "linked_data",
                )
            ),
        ),
    ),
    ("what is made", ("artifacts < keys < templating < looks < rendering < parts", "cartography < locators")),
    ("from other tools", ("imports", FOREIGN)),
    ("outputs", tuple(f"outputs.{path.stem}" for path in sorted((PACKAGE / "outputs").glob("[!_]*.py")))),
    ("all outputs", ("outputs", "checking < making")),
    ("the build", ("kinds < ahead < planning < proof < glance < pipeline", "backstop < parallel", "timings")),
    (
        "single files",
        (
            *("shipped < plain < compilations", "plain < listing", "plain < seen < known", "plain < shelf"),
            *("exchange", "locking", "bootstrap"),
        ),
    ),
    ("folders", ("disk", "manifest < tree < place < round < publish < again < receipts")),
    (
        "edge",
        (
            "worker < watching < preview < serve",
            "visiting < answers",
            "importing",
            "starting",
            "testing",
            "desk < recording < drafting",
            "search_index < searching",
        ),
    ),
    ("command", ("environment", "arguments < terminal < building < commands < cli")),
)
# `environment` works for `bootstrap`, which imports it only on the day it is needed.
PAIRS = {("bootstrap", "environment")}

# Each package of others has one importer: replacing it, or an upgrade of it, touches one file.
THIRD_PARTY = {
    "markdown": "converter",
    "nh3": "markup",
    "pydantic": "fields",
    "yaml": "yamltext",
    "frontmatter": "front_matter",
    "jinja2": "templating",
    "markupsafe": "templating",
    "PIL": "drawing",
    "livereload": "serve",
    "pagefind_bin": "searching",
    "tornado": "serve",
    "pybtex": "bibtex",
}
EDGE = {
    *(
        "disk",
        "plain",
        "listing",
        "again",
        "seen",
        "known",
        "shelf",
        "compilations",
        "receipts",
        "tree",
        "exchange",
        "locking",
        "manifest",
        "place",
        "publish",
        "timings",
    ),
    *("serve", "preview", "watching", "worker", "visiting", "answers", "parallel", "searching"),
    *(
        "cli",
        "commands",
        "building",
        "terminal",
        "arguments",
        "bootstrap",
        "environment",
        "testing",
        "importing",
        "desk",
        "recording",
        "drafting",
        "shipped",
        "starting",
    ),
}
OUTSIDE = {"os", "pathlib", "subprocess", "shutil", "tempfile", "socket", "glob", "time", "locale", "random"}
CLOCKS = {
    "open",
    "now",
    "today",
    "utcnow",
    "input",
}  # what a module may call of `io` and `datetime` is the rest of them
PRINTERS = {"cli", "commands", "building", "terminal", "testing"}

FILES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if PACKAGE / "starter" not in path.parents  # what new repositories get beside the generator
}
MODULES = sorted(set(FILES) - {"__init__"})


def heights() -> dict[str, tuple[int, int]]:
    """Each module's layer, and its place in its group (0 where it stands alone)."""
    return {
        module: (height, place)
        for height, (_, groups) in enumerate(LAYERS)
        for group in groups
        for place, module in enumerate(group.split(" < "))
    }


def imports(module: str) -> Iterator[str]:
    """Everything a module imports: "os", "markdown.core", "site_builder.urls"."""
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import"
            yield from (_imported(node.module or "", name.name) for name in node.names)


def _imported(source: str, name: str) -> str:
    """`from site_builder import urls` imports a module, `from site_builder.urls import page` a name of one."""
    whole = f"{source}.{name}".removeprefix("site_builder.")
    return f"site_builder.{whole}" if source.startswith("site_builder") and whole in FILES else source


def ours(module: str) -> set[str]:
    """The modules of ours that a module imports."""
    found = {name.removeprefix("site_builder.") for name in imports(module) if name.startswith("site_builder.")}
    return found - {module}


def group_of(module: str) -> list[str]:
    """The group in which a module stands, itself included."""
    return next(g.split(" < ") for _, groups in LAYERS for g in groups if module in g.split(" < "))


def test_every_module_has_a_layer() -> None:
    """A module that the table does not have, or the table alone has, must be put right in the table."""
    assert set(heights()) == set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down(module: str) -> None:
    """A module imports only from lower layers, or from those before it in its own group."""
    where, (height, place) = heights(), heights()[module]
    upward = {
        other
        for other in ours(module)
        if where[other][0] >= height and not (other in group_of(module) and where[other][1] < place)
    }
    assert {other for other in upward if (module, other) not in PAIRS} == set()


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("outputs.")])
def test_outputs_do_not_know_each_other(module: str) -> None:
    """An output can be added and removed without a look at the others."""
    assert {other for other in ours(module) if other.startswith("outputs")} == set()


def test_one_importer_each() -> None:
    """Every third-party package is imported by the one module that the table names, and no other package is."""
    known = sys.stdlib_module_names | {"site_builder"}
    found = {
        (name.partition(".")[0], module)
        for module in FILES
        for name in imports(module)
        if name.partition(".")[0] not in known
    }
    wanted = {(package, module) for package, module in THIRD_PARTY.items() if module in FILES}
    assert found == wanted


@pytest.mark.parametrize("module", sorted(set(MODULES) - EDGE))
def test_only_the_edge_touches_the_machine(module: str) -> None:
    """Below the edge there is no disk, no clock, no process and no locale."""
    assert {name for name in imports(module) if name.partition(".")[0] in OUTSIDE} == set()
    assert called(module) & CLOCKS == set()


@pytest.mark.parametrize("module", sorted(set(MODULES) - PRINTERS))
def test_only_the_command_prints(module: str) -> None:
    """Findings travel as values; one module speaks to the terminal."""
    assert "print" not in called(module)


def called(module: str) -> set[str]:
    """The names of the functions and methods that a module calls."""
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {call.id if isinstance(call, ast.Name) else getattr(call, "attr", "") for call in calls}
