"""What goes live is decided by the site's day, however far away editor and reviewer sit.

In Auckland it is tomorrow already when the site's clock says 13:00; in Pago Pago it is still
yesterday at 05:00.
"""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from home.models import Region, StandardPage
from region_gate.html.survey import LinkOutcome
from region_gate.links.policies import Decision
from region_gate.models import Notice, Policy, RegisteredLink
from tests.conftest import signed_in
from tests.home.test_access import form
from tests.therapies.conftest import NAME, allow, publish
from therapies.models import Label
from therapies.models.in_force import Status

from .conftest import approve, edit, fresh, submit, waiting

pytestmark = pytest.mark.django_db

FIRST_DAY = date(2027, 6, 2)
AFTERNOON_BEFORE = "2027-06-01T13:00:00Z"  # the 2nd in Auckland
NIGHT_OF_THE_DAY = "2027-06-02T05:00:00Z"  # the 1st in Pago Pago


@pytest.fixture
def people_in(db):
    """Have everybody's profile say that they are in a time zone."""

    def move(zone: str) -> None:
        for user in get_user_model().objects.all():
            UserProfile.objects.update_or_create(user=user, defaults={"current_time_zone": zone})

    return move


@pytest.fixture
def ca(db) -> Region:
    """The region of the demo in which the product is not approved."""
    return Region.objects.get(code="ca")


@pytest.fixture
def ca_about(ca) -> StandardPage:
    """A live page of a region where the product is not approved yet."""
    home = ca.home_pages.get(locale__language_code="en")
    return StandardPage.objects.child_of(home).get(slug="about")


def editor() -> Client:
    return signed_in("ca-editor")


def legal() -> Client:
    return signed_in("ca-legal")


def said(answer) -> str:
    return answer.text + " ".join(map(str, get_messages(answer.wsgi_request)))


def approve_snippet(client, thing):
    return client.post(reverse("review", args=[thing.current_workflow_task_state.pk]), {"approve": "1"})


def test_a_page_waits_for_the_sites_day_when_its_people_are_in_auckland(
    time_machine, people_in, ca, ca_about
):
    time_machine.move_to(AFTERNOON_BEFORE)
    people_in("Pacific/Auckland")
    allow(ca, FIRST_DAY)
    answer = submit(editor(), ca_about, f"About {NAME}")
    assert "begins on June 2, 2027" in said(answer)
    assert waiting(ca_about) is None

    time_machine.move_to("2027-06-02T00:00:00Z")
    submit(editor(), ca_about, f"About {NAME}")
    approve(legal(), ca_about, prepared_on="2027-06-02", review_by="2028-06-01")
    assert fresh(ca_about).title == f"About {NAME}"


def test_a_page_is_not_approved_in_auckland_before_its_label_begins(time_machine, people_in, ca, ca_about):
    time_machine.move_to("2027-06-01T11:00:00Z")
    people_in("Pacific/Auckland")
    label = allow(ca, date(2027, 6, 1))
    submit(editor(), ca_about, f"About {NAME}")
    time_machine.move_to(AFTERNOON_BEFORE)
    label.effective_from = FIRST_DAY
    publish(label)
    answer = approve(legal(), ca_about, prepared_on="2027-06-01", review_by="2028-06-01")
    assert "begins on June 2, 2027" in said(answer)
    assert fresh(ca_about).title != f"About {NAME}"


def test_a_page_is_not_approved_in_pago_pago_after_its_label_has_ended(time_machine, people_in, ca, ca_about):
    time_machine.move_to("2027-06-01T12:00:00Z")
    people_in("Pacific/Pago_Pago")
    label = allow(ca, date(2027, 1, 1))
    submit(editor(), ca_about, f"About {NAME}")
    label.withdrawn_on = FIRST_DAY
    publish(label)
    time_machine.move_to(NIGHT_OF_THE_DAY)
    answer = approve(legal(), ca_about, prepared_on="2027-06-01", review_by="2028-06-01")
    assert "was withdrawn on June 2, 2027" in said(answer)
    assert fresh(ca_about).title != f"About {NAME}"


def test_a_page_goes_live_in_pago_pago_on_the_sites_day(time_machine, people_in, ca, ca_about):
    time_machine.move_to(NIGHT_OF_THE_DAY)
    people_in("Pacific/Pago_Pago")
    allow(ca, FIRST_DAY)
    submit(editor(), ca_about, f"About {NAME}")
    approve(legal(), ca_about, prepared_on="2027-06-02", review_by="2028-06-01")
    assert fresh(ca_about).title == f"About {NAME}"


@pytest.mark.parametrize(
    ("zone", "now", "to_come"),
    [
        ("Pacific/Auckland", AFTERNOON_BEFORE, "2027-06-02"),
        ("Pacific/Pago_Pago", NIGHT_OF_THE_DAY, "2027-06-03"),
    ],
)
def test_material_is_prepared_by_the_sites_day(time_machine, people_in, ca_about, zone, now, to_come):
    time_machine.move_to(now)
    people_in(zone)
    submit(editor(), ca_about, "About us all")
    answer = approve(legal(), ca_about, prepared_on=to_come, review_by="2028-06-01")
    assert "This day is still to come." in answer.text
    assert fresh(ca_about).title != "About us all"


