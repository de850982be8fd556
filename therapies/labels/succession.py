"""One label after another: the next replaces the present one from a day on and ends it in one decision."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context, log

from home.exceptions import RefusedError
from region_gate import clock
from region_gate.models import Edition
from therapies.models import Label, LabelText
from therapies.models.in_force import ONCE_APPROVED, Force, force_of

ENDED = "therapies.end_label"
# The attribute in which a label keeps the one that it ends, from its check until it has been saved.
ENDS = "_label_that_it_ends"
COPIED = ("product", "region", "status", "registration_number", "audience", "review_by")
TEXT_COPIED = (
    *("locale", "decision", "is_behind", "indication", "safety_information", "authority"),
    *("instructions_document", "instructions_url"),
)


@transaction.atomic
def replace(label: Label, starts: date, user: Any = None) -> Label:
    """Return a draft of the label that replaces `label` from the day `starts` on, with all its texts.

    Raises RefusedError where that cannot be.
    """
    Edition.lock()
    check_replaceable(label)
    check_unreplaced(label)
    made = _next(label, starts)
    check_start(made, label)
    made.full_clean()
    made.save()
    made.save_revision(user=user)
    log(made, "wagtail.create", user=user, content_changed=True)
    return made


def _next(label: Label, starts: date) -> Label:
    made = Label(**{name: getattr(label, name) for name in COPIED})
    made.effective_from, made.replaces, made.live = starts, label, False
    if made.review_by and made.review_by < starts:
        made.review_by = None
    made.texts.set([_copy(text) for text in label.stored_texts()])
    return made


def _copy(text: LabelText) -> LabelText:
    """Return a copy of `text`, without a decision about the words of then."""
    made = LabelText(**{name: getattr(text, name) for name in TEXT_COPIED})
    if made.is_needed:
        made.decision = ""
    return made


def check_replaceable(label: Label) -> None:
    """Raise RefusedError where `label` is not in force, nor to be, or ends already."""
    if force_of(label, clock.today()) not in (Force.IN_FORCE, Force.BEGINS):
        raise RefusedError(_("Only a label that is in force, or will be, can be replaced."))
    if label.withdrawn_on:
        words = _("It ends on %(day)s already. Add a label that begins then, or change that day first.")
        raise RefusedError(words % {"day": date_format(label.withdrawn_on)})


def check_unreplaced(label: Label) -> None:
    """Raise RefusedError where the draft of another label waits to replace `label`."""
    if waiting := label.successors.filter(live=False, first_published_at=None).first():
        words = _("“%(label)s” waits to replace it already. Change that draft, or delete it first.")
        raise RefusedError(words % {"label": waiting})


def check_start(successor: Label, label: Label) -> None:
    """Raise RefusedError where `successor` cannot begin on its first day, which is to end `label`."""
    starts = successor.effective_from
    if starts is None or starts < clock.today():
        raise RefusedError(_("The day on which it replaces the other one has passed. Choose a new date."))
    if label.effective_from and starts <= label.effective_from:
        words = _("The label that it replaces begins on %(day)s. Choose a later date.")
        raise RefusedError(words % {"day": date_format(label.effective_from)})


def prepare_succession(label: Label) -> None:
    """Have `label`, about to be live, end what it replaces. Raises RefusedError where it cannot."""
    label.__dict__[ENDS] = check_succession(label)


def check_succession(label: Label) -> Label | None:
    """Raise RefusedError where `label` is to replace another one and cannot; return what it would end.

    Nothing is ended by asking: a draft that is sent on asks, too.
    """
    before = _ended_by(label)
    if before is None or before.withdrawn_on == label.effective_from:
        return None
    if (before.product_id, before.region_id) != (label.product_id, label.region_id):
        raise RefusedError(_("A label replaces one of the same product and region."))
    if before.withdrawn_on is None or before.withdrawn_on != _first_day(label):
        check_replaceable(before)
    elif before.withdrawn_on <= clock.today():
        raise RefusedError(_("The label that it replaces has ended, so its first day stays as it is."))
    check_start(label, before)
    return before


def _ended_by(label: Label) -> Label | None:
    """Return the label that `label` ends, None where that has ended before by another decision."""
    if label.replaces_id is None or label.status not in ONCE_APPROVED:
        return None
    before = Label.objects.select_for_update(of=("self",)).filter(pk=label.replaces_id, live=True).first()
    if before is None or before.withdrawn_on in (None, _first_day(label)):
        return before
    has_ended = label.effective_from is not None and before.withdrawn_on <= label.effective_from
    return None if has_ended else before


def end_what_is_replaced(label: Label) -> None:
    """End the label that `label` replaces, as it was checked: on the first day of `label`."""
    before: Label | None = label.__dict__.pop(ENDS, None)
    if before is None:
        return
    before.withdrawn_on = label.effective_from
    before.save(update_fields=["withdrawn_on"])
    day = str(label.effective_from)
    log(before, ENDED, user=get_active_log_context().user, data={"day": day, "label": label.pk})
    _end_in_draft(before)


def _first_day(label: Label) -> date | None:
    """Return the first day of `label` as it is published, None where it is not."""
    return Label.objects.filter(pk=label.pk, live=True).values_list("effective_from", flat=True).first()


def _end_in_draft(label: Label) -> None:
    """Have a draft of `label` that waits end it as well: else it would undo what was decided."""
    if not label.has_unpublished_changes:
        return
    draft = label.get_latest_revision_as_object()
    draft.withdrawn_on = label.withdrawn_on
    draft.save_revision(clean=False)
