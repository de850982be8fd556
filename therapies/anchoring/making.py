"""Makes an anchor over all entries that have gone on record since the one before."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from region_gate import conf
from region_gate.models import Edition
from region_gate.models.sealed import SealedQuerySet
from therapies import merkle
from therapies.chains import CHAINS
from therapies.models import Anchor
from therapies.models.anchor import line_of, root_line, until_line

from . import place
from .exceptions import AnchorTakenError, OlderDatabaseError
from .time_stamps import stamp

Row = tuple[int, int, int, str]
FIELDS = ("pk", "subject", "number", "sha256")
OLDER = (
    "The write-once place has {anchor}, and this database not what it says: an older database was restored, "
    "or entries were deleted. No anchor is made until that is cleared up; check_record says what is missing."
)


def make() -> Anchor | None:
    """Return the new anchor, None where nothing has gone on record since the last.

    Raises StampError, AnchorTakenError or OSError, after which another try may help, and OlderDatabaseError.
    """
    try:
        return _made()
    except AnchorTakenError:  # by somebody who made it at the same moment: see what they have left to do
        return _made()


def _made() -> Anchor | None:
    last = _even_with_the_place()
    anchor = _drawn_up(last)
    if anchor is None:
        return None
    anchor.time_stamp = stamp(anchor.statement)
    _note(anchor)
    place.keep(anchor)
    return anchor


def _even_with_the_place() -> Anchor | None:
    """Return the last anchor, in the database and the place, had somebody stopped between the two."""
    last, newest = Anchor.objects.last(), 0
    for kept in place.anchors():
        newest = kept.number
        if last is None or newest > last.number:
            last = _taken_over(kept)
    if last and last.number == newest + 1:
        place.keep(last)
    return last


def _taken_over(kept: Anchor) -> Anchor:
    """Return an anchor that is kept there and not here, as when this database was restored."""
    if not {*kept.entries} <= _all_lines():
        raise OlderDatabaseError(OLDER.format(anchor=kept))
    kept.made_at = kept.moment
    _note(kept)
    return kept


def _note(anchor: Anchor) -> None:
    """Put `anchor` in the database, where two that are made at once have the same number."""
    try:
        with transaction.atomic():
            anchor.save()
    except IntegrityError as error:
        raise AnchorTakenError(f"Another {anchor} was made at the same moment.") from error


@transaction.atomic
def _drawn_up(last: Anchor | None) -> Anchor | None:
    Edition.lock()  # whoever puts something on record holds it, so no earlier row comes after us
    until = dict(last.until) if last else {}
    lines: list[str] = []
    for model in CHAINS:
        rows: list[Row] = [
            *SealedQuerySet(model).filter(pk__gt=until.get(model.CHAIN, 0)).values_list(*FIELDS)
        ]
        lines += sorted(line_of(model.CHAIN, *row[1:]) for row in rows)
        until[model.CHAIN] = max((row[0] for row in rows), default=until.get(model.CHAIN, 0))
    return _anchor(last, lines, until) if lines else None


def _anchor(last: Anchor | None, lines: list[str], until: dict[str, int]) -> Anchor:
    anchor = Anchor(number=last.number + 1 if last else 1, lines="\n".join(lines), until=until)
    made_at = timezone.now().isoformat(timespec="seconds")
    anchor.statement = (
        f"record anchor {anchor.number} of {made_at}\nprevious {last.sha256 if last else '-'}\n"
        f"{root_line(merkle.root(anchor.leaves))}\nentries {len(lines)}\n{until_line(until)}\n"
    )
    if signer := conf.signer():
        signed = signer.sign(anchor.statement)
        anchor.signature, anchor.key = signed.value, signed.key
    return anchor


def _all_lines() -> set[str]:
    return {
        line_of(model.CHAIN, *row)
        for model in CHAINS
        for row in SealedQuerySet(model).values_list(*FIELDS[1:]).iterator()
    }
