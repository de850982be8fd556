"""What others met with sets: each fault is found when the release is prepared, and nothing goes live."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from home.exceptions import RefusedError
from region_gate.models import Policy
from review.models import Approval, Release, ReleaseItem
from review.release_models import ReleaseState
from review.releases import lifecycle, parts
from review.releases.checking import last_day
from tests.therapies.conftest import NAME, withdraw
from therapies.models import Label, Statement

from .conftest import add_approved, approve, due, fresh, made, person, send

pytestmark = pytest.mark.django_db


def draft(about, title: str, by: str = "eu-editor") -> None:
    """Save a further draft."""
    newer = fresh(about).get_latest_revision_as_object()
    newer.title = title
    newer.save_revision(user=person(by))


def rewrite(revision, name: str, after: timedelta) -> None:
    """Have the revision name a moment, as it was approved."""
    content = {**revision.content, name: (timezone.now() + after).isoformat()}
    Revision.objects.filter(pk=revision.pk).update(content=content)


def edited(about, item):
    draft(about, "Edited since")


def unpublished(about, item):
    fresh(about).unpublish()


def deleted(about, item):
    fresh(about).unpublish()
    fresh(about).delete()


def moved(about, item):
    fresh(about).unpublish()
    other = Page.objects.get(url_path__endswith="/us/", locale__language_code="en")
    other.get_children().filter(slug=about.slug).delete()
    fresh(about).move(fresh(other), "last-child")


def sent_again(about, item):
    send(fresh(about).get_latest_revision_as_object())


def published_past_it(about, item):
    later = fresh(about)
    later.title = "Live by a program"
    later.save_revision().publish()


def given_a_date(about, item):
    rewrite(item.revision, "go_live_at", timedelta(days=2))


def expired(about, item):
    rewrite(item.revision, "expire_at", -timedelta(minutes=1))


def overdue(about, item):
    Approval.objects.filter(revision=item.revision).update(review_by=timezone.now() - timedelta(days=9))


def without_rights(about, item):
    person("eu-legal").groups.clear()


def without_account(about, item):
    get_user_model().objects.filter(username="eu-legal").update(is_active=False)


def without_code(about, item):
    Approval.objects.filter(revision=item.revision).delete()


@pytest.mark.parametrize(
    ("thing", "content", "last"),
    [
        (Policy(), {"ends": "2026-11-28"}, date(2026, 11, 28)),
        (Statement(), {"withdrawn_on": "2026-11-28"}, date(2026, 11, 27)),
        (Statement(), {"withdrawn_on": None}, None),
        (Label(), {"withdrawn_on": "2026-11-28"}, None),  # which stands as withdrawn
    ],
)
def test_the_last_day_of_a_part_is_the_one_before_its_withdrawal(thing, content, last):
    assert last_day(SimpleNamespace(thing=thing, revision=SimpleNamespace(content=content))) == last


FAULTS = [
    (edited, "There is a newer draft than the one that was approved: by eu-editor"),
    (unpublished, "It has been taken down since it was added"),
    (deleted, "It has been deleted"),
    (moved, "United States"),
    (sent_again, "It has been sent to review again"),
    (published_past_it, "Something newer than what was approved has gone live"),
    (given_a_date, "It has a date of its own"),
    (expired, "It would have expired by then"),
    (overdue, "The review of its approval would be due by then"),
    (without_rights, "may not review it any more"),
    (without_account, "may not review it any more"),
    (without_code, "Its approval has no code"),
]


@pytest.mark.parametrize(("happen", "told"), FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_what_happens_to_a_part_after_its_approval_keeps_the_whole_back(
    eu, release, about, eu_home, happen, told
):
    """Both when it is prepared and, where it was scheduled by then, on the day."""
    other = eu_home.add_child(instance=type(about)(title="Other", slug="other", live=False))
    other.title = "Other in the release"
    add_approved(release, other, approver="admin")
    about.title = "About the release"
    item = add_approved(release, about)
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.SCHEDULED)
    due(release)
    happen(about, item)
    before = fresh(about).live_revision_id if Page.objects.filter(pk=about.pk).exists() else None

    with pytest.raises(CommandError, match="New indication"):
        call_command("publish_scheduled")
    failed = fresh(release)
    assert failed.state == ReleaseState.FAILED
    assert any(told in fault for fault in failed.faults), failed.faults
    assert not fresh(other).live
    if before:
        assert fresh(about).live_revision_id == before

    again = lifecycle.prepare(failed, person("admin"))
    assert any(told in fault for fault in again), again


def test_a_part_that_nobody_approved_slips_through_nowhere(release, about):
    about.save_revision(user=person("eu-editor"))
    item = parts.add(release, fresh(about), person("eu-editor"))
    assert "in no review" in lifecycle.prepare(release, person("eu-legal"))[0]
    step = send(about)
    assert "It waits for its review" in lifecycle.prepare(release, person("eu-legal"))[0]
    step.task.specific.on_action(step, person("eu-legal"), "reject", comment="Say less.")
    assert "Changes were asked for" in lifecycle.prepare(release, person("eu-legal"))[0]
    fresh(about).current_workflow_state.cancel(person("eu-editor"))
    assert "in no review" in lifecycle.prepare(release, person("eu-legal"))[0]
    Release.objects.filter(pk=release.pk).update(state=ReleaseState.PREPARED)
    with pytest.raises(RefusedError, match="Nobody has approved it"):
        lifecycle.make_live(release, person("eu-legal"))
    assert fresh(about).live_revision_id != fresh(item).revision_id


def test_a_live_page_with_a_newer_draft_is_not_left_out(release, about):
    """The draft that is approved goes live; one that is written after is named, until it is approved too."""
    about.title = "Approved"
    add_approved(release, about)
    draft(about, "Written after")
    (fault,) = lifecycle.prepare(release, person("eu-legal"))
    assert "eu-editor" in fault
    step = send(fresh(about).get_latest_revision_as_object())
    approve(step)
    assert lifecycle.prepare(release, person("eu-legal")) == []
    lifecycle.make_live(release, person("eu-legal"))
    assert fresh(about).title == "Written after"


def test_an_approval_after_it_was_prepared_calls_for_another_try(release, about):
    about.title = "Approved"
    add_approved(release, about)
    assert lifecycle.prepare(release, person("eu-legal")) == []
    draft(about, "Written after")
    approve(send(fresh(about).get_latest_revision_as_object()))
    with pytest.raises(RefusedError, match="is to be prepared first"):
        lifecycle.make_live(release, person("eu-legal"))


def test_a_label_withdrawn_meanwhile_keeps_the_page_back_that_names_its_product(release, eu, about):
    about.title = f"About {NAME}"
    add_approved(release, about)
    assert lifecycle.prepare(release, person("eu-legal")) == []
    withdraw(eu)
    with pytest.raises(RefusedError, match="was withdrawn"):
        lifecycle.make_live(release, person("eu-legal"))
    assert fresh(about).title != f"About {NAME}"


def test_what_is_live_already_is_no_part_that_goes_live(release, about):
    about.save_revision(user=person("eu-editor"))
    approve(send(about))
    parts.add(release, fresh(about), person("eu-editor"))
    assert "Just this is live already" in lifecycle.prepare(release, person("eu-legal"))[0]


def test_the_database_lets_nothing_be_in_two_open_releases(release, eu, about):
    about.save_revision()
    item = parts.add(release, fresh(about), person("eu-legal"))
    twin = ReleaseItem(
        release=made(eu), content_type=item.content_type, object_id=item.object_id, title="Twin"
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
    lifecycle.cancel(release, person("eu-legal"))
    twin.save()


def test_what_is_scheduled_by_itself_is_no_part(release, about):
    about.go_live_at = timezone.now() + timedelta(days=1)
    about.save_revision().publish()
    with pytest.raises(RefusedError, match="is scheduled by itself"):
        parts.add(release, fresh(about), person("eu-legal"))
