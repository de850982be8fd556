"""What holds for all regions needs the approvals of several regional legal teams."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.checks import run_checks
from django.urls import reverse
from wagtail.models import ModelLogEntry

from home.models import RegionSelectorPage
from region_gate.models import Notice, NoticeVersion, Policy
from region_gate.signoff import reviewers
from review.models import Approval, TeamApproval
from tests.conftest import approval, signed_in
from tests.therapies.test_checkpoints import said
from therapies.models import Product, Publication

pytestmark = pytest.mark.django_db

MORE = "It needs the approval of one more team."


@pytest.fixture
def people(db):
    """The demo's people, by their names."""
    return {person.username: person for person in get_user_model().objects.all()}


@pytest.fixture
def policy(people) -> Policy:
    """A policy for links from everywhere, which the administrator wrote and sent."""
    values = {"decision": "exempt", "host": "new.example", "reason": "A duty."}
    return sent(Policy(**values, live=False), people["admin"])


def sent(thing, writer):
    """Return `thing`, which `writer` has written and sent."""
    if not thing.pk:
        thing.save()
    thing.save_revision(user=writer)
    thing.get_workflow().start(thing, writer)
    return fresh(thing)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def screen(thing) -> str:
    return reverse("review", args=[fresh(thing).current_workflow_task_state.pk])


def approve(name: str, thing, **values: str):
    posted = {f"approve-{field}": value for field, value in {"comment": "", **values}.items()}
    return signed_in(name).post(screen(thing), {**posted, "approve": "1"}, follow=True)


def in_team(person, code: str) -> None:
    person.groups.add(Group.objects.get(name=f"{code} legal"))


def test_two_teams_must_approve_and_both_are_told_and_named(policy):
    answer = approve("eu-legal", policy, comment="Fine with us.")
    assert f"Your approval of “{policy}” is kept. {MORE}" in answer.text.replace("&quot;", '"')
    assert not fresh(policy).live
    so_far = f"Approved by eu-legal for Europe. {MORE}"
    assert so_far in signed_in("us-legal").get("/admin/").text
    shown = signed_in("us-legal").get(screen(policy)).text
    assert "Approved by eu-legal for Europe." in shown
    assert "Fine with us." in shown
    assert "the legal teams of 2 regions must approve it" in shown
    assert "Approve and publish" in shown
    approve("us-legal", policy)
    assert fresh(policy).live
    assert reviewers(fresh(policy).live_revision) == ["eu-legal", "us-legal"]
    (entry,) = ModelLogEntry.objects.filter(action="review.approve_for_team")
    assert entry.user.username == "eu-legal"
    assert entry.message == "Approved for the legal team of EU"


@pytest.mark.parametrize("second", ["eu-legal", "us-legal"])
def test_a_person_counts_once_and_a_team_counts_once(policy, people, second):
    """The same person again; and somebody else of the same team."""
    if second == "us-legal":
        people["us-legal"].groups.set([Group.objects.get(name="eu legal")])
        in_team(people["ca-editor"], "us")
    approve("eu-legal", policy)
    assert MORE in signed_in(second).get(screen(policy)).text
    assert MORE in said(approve_raw(second, policy))
    signed_in(second).post(by_wagtail(policy), {"comment": ""})  # which it does not even offer
    assert not fresh(policy).live
    assert TeamApproval.objects.count() == 1


def by_wagtail(policy) -> str:
    state = fresh(policy).current_workflow_task_state
    name = Policy.snippet_viewset.get_url_name("workflow_action")
    return reverse(name, args=[policy.pk, "approve", state.pk])


def test_who_is_legal_in_two_regions_stands_for_one_of_them(policy, people):
    in_team(people["eu-legal"], "us")
    approve("eu-legal", policy)
    assert not fresh(policy).live
    people["us-legal"].groups.set([Group.objects.get(name="eu legal")])
    approve("us-legal", policy)
    assert fresh(policy).live


@pytest.mark.parametrize(
    ("setting", "free", "enough"),
    [
        (2, ["eu-legal"], 1),  # nobody else is there to approve it
        (2, [], 1),  # nobody at all: an administrator's approval is enough
        (1, ["eu-legal", "us-legal"], 1),
        (3, ["eu-legal", "us-legal"], 2),
        (3, ["eu-legal", "us-legal", "ca-legal"], 3),
    ],
)
def test_as_many_teams_as_the_setting_says_and_there_are(policy, settings, setting, free, enough):
    settings.REVIEW_SHARED_TEAMS = setting
    others = get_user_model().objects.filter(groups__name__endswith=" legal").exclude(username__in=free)
    others.update(is_active=False)
    get_user_model().objects.create_superuser("second", "second@example.com")
    for name in [*free, "second"][: enough - 1]:
        approve(name, policy)
        assert not fresh(policy).live
    approve([*free, "second"][enough - 1], policy)
    assert fresh(policy).live


