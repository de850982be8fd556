"""What a page keeps while a screen about it is made, so that its parts do not each look it up."""

from typing import Any

from wagtail.models import Page, Workflow


def remember_workflow(page: Any) -> None:
    """Have `page` keep the workflow that its drafts go through."""
    workflow = workflow_of(page)
    page.get_workflow = lambda: workflow


def workflow_of(page: Page) -> Workflow | None:
    """Return the active workflow of `page` or the nearest page above it: Wagtail's takes several queries."""
    workflows = Workflow.objects.active().filter(workflow_pages__page__in=page.get_ancestors(inclusive=True))
    return workflows.order_by("-workflow_pages__page__depth").first()


def remember_live_revision(page: Any) -> None:
    """Have `page` keep its latest revision, and the live one where it is the same."""
    if page.latest_revision_id and page.latest_revision_id == page.live_revision_id:
        page.live_revision = page.latest_revision


def remember_page(page: Any) -> None:
    """Have `page`, and the draft that its latest revision becomes, keep it as it is in the database."""
    page.specific = page.specific_class.objects.select_related("live_revision", "locale").get(pk=page.pk)
    page.latest_revision.content_object = page.specific


def remember_place(draft: Any, page: Any) -> None:
    """Have `draft`, the latest of `page`, keep where page and review stand."""
    draft._current_workflow_states = page._current_workflow_states
    if draft is not page.specific:
        draft._cached_parent_obj, draft.locale = page.specific.get_parent(), page.specific.locale
