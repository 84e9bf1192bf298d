from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import jinja2
import pytest

from site_builder import watching, worker
from site_builder.diagnostics import Diagnostic, Location, Report, Severity
from site_builder.files import Options, sha256
from site_builder.manifest import manifest_of, verify
from site_builder.preview import Builder, State, Told, bound
from site_builder.publish import Staging
from site_builder.watching import Watch
from site_builder.worker import BETWEEN, MOST_ABANDONED, Job, Outcome, Worker, base_of
from tests.driver import entry
from tests.previews import ENTRY, PATIENCE, job, project, until, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return project(tmp_path)


@pytest.fixture
def watch(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A watch that has seen the project once, and looks at all of it each time."""
    monkeypatch.setattr(watching, "WHOLE", 0)
    monkeypatch.setattr(watching, "SPARING", 0)
    found = Watch(job(folder))
    found.look()
    return found


def finding(severity: Severity, message: str, line: int = 3) -> Diagnostic:
    return Diagnostic(Location(ENTRY, line, 1), severity, "a-code", message, "mend it", "title: <b>")


def test_the_first_look_always_sees_something(tmp_path: Path) -> None:
    """A preview begins with a build, of folders that are empty or not there too."""
    assert Watch(job(tmp_path)).look() == ["content"]


def test_nothing_changes_by_itself(watch: Watch) -> None:
    """Without an edit a look finds nothing, so that nothing is built."""
    assert watch.look() == []


def test_a_save_is_seen(folder: Path, watch: Watch) -> None:
    """A file with other words in it is named, and only once."""
    write(folder / ENTRY, entry(title="Verdict"))
    assert watch.look() == [ENTRY]
    assert watch.look() == []


def test_a_save_by_rename_is_seen(folder: Path, watch: Watch) -> None:
    """Many editors write a new file and rename it over the old one; size and time may be the same as before."""
    new, old = folder / "content/entries/2020/hearing.md~", folder / ENTRY
    new.write_bytes(old.read_bytes().replace(b"Hearing", b"Reading"))
    status = old.stat()
    os.utime(new, ns=(status.st_atime_ns, status.st_mtime_ns))
    new.replace(old)
    assert watch.look() == [ENTRY]


def test_what_was_edited_lately_is_looked_at_more_often(
    folder: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a large site, whose files are not all looked at each time, the next save of the same file is seen at once."""
    write(folder / ENTRY, entry(title="Verdict"))
    monkeypatch.setattr(watching, "SPARING", 1e9)
    assert watch.look() == [ENTRY]
    write(folder / "content/entries/2021/appeal.md", entry())
    assert watch.look() == []  # its turn has not come
    write(folder / ENTRY, entry(title="A second verdict"))
    assert watch.look() == [ENTRY]
    assert watch.look() == []
    (folder / ENTRY).unlink()  # it may have gone to another name, so all are looked at
    assert watch.look() == ["content/entries/2020/hearing.md", "content/entries/2021/appeal.md"]


def test_what_comes_and_goes_is_seen(folder: Path, watch: Watch) -> None:
    """New files, removed files and renamed folders are changes, in templates as well as in content."""
    write(folder / "content/entries/2021/appeal.md", entry())
    (folder / "templates/tags.html").unlink()
    assert watch.look() == ["content/entries/2021/appeal.md", "templates/tags.html"]
    (folder / "content/entries/2021").rename(folder / "content/entries/2022")
    assert watch.look() == ["content/entries/2021/appeal.md", "content/entries/2022/appeal.md"]


def test_what_editors_leave_behind_is_not_seen(folder: Path, watch: Watch) -> None:
    """Swap and backup files are no change."""
    for name in (".hearing.md.swp", "hearing.md~", "4913", ".DS_Store"):
        write(folder / "content/entries/2020" / name, "x")
    assert watch.look() == []


def test_many_saves_are_one_change(folder: Path, watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Switching branches writes many files one after the other: one look waits for all of them."""
    paths = [f"content/entries/2021/e{number:02}.md" for number in range(20)]
    left = iter(paths)

    def pause(_: float) -> None:
        for path in islice(left, 3):
            write(folder / path, entry())

    monkeypatch.setattr("site_builder.watching.time.sleep", pause)
    pause(0)
    assert watch.look() == paths


def test_a_build_process_builds_again_and_again(folder: Path) -> None:
    """The same process makes the first site and the next; without an edit nothing is published."""
    builder = Builder(job(folder))
    try:
        first = builder.build()
        assert (first.report.ok, first.changed, first.base, first.note) == (True, True, "t/", "")
        assert verify(folder / ".cache/preview") == []
        assert not builder.build().changed
        write(folder / ENTRY, entry(title="Verdict"))
        assert builder.build().changed
        assert "Verdict" in (folder / ".cache/preview/entries/hearing.html").read_text(encoding="utf-8")
    finally:
        builder.close()


def test_errors_come_with_their_place(folder: Path) -> None:
    """What is wrong crosses from the build process unchanged; the last good pages stay as they were."""
    builder = Builder(job(folder))
    try:
        builder.build()
        write(folder / ENTRY, entry(date="2020-02-30"))
        outcome = builder.build()
    finally:
        builder.close()
    (found,) = (one for one in outcome.report.diagnostics if one.severity is Severity.ERROR)
    assert (found.location, found.excerpt) == (Location(ENTRY, 3, 7), "date: 2020-02-30")
    assert not outcome.changed
    assert verify(folder / ".cache/preview") == []


def test_a_dead_build_process_is_replaced(folder: Path) -> None:
    """When the system ends the process between two builds, the next build starts another one and says so."""
    builder = Builder(job(folder))
    try:
        builder.build()
        assert builder._process
        builder._process.kill()
        outcome = builder.build()
    finally:
        builder.close()
    assert outcome.report.ok
    assert outcome.note.startswith("the build process had ended (")
    assert outcome.note.endswith("), so a new one was started")


def test_a_build_process_that_keeps_dying_is_reported(folder: Path) -> None:
    """Two deaths in a row are an error with the process's last words; the preview itself goes on."""
    crash = "import sys; sys.stdin.readline(); sys.stderr.write('no\\nmemory\\x1b left'); sys.exit(3)"
    builder = Builder(job(folder), [sys.executable, "-c", crash])
    (found,) = builder.build().report.diagnostics
    builder.close()
    assert found.severity is Severity.ERROR
    assert "has ended twice (with status 3: memory\\x1b left)" in found.message


def test_a_build_process_is_ended_in_the_middle_of_a_build(folder: Path) -> None:
    """Closing does not wait for a build, and whoever waits for its answer is released."""
    started, slow = folder / "started", "import sys, time; open(sys.argv[1] + '/../started', 'w'); time.sleep(60)"
    command = [sys.executable, "-c", slow.replace("sys.argv[1] + '/../started'", repr(str(started)))]
    builder = Builder(job(folder), command)
    waiting = threading.Thread(target=builder.build)
    waiting.start()
    until(started.exists)
    begun = time.monotonic()
    builder.close()
    waiting.join(10)
    assert not waiting.is_alive()
    assert time.monotonic() - begun < 10


def test_a_build_process_is_ended_while_it_starts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C in the very moment in which a process begins leaves none, and nobody waits for its build."""
    start, starting = Builder._start, threading.Event()

    def slowly(builder: Builder) -> subprocess.Popen[bytes]:
        starting.set()
        time.sleep(0.3)
        return start(builder)

    monkeypatch.setattr(Builder, "_start", slowly)
    builder = Builder(job(folder), [sys.executable, "-c", "import time; time.sleep(60)"])
    waiting = threading.Thread(target=builder.build)
    waiting.start()
    starting.wait(10)
    builder.close()
    waiting.join(10)
    assert not waiting.is_alive()
    assert builder._process is None


def test_a_fault_of_the_generator_is_told_apart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception in the build becomes an error that says it is not the author's, with its place in the code."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr(worker, "build", fail)
    (found,) = Worker(job(folder)).build().report.diagnostics
    assert found.message.startswith("KeyError: 'surprise' (test_preview.py:")
    assert "a fault of the generator" in found.hint


def test_a_busy_output_is_told(folder: Path) -> None:
    """When another process builds the same preview, that is said in its own words."""
    with Staging(job(folder).out):
        builder = Builder(job(folder))
        (found,) = builder.build().report.diagnostics
        builder.close()
    assert "another build is writing" in found.message


def test_a_slip_does_not_cost_what_is_remembered(folder: Path) -> None:
    """After an error has been mended, no page is rendered again but those that changed."""
    builds = Worker(job(folder))
    builds.build()
    known = pages(builds)
    write(folder / ENTRY, entry(date="2020-02-30"))
    assert not builds.build().report.ok
    write(folder / ENTRY, entry())
    assert builds.build().report.ok
    assert known
    assert known == pages(builds)


def test_what_is_open_is_seen_first(folder: Path) -> None:
    """A page that is open and changes is shown before the build has ended, just as it is published then; no other is.

    Nor is one that an edit does not touch, one that was seen already, or any at the first build.
    """
    seen: list[tuple[str, bytes]] = []
    builds = Worker(job(folder), lambda *shown: seen.append(shown))
    page = "entries/hearing.html"
    builds.build([page])
    assert seen == []
    write(folder / ENTRY, entry(title="Verdict"))
    assert builds.build([page, "tags/none.html", "404.html"]).changed
    assert seen.pop(0) == (page, (folder / ".cache/preview" / page).read_bytes())
    assert [path for path, _ in seen] == ["404.html"]  # open for the first time: who asked has it already
    builds.build([page])
    write(folder / ENTRY, entry(title="Verdict", body="More of it."))
    builds.build(["404.html"])
    assert len(seen) == 1
    assert verify(folder / ".cache/preview") == []


def test_an_edited_text_waits_for_no_other_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The open page of an entry whose text is edited is shown before any other file is looked at."""
    seen: list[str] = []
    builds = Worker(job(folder), lambda _, data: seen.append(data.decode()))
    builds.build()
    write(folder / ENTRY, entry(body="Other words."))
    monkeypatch.setattr(worker, "snapshot", lambda *_: pytest.fail("other files were looked at") if not seen else None)
    builds.build(["entries/hearing.html"])
    assert "Other words." in seen[0]


def test_a_glance_is_the_page_that_is_published(folder: Path) -> None:
    """What all pages say of the site may change with an edit: the glance can be older then, the build never is."""
    seen: dict[str, bytes] = {}
    builds = Worker(job(folder), seen.__setitem__)
    builds.build()
    page = "entries/hearing.html"
    write(folder / ENTRY, entry(title="Verdict"))
    write(folder / "content/pages/about.md", "---\ntitle: About us\n---\nWords.\n")
    assert builds.build([page]).changed
    published = (folder / ".cache/preview" / page).read_bytes()
    alone = Worker(replace(job(folder), out=folder / ".cache/other", cache=False))
    assert alone.build().changed
    assert published == (folder / ".cache/other" / page).read_bytes()


def test_the_first_edit_waits_for_no_template(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview that makes nothing at first, since all is known, gets ready for an edit while its author reads."""
    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # or another process would be quicker, sometimes
    monkeypatch.setattr(sys, "pycache_prefix", str(folder / "none"))  # where nothing is compiled yet
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.chdir(folder)
    before = Worker(job(folder))
    before.build()
    before.rest()
    compiled: list[object] = []
    shown: list[int] = []
    builds = Worker(job(folder), lambda path, data: shown.append(len(compiled)))
    builds.build()
    compile_: Any = jinja2.Environment.compile

    def counting(*given: Any) -> Any:
        compiled.append(given[2])
        return compile_(*given)

    monkeypatch.setattr(jinja2.Environment, "compile", counting)
    builds.rest()
    assert "entry.html" in compiled
    compiled.clear()
    write(folder / ENTRY, entry(title="Verdict"))
    assert builds.build(["entries/hearing.html"]).changed
    assert shown == [0]


def test_an_error_is_no_glance(folder: Path) -> None:
    """While a file has an error, no page of that state is shown."""
    seen: list[str] = []
    builds = Worker(job(folder), lambda path, _: seen.append(path))
    builds.build()
    write(folder / ENTRY, entry(title="Verdict", phase="none"))
    assert not builds.build(["entries/hearing.html"]).report.ok
    assert seen == []


def test_a_newer_save_ends_a_build(folder: Path) -> None:
    """While something newer waits, only the open pages are made, and what was published stays; but not forever."""
    seen: list[str] = []
    newer = False
    builds = Worker(job(folder), lambda path, data: seen.append(data.decode()), lambda: newer)
    newer = True
    assert builds.build().changed  # the first build goes to its end in any case
    before = files(folder / ".cache/preview")
    for n in range(MOST_ABANDONED):
        write(folder / ENTRY, entry(title=f"State {n}"))
        outcome = builds.build(["entries/hearing.html"])
        assert (outcome.abandoned, outcome.changed) == (True, False)
        assert f"<h1>State {n}</h1>" in seen[-1]
        assert files(folder / ".cache/preview") == before
    assert builds.build(["entries/hearing.html"]).changed
    assert "<h1>State 4</h1>" in (folder / ".cache/preview/entries/hearing.html").read_text("utf-8")
    assert verify(folder / ".cache/preview") == []


def test_a_newer_save_is_not_looked_for_at_every_file(folder: Path) -> None:
    """Each look is a call of the system, so there is at most one for each piece of `BETWEEN` seconds."""
    looks = 0

    def look() -> bool:
        nonlocal looks
        looks += 1
        return False

    builds = Worker(job(folder), waiting=look)
    builds.build()
    write(folder / ENTRY, entry(title="Verdict"))
    outcome = builds.build()
    assert outcome.changed
    assert 1 <= looks <= outcome.seconds / BETWEEN + 1


def files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


SLOW = """
import sys, time
sys.path.insert(0, sys.argv[1])
from site_builder import making, worker
staged = making._staged
making._staged = lambda *given: time.sleep(0.2) or staged(*given)
worker.work(sys.argv[2])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot tell whether there is something to read")
def test_a_build_process_can_be_hurried(folder: Path) -> None:
    """The process abandons what it is at when it is told so, and a word that comes too late does no harm."""
    builder = Builder(job(folder), (sys.executable, "-c", SLOW))
    shown = threading.Event()
    outcomes: list[Outcome] = []

    def ask() -> None:
        outcomes.append(builder.build(["index.html"], lambda path, data: shown.set()))

    try:
        assert builder.build().changed
        write(folder / ENTRY, entry(title="Verdict"))
        asking = threading.Thread(target=ask)
        asking.start()
        assert shown.wait(PATIENCE)
        builder.hurry()
        asking.join()
        assert outcomes[0].abandoned
        builder.hurry()
        assert builder.build().changed
    finally:
        builder.close()
    assert "Verdict" in (folder / ".cache/preview/entries/hearing.html").read_text("utf-8")


def pages(builds: Worker) -> set[object]:
    """The keys of the pages that the last good build has made or found."""
    return {key for step, key in builds._memo._kept if step == "page"}


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://a.example/repo", "repo/"),
        ("https://a.example/", ""),
        ("https://a.example/a%20b/c/", "a b/c/"),
        ("https://[", ""),
    ],
)
def test_the_site_lies_where_it_will_lie(folder: Path, url: str, base: str) -> None:
    """The path of the address on the command line, else that of site.yaml, is the path in the preview."""
    assert base_of(url, (folder / "content/site.yaml").read_bytes()) == base
    assert base_of("", (folder / "content/site.yaml").read_bytes()) == "t/"
    assert base_of("", b"") == ""


def test_a_browser_is_told_errors_only() -> None:
    """The overlay gets each error with its place, what to copy, its column, reason, hint and line; no warning."""
    state = State(Job(Path("c"), Path("t"), Options()), lambda path: path.replace("content/", "c/"))
    report = Report.of([finding(Severity.ERROR, "no <title>"), finding(Severity.WARNING, "long")])
    state.take(Outcome(report))
    assert state.message() == {
        "command": "preview",
        "build": state.mark(""),
        "count": 1,
        "old": False,
        "errors": [
            {
                "place": "c/entries/2020/hearing.md:3:1",
                "copy": "c/entries/2020/hearing.md:3",
                "column": 1,
                "message": "no <title>",
                "hint": "mend it",
                "excerpt": "title: <b>",
            }
        ],
    }
    assert json.loads(json.dumps(state.message())) == state.message()


def test_a_page_is_loaded_again_only_for_another_build(tmp_path: Path) -> None:
    """The mark of a page changes with what is served: not with an error, not when a save changes nothing."""
    state = State(Job(tmp_path, tmp_path, Options(), tmp_path), str)
    broken = Outcome(Report.of([finding(Severity.ERROR, "no title")]))
    marks = [state.mark("")]
    for outcome in (Outcome(Report(), changed=True), broken, Outcome(Report()), Outcome(Report(), changed=True)):
        state.take(outcome)
        marks.append(state.mark(""))
    first, second, after_error, after_nothing, after_change = marks
    assert first != second == after_error == after_nothing != after_change
    assert State(state.job, str).mark("") != first  # a page of an earlier session is never taken for a new one


def test_a_page_that_was_seen_early_is_not_loaded_twice(tmp_path: Path) -> None:
    """A page shown before its build has ended keeps its mark if it is published so; if not, it is loaded again."""
    state = State(Job(tmp_path, tmp_path, Options(), tmp_path), str)
    listed = {"a.html": sha256(b"old"), "b.html": sha256(b"b")}

    def take(outcome: Outcome, **digests: str) -> None:
        listed.update({f"{name}.html": digest for name, digest in digests.items()})
        (tmp_path / "manifest.json").write_bytes(manifest_of({name: (digest, 1) for name, digest in listed.items()}))
        state.take(outcome)

    good = Outcome(Report(), changed=True)
    take(good)
    first, other = state.mark("a.html"), state.mark("b.html")
    state.show("b.html", b"b")  # just as it is on show: nothing to load
    assert state.mark("b.html") == other
    state.show("a.html", b"new")
    early = state.mark("a.html")
    assert early != first
    assert state.fresh == {"a.html": b"new"}
    take(good, a=sha256(b"new"))
    assert state.mark("a.html") == early
    assert state.mark("b.html") != other  # the data that it asks for may have changed
    assert state.fresh == {}
    state.show("a.html", b"half")
    half = state.mark("a.html")
    state.take(Outcome(Report.of([finding(Severity.ERROR, "no title")])))
    assert state.mark("a.html") == early != half  # the last good page is back
    state.show("a.html", b"half")
    again = state.mark("a.html")
    take(good, a=sha256(b"whole"))
    assert state.mark("a.html") not in (early, half, again)


def test_an_edit_that_is_undone_is_no_longer_on_show(tmp_path: Path) -> None:
    """A page that was seen early and is what it was before is the last good one again, and loaded."""
    (tmp_path / "manifest.json").write_bytes(manifest_of({"a.html": (sha256(b"old"), 3)}))
    state = State(Job(tmp_path, tmp_path, Options(), tmp_path), str)
    state.take(Outcome(Report(), changed=True))
    first = state.mark("a.html")
    state.show("a.html", b"new")
    early = state.mark("a.html")
    state.show("a.html", b"old")
    assert state.fresh == {}
    assert state.mark("a.html") == first != early


def test_the_last_preview_is_shown_at_once(folder: Path) -> None:
    """A preview begins with the pages of the last one, and says that they are old until its own are made."""
    assert not State(job(folder), str).ready
    Worker(job(folder)).build()
    state = State(job(folder), str)
    state.resume("t/")
    assert (state.ready, state.base, state.message()["old"]) == (True, "t/", True)
    assert {"index.html", "manifest.json"} < state.files.keys()
    old = state.mark("")
    state.take(Outcome(Report()))
    assert not state.message()["old"]
    assert state.mark("") == old  # nothing has changed since, so no page is loaded again


def test_the_terminal_is_not_flooded() -> None:
    """Errors are shown at every build, warnings when they are new; each build has one line that counts all."""
    lines: list[str] = []
    shown: list[list[str]] = []
    told = Told(str, lines.append, lambda report: shown.append([one.message for one in report.diagnostics]))
    old, new = finding(Severity.WARNING, "old"), finding(Severity.WARNING, "new", 4)
    wrong = finding(Severity.ERROR, "wrong", 5)
    told(Outcome(Report.of([old]), changed=True, seconds=0.25), ["content"])
    told(Outcome(Report.of([old, new, wrong]), seconds=1), [ENTRY, "content/site.yaml"])
    told(Outcome(Report.of([old, wrong]), note="started again"), [ENTRY])
    assert shown == [["old"], ["new", "wrong"], ["wrong"]]
    assert [line[10:] for line in lines if line[2:3] == ":"] == [
        "content: built, 0.2 s, 1 warning",
        f"{ENTRY} and 1 more: the last good pages stay, 1.0 s, 1 error, 2 warnings",
        f"{ENTRY}: the last good pages stay, 0.0 s, 1 error, 1 warning",
    ]
    assert "started again" in lines


def test_nobody_else_can_reach_the_preview() -> None:
    """It listens on the loopback address alone; a port in use gives way to the next."""
    with bound(0) as first:
        address, port = first.getsockname()
        assert address == "127.0.0.1"
        with bound(port) as second:
            assert second.getsockname()[1] > port


@pytest.mark.parametrize("port", [-1, 65536, 700000])
def test_a_port_that_cannot_be(port: int) -> None:
    """A number that is no port is answered with a sentence, not with a traceback."""
    with pytest.raises(OSError, match="name another with `--port`"):
        bound(port)


def test_no_port_is_free(monkeypatch: pytest.MonkeyPatch) -> None:
    """After twenty busy ports the preview says which it has tried."""

    def busy(*_: object, **__: object) -> None:
        raise OSError("in use")

    monkeypatch.setattr(socket, "create_server", busy)
    with pytest.raises(OSError, match="no port from 5500 to 5519; name another"):
        bound(5500)
