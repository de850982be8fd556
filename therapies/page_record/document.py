"""The document that legal hands over: self-contained, signed, and stating the hash of its content."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.utils.translation import override

from region_gate import conf
from region_gate.signatures import Signature
from therapies.models import Publication

from .circumstances import Circumstances, NoCircumstancesError, circumstances_of, style
from .document_differences import differences_of
from .proof import proof
from .rendering import POLICY, Then
from .soundness import faults_of

BLANK = '<code id="record-sha256"></code>'
STATED = re.compile(r'<code id="record-sha256">([0-9a-f]{64})</code>')
UNSIGNED = '<code id="record-signature" data-key=""></code>'
SIGNED = re.compile(r'<code id="record-signature" data-key="([0-9a-f]{1,64})">([A-Za-z0-9_-]{1,100})</code>')
ENTRY = re.compile(
    r'<code id="record-entry" data-page="([0-9]{1,18})" data-number="([0-9]{1,9})">([0-9a-f]{64})</code>'
)
# What documents of older versions do not state.
CIRCUMSTANCES = re.compile(r' data-moment="[^"]*" data-zone="[^"]*" data-drawn-[^>]*(?=>)')
# What only the verifier reads; of another version of the software it may be otherwise.
MARKS = re.compile(
    r' data-fact="[a-z_]{1,40}"|<script id="record-proof" type="application/json">[^<]*</script>'
)
BODY = re.compile(r"<body[^>]*>")
BARE = f'<!DOCTYPE html><html><head>{POLICY}<meta charset="utf-8"></head><body></body></html>'

MAX_NAME_LENGTH = 150  # an account's

ALTERED = "The document was altered: it does not have the SHA-256 that it states."
SAVED_OTHERWISE = (
    "It is not the file that was handed over, but a copy that a program saved with other line ends or with a "
    "byte order mark. Only these differ: every word is as it was made."
)
FORGED = "It does not have the signature of any of our keys."
LACKS_SIGNATURE = "It is not signed, though it says that it was drawn up when there were keys already."
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


def document(then: Then, circumstances: Circumstances, *, is_signed: bool = True) -> str:
    """Return what was met at `then` with all facts about it, drawn up in `circumstances`.

    Older documents were not signed, and carried no proof.
    """
    given = {
        **{name: getattr(circumstances, name) for name in ("zone", "drawn_at", "drawn_by")},
        "then": then,
        "moment": then.moment,
        "broken": then.broken,
        "circumstances": circumstances,
    }
    with override(circumstances.language):
        given["proof"] = proof(then) if is_signed else None
        given["faults"] = faults_of(then)
        cover = render_to_string("therapies/page_record/cover.html", given)
        annex = render_to_string("therapies/page_record/annex.html", given)
    html = then.html or BARE
    html = html.replace("</head>", f"<style>{style()}</style></head>", 1)
    html = BODY.sub(lambda body: body[0] + cover, html, count=1)
    content, end, rest = html.rpartition("</body>")
    return sealed(f"{content}{annex}{end}{rest}")


def sealed(html: str) -> str:
    """Return `html` with its blanks filled in: the SHA-256 that it has with them, and our signature."""
    seal, signer = _hash(html), conf.signer()
    html = html.replace(BLANK, BLANK.replace("><", f">{seal}<"), 1)
    if signer is None:
        return html
    signed = signer.sign(document_statement(seal))
    code = f'<code id="record-signature" data-key="{signed.key}">{signed.value}</code>'
    return html.replace(UNSIGNED, code, 1)


def document_statement(seal: str) -> str:
    """Return what is signed of a document whose hash is `seal`."""
    return f"record document\n{seal}\n"


@dataclass(frozen=True)
class DocumentFinding:
    """What a document turned out to be: unaltered since it was made, and true to the record here.

    `signing` tells what is wrong with its signature, `differences` what it says otherwise than the
    record; `notes` what is to be known besides.
    """

    is_unaltered: bool
    is_on_record: bool
    signing: str = ""
    differences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def faults(self) -> list[str]:
        """Return what is wrong, a sentence each."""
        found = {ALTERED: self.is_unaltered, NOT_ON_RECORD: self.is_on_record}
        faults = (fault for fault, is_well in found.items() if not is_well)
        return [*faults, *filter(None, [self.signing]), *self.differences]


def check(html: str) -> DocumentFinding:
    """Say whether `html` is an unaltered document, and equal to the one that the record gives now."""
    stated = STATED.search(html)
    is_unaltered = bool(stated) and _hash(_blank(html)) == (stated and stated[1])
    is_on_record = _is_on_record(ENTRY.search(html))
    signing = _signing(html, stated[1] if stated else "")
    try:
        circumstances = circumstances_of(html)
    except NoCircumstancesError as error:
        unclear = f"It cannot be compared with the record. {error}"
        return DocumentFinding(is_unaltered, is_on_record, signing, (unclear,))
    if not SIGNED.search(html):
        signing = LACKS_SIGNATURE if _had_keys_at(circumstances.drawn_at) else ""
    genuine = _genuine(circumstances, is_signed=bool(SIGNED.search(html)))
    if genuine is None:
        unknown = "Nothing of that page is on record for that moment."
        return DocumentFinding(is_unaltered, is_on_record, signing, (unknown,))
    genuine, own = _comparable(genuine, circumstances), _comparable(html, circumstances)
    if own != genuine and _plain(own) == _plain(genuine):
        found = [SAVED_OTHERWISE, *_strangers(circumstances)]
        return DocumentFinding(True, is_on_record, signing, tuple(found), (_unrecorded(circumstances),))
    differences = (*differences_of(_plain(genuine), _plain(own)), *_strangers(circumstances))
    notes = tuple(_notes(circumstances, differences))
    return DocumentFinding(is_unaltered, is_on_record, signing, differences, notes)


def _signing(html: str, seal: str) -> str:
    """Return what is wrong with the signature under a document that states `seal`, blank for nothing."""
    found, signer = SIGNED.search(html), conf.signer()
    if signer is None:
        return ""
    signature = Signature(found[1], found[2]) if found else Signature()
    return "" if signer.verifies(document_statement(seal), signature) else FORGED


def _had_keys_at(moment: datetime) -> bool:
    """Say whether what went on record at `moment` was signed."""
    first = Publication.objects.exclude(signature="").order_by("pk").first()
    return conf.signer() is not None and first is not None and first.since <= moment


def _genuine(circumstances: Circumstances, *, is_signed: bool) -> str | None:
    """Return the document that the record gives; None where it has nothing of the page at that moment."""
    entries = Publication.objects.all()
    then = Then.at(entries, circumstances.page, circumstances.moment, circumstances.drawn_at)
    if then is None:
        return None
    genuine = document(then, circumstances, is_signed=is_signed)
    if circumstances.form:
        return genuine
    return sealed(_blank(CIRCUMSTANCES.sub("", genuine, count=1)))


def _comparable(html: str, circumstances: Circumstances) -> str:
    """Return `html` without its hash and signature, and without marks that are another version's."""
    return _blank(html) if circumstances.is_of_this_form else MARKS.sub("", _blank(html))


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
    """Say where no account has the name, if any, that drew the document up: it may hold any words."""
    if (
        circumstances.drawn_by
        and not get_user_model().objects.filter(username=circumstances.drawn_by).exists()
    ):
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
    return SIGNED.sub(UNSIGNED, STATED.sub(BLANK, html, count=1), count=1)


def _hash(html: str) -> str:
    return sha256(html.encode()).hexdigest()
