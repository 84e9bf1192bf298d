"""The preview: livereload's server behind a stricter door, a build process of its own beside it.

What livereload 2.7.1 does otherwise: it answers any Host and any origin, serves hidden files, reloads on demand of any
page, drops a reload that comes within three seconds of the last, polls slowly, and builds inside the server's loop.
"""

from __future__ import annotations

import asyncio
import errno
import html
import json
import logging
import mimetypes
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import livereload
from livereload import handlers, watcher
from tornado import httputil, netutil, web, websocket
from tornado.httpserver import HTTPServer

from site_builder.diagnostics import Report, Severity
from site_builder.manifest import MANIFEST, read_manifest
from site_builder.plain import MIB, read_plain
from site_builder.preview import Builder, Job, Outcome, Watch
from site_builder.printing import Display, place, summary
from site_builder.urls import HOME, NOT_FOUND

HOST = "127.0.0.1"
PORTS_TRIED = 20
MOST_SHOWN = 500  # errors in the browser; the terminal counts the rest
ASSETS = Path(__file__).with_name("preview_assets")
OWN = "_preview"  # no page of a site has such a path: ids have no underscore
HEAD_END = b"</head>"
LARGEST = 64 * MIB

# The system's own table may be missing or odd (on Windows, programs write to it), and browsers insist on these.
TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json",
    ".svg": "image/svg+xml", ".xml": "application/xml", ".ics": "text/calendar", ".txt": "text/plain",
}  # fmt: skip


@dataclass(slots=True)
class State:
    """What the browser is told: the build that it may show, and what is wrong with the files since then."""

    job: Job
    display: Display
    report: Report | None = None  # none before the first build has ended
    ready: bool = False  # a good build of this session lies in the folder
    base: str = ""
    files: frozenset[str] = frozenset()
    _session: str = field(default_factory=partial(secrets.token_hex, 4))
    _number: int = 0

    @property
    def build(self) -> str:
        return f"{self._session}-{self._number}"

    def take(self, outcome: Outcome) -> None:
        self.report = outcome.report
        if outcome.changed or not self.ready:
            self._number += 1
        if outcome.report.ok:
            self.ready, self.base = True, outcome.base
            manifest = read_manifest(self.job.out) or {"files": {}}
            self.files = frozenset({*manifest["files"], MANIFEST})

    def errors(self) -> list[dict[str, Any]]:
        found = [one for one in self.report.diagnostics if one.severity is Severity.ERROR] if self.report else []
        return [
            {
                "place": place(one, self.display),
                "copy": ":".join([self.display(one.location.path), *([str(one.location.line)] * (one.location.line > 0))]),
                "message": one.message,
                "hint": one.hint,
                "excerpt": one.excerpt,
                "column": one.location.column,
            }
            for one in found
        ]

    def message(self) -> dict[str, Any]:
        errors = self.errors()
        return {"command": "preview", "build": self.build, "errors": errors[:MOST_SHOWN], "count": len(errors)}


class Guarded(web.RequestHandler):
    """A door in front of each handler: only pages of this very server, in a browser on this machine, may ask."""

    state: State

    def prepare(self) -> None:
        port = self.application.settings["port"]
        hosts = {f"{name}:{port}" for name in (HOST, "localhost")} | ({HOST, "localhost"} if port == 80 else set())
        host, origin = self.request.headers.get("Host", "").lower(), self.request.headers.get("Origin")
        if host not in hosts:
            raise web.HTTPError(403, reason="This preview answers only by its own address")
        site, mode = (self.request.headers.get(f"Sec-Fetch-{name}", "") for name in ("Site", "Mode"))
        foreign = site in ("cross-site", "same-site") and mode != "navigate"
        if foreign or origin is not None and origin.lower() != f"http://{host}":
            raise web.HTTPError(403, reason="This preview does not answer other sites")
