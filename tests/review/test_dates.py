"""The year 1 and 9999 are approved and shown nowhere; each date says whose day it is, and in words."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.users.models import UserProfile

from region_gate import clock
from region_gate.date_limits import in_words
from region_gate.models import Policy
from review.models import Approval
from therapies.models import Label

from .conftest import approve, fresh, screen, submit, write

pytestmark = pytest.mark.django_db


def far(days: int) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("field", "day"),
    [
        *(("prepared_on", day) for day in ("0001-01-01", "1999-12-31", far(-1827))),
        *(("review_by", day) for day in ("9999-04-05", "2126-01-01", far(1827))),
    ],
)
def test_an_approval_with_a_day_that_nobody_means_is_refused(eu_editor, eu_legal, about, field, day):
    submit(eu_editor, about)
    known = Approval.objects.count()
    assert "Give a day from" in approve(eu_legal, about, **{field: day}).text
    assert Approval.objects.count() == known
    assert fresh(about).title == "About us"


@pytest.mark.parametrize(
    ("field", "day", "first", "last"),
    [
        ("prepared_on", "0001-01-01", -1826, 0),
        ("prepared_on", far(-1827), -1826, 0),
        ("review_by", "9999-04-05", 1, 1826),
        ("review_by", far(1827), 1, 1826),
    ],
)
def test_an_approval_names_the_days_that_may_be_given(eu_editor, eu_legal, about, field, day, first, last):
    submit(eu_editor, about)
    assert between(first, last) in approve(eu_legal, about, **{field: day}).text


def between(first: int, last: int) -> str:
    today = clock.today()
    days = in_words(today + timedelta(days=first)), in_words(today + timedelta(days=last))
    return f"Give a day from {days[0]} to {days[1]}."


def test_a_label_names_the_days_that_may_be_given(eu_legal):
    label = Label.objects.filter(region__code="eu").first()
    label.effective_from = clock.today() - timedelta(days=30)
    label.save()
    address = reverse(Label.snippet_viewset.get_url_name("edit"), args=[label.pk])
    sent = {"effective_from": far(-30), "review_by": "9999-04-05", "withdrawn_on": "9999-04-05"}
    errors = eu_legal.post(address, sent).context["form"].errors
    assert errors["review_by"] == [between(-30, 1826)]
    assert errors["withdrawn_on"] == [between(-30, 7305)]
    errors = eu_legal.post(address, {**sent, "review_by": "0001-01-01"}).context["form"].errors
    assert errors["review_by"] == ["This is before the first day."]


def test_a_policy_names_the_days_that_may_be_given(eu_legal):
    sent = {"host": "a.test", "path": "/", "decision": "blocked", "reason": "Asked for.", "starts": far(5)}
    add = reverse(Policy.snippet_viewset.get_url_name("add"))
    errors = eu_legal.post(add, {**sent, "ends": "9999-04-05"}).context["form"].errors
    assert errors["ends"] == [between(5, 7305)]


def test_the_limits_of_an_approval_are_settings(eu_editor, eu_legal, about, settings):
    settings.REVIEW_MAX_DAYS = 30
    submit(eu_editor, about)
    assert "Give a day from" in approve(eu_legal, about, review_by=far(31)).text
    approve(eu_legal, about, review_by=far(30))
    assert fresh(about).title == "About Sirtex"


def test_the_form_says_the_typed_day_in_words_and_the_zone(eu_editor, eu_legal, about, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    submit(eu_editor, about)
    text = eu_legal.get(screen(about)).text
    assert "In the site’s time zone, Europe/Berlin." in text
    assert in_words(clock.today()) in text
    assert (
        in_words(clock.today() + timedelta(days=90)) in approve(eu_legal, about, "x", review_by=far(90)).text
    )


@pytest.mark.parametrize("field", ["effective_from", "review_by", "withdrawn_on"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-04-05"])
def test_no_label_has_a_day_that_nobody_means(field, day):
    label = Label.objects.first()
    setattr(label, field, type(clock.today()).fromisoformat(day))
    with pytest.raises(ValidationError) as refused:
        label.full_clean()
    assert field in refused.value.error_dict


def test_an_old_label_is_no_slip():
    label = Label.objects.first()
    label.effective_from = clock.today().replace(year=1995, day=1)
    label.full_clean()


@pytest.mark.parametrize("field", ["starts", "ends"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-04-05"])
def test_no_policy_has_a_day_that_nobody_means(eu_legal, field, day):
    sent = {"host": "a.test", "path": "/", "decision": "blocked", "reason": "Asked for.", "starts": far(0)}
    add = reverse(Policy.snippet_viewset.get_url_name("add"))
    answer = eu_legal.post(add, {**sent, field: day, "action-submit": "1"})
    is_before = (field, day) == ("ends", "0001-01-01")
    assert ("This is before the first day." if is_before else "Give a day from") in answer.text
    assert not Policy.objects.filter(host="a.test").exists()


@pytest.mark.parametrize("field", ["go_live_at", "expire_at"])
@pytest.mark.parametrize("day", ["9999-12-31 23:59", "2150-01-01 00:00"])
def test_no_page_is_scheduled_for_a_day_that_nobody_means(eu_editor, about, field, day):
    before = fresh(about).latest_revision_id
    assert "Give a day from" in write(eu_editor, about, **{field: day}).text
    assert fresh(about).latest_revision_id == before


def test_a_schedule_names_the_persons_zone_and_the_sites_day(eu_editor, about, django_user_model):
    person = django_user_model.objects.get(username="eu-editor")
    profile = UserProfile.get_for_user(person)
    profile.current_time_zone = "Pacific/Auckland"
    profile.save()
    write(eu_editor, about, go_live_at=f"{far(30)} 09:00")
    text = eu_editor.get(reverse("wagtailadmin_pages:edit", args=[about.pk])).text
    assert "In your time zone, Pacific/Auckland; the site’s is UTC." in text
    assert f"On the site: {in_words(clock.today() + timedelta(days=29))}, " in text


def test_no_command_takes_a_day_that_nobody_means():
    with pytest.raises(CommandError, match="--date"):
        call_command("enforce_labels", "--dry-run", "--date", "9999-04-05")
