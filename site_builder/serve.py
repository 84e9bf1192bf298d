"""The preview: livereload's server behind a stricter door, with a build process of its own beside it.

What livereload 2.7.1 does otherwise: it answers any Host and any origin, serves hidden files, reloads at the request
of any page, drops a reload within three seconds of the last, looks for changes every 0.8 s, injects an inline script,
and builds inside the server's loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import livereload
from livereload import handlers, watcher
from tornado import web, websocket
from tornado.escape import json_decode, json_encode
from tornado.httpserver import HTTPServer

from site_builder.diagnostics import Report
from site_builder.plain import MIB, read_plain
from site_builder.preview import HOST, Builder, State, Told, bound
from site_builder.printing import Display
from site_builder.urls import HOME, NOT_FOUND
from site_builder.watching import POLL, Watch
from site_builder.worker import Job, Outcome, base_of

ASSETS = Path(__file__).with_name("preview_assets")
OWN = "/_preview/"  # no page of a site can lie there: an id has no underscore
WAITING = "waiting.html"
# What the system takes a file for may be odd (on Windows any program may change it), and browsers insist on these.
TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
    ".svg": "image/svg+xml", ".xml": "application/xml", ".ics": "text/calendar", ".txt": "text/plain",
}  # fmt: skip


class Guarded(web.RequestHandler):
    """The door of every handler: it opens for this server's own pages and for links to them, in no other's name."""

    @property
    def state(self) -> State:
        state: State = self.settings["state"]
        return state

    def prepare(self) -> None:
        port, headers = self.settings["port"], self.request.headers
        hosts = [f"{name}{'' if port == 80 else f':{port}'}" for name in (HOST, "localhost")]
        if headers.get("Host", "").lower() not in hosts:
            raise web.HTTPError(403, "This preview answers only to its own address.")
        origin = headers.get("Origin", f"http://{headers['Host']}")
        elsewhere = headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none")
        if origin.lower() != f"http://{headers['Host']}".lower() or (
            elsewhere and headers.get("Sec-Fetch-Mode") != "navigate"
        ):
            raise web.HTTPError(403, "This preview answers only to its own pages.")

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "SAMEORIGIN")

    def write_error(self, status_code: int, **known: Any) -> None:
        wrong = known.get("exc_info", (None, None, None))[1]
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        said = wrong.log_message if isinstance(wrong, web.HTTPError) and status_code == 403 else ""
        self.finish(f"{said or self._reason}\n")

    def log_exception(self, kind: Any, value: Any, _: Any) -> None:
        if not isinstance(value, web.HTTPError):
            self.settings["say"](f"the preview could not answer {self.request.path!r}: {kind.__name__}: {value}")


class Asset(Guarded):
    """The preview's own script, style and state."""

    def get(self, name: str) -> None:
        suffix = PurePosixPath(name).suffix
        self.set_header("Content-Type", f"{TYPES[suffix]}; charset=utf-8")
        page = self.state.name(unquote(self.get_query_argument("page", "")).lstrip("/"))
        self.write(self.state.message(page) if suffix == ".json" else (ASSETS / name).read_bytes())


class Pages(Guarded, handlers.StaticFileHandler):  # type: ignore[misc]  # livereload has no types
    """The site under the path it will be published at; nothing but what its manifest lists."""

    async def get(self, path: str) -> None:
        state = self.state
        if not state.ready:
            self.set_status(503)
            page = state.waiting((ASSETS / WAITING).read_text(encoding="utf-8"))
            self._send(WAITING, page.encode(), state.mark(NOT_FOUND))
        elif path in ("", state.base.rstrip("/")) and state.base:
            self.redirect(f"/{quote(state.base)}")
        elif not path.startswith(state.base):
            raise web.HTTPError(404)
        else:
            name = path.removeprefix(state.base) or HOME
            await self._settled()
            mark = state.mark(name)  # before the file is read: a page can be newer than its mark, never older
            self._send(name, self._read(name), mark)

    head = get

    def write_error(self, status_code: int, **known: Any) -> None:
        if status_code == 404 and self.state.ready:
            with contextlib.suppress(web.HTTPError):
                self._send(NOT_FOUND, self._read(NOT_FOUND), self.state.mark(NOT_FOUND))
                self.finish()
                return
        super().write_error(status_code, **known)

    def compute_etag(self) -> None:
        """None: the preview is always asked anew."""

    async def _settled(self) -> None:
        """Where a system cannot exchange two folders in one step, there is none for a moment."""
        for _ in range(20):
            if self.state.job.out.is_dir():
                return
            await asyncio.sleep(0.05)

    def _read(self, name: str) -> bytes:
        self.path = name
        if name not in self.state.files:
            raise web.HTTPError(404)
        if name in self.state.fresh:
            return self.state.fresh[name]
        file = self.validate_absolute_path(self.root, self.get_absolute_path(self.root, name))
        try:
            return read_plain(os.fsencode(file), 64 * MIB)
        except OSError as wrong:
            raise web.HTTPError(404) from wrong

    def _send(self, name: str, data: bytes, mark: str) -> None:
        self.absolute_path = name  # what livereload's handler tells the type from
        kind = TYPES.get(PurePosixPath(name).suffix) or self.get_content_type()
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if kind == "text/html":
            script = f'<script src="{OWN}overlay.js" data-build="{mark}" defer></script></head>'
            data = data.replace(b"</head>", script.encode(), 1)
        self.write(data)


