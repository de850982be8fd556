"""Policies are legal's: tried by direct requests as everybody else."""

import pytest
from django.urls import reverse

from region_gate import clock, snapshot
from region_gate.links.destinations import DestinationKind
from region_gate.links.policies import Decision
from region_gate.models import Policy
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

HOST = "partner.test"
FORM = {
    "host": HOST,
    "path": "/",
    "decision": Decision.BLOCKED.value,
    "region": "",
    "source": "",
    "reason": "Asked for by legal.",
    "starts": "2026-01-01",
    "ends": "",
}


def address(route: str, *args: object) -> str:
    return reverse(Policy.snippet_viewset.get_url_name(route), args=args)


def kind() -> DestinationKind:
    return snapshot.viewpoint("http://testserver/eu/").classify(f"https://{HOST}/").kind


@pytest.fixture
def draft(db) -> Policy:
    """A policy that nobody has approved yet."""
    policy = Policy(decision=Decision.BLOCKED, host=HOST, reason="Asked for.", live=False)
    policy.save()
    policy.save_revision()
    return policy


def test_legal_drafts_a_policy_and_the_approval_puts_it_in_force(eu_legal):
    eu_legal.post(address("add"), {**FORM, "action-submit": "1"})
    policy = Policy.objects.get(host=HOST)
    assert not policy.live
    assert kind() is DestinationKind.THIRD_PARTY
    task = policy.current_workflow_task_state
    approve = address("workflow_action", policy.pk, "approve", task.pk)
    eu_legal.post(approve, {"comment": ""})  # their own
    policy.refresh_from_db()
    assert not policy.live
    signed_in("us-legal").post(approve, {"comment": ""})
    policy.refresh_from_db()
    assert not policy.live  # it holds for all regions, so one team is not enough
    signed_in("ca-legal").post(approve, {"comment": ""})
    policy.refresh_from_db()
    assert policy.live
    assert kind() is DestinationKind.BLOCKED


def test_legal_cannot_publish_past_the_review(eu_legal, draft):
    eu_legal.post(address("edit", draft.pk), {**FORM, "action-publish": "1"})
    draft.refresh_from_db()
    assert not draft.live
    assert kind() is DestinationKind.THIRD_PARTY


@pytest.mark.parametrize(
    "route", ["list", "add", "edit", "delete", "history", "usage", "unpublish", "lock", "revisions_revert"]
)
@pytest.mark.parametrize("action", ["action-publish", "action-submit", "none"])
def test_an_editor_cannot_touch_policies(eu_editor, draft, route, action):
    args = [] if route in ("list", "add") else [draft.pk]
    if route == "revisions_revert":
        args.append(draft.latest_revision_id)
    there = address(route, *args)
    before = list(Policy.objects.values())
    values = {**FORM, "decision": Decision.EXEMPT.value, action: "1"}
    assert eu_editor.get(there).status_code in (302, 403, 404, 405)
    assert eu_editor.post(there, values).status_code in (302, 403, 404, 405)
    assert list(Policy.objects.values()) == before


def test_a_wrong_policy_is_refused_with_what_to_type(administrator):
    answer = administrator.post(address("add"), {**FORM, "host": "https://partner.test/a"})
    assert "Write the host alone" in answer.text
    assert not Policy.objects.filter(host__contains="partner").exists()


@pytest.mark.usefixtures("one_person_may")
def test_changes_are_in_the_audit_log(administrator):
    administrator.post(address("add"), {**FORM, "action-publish": "1"})
    policy = Policy.objects.get(host=HOST, live=True)
    assert policy.starts <= clock.today()
    history = administrator.get(address("history", policy.pk)).text
    assert "Created" in history
    assert "Published" in history


@pytest.mark.usefixtures("one_person_may")
def test_a_blocked_link_keeps_its_text_and_loses_its_address(client, eu_home, administrator):
    administrator.post(address("add"), {**FORM, "action-publish": "1"})
    eu_home.intro = f'<p><a href="https://{HOST}/offer">An offer</a></p>'
    eu_home.save_revision().publish()
    page = client.get("/eu/").text
    assert "An offer" in page
    assert HOST not in page
