"""Faults at moments nobody chose, in hundreds: `python -m tests.faults NAME [--count N] [--seed N]`.

kills     kill -9 at random moments of builds with and without anything remembered
steps     kill -9 before and after each write, rename, exchange, unlink and change of mode of such builds
changes   builds whose input changes while they read it
together  three builds at once, again and again
damage    every file of .cache damaged, in ways that change from time to time
crowd     one run over 10,000 bad files
full      disks of 20 sizes, and one that may only be read
others    the same tree as another user, at another path, in other zones, locales and masks

After each the site is whole by its manifest and of one round, and the next build makes just what a first one makes. The
builds are forks of this process, which has read all modules: so a thousand of them take minutes.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import locale
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from site_builder import cli, exchange, parallel, pipeline, searching  # noqa: F401  read before the forks
from site_builder.publish import verify
from tests.driver import SITE, entry, lay_out

KEPT = {"_site", "._site.lock", "._site.next", ".cache", "content", "templates", "said"}
CHANGES = ("write", "rename", "replace", "unlink", "remove", "mkdir", "rmdir", "chmod")


def project(folder: Path, entries: int = 12) -> None:
    lay_out(folder, {f"entries/e{n}.md": entry(f"actor: Actor {n % 5}") for n in range(entries)})


def turn(folder: Path, number: int) -> None:
    """Another title on every page; an entry that comes and goes."""
    (folder / "content/site.yaml").write_text(SITE.replace("A test", f"Round {number}"))
    extra = folder / "content/entries/extra.md"
    if number % 2:
        extra.write_text(entry(title=f"Extra {number}"))
    else:
        extra.unlink(missing_ok=True)


def fork(folder: Path, *arguments: str, before: Callable[[], None] = lambda: None) -> int:
    """A build in a process of its own; its words go to the file `said`."""
    child = os.fork()
    if child:
        return child
    status = 70
    try:
        os.setsid()
        os.chdir(folder)
        said = os.open("said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        before()
        status = cli.main(["build", *arguments])
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        os._exit(status)


def wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def build(folder: Path, *arguments: str) -> int:
    return wait(fork(folder, *arguments))


def digest(folder: Path) -> str:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return hashlib.sha256(repr([(str(p.relative_to(folder)), p.read_bytes()) for p in files]).encode()).hexdigest()


def whole(folder: Path) -> None:
    """The site is there, as its manifest says, and all of its pages are of one round."""
    assert verify(folder / "_site") == []
    titles = {p.read_text().partition("<title>")[2].partition("<")[0] for p in (folder / "_site").glob("*.html")}
    assert len(titles) == 1, titles


def next_is_right(folder: Path, fresh: Path) -> None:
    """The next build makes what a build of nothing makes, and leaves nothing behind."""
    status = build(folder)
    assert status == 0, (folder / "said").read_text()
    whole(folder)
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    for name in ("content", "templates"):
        (fresh / name).symlink_to(folder / name)
    assert build(fresh, "--content", str(folder / "content"), "--templates", str(folder / "templates")) == 0
    assert digest(folder / "_site") == digest(fresh / "_site")
    assert {path.name for path in folder.iterdir()} <= KEPT
    assert not list(folder.rglob("*~"))


def forget(folder: Path) -> None:
    for name in (".cache", "._site.next"):
        shutil.rmtree(folder / name, ignore_errors=True)


def kills(folder: Path, count: int, chance: random.Random) -> str:
    """Half of the builds know nothing, half know the last one."""
    start = time.monotonic()
    assert build(folder) == 0
    length, died = time.monotonic() - start, 0
    for number in range(count):
        turn(folder, number)
        if number % 2:
            forget(folder)
        child = fork(folder)
        time.sleep(chance.uniform(0, length * 1.2))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(child, signal.SIGKILL)
        died += wait(child) == -signal.SIGKILL
        whole(folder)
        if number % 5 == 0:
            next_is_right(folder, folder.parent / "fresh")
    next_is_right(folder, folder.parent / "fresh")
    return f"{count} builds, {died} of them killed in their course"


def arm(last: int, report: Path) -> None:
    """From now on every change of the disk is two steps, before and after; the process dies at the step `last`."""
    taken = [0]

    def step() -> None:
        taken[0] += 1
        if taken[0] == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*given: Any, **named: Any) -> Any:
            step()
            done = call(*given, **named)
            step()
            return done

        return stepped

    for name in CHANGES:
        setattr(os, name, counted(getattr(os, name)))
    swap = exchange.atomic_swap()
    stepped = counted(swap) if swap else None
    vars(exchange)["atomic_swap"] = lambda: stepped
    leave = os._exit

    def leaving(status: int) -> None:
        handle = os.open(report, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.truncate(handle, taken[0])  # the size of the file is the number of steps
        leave(status)

    vars(os)["_exit"] = leaving


def steps(folder: Path, count: int, chance: random.Random) -> str:
    """Each step of a build that knows nothing and of one that knows the last one; `count` bounds them, 0 for all."""
    told = []
    for number, kind in enumerate(("cold", "warm"), start=1):
        assert build(folder) == 0
        turn(folder, number)
        counter = folder.parent / f"{kind}.steps"
        saved = folder.parent / f"{kind}.saved"
        if kind == "cold":
            forget(folder)
        shutil.copytree(folder, saved, symlinks=True)
        assert wait(fork(folder, before=lambda counter=counter: arm(0, counter))) == 0  # type: ignore[misc]
        total = counter.stat().st_size
        chosen = range(1, total + 1) if not count else sorted(chance.sample(range(1, total + 1), min(count, total)))
        for step in chosen:
            shutil.rmtree(folder)
            shutil.copytree(saved, folder, symlinks=True)
            child = fork(folder, before=lambda step=step, counter=counter: arm(step, counter))  # type: ignore[misc]
            assert wait(child) == -signal.SIGKILL
            whole(folder)
            next_is_right(folder, folder.parent / "fresh")
        told.append(f"{kind}: {len(chosen)} of {total} steps")
    return "; ".join(told)


def changes(folder: Path, count: int, chance: random.Random) -> str:
    """Files are written, removed and renamed all the time; a build is right, or names what has changed."""
    assert build(folder) == 0
    good = 0
    for _ in range(count):
        child, status = fork(folder), None
        while status is None:
            with contextlib.suppress(OSError):
                meddle(folder / "content/entries", chance)
            time.sleep(chance.uniform(0, 0.003))
            done, code = os.waitpid(child, os.WNOHANG)
            status = os.waitstatus_to_exitcode(code) if done else None
        said = (folder / "said").read_text()
        assert status in (0, 1), said
        assert "Traceback" not in said
        assert status == 0 or "content/" in said
        good += status == 0
        whole(folder)
    for path in (folder / "content/entries").iterdir():
        path.write_text(entry())
    next_is_right(folder, folder.parent / "fresh")
    return f"{count} builds, {good} of them good"


def meddle(entries: Path, chance: random.Random) -> None:
    one, other = entries / f"e{chance.randrange(12)}.md", entries / f"x{chance.randrange(3)}.md"
    match chance.randrange(5):
        case 0:
            one.unlink()
        case 1:
            one.rename(other)
        case 2:
            other.unlink()
        case _:
            one.write_text(entry(title=f"Title {chance.random()}"))


def together(folder: Path, count: int, chance: random.Random) -> str:
    """Three at once: one or more are done, the others say that another one is writing."""
    busy = 0
    for number in range(count):
        turn(folder, number)
        children = []
        for _ in range(3):
            children.append(fork(folder))
            time.sleep(chance.uniform(0, 0.01))
        statuses = [wait(child) for child in children]
        assert set(statuses) <= {0, 2}, statuses
        assert 0 in statuses
        busy += statuses.count(2)
        whole(folder)
    next_is_right(folder, folder.parent / "fresh")
    return f"{count} times three builds, {busy} were told that another one is writing"


def damage(folder: Path, count: int, chance: random.Random) -> str:
    """Cut, filled, turned round, with other bits, of another type: what is remembered is never believed."""
    files = 0
    for number in range(count):
        turn(folder, number // 3)
        assert build(folder) == 0
        for path in sorted(p for p in (folder / ".cache").rglob("*") if p.is_file()):
            data = bytearray(path.read_bytes())
            files += 1
            kind = number % 6
            if kind == 0:
                data = data[: chance.randrange(len(data) + 1)]
            elif kind == 1:
                for _ in range(20):
                    if data:
                        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            elif kind == 2:
                data = bytearray(chance.randbytes(len(data)))
            elif kind == 3:
                data = bytearray(len(data))
            elif kind == 4:
                data = data[len(data) // 2 :] + data[: len(data) // 2]
            else:
                data = bytearray(b"[" * 50_000)
            path.write_bytes(data)
        next_is_right(folder, folder.parent / "fresh")
    return f"{count} times, {files} files damaged"


def crowd(folder: Path, count: int, chance: random.Random) -> str:
    """10,000 bad files in one run: all counted, in 2 MB and 30 s at most, in every form; and the site is left."""
    assert build(folder) == 0
    before = digest(folder / "_site")
    for number in range(count):
        bad = chance.choice([entry(date="x"), entry(title=""), "no fields", entry("status: x"), entry(body="\x00")])
        path = folder / f"content/entries/{number % 100}/b{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(bad)
    start = time.monotonic()
    status = build(folder)
    seconds, said = time.monotonic() - start, (folder / "said").read_text()
    assert (status, digest(folder / "_site")) == (1, before)
    last = said.splitlines()[-1]
    assert last.startswith(f"{count} errors"), last
    assert seconds < 30
    assert len(said) < 2_000_000
    told = []
    for form in ("json", "github"):
        assert build(folder, "--format", form) == 1
        size = (folder / "said").stat().st_size
        assert size < 2_000_000
        told.append(f"{size:,} bytes of {form}")
        if form == "json":
            found = [json.loads(line) for line in (folder / "said").read_text().splitlines()]
            assert sum(one.get("left_out", 1) for one in found if one["severity"] == "error") == count
    assert digest(folder / "_site") == before
    return f"{seconds:.1f} s, {len(said):,} bytes of text, {', '.join(told)}, all counted"


def full(folder: Path, count: int, chance: random.Random) -> str:
    """Disks of `count` sizes, from nothing to enough, and one that may only be read (needs root, on Linux)."""
    disk, told = folder.parent / "disk", {0: 0, 2: 0}
    disk.mkdir()
    assert build(folder) == 0
    room = sum((f.stat().st_size // 4096 + 1) * 4096 for f in (folder / "_site").rglob("*") if f.is_file())
    for level in range(count + 1):
        # One generation fits; of the second so much as the level says.
        size = room + 65536 + (room + 65536) * level // count
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)], check=True)
        try:
            turn(folder, 2 * level)
            first = wait(fork(folder, "--no-cache", "--out", str(disk / "_site")))
            assert first == 0, (folder / "said").read_text()
            turn(folder, 2 * level + 1)
            if level == count:
                subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            before = digest(disk / "_site")
            status = wait(fork(folder, "--no-cache", "--out", str(disk / "_site")))
            said = (folder / "said").read_text()
            assert "Traceback" not in said
            assert verify(disk / "_site") == []
            told[status] += 1
            if status:
                assert "could not be written" in said
                assert digest(disk / "_site") == before
                assert "No space left" in said if level < count else "Read-only" in said
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    return f"{count} sizes and one read-only disk: {told[0]} right builds, {told[2]} clear messages"


def become_other(mask: int, zone: str, language: str) -> None:
    os.umask(mask)
    os.setgid(65534)
    os.setuid(65534)
    os.environ |= {"TZ": zone, "LC_ALL": language}
    time.tzset()
    locale.setlocale(locale.LC_ALL, "")


def others(folder: Path, count: int, chance: random.Random) -> str:
    """The same tree as another user, elsewhere, in other zones, locales and masks (needs root)."""
    assert build(folder) == 0
    here, told = digest(folder / "_site"), 0
    folder.parent.chmod(0o755)
    os.chdir(folder)
    assert cli.main(["build", "--no-cache"]) == 0  # so that every module is read, which another user may not
    zones = ("UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu")
    for number in range(count):
        there = folder.parent / f"{number} ü elsewhere"
        there.mkdir()
        shutil.copytree(folder / "content", there / "content")
        shutil.copytree(folder / "templates", there / "templates")
        for path in (there, *there.rglob("*")):
            os.chown(path, 65534, 65534)
            os.utime(path, (number * 10**8, number * 10**8))
        surroundings = (
            chance.choice([0o000, 0o022, 0o077]),
            zones[number % 4],
            chance.choice(["C", "C.UTF-8", "POSIX"]),
        )
        child = fork(there, "--no-cache", before=lambda given=surroundings: become_other(*given))  # type: ignore[misc]
        assert wait(child) == 0, (there / "said").read_text()
        assert (there / "_site/index.html").stat().st_uid == 65534
        assert digest(there / "_site") == here
        told += 1
    return f"{told} builds elsewhere, all of the same bytes"


ALL = {
    "full": 20,
    "others": 12,
    "kills": 500,
    "steps": 0,
    "changes": 200,
    "together": 100,
    "damage": 200,
    "crowd": 10_000,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("name", choices=ALL)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=20140610)
    options = parser.parse_args()
    count = ALL[options.name] if options.count is None else options.count
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "project")
        project(folder)
        told = globals()[options.name](folder, count, random.Random(options.seed))
    sys.stdout.write(f"{options.name}: {told}; seed {options.seed}; {time.monotonic() - start:.0f} s\n")


if __name__ == "__main__":
    main()