class LiveReload(Guarded, handlers.LiveReloadHandler):  # type: ignore[misc]
    """livereload's socket; what it tells is the whole state, so that no message can be missed for good."""

    page = NOT_FOUND

    def check_origin(self, origin: str) -> bool:
        return websocket.WebSocketHandler.check_origin(self, origin)

    def on_message(self, message: str | bytes) -> None:
        try:
            super().on_message(message)
            if self in self.waiters:
                self.page = self.state.name(unquote(urlsplit(json_decode(message)["url"]).path).lstrip("/"))
                self.tell()
        except (ValueError, TypeError, AttributeError, LookupError):  # not the protocol of livereload
            self.close()

    @classmethod
    def opened(cls) -> set[str]:
        """The files that browsers show."""
        return {waiter.page for waiter in cls.waiters}

    @classmethod
    def reload_waiters(cls, _: str | None = None) -> None:
        for waiter in cls.waiters.copy():
            waiter.tell()

    def tell(self) -> None:
        with contextlib.suppress(websocket.WebSocketClosedError):
            sent = self.write_message(json_encode(self.state.message(self.page)))
            sent.add_done_callback(lambda done: done.exception())  # the reader may just have gone


class Watcher(watcher.Watcher):  # type: ignore[misc]
    """Looks and builds outside of the server's loop; what changes during a build is found right after it."""

    def __init__(self, state: State, builder: Builder, tell: Callable[[Outcome, list[str]], None]) -> None:
        super().__init__()
        self.task: asyncio.Task[None] | None = None
        self._state, self._builder, self._tell = state, builder, tell
        self._eyes = Watch(state.job)
        self.watch(str(state.job.content))  # livereload watches the current folder unless told

    def start(self, callback: Callable[[], None]) -> bool:
        self.task = asyncio.get_running_loop().create_task(self._follow(callback))
        return True

    def examine(self) -> tuple[str | None, None]:
        return "content", None  # what has changed is told by the whole state

    async def _follow(self, callback: Callable[[], None]) -> None:
        loop = asyncio.get_running_loop()

        def seen(name: str, data: bytes) -> None:
            self._state.show(name, data)
            callback()

        def show(name: str, data: bytes) -> None:
            loop.call_soon_threadsafe(seen, name, data)

        changed: list[str] = []
        while True:
            changed = changed or await asyncio.to_thread(self._eyes.look)
            if not changed:
                await asyncio.sleep(POLL)
                continue
            work = asyncio.to_thread(self._builder.build, LiveReload.opened(), show)
            outcome, more = await self._meanwhile(asyncio.ensure_future(work))
            if outcome.abandoned:
                changed = sorted({*changed, *more})
                continue
            self._state.take(outcome)
            callback()
            self._tell(outcome, changed)
            changed = more

    async def _meanwhile(self, building: asyncio.Future[Outcome]) -> tuple[Outcome, list[str]]:
        """The outcome of a build, and what has changed since it began, for which it is hurried to its end."""
        more: list[str] = []
        while not (await asyncio.wait([building], timeout=POLL))[0]:
            if found := await asyncio.to_thread(self._eyes.look):
                more = sorted({*more, *found})
                self._builder.hurry()
        return building.result(), more


class Server(livereload.Server):  # type: ignore[misc]
    """livereload's server with the handlers above and no others."""

    def __init__(self, state: State, watcher: Watcher, say: Callable[[str], None]) -> None:
        super().__init__(watcher=watcher)
        self.SFH, self.root, self.default_filename = Pages, str(state.job.out), HOME
        self._settings: dict[str, Any] = {"state": state, "say": say, "log_function": lambda _: None}

    def listen(self, listener: socket.socket) -> HTTPServer:
        """In place of livereload's `application`, which brings its own handlers along."""
        LiveReload.watcher, LiveReload._last_reload_time = self.watcher, None
        handlers.LiveReloadHandler.DEFAULT_RELOAD_TIME = 0  # it is read from the class itself, not from ours
        own = [(f"{OWN}socket", LiveReload), (rf"{OWN}(overlay\.js|overlay\.css|state\.json)", Asset)]
        port = listener.getsockname()[1]
        server = HTTPServer(
            web.Application(
                [*own, *self.get_web_handlers("")], port=port, websocket_max_message_size=4096, **self._settings
            ),
            max_body_size=4096,
        )
        server.add_socket(listener)
        return server


def run(job: Job, port: int, display: Display, say: Callable[[str], None], show: Callable[[Report], None]) -> int:
    """Preview until Ctrl-C, which reaches the caller as KeyboardInterrupt. `say` prints a line, `show` findings."""
    for name in ("tornado", "livereload"):  # their notes on odd requests are nothing to the author
        logging.getLogger(name).addHandler(logging.NullHandler())
        logging.getLogger(name).propagate = False
    listener = bound(port)
    taken = listener.getsockname()[1]
    if port not in (taken, 0):
        say(f"port {port} is in use, so the preview takes {taken}")
    say(f"the preview is at http://{HOST}:{taken}/ (Ctrl-C ends it)")
    state, builder = State(job, display), Builder(job)
    state.resume(base_of(job.options.base_url, _site_file(job)))
    watcher = Watcher(state, builder, Told(display, say, show))
    try:
        asyncio.run(_until_stopped(Server(state, watcher, say), watcher, builder, listener))
    finally:
        builder.close()
        listener.close()
    return 0


def _site_file(job: Job) -> bytes:
    try:
        return read_plain(os.fsencode(job.content / "site.yaml"), MIB)
    except OSError:
        return b""


async def _until_stopped(server: Server, watcher: Watcher, builder: Builder, listener: socket.socket) -> None:
    listening = server.listen(listener)
    LiveReload.start_tasks()
    try:
        if watcher.task:
            await watcher.task
    finally:
        builder.close()  # first, since a thread waits for its answer
        listening.stop()