@pytest.mark.parametrize(
    ("zone", "now", "shown"),
    [("Pacific/Auckland", AFTERNOON_BEFORE, False), ("Pacific/Pago_Pago", NIGHT_OF_THE_DAY, True)],
)
def test_a_label_allows_and_is_shown_from_the_sites_day_on(
    time_machine, people_in, ca, ca_about, zone, now, shown
):
    time_machine.move_to(NIGHT_OF_THE_DAY)
    people_in(zone)
    label = allow(ca, FIRST_DAY)
    ca_about.title = f"About {NAME}"
    ca_about.save_revision().publish()
    time_machine.move_to(now)
    own = legal()
    assert ("As approved." in own.get("/ca/about/").text) is shown
    attention = own.get(reverse("attention")).text
    assert ("without a label in force" in attention) is not shown
    assert Label.objects.get(pk=label.pk).status == Status.APPROVED


def test_a_withdrawal_leaves_pages_alone_until_the_sites_day(time_machine, people_in, ca, ca_about):
    time_machine.move_to("2027-06-01T09:00:00Z")
    label = allow(ca, date(2027, 1, 1))
    ca_about.title = f"About {NAME}"
    ca_about.save_revision().publish()
    people_in("Pacific/Auckland")
    time_machine.move_to(AFTERNOON_BEFORE)
    label.status, label.withdrawn_on = Status.WITHDRAWN, FIRST_DAY
    user = get_user_model().objects.get(username="ca-legal")
    label.save_revision(user=user)
    label.get_workflow().start(label, user)
    label.refresh_from_db()
    approve_snippet(signed_in("us-legal"), label)
    approve_snippet(signed_in("admin"), label)
    label.refresh_from_db()
    assert label.withdrawn_on == FIRST_DAY
    assert fresh(ca_about).live

    time_machine.move_to("2027-06-02T00:01:00Z")
    call_command("enforce_labels")
    assert not fresh(ca_about).live


@pytest.mark.parametrize(
    ("zone", "now", "outcome"),
    [
        ("Pacific/Auckland", AFTERNOON_BEFORE, LinkOutcome.GATED),
        ("Pacific/Pago_Pago", NIGHT_OF_THE_DAY, LinkOutcome.BLOCKED),
    ],
)
def test_a_policy_governs_from_the_sites_day_on(
    time_machine, people_in, ca_about, django_capture_on_commit_callbacks, zone, now, outcome
):
    time_machine.move_to(now)
    people_in(zone)
    Policy(decision=Decision.BLOCKED, host="partner.test", reason="So.", starts=FIRST_DAY, live=True).save()
    ca_about.intro = '<p><a href="https://partner.test/">Partner</a></p>'
    ca_about.save_revision(user=get_user_model().objects.get(username="ca-editor"))
    ca_about.get_workflow().start(ca_about, get_user_model().objects.get(username="ca-editor"))
    with django_capture_on_commit_callbacks(execute=True):
        approve(legal(), ca_about, prepared_on="2027-06-01", review_by="2028-06-01")
    link = RegisteredLink.objects.get(page=ca_about.pk, host="partner.test")
    assert link.outcome == outcome.value


def test_a_new_policy_begins_on_the_sites_day(time_machine, people_in):
    time_machine.move_to(AFTERNOON_BEFORE)
    people_in("Pacific/Auckland")
    answer = legal().get(reverse(Policy.snippet_viewset.get_url_name("add")))
    assert 'value="2027-06-01"' in answer.text


@pytest.mark.parametrize(
    ("zone", "now", "goes_live"),
    [("Pacific/Auckland", AFTERNOON_BEFORE, False), ("Pacific/Pago_Pago", NIGHT_OF_THE_DAY, True)],
)
def test_a_notice_names_a_product_from_the_sites_day_on(time_machine, people_in, ca, zone, now, goes_live):
    time_machine.move_to(now)
    people_in(zone)
    allow(ca, FIRST_DAY)
    writer = get_user_model().objects.get(username="admin")
    notice = Notice(kind="third-party", region="ca", heading=f"Leaving {NAME}", body="Words.", live=False)
    notice.locale = Locale.get_default()
    notice.save()
    notice.save_revision(user=writer)
    notice.get_workflow().start(notice, writer)
    notice.refresh_from_db()
    approve_snippet(legal(), notice)
    notice.refresh_from_db()
    assert notice.live is goes_live


@pytest.mark.parametrize(
    ("zone", "typed", "is_sent"),
    [
        ("Pacific/Auckland", "2027-06-02 01:00", False),  # 13:00 of the 1st on the site
        ("Pacific/Auckland", "2027-06-02 12:30", True),  # half past midnight of the 2nd
        ("Pacific/Pago_Pago", "2027-06-01 18:00", True),  # 05:00 of the 2nd
        ("Pacific/Pago_Pago", "2027-06-01 12:30", False),  # 23:30 of the 1st
    ],
)
def test_a_schedule_is_judged_by_the_sites_day(time_machine, people_in, ca, ca_about, zone, typed, is_sent):
    time_machine.move_to("2027-05-30T12:00:00Z")
    people_in(zone)
    allow(ca, FIRST_DAY)
    values = form(f"About {NAME}", slug="about", go_live_at=typed, **{"action-submit": "1"})
    editor().post(edit(ca_about), values)
    assert (waiting(ca_about) is not None) is is_sent
    if is_sent:
        approve(legal(), ca_about, prepared_on="2027-05-30", review_by="2028-06-01")
        time_machine.move_to("2027-06-02T05:30:00Z")
        call_command("publish_scheduled")
        assert fresh(ca_about).title == f"About {NAME}"


def test_days_hence_are_counted_on_the_site(time_machine):
    time_machine.move_to(AFTERNOON_BEFORE)
    with timezone.override("Pacific/Auckland"):
        assert Policy._meta.get_field("starts").get_default() == FIRST_DAY - timedelta(days=1)
