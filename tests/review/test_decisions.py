"""The second of two readers is told who decided already, what, and when; and nothing is decided twice."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from home.exceptions import RefusedError
from region_gate.models import Policy
from tests.conftest import approval

from .conftest import approve, fresh, screen, submit, waiting, write

pytestmark = pytest.mark.django_db
REJECT = {"reject": "1", "reject-comment": "Say less."}
APPROVED = "This has been decided already: eu-legal approved it on "


def said(answer) -> str:
    return " ".join(map(str, answer.context["messages"]))


def test_the_second_reader_is_told_who_approved_and_when(eu_editor, eu_legal, administrator, about):
    submit(eu_editor, about)
    address = screen(about)
    approve(eu_legal, about)
    moment = timezone.localtime(fresh(about).last_published_at)
    for answer in (administrator.get(address, follow=True), administrator.post(address, REJECT, follow=True)):
        assert APPROVED in said(answer)
        assert f"{moment:%H:%M}" in said(answer)


def test_the_second_reader_is_told_who_asked_for_changes(eu_editor, eu_legal, administrator, about):
    submit(eu_editor, about)
    address = screen(about)
    eu_legal.post(address, REJECT)
    assert "eu-legal asked for changes on" in said(administrator.get(address, follow=True))


def test_a_reader_is_told_who_ended_the_review_and_that_it_was_sent_anew(eu_editor, administrator, about):
    submit(eu_editor, about)
    address = screen(about)
    write(eu_editor, about, **{"action-cancel-workflow": "1"})
    assert "eu-editor ended the review on" in said(administrator.get(address, follow=True))
    submit(eu_editor, about, "About Sirtex, anew")
    assert "It waits for review: eu-editor sent it on" in said(administrator.get(address, follow=True))


def test_wagtails_own_screen_tells_it_too(eu_editor, eu_legal, administrator, about):
    submit(eu_editor, about)
    step = waiting(about)
    approve(eu_legal, about)
    address = reverse("wagtailadmin_pages:workflow_action", args=[about.pk, "approve", step.pk])
    headers = {"Referer": "http://testserver/admin/"}
    answer = administrator.post(address, approval("EU-2026-002"), headers=headers, follow=True)
    assert APPROVED in said(answer)


@pytest.mark.parametrize("button", ["action-cancel-workflow", "action-workflow-action"])
def test_the_editors_buttons_tell_it_too(eu_editor, eu_legal, about, button):
    submit(eu_editor, about)
    approve(eu_legal, about)
    latest = fresh(about).latest_revision_id
    posted = {button: "1", "workflow-action-name": "approve"}
    answer = write(eu_editor, about, **posted)
    assert APPROVED in said(eu_editor.get(answer.url))
    assert fresh(about).latest_revision_id == latest


def test_a_step_that_was_read_before_it_was_decided_is_not_decided_again(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    stale = waiting(about)
    approve(eu_legal, about)
    admin = get_user_model().objects.get(username="admin")
    with pytest.raises(RefusedError, match="eu-legal approved it"):
        stale.task.specific.on_action(stale, admin, "reject", comment="Say less.")
    assert fresh(about).live_revision_id == stale.revision_id


def test_a_review_that_was_read_before_it_was_decided_is_not_cancelled(eu_editor, eu_legal, about):
    submit(eu_editor, about)
    stale = fresh(about).current_workflow_state
    approve(eu_legal, about)
    with pytest.raises(RefusedError, match="eu-legal approved it"):
        stale.cancel()


def test_what_is_sent_twice_waits_once_and_says_who_sent_it(eu_legal):
    policy = Policy.objects.first()
    address = reverse(policy.snippet_viewset.get_url_name("edit"), args=[policy.pk])
    names = ("decision", "host", "path", "source", "region", "reason")
    posted = {**{name: getattr(policy, name) for name in names}, "starts": policy.starts.isoformat()}
    for _time in range(2):
        answer = eu_legal.post(address, {**posted, "action-submit": "1"})
    assert answer.status_code == 302
    assert "It waits for review: eu-legal sent it on" in said(eu_legal.get(answer.url))


def test_two_drafts_for_one_use_do_not_both_go_live(administrator, eu_legal):
    steps = []
    for host in ("a.example", "b.example"):
        policy = Policy(decision="exempt", host=host, reason="A reason.", source="eu", live=False)
        policy.save()
        policy.host = "c.example"
        policy.save_revision(user=get_user_model().objects.get(username="eu-legal"))
        policy.get_workflow().start(policy, None)
        steps.append(Policy.objects.get(pk=policy.pk).current_workflow_task_state)
    yes = {"approve": "1", "approve-comment": ""}
    answers = [administrator.post(reverse("review", args=[step.pk]), yes, follow=True) for step in steps]
    assert "There is another policy for the same use already" in said(answers[1])
    assert Policy.objects.filter(host="c.example", live=True).count() == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"code": "EU-2026-001"}, "Approval code: This code has been used for something else."),
        ({"code": "no code"}, "Approval code: Use capital letters and digits in groups"),
        ({"review_by": ""}, "Review by: This field is required."),
    ],
)
def test_an_approval_by_wagtails_address_says_what_it_lacks(eu_editor, eu_legal, about, given, told):
    submit(eu_editor, about)
    approve(eu_legal, about)
    submit(eu_editor, fresh(about), "About us")
    state = waiting(about)
    address = reverse("wagtailadmin_pages:workflow_action", args=[about.pk, "approve", state.pk])
    answer = eu_legal.post(address, {**approval("EU-2026-002"), **given}, follow=True)
    assert told in said(answer)
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
