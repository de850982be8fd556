"""What sitemaps and robots.txt name, as search engines read them.

Source: sitemaps.org, protocol 0.9; RFC 9309, section 2.2.4 (other records).
"""

import re
import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

XHTML = "http://www.w3.org/1999/xhtml"
MAX_BYTES = 52_428_800  # of one sitemap, unpacked, as the protocol allows
MAX_ADDRESS = 10_000  # characters
GZIP = b"\x1f\x8b"
SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class UnreadableSitemapError(ValueError):
    """A document that is no sitemap, or more than the protocol allows."""


@dataclass(slots=True)
class SitemapDocument:
    """What one sitemap names, as written: further sitemaps, addresses, addresses in other languages."""

    sitemaps: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    alternates: list[str] = field(default_factory=list)


def sitemaps_in_robots(text: str) -> list[str]:
    """Return the addresses of sitemaps that a robots.txt names, each once."""
    return [*dict.fromkeys(SITEMAP_LINE.findall(text.removeprefix("\ufeff")))]


def read_sitemap(content: bytes) -> SitemapDocument:
    """Return what a sitemap or an index of sitemaps names. Raises UnreadableSitemapError."""
    reader = _Reader()
    try:
        reader.parser.Parse(_unpacked(content), True)
    except (expat.ExpatError, zlib.error) as error:
        raise UnreadableSitemapError(str(error)) from error
    return reader.found


def _unpacked(content: bytes) -> bytes:
    if content.startswith(GZIP):
        content = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableSitemapError(f"It is larger than {MAX_BYTES} bytes.")
    return content


class _Reader:
    """Reads a sitemap from its start to its end; whatever declares entities is none."""

    def __init__(self) -> None:
        self.found = SitemapDocument()
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._read
        self._path: list[str] = []
        self._text = ""

    def _refuse(self, *_doctype: object) -> None:
        raise UnreadableSitemapError("It has a document type.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self._path and local not in ("urlset", "sitemapindex"):
            raise UnreadableSitemapError(f"It is made of {local!r}.")
        self._path.append(local)
        self._text = ""
        if (namespace, local, attributes.get("rel")) == (XHTML, "link", "alternate"):
            self.found.alternates.append(attributes.get("href", ""))

    def _read(self, text: str) -> None:
        if self._path[-1] == "loc":
            self._text += text
            if len(self._text) > MAX_ADDRESS:
                raise UnreadableSitemapError(f"It has an address of more than {MAX_ADDRESS} characters.")

    def _end(self, _name: str) -> None:
        if self._path == ["urlset", "url", "loc"]:
            self.found.addresses.append(self._text.strip())
        elif self._path == ["sitemapindex", "sitemap", "loc"]:
            self.found.sitemaps.append(self._text.strip())
        self._path.pop()
