from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from lxml import etree

from site_builder.outputs import sitemap
from tests.driver import entry, site

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FILES = {
    "entries/a.md": entry(),
    "entries/w.md": entry("status: withdrawn"),
    "pages/about.md": "---\ntitle: About\n---\n",
}


# What https://www.sitemaps.org/protocol.html says of the elements, in the terms of XML Schema.
_ITEM = """
  <xs:element name="{root}"><xs:complexType><xs:sequence>
    <xs:element name="{item}" maxOccurs="50000"><xs:complexType><xs:sequence>
      <xs:element name="loc"><xs:simpleType><xs:restriction base="xs:anyURI">
        <xs:minLength value="12"/><xs:maxLength value="2048"/><xs:pattern value="https?://.+"/>
      </xs:restriction></xs:simpleType></xs:element>
      <xs:element name="lastmod" minOccurs="0"><xs:simpleType>
        <xs:union memberTypes="xs:date xs:dateTime xs:gYear xs:gYearMonth"/>
      </xs:simpleType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>"""
SCHEMA = f"""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="{NS.strip("{}")}" elementFormDefault="qualified">
  {_ITEM.format(root="urlset", item="url")}
  {_ITEM.format(root="sitemapindex", item="sitemap")}
</xs:schema>"""


def valid(data: bytes) -> bool:
    """Whether a validator of XML Schema takes the file for a sitemap, or for an index of sitemaps."""
    return bool(etree.XMLSchema(etree.fromstring(SCHEMA)).validate(etree.fromstring(data)))


def test_schema_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sitemaps and indexes of them keep to the protocol's elements, order and forms; another order does not."""
    whole = site(FILES).files["sitemap.xml"]
    assert valid(whole)
    assert not valid(whole.replace(b"<loc>https", b"<lastmod>2026</lastmod><loc>https"))
    monkeypatch.setattr(sitemap, "LONGEST", 3)
    files = {path: data for path, data in site(FILES).files.items() if path.startswith("sitemap")}
    assert len(files) > 2
    assert all(valid(data) for data in files.values())


def addresses(text: str) -> dict[str, str]:
    """Each address with its last change, by the rules of sitemaps.org."""
    root = ElementTree.fromstring(text.encode())
    assert root.tag == f"{NS}urlset"
    found = {}
    for url in root:
        assert [child.tag for child in url] in ([f"{NS}loc"], [f"{NS}loc", f"{NS}lastmod"])
        loc, changed = str(url.findtext(f"{NS}loc")), url.findtext(f"{NS}lastmod") or ""
        assert len(loc) < 2048
        assert re.fullmatch(r"|\d{4}-\d{2}-\d{2}", changed)
        assert loc not in found
        found[loc] = changed
    return found


def test_every_page_for_readers() -> None:
    """The sitemap has every page that readers look for: no error, no card, no search, no book, nothing withdrawn."""
    built = site(FILES)
    others = {"404.html", "entries/w.html", "search.html", "print.html", "index.html"}
    pages = {path for path in built.files if path.endswith(".html") and not path.endswith(".embed.html")} - others
    assert set(addresses(built.html("sitemap.xml"))) == {"https://example.org/t/"} | {
        f"https://example.org/t/{path}" for path in pages
    }


def test_days_of_change() -> None:
    """A page's day is that of its author's last change; where nothing says it, none is made up."""
    found = addresses(site(FILES).html("sitemap.xml"))
    assert found["https://example.org/t/entries/a.html"] == "2026-01-02"
    assert found["https://example.org/t/about.html"] == ""


def test_robots() -> None:
    """Search engines are told where the sitemap is."""
    assert "Sitemap: https://example.org/t/sitemap.xml" in site(FILES).html("robots.txt").splitlines()


def test_without_address() -> None:
    """A site that does not know its address has neither."""
    built = site({**FILES, "site.yaml": "id: t\ntitle: T\n"})
    assert {"sitemap.xml", "robots.txt"}.isdisjoint(built.files)


def test_large_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above what one file may hold, the sitemap is an index of several files that together have every page once."""
    whole = addresses(site(FILES).html("sitemap.xml"))
    monkeypatch.setattr(sitemap, "LONGEST", 3)
    built = site(FILES)
    root = ElementTree.fromstring(built.html("sitemap.xml").encode())
    assert root.tag == f"{NS}sitemapindex"
    names = [str(item.findtext(f"{NS}loc")).removeprefix("https://example.org/t/") for item in root]
    parts = [addresses(built.html(name)) for name in names]
    assert [item.findtext(f"{NS}lastmod") or "" for item in root] == [max(part.values()) for part in parts]
    assert {address: day for part in parts for address, day in part.items()} == whole
    assert sum(map(len, parts)) == len(whole)
    assert max(map(len, parts)) == 3
