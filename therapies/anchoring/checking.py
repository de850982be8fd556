"""What the anchors find wrong with the record: what was rewritten, deleted or put in since they were made."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.utils import timezone

from region_gate import conf
from region_gate.models.sealed import SealedQuerySet
from region_gate.signatures import Signature
from therapies.chains import CHAINS
from therapies.models import Anchor
from therapies.models.anchor import line_of

from . import place
from .time_stamps import fault_of

UNCOMPARED = (
    "Not checked: whose the anchors’ time-stamps are, for TIMESTAMP_CERTIFICATES names no certificates."
)
MAX_FAULTS = 500  # that are told one by one
SECOND = timedelta(seconds=1)  # the smallest part of a statement's date
Entry = tuple[str, str, str]  # chain, subject, number


def faults() -> list[str]:
    """Return what is wrong, a sentence each; what lies after the last anchor no anchor knows."""
    here = [*Anchor.objects.all()]
    try:
        there = [*place.anchors()]
    except (OSError, ValueError) as error:
        return [f"The write-once place cannot be read: {error}", *_of_dates(here), *_told(here, here)]
    return [*_of_dates(here), *_between(here, there), *_told(here, there or here)]


def note() -> str:
    """Return what is not checked, blank for nothing."""
    stamped = Anchor.objects.exclude(time_stamp="").exists()
    return UNCOMPARED if stamped and not settings.TIMESTAMP_CERTIFICATES else ""


def _told(here: list[Anchor], trusted: list[Anchor]) -> list[str]:
    found = [*islice(_of_entries(here, trusted), MAX_FAULTS + 1)]
    more = ["And more."] if len(found) > MAX_FAULTS else []
    return [*_of_anchors(trusted), *found[:MAX_FAULTS], *more]


def _between(here: list[Anchor], there: list[Anchor]) -> Iterator[str]:
    """Tell how the anchors of the database differ from those in the write-once place."""
    if place.storage() is None:
        return
    own, kept = ({anchor.number: anchor for anchor in anchors} for anchors in (here, there))
    for number in sorted(kept.keys() - own.keys()):
        yield f"{_name(kept[number])}: only in the write-once place. An older database was restored since."
    for number in sorted(own.keys() - kept.keys()):
        yield f"{_name(own[number])}: missing in the write-once place."
    for number in sorted(own.keys() & kept.keys()):
        if own[number].as_json != kept[number].as_json:
            yield f"{_name(own[number])}: not as it is in the write-once place."


def _of_dates(here: list[Anchor]) -> Iterator[str]:
    """Tell which anchors were noted before they were drawn up, or after the next one was."""
    latest = timezone.now()
    for anchor in reversed(here):
        try:
            drawn_up = anchor.moment
        except ValueError:
            yield f"{_name(anchor)}: it does not say when it was made."
            continue
        if not drawn_up <= anchor.made_at <= latest:
            yield f"{_name(anchor)}: the date on which it was noted was changed."
        latest = drawn_up + SECOND


def _of_anchors(anchors: Iterable[Anchor]) -> Iterator[str]:
    """Tell which of `anchors` are not as they were made."""
    number, previous, signer = 0, "-", conf.signer()
    for anchor in anchors:
        if anchor.number != number + 1 or f"previous {previous}" not in anchor.statement.split("\n"):
            yield f"{_name(anchor)}: the anchor before it was taken out or changed."
        if not (anchor.is_intact and anchor.says_until):
            yield f"{_name(anchor)}: its entries were changed."
        if signer and not signer.verifies(anchor.statement, Signature(anchor.key, anchor.signature)):
            yield f"{_name(anchor)}: its signature is none of ours."
        if anchor.time_stamp and (fault := fault_of(anchor.time_stamp, anchor.statement)):
            yield f"{_name(anchor)}: {fault}"
        number, previous = anchor.number, anchor.sha256


def _of_entries(here: list[Anchor], trusted: list[Anchor]) -> Iterator[str]:
    """Tell which entries are not as `trusted` has them, or were put in among those that it has."""
    anchored = {_split(line): (anchor, line) for anchor in trusted for line in anchor.entries}
    until = trusted[-1].until if trusted else {}
    for model in CHAINS:
        rows = SealedQuerySet(model).order_by("pk").values_list("pk", "subject", "number", "sha256")
        for key, *row in rows.iterator():
            line = line_of(model.CHAIN, *row)
            anchor, known = anchored.pop(_split(line), (None, ""))
            if anchor and known != line:
                yield f"{_entry(known)}: rewritten since {_name(anchor)}."
            elif anchor is None and key <= until.get(model.CHAIN, 0):
                yield f"{_entry(line)}: put in among entries that are older than {_name(trusted[-1])}."
    for anchor, line in anchored.values():
        yield f"{_entry(line)}: deleted since {_name(anchor)}."


def _split(line: str) -> Entry:
    chain, subject, number, _seal = line.split(" ")
    return chain, subject, number


def _entry(line: str) -> str:
    chain, subject, number = _split(line)
    return f"{chain.capitalize()} {subject}, entry {number}"


def _name(anchor: Anchor) -> str:
    return str(anchor).removeprefix("record ")
