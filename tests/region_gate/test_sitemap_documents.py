"""Sitemaps are read as the protocol says, and what is none is refused."""

import gzip

import pytest

from region_gate.auditing import sitemap_documents
from region_gate.auditing.sitemap_documents import (
    UnreadableSitemapError,
    read_sitemap,
    sitemaps_in_robots,
)

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:x="http://www.w3.org/1999/xhtml"'
IMAGE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'


def urlset(inside: str, attributes: str = NAMESPACE) -> bytes:
    """Return a sitemap with this in it."""
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {attributes}>{inside}</urlset>'.encode()


@pytest.mark.parametrize(
    ("inside", "addresses"),
    [
        ("", []),
        ("<url><loc>https://a.test/</loc></url>", ["https://a.test/"]),
        ("<url><loc>\n https://a.test/?a=1&amp;b=2 </loc></url>", ["https://a.test/?a=1&b=2"]),
        ("<url><loc><![CDATA[https://a.test/]]></loc></url>", ["https://a.test/"]),
        ("<url><lastmod>2026-01-01</lastmod><loc>https://a.test/é</loc></url>", ["https://a.test/é"]),
        ("<url><loc>https://a.test/</loc></url>" * 2, ["https://a.test/"] * 2),
        ("<loc>https://a.test/</loc>", []),
    ],
)
def test_a_sitemap_names_its_addresses(inside, addresses):
    found = read_sitemap(urlset(inside))
    assert (found.addresses, found.sitemaps, found.alternates) == (addresses, [], [])


def test_pictures_are_no_addresses_of_pages():
    inside = "<url><loc>https://a.test/</loc><image:image><image:loc>/a.png</image:loc></image:image></url>"
    assert read_sitemap(urlset(inside, f"{NAMESPACE} {IMAGE}")).addresses == ["https://a.test/"]


def test_a_sitemap_need_not_name_its_namespace_and_may_be_packed():
    assert read_sitemap(gzip.compress(urlset("<url><loc>/a</loc></url>", ""))).addresses == ["/a"]


def test_alternates_are_named():
    links = '<x:link rel="alternate" hreflang="de" href="https://a.test/de/"/><x:link rel="next" href="/b"/>'
    assert read_sitemap(urlset(f"<url>{links}</url>")).alternates == ["https://a.test/de/"]


def test_an_index_names_sitemaps():
    index = b"<sitemapindex><sitemap><loc>https://a.test/1.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(index).sitemaps == ["https://a.test/1.xml"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>No sitemap</body></html>",
        b"<urlset><url><loc>https://a.test/</loc>",
        b'<!DOCTYPE urlset [<!ENTITY a "aaaa">]><urlset><url><loc>&a;&a;</loc></url></urlset>',
        b'<!DOCTYPE urlset SYSTEM "https://evil.test/a.dtd"><urlset></urlset>',
        b"<urlset><url><loc>https://a.test/" + b"a" * 20_000 + b"</loc></url></urlset>",
        b"\x1f\x8bno archive",
        gzip.compress(b"<urlset><url></url></urlset>", mtime=0)[:-20],
        b"https://a.test/\nhttps://b.test/\n",
    ],
)
def test_what_is_no_sitemap_is_refused(content):
    with pytest.raises(UnreadableSitemapError):
        read_sitemap(content)


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap_larger_than_the_protocol_allows_is_refused(monkeypatch, pack):
    monkeypatch.setattr(sitemap_documents, "MAX_BYTES", 1000)
    with pytest.raises(UnreadableSitemapError, match="larger than 1000 bytes"):
        read_sitemap(pack(urlset(" " * 2000)))


@pytest.mark.parametrize(
    ("robots", "named"),
    [
        ("", []),
        ("User-agent: *\nDisallow: /\n", []),
        ("User-agent: *\nSitemap: https://a.test/a.xml\n", ["https://a.test/a.xml"]),
        ("\ufeffsitemap : https://a.test/a.xml # all\r\nSITEMAP:/b.xml", ["https://a.test/a.xml", "/b.xml"]),
        ("Sitemap: /a.xml\nSitemap: /a.xml", ["/a.xml"]),
        ("# Sitemap: /a.xml\nNo-Sitemap: /b.xml\nSitemap:\n", []),
    ],
)
def test_robots_txt_names_sitemaps(robots, named):
    assert sitemaps_in_robots(robots) == named
