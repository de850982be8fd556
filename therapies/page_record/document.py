"""The document that legal hands over: self-contained, and stating the hash of its content."""

import re
from collections.abc import Iterator, Sequence
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
ENTRY = re.compile(
    r'<code id="record-entry" data-page="([0-9]{1,18})" data-number="([0-9]{1,9})">([0-9a-f]{64})</code>'
)
# What documents of older versions do not state.
CIRCUMSTANCES = re.compile(r' data-moment="[^"]*" data-zone="[^"]*" data-drawn-[^>]*(?=>)')
BODY = re.compile(r"<body[^>]*>")
BARE = f'<!DOCTYPE html><html><head>{POLICY}<meta charset="utf-8"></head><body></body></html>'

MAX_NAME_LENGTH = 150  # an account's

ALTERED = "The document was altered: it does not have the SHA-256 that it states."
SAVED_OTHERWISE = (
    "It is not the file that was handed over, but a copy that a program saved with other line ends or with a "
    "byte order mark. Only these differ: every word is as it was made."
)
NOT_ON_RECORD = "The record here does not hold what the document was drawn from."
OTHER_FORM = (
    "This version of the software would give the document other words or looks, so a difference in the names "
    "of its facts, its fixed sentences or its style may come from that and is no proof of a forgery. "
    "A difference in the page, in a value, or in a label’s or notice’s words is one."
)
SAME_FORM = (
    "It says that another version of the software drew it up. This version gives it the same words and "
    "looks, so nothing hangs on that."
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
    genuine = _genuine(circumstances)
    if genuine is None:
        unknown = "Nothing of that page is on record for that moment."
        return DocumentFinding(is_unaltered, is_on_record, (unknown,))
    if html != genuine and _plain(html) == _plain(genuine):
        found = [SAVED_OTHERWISE, *_strangers(circumstances)]
        return DocumentFinding(True, is_on_record, tuple(found), (_unrecorded(circumstances),))
    differences = (*differences_of(_plain(_blank(genuine)), _plain(_blank(html))), *_strangers(circumstances))
    return DocumentFinding(is_unaltered, is_on_record, differences, tuple(_notes(circumstances, differences)))


def _genuine(circumstances: Circumstances) -> str | None:
    """Return the document that the record gives; None where it has nothing of the page at that moment."""
    entries = Publication.objects.all()
    then = Then.at(entries, circumstances.page, circumstances.moment, circumstances.drawn_at)
    if then is None:
        return None
    genuine = document(then, circumstances)
    if circumstances.form:
        return genuine
    return sealed(_blank(CIRCUMSTANCES.sub("", genuine, count=1)))


def _plain(html: str) -> str:
    """Return `html` without what programs change when they save a copy: line ends, a byte order mark."""
    return html.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _notes(circumstances: Circumstances, differences: Sequence[str]) -> Iterator[str]:
    """Say what is to be known besides the differences."""
    if not circumstances.is_of_this_form:
        if differences:
            yield OTHER_FORM
        elif circumstances.form:
            yield SAME_FORM
    yield _unrecorded(circumstances)


def _unrecorded(circumstances: Circumstances) -> str:
    return UNRECORDED.format(by=_shortened(circumstances.drawn_by), at=circumstances.drawn_at)


def _strangers(circumstances: Circumstances) -> Iterator[str]:
    """Say where no account has the name under which the document was drawn up: it may hold any words."""
    if not get_user_model().objects.filter(username=circumstances.drawn_by).exists():
        name = _shortened(circumstances.drawn_by)
        yield f"Nobody here has the name “{name}”, by whom it says that it was drawn up."


def _is_on_record(named: re.Match[str] | None) -> bool:
    """Say whether the entry that a document names stands in an unbroken chain, with the same hash."""
    if named is None:
        return False
    page, number, seal = int(named[1]), int(named[2]), named[3]
    stands = Publication.objects.chain(page).filter(number=number, sha256=seal).exists()
    return stands and number not in Publication.objects.broken(page)


def _shortened(name: str) -> str:
    return name if len(name) <= MAX_NAME_LENGTH else f"{name[:MAX_NAME_LENGTH]}…"


def _blank(html: str) -> str:
    return STATED.sub(BLANK, html, count=1)


def _hash(html: str) -> str:
    return sha256(html.encode()).hexdigest()
