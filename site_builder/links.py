"""The outside addresses of a timeline: which are asked, what an answer means, what an editor is told of it.

Only sources have outside addresses, and only those that readers are led to are asked: never what perpetrators
published. That an address could not be asked is said, and is no fault: many hosts turn programs away.
"""

from __future__ import annotations

import datetime
import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from site_builder import citations, urls
from site_builder.model import Source

Verdict = Literal["good", "moved", "gone", "unchecked"]

# Days for which an answer need not be asked for again. What could not be checked is asked for each time.
KEPT: Mapping[Verdict, int] = {"good": 25, "moved": 25, "gone": 1, "unchecked": 0}
MOST = 75  # lines of a section of the report: an issue on GitHub holds 65,536 characters
SAVE = "https://web.archive.org/save/"  # https://help.archive.org/help/save-pages-in-the-wayback-machine/
LOOK_UP = "https://web.archive.org/web/*/"
_ARCHIVES = ("archive.org", "archive.ph", "archive.today", "archive.is", "perma.cc", "webcitation.org")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last 32 bits


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking for an address.

    `status`: by HTTP, 0 where there was none; `target`: where redirects led, "" where there were none; `lasting`:
    whether all of these were for good (301, 308); `fault`: why there is no status, in words; `gone`: whether the
    fault is that the host does not exist.
    """

    status: int = 0
    target: str = ""
    lasting: bool = False
    fault: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """An answer, and the day on which it was given."""

    answer: Answer
    asked: datetime.date


# -- What is asked


def addresses(sources: Iterable[Source]) -> dict[str, list[str]]:
    """Each address that readers are led to, without its fragment, with the ids of the sources that have it."""
    found: dict[str, list[str]] = {}
    for source in sources:
        for url in (citations.address(source), *(copy.url for copy in citations.copies(source))):
            if urls.outside(url):
                found.setdefault(url.partition("#")[0], []).append(source.id)
    return found


def due(wanted: Iterable[str], known: Mapping[str, Known], today: datetime.date) -> list[str]:
    """The addresses that nobody has asked for lately."""
    return [url for url in wanted if url not in known or _is_old(url, known[url], today)]


def _is_old(url: str, known: Known, today: datetime.date) -> bool:
    """An answer from the future is one by a wrong clock."""
    return not 0 <= (today - known.asked).days < KEPT[judge(url, known.answer)]


def onward(url: str, location: str) -> str:
    """Where a redirect leads, as a whole address; "" for what is neither http nor https."""
    try:
        return urls.outside(urljoin(url, location.strip()).partition("#")[0].replace(" ", "%20"))
    except ValueError:
        return ""


def public(address: str) -> bool:
    """Whether an IP address is one of the open internet: no loopback, no private, local or reserved one.

    An IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64) counts as itself. Raises ValueError for no address.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if not all(public(str(one)) for one in inner if one):
            return False
        if ip.ipv4_mapped:
            return True
    return ip.is_global and not ip.is_multicast


# -- What an answer means


def judge(url: str, answer: Answer) -> Verdict:
    """Only what says itself that it is not there is gone: 404, 410, a host that does not exist, a front page instead.

    A refusal (401, 403, 429), a fault of the server (5xx) or of the way there says nothing of the page.
    """
    if answer.gone or answer.status in (404, 410) or _is_front_page(url, answer):
        return "gone"
    if not 200 <= answer.status < 300:
        return "unchecked"
    return "moved" if answer.target and answer.lasting else "good"


def _is_front_page(url: str, answer: Answer) -> bool:
    """Whether somebody who asks for a page is led to the front door: how many sites say that it is gone."""
    asked, got = urlsplit(url), urlsplit(answer.target)
    leads_home = bool(answer.target) and got.path in ("", "/") and not got.query
    return 200 <= answer.status < 300 and leads_home and (asked.path not in ("", "/") or bool(asked.query))


def reason(url: str, answer: Answer) -> str:
    """Why the verdict is what it is, in words."""
    if answer.fault:
        return answer.fault
    if _is_front_page(url, answer):
        return "leads to the front page of its host, so what was cited is probably gone"
    return f"the host answered {answer.status}"


