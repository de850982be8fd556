"""What the gate does when something is published or changed."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from region_gate.auditing import link_index
from region_gate.models import Notice, NoticeVersion, Policy
from region_gate.pipeline import Event, Stage, step
from region_gate.signoff import approvers
from region_gate.snapshot import invalidate


@step(Event.POST_SAVE, Stage.RENEW, Policy)
@step(Event.POST_DELETE, Stage.RENEW, Policy)
def renew_with_policies(**kwargs: Any) -> None:
    """Have a changed policy govern the next page."""
    invalidate()


@step(Event.PUBLISHED, Stage.RECORD, Notice)
def put_on_record(instance: Notice, revision: Revision, **kwargs: Any) -> None:
    """Record what has just gone live, and whose approval it had; a schedule is no publication yet."""
    if instance.live:
        NoticeVersion.objects.publish(instance, approvers(revision))


@step(Event.POST_SAVE, Stage.RECORD, Notice)
def withdraw_what_is_not_live(
    instance: Notice, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Say on record that a notice is in force no more, whatever took it down."""
    if not instance.live and (update_fields is None or "live" in update_fields):
        instance.withdraw()


@step(Event.POST_DELETE, Stage.RECORD, Notice)
def withdraw_from_record(instance: Notice, **kwargs: Any) -> None:
    """Say on record that a deleted notice is in force no more."""
    instance.withdraw()


@step(Event.PAGE_PUBLISHED, Stage.LINKS, Page)
def register_links(instance: Page, **kwargs: Any) -> None:
    """Record the links of a page once it is out, as its visitors see them."""
    transaction.on_commit(lambda: link_index.record(instance), robust=True)


@step(Event.PAGE_UNPUBLISHED, Stage.LINKS, Page)
def forget_links(instance: Page, **kwargs: Any) -> None:
    """Forget the links of a page that is taken down."""
    link_index.forget(instance)
