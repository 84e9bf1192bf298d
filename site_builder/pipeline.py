"""The build as one function: files in, files out, everything that is wrong in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from site_builder import checking
from site_builder.artifacts import Artifact, Copy, Page, Text
from site_builder.diagnostics import CHECKS, Diagnostic, Report, Severity
from site_builder.files import TEMPLATES, Inputs, Stage, sha256
from site_builder.loading import Options, load
from site_builder.memo import Memo
from site_builder.outputs import CLOSINGS, OUTPUTS
from site_builder.rendering import Constants, Look, Made, TemplateFailedError, load_look, page_key, render
from site_builder.texts import printable
from site_builder.timeline import Timeline
from site_builder.views import edition

Progress = Callable[[int, int], None]  # files done, files in all


def build(
    inputs: Inputs,
    options: Options,
    memo: Memo,
    stage: Stage,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Make the site of the inputs into the stage. Only a stage whose report is `ok` may be published."""
    timeline, findings = load(inputs, options, memo)
    findings = [*inputs.problems, *findings]
    look: Look | None = None
    if not any(problem.location.path.startswith(TEMPLATES.rstrip("/")) for problem in inputs.problems):
        look, more = _look(inputs, timeline.site.language if timeline else "en", memo)
        findings += more
    if timeline and look and Report.of(findings).ok:
        plan = _plan(timeline, look)
        findings += checking.clashes(plan.artifacts)
        if Report.of(findings).ok:
            findings += _make(inputs, plan, look, memo, stage, progress)
    memo.sweep()
    return _report(inputs, findings, timeline)


def _look(inputs: Inputs, language: str, memo: Memo) -> tuple[Look | None, list[Diagnostic]]:
    """The look, remembered with its compiled templates while no file of it changes."""
    digests = tuple((path, sha256(inputs.files[path])) for path in inputs.under(TEMPLATES))
    return memo.remember("look", (language, digests), lambda: load_look(inputs, language))


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that a build will make, what every page of it may say of the site, and the digest of that and the look."""

    constants: Constants
    digest: str
    artifacts: tuple[Artifact, ...]


def _plan(timeline: Timeline, look: Look) -> _Plan:
    material = edition(timeline, look.words)
    made = [(output, list(output.make(material))) for output in OUTPUTS]
    present = [output for output, artifacts in made if artifacts]
    own = sorted(timeline.records.pages.values(), key=lambda page: (page.order, page.id))
    constants = Constants(
        timeline.site,
        tuple(output.nav for output in present if output.nav),
        tuple(output.alternate for output in present if output.alternate),
        tuple((page.title, f"{page.id}.html") for page in own),
    )
    artifacts = [artifact for _, some in made for artifact in some]
    artifacts += [Artifact(path, Copy(f"templates/static/{name}"), listed=False) for name, path in look.assets.items()]
    for closing in CLOSINGS:
        artifacts += closing.make(material, artifacts)
    return _Plan(constants, sha256(repr((look.digest, constants)).encode()), tuple(artifacts))


def _make(
    inputs: Inputs, plan: _Plan, look: Look, memo: Memo, stage: Stage, progress: Progress
) -> Iterable[Diagnostic]:
    """Every file into the stage; yields what went wrong, at the end the links that lead nowhere."""
    pages: dict[str, Made] = {}
    failures: dict[str, Diagnostic] = {}
    for done, artifact in enumerate(plan.artifacts, start=1):
        try:
            if isinstance(artifact.recipe, Page):
                pages[artifact.path] = _page(plan, artifact.path, artifact.recipe, look, memo, stage)
            elif isinstance(artifact.recipe, Text):
                stage.write(artifact.path, artifact.recipe.make().encode())
            else:
                stage.write(artifact.path, inputs.files[artifact.recipe.source])
        except TemplateFailedError as failure:  # one broken template fails on every page: say it once
            failures.setdefault(str(failure.diagnostic.location), failure.diagnostic)
        progress(done, len(plan.artifacts))
    yield from failures.values()
    if not failures:
        yield from checking.dead_links((artifact.path for artifact in plan.artifacts), pages)


def _page(plan: _Plan, path: str, page: Page, look: Look, memo: Memo, stage: Stage) -> Made:
    """The page's links and anchors; its bytes go to the stage unless they are known to be there."""
    key = page_key(plan.digest, path, page)
    fresh: list[Made] = []

    def make() -> tuple[str, Made]:
        made = render(look, plan.constants, path, page)
        fresh.append(made)
        return sha256(made.data), replace(made, data=b"")

    digest, remembered = memo.remember("page", key, make)
    if not fresh and not stage.has(path, digest):
        fresh.append(render(look, plan.constants, path, page))
    if fresh:
        stage.write(path, fresh[0].data)
    return remembered


def _report(inputs: Inputs, findings: Iterable[Diagnostic], timeline: Timeline | None) -> Report:
    """All findings, as severe as the site sets them, each with its line of source."""
    levels = timeline.site.checks if timeline else {}
    set_ = (_at_level(finding, levels.get(finding.code, "")) for finding in findings)
    return Report.of(_with_excerpt(inputs, finding) for finding in set_ if finding is not None)


def _at_level(finding: Diagnostic, level: str) -> Diagnostic | None:
    if not level or finding.code not in CHECKS or finding.severity is Severity.ERROR:
        return finding
    return None if level == "off" else replace(finding, severity=Severity(level))


def _with_excerpt(inputs: Inputs, finding: Diagnostic) -> Diagnostic:
    data = inputs.files.get(finding.location.path, b"").removeprefix(b"\xef\xbb\xbf")
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    line = finding.location.line
    excerpt = printable(lines[line - 1]) if 0 < line <= len(lines) else ""
    return replace(finding, message=printable(finding.message), hint=printable(finding.hint), excerpt=excerpt)