def test_the_writers_own_team_does_not_count_without_another_of_its_people(people):
    others = get_user_model().objects.filter(groups__name__endswith=" legal")
    others.exclude(username__in=["eu-legal", "us-legal"]).update(is_active=False)
    written = Policy(decision="exempt", host="new.example", reason="A duty.", live=False)
    policy = sent(written, people["us-legal"])
    approve("eu-legal", policy)
    assert fresh(policy).live


def test_a_change_request_of_any_team_ends_it_and_the_next_draft_begins_anew(policy, people):
    approve("eu-legal", policy)
    signed_in("us-legal").post(screen(policy), {"reject": "1", "reject-comment": "Why?"})
    policy.reason = "Another duty."
    policy.save_revision(user=people["admin"])
    fresh(policy).current_workflow_state.resume(user=people["admin"])
    approve("us-legal", policy)
    assert not fresh(policy).live
    approve("eu-legal", policy)
    assert fresh(policy).live_revision.content["reason"] == "Another duty."


def test_an_edit_after_the_first_approval_is_not_what_the_second_approves(policy, people):
    approve("eu-legal", policy)
    policy.reason = "Slipped in."
    policy.save_revision(user=people["ca-legal"])
    assert "There is a newer draft" in said(approve_raw("us-legal", policy))
    assert not fresh(policy).live


def approve_raw(name: str, thing):
    return signed_in(name).post(screen(thing), {"approve": "1", "approve-comment": ""})


def test_a_notice_for_all_regions_names_both_teams_on_its_record(people):
    notice = Notice.objects.filter(region="").first()
    notice.heading = "Another heading"
    sent(notice, people["admin"])
    on_record = NoticeVersion.objects.filter(heading="Another heading")
    approve("us-legal", notice)
    assert not on_record.exists()
    approve("eu-legal", notice)
    assert on_record.get().approved_by == "us-legal, eu-legal"


def test_a_regions_own_needs_its_own_team_alone(people):
    policy = Policy(decision="exempt", host="new.example", reason="A duty.", source="eu", live=False)
    sent(policy, people["admin"])
    assert "must approve it" not in signed_in("eu-legal").get(screen(policy)).text
    approve("eu-legal", policy)
    assert fresh(policy).live


@pytest.mark.parametrize(("before", "after"), [("", "eu"), ("eu", "")])
def test_what_is_all_regions_is_made_no_regions_own_nor_the_reverse(people, before, after):
    policy = Policy(decision="exempt", host="new.example", reason="A duty.", source=before, live=False)
    policy.save()
    policy.source = after
    sent(policy, people["admin"])
    assert "made no region’s own" in said(approve_raw("eu-legal", policy))
    assert not fresh(policy).live


def test_the_last_team_gives_the_selector_its_code(people):
    selector = RegionSelectorPage.objects.get(locale__language_code="en")
    selector.title = "Where are you?"
    sent(selector, people["admin"])
    assert "Approval code" not in signed_in("eu-legal").get(screen(selector)).text
    approve("eu-legal", selector)
    assert fresh(selector).title != "Where are you?"
    assert "Approval code" in signed_in("us-legal").get(screen(selector)).text
    signed_in("us-legal").post(by_wagtails_page(selector), {"comment": ""})  # without one
    assert fresh(selector).title != "Where are you?"
    approve("us-legal", selector, **approval("ALL-2026-001"))
    assert fresh(selector).title == "Where are you?"
    given = Approval.objects.get(code="ALL-2026-001")
    assert reviewers(given.revision) == ["eu-legal", "us-legal"]
    entry = Publication.objects.chain(selector.pk).last()
    assert entry.approved_by == "eu-legal, us-legal"
    assert entry.approval_facts["approved_by"] == "eu-legal, us-legal"


def by_wagtails_page(page) -> str:
    state = fresh(page).current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])


def test_who_has_approved_for_a_team_is_not_deleted(policy, people):
    approve("eu-legal", policy)
    administrator = signed_in("admin")
    administrator.post(reverse("wagtailusers_users:delete", args=[people["eu-legal"].pk]))
    assert get_user_model().objects.filter(username="eu-legal").exists()


def test_a_product_is_all_regions(people):
    product = Product.objects.get()
    product.further_names += "\nNew name"
    sent(product, people["admin"])
    approve("ca-legal", product)
    assert "New name" not in fresh(product).further_names
    approve("us-legal", product)
    assert "New name" in fresh(product).further_names


@pytest.mark.parametrize("number", [0, -1, True, "2", None, 1.5])
def test_a_number_that_is_none_is_found(settings, number):
    settings.REVIEW_SHARED_TEAMS = number
    assert [error.id for error in run_checks() if error.id.startswith("review")] == ["review.E002"]
