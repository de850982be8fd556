"""The states of pages as editors tell them apart, and which pages are in each."""

from collections.abc import Callable

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, QuerySet, TextChoices
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, WorkflowState


class PageState(TextChoices):
    """What may be said of a page; several may hold at once."""

    LIVE = "live", _("Live")
    CHANGED = "changed", _("Live, with a newer draft")
    DRAFT = "draft", _("Not live")
    IN_REVIEW = "review", _("In review")
    SENT_BACK = "sent-back", _("Sent back")
    SCHEDULED = "scheduled", _("Scheduled")


def pages_in_state(state: str) -> QuerySet[Page]:
    """Return the pages in `state`. Raises KeyError for what is none."""
    return Page.objects.filter(**CONDITIONS[PageState(state)]())


def _under_review(status: str) -> QuerySet[WorkflowState, int]:
    states = WorkflowState.objects.filter(base_content_type=_page_type(), status=status)
    return states.annotate(key=Cast("object_id", IntegerField())).values("key")


def _scheduled() -> QuerySet[Revision, int]:
    revisions = Revision.objects.filter(base_content_type=_page_type(), approved_go_live_at__isnull=False)
    return revisions.annotate(key=Cast("object_id", IntegerField())).values("key")


def _page_type() -> ContentType:
    return ContentType.objects.get_for_model(Page)


CONDITIONS: dict[PageState, Callable[[], dict[str, object]]] = {
    PageState.LIVE: lambda: {"live": True},
    PageState.CHANGED: lambda: {"live": True, "has_unpublished_changes": True},
    PageState.DRAFT: lambda: {"live": False},
    PageState.IN_REVIEW: lambda: {"pk__in": _under_review(WorkflowState.STATUS_IN_PROGRESS)},
    PageState.SENT_BACK: lambda: {"pk__in": _under_review(WorkflowState.STATUS_NEEDS_CHANGES)},
    PageState.SCHEDULED: lambda: {"pk__in": _scheduled()},
}
