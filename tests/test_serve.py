from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest

from site_builder.diagnostics import Report
from site_builder.glance import Show
from site_builder.manifest import verify
from site_builder.preview import Builder, State, bound
from site_builder.publish import Staging
from site_builder.serve import Server, Watcher, _until_stopped
from site_builder.watching import Watch
from site_builder.worker import Job, Outcome, Worker, unseen
from tests.driver import SITE, entry
from tests.previews import ENTRY, PAGE, PATIENCE, Preview, job, preview, project, until, write

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for all ordinary requests."""
    folder = project(tmp_path_factory.mktemp("live"))
    write(folder / "content/media/plan 1.txt", "a plan")
    with preview(folder) as running:
        yield running


def test_pages_have_the_preview_s_script(live: Preview) -> None:
    """A page comes as it is on disk but for one script, from a file; its policy is untouched."""
    status, text = live.ask(f"/{PAGE}")
    body = text.partition("\r\n\r\n")[2]
    script = re.findall(r'<script src="/_preview/overlay.js" data-build="[0-9a-f]{8}-1" defer></script>', body)
    assert (status, len(script)) == (200, 1)
    on_disk = (live.folder / ".cache/preview/entries/hearing.html").read_text(encoding="utf-8")
    assert body.replace(script[0], "") == on_disk
    assert "_preview" not in on_disk


def test_the_path_is_that_of_the_published_site(live: Preview) -> None:
    """A site for https://example.org/t/ lies at /t/; the root leads there, and so does /t."""
    for path in ("/", "/t"):
        status, text = live.ask(path)
        assert status == 302
        assert "\r\nLocation: /t/\r\n" in text
    assert live.ask("/t/")[0] == 200
    assert live.ask("/t/?query=1")[0] == 200
    assert live.ask("/entries/hearing.html")[0] == 404


def test_a_page_that_is_not_there(live: Preview) -> None:
    """The site's own 404 page comes, with status 404 and the script, at any depth."""
    for path in ("/t/nothing.html", "/t/a/b/c/", "/else"):
        status, text = live.ask(path)
        assert status == 404
        assert 'href="/t/"' in text
        assert "overlay.js" in text


def test_types_do_not_depend_on_the_machine(live: Preview) -> None:
    """Types are told by the ending alone; browsers may not guess others, nor keep anything."""
    wanted = {"t/": "text/html", "t/data/entries.json": "application/json", "_preview/overlay.js": "text/javascript"}
    for path, kind in (wanted | {"_preview/overlay.css": "text/css"}).items():
        _, text = live.ask(f"/{path}")
        assert f"\r\nContent-Type: {kind}" in text
        assert "\r\nX-Content-Type-Options: nosniff\r\n" in text
        assert "\r\nCache-Control: no-store\r\n" in text
        assert "\r\nServer:" not in text


def test_names_with_spaces(live: Preview) -> None:
    """An escaped address finds its file; another case of its letters does not, as on the published site."""
    assert live.ask("/t/media/plan%201.txt")[1].endswith("a plan")
    assert live.ask("/t/Entries/hearing.html")[0] == 404


def test_head_is_like_get(live: Preview) -> None:
    """HEAD gives the length that GET has, and nothing more."""
    head, get = (live.ask(f"/{PAGE}", method=method)[1] for method in ("HEAD", "GET"))
    length = re.search(r"Content-Length: (\d+)", head)
    assert length
    assert int(length[1]) == len(get.partition("\r\n\r\n")[2].encode())
    assert head.endswith("\r\n\r\n")


