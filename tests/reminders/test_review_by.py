"""Review-by: told of before, marked at it, and by a setting taken down after it; safety changes at once."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from reminders import review_by
from review.endings.models import PageTakeDown
from review.models import Approval
from tests.conftest import findings, signed_in
from tests.therapies.test_catching_up import make_urgent

from .conftest import go_to, later

pytestmark = pytest.mark.django_db


def told() -> list[str]:
    return sorted(one.to[0].partition("@")[0] for one in mail.outbox)


TEAMS = ["eu-editor", "eu-legal"]


@pytest.mark.parametrize(
    ("days", "people"), [(0, []), (9, []), (10, TEAMS), (32, TEAMS), (33, TEAMS), (40, TEAMS), (41, [])]
)
def test_both_teams_are_told_some_days_before(days, people, review_due, clock_at):
    go_to(clock_at, later(days))
    review_by.announce()
    assert told() == people


def test_each_notice_is_told_of_once(review_due, clock_at):
    for days in range(45):
        go_to(clock_at, later(days))
        review_by.announce()
        review_by.announce()
    assert told() == sorted(TEAMS * 2)


def test_a_clock_moved_by_a_month_tells_of_one_notice(review_due, clock_at):
    go_to(clock_at, later(35))
    review_by.announce()
    review_by.announce()
    assert told() == TEAMS


def test_the_mail_names_the_page_its_day_and_where_it_is(review_due, clock_at, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://admin.example.com"
    go_to(clock_at, later(10))
    review_by.announce()
    body = mail.outbox[0].body
    page = review_due.page
    for words in (f"{page.title} (English): 13 March 2027", review_due.code):
        assert words in body
    assert f"https://admin.example.com{reverse('wagtailadmin_pages:edit', args=[page.pk])}" in body


def test_the_editor_is_marked(review_due, clock_at):
    go_to(clock_at, later(9))
    assert "Its review is" not in findings(signed_in("eu-editor"), review_due.page)
    go_to(clock_at, later(40))
    assert "Its review is due" in findings(signed_in("eu-editor"), review_due.page)
    go_to(clock_at, later(41))
    assert "Its review is overdue" in findings(signed_in("eu-editor"), review_due.page)


def test_nothing_comes_down_unless_that_is_wanted(review_due, clock_at):
    go_to(clock_at, later(60))
    assert review_by.take_down_past() == "Not wanted."
    assert Page.objects.get(pk=review_due.page_id).live


@pytest.fixture
def down(review_due, clock_at, settings, django_capture_on_commit_callbacks) -> Approval:
    """The page after its day, where that takes it down."""
    settings.REVIEW_BY_TAKES_DOWN = True
    go_to(clock_at, later(40))
    review_by.take_down_past()
    assert Page.objects.get(pk=review_due.page_id).live  # its last day
    go_to(clock_at, later(41))
    with django_capture_on_commit_callbacks(execute=True):
        assert review_by.take_down_past() == "1 taken down."
    return review_due


def test_an_overdue_page_comes_down_with_record_and_mail(down):
    page = Page.objects.get(pk=down.page_id)
    assert not page.live
    kept = PageTakeDown.objects.get(page=page.pk)
    assert (kept.by, down.code in kept.reason) == (None, True)
    entry = PageLogEntry.objects.get(page=page.pk, action="review.take_down_overdue")
    assert entry.message.startswith("Taken down: Its review was due by 2027-03-13")
    assert told() == TEAMS
    assert mail.outbox[0].subject == "Taken down, overdue: pages of Europe"
    assert "The site itself has taken these pages down:" in mail.outbox[0].body


def test_it_comes_down_once(down):
    assert review_by.take_down_past() == "0 taken down."


def test_its_old_approval_brings_it_back_no_more(down):
    from review.endings.taking_down import is_spent

    assert is_spent(down.revision)


def test_a_home_page_stays_up(eu_home, clock_at, settings):
    Approval.objects.exclude(page=eu_home.pk).delete()
    settings.REVIEW_BY_TAKES_DOWN = True
    Approval.objects.update(review_by=later(0))
    go_to(clock_at, later(5))
    assert review_by.take_down_past() == "0 taken down."
    assert Page.objects.get(pk=eu_home.pk).live


def test_a_page_that_was_approved_anew_meanwhile_stays(review_due, clock_at, settings, monkeypatch):
    settings.REVIEW_BY_TAKES_DOWN = True
    go_to(clock_at, later(41))
    take_down = review_by._take_down

    def approved_first(key, today):
        Approval.objects.update(review_by=later(400))
        return take_down(key, today)

    monkeypatch.setattr(review_by, "_take_down", approved_first)
    assert review_by.take_down_past() == "0 taken down."


def test_a_safety_change_is_told_of_the_moment_it_is_live(
    english, german, french, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        make_urgent(english)
    about = [one for one in mail.outbox if one.subject == f"Safety change: “{english.title}” has changed"]
    assert sorted(one.to[0].partition("@")[0] for one in about) == TEAMS
    for page in (german, french):
        assert reverse("therapies_catch_up", args=[page.pk, english.pk]) in about[0].body


def test_a_usual_change_sends_no_mail_at_once(english, german, django_capture_on_commit_callbacks):
    from tests.therapies.test_catching_up import publish

    with django_capture_on_commit_callbacks(execute=True):
        publish(english, intro="<p>Something new.</p>")
    assert not [one for one in mail.outbox if "Safety change" in one.subject]
