"""What a region's review is, and what must not happen around it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.models import (
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    Revision,
    Site,
    TaskState,
    WorkflowMixin,
    WorkflowState,
)

from home.access import legal_of, region_opened
from home.locking import decision_begins
from home.models import Region, RegionSelectorPage
from home.permissions import GroupPermissions
from region_gate.pipeline import Event, Stage, step
from therapies.guard.checkpoints import part_models
from therapies.models import Label

from . import collections, deletion, publication_rules, sites
from .decisions import check_decision, check_step
from .endings.withdrawing import check_stays_withdrawn
from .workflows import SHARED_MODELS, review_region, review_what_is_shared

PUBLISHING = {"live", "live_revision"}
IN_FORCE = {"live", "status", "withdrawn_on"}  # what of a label says whether it is in force


@receiver(region_opened)
def have_legal_review(region: Region, legal: Group, **kwargs: Any) -> GroupPermissions:
    """Give a region its review, and its legal team a part in the shared one."""
    review_region(region, legal)
    review_what_is_shared(legal)
    return GroupPermissions(legal=("review.view_approval",))


@step(Event.POST_SAVE, Stage.PROVISION, RegionSelectorPage)
def have_a_new_selector_reviewed(created: bool, **kwargs: Any) -> None:
    """Have a region selector in a further language reviewed like the others."""
    region = Region.objects.first()
    if created and region:
        review_what_is_shared(legal_of(region))


@step(Event.PRE_SAVE, Stage.REVIEW, WorkflowMixin)
def keep_what_nobody_approved_from_going_live(
    instance: models.Model, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Stand in the way of every publication in the admin that is not an approval."""
    if update_fields is None or not PUBLISHING.isdisjoint(update_fields):
        if isinstance(instance, Page):
            publication_rules.follow_page(instance)
        publication_rules.check(instance)
        publication_rules.check_unique(instance)
    if isinstance(instance, Label) and (update_fields is None or not IN_FORCE.isdisjoint(update_fields)):
        check_stays_withdrawn(instance)
    if isinstance(instance, Page):
        publication_rules.check_page(instance)


@step(Event.PRE_SAVE, Stage.REVIEW, *part_models())
def keep_parts_as_they_were_approved(instance: models.Model, **kwargs: Any) -> None:
    """Keep what live pages and labels show of a part as it was approved with them."""
    publication_rules.check_part(instance)


@step(Event.PRE_SAVE, Stage.REVIEW, Revision)
def keep_revisions_as_they_were_approved(
    instance: Revision, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Keep what is under review, approved or live as it is, and what nobody approved off the schedule."""
    if update_fields is None or "content" in update_fields:
        publication_rules.check_overwriting(instance)
    if instance.approved_go_live_at:
        publication_rules.check_scheduling(instance)


@step(Event.PRE_DELETE, Stage.REVIEW, Page)
def keep_live_pages(instance: Page, **kwargs: Any) -> None:
    """Have live pages taken down before they are deleted, alone or with a page above them."""
    if instance.live:
        deletion.check(instance)


@step(Event.PRE_DELETE, Stage.REVIEW, *SHARED_MODELS)
def keep_live_snippets(instance: models.Model, **kwargs: Any) -> None:
    """Have nobody end by deletion what only a review puts in force."""
    deletion.check(instance)


@step(Event.PRE_SAVE, Stage.REVIEW, CollectionViewRestriction)
@step(Event.PRE_DELETE, Stage.REVIEW, CollectionViewRestriction)
def keep_who_reads_documents(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """Have documents that what is live shows neither shut away nor opened."""
    if publication_rules.is_guarded():
        collections.check_restriction(instance.collection)


@step(Event.PRE_SAVE, Stage.REVIEW, PageViewRestriction)
@step(Event.PRE_DELETE, Stage.REVIEW, PageViewRestriction)
def keep_who_reads_pages(instance: PageViewRestriction, **kwargs: Any) -> None:
    """Have live pages neither shut away nor opened."""
    if publication_rules.is_guarded():
        collections.check_readers(instance.page)


@step(Event.PRE_DELETE, Stage.REVIEW, Site)
def keep_sites_with_live_pages(instance: Site, **kwargs: Any) -> None:
    """Have live pages taken down before the site that shows them goes."""
    sites.check_deletion(instance)


@step(Event.PRE_SAVE, Stage.REVIEW, Site)
def keep_live_pages_on_their_site(instance: Site, **kwargs: Any) -> None:
    """Have no site changed so that visitors lose live pages."""
    sites.check_change(instance)


@step(Event.PRE_DELETE, Stage.REVIEW, get_user_model())
def keep_who_approved(instance: Any, **kwargs: Any) -> None:
    """Have nobody deleted who has approved something, by whichever way."""
    deletion.check_person(instance)


@step(Event.PRE_PAGE_MOVE, Stage.REVIEW, Page)
def keep_live_pages_in_their_region(instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Have no page that one region's legal team approved go on living in another region."""
    publication_rules.check_move(instance, parent_page_after)


@step(Event.PRE_SAVE, Stage.REVIEW, TaskState, WorkflowState)
def keep_decisions(instance: TaskState | WorkflowState, **kwargs: Any) -> None:
    """Let nobody who has not heard of a decision make another in its place, by whichever way."""
    if instance.pk:
        check_decision(instance)


@receiver(decision_begins)
def say_what_was_decided(request: HttpRequest, kwargs: Mapping[str, Any], **others: Any) -> None:
    """Tell reviewers who decided already, where the step that they decide is in the address."""
    if number := kwargs.get("task_state_id"):
        check_step(number, request.user)
