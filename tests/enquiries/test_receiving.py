"""Not too often, from nobody; and the e-mail says where, neither what nor whose."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Pause
from accounts.throttle import MESSAGE_HERE
from config import cache
from enquiries import receiving
from enquiries.models import Enquiry

from .conftest import FORM, WORDS, make

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = {"REMOTE_ADDR": "198.51.100.1"}, {"REMOTE_ADDR": "203.0.113.9"}


def test_the_sixth_message_from_one_address_waits_and_loses_nothing(send, clock):
    here, elsewhere = Client(**HERE), Client(**ELSEWHERE)
    for _time in range(MESSAGE_HERE.free + 1):
        assert send(browser=here, after=4).status_code == 302
    clock.shift(-2)
    for _time in range(6):
        answer = send("/de" + FORM, browser=here, after=4)
        if answer.status_code == 429:
            break
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Bitte warten Sie" in answer.text or "Please wait" in answer.text
    assert 'lang="de"' in answer.text
    assert WORDS in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert send(browser=elsewhere, after=4).status_code == 302
    clock.shift(int(answer["Retry-After"]))
    assert send(browser=here, after=4).status_code == 302


def test_who_has_sent_is_remembered_by_a_keyed_hash_alone(send):
    send(browser=Client(**HERE))
    assert "198.51.100.1" not in str([*Pause.objects.values()])


def test_so_many_are_taken_in_an_hour_from_everybody(send, settings, clock, eu):
    settings.ENQUIRIES_PER_HOUR = 2
    make(eu)
    clock.shift(timedelta(minutes=30))
    make(eu)
    answer = send(after=60)
    assert (answer.status_code, answer["Retry-After"]) == (429, str(29 * 60))
    assert "29 minutes" in answer.text
    assert Enquiry.objects.count() == 2
    clock.shift(timedelta(minutes=29))
    assert send(after=4).status_code == 302


def test_it_goes_on_without_the_shared_cache(send, settings, monkeypatch):
    monkeypatch.setattr(cache.PatientRedis, "outages", {})
    parsed = {"BACKEND": "django.core.cache.backends.redis.RedisCache"}
    settings.CACHES = {"default": cache.backend({**parsed, "LOCATION": "redis://127.0.0.1:1/1"})}
    assert send().status_code == 302
    caches.close_all()


def test_two_that_come_at_once_by_one_form_are_one(send, monkeypatch, eu):
    """As when both have looked before either has written."""
    twin = make(eu, form="x" * 32)
    monkeypatch.setattr("enquiries.views.number_of", lambda ticket, region: twin.form)
    real, looks = Enquiry.objects.filter, []

    def seen_too_early(**given):
        looks.append(given)
        return Enquiry.objects.none() if len(looks) == 1 else real(**given)

    monkeypatch.setattr(receiving.Enquiry.objects, "filter", seen_too_early)
    assert send().status_code == 302
    monkeypatch.undo()
    assert Enquiry.objects.count() == 1


def test_the_mail_leads_to_the_message_and_tells_nothing_of_it(send, eu):
    send("/de" + FORM)
    (message,) = mail.outbox
    kept = Enquiry.objects.get()
    assert message.to == ["eu@example.com"]
    assert f"/admin/enquiries/{kept.pk}/" in message.body
    told = f"{message.subject} {message.body}"
    for secret in (WORDS, "patient@example.org", "Pat Ient", "treatment"):
        assert secret not in told


def test_without_a_contact_address_those_are_told_who_may_read(send, eu):
    eu.email = ""
    eu.save()
    send()
    assert [message.to for message in mail.outbox] == [["eu-legal@example.com"]]


def test_without_anybody_there_administrators_are_told(send, eu):
    eu.email = ""
    eu.save()
    Group.objects.get(name="eu legal").user_set.clear()
    send()
    assert [message.to for message in mail.outbox] == [["admin@example.com"]]


def test_a_mail_that_cannot_be_written_loses_no_message(send, monkeypatch):
    def fail(*told):
        raise OSError("No room.")

    monkeypatch.setattr("enquiries.mail.write_to", fail)
    assert send().status_code == 302
    assert Enquiry.objects.count() == 1


def test_nothing_of_it_is_logged(send, caplog):
    send()
    send(email="pat")
    for secret in (WORDS, "patient@example.org", "Pat Ient"):
        assert secret not in caplog.text


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks all of itself")
def test_whoever_sends_from_one_address_waits_for_the_other_there(send):
    with CaptureQueriesContext(connection) as asked:
        send()
    locks = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
    assert len(locks) == 1
    assert "accounts_pause" in locks[0]
