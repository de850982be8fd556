"""Which workflow reviews what: a region's pages by its legal team, what all regions share by all of them."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from home.access import editors_name, legal_name
from home.models import Region, RegionHomePage, RegionSelectorPage
from region_gate.models import Notice, Policy
from therapies.models import Label, Product, Statement

from .models import LegalReview, PageReview, Review

# The reviews in which every region's legal team takes part, and what is reviewed in the first.
SHARED, SELECTOR = "Legal review", "Region selector review"
SHARED_MODELS: tuple[type[Model], ...] = (Label, Product, Statement, Notice, Policy)


def review_region(region: Region, legal: Group) -> None:
    """Have `legal`, and nobody else's people, review the pages of `region`; safe to run again."""
    name = f"{region.code} review"
    task, _ = PageReview.objects.get_or_create(name=name)
    task.groups.add(legal)
    task.groups.remove(*_no_reviewers_of(region))
    _review_below(RegionHomePage.objects.filter(region=region), _workflow(name, task))


def review_what_is_shared(legal: Group) -> None:
    """Let `legal` review what belongs to no page tree of a region, and the selector; safe to run again."""
    workflow = _shared(SHARED, LegalReview, legal)
    for model in SHARED_MODELS:
        WorkflowContentType.objects.update_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
        )
    _review_below(RegionSelectorPage.objects.all(), _shared(SELECTOR, PageReview, legal))


def _shared(name: str, kind: type[Review], legal: Group) -> Workflow:
    task, _ = kind.objects.get_or_create(name=name)
    task.groups.add(legal)
    return _workflow(name, task)


def _workflow(name: str, task: Review) -> Workflow:
    """Return the workflow called `name`, whose one step is `task`, made if need be."""
    workflow, _ = Workflow.objects.get_or_create(name=name)
    WorkflowTask.objects.filter(workflow=workflow).exclude(task=task).delete()
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    return workflow


def _review_below(roots: Iterable[Model], workflow: Workflow) -> None:
    for root in roots:
        WorkflowPage.objects.get_or_create(page_id=root.pk, defaults={"workflow": workflow})


def _no_reviewers_of(region: Region) -> list[Group]:
    """Return who must not decide in the region's review: its editors, and other regions' people."""
    others = Region.objects.exclude(pk=region.pk).values_list("code", flat=True)
    names = {editors_name(region.code)}
    names |= {name(code) for code in others for name in (editors_name, legal_name)}
    return list(Group.objects.filter(name__in=names))
