"""What a reviewer compares with: what was approved before, what is live, or what would be replaced."""

from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from home.submission import day_of
from region_gate.links.destinations import DestinationKind
from region_gate.models import Notice
from region_gate.notices.texts import NoWordsError
from therapies.models import Label

from .four_eyes import approved


class Baseline(NamedTuple):
    """What is compared with, None for nothing; what is said of it; the revision, where it is one."""

    thing: Any
    said: str
    revision: Revision | None = None


def last_approved(revision: Revision) -> Revision | None:
    """Return the latest revision of the same page that a review approved before `revision`."""
    others = Revision.objects.filter(
        base_content_type=revision.base_content_type_id, object_id=revision.object_id, pk__lt=revision.pk
    )
    return approved(others).first()


def compared_with(revision: Revision) -> Revision | None:
    """Return what `revision` is compared with: the last approved one, else what is live."""
    live: Revision | None = getattr(revision.content_object, "live_revision", None)
    return last_approved(revision) or (live if live and live.pk != revision.pk else None)


def baseline_of(revision: Revision, reviewed: Any) -> Baseline:
    """Return what a reviewer of `reviewed`, which `revision` holds, compares it with.

    What all pages show, such as a notice, is compared with what is live; a page, with what was approved.
    """
    stored = revision.content_object
    if not isinstance(stored, Page) and stored.live:
        return Baseline(stored, _("Compared with what is live"), stored.live_revision)
    if before := compared_with(revision):
        moment = date_format(localtime(before.created_at), "DATETIME_FORMAT")
        return Baseline(before.as_object(), _("Changed since %(moment)s") % {"moment": moment}, before)
    if replaced := _replaced_by(reviewed):
        said = _("New: compared with what it would take the place of, %(thing)s")
        return Baseline(replaced[0], said % {"thing": replaced[1]})
    return Baseline(None, _("Never approved before: all of it is new"))


def _replaced_by(reviewed: Any) -> tuple[Any, str] | None:
    """Return what is live and would give way to `reviewed`, a new label or notice, with its name."""
    if isinstance(reviewed, Notice):
        return _notice_before(reviewed)
    if isinstance(reviewed, Label):
        return _label_before(reviewed)
    return None


def _notice_before(notice: Notice) -> tuple[Notice, str] | None:
    """Return the words that visitors read now where `notice` would stand, in the same language only."""
    language = notice.locale.language_code
    try:
        words = Notice.objects.shown(DestinationKind(notice.kind), notice.region, language)
    except NoWordsError:
        return None
    if words.language != language:
        return None
    before = Notice(
        kind=notice.kind,
        region=words.region,
        locale=notice.locale,
        heading=words.heading,
        body="\n\n".join(words.paragraphs),
        continue_label=words.continue_label,
    )
    return before, str(before)


def _label_before(label: Label) -> tuple[Label, str] | None:
    """Return the label for the same product and region that `label` replaces, or that is in force before."""
    same = Label.objects.filter(product=label.product_id, region=label.region_id).exclude(pk=label.pk)
    present = same.in_force(day_of(label.go_live_at)).order_by("-effective_from")
    found = label.replaces or present.first()
    return (found, str(found)) if found else None
