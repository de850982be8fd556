"""A draft that is sent to its review as it is stored, without its editor."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from home.exceptions import RefusedError
from home.incomplete_blocks import incomplete_blocks
from home.locking import hold_row
from home.submission import errors_of
from region_gate.models import Edition


@transaction.atomic
def submit(page: Page, user: Any) -> None:
    """Send the latest draft of `page` to its review. Raises RefusedError where that cannot be, and why."""
    Edition.lock()
    hold_row(Page, page.pk)
    draft = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
    if why := _hindrance(draft, user) or " ".join(map(str, _faults(draft))):
        raise RefusedError(why)
    review = draft.current_workflow_state
    if review and review.status == WorkflowState.STATUS_NEEDS_CHANGES:
        review.resume(user)
        return
    if draft.latest_revision is None:
        draft.save_revision(user=user)
    draft.get_workflow().start(draft, user)


def _hindrance(page: Page, user: Any) -> str:
    """Say why `page` is not sent, whatever is in it; blank where nothing keeps it."""
    if page.alias_of_id:
        return _("It follows another page by itself.")
    if page.workflow_in_progress:
        return _("It is in review already.")
    if page.live and not page.has_unpublished_changes:
        return _("It has no newer draft than what is live.")
    permissions = page.permissions_for_user(user)
    if permissions.page_locked():
        return _("It is locked.")
    may_submit = permissions.can_edit() and permissions.can_submit_for_moderation()
    return "" if may_submit else _("You may not send it to review.")


def _faults(page: Page) -> Iterator[str]:
    """Give what is wrong in `page`, as its editor would say it at the fields."""
    names = {field.name: str(getattr(field, "verbose_name", "")) for field in page._meta.get_fields()}
    try:
        page.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            yield from (_told(names.get(name, ""), message) for message in messages)
    yield from (_told(place, why) for place, why in incomplete_blocks(page))
    yield from (str(message) for _field, message in errors_of(page, page.get_parent()))


def _told(field: str, message: str) -> str:
    return f"{capfirst(field)}: {message}" if field else message
