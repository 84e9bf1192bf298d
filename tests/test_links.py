from __future__ import annotations

import datetime
from typing import Any

import pytest

from site_builder import links
from site_builder.citations import linkable
from site_builder.links import Answer, Checked, Known
from site_builder.model import Archived, Source

PAGE = "https://paper.example/2014/raid.html"
TODAY = datetime.date(2026, 3, 1)


def source(id: str = "a", url: str = PAGE, **fields: Any) -> Source:
    return Source(id=id, title="A", url=url, **fields)


def test_what_is_asked() -> None:
    """Each address of a source and of its copies is asked for once, without its fragment."""
    copy = Archived("https://web.archive.example/1")
    sources = [source(archived=(copy,)), source("b", f"{PAGE}#page=2"), source("c", "")]
    assert links.addresses(sources) == {PAGE: ["a", "b"], copy.url: ["a"]}


@pytest.mark.parametrize("fields", [{"perspective": "perpetrator"}, {"no_link": True}])
def test_what_is_never_asked(fields: dict[str, Any]) -> None:
    """What readers are not led to is not asked for, nor are its copies, nor is anybody sent to archive it."""
    hidden = source(archived=(Archived("https://copy.example/"),), **fields)
    assert not linkable(hidden)
    assert links.addresses([hidden]) == {}
    assert list(links.unarchived([source(**fields)])) == []


@pytest.mark.parametrize(
    "url", ["ftp://x.example/a", "https://me:pw@x.example/", "http:///a", "https://x.example:99999/"]
)
def test_only_the_web(url: str) -> None:
    """Only addresses by http and https, with a host and without a user name, are asked for."""
    assert links.addresses([source(url=url)]) == {}


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (Answer(200), "good"),
        (Answer(204), "good"),
        (Answer(200, "https://paper.example/raid"), "good"),
        (Answer(200, "https://paper.example/raid", lasting=True), "moved"),
        (Answer(404), "gone"),
        (Answer(410), "gone"),
        (Answer(404, "https://paper.example/raid", lasting=True), "gone"),
        (Answer(200, "https://paper.example/"), "gone"),
        (Answer(200, "https://paper.example"), "gone"),
        (Answer(200, "https://paper.example/?p=7"), "good"),
        (Answer(fault="there is no such host", gone=True), "gone"),
        *((Answer(status), "unchecked") for status in (401, 402, 403, 405, 406, 418, 429, 451, 500, 503, 999)),
        (Answer(fault="no answer in time"), "unchecked"),
    ],
)
def test_verdicts(answer: Answer, verdict: str) -> None:
    """Gone is only what says so itself: 404, 410, no such host, a front page instead; a refusal says nothing."""
    assert links.judge(PAGE, answer) == verdict


def test_front_pages() -> None:
    """Whoever asks for a front page and gets it under another address is not told that it is gone."""
    assert links.judge("http://paper.example/", Answer(200, "https://www.paper.example/", lasting=True)) == "moved"


@pytest.mark.parametrize(
    ("answer", "days", "asks"),
    [
        (Answer(200), 0, False),
        (Answer(200), 24, False),
        (Answer(200), 25, True),
        (Answer(200), -1, True),
        (Answer(404), 0, False),
        (Answer(404), 1, True),
        (Answer(403), 0, True),
    ],
)
def test_what_is_due(answer: Answer, days: int, asks: bool) -> None:
    """A good answer holds for weeks, a bad one for the day, none not at all; one from the future is not believed."""
    known = {PAGE: Known(answer, TODAY - datetime.timedelta(days))}
    assert links.due([PAGE], known, TODAY) == ([PAGE] if asks else [])


def test_what_is_new_is_due() -> None:
    """An address that was never asked for is asked for."""
    assert links.due([PAGE], {}, TODAY) == [PAGE]


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "https://paper.example/b"),
        ("b?c#d", "https://paper.example/2014/b?c"),
        ("//other.example/x y", "https://other.example/x%20y"),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("https://me@x.example/", ""),
        ("http://[", ""),
    ],
)
def test_redirects_lead(location: str, target: str) -> None:
    """A redirect is followed to addresses by http and https only."""
    assert links.onward(PAGE, location) == target


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.215.14"])
def test_public(address: str) -> None:
    """Hosts of the open internet may be asked."""
    assert links.public(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *(
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1%eth0",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
        ),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1"),
    ],
)
def test_private(address: str) -> None:
    """No host of a private network, nor the metadata service of a cloud, is asked, however its address is written."""
    assert not links.public(address)


def test_report() -> None:
    """The report says what is gone, moved and unchecked, where each address stands, and what to do about it."""
    files = {"content/sources/a.yaml": f"a:\n  url: {PAGE}\n  x: {PAGE}2\n".encode()}
    wanted = {PAGE: ["a"], "https://b.example/": ["b"], "https://c.example/c": ["c"], "https://d.example/": ["d"]}
    answers = {
        PAGE: Answer(404),
        "https://b.example/": Answer(200, "https://b.example/new", lasting=True),
        "https://c.example/c": Answer(429),
        "https://d.example/": Answer(200),
    }
    text = Checked(wanted, answers, files).report("A test", TODAY)
    assert text.startswith(
        "# Outside addresses of A test\n\n2026-03-01: 1 gone, 1 moved, 1 could not be checked, 1 good.\n\n## Gone (1)\n"
    )
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    assert lines == [
        f"- `{PAGE}` (`content/sources/a.yaml:2`): the host answered 404",
        "- `https://b.example/` (`b`): now at `https://b.example/new`",
        "- `https://c.example/c` (`c`): the host answered 429",
    ]


def test_report_is_inert() -> None:
    """What another host sent mentions nobody, and makes no link, no picture and no element of the report."""
    bad = "https://x.example/`@someone`[a](https://y.example)<img>\n# no"
    answers = {PAGE: Answer(200, bad, lasting=True), "https://z.example/": Answer(fault=bad)}
    text = Checked({PAGE: ["a"], "https://z.example/": ["z"]}, answers, {}).report("<b>@all</b>", TODAY)
    outside_code = "".join(part for line in text.splitlines() for part in line.split("`")[::2])
    assert not set("@<>[]") & set(outside_code)
    assert "\n# no" not in text


def test_report_is_short_enough() -> None:
    """However much is wrong, the report fits into an issue, and says how much it leaves out."""
    many = {f"https://x.example/{n:04}": ["a"] for n in range(1000)}
    text = Checked(many, dict.fromkeys(many, Answer(404)), {}).report("A test", TODAY)
    assert len(text) < 65_536
    assert "- and 925 more" in text


def test_archive() -> None:
    """A source without a copy is named with the addresses where one is looked for and made."""
    sources = [
        source(url=f"{PAGE}#x"),
        source("b", archived=(Archived("https://copy.example/"),)),
        source("c", "https://web.archive.org/web/2014/x"),
        source("d", "https://notarchive.org/"),
        source("e", ""),
    ]
    left = list(links.unarchived(sources))
    assert [item.id for item in left] == ["a", "d"]
    assert list(links.archive_lines(left[0])) == [
        "a: A",
        f"  look up  https://web.archive.org/web/*/{PAGE}",
        f"  save     https://web.archive.org/save/{PAGE}",
    ]
