"""Outside addresses, asked of a server on this machine that answers as badly as servers do."""

from __future__ import annotations

import contextlib
import http.server
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder.links import Answer, judge
from site_builder.visiting import Visitor, visits


class Host(http.server.ThreadingHTTPServer):
    """What it was asked, and how often."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.asked: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.patience = threading.Event()  # set when the test is over

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asks may hang up."""


class Desk(http.server.BaseHTTPRequestHandler):
    server: Host

    def log_message(self, *args: object) -> None:
        """A test is silent."""

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        times = sum(line.endswith(f" {self.path}") for line in self.server.asked)
        name = self.path.strip("/")
        if name.isdecimal():
            self._say(int(name))
        else:
            getattr(self, f"_{name.partition('?')[0]}")(times)

    def _say(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()

    def _moved(self, times: int) -> None:
        self._say(301, Location="/200")

    def _elsewhere(self, times: int) -> None:
        self._say(302, Location=f"{self.server.address}/200#there")

    def _home(self, times: int) -> None:
        self._say(302, Location="/?")

    def _circle(self, times: int) -> None:
        self._say(302, Location="/circle")

    def _longer(self, times: int) -> None:
        self._say(302, Location=f"{self.path}?x")

    def _inside(self, times: int) -> None:
        self._say(301, Location=f"http://127.0.0.2:{self.server.server_port}/200")

    def _file(self, times: int) -> None:
        self._say(302, Location="file:///etc/passwd")

    def _busy(self, times: int) -> None:
        self._say(429 if times == 1 else 200, Retry_After="7")

    def _dated(self, times: int) -> None:
        self.send_response_only(503 if times == 1 else 200)
        self.send_header("Date", "Thu, 01 Jan 2026 00:00:00 GMT")
        self.send_header("Retry-After", "Thu, 01 Jan 2026 00:00:30 GMT")
        self.end_headers()

    def _later(self, times: int) -> None:
        self._say(429, Retry_After="3600")

    def _shaky(self, times: int) -> None:
        self._say(500 if times == 1 else 200)

    def _headless(self, times: int) -> None:
        self._say(405 if self.command == "HEAD" else 200)

    def _forgetful(self, times: int) -> None:
        self._say(404 if self.command == "HEAD" else 200)

    def _rude(self, times: int) -> None:
        if self.command == "HEAD":
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self._say(200)

    def _huge(self, times: int) -> None:
        if self.command == "HEAD":
            self._say(405)
            return
        self._say(200, Content_Length=str(1 << 40))
        with contextlib.suppress(OSError):
            while not self.server.patience.is_set():
                self.wfile.write(b"x" * 65536)

    def _silent(self, times: int) -> None:
        self.server.patience.wait()

    def _drip(self, times: int) -> None:
        """A byte now and then: never silent for long, never done."""
        with contextlib.suppress(OSError):
            while not self.server.patience.wait(0.05):
                self.wfile.write(b"H")

    def _noise(self, times: int) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")


@pytest.fixture(name="host")
def server() -> Iterator[Host]:
    host = Host()
    thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield host
    host.patience.set()
    host.shutdown()
    thread.join()
    host.server_close()


def here(address: str) -> bool:
    return address == "127.0.0.1"


class Clock:
    """Time that passes only while somebody waits."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)

    def now(self) -> float:
        return sum(self.waits)


def visitor(clock: Clock | None = None, limit: float = 10) -> Visitor:
    clock = clock or Clock()
    return Visitor(allowed=here, limit=limit, sleep=clock.sleep, now=clock.now)


@pytest.mark.parametrize("status", [200, 204, 403, 404, 410, 451])
def test_status(host: Host, status: int) -> None:
    """The status is the host's own."""
    assert visitor().visit(f"{host.address}/{status}") == Answer(status)


def test_head_is_enough(host: Host) -> None:
    """A host that answers well is asked once, by HEAD."""
    visitor().visit(f"{host.address}/200")
    assert host.asked == ["HEAD /200"]


@pytest.mark.parametrize("name", ["headless", "forgetful", "rude"])
def test_head_refused(host: Host, name: str) -> None:
    """Where HEAD is refused, denied or hung up on, GET decides."""
    assert visitor().visit(f"{host.address}/{name}") == Answer(200)
    assert host.asked == [f"HEAD /{name}", f"GET /{name}"]


def test_redirects(host: Host) -> None:
    """A redirect is followed and told of, with whether it is for good."""
    target = f"{host.address}/200"
    assert visitor().visit(f"{host.address}/moved") == Answer(200, target, lasting=True)
    assert visitor().visit(f"{host.address}/elsewhere") == Answer(200, target)


def test_endless_redirects(host: Host) -> None:
    """A circle of redirects, or a way without end, is left after a few steps, and is no proof that a page is gone."""
    circle = visitor().visit(f"{host.address}/circle")
    assert (circle.fault, judge("", circle)) == ("redirects in a circle", "unchecked")
    assert visitor().visit(f"{host.address}/longer").fault == "redirects too often"
    assert len(host.asked) == 1 + 11


def test_redirect_off_the_web(host: Host) -> None:
    """A redirect to a file is not followed."""
    assert visitor().visit(f"{host.address}/file").fault == "redirects to something that is no http or https address"


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_private_networks(host: Host, name: str) -> None:
    """Without the tests' own leave, a host of this machine is not even connected to."""
    found = Visitor().visit(f"http://{name}:{host.server_port}/200")
    assert (found.status, found.fault) == (0, "lies in a private network, which is never asked")
    assert host.asked == []


def test_redirect_into_a_private_network(host: Host) -> None:
    """A host that may be asked cannot send us on to one that may not."""
    assert visitor().visit(f"{host.address}/inside").fault == "lies in a private network, which is never asked"
    assert host.asked == ["HEAD /inside"]


@pytest.mark.parametrize(("name", "waits"), [("busy", [7.0]), ("dated", [30.0]), ("shaky", [2.0])])
def test_asked_again(host: Host, name: str, waits: list[float]) -> None:
    """A host that is busy or shaky is asked again after the wait that it asks for, in seconds or by a date, or ours."""
    clock = Clock()
    assert visitor(clock).visit(f"{host.address}/{name}") == Answer(200)
    assert clock.waits == waits


def test_not_for_ever(host: Host) -> None:
    """After three attempts, each later than the one before, a fault is taken for an answer."""
    clock = Clock()
    assert visitor(clock).visit(f"{host.address}/503") == Answer(503)
    assert clock.waits == [2.0, 8.0]
    assert host.asked == ["HEAD /503", "GET /503", "GET /503"]


def test_long_waits(host: Host) -> None:
    """A host that wants to be left alone for an hour is left alone, with all of its other addresses."""
    urls = [f"{host.address}/{name}" for name in ("later", "200")]
    found = dict(visits(urls, visitor()))
    assert found[urls[0]] == Answer(429)
    assert found[urls[1]].fault == "not asked, as its host was asked too much"
    assert host.asked == ["HEAD /later"]


def test_pause(host: Host) -> None:
    """Between two requests to one host there is a pause."""
    clock = Clock()
    found = list(visits([f"{host.address}/{n}" for n in (200, 201, 202)], visitor(clock)))
    assert [answer.status for _, answer in found] == [200, 201, 202]
    assert clock.waits == [1.0, 1.0]


def test_huge(host: Host) -> None:
    """Of a page without end nothing is read but its head."""
    assert visitor().visit(f"{host.address}/huge") == Answer(200)


@pytest.mark.parametrize("name", ["silent", "drip"])
def test_slow(host: Host, name: str) -> None:
    """A host that is silent, or that never comes to an end, is given up."""
    assert visitor(limit=0.3).visit(f"{host.address}/{name}").fault == "no answer in time"


def test_no_web_server(host: Host) -> None:
    """What answers in another protocol is no web server."""
    assert visitor().visit(f"{host.address}/noise").fault == "the answer is not one of a web server"


def test_nobody_there() -> None:
    """Where nothing listens, the connection fails, which is no proof that a page is gone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = visitor().visit(f"http://127.0.0.1:{port}/")
    assert (found.fault, judge("", found)) == ("the connection failed", "unchecked")


@pytest.mark.parametrize(("number", "gone"), [(socket.EAI_NONAME, True), (socket.EAI_AGAIN, False)])
def test_names(monkeypatch: pytest.MonkeyPatch, number: int, gone: bool) -> None:
    """A host that does not exist is gone; one that cannot be looked up just now is not."""

    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(number, "no")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert visitor().visit("https://gone.example/").gone is gone


def test_odd_hosts() -> None:
    """A host whose name cannot be sent is not asked, and nothing breaks."""
    assert visitor().visit(f"https://{'a' * 70}.example/").fault == "its host is not one that can be asked for"


def test_no_proxy(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the environment gets to see what is asked for."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    assert visitor().visit(f"{host.address}/200") == Answer(200)


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl to make a certificate with")
def test_certificates(host: Host, tmp_path: Path) -> None:
    """A host whose certificate nobody vouches for is not believed."""
    made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=127.0.0.1", "-days", "2")
    files = ("-keyout", str(tmp_path / "key"), "-out", str(tmp_path / "certificate"))
    subprocess.run(["openssl", *made, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate", tmp_path / "key")
    host.socket = context.wrap_socket(host.socket, server_side=True)
    found = visitor().visit(f"https://127.0.0.1:{host.server_port}/200")
    assert found.fault.startswith("its certificate is not valid: ")
    assert host.asked == []


def test_many_hosts(host: Host) -> None:
    """Every address is answered once, whatever the number of hosts, and a reader who stops ends the work."""
    urls = [f"http://127.0.0.1:{host.server_port}/{200 + n}" for n in range(5)]
    assert dict(visits(urls, visitor())).keys() == set(urls)
    assert list(visits([], visitor())) == []


def test_own_faults_are_not_hidden(host: Host) -> None:
    """A fault of the program itself ends the run instead of leaving it waiting."""

    class Broken(Visitor):
        def visit(self, url: str) -> Answer:
            raise RuntimeError(url)

    with pytest.raises(RuntimeError):
        list(visits([host.address], Broken()))
