"""TimelineJS itself, from npm, with the file that we make for it."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from site_builder import disk
from tests import node_tools
from tests.browser.conftest import Open
from tests.driver import PROJECT, SITE, built, entry, site

pytestmark = [pytest.mark.browser, pytest.mark.node, pytest.mark.slow]

PAGE = """\
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A story</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="dist/css/timeline.css"></head>
<body><div id="story" style="width: 100%; height: 600px"></div>
<script src="dist/js/timeline.js"></script>
<script>
new TL.Timeline("story", "timelinejs.json", { font: "", script_path: location.href + "/../dist/js/" })
  .on("loaded", (event) => { window.ready = true; });
</script></body></html>
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing: the test says what was wrong."""


Show = Callable[[Mapping[str, bytes]], Any]


@pytest.fixture
def show(tmp_path: Path, opened: Open) -> Iterator[Show]:
    """Open the story of a site in TimelineJS, served beside it; any word on the console is a failure."""
    shutil.copytree(node_tools.installed() / "@knight-lab/timelinejs/dist", tmp_path / "dist")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def open_(files: Mapping[str, bytes]) -> Any:
            (tmp_path / "timelinejs.json").write_bytes(files["data/timelinejs.json"])
            page = opened(f"http://127.0.0.1:{server.server_address[1]}/index.html")
            page.wait_for_function("window.ready", timeout=120_000)
            return page

        yield open_
        server.shutdown()


def shown(page: Any) -> tuple[int, int]:
    """How many slides and how many marks on the line there are."""
    return page.locator(".tl-slide").count(), page.locator(".tl-timemarker").count()


def test_the_first_site(show: Show) -> None:
    """TimelineJS takes the site of this repository without a complaint, and shows every event, its title before."""
    files = built(disk.snapshot(PROJECT / "content", PROJECT / "templates"), base_url="https://example.org/").files
    events = json.loads(files["data/timelinejs.json"])["events"]
    page = show(files)
    assert page.locator(".tl-message-full").count() == 0
    assert shown(page) == (len(events) + 1, len(events))
    entries = json.loads(files["data/entries.json"])["entries"]
    assert len(events) == sum(entry["status"] != "retracted" for entry in entries)


def test_dates_of_all_kinds(show: Show) -> None:
    """Years before 1, months, ranges, choices and open ends are all taken."""
    dates = ("-0043-03-15", "0632", "2014-06", "2014-06-10/2014-07-01", "[2014-06-04..2014-06-10]", "2015/..", "2006~")
    files = {f"entries/e{n}.md": entry(date=date) for n, date in enumerate(dates)}
    assert shown(show(site(files).files)) == (len(dates) + 1, len(dates))


def test_years_before_history(show: Show) -> None:
    """A year that is further away than the days of JavaScript reach has its place on the line, and so has its phase."""
    phase = "---\nlabel: Early\nfrom: Y-400000\nto: Y-20000\ncolour: amber\nshape: circle\n---\n"
    dates = ("Y-300000", "Y-40000", "2014-06-10")
    files = {f"entries/e{n}.md": entry("phase: early", date=date) for n, date in enumerate(dates)}
    page = show(site({**files, "phases/early.md": phase}).files)
    assert page.locator(".tl-message-full").count() == 0
    assert shown(page) == (len(dates) + 1, len(dates))
    left = page.locator(".tl-timemarker").evaluate_all("marks => marks.map(mark => parseFloat(mark.style.left))")
    assert left == sorted(set(left))


def test_short_phases(show: Show) -> None:
    """A phase that ends in the year, the month or the day in which it begins does not make the story unreadable."""
    periods = (("2014", "2014-06"), ("2014-06", ".."), ("2014-06-10", "2014-06-10"), ("2015", ".."))
    phase = "---\nlabel: Short\nfrom: {}\nto: {}\ncolour: amber\nshape: circle\n---\n"
    files = {f"phases/p{n}.md": phase.format(*period) for n, period in enumerate(periods)}
    files |= {f"entries/{n}.md": entry("phase: p1", date=date) for n, date in enumerate(("2013-06-10", "2014-06-10"))}
    page = show(site(files).files)
    assert page.locator(".tl-message-full").count() == 0
    assert shown(page) == (3, 2)
    assert page.locator(".tl-timeera").count() == len(periods)


def test_years_before_christ(show: Show) -> None:
    """The words that TimelineJS itself makes of a date name the year that the page names."""
    story = json.loads(
        site({f"entries/e{n}.md": entry(date=date) for n, date in enumerate(("-0043-03-15", "0000"))}).files[
            "data/timelinejs.json"
        ]
    )
    for slide in story["events"]:
        del slide["display_date"]
    page = show({"data/timelinejs.json": json.dumps(story).encode()})
    assert page.locator("h3.tl-headline-date").all_text_contents()[1:] == ["March 15, 44 BCE", "1 BCE"]


def test_texts_are_inert(show: Show) -> None:
    """What would be a picture that runs a script is read, in each place, as the text that it is."""
    bad = "<img src=x onerror=alert(1)> R&amp;D"
    files = {
        "site.yaml": f"{SITE}description: '{bad}'\n".replace("A test", f"'{bad}'"),
        "phases/p.md": f"---\nlabel: '{bad}'\nfrom: 2010\nto: 2020\ncolour: amber\nshape: circle\n---\n",
        "entries/a.md": entry(f"phase: p\nsummary: '{bad}'\ndate_display: '{bad}'", title=f"'{bad}'"),
    }
    page = show(site(files).files)
    assert page.locator("#story img").count() == 0
    for place in ("h2.tl-headline", "h3.tl-headline-date", ".tl-text-content p", ".tl-timegroup-message"):
        assert page.locator(f"#story {place}").last.text_content().strip() in (bad, "Sources"), place
