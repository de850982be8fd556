"""What a region's people may do with the gate, which knows no region's people itself."""

from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.dispatch import receiver
from wagtail.models import GroupApprovalTask, Workflow, WorkflowContentType, WorkflowTask

from home.access import grant, region_opened
from region_gate.models import Notice

REVIEW = "Notice review"


@receiver(region_opened)
def let_legal_own_the_notices(legal: Group, **kwargs: Any) -> None:
    """Let legal write and review notices; a notice goes live only when its review is finished."""
    grant(legal, *(f"region_gate.{act}_notice" for act in ("view", "add", "change")))
    _notice_review().groups.add(legal)


def _notice_review() -> GroupApprovalTask:
    """Return the task in which notices are reviewed, making its workflow if need be."""
    task, _ = GroupApprovalTask.objects.get_or_create(name=REVIEW)
    workflow, _ = Workflow.objects.get_or_create(name=REVIEW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(Notice), defaults={"workflow": workflow}
    )
    return task
