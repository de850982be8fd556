"""Who wrote, approved and published: named in one way, whatever goes on record."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import TaskState

from home.models import StandardPage
from region_gate.signoff import acting, acting_as, approvers, lasting_name, reviewers
from therapies.models import Publication

pytestmark = pytest.mark.django_db


def person(username: str):
    """Return a person of the demo, with a full name."""
    user = get_user_model().objects.get(username=username)
    user.first_name, user.last_name = "Ada", "Lovelace"
    user.save()
    return user


@pytest.fixture
def revision(eu_home):
    """A draft that waits for its review."""
    page = StandardPage.objects.child_of(eu_home).get(slug="about")
    revision = page.save_revision(user=get_user_model().objects.get(username="eu-editor"))
    page.get_workflow().start(page, None)
    return revision


def approved(revision, *usernames: str) -> None:
    """Have people approve `revision`, one after the other."""
    state = TaskState.objects.get(revision=revision)
    state.approve(user=person(usernames[0]))
    for username in usernames[1:]:
        again = TaskState.objects.get(pk=state.pk)
        again.pk, again.finished_by, again.status = None, person(username), TaskState.STATUS_APPROVED
        again.save()


@pytest.mark.parametrize(
    ("full_name", "name"), [(("", ""), "eu-legal"), (("Ada", "Lovelace"), "Ada Lovelace (eu-legal)")]
)
def test_a_person_is_named_in_full_and_by_what_was_signed_in_with(full_name, name):
    user = get_user_model()(username="eu-legal", first_name=full_name[0], last_name=full_name[1])
    assert lasting_name(user) == name


def test_nobody_has_a_blank_name():
    assert lasting_name(None) == ""
    assert acting() == ""


def test_whoever_acts_is_named_while_acting():
    with acting_as(person("eu-legal")):
        assert acting() == "Ada Lovelace (eu-legal)"
        with acting_as(None):
            assert acting() == "Ada Lovelace (eu-legal)"
    assert acting() == ""


def test_reviewers_are_named_once_each_in_the_order_of_their_approvals(revision):
    approved(revision, "us-legal", "eu-legal", "us-legal")
    assert reviewers(revision) == ["Ada Lovelace (us-legal)", "Ada Lovelace (eu-legal)"]


def test_without_a_review_the_publisher_approves_and_with_one_the_reviewers_do(revision):
    with acting_as(person("eu-editor")):
        assert approvers(revision) == ["Ada Lovelace (eu-editor)"]
        assert reviewers(revision) == []
        approved(revision, "eu-legal")
        assert approvers(revision) == ["Ada Lovelace (eu-legal)"]


def test_the_record_of_a_page_has_the_same_names(revision):
    approved(revision, "eu-legal")
    entry = Publication.objects.chain(int(revision.object_id)).last()
    assert entry.approved_by == ", ".join(reviewers(revision)) == "Ada Lovelace (eu-legal)"
