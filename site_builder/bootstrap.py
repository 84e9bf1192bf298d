"""The environment first: go on only where the packages of the lock file are, in `.venv` if need be.

Standard library alone, and little of it: every start of `build.py` passes here, so what makes an environment
lives in `environment.py` and is imported only on the day it is needed.
"""

import hashlib
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
LOCKS = {"": ("requirements.lock",), "test": ("requirements.lock", "requirements-test.lock")}
STAMP = "site-builder.txt"
REMADE = "SITE_BUILDER_REMADE"  # set across the restart in a new environment: a second failure must not loop
FOREIGN_TO_VENV = ("PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__")


class SetupError(Exception):
    """What keeps the environment from being made, in words for the person at the terminal."""


def ensure(extra: str = "", root: str = ROOT) -> None:
    """Return where the lock's versions are installed; anywhere else continue the command inside `.venv`."""
    try:
        missing = lacking(read_pins(os.path.join(root, LOCKS[extra][-1])), sys.path)
        if not missing:
            os.environ.pop(REMADE, None)
            return
        if REMADE in os.environ:
            raise SetupError(f"`.venv` was just made and lacks {missing[0]}.\nDelete `.venv` and try again.")
        _prepare(extra, root)
        _go_on(venv_python(root))
    except SetupError as error:
        sys.exit(_say(f"{error}", 2))
    except OSError as error:
        sys.exit(_say(f"`.venv` cannot be made or started: {error}", 2))
    except KeyboardInterrupt:
        sys.exit(_say("Interrupted while setting up `.venv`; the next run starts over.", 130))


def lacking(pins: list[tuple[str, str, bool]], path: list[str]) -> list[str]:
    """Name the pins that `path` does not have in exactly that version.

    A pin with a condition (`; sys_platform == …`) may be absent, so that none has to be worked out here.
    """
    found = installed(path)
    return [
        f"{name}=={version}"
        for name, version, conditional in pins
        if found.get(name) != version and not (conditional and name not in found)
    ]


def usable(extra: str, root: str) -> bool:
    """Whether `.venv` was finished from these locks, in this place, for this Python."""
    try:
        with open(os.path.join(root, ".venv", STAMP), encoding="utf-8", errors="surrogateescape") as file:
            lines = file.read().splitlines()
    except OSError:
        return False
    return set(stamp_lines(extra, root)) <= set(lines) and os.access(venv_python(root), os.X_OK)


def stamp_lines(extra: str, root: str) -> list[str]:
    """Say what a finished environment stands on; its scripts carry the folder's path, so that counts too."""
    lines = [f"folder {os.path.realpath(root)}", f"python {sys.implementation.cache_tag} {sys.platform}"]
    for lock in LOCKS[extra]:
        with open(os.path.join(root, lock), "rb") as file:
            lines.append(f"{lock} {hashlib.sha256(file.read()).hexdigest()}")
    return lines


def venv_python(root: str) -> str:
    """Return the path of the interpreter in `.venv`."""
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(root, ".venv", *parts)


def inside(root: str) -> bool:
    """Whether the running interpreter is the one in `.venv`."""
    return os.path.realpath(sys.prefix) == os.path.realpath(os.path.join(root, ".venv"))


def clean_environment() -> dict[str, str]:
    """Return the environment variables without those that would lead Python out of `.venv` again."""
    return {name: value for name, value in os.environ.items() if name not in FOREIGN_TO_VENV}


def read_pins(lock: str) -> list[tuple[str, str, bool]]:
    """Read `name==version`, and whether a condition follows, from each requirement of a lock file."""
    try:
        with open(lock, encoding="utf-8") as file:
            lines = [line.partition("==") for line in file if "==" in line and line[0] not in " #"]
    except FileNotFoundError:
        name = os.path.basename(lock)
        raise SetupError(f"{name} is missing beside build.py.\nGet it back: git checkout -- {name}") from None
    return [(_normal(name), rest.split()[0], ";" in rest) for name, _, rest in lines]


def installed(path: list[str]) -> dict[str, str]:
    """List what is installed by folder names alone: importlib.metadata would take longer than the rest."""
    found: dict[str, str] = {}
    for folder in path:
        try:
            names = os.listdir(folder)
        except OSError:  # a zip file, a folder that is gone, or "" where there is no working directory
            continue
        for stem, _, kind in (name.rpartition(".") for name in names):
            if kind in ("dist-info", "egg-info"):
                package, _, version = stem.partition("-")
                found.setdefault(_normal(package), version.partition("-")[0])
    return found


def _normal(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")


def _prepare(extra: str, root: str) -> None:
    """Leave a usable `.venv` behind."""
    if inside(root):  # and yet something is missing: whatever the stamp says is not true
        with open(os.path.join(root, ".venv", STAMP), "w", encoding="utf-8") as file:
            file.write("damaged\n")
    if not usable(extra, root):
        from site_builder import environment

        environment.make(extra, root)
        os.environ[REMADE] = "1"


def _go_on(python: str) -> None:
    """Start the same command in `.venv`; there is no way back from here."""
    command = [python, *sys.orig_argv[1:]]
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(python, command, clean_environment())
    from site_builder import environment

    sys.exit(environment.status_of(command))


def _say(message: str, status: int) -> int:
    sys.stderr.write(f"build.py: {message}\n")
    return status
