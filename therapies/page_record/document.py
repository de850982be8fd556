"""The document that legal hands over: self-contained, and stating the hash of its content."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.utils.translation import override

from therapies.models import Publication

from .circumstances import Circumstances, NoCircumstancesError, circumstances_of, style
from .document_differences import differences_of
from .rendering import POLICY, Then

BLANK = '<code id="record-sha256"></code>'
STATED = re.compile(r'<code id="record-sha256">([0-9a-f]{64})</code>')
ENTRY = re.compile(r'<code id="record-entry" data-page="(\d+)" data-number="(\d+)">([0-9a-f]{64})</code>')
# What documents of older versions do not state.
CIRCUMSTANCES = re.compile(r' data-moment="[^"]*" data-zone="[^"]*" data-drawn-[^>]*(?=>)')
BODY = re.compile(r"<body[^>]*>")
BARE = f'<!DOCTYPE html><html><head>{POLICY}<meta charset="utf-8"></head><body></body></html>'

ALTERED = "The document was altered: it does not have the SHA-256 that it states."
NOT_ON_RECORD = "The record here does not hold what the document was drawn from."
OTHER_FORM = (
    "This version of the software would give the document other words or looks, so a difference in the names "
    "of its facts, its fixed sentences or its style may come from that and is no proof of a forgery. "
    "A difference in the page, in a value, or in a label’s or notice’s words is one."
)
UNRECORDED = "Not checked, as no record has it: who drew it up, and when ({by}, {at:%Y-%m-%d %H:%M:%S %Z})."


def document(then: Then, circumstances: Circumstances) -> str:
    """Return what was met at `then` with all facts about it, drawn up in `circumstances`."""
    given = {
        **{name: getattr(circumstances, name) for name in ("zone", "drawn_at", "drawn_by")},
        "then": then,
        "moment": then.moment,
        "broken": then.broken,
        "circumstances": circumstances,
    }
    with override(circumstances.language):
        cover = render_to_string("therapies/page_record/cover.html", given)
        annex = render_to_string("therapies/page_record/annex.html", given)
    html = then.html or BARE
    html = html.replace("</head>", f"<style>{style()}</style></head>", 1)
    html = BODY.sub(lambda body: body[0] + cover, html, count=1)
    content, end, rest = html.rpartition("</body>")
    return sealed(f"{content}{annex}{end}{rest}")


def sealed(html: str) -> str:
    """Return `html` with its blank filled in: the SHA-256 of all of it as it was with the blank."""
    return html.replace(BLANK, BLANK.replace("><", f">{_hash(html)}<"), 1)


@dataclass(frozen=True)
class DocumentFinding:
    """What a document turned out to be: unaltered since it was made, and true to the record here.

    `differences` tells what it says otherwise than the record; `notes` what is to be known besides.
    """

    is_unaltered: bool
    is_on_record: bool
    differences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def faults(self) -> list[str]:
        """Return what is wrong, a sentence each."""
        found = {ALTERED: self.is_unaltered, NOT_ON_RECORD: self.is_on_record}
        return [*(fault for fault, is_well in found.items() if not is_well), *self.differences]


def check(html: str) -> DocumentFinding:
    """Say whether `html` is an unaltered document, and equal to the one that the record gives now."""
    stated = STATED.search(html)
    is_unaltered = bool(stated) and _hash(_blank(html)) == (stated and stated[1])
    is_on_record = _is_on_record(ENTRY.search(html))
    try:
        circumstances = circumstances_of(html)
    except NoCircumstancesError as error:
        return DocumentFinding(
            is_unaltered, is_on_record, (f"It cannot be compared with the record. {error}",)
        )
    differences, notes = _compared(html, circumstances)
    return DocumentFinding(is_unaltered, is_on_record, differences, notes)


def _compared(html: str, circumstances: Circumstances) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the differences of `html` from the document that the record gives, and notes on them."""
    entries = Publication.objects.all()
    then = Then.at(entries, circumstances.page, circumstances.moment, circumstances.drawn_at)
    if then is None:
        return ("Nothing of that page is on record for that moment.",), ()
    genuine = document(then, circumstances)
    if not circumstances.form:
        genuine = CIRCUMSTANCES.sub("", genuine, count=1)
    differences = [*differences_of(_blank(genuine), _blank(html)), *_strangers(circumstances)]
    unrecorded = UNRECORDED.format(by=circumstances.drawn_by, at=circumstances.drawn_at)
    is_other = differences and not circumstances.is_of_this_form
    return tuple(differences), (OTHER_FORM, unrecorded) if is_other else (unrecorded,)


def _strangers(circumstances: Circumstances) -> Iterator[str]:
    """Say where no account has the name under which the document was drawn up: it may hold any words."""
    if not get_user_model().objects.filter(username=circumstances.drawn_by).exists():
        yield f"Nobody here has the name “{circumstances.drawn_by}”, by whom it says that it was drawn up."


def _is_on_record(named: re.Match[str] | None) -> bool:
    """Say whether the entry that a document names stands in an unbroken chain, with the same hash."""
    if named is None:
        return False
    page, number, seal = int(named[1]), int(named[2]), named[3]
    stands = Publication.objects.chain(page).filter(number=number, sha256=seal).exists()
    return stands and number not in Publication.objects.broken(page)


def _blank(html: str) -> str:
    return STATED.sub(BLANK, html, count=1)


def _hash(html: str) -> str:
    return sha256(html.encode()).hexdigest()
