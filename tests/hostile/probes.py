"""Class 16: what a preview is asked by those who should not ask. Each is sent over a bare socket, byte for byte.

`$PORT` is the port of the preview. No answer may have a word of a file beside the site; a connection that is just
closed counts as status 0.
"""

from __future__ import annotations

from dataclasses import dataclass

_NO = (400, 403, 404)
_CLOSED = (0, 400, 403, 404, 405, 413, 414, 431)


@dataclass(frozen=True)
class Probe:
    id: str
    request: bytes
    statuses: tuple[int, ...]


def _get(path: str, *headers: str, host: str = "127.0.0.1:$PORT", method: str = "GET", version: str = "1.1") -> bytes:
    given = [f"Host: {host}"] if host else []
    return "\r\n".join([f"{method} {path} HTTP/{version}", *given, *headers, "Connection: close", "", ""]).encode(
        "latin-1"
    )


_SOCKET = (
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
)

# Ways out of the folder of the site, in every spelling.
_OUT = (
    "/t/../secret.txt",
    "/t/../../secret.txt",
    "/t/./../../secret.txt",
    "/../../../../etc/passwd",
    "/t/%2e%2e/%2e%2e/secret.txt",
    "/t/%2E%2E%2F%2E%2E%2Fsecret.txt",
    "/t/..%2f..%2fsecret.txt",
    "/t/..%5c..%5csecret.txt",
    "/t/..\\..\\secret.txt",
    "/t/%252e%252e%252fsecret.txt",
    "/t/%25252e%25252e/secret.txt",
    "/t/%c0%ae%c0%ae/secret.txt",
    "/t/%e0%80%ae%e0%80%ae/secret.txt",
    "/t/%uff0e%uff0e/secret.txt",
    "/t/%ef%bc%8e%ef%bc%8e/secret.txt",
    "/t/....//....//secret.txt",
    "/t/..;/..;/secret.txt",
    "/t/..%00/secret.txt",
    "/t/index.html%00.txt",
    "/t/index.html/../../../secret.txt",
    "/t//etc/passwd",
    "/t/%2fetc%2fpasswd",
    "//etc/passwd",
    "///etc/passwd",
    "/t/C:%5cWindows%5cwin.ini",
    "/t/file:///etc/passwd",
    "/t/~root/.profile",
    "/proc/self/environ",
    "/_preview/../secret.txt",
    "/_preview/..%2f..%2fserve.py",
    "/_preview/%2e%2e/secret.txt",
    # Hidden, linked, foreign
    "/t/.env",
    "/t/%2eenv",
    "/t/.git/config",
    "/t/entries/.hidden.html",
    "/t/stray.html",
    "/t/link.html",
    "/t/pipe.html",
    "/t/404.css/etc/passwd",
    "/.cache/builds/",
    "/content/site.yaml",
    "/forcereload?path=*",
    "/livereload.js",
    "/t/?../../secret.txt/",
)
_HOSTS = (
    "evil.example",
    "evil.example:$PORT",
    "127.0.0.1:1",
    "127.0.0.1.evil.example:$PORT",
    "localhost.evil.example:$PORT",
    "127.0.0.1:$PORT.evil.example",
    "127.0.0.1:$PORT@evil.example",
    "0.0.0.0:$PORT",
    "127.1:$PORT",
    "2130706433:$PORT",
    "[::1]:$PORT",
    "[::ffff:127.0.0.1]:$PORT",
    "localhost.:$PORT",
    " 127.0.0.1:$PORT evil.example",
    "127.0.0.1:$PORT,evil.example",
)
_ORIGINS = (
    *("https://evil.example", "http://evil.example:$PORT", "null", "file://", "x"),
    *("http://127.0.0.1", "http://127.0.0.1:1", "http://localhost:$PORT"),
    *("http://127.0.0.1:$PORT.evil.example", "http://127.0.0.1:$PORT@evil.example"),
)
_STATE = "/_preview/state.json"

PROBES: tuple[Probe, ...] = (
    *(Probe(f"out {path}", _get(path), (*_NO, 200) if "?" in path else _NO) for path in _OUT),
    *(Probe(f"host {host}", _get("/t/", host=host), _NO) for host in _HOSTS),
    Probe("host none", _get("/t/", host=""), _CLOSED),
    Probe("host none 1.0", _get("/t/", host="", version="1.0"), _CLOSED),
    Probe("host twice", _get("/t/", "Host: evil.example"), _CLOSED),
    Probe("host absolute", _get("http://evil.example/t/"), _CLOSED),
    *(Probe(f"origin {origin}", _get(_STATE, f"Origin: {origin}"), _NO) for origin in _ORIGINS),
    *(Probe(f"socket {origin}", _get("/_preview/socket", *_SOCKET, f"Origin: {origin}"), _NO) for origin in _ORIGINS),
    Probe("socket host", _get("/_preview/socket", *_SOCKET, host="evil.example:$PORT"), _NO),
    Probe("fetch", _get("/t/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors"), _NO),
    Probe("frame", _get("/t/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: nested-navigate"), _NO),
    Probe("post", _get("/t/", "Content-Length: 1", method="POST") + b"x", (405,)),
    Probe("post large", _get("/t/", "Content-Length: 99999999999", method="POST"), _CLOSED),
    Probe("post chunks", _get("/t/", "Transfer-Encoding: chunked", method="POST") + b"ffffffff\r\n", _CLOSED),
    Probe(
        "smuggled",
        _get("/t/", "Content-Length: 4", "Transfer-Encoding: chunked", method="POST") + b"0\r\n\r\nGET",
        _CLOSED,
    ),
    Probe("put", _get("/_preview/overlay.js", "Content-Length: 0", method="PUT"), _CLOSED),
    Probe("trace", _get("/", method="TRACE"), _CLOSED),
    Probe("connect", _get("evil.example:443", method="CONNECT"), _CLOSED),
    Probe("odd method", _get("/", method="x" * 100), _CLOSED),
    Probe("odd version", _get("/", version="9.9"), _CLOSED),
    Probe("old version", b"GET /\r\n", _CLOSED),
    Probe("long path", _get("/" + "a" * 100_000), _CLOSED),
    Probe("long header", _get("/t/", "X: " + "a" * 100_000), _CLOSED),
    Probe("many headers", _get("/t/", *(f"X{n}: a" for n in range(20_000))), _CLOSED),
    Probe("header of lines", _get("/t/", "X: a\nHost: evil.example"), _CLOSED),
    Probe("nul in path", b"GET /t/\x00 HTTP/1.1\r\nHost: 127.0.0.1:$PORT\r\nConnection: close\r\n\r\n", _CLOSED),
    Probe(
        "no UTF-8 in path", b"GET /t/\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1:$PORT\r\nConnection: close\r\n\r\n", _CLOSED
    ),
    Probe("no UTF-8 escaped", _get("/t/%ff%fe"), _NO),
    Probe("half an escape", _get("/t/%"), _NO),
    Probe("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100) + b"\r\n\r\n", _CLOSED),
    Probe("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", _CLOSED),
    Probe("range", _get("/t/", "Range: bytes=0-0,0-0,0-0,0-0"), (200, 206, 416)),
)
