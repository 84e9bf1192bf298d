"""Asking outside addresses whether they are still there, gently: the one module that goes out to the network.

Each address is resolved here and only public IP addresses are asked, at every step of a redirect, so that no author can
make a machine of ours knock at its own network. Certificates are verified, no proxy and no cookie is used, nothing
of a page is read but its head.
"""

from __future__ import annotations

import http.client
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from site_builder import __version__, urls
from site_builder.links import Answer, onward, public

AGENT = f"site-builder-links/{__version__} (checks the links of a timeline; asks each page at most once a day)"
WORKERS = 8  # hosts asked at a time; each host is asked one thing at a time
PAUSE = 1.0  # seconds between two requests to a host
LIMIT = 30.0  # seconds for an answer, from the first to the last byte of its head
BACK_OFF = (2.0, 8.0)  # seconds before the second and the third attempt, the last one
PATIENCE = 60.0  # seconds: a host that asks for a longer wait is left alone
REDIRECTS = 10

_AGAIN = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LASTING = frozenset({301, 308})


class RefusedHostError(OSError):
    """An address inside a private network."""


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int = 0
    location: str = ""
    wait: float | None = None  # seconds, where the host says so
    fault: str = ""
    gone: bool = False
    again: bool = False  # whether asking again may help


class Visitor:
    """Asks for addresses, one after the other for each host.

    `allowed`: which IP addresses may be asked. `sleep` and `now` (seconds) are the clock's, for tests to replace.
    """

    def __init__(
        self,
        *,
        allowed: Callable[[str], bool] = public,
        limit: float = LIMIT,
        sleep: Callable[[float], object] = time.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._allowed, self._limit, self._sleep, self._now = allowed, limit, sleep, now
        self._context = ssl.create_default_context()
        self._free: dict[str, float] = {}  # by host: when it may be asked next
        self._lock = threading.Lock()

    def visit(self, url: str) -> Answer:
        """Ask for an address, again where that may help, and follow where it leads; no answer raises anything."""
        seen, here, lasting = [url], url, True
        while True:
            reply = self._patiently(here)
            if reply.status not in _REDIRECTS or not reply.location:
                target = here if here != url else ""
                return Answer(reply.status, target, bool(target) and lasting, reply.fault, reply.gone and not target)
            lasting = lasting and reply.status in _LASTING
            here = onward(here, reply.location)
            if not here:
                return Answer(fault="redirects to something that is no http or https address")
            if here in seen or len(seen) > REDIRECTS:
                return Answer(fault="redirects in a circle" if here in seen else "redirects too often")
            seen.append(here)

    def _patiently(self, url: str) -> _Reply:
        """By HEAD, which costs a host least; by GET where it refuses that, says that nothing is there, or is silent."""
        reply = self._request("HEAD", url)
        if reply.status >= 400 and not reply.again:
            reply = self._request("GET", url)
        for pause in BACK_OFF:
            wait = pause if reply.wait is None else reply.wait
            if not reply.again or wait > PATIENCE:
                return reply
            self._sleep(wait)
            reply = self._request("GET", url)
        return reply

    def _request(self, method: str, url: str) -> _Reply:
        """One request and the head of its answer."""
        try:
            parts = urlsplit(urls.wire(url))
            self._turn(parts.hostname or "")
            connection = self._connection(parts.scheme, parts.hostname or "", parts.port)
        except ValueError:
            return _Reply(fault="its host is not one that can be asked for")
        watch = threading.Timer(self._limit, connection.abort)
        watch.daemon = True
        watch.start()
        try:
            connection.request(method, f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=_HEADERS)
            return _read(connection.getresponse())
        except (OSError, http.client.HTTPException, ValueError) as wrong:
            return _fault(wrong, late=connection.aborted)
        finally:
            watch.cancel()
            connection.close()

    def _turn(self, host: str) -> None:
        """Wait until the host has had its pause."""
        with self._lock:
            now = self._now()
            start = max(now, self._free.get(host, now))
            self._free[host] = start + PAUSE
        if start > now:
            self._sleep(start - now)

    def _connection(self, scheme: str, host: str, port: int | None) -> _Connection:
        context = self._context if scheme == "https" else None
        return _Connection(host, port or (443 if context else 80), self._limit, self._allowed, context)


_HEADERS = {"User-Agent": AGENT, "Accept": "text/html, application/pdf, */*;q=0.8", "Connection": "close"}


class _Connection(http.client.HTTPConnection):
    """To the very IP address that was looked at: a second look-up could give another."""

    def __init__(
        self, host: str, port: int, limit: float, allowed: Callable[[str], bool], context: ssl.SSLContext | None
    ) -> None:
        super().__init__(host, port, timeout=limit)
        self.default_port = 443 if context else 80  # the usual one is not named in the request
        self._allowed, self._context, self._limit = allowed, context, limit
        self.aborted = False
        self._raw: socket.socket | None = None

    def connect(self) -> None:
        self._raw = _connected(self.host, self.port, self._limit, self._allowed)
        secure = self._context
        self.sock = secure.wrap_socket(self._raw, server_hostname=self.host) if secure else self._raw
        self._raw = self.sock

    def abort(self) -> None:
        """End whatever waits for the host, from another thread."""
        self.aborted = True
        if self._raw:
            try:
                socket.socket.shutdown(self._raw, socket.SHUT_RDWR)
            except OSError:
                return


def _connected(host: str, port: int, limit: float, allowed: Callable[[str], bool]) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    usable = [item for item in found if allowed(str(item[4][0]))]
    if not usable:
        raise RefusedHostError
    failure: OSError = RefusedHostError()
    for family, kind, protocol, _, address in usable:
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(limit)
        try:
            connection.connect(address)
        except OSError as wrong:
            connection.close()
            failure = wrong
        else:
            return connection
    raise failure


def _read(response: http.client.HTTPResponse) -> _Reply:
    status = response.status
    given = response.headers
    return _Reply(
        status,
        given.get("Location", "").encode("latin-1", "replace").decode("utf-8", "replace"),
        _wait(given.get("Retry-After", ""), given.get("Date", "")),
        again=status in _AGAIN,
    )


def _wait(asked: str, sent: str) -> float | None:
    """Seconds by `Retry-After` (RFC 9110, 10.2.3): a number, or a date, which is compared with that of the answer."""
    if asked.strip().isdecimal():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - parsedate_to_datetime(sent)).total_seconds())
    except (ValueError, TypeError):
        return None