# -- What an editor is told

_HEADS: tuple[tuple[Verdict, str, str], ...] = (
    (
        "gone",
        "Gone",
        "Look for an archived copy and add it under `archived` of the source; where the text has moved, change `url`.",
    ),
    ("moved", "Moved for good", "The redirect works today. Change `url` where the new address is the same text."),
    (
        "unchecked",
        "Could not be checked",
        "No fault: many hosts turn programs away. Open these by hand now and then.",
    ),
)
_WORDS: Mapping[Verdict, str] = {
    "gone": "gone",
    "moved": "moved",
    "unchecked": "could not be checked",
    "good": "good",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """Every address with its answer.

    `sources`: the ids of the sources that have it; `files`: what authors wrote, by the paths that they know.
    """

    sources: Mapping[str, Sequence[str]]
    answers: Mapping[str, Answer]
    files: Mapping[str, bytes]

    def of(self, verdict: Verdict) -> list[str]:
        """The addresses of this verdict, in their order."""
        return [url for url in sorted(self.answers) if judge(url, self.answers[url]) == verdict]

    def summary(self) -> str:
        """ "3 gone, 12 moved, 40 could not be checked, 700 good"."""
        return ", ".join(f"{len(self.of(verdict))} {word}" for verdict, word in _WORDS.items())

    def gone(self) -> Iterator[str]:
        """A line for each address that is gone, with where it stands and why."""
        for url in self.of("gone"):
            yield f"{self._places(url)[0]}: gone: {url}: {reason(url, self.answers[url])}"

    def report(self, title: str, today: datetime.date) -> str:
        """All that is not good, as Markdown. What other hosts sent stands there as code, so that it cannot act."""
        lines = [f"# Outside addresses of {_inert(title)}", "", f"{today}: {self.summary()}."]
        for verdict, head, advice in _HEADS:
            if some := self.of(verdict):
                lines += ["", f"## {head} ({len(some)})", "", advice, ""]
                lines += [self._line(url) for url in some[:MOST]]
                lines += [f"- and {len(some) - MOST} more"] if len(some) > MOST else []
        return "\n".join(lines) + "\n"

    def _line(self, url: str) -> str:
        answer = self.answers[url]
        where = ", ".join(f"`{place}`" for place in self._places(url))
        told = f"now at {_inert(answer.target)}" if judge(url, answer) == "moved" else _inert(reason(url, answer))
        return f"- {_inert(url)} ({where}): {told}"

    def _places(self, url: str) -> list[str]:
        """Where authors wrote the address ("content/sources/a.yaml:12"), else the sources that have it."""
        whole = re.compile(re.escape(url.encode()) + rb"(?=[#\s\"',\]})]|$)")
        found = [
            f"{path}:{n}"
            for path, data in self.files.items()
            if url.encode() in data
            for n, line in enumerate(data.splitlines(), start=1)
            if whole.search(line)
        ]
        return found or list(self.sources[url])


def _inert(text: str) -> str:
    """Words in which nothing is a link, a mention or markup: all that is not plainly a word stands as code."""
    one = re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+", " ", text).replace("`", "'").strip()
    return one if re.fullmatch(r"[\w ,.;:()'-]*", one) else f"`{one}`"


# -- Archived copies


def unarchived(sources: Iterable[Source]) -> Iterator[Source]:
    """The sources that would be lost with their address; what already is an archive's page would not."""
    for source in sources:
        host = urlsplit(citations.address(source)).hostname or ""
        if urls.outside(citations.address(source)) and not source.archived and not _is_archive(host):
            yield source


def _is_archive(host: str) -> bool:
    return any(host == archive or host.endswith(f".{archive}") for archive in _ARCHIVES)


def archive_lines(source: Source) -> Iterator[str]:
    """What to visit to find a copy of a source, or to have one made."""
    url = source.url.partition("#")[0]
    yield f"{source.id}: {source.title}"
    yield f"  look up  {LOOK_UP}{url}"
    yield f"  save     {SAVE}{url}"
