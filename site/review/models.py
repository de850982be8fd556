"""The step of a workflow in which legal reviews, and what an approval says."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, Task, TaskState

from home.access import is_legal_in, regions_of_legal
from home.exceptions import RefusedError
from home.locking import hold_row
from home.models import RegionHomePage
from region_gate.models import Edition
from therapies.catching_up.deciding import mark_urgent
from therapies.editing.edits import is_outdated, says_the_same

from . import shared_approvals
from .comments import check_seen
from .decisions import check_undecided
from .endings import models as endings  # noqa: F401 - the app's models, too
from .forms import ApprovalForm, ChangesForm, CommentForm, ConsentForm
from .four_eyes import may_approve
from .regions import check_stays, is_shared, region_number, region_of, things_in
from .release_models import LeftOutPage, Release, ReleaseItem  # noqa: F401 - the app's models, too
from .shared_approvals import TeamStanding
from .snippet_comments import SnippetComment, SnippetReply  # noqa: F401 - where Django looks for models
from .team_approval import TeamApproval  # noqa: F401 - a model of this app


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Approvals, by what is asked of them."""

    def shown(self) -> Self:
        """Return those of what visitors see: of the revision that is live."""
        return self.filter(page__live=True, revision=models.F("page__live_revision"))


class Approval(models.Model):
    """Legal's approval of one revision of a page; its code stands on the page."""

    page = models.ForeignKey(
        Page, null=True, on_delete=models.SET_NULL, related_name="approvals", verbose_name=_("page")
    )
    revision = models.OneToOneField(
        Revision, null=True, on_delete=models.SET_NULL, related_name="approval", verbose_name=_("revision")
    )
    code = models.CharField(
        _("approval code"),
        max_length=40,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[A-Z0-9]+([-/.][A-Z0-9]+)+\Z",
                _("Use capital letters and digits in groups, such as EU-SIR-2026-001."),
            )
        ],
        help_text=_("Such as EU-SIR-2026-001. Each code is used once."),
    )
    prepared_on = models.DateField(_("date of preparation"))
    review_by = models.DateField(_("review by"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("by")
    )
    approved_at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering: ClassVar = ["-approved_at"]

    def __str__(self) -> str:
        return self.code


class Review(AbstractGroupApprovalTask):
    """A step in which legal approves; never what the same person wrote or sent.

    What belongs to a region is for that region's legal team, of all those in the step's groups.
    """

    approval_form: ClassVar[type[ConsentForm]] = ConsentForm

    class Meta:
        abstract = True

    def is_reviewer(self, thing: Any, user: Any) -> bool:
        """Say whether `user` is among those who review `thing`."""
        if not super().user_can_access_editor(thing, user):
            return False
        region = region_of(thing)
        return region is None or is_legal_in(region, user)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Let its reviewers see what they review."""
        return self.is_reviewer(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Keep what is under review from everybody but its reviewers."""
        return not self.is_reviewer(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Let its reviewers lock it."""
        return self.is_reviewer(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Let its reviewers ask for changes, and approve what others wrote and sent."""
        if not self.is_reviewer(obj, user):
            return []
        changes = ("reject", _("Request changes"), True)
        state = obj.current_workflow_task_state
        is_free = state is not None and may_approve(user, state) and not self.refusal(state, user)
        return [changes, ("approve", _("Approve"), True)] if is_free else [changes]

    def refusal(self, state: TaskState, user: Any) -> str:
        """Say why an approval of `user`, who may approve, would count for nothing; blank where it counts."""
        return TeamStanding(state).refusal(user) if is_shared(state) else ""

    def form_for(self, action: str, state: TaskState, user: Any) -> type[CommentForm]:
        """Return the form that asks for what `action` of `user` needs: the last approval says what all do."""
        is_last = not is_shared(state) or TeamStanding(state).completed_by(user)
        return self.get_form_for_action(action) if action == "reject" or is_last else ConsentForm

    def get_form_for_action(self, action: str) -> type[CommentForm]:
        """Return the form that asks for what `action` needs."""
        return ChangesForm if action == "reject" else self.approval_form

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or ask for changes.

        Raises RefusedError for what is incomplete, one's own, another's, or decided by now.
        """
        _hold(task_state)
        if not self._is_theirs(task_state, user):
            raise RefusedError(_("This is for others to review."))
        check_undecided(task_state)
        if action_name == "approve":
            _check(task_state, user)
        values = _checked(self.form_for(action_name, task_state, user), kwargs)
        if action_name == "approve":
            self._approve(task_state, user, values)
        else:
            super().on_action(task_state, user, action_name, comment=values["comment"])

    def _approve(self, state: TaskState, user: Any, values: dict[str, Any]) -> None:
        """Approve: for good, or as one of several teams."""
        check_seen(state.revision.content_object, values["comments_seen"])
        if is_shared(state) and not TeamStanding(state).completed_by(user):
            shared_approvals.keep(state, user, values["comment"])
            return
        shared_approvals.sign(state, user)
        self.record(state, user, values)
        state.approve(user=user, update=False, comment=values["comment"])
        _go_on(state, user)

    def _is_theirs(self, state: TaskState, user: Any) -> bool:
        """Say whether `user` reviews what waits in `state`, where it stands and where it would stand."""
        return state.task_id == self.pk and all(self.is_reviewer(thing, user) for thing in things_in(state))

    def record(self, task_state: TaskState, user: Any, values: dict[str, Any]) -> None:
        """Keep what an approval says besides its comment."""

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[TaskState]:
        """Return what waits for `user`."""
        due = super().get_task_states_user_can_moderate(user, **kwargs)
        if user.is_superuser or due.query.is_empty():
            return due
        own = {None, *regions_of_legal(user).values_list("pk", flat=True)}
        homes = RegionHomePage.objects.by_path()
        states = due.prefetch_related("workflow_state__content_object")
        things = ((state.pk, state.workflow_state.content_object) for state in states)
        theirs = [pk for pk, thing in things if thing and region_number(thing, homes) in own]
        return due.filter(pk__in=theirs)

    @classmethod
    def get_description(cls) -> Any:
        """Say who reviews."""
        return _("The legal team approves what others wrote")


class LegalReview(Review):
    """The review of labels, products, notices and policies."""

    class Meta:
        verbose_name = _("legal review")
        verbose_name_plural = _("legal reviews")


class PageReview(Review):
    """The review of pages, whose approval has a code and dates."""

    approval_form = ApprovalForm

    class Meta:
        verbose_name = _("page review")
        verbose_name_plural = _("page reviews")

    def record(self, task_state: TaskState, user: Any, values: dict[str, Any]) -> None:
        """Keep the approval with the exact revision."""
        Approval.objects.create(
            page_id=task_state.revision.object_id,
            revision=task_state.revision,
            approved_by=user,
            **{name: values[name] for name in ("code", "prepared_on", "review_by")},
        )
        if values["safety_change"]:
            mark_urgent(task_state.revision.content_object, task_state.revision, user)


def _hold(task_state: TaskState) -> None:
    """Have nobody else decide, nor save a draft of what waits, and read the step anew."""
    Edition.lock()
    try:
        task_state.refresh_from_db()
    except TaskState.DoesNotExist:
        raise RefusedError(_("What waited for this decision has been deleted.")) from None
    hold_row(task_state.revision.base_content_type.model_class(), task_state.revision.object_id)


def _check(task_state: TaskState, user: Any) -> None:
    """Raise RefusedError where `user` may not approve what was sent, or it is no longer the latest."""
    if not may_approve(user, task_state):
        raise RefusedError(_("Somebody else must approve this: you wrote a part of it, or sent it."))
    if is_outdated(task_state.revision):
        raise RefusedError(_("There is a newer draft. Request changes, so that the newer one is sent."))
    check_stays(
        task_state,
        _(
            "What holds for all regions is made no region’s own, nor the reverse: other teams review it. "
            "Request changes, so that a new one is written, and this one ended."
        ),
    )


def _go_on(task_state: TaskState, user: Any) -> None:
    """Start the next step, else publish.

    Wagtail would begin the step anew where there is a newer draft, even if it says the same.
    """
    workflow, revision = task_state.workflow_state, task_state.revision
    states = workflow.task_states.filter(status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_SKIPPED))
    done = [state.task_id for state in states if says_the_same(state.revision, revision)]
    steps = Task.objects.filter(workflow_tasks__workflow=workflow.workflow, active=True)
    step = steps.exclude(pk__in=done).order_by("workflow_tasks__sort_order").first()
    if step:
        workflow.update(user=user, next_task=step)
    else:
        workflow.finish(user=user)


def _checked(form_class: type[CommentForm], values: dict[str, Any]) -> dict[str, Any]:
    """Return the form's clean values. Raises RefusedError with what is wrong."""
    form = form_class(values)
    refuse_incomplete(form)
    return form.cleaned_data


def refuse_incomplete(form: CommentForm) -> None:
    """Raise RefusedError with what is wrong in `form`, if anything is."""
    if not form.is_valid():
        found = form.errors.get_json_data().items()
        raise RefusedError(
            [f"{form.fields[name].label}: {error['message']}" for name, errors in found for error in errors]
        )
