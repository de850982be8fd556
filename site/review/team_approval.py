"""An approval of what holds for all regions, which waits for those of further teams."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState


class TeamApproval(models.Model):
    """One person's approval in a review of many teams; `teams` are the codes of the person's regions then.

    Another draft waits in a step of its own, where this counts no more.
    """

    task_state = models.ForeignKey(
        TaskState, on_delete=models.CASCADE, related_name="team_approvals", verbose_name=_("step")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    teams = models.JSONField(_("teams"), default=list)
    comment = models.TextField(_("comment"), blank=True)
    approved_at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("approval of a team")
        verbose_name_plural = _("approvals of teams")
        default_permissions: ClassVar = []
        ordering: ClassVar = ["approved_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task_state", "approved_by"], name="one_team_approval_of_a_person_per_step"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_state}: {self.approved_by}"
