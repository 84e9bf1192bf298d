"""Who may ask the preview, and for what: requests that no browser of the author's would send of itself."""

from __future__ import annotations

import base64
import contextlib
import os
import re
import socket
from collections.abc import Iterator

import pytest

from tests.hostile.probes import PROBES, Probe
from tests.previews import PAGE, Preview, preview, project, write

SECRET = "not for others"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for all requests; with files in its folder that are no part of the site."""
    folder = project(tmp_path_factory.mktemp("live"))
    write(folder / "secret.txt", SECRET)
    with preview(folder) as running:
        out = folder / ".cache/preview"
        for name in (".env", ".git/config", "entries/.hidden.html", "stray.html", "part~"):
            write(out / name, SECRET)
        if hasattr(os, "mkfifo"):
            (out / "link.html").symlink_to(folder / "secret.txt")
            os.mkfifo(out / "pipe.html")
            (out / "timeline.html").unlink()  # listed, but meanwhile something else
            (out / "timeline.html").symlink_to(folder / "secret.txt")
            (out / "404.css").symlink_to("/")
        yield running
        assert "Traceback" not in running.said


def socket_request(preview: Preview, *headers: str) -> tuple[int, str]:
    key = base64.b64encode(bytes(16)).decode()
    upgrade = ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}")
    lines = ("GET /_preview/socket HTTP/1.1", f"Host: 127.0.0.1:{preview.port}", *upgrade, *headers, "", "")
    with socket.create_connection(("127.0.0.1", preview.port), timeout=10) as connection:
        connection.sendall("\r\n".join(lines).encode())
        answer = connection.recv(4096).decode()
    return int(answer.split()[1]), answer


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        "127.0.0.1.evil.example:{port}",
        "0.0.0.0:{port}",
        "[::1]:{port}",
        "user@127.0.0.1:{port}",
        "localhost.:{port}",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/", f"/{PAGE}", "/_preview/state.json", "/_preview/socket", "/nothing"])
def test_other_hosts_are_refused(live: Preview, host: str, path: str) -> None:
    """A name that an attacker points to this machine gets 403 everywhere, and none of the pages."""
    given = f"Host: {host.format(port=live.port)}\r\nConnection: close"
    status, text = live.send(f"GET {path} HTTP/1.1\r\n{given}\r\n\r\n".encode())
    assert status in (400, 403)
    assert "Hearing" not in text


def test_own_hosts_are_answered(live: Preview) -> None:
    """The address and the name of this machine are both good, in capitals too."""
    for host in ("127.0.0.1", "localhost", "LOCALHOST"):
        request = f"GET /t/ HTTP/1.1\r\nHost: {host}:{live.port}\r\nConnection: close\r\n\r\n"
        assert live.send(request.encode())[0] == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (("Origin: https://evil.example",), 403),
        (("Origin: null",), 403),
        (("Origin: http://127.0.0.1:1",), 403),
        (("Origin: http://localhost:{port}",), 403),  # another name is another origin
        (("Origin: http://127.0.0.1:{port}",), 200),
        (("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"), 403),
        (("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors"), 403),  # another port of this machine
        (("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate"), 200),  # a link from elsewhere
        (("Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors"), 200),
        (("Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate"), 200),
    ],
)
def test_requests_of_other_sites_are_refused(live: Preview, headers: tuple[str, ...], status: int) -> None:
    """A foreign page can neither fetch nor embed anything of the preview; a link to it works."""
    given = [header.format(port=live.port) for header in headers]
    for path in (f"/{PAGE}", "/_preview/state.json", "/_preview/overlay.js"):
        assert live.ask(path, *given)[0] == status


def test_pages_of_the_preview_cannot_be_framed_elsewhere(live: Preview) -> None:
    """Browsers are told to keep the preview out of foreign frames and documents."""
    _, text = live.ask(f"/{PAGE}")
    assert "\r\nX-Frame-Options: SAMEORIGIN\r\n" in text
    assert "\r\nCross-Origin-Resource-Policy: same-origin\r\n" in text


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:{port}", 101),
        ("https://evil.example", 403),
        ("http://evil.example:{port}", 403),
        ("http://127.0.0.1:1", 403),
        ("http://127.0.0.1", 403),
        ("null", 403),
        ("file://", 403),
    ],
)
def test_the_socket_is_for_own_pages(live: Preview, origin: str, status: int) -> None:
    """Only a page of the preview may open its socket: it tells paths and lines of the author's files."""
    assert socket_request(live, f"Origin: {origin.format(port=live.port)}")[0] == status


