"""Topics that editors propose while they write: their regions' own until legal approves a page about one."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import Page

from home.models import Region
from region_gate.models import Edition

from .models import Topic

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@transaction.atomic
def propose(name: str, region: Region, user: Any) -> Topic:
    """Return the topic called `name`; where there is none, a new one that `user` proposes for `region`."""
    Edition.lock()
    topic = Topic.objects.called(name)
    if topic is None:
        topic = Topic.objects.create(name=name, is_approved=False)
        log(topic, "wagtail.create", user=user)
    if not topic.is_approved:
        topic.proposed_in.add(region)
    return topic


def approve(page: Page) -> None:
    """Let every region write about the topic of `page`, which goes live."""
    topic = getattr(page, "topic", None)
    if topic and not topic.is_approved:
        topic.is_approved = True
        topic.save(update_fields=["is_approved"])


def state_of(topic: Topic) -> "StrOrPromise":
    """Return that `topic` waits for approval, blank for one that does not."""
    return "" if topic.is_approved else _("Proposed")
