"""Making `.venv`: an environment without pip, filled from the hashed lock file by a pip from outside.

That is the fastest way there is with what comes with Python, and it works with the Pythons of Debian and
Ubuntu, where `python3 -m venv` alone asks for one more package. Standard library only, like `bootstrap.py`,
which alone imports this.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from site_builder.bootstrap import (
    LOCKS,
    STAMP,
    SetupError,
    clean_environment,
    inside,
    lacking,
    read_pins,
    stamp_lines,
    usable,
    venv_python,
)

OLDEST_PIP = (22, 3)  # the first that has --python
NO_PIP = """this Python has neither pip nor ensurepip, so the packages cannot be installed.
On Debian and Ubuntu: sudo apt install python3-pip (or python3-venv); elsewhere: python3 -m ensurepip
Then run the same command again."""
# What pip's messages mean, the surer signs first.
REASONS = (
    (
        r"DO NOT MATCH THE HASHES",
        "a downloaded package is not the one that {lock} names; nothing was installed.",
    ),
    (r"No space left|\[Errno 28\]", "there is no space left on the disk."),
    (
        r"Failed to establish|NewConnectionError|name resolution|getaddrinfo|timed out|unreachable|Proxy",
        "the package index cannot be reached. Setting up needs the network, this once.",
    ),
    (r"No matching distribution", "pip finds no package of {lock} for this Python where it is told to look."),
)


def make(extra: str, root: str) -> None:
    """Make `.venv` from the lock, or add the test lock's packages to it; runs beside this one wait."""
    with _turn(Path(root)):
        home = Path(root, ".venv")
        if usable(extra, root) or _serves(home, extra, root):  # the first: another run made it meanwhile
            return
        anew = not usable("", root)
        lock = LOCKS[extra][-1]
        deed = "setting up" if anew else "adding to"
        _announce(f"{deed} .venv from {lock}, once (a minute or less)")
        if anew:
            _begin(home)
        try:
            _install(Path(root, lock), root)
        except SetupError:
            if anew:
                shutil.rmtree(home, ignore_errors=True)
            raise
        # Last of all: an environment without these lines is half made, whatever else is in it.
        text = "\n".join(stamp_lines(extra, root)) + "\n"
        (home / STAMP).write_text(text, encoding="utf-8", errors="surrogateescape")


def status_of(command: list[str]) -> int:
    """Run a command to its end and return its exit status, for systems that cannot replace a process."""
    with subprocess.Popen(command, env=clean_environment()) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:  # the child has it too, and decides what it means
                continue


def _begin(home: Path) -> None:
    """Put an empty environment at `home`; what others made there is moved aside, never deleted."""
    if home.is_symlink() or (home.exists() and not _ours(home)):
        aside = _free_name(home)
        home.rename(aside)
        _announce(f"the .venv that was here is not build.py's; it is kept as {aside.name}")
    elif home.exists():
        shutil.rmtree(home)
    home.mkdir()
    (home / STAMP).write_text("unfinished\n", encoding="utf-8")
    try:
        import venv  # noqa: PLC0415 - some systems ship Python without it, and that deserves a sentence
    except ImportError as error:
        raise SetupError(NO_PIP) from error
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(home)


def _ours(home: Path) -> bool:
    """Whether `home` was begun here: an empty folder is what a run killed in its first moment leaves."""
    return home.is_dir() and ((home / STAMP).exists() or not any(home.iterdir()))


def _serves(home: Path, extra: str, root: str) -> bool:
    """Whether an environment that its owner made has all that the lock names: then it is used as it is."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    path = [str(home / "lib" / f"python{version}" / "site-packages"), str(home / "Lib" / "site-packages")]
    missing = lacking(read_pins(str(Path(root, LOCKS[extra][-1]))), path)
    return not _ours(home) and not missing and os.access(venv_python(root), os.X_OK)


def _free_name(home: Path) -> Path:
    names = (home.with_name(f"{home.name}.old{number or ''}") for number in range(1000))
    return next(name for name in names if not name.exists() and not name.is_symlink())


def _install(lock: Path, root: str) -> None:
    """Install the lock into `.venv`, with the pip of the Python outside or else one unpacked inside."""
    python = venv_python(root)
    outer = getattr(sys, "_base_executable", sys.executable) if inside(root) else sys.executable
    if _pip_version(outer) >= OLDEST_PIP:
        pip = [outer, "-P", "-m", "pip", "--python", python]
    elif _run([python, "-m", "ensurepip", "--default-pip"]).returncode == 0:
        pip = [python, "-P", "-m", "pip"]
    else:
        raise SetupError(NO_PIP)
    # The lock is whole. Older pips, left to look for what its packages ask for, find a newer release and fail on it.
    options = ["--require-hashes", "--no-deps", "--no-input", "--disable-pip-version-check", "--quiet"]
    done = _run([*pip, "install", *options, "-r", str(lock)])
    if done.returncode:
        raise SetupError(_explain(done.stderr or done.stdout, lock.name))


def _pip_version(python: str) -> tuple[int, int]:
    """Return the version of the pip that `python` has, (0, 0) when it has none."""
    found = re.match(r"pip (\d+)\.(\d+)", _run([python, "-P", "-m", "pip", "--version"]).stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _explain(output: str, lock: str) -> str:
    """Put pip's failure in one sentence, with pip's own last lines below it."""
    sentences = (sentence for pattern, sentence in REASONS if re.search(pattern, output))
    sentence = next(sentences, "pip could not install the packages of {lock}.").format(lock=lock)
    lines = [line for line in output.splitlines() if line.strip()][-6:]
    return "\n".join([sentence, *(f"    {line}" for line in lines)])


def _run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    """Run a step of the set-up, away from settings that would install somewhere else than into `.venv`."""
    elsewhere = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")
    settings = {name: value for name, value in clean_environment().items() if name not in elsewhere}
    settings |= {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command,
        env=settings,
        capture_output=True,
        check=False,
        close_fds=False,  # they hold the lock, see _turn
        encoding="utf-8",
        errors="replace",
    )


@contextmanager
def _turn(root: Path) -> Iterator[None]:
    """Hold the lock of the set-up, one the system lets go of when a process dies."""
    folder = root / ".cache"
    folder.mkdir(exist_ok=True)
    with (folder / "setup.lock").open("a+b") as file:
        if not _locked(file):
            _announce("another run is setting up .venv; waiting for it")
            while not _locked(file):
                time.sleep(0.2)
        # What is started from here holds it too: if this process is killed, its pip still runs to its end.
        os.set_inheritable(file.fileno(), True)
        yield


if sys.platform == "win32":

    def _locked(file: IO[bytes]) -> bool:
        """Take the lock if it is free; the system frees it when the file is closed."""
        import msvcrt  # noqa: PLC0415 - there on Windows alone

        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _locked(file: IO[bytes]) -> bool:
        """Take the lock if it is free; the system frees it when the file is closed."""
        import fcntl  # noqa: PLC0415 - not there on Windows

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks: better no lock than no site
            return True
        return True


def _announce(message: str) -> None:
    sys.stderr.write(f"build.py: {message}\n")
    sys.stderr.flush()
