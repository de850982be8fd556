"""Publish what legal has approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Wagtail's models import this module while they are being made.
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import WorkflowState


def publish_approved(workflow_state: WorkflowState, user: AbstractBaseUser | None = None) -> None:
    """Publish the revision that has just been approved, and no later one.

    The approval is the permission: no reviewer has a right to publish besides. Wagtail's own
    action would ask for that right, and take whatever revision is the latest by then.
    """
    approved = workflow_state.current_task_state.revision
    approved.publish(user=user, skip_permission_checks=True)
