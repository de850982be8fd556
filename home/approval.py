"""Publish what legal has approved, unless it waits for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import Signal

if TYPE_CHECKING:  # Wagtail's models import this module while they are being made.
    from django.contrib.auth.models import AbstractBaseUser
    from wagtail.models import WorkflowState

# Sent with `thing`, a page or snippet; a receiver answers True where it is held back to go live with others.
held_back = Signal()


def is_held(thing: Any) -> bool:
    """Say whether `thing`, once approved, waits to go live together with others."""
    return any(answer for _receiver, answer in held_back.send(type(thing), thing=thing))


def publish_approved(workflow_state: WorkflowState, user: AbstractBaseUser | None = None) -> None:
    """Publish the revision that has just been approved, and no later one, unless it is held back.

    The approval is the permission: no reviewer has a right to publish besides. Wagtail's own
    action would ask for that right, and take whatever revision is the latest by then.
    """
    approved = workflow_state.current_task_state.revision
    if not is_held(approved.content_object):
        approved.publish(user=user, skip_permission_checks=True)
