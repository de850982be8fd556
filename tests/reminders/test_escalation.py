"""Escalation: to whom, after how many days, once for each step."""

import pytest
from django.core import mail

from reminders import escalation, matters
from reminders.models import Reminder
from therapies.reports.alerts import Alert, Source

from .conftest import MONDAY, go_to, later, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(monkeypatch, clock_at) -> list[Alert]:
    """The only matter that there is: due on the Monday, in the European region."""
    alerts = [Alert("eu", "A page (German)", "It is behind.", "/admin/x/", MONDAY)]
    monkeypatch.setattr(matters, "sources", lambda: [Source("kind", "A kind", lambda _watch: alerts)])
    return alerts


@pytest.fixture
def named(eu):
    """The person who is named in the region."""
    eu.escalates_to = person("eu-legal")
    eu.save()
    return eu.escalates_to


def told() -> list[tuple[str, str]]:
    return sorted((one.to[0].partition("@")[0], one.subject) for one in mail.outbox)


ONE = "Overdue, and nobody has acted: 1 matter"


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (6, False), (7, True)])
def test_a_matter_is_escalated_so_many_days_after_its_date(days, is_told, found, named, clock_at):
    go_to(clock_at, later(days))
    escalation.escalate()
    assert told() == ([("eu-legal", ONE)] if is_told else [])


def test_the_mail_says_why_it_came(found, named, clock_at):
    go_to(clock_at, later(8))
    escalation.escalate()
    body = mail.outbox[0].body
    for words in ("A page (German) [eu]", "It is behind.", "It was due on 1 February 2027, 8 days ago."):
        assert words in body
    assert "You get this e-mail because you are named" in body


def test_each_step_is_told_of_once(found, named, clock_at):
    for days in (*range(7, 14), *range(14, 30)):
        go_to(clock_at, later(days))
        escalation.escalate()
        escalation.escalate()
    assert told() == [("admin", ONE), ("eu-legal", ONE), ("eu-legal", ONE)]


def test_a_clock_moved_by_a_month_tells_of_the_last_step_alone(found, named, clock_at):
    go_to(clock_at, later(31))
    escalation.escalate()
    escalation.escalate()
    assert told() == [("admin", ONE), ("eu-legal", ONE)]


def test_several_matters_are_one_mail(found, named, clock_at):
    found.append(Alert("eu", "Another page", "It is behind.", "/admin/y/", MONDAY))
    go_to(clock_at, later(7))
    escalation.escalate()
    assert told() == [("eu-legal", "Overdue, and nobody has acted: 2 matters")]


def test_what_is_past_is_looked_for_once_in_each_language(found, named, clock_at, monkeypatch):
    asked = []
    monkeypatch.setattr(
        matters, "sources", lambda: [Source("kind", "A kind", lambda _watch: asked.append(1) or found)]
    )
    for number in range(3):
        type(named).objects.create_user(f"admin-{number}", f"a{number}@example.com", is_superuser=True)
    go_to(clock_at, later(14))
    escalation.escalate()
    assert len(told()) == 5
    assert len(asked) == 1


def test_a_safety_change_is_escalated_sooner(found, named, clock_at):
    found[:] = [Alert("eu", "A page", "Behind.", "/admin/x/", MONDAY, is_urgent=True)]
    go_to(clock_at, later(1))
    escalation.escalate()
    assert [name for name, _subject in told()] == ["eu-legal"]
    assert "SAFETY CHANGE: A page" in mail.outbox[0].body


def test_without_a_named_person_administrators_are_told(found, clock_at):
    go_to(clock_at, later(7))
    escalation.escalate()
    assert told() == [("admin", ONE)]


def test_a_named_person_who_left_is_replaced_by_the_administrators(found, named, clock_at):
    type(named).objects.filter(pk=named.pk).update(is_active=False)
    go_to(clock_at, later(7))
    escalation.escalate()
    assert told() == [("admin", ONE)]


def test_what_is_due_anew_is_a_matter_of_its_own(found, named, clock_at):
    go_to(clock_at, later(7))
    escalation.escalate()
    found[:] = [Alert("eu", "A page (German)", "It is behind.", "/admin/x/", later(2))]
    go_to(clock_at, later(9))
    escalation.escalate()
    assert len(told()) == 2


def test_what_breaks_off_is_neither_noted_nor_told(found, named, clock_at, monkeypatch):
    go_to(clock_at, later(7))
    monkeypatch.setattr(escalation, "write", lambda *_given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        escalation.escalate()
    assert not Reminder.objects.exists()


def test_the_days_are_a_setting(found, named, clock_at, settings):
    settings.ESCALATION_DAYS = 2
    go_to(clock_at, later(2))
    escalation.escalate()
    assert len(told()) == 1


def test_the_overseer_sees_every_kind_of_matter(db):
    # Many sources ask what a person may do; this one is stored nowhere.
    found = [*matters.matters_past(later(4000))]
    assert {"pages", "review"} <= {one.kind for one in found}


@pytest.mark.parametrize("days", [0, -1, 1.5, "7", True, 9999])
def test_days_that_are_none_are_an_error(days, settings):
    from reminders.conf import check_settings

    settings.ESCALATION_DAYS = days
    settings.REVIEW_BY_NOTICE_DAYS = [days]
    assert [error.id for error in check_settings(None)] == ["reminders.E001", "reminders.E002"]
