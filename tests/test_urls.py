from __future__ import annotations

import posixpath
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import urls


@pytest.mark.parametrize(
    ("kind", "id", "path"),
    [
        ("entry", "raid", "entries/raid.html"),
        ("phase", "rise", "phases/rise.html"),
        ("year", "-43", "years/-43.html"),
        ("page", "about", "about.html"),
        ("term", "pledge", "glossary.html#pledge"),
        ("tag", "law", "tags/law.html"),
        ("entry", "raid#aftermath", "entries/raid.html#aftermath"),
    ],
)
def test_pages(kind: str, id: str, path: str) -> None:
    """Every kind of record has its folder; the author's pages lie at the root, terms in one page."""
    assert urls.page(kind, id) == path


@pytest.mark.parametrize(
    ("source", "target", "address"),
    [
        ("index.html", "timeline.html", "timeline.html"),
        ("index.html", "entries/a.html", "entries/a.html"),
        ("entries/a.html", "entries/b.html", "b.html"),
        ("entries/a.html", "index.html", "../index.html"),
        ("entries/a.html", "years/2014.html#m06", "../years/2014.html#m06"),
        ("entries/a.html", "entries/a.html#source-1", "#source-1"),
        ("entries/a.html", "entries/a.html", "a.html"),
        ("a.html", "media/a b+ü.png", "media/a%20b%2B%C3%BC.png"),
    ],
)
def test_relative(source: str, target: str, address: str) -> None:
    """Links are relative and name their file, so that the site works at any address and from disk."""
    assert urls.relative(source, target) == address


_PATHS = st.lists(st.text("abc-", min_size=1, max_size=4), min_size=1, max_size=3).map("/".join)


@given(_PATHS, _PATHS)
def test_relative_leads_there(source: str, target: str) -> None:
    """A browser that follows the relative address arrives at the target."""
    base = f"https://example.org/site/{source}"
    assert (
        unquote(urljoin(base, urls.relative(source, target)))
        == f"https://example.org/site/{posixpath.normpath(target)}"
    )


@pytest.mark.parametrize(
    ("base", "path", "address"),
    [
        ("https://example.org/t", "index.html", "https://example.org/t/"),
        ("https://example.org/t/", "entries/a.html", "https://example.org/t/entries/a.html"),
        ("https://example.org", "a ü.html", "https://example.org/a%20%C3%BC.html"),
    ],
)
def test_absolute(base: str, path: str, address: str) -> None:
    """Absolute addresses are the base and the path, with one stroke between; home is the folder."""
    assert urls.absolute(base, path) == address


# Hosts as `idna` 3.20 writes them by UTS #46 without its transition, as browsers do.
WIRED = [
    ("https://bücher.example/ä b?q=ü&r=%20#x", "https://xn--bcher-kva.example/%C3%A4%20b?q=%C3%BC&r=%20"),
    ("http://x.example", "http://x.example/"),
    ("http://[::1]:8080/a", "http://[::1]:8080/a"),
    ("https://x.example/a%2Fb;c=(d)", "https://x.example/a%2Fb;c=(d)"),
    ("https://x.example/100%/a%2?b=5%", "https://x.example/100%25/a%252?b=5%25"),
    ("https://FAß.example/", "https://xn--fa-hia.example/"),
    ("https://ΟΔΟΣ.example/", "https://xn--pxavbq.example/"),
    ("https://أرشيف.example/", "https://xn--igb2aj6c2b.example/"),
]


@pytest.mark.parametrize(("url", "sent"), WIRED)
def test_as_it_is_sent(url: str, sent: str) -> None:
    """An address goes out in the letters that RFC 3986 allows; what is escaped already stays as it is."""
    assert urls.wire(url) == sent


@pytest.mark.parametrize(
    "url",
    [
        *("https://example.org/t/?x=1", "https://example.org/t/#top", "https://example.org/t/index.html"),
        *("https://example.org/t?", "example.org/t/", f"https://{'ü' * 60}.example/"),
    ],
)
def test_not_the_address_of_a_site(url: str) -> None:
    """Behind a query, a fragment or the name of a page no page can lie, and some hosts cannot be."""
    assert urls.base(url) == ""


@pytest.mark.parametrize(
    ("base", "path", "address"),
    [
        ("https://example.org/t/", "index.html", "/t/"),
        ("https://example.org/t", "timeline.html#y2014", "/t/timeline.html#y2014"),
        ("https://example.org", "a.html", "/a.html"),
        ("", "a.html", "/a.html"),
    ],
)
def test_from_root(base: str, path: str, address: str) -> None:
    """The page for dead addresses links from the root of its host."""
    assert urls.from_root(base, path) == address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "vbscript:x",
        "https://",
        "http:///x",
        "https://a:b@c.org",
        "https://a@c.org",
        "https://c.org:0x50/",
        "https://c.org:99999/",
        "//c.org",
        "/x",
        "",
        "https://c.org/<",
        'https://c.org/"',
        "https://c.org\\x",
        "https://c.org/\u00a0x",
        "https://[c.org/",
        "ftp://c.org/x",
        "file:///etc/passwd",
    ],
)
def test_not_outside(address: str) -> None:
    """An address that is relative, has no host, names a user or hides something is none to send readers to."""
    assert urls.outside(address) == ""


@pytest.mark.parametrize(
    "address", ["https://example.org", "http://example.org:80/a?b=c#d", "https://xn--mnchen-3ya.de/", "https://[::1]/"]
)
def test_outside(address: str) -> None:
    """A whole web address is kept as it is."""
    assert urls.outside(address) == address


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("The Fall of Mosul", "the-fall-of-mosul"),
        ("  a--b  ", "a-b"),
        ("العربية", ""),
        ("C-3PO!", "c-3po"),
        ("Müller", "muller"),
        ("Łódź, Großmann & Ærø", "lodz-grossmann-aero"),
    ],
)
def test_slug(text: str, slug: str) -> None:
    """An id is made of the Latin letters of a text, without their accents and strokes, and of its digits."""
    assert urls.slug(text) == slug


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("The Fall of Mosul", "the-fall-of-mosul"),
        ("M\u00fcller", "muller"),
        ("Mosul (\u0627\u0644\u0645\u0648\u0635\u0644)", "mosul"),
        ("9/11", "9-11"),
        # Eight digits of the SHA-256 of the text in UTF-8, as sha256sum counts it; capitals make no other name.
        ("\u0627\u0644\u0645\u0648\u0635\u0644", "name-c59521ff"),
        ("\u041c\u043e\u0441\u043a\u0432\u0430", "name-4ed06085"),
        ("\u5317\u4eac", "name-68c77e15"),
        ("\u5317\u4eac 2014", "2014-39a910c5"),
    ],
)
def test_id_of(text: str, id: str) -> None:
    """Every text has an id; one without Latin letters gets a digest of its own, which no other text changes."""
    assert urls.id_of(text, "name") == id
    assert urls.SLUG.fullmatch(id)
