"""A ZIP of every page of a region as it was met at a moment: to be read and verified offline."""

import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils.translation import override
from selectolax.lexbor import LexborHTMLParser

from region_gate import conf
from region_gate.constancy import constant
from therapies.models import Publication
from therapies.models.publication_record import PublicationQuerySet

from .circumstances import Circumstances
from .document import document
from .rendering import Then
from .views import VERIFIER

INDEX, STYLE = "therapies/archive/index.html", Path(__file__).with_suffix(".css")


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page in an archive: what the index says of it."""

    subject: int
    title: str
    url: str
    language: str
    since: datetime
    code: str
    is_shown: bool

    @property
    def shown_at(self) -> str:
        """Return where the page lies in the archive."""
        return f"pages/{self.subject}.html"

    @property
    def document_at(self) -> str:
        """Return where its document lies."""
        return f"documents/{self.subject}.html"


def write(file: BinaryIO, region: str, circumstances: Circumstances) -> int:
    """Write the archive of `region` (a code) at the moment of `circumstances`; return how many pages it has.

    One page after the other is made and written, so that a thousand take no more memory than one.
    """
    with ZipFile(file, "w", ZIP_DEFLATED) as archive, constant():
        addresses = dict(_entries(region, circumstances).values_list("url", "subject"))
        pages = [
            _write_page(archive, then, circumstances, addresses) for then in _then(region, circumstances)
        ]
        _write_around(archive, region, circumstances, pages)
    return len(pages)


def _entries(region: str, circumstances: Circumstances) -> PublicationQuerySet:
    """Return the last entry by then about each page that was live in the region."""
    by_then = Publication.objects.by(circumstances.moment)
    later = by_then.filter(subject=OuterRef("subject"), number__gt=OuterRef("number"))
    return by_then.filter(~Exists(later), region=region, is_live=True).order_by("url")


def _then(region: str, circumstances: Circumstances) -> Iterator[Then]:
    for entry in _entries(region, circumstances).iterator(chunk_size=20):
        yield Then(entry, circumstances.moment, circumstances.drawn_at)


def _write_page(
    archive: ZipFile, then: Then, circumstances: Circumstances, addresses: dict[str, int]
) -> ArchivedPage:
    """Write the page with links that lead within the archive, and beside it the document that verifies."""
    entry = then.entry
    own = replace(circumstances, page=entry.subject)
    archive.writestr(f"documents/{entry.subject}.html", document(then, own))
    if then.html:
        archive.writestr(f"pages/{entry.subject}.html", _with_links_within(then.html, addresses))
    facts = entry.title, entry.url, entry.language, entry.since, entry.code
    return ArchivedPage(entry.subject, *facts, bool(then.html))


def _with_links_within(html: str, addresses: dict[str, int]) -> str:
    tree = LexborHTMLParser(html)
    for link in tree.css("a[href], area[href]"):
        address, mark, part = (link.attributes["href"] or "").partition("#")
        if address in addresses:
            link.attrs["href"] = f"{addresses[address]}.html{mark}{part}"
    return tree.html or ""


def _write_around(
    archive: ZipFile, region: str, circumstances: Circumstances, pages: list[ArchivedPage]
) -> None:
    """Write the index, the verifier and the public keys."""
    signer = conf.signer()
    told = {"region": region, "circumstances": circumstances, "pages": pages, "is_signed": bool(signer)}
    with override(circumstances.language):
        archive.writestr("index.html", render_to_string(INDEX, {**told, **_style()}))
    archive.writestr(VERIFIER.name, VERIFIER.read_bytes())
    if signer:
        archive.writestr("record-keys.json", json.dumps(signer.published, indent=2))


def _style() -> dict[str, str]:
    """Return the index's style, and the hash by which its Content Security Policy lets it through."""
    style = STYLE.read_text()
    return {"style": style, "style_hash": b64encode(sha256(style.encode()).digest()).decode()}
