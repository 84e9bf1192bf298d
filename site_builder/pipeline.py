"""The build as one function: files in, files out, everything that is wrong in between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from site_builder import ahead, charts, checking
from site_builder.authored import where_written
from site_builder.charts import Chart
from site_builder.diagnostics import CHECKS, Diagnostic, Report, Severity
from site_builder.edition import edition
from site_builder.files import TEMPLATES, Inputs, Options, Stage, sha256
from site_builder.glance import Glance
from site_builder.loading import load
from site_builder.looks import Look, load_look
from site_builder.making import ALONE, Hands, Listener, Workshop, make
from site_builder.memo import Memo
from site_builder.model import Check, Excuse
from site_builder.planning import Planning
from site_builder.texts import one_line, printable
from site_builder.timeline import Timeline

_ROUND = 120  # characters of a long line that are kept before the place of a finding


def build(  # noqa: PLR0913, PLR0917  the two ends, and who takes part
    inputs: Inputs,
    options: Options,
    memo: Memo,
    stage: Stage,
    hands: Hands = ALONE,
    listener: Listener = Listener(),  # noqa: B008  frozen
    glance: Glance | None = None,
) -> Report:
    """Make the site of the inputs into the stage. Only a stage whose report is `ok` may be published.

    `glance`: who is shown some pages before the others are made.
    """
    listener.begin("read the content")
    ahead.compute(inputs, memo, hands)
    timeline, findings = load(inputs, options, memo)
    findings = [*inputs.problems, *findings]
    look, more = _look(inputs, timeline.site.language if timeline else "en", memo)
    findings += more
    listener.begin("draw the maps")
    maps, more = _charts(inputs, timeline, memo)
    findings += more
    if timeline and look and _sound(findings):
        listener.begin("plan the pages")
        planning = Planning(look, edition(timeline, look.words, maps, memo, look.templates.names))
        ready = glance.first(planning, memo) if glance else {}
        plan = planning.whole(memo, listener.pulse)
        findings += checking.clashes(plan.artifacts)
        if _sound(findings):
            made = make(inputs, plan, Workshop(memo, stage, hands, listener, ready))
            findings += where_written(made, inputs, options)
        if glance and _sound(findings):
            glance.keep(inputs, planning, plan)
    report = _report(inputs, findings, timeline)
    if report.ok:  # a slip in one file must not cost what is known of all the others
        memo.sweep()
    return report


def _sound(findings: Iterable[Diagnostic]) -> bool:
    return all(finding.severity is not Severity.ERROR for finding in findings)


def _look(inputs: Inputs, language: str, memo: Memo) -> tuple[Look | None, list[Diagnostic]]:
    """The look, remembered with its compiled templates while no file of it changes."""
    if not inputs.under(TEMPLATES):  # the snapshot has said so
        return None, []
    digests = tuple((path, sha256(inputs.files[path])) for path in inputs.under(TEMPLATES))
    return memo.remember(
        "look", (language, digests), lambda: load_look(inputs, language, ahead.compiled_templates(inputs, memo))
    )


def _charts(inputs: Inputs, timeline: Timeline | None, memo: Memo) -> tuple[tuple[Chart, ...], list[Diagnostic]]:
    """The maps, drawn once while neither outlines nor the site's regions change; none for a site without points."""
    if not timeline or all(place.lat is None or place.lon is None for place in timeline.records.places.values()):
        return (), []
    site = timeline.site
    return memo.lasting("charts", charts.key(inputs, site), lambda: charts.survey(inputs, site))


def _report(inputs: Inputs, findings: Iterable[Diagnostic], timeline: Timeline | None) -> Report:
    """All findings, as severe as the site sets them, each with its line of source."""
    checks = timeline.site.checks if timeline else {}
    set_ = (_at_level(finding, checks.get(finding.code)) for finding in findings)
    lines = cache(lambda path: _lines(inputs.files.get(path, b"")))  # a file with thousands of slips is parted once
    return Report.of(_with_excerpt(lines(finding.location.path), finding) for finding in set_ if finding is not None)


def _at_level(finding: Diagnostic, setting: Check | None) -> Diagnostic | None:
    if not setting or finding.code not in CHECKS or finding.severity is Severity.ERROR:
        return finding
    if setting.severity == "off" or any(_excused(finding, excuse) for excuse in setting.allow):
        return None
    return replace(finding, severity=Severity(setting.severity)) if setting.severity else finding


def _excused(finding: Diagnostic, excuse: Excuse) -> bool:
    of_entry = not excuse.entry or finding.location.path.endswith(f"/{excuse.entry}.md")
    return of_entry and excuse.contains in (finding.about or finding.message)


def _lines(data: bytes) -> list[str]:
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\r\n", "\n").split("\n")


def _with_excerpt(lines: Sequence[str], finding: Diagnostic) -> Diagnostic:
    line = finding.location.line
    whole, column = lines[line - 1] if 0 < line <= len(lines) else "", finding.location.column
    start = max(column - 1 - _ROUND, 0) if len(whole) > 4 * _ROUND else 0
    excerpt = printable(whole[start : start + 4 * _ROUND])
    caret = column - start if start else 0
    message, hint = one_line(finding.message), one_line(finding.hint)
    return replace(finding, message=message, hint=hint, excerpt=excerpt, caret=caret)
