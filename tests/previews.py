"""A small project on disk, and a preview of it that runs as authors run it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from site_builder.files import Options
from site_builder.worker import Job
from tests.driver import PROJECT, SITE, entry, tiny_look

ENTRY = "content/entries/2020/hearing.md"
PAGE = "t/entries/hearing.html"  # the site's address has the path /t/
PATIENCE = 60.0  # seconds; a busy machine is slow, and a passing test does not wait

# The policy of the real pages: what the preview adds must live with it.
POLICY = re.findall(r"<meta http-equiv[^>]*>", (PROJECT / "templates/base.html").read_text(encoding="utf-8"))[0]


def project(folder: Path) -> Path:
    """The tiny look with the real policy, and a site with one entry."""
    files = {path: data.decode() for path, data in tiny_look().items()}
    files["templates/base.html"] = files["templates/base.html"].replace("<head>", f"<head>{POLICY}")
    files |= {"content/site.yaml": SITE, ENTRY: entry()}
    for path, text in files.items():
        write(folder / path, text)
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def job(folder: Path) -> Job:
    return Job(folder / "content", folder / "templates", Options(), folder / ".cache/preview")


def until(true: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it has not come to pass"
        time.sleep(0.02)


class Preview:
    """A running preview: its process, its port and what it has said so far."""

    port: int
    url: str

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        assert process.stdout
        self.process, self.folder, self.said = process, folder, ""
        self._output = process.stdout
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def begin(self) -> None:
        """Wait until it says where it is."""
        until(lambda: "Ctrl-C" in self.said)
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", self.said)
        assert found
        self.port = int(found[1])
        self.url = found[0]

    def _listen(self) -> None:
        for line in self._output:
            self.said += line

    @property
    def builds(self) -> int:
        return len(re.findall(r"^\d\d:\d\d:\d\d  ", self.said, re.MULTILINE))

    def ask(self, path: str, *headers: str, method: str = "GET") -> tuple[int, str]:
        """Status and text (headers too) of the answer to an ordinary request with other headers."""
        lines = (f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *headers, "Connection: close", "", "")
        return self.send("\r\n".join(lines).encode())

    def send(self, request: bytes) -> tuple[int, str]:
        """Status and text of the answer to these very bytes; 0 where the connection is just closed."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as connection:
            connection.sendall(request)
            answer = b""
            with contextlib.suppress(ConnectionResetError):
                while part := connection.recv(65536):
                    answer += part
        found = re.match(rb"HTTP/1\.1 (\d{3})", answer)
        return int(found[1]) if found else 0, answer.decode("utf-8", "replace")

    def interrupt(self) -> int:
        """Press Ctrl-C; the exit status."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(PATIENCE)
        self._listener.join(PATIENCE)
        return status

    def end(self) -> None:
        """End it at once; whoever reads from a file must be done before the file is closed."""
        self.process.kill()
        self._listener.join(PATIENCE)


@contextlib.contextmanager
def preview(folder: Path, *options: str, wait: bool = True) -> Iterator[Preview]:
    """`build.py serve` in this folder on any free port, and with `wait`, its first build done."""
    # What runs in the background of a shell is deaf to Ctrl-C, and so would be all that it starts.
    start = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{start}; from site_builder.cli import main; sys.exit(main())", "serve"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [*command, "--port", "0", *options], cwd=folder, env=environment, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        running = Preview(process, folder)
        try:
            running.begin()
            if wait:
                until(lambda: running.builds)
            yield running
        finally:
            running.end()