def test_writing(tmp_path: Path) -> None:
    """A save shows; an error keeps the last good page and is told with its place; the fix shows and ends it."""
    with preview(project(tmp_path)) as running:

        def state() -> dict[str, object]:
            found: dict[str, object] = json.loads(running.ask("/_preview/state.json")[1].partition("\r\n\r\n")[2])
            return found

        first = state()["build"]
        write(tmp_path / ENTRY, entry(title="Verdict"))
        until(lambda: "<h1>Verdict</h1>" in running.ask(f"/{PAGE}")[1])
        until(lambda: state()["build"] != first)
        good = state()["build"]

        write(tmp_path / ENTRY, entry(title="Appeal", date="2020-02-30"))
        write(tmp_path / "content/entries/2020/other.md", entry(phase="none"))
        until(lambda: state()["count"] == 2)
        errors = json.dumps(state()["errors"])
        assert "content/entries/2020/hearing.md:3:7" in errors
        assert '"copy": "content/entries/2020/other.md:6"' in errors
        assert state()["build"] == good
        assert "<h1>Verdict</h1>" in running.ask(f"/{PAGE}")[1]
        assert "content/entries/2020/hearing.md:3:7: error: " in running.said

        (tmp_path / "content/entries/2020/other.md").unlink()
        write(tmp_path / ENTRY, entry(title="Appeal"))
        until(lambda: state()["count"] == 0 and state()["build"] != good)
        assert "<h1>Appeal</h1>" in running.ask(f"/{PAGE}")[1]

        (tmp_path / ENTRY).rename(tmp_path / "content/entries/2020/review.md")
        until(lambda: running.ask("/t/entries/review.html")[0] == 200)
        assert running.ask(f"/{PAGE}")[0] == 404
        write(tmp_path / "content/site.yaml", SITE.replace("/t/", "/other/"))
        until(lambda: running.ask("/other/entries/review.html")[0] == 200)
        assert not (tmp_path / "_site").exists()
        assert verify(tmp_path / ".cache/preview") == []


def test_files_and_folders_come_and_go(tmp_path: Path) -> None:
    """New files and folders, renamed and removed ones, and saves by rename, of entries and of the look, all show."""
    content = project(tmp_path) / "content"
    with preview(tmp_path) as running:

        def answers(path: str, status: int) -> None:
            until(lambda: running.ask(f"/t/{path}")[0] == status)

        write(content / "entries/2021/appeal.md", entry(title="Appeal"))
        answers("entries/appeal.html", 200)
        write(content / "media/plan.txt", "a plan")
        answers("media/plan.txt", 200)
        (content / "entries/2021").rename(content / "entries/2022")
        write(tmp_path / "appeal.tmp", entry(title="Second appeal"))
        (tmp_path / "appeal.tmp").replace(content / "entries/2022/appeal.md")  # as many editors save
        until(lambda: "<h1>Second appeal</h1>" in running.ask("/t/entries/appeal.html")[1])
        write(tmp_path / "new.html", (tmp_path / "templates/entry.html").read_text("utf-8").replace("<h1>", "<h1>The "))
        (tmp_path / "new.html").replace(tmp_path / "templates/entry.html")
        until(lambda: "<h1>The Second appeal</h1>" in running.ask("/t/entries/appeal.html")[1])
        shutil.rmtree(content / "entries/2022")
        (content / "media/plan.txt").unlink()
        answers("entries/appeal.html", 404)
        answers("media/plan.txt", 404)
    assert verify(tmp_path / ".cache/preview") == []


def test_a_first_build_with_errors(tmp_path: Path) -> None:
    """Before any good page there is a plain one with the errors, escaped, under a strict policy; then the site."""
    write(project(tmp_path) / ENTRY, entry(phase="<script>alert(1)</script>"))
    with preview(tmp_path) as running:
        status, text = running.ask("/anything")
        assert status == 503
        assert "content/entries/2020/hearing.md:6:" in text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
        assert """Content-Security-Policy" content="default-src 'none'; script-src 'self'""" in text
        assert text.count("<script") == 1
        write(tmp_path / ENTRY, entry())
        until(lambda: running.ask(f"/{PAGE}")[0] == 200)


def test_an_address_from_the_command_line(tmp_path: Path) -> None:
    """`--base-url` wins over the site's own address, drafts show when asked for, and Ctrl-C ends it with 130."""
    write(project(tmp_path) / "content/entries/2020/plan.md", entry(status="draft"))
    with preview(tmp_path, "--base-url", "https://example.org/", "--drafts") as running:
        assert running.ask("/entries/hearing.html")[0] == 200
        assert running.ask("/entries/plan.html")[0] == 200
        if os.name != "nt":  # there, a program cannot press Ctrl-C for one other program alone
            assert running.interrupt() == 130
            assert "Traceback" not in running.said


@linux
def test_ctrl_c_in_the_middle_of_a_build(tmp_path: Path) -> None:
    """Whatever it is at, Ctrl-C ends it with 130: no process is left, no traceback, and the output is free."""
    with preview(project(tmp_path), wait=False) as running:
        until(lambda: children(running.process.pid))
        (child,) = children(running.process.pid)
        assert running.interrupt() == 130
        assert "Traceback" not in running.said
        until(lambda: has_ended(child))
    with Staging(tmp_path / ".cache/preview"):
        pass


