"""Who reviews a label: the legal team of its region."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from home.access import is_legal_in, regions_of_legal


class LabelReview(Task):
    """A step of a review whose reviewers depend on the region of what is reviewed."""

    class Meta:
        verbose_name = _("label review")
        verbose_name_plural = _("label reviews")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Say whether `user` reviews `obj`."""
        return is_legal_in(obj.region, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Keep what is under review from everybody but its reviewers."""
        return not is_legal_in(obj.region, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Let its reviewers approve, or ask for changes."""
        if not is_legal_in(obj.region, user):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        """Return what waits for `user`."""
        due = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return due.filter(pk__in=[state.pk for state in due if self._is_for(state, user)])

    def _is_for(self, state: TaskState, user: AbstractBaseUser) -> bool:
        reviewed = state.workflow_state.content_object
        return reviewed is not None and reviewed.region in regions_of_legal(user)

    @classmethod
    def get_description(cls) -> Any:
        """Say who reviews."""
        return _("The legal team of the label’s region approves")