@pytest.mark.parametrize("message", [b"no json", b"[]", b"{}", b"\xff\xfe", b"x" * 5000])
def test_nonsense_in_the_socket(live: Preview, message: bytes) -> None:
    """What is not livereload's protocol closes the socket, and nothing else."""
    with socket.create_connection(("127.0.0.1", live.port), timeout=10) as connection:
        key = base64.b64encode(bytes(16)).decode()
        head = f"GET /_preview/socket HTTP/1.1\r\nHost: 127.0.0.1:{live.port}\r\nUpgrade: websocket\r\n"
        head += f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
        connection.sendall(head.encode())
        assert b" 101 " in connection.recv(4096)
        length = bytes([0x80 | len(message)]) if len(message) < 126 else b"\xfe" + len(message).to_bytes(2, "big")
        connection.sendall(b"\x81" + length + bytes(4) + message)  # a text frame whose mask is zero
        assert connection.recv(4096)[:1] in (b"\x88", b"")  # a frame that closes
    assert live.ask("/t/")[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/t/../secret.txt", "/t/../../secret.txt", "/../secret.txt", "/t/%2e%2e/%2e%2e/secret.txt",
        "/t/..%2f..%2fsecret.txt", "/t/%2e%2e%2f%2e%2e%2fsecret.txt", "/t/..%5c..%5csecret.txt",
        "/t/..\\..\\secret.txt",
        "/t/....//....//secret.txt", "/t/%252e%252e/secret.txt", "/t/entries/../../../secret.txt",
        "//t/../secret.txt", "/t//../../secret.txt", "/t/%c0%ae%c0%ae/secret.txt", "/t/..;/..;/secret.txt",
        "/_preview/../secret.txt", "/_preview/..%2f..%2fcli.py", "/_preview/waiting.html", "/_preview/",
        "/t/.env", "/t/.git/config", "/t/entries/.hidden.html", "/t/%2eenv", "/t/stray.html", "/t/part~",
        "/t/link.html", "/t/pipe.html", "/t/timeline.html", "/t/404.css", "/t/404.css/etc/passwd",
        "/t//etc/passwd", "/etc/passwd", "/t/C:/Windows/win.ini", "/t/entries", "/t/entries/", "/t/CON", "/t/nul.html",
        "/t/index.html%00", "/t/index.html%00.css", "/t/%00", "/t/index.html/", "/t/index.html::$DATA",
        "/forcereload", "/forcereload?path=*", "/livereload", "/livereload.js", "/t/manifest.json/../../../secret.txt",
    ],
)  # fmt: skip
def test_nothing_but_the_site_is_served(live: Preview, path: str) -> None:
    """No way out of the folder; nothing hidden, no link, no pipe, nothing strange, and no address of livereload's."""
    status, text = live.ask(path)
    assert status in (400, 403, 404)
    assert SECRET not in text
    assert "root:" not in text


@pytest.mark.parametrize(
    ("request_", "statuses"),
    [
        (b"GET /t/\x00 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", (0, 400, 404)),
        (b"GET /t/\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", (0, 400, 404)),
        (b"GET /t/%ff HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", (400, 404)),
        (b"GET /t/%zz HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", (400, 404)),
        (b"GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", (0, 400, 403, 404)),
        (b"GET /t/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: evil.example\r\n\r\n", (0, 400, 403)),
        (b"GET /t/ HTTP/1.1\r\n\r\n", (0, 400, 403)),
        (b"GET /t/ HTTP/1.0\r\n\r\n", (400, 403)),
        (b"POST /t/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 1\r\n\r\nx", (405,)),
        (b"DELETE /t/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", (405,)),
        (b"PUT /_preview/overlay.js HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\n\r\n", (405,)),
        (b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", (405,)),
        (b"ODD / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", (400, 405)),
        (b"POST /t/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 99999999\r\n\r\n", (0, 400, 413)),
        (b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n", (0, 400, 414, 431)),
        (b"\x16\x03\x01\x00\xa5\x01\x00\r\n\r\n", (0, 400)),
        (b"nonsense\r\n\r\n", (0, 400)),
        (b"GET /t/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nRange: bytes=5-1\r\n\r\n", (200, 416)),
    ],
)
def test_odd_requests(live: Preview, request_: bytes, statuses: tuple[int, ...]) -> None:
    """Whatever is sent, the answer is an orderly one; the server lives, and the terminal has no traceback."""
    request = request_.replace(b"{port}", str(live.port).encode())
    with socket.create_connection(("127.0.0.1", live.port), timeout=10) as connection:
        connection.sendall(request)
        try:
            answer = connection.recv(65536)
        except ConnectionResetError:
            answer = b""
    assert (int(answer.split()[1]) if answer else 0) in statuses
    assert b"Traceback" not in answer
    assert live.ask("/t/")[0] == 200
    assert "could not answer" not in live.said


HELD = ("post chunks", "smuggled", "old version", "TLS", "HTTP/2", "connect", "socket")  # what may never be answered


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe.id.replace("/", "|"))
def test_probes(live: Preview, probe: Probe) -> None:
    """Whatever is asked, and by whom: nothing of a file that is no part of the site, and no traceback."""
    with socket.create_connection(("127.0.0.1", live.port), timeout=10) as connection:
        answer = b""
        with contextlib.suppress(ConnectionError, TimeoutError):  # a server may hang up before it has read all
            connection.sendall(probe.request.replace(b"$PORT", str(live.port).encode()))
            connection.settimeout(0.2 if probe.id.startswith(HELD) else 10)
            while part := connection.recv(65536):
                answer += part
    found, text = re.match(rb"HTTP/1\.1 (\d{3})", answer), answer.decode("utf-8", "replace")
    status = int(found[1]) if found else 0
    assert status in probe.statuses
    assert not [secret for secret in (SECRET, "root:", "Traceback", "[extensions]") if secret in text]
    if status != 200:
        assert "Hearing" not in text


def test_a_half_request_keeps_nobody_waiting(live: Preview) -> None:
    """Fifty connections that never finish their heads leave the pages answered."""
    with contextlib.ExitStack() as stack:
        for _ in range(50):
            held = stack.enter_context(socket.create_connection(("127.0.0.1", live.port), timeout=10))
            held.sendall(b"GET /t/ HTTP/1.1\r\nHost:")
        assert live.ask("/t/")[0] == 200
