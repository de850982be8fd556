"""What legal hands over: one document that needs nothing else, and states the hash of all it says."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.translation import get_language

from therapies.models import Publication

from .composing import POLICY, Then
from .files import read

STYLE = "therapies/page_record.css"
BLANK = '<code id="record-sha256"></code>'
STATED = re.compile(r'<code id="record-sha256">([0-9a-f]{64})</code>')
ENTRY = re.compile(r'<code id="record-entry" data-page="(\d+)" data-number="(\d+)">([0-9a-f]{64})</code>')
BODY = re.compile(r"<body[^>]*>")
BARE = f'<!DOCTYPE html><html><head>{POLICY}<meta charset="utf-8"></head><body></body></html>'


def document(then: Then, context: dict[str, Any]) -> str:
    """Return what was met at `then` with all facts about it; `context` says who asks, and how."""
    given = {**context, "then": then, "interface_language": get_language()}
    cover = render_to_string("therapies/page_record/cover.html", given)
    annex = render_to_string("therapies/page_record/annex.html", given)
    html = then.html or BARE
    html = html.replace("</head>", f"<style>{_style()}</style></head>", 1)
    html = BODY.sub(lambda body: body[0] + cover, html, count=1)
    content, end, rest = html.rpartition("</body>")
    return sealed(f"{content}{annex}{end}{rest}")


def _style() -> str:
    found = read(f"http://localhost{static(STYLE)}") or read(static(STYLE))
    return (found or b"").decode()


def sealed(html: str) -> str:
    """Return `html` with its blank filled in: the SHA-256 of all of it as it was with the blank."""
    return html.replace(BLANK, BLANK.replace("><", f">{_hash(html)}<"), 1)


@dataclass(frozen=True)
class Finding:
    """What a document turned out to be: unaltered since it was made, and true to the record here."""

    is_unaltered: bool
    is_on_record: bool


def check(html: str) -> Finding:
    """Say whether `html` is a document as it was made, and says what the record says."""
    stated = STATED.search(html)
    is_unaltered = bool(stated) and _hash(STATED.sub(BLANK, html, count=1)) == (stated and stated[1])
    return Finding(is_unaltered, _is_on_record(ENTRY.search(html)))


def _is_on_record(named: re.Match[str] | None) -> bool:
    """Say whether the entry that a document names stands in an unbroken chain, with the same hash."""
    if named is None:
        return False
    page, number, seal = int(named[1]), int(named[2]), named[3]
    stands = Publication.objects.chain(page).filter(number=number, sha256=seal).exists()
    return stands and number not in Publication.objects.broken(page)


def _hash(html: str) -> str:
    return sha256(html.encode()).hexdigest()
