"""What may go live in the admin: what a review has approved, just as it was approved."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision

from home.exceptions import RefusedError, named
from home.models import Region
from therapies.guard import checkpoints
from therapies.guard.visible_text import visible_text_of
from therapies.usage import uses

from . import collections, four_eyes
from .endings.taking_down import is_spent
from .endings.withdrawing import is_urgent_end
from .releases import holding

FOCAL_POINT = [f"focal_point_{name}" for name in ("x", "y", "width", "height")]


def is_guarded() -> bool:
    """Say whether what happens now needs a review: a person does it, and four eyes are required."""
    return four_eyes.is_required() and is_in_the_admin()


def is_in_the_admin() -> bool:
    """Say whether a person does what happens now: commands and code answer for themselves."""
    return get_active_log_context().user is not None


def follow_page(alias: Page) -> None:
    """Have a live `alias` in the region of its page be of that page's revision, whose approval it shows."""
    page = _reviewed_for(alias) if alias.live else alias
    if page is not alias:
        alias.live_revision_id = page.live_revision_id


def check(thing: Any) -> None:
    """Raise RefusedError where `thing` would go live in the admin unapproved, or before its release.

    What legal ends at once waits for neither.
    """
    if not (is_in_the_admin() and _goes_live(thing)) or is_urgent_end(thing):
        return
    if four_eyes.is_required() and not _is_approved(thing):
        raise RefusedError(_("Nothing goes live without a review. Submit it: somebody else must approve it."))
    holding.check_going_live(thing)


def check_unique(thing: Any) -> None:
    """Raise RefusedError where `thing` would go live in the admin in the place of another of its kind."""
    if isinstance(thing, Page) or not (is_in_the_admin() and thing.live):
        return
    try:
        thing.validate_constraints()
    except ValidationError as error:
        taken = _("There is another %(kind)s for the same use already. Change that one, or end it first.")
        raise RefusedError(taken % {"kind": thing._meta.verbose_name}) from error


def check_scheduling(revision: Revision) -> None:
    """Raise RefusedError where a person puts on the schedule what nobody approved."""
    if not (four_eyes.is_required() and is_in_the_admin()):
        return
    if not four_eyes.is_approved(revision.pk) or is_spent(revision):
        raise RefusedError(_("Nothing is scheduled without a review. Submit it with its date instead."))


def check_overwriting(revision: Revision) -> None:
    """Raise RefusedError where `revision`, under review, approved or live, would become another text."""
    if not revision.pk or not _is_settled(revision):
        return
    before = Revision.objects.filter(pk=revision.pk).values_list("content", flat=True).first()
    if before is not None and before != json.loads(json.dumps(revision.content, cls=DjangoJSONEncoder)):
        raise RefusedError(_("This draft has been sent to review. Load the page anew to go on writing."))


def check_move(page: Page, parent: Page) -> None:
    """Raise RefusedError where live pages would move to another region in the admin."""
    if not (four_eyes.is_required() and is_in_the_admin()):
        return
    here, there = Region.objects.owning(page.path), Region.objects.owning(parent.path)
    if here != there and Page.objects.descendant_of(page, inclusive=True).live().exists():
        raise RefusedError(
            _("A live page does not move to another region: use it there as a draft, or unpublish it first.")
        )


def check_page(page: Page) -> None:
    """Raise RefusedError where saving `page` in the admin would change what is live elsewhere, unreviewed."""
    if not (four_eyes.is_required() and is_in_the_admin()):
        return
    if page.alias_of_id and page._state.adding and not _is_in_region_of(page, page.alias_of):
        raise RefusedError(_("A page is no alias in another region, whose legal team would not see it."))
    if not page.live and checkpoints.renames_live_pages(page):
        raise RefusedError(_("Live pages stand below this draft: its address stays as long as they do."))


def _is_in_region_of(page: Page, other: Page) -> bool:
    return Region.objects.owning(page.path) == Region.objects.owning(other.path)


def check_part(part: Any) -> None:
    """Raise RefusedError where a person would change what live pages and labels show of `part`.

    An image, a document or a reference has no review of its own: it is approved with what shows it.
    """
    if not (four_eyes.is_required() and is_in_the_admin() and part.pk):
        return
    stored = type(part)._base_manager.filter(pk=part.pk).first()
    if stored is None or _shown_of(stored) == _shown_of(part):
        return
    if found := uses.uses_of(part):
        raise RefusedError(
            _(
                "What is live shows this as it was approved, so it stays as it is: %(uses)s. Add a new one, "
                "use it there instead, and submit that to review."
            )
            % {"uses": named(found)}
        )


def _shown_of(part: Any) -> tuple[Any, ...]:
    """Return what visitors meet of `part`: its words and file, how it is cut, whose it is."""
    file = getattr(part, "file", None)
    return (
        *(shown[:2] for shown in visible_text_of(part)),
        str(file),
        getattr(file, "_committed", True),
        *(getattr(part, name) for name in FOCAL_POINT if isinstance(part, AbstractImage)),
        collections.reach_of(part.collection) if isinstance(part, AbstractDocument) else None,
    )


def _goes_live(thing: Any) -> bool:
    """Say whether saving `thing` shows visitors another revision than before."""
    if not thing.live:
        return False
    stored = type(thing)._base_manager.filter(pk=thing.pk).values("live", "live_revision_id").first()
    return stored is None or not stored["live"] or stored["live_revision_id"] != thing.live_revision_id


def _is_approved(thing: Any) -> bool:
    """Say whether a review has approved the revision of just this thing, since it was last taken down."""
    reviewed = _reviewed_for(thing)
    revision = Revision.objects.filter(pk=reviewed.live_revision_id, object_id=str(reviewed.pk)).first()
    return revision is not None and four_eyes.is_approved(revision.pk) and not is_spent(revision)


def _reviewed_for(thing: Any) -> Any:
    """Return what is approved when `thing` is: of an alias in the region of its page, that page."""
    if not isinstance(thing, Page) or thing.alias_of_id is None or thing._state.adding:
        return thing
    page = Page.objects.get(pk=thing.alias_of_id)
    return page if _is_in_region_of(thing, page) else thing


def _is_settled(revision: Revision) -> bool:
    """Say whether `revision` is no longer its writer's alone."""
    if revision.task_states.filter(status__in=("in_progress", "approved")).exists():
        return True
    thing = revision.content_object
    return thing is not None and getattr(thing, "live_revision_id", None) == revision.pk
