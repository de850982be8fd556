"""What waits for a person themselves: drafts of theirs, what was sent back to them, what they review."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, PageLogEntry, Task, TaskState, WorkflowState

from region_gate import clock
from region_gate.signoff import lasting_name
from therapies.formatting import language_name, written
from therapies.reports.alerts import ALERTS_HOOK, Alert, Source, Watch

from . import waiting
from .change_request import asked_in
from .models import Review
from .regions import region_of
from .shared_approvals import TeamStanding


def own_drafts(watch: Watch) -> Iterator[Alert]:
    """Give the pages whose latest draft the person wrote or began to translate, and has not sent."""
    translated = PageLogEntry.objects.filter(user=watch.user.pk, action="wagtail.copy_for_translation")
    begun = Q(latest_revision__user=None, pk__in=translated.values("page"))  # and nobody has saved it since
    written_by = Q(latest_revision__user=watch.user.pk) | begun
    drafts = Page.objects.filter(written_by, has_unpublished_changes=True, alias_of=None)
    sent = WorkflowState.objects.active().filter(base_content_type=ContentType.objects.get_for_model(Page))
    in_review = {int(key) for key in sent.values_list("object_id", flat=True)}
    words = _("Your draft of {day} has not been sent to legal.")
    for page in drafts.order_by("path"):
        if page.pk not in in_review and page.latest_revision_created_at:
            yield _about(
                watch, page, words.format(day=written(page.latest_revision_created_at)), _editor(page)
            )


def sent_back(watch: Watch) -> Iterator[Alert]:
    """Give what the person sent, and legal asked to change."""
    states = WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES)
    own = states.filter(requested_by=watch.user.pk).select_related("current_task_state__finished_by")
    for state in own.order_by("pk").prefetch_related("content_object"):
        step, thing = state.current_task_state, state.content_object
        if step and thing:
            yield _about(watch, thing, asked_in(step), _editor(thing))


def waiting_for_review(watch: Watch) -> Iterator[Alert]:
    """Give what waits for the person's review, with the day by which it should be decided."""
    states: dict[int, TaskState] = {}
    for task in Task.objects.filter(active=True).specific():
        if isinstance(task, Review):
            found = task.get_task_states_user_can_moderate(watch.user)
            related = found.select_related("workflow_state__requested_by", "revision")
            things = ("workflow_state__content_object", "team_approvals")
            states |= {one.pk: one for one in related.prefetch_related(*things)}
    for _key, state in sorted(states.items()):
        thing = state.workflow_state.content_object
        if thing:
            due = clock.day_of(state.started_at) + timedelta(days=waiting.within_days())
            yield _about(watch, thing, _asked(state), reverse("review", args=[state.pk]), due)


def _asked(state: TaskState) -> str:
    """Say who asks for a review, which teams have approved by now, and how many more must."""
    person = lasting_name(state.workflow_state.requested_by) or "–"
    asked = _("{person} asks for your review.").format(person=person)
    return f"{asked} {TeamStanding(state)}" if state.team_approvals.all() else asked


def _about(watch: Watch, thing: Any, why: str, address: str, due: date | None = None) -> Alert:
    if isinstance(thing, Page):
        home = watch.dataset.home_above(thing.path)
        subject = f"{thing.get_admin_display_title()} ({language_name(watch.languages[thing.locale_id])})"
        return Alert(home.slug if home else "", subject, why, address, due)
    region = region_of(thing)
    return Alert(region.code if region else "", str(thing), why, address, due)


def _editor(thing: Any) -> str:
    if isinstance(thing, Page):
        return reverse("wagtailadmin_pages:edit", args=[thing.pk])
    return str(AdminURLFinder().get_edit_url(thing) or reverse("wagtailadmin_home"))


SOURCES = (
    Source("waiting", gettext_lazy("Waiting for your review"), waiting_for_review, 8),
    Source("sent-back", gettext_lazy("Sent back to you"), sent_back, 9),
    Source("drafts", gettext_lazy("Your drafts"), own_drafts, 11),
)


def _registered(source: Source) -> Callable[[], Source]:
    return lambda: source


for _source in SOURCES:
    hooks.register(ALERTS_HOOK, _registered(_source))
