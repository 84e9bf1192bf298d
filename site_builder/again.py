"""The same command again: where nothing has moved since it last found all made, it need only say so again.

Most builds are of this kind, so this is made of little: what was typed stands for what it asks for, and nothing is
imported that only a build needs. Only ever a short cut to the same answer; whatever else there is, is done in full.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time

from site_builder import shipped
from site_builder.bootstrap import installed
from site_builder.listing import listing
from site_builder.plain import MIB, read_plain, replace

TYPE_CHECKING = False  # see `listing`
if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = os.path.join(".cache", "builds")
MANY = 2000  # names in what was made, from which on another process looks at it while this one looks at the rest
_MAX_BYTES = 64 * MIB
_NEVER_READ = (b".git", b".hg", b".svn", b"__pycache__")  # folders in the author's and in the generator's


class Again:
    """A command as it was typed: the folders that it reads, the one that it makes, and what it said the last time.

    On disk: a line with the SHA-256 of the rest; one with the digests of how both lay, the number of names in what was
    made, and that of the bytes that went to the standard output; these bytes, and those that went beside it.
    """

    def __init__(self, typed: list[str]) -> None:
        self._typed = typed
        look, beneath = look_of(_given(typed, "--templates", ""))
        self.sources = [_given(typed, "--content", "content"), look, *([beneath] if beneath else [])]
        self.out = _given(typed, "--out", "_site")
        self._file = os.path.join(FOLDER, f"{_sha256(repr(typed).encode())[:16]}.said")
        self._begun = self._newest = self._count = 0
        self._under = self._over = ""

    def said(self) -> tuple[str, str] | None:
        """What there was to say, on the standard output and beside it; None where anything may have moved since."""
        try:
            seal, rest = read_plain(os.fsencode(self._file), _MAX_BYTES).split(b"\n", 1)
            if seal != _sha256(rest).encode():
                return None
            head, words = rest.split(b"\n", 1)
            under, over, count, size = head.decode().split()
            output = _beside(self._output) if int(count) >= MANY else self._output
            as_it_was = under == self.look()
            if output() != over or not as_it_was:
                return None
            return _text(words[: int(size)]), _text(words[int(size) :])
        except (OSError, ValueError):
            return None

    def look(self) -> str:
        """How all lies that is read, with the generator, as it lay when this was first asked; "" if it cannot be told.

        To be asked before anything is read: what changes later is then not as it is on record.
        """
        if not self._begun:
            self._begun = time.time_ns()
            lies = self._lying([*self.sources, shipped.PACKAGE], _NEVER_READ)
            self._under = lies and _sha256(repr((self._typed, python(), colour(), lies)).encode())
        return self._under

    def look_at_output(self) -> str:
        """The same of what was made, after `look` and before anything of it is read."""
        self._over = self._over or self._output()
        return self._over

    def _output(self) -> str:
        return self._lying([self.out])

    def keep(self, out: str, err: str) -> None:
        """Put on record what was said, all having been found just so; who cannot write that looks closer next time.

        Where a file is so young that a change since might not show in its times, nothing is recorded.
        """
        from site_builder.seen import is_settled

        if not (self._under and self._over and is_settled(self._newest, self._begun)):
            return
        words = _bytes(out)
        rest = b"\n".join((f"{self._under} {self._over} {self._count} {len(words)}".encode(), words + _bytes(err)))
        replace(self._file, (_sha256(rest).encode(), b"\n", rest))

    def _lying(self, folders: list[str], passed: tuple[bytes, ...] = ()) -> str:
        try:
            lies, newest, self._count = listing(map(os.fsencode, folders), passed)
        except OSError:
            return ""
        self._newest = max(self._newest, newest)
        return lies


def _beside(make: Callable[[], str]) -> Callable[[], str]:
    """Have a short text made by another process from now on, where there can be one; what waits for it."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1:
        return make
    receiver, sender = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(receiver)
        os.close(sender)
        return make
    if not child:
        try:
            os.write(sender, make().encode())
        finally:
            os._exit(0)
    os.close(sender)

    def made() -> str:
        with open(receiver, "rb") as pipe:
            text = pipe.read().decode()
        os.waitpid(child, 0)
        return text

    return made


def look_of(given: str, *, coming: bool = False) -> tuple[str, str | None]:
    """The folder with the site's templates, and the generator's own look beneath it where that is another one.

    `coming`: whether the folder may still be made while the command runs.
    """
    own = shipped.look()
    look = given or (shipped.USUAL if coming or os.path.lexists(shipped.USUAL) else own)
    try:
        return look, None if os.path.samefile(look, own) else own
    except OSError:
        return look, own


def python() -> tuple[str, str, list[tuple[str, str]]]:
    """This Python and its packages."""
    return sys.version, sys.platform, sorted(installed(sys.path).items())


def colour() -> bool:
    """Whether what is said of a report is coloured."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _given(typed: list[str], option: str, usual: str) -> str:
    """The value of an option, where it is written out; nothing is recorded where argparse finds another."""
    for word, following in zip(typed, [*typed[1:], ""], strict=False):
        name, equals, value = word.partition("=")
        if name == option:
            usual = value if equals else following
    return usual


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes(words: str) -> bytes:
    return words.encode("utf-8", "surrogatepass")  # a name of a file may have what is no letter


def _text(words: bytes) -> str:
    return words.decode("utf-8", "surrogatepass")