def _fault(wrong: Exception, *, late: bool) -> _Reply:
    """Why there was no answer, in words, and whether another attempt may help."""
    if late or isinstance(wrong, TimeoutError):
        return _Reply(fault="no answer in time", again=True)
    if isinstance(wrong, RefusedHostError):
        return _Reply(fault="lies in a private network, which is never asked")
    if isinstance(wrong, socket.gaierror):
        gone = wrong.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}
        return _Reply(fault="there is no such host" if gone else "its host could not be looked up", gone=gone)
    if isinstance(wrong, ssl.SSLCertVerificationError):
        return _Reply(fault=f"its certificate is not valid: {wrong.verify_message}")
    if isinstance(wrong, OSError):
        return _Reply(fault="the connection failed", again=True)
    return _Reply(fault="the answer is not one of a web server")


# -- Many at once

_Waiting = queue.SimpleQueue[list[str]]
_Done = queue.SimpleQueue[tuple[str, Answer | Exception]]


def visits(urls: Iterable[str], visitor: Visitor, workers: int = WORKERS) -> Iterator[tuple[str, Answer]]:
    """Each address with its answer, as they come. Whoever stops reading ends the work."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(urlsplit(url).hostname or "", []).append(url)
    waiting: _Waiting = queue.SimpleQueue()
    for group in sorted(hosts.values(), key=len, reverse=True):  # the longest first, as it ends last
        waiting.put(group)
    done: _Done = queue.SimpleQueue()
    stop = threading.Event()
    # As daemons they do not keep a stopped program waiting for a slow host.
    for _ in range(min(workers, len(hosts))):
        threading.Thread(target=_work, args=(waiting, done, stop, visitor), daemon=True).start()
    try:
        for _ in range(sum(map(len, hosts.values()))):
            yield _taken(done)
    finally:
        stop.set()


def _taken(done: _Done) -> tuple[str, Answer]:
    """The next answer. On Windows only a wait that ends can be interrupted."""
    while True:
        try:
            url, answer = done.get(timeout=0.5)
        except queue.Empty:
            continue
        if isinstance(answer, Exception):
            raise answer
        return url, answer


def _work(waiting: _Waiting, done: _Done, stop: threading.Event, visitor: Visitor) -> None:
    """Ask one host after the other. One that says that it is asked too much is left alone."""
    while not stop.is_set():
        try:
            group = waiting.get_nowait()
        except queue.Empty:
            return
        busy = False
        for url in group:
            if stop.is_set():
                return
            try:
                answer = Answer(fault="not asked, as its host was asked too much") if busy else visitor.visit(url)
            except Exception as wrong:  # a fault of ours, which the reader of `done` would wait for in vain
                done.put((url, wrong))
                return
            busy = busy or (answer.status == 429 and not answer.target)
            done.put((url, answer))