@linux
def test_sudden_deaths(tmp_path: Path) -> None:
    """A killed build process is replaced, which the terminal says; one whose server is killed sees that and ends."""
    with preview(project(tmp_path)) as running:
        os.kill(children(running.process.pid)[0], signal.SIGKILL)
        write(tmp_path / ENTRY, entry(title="Verdict"))
        until(lambda: "<h1>Verdict</h1>" in running.ask(f"/{PAGE}")[1])
        until(lambda: "(by SIGKILL), so a new one was started" in running.said)
        (child,) = children(running.process.pid)
        os.kill(running.process.pid, signal.SIGKILL)
        until(lambda: has_ended(child))


def children(process: int) -> list[int]:
    """Those of all its threads."""
    found = (file.read_text() for file in Path(f"/proc/{process}/task").glob("*/children"))
    return [int(one) for text in found for one in text.split()]


def has_ended(process: int) -> bool:
    """Whether it is gone, or only waits for somebody to ask for its status."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


class HeldBuilder(Builder):
    """Counts its builds, and ends each only when it is allowed to."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.builds, self.allowed = 0, threading.Semaphore(0)

    def build(self, opened: Collection[str] = (), show: Show = unseen) -> Outcome:
        self.builds += 1
        self.allowed.acquire(timeout=PATIENCE)
        return Outcome(Report(), changed=True)

    def close(self) -> None:
        self.allowed.release()


def in_process(folder: Path, builder: Builder, use: Callable[[State, int], None]) -> None:
    """Run a server with this builder in this process while `use` uses it."""
    state, listener = State(job(folder), str), bound(0)
    server = Server(state, Watcher(state, builder, lambda outcome, changed: None), print)

    async def run() -> None:
        serving = asyncio.create_task(_until_stopped(server, server.watcher, builder, listener))
        try:
            await asyncio.to_thread(use, state, listener.getsockname()[1])
        finally:
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

    asyncio.run(run())
    listener.close()


def test_the_server_answers_during_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A request in the middle of a build is answered at once; a save in the middle of one makes another one follow."""
    builder, look, looks = HeldBuilder(job(project(tmp_path))), Watch.look, [0]

    def counted(watch: Watch) -> list[str]:
        looks[0] += 1
        return look(watch)

    monkeypatch.setattr(Watch, "look", counted)

    def use(state: State, port: int) -> None:
        until(lambda: builder.builds == 1)
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(f"GET /_preview/state.json HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
            assert b" 200 " in connection.recv(4096)
        assert builder.builds == 1
        assert state.report is None  # still at it
        write(tmp_path / "new.md", entry(title="Verdict"))
        (tmp_path / "new.md").replace(tmp_path / ENTRY)
        builder.allowed.release()
        until(lambda: builder.builds == 2)
        builder.allowed.release()
        until(lambda: state.mark("").endswith("-2"))
        seen = looks[0]
        until(lambda: looks[0] >= seen + 3)  # whatever else there were to build would have been seen
        assert builder.builds == 2

    in_process(tmp_path, builder, use)


class ShowingBuilder(HeldBuilder):
    """Shows a page before."""

    shown = b"<html><head></head><body>early</body></html>"

    def build(self, opened: Collection[str] = (), show: Show = unseen) -> Outcome:
        show(PAGE.removeprefix("t/"), self.shown)
        super().build(opened, show)
        return Outcome(Report(), base="t/")


def test_a_page_is_served_before_its_build_has_ended(tmp_path: Path) -> None:
    """What is made first is served at once, with a mark of its own; what was not published then is taken back."""
    folder = project(tmp_path)
    Worker(job(folder)).build()
    builder = ShowingBuilder(job(folder))

    def use(state: State, port: int) -> None:
        def page() -> str:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            with contextlib.closing(connection):
                connection.request("GET", f"/{PAGE}")
                return connection.getresponse().read().decode()

        state.resume("t/")
        until(lambda: "early" in page())
        assert f'data-build="{state.mark(PAGE.removeprefix("t/"))}"' in page()
        assert state.mark("index.html") != state.mark(PAGE.removeprefix("t/"))
        builder.allowed.release()
        until(lambda: "<h1>Hearing</h1>" in page())

    in_process(tmp_path, builder, use)
