"""A forgotten password: no way in by itself, and no way to learn who is who."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Pause
from accounts.throttle import remember
from tests.jobs.conftest import work

from .conftest import give_password, is_signed_in, person, with_app

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/password_reset/"


@pytest.fixture(autouse=True)
def _addresses():
    User.objects.filter(username="eu-legal").update(email="legal@example.com")


def test_it_signs_nobody_in_and_asks_for_the_code_after(client, mailoutbox):
    with_app("eu-legal")
    client.post(ADDRESS, {"email": "legal@example.com"})
    work()
    link = re.search(r"/admin/password_reset/confirm/\S+", mailoutbox[0].body)[0]
    form = client.get(link, follow=True).redirect_chain[-1][0]
    new = {"new_password1": "a-long-enough-phrase", "new_password2": "a-long-enough-phrase"}
    assert client.post(form, new)["Location"] == "/admin/password_reset/complete/"
    assert not is_signed_in(client)
    answer = give_password(client, "eu-legal", "a-long-enough-phrase")
    assert answer["Location"] == "/admin/login/code/"


def test_it_says_the_same_of_an_address_that_nobody_has(client, mailoutbox):
    known = client.post(ADDRESS, {"email": "legal@example.com"}, follow=True)
    unknown = Client().post(ADDRESS, {"email": "nobody@example.com"}, follow=True)
    work()
    assert known.redirect_chain == unknown.redirect_chain
    assert known.templates[0].name == unknown.templates[0].name
    assert len(known.text) == len(unknown.text)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("email", ["legal@example.com", "nobody@example.com"])
def test_nobody_is_flooded(mailoutbox, email):
    answers = [Client().post(ADDRESS, {"email": email}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 200, 200]
    assert "Please wait 2 seconds" in answers[-1].text
    work()
    assert len(mailoutbox) <= 3


def asks(email: str, address: str):
    return Client().post(ADDRESS, {"email": email}, REMOTE_ADDR=address)


def test_nobody_holds_up_somebody_elses_reset(mailoutbox):
    for _each in range(9):
        asks("legal@example.com", "203.0.113.9")
    assert asks("legal@example.com", "198.51.100.1").status_code == 302


def test_many_addresses_hold_it_up_for_a_minute_at_most(mailoutbox):
    for number in range(60):
        asks("legal@example.com", f"203.0.{number}.9")
    assert asks("legal@example.com", "198.51.100.1").status_code == 200
    longest = max(pause.seconds(timezone.now()) for pause in Pause.objects.all())
    assert longest <= 60


def test_where_a_person_has_signed_in_before_no_others_hold_them_up(mailoutbox):
    known = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1")
    remember(known, person("eu-legal").pk)
    for number in range(60):
        asks("legal@example.com", f"203.0.{number}.9")
    assert asks("legal@example.com", "198.51.100.1").status_code == 302


def test_what_waits_for_the_worker_names_nobody(mailoutbox):
    for email in ("legal@example.com", "nobody@example.com"):
        Client().post(ADDRESS, {"email": email})
    kept = [result.args_kwargs["args"][0] for result in DBTaskResult.objects.order_by("enqueued_at")]
    assert kept[-2:] == [[person("eu-legal").pk], []]
    assert "@" not in str([*DBTaskResult.objects.values()])


def test_two_people_with_one_address_get_one_message_each(mailoutbox):
    User.objects.filter(username="us-legal").update(email="legal@example.com")
    Client().post(ADDRESS, {"email": "legal@example.com"})
    work()
    assert [mail.to for mail in mailoutbox] == [["legal@example.com"]] * 2


def test_one_address_asks_for_few(mailoutbox):
    answers = [Client().post(ADDRESS, {"email": f"{number}@example.com"}) for number in range(12)]
    assert answers[-1].status_code == 200


def test_what_leads_there_leads_nowhere_else(client, mailoutbox):
    client.post(ADDRESS, {"email": "legal@example.com"}, headers={"x-forwarded-host": "evil.test"})
    work()
    assert "evil.test" not in mailoutbox[0].body
    assert person("eu-legal").check_password("") is False


def test_the_answer_asks_the_same_of_the_database_whoever_has_the_address(mailoutbox):
    asked = []
    for email in ("legal@example.com", "nobody@example.com"):
        with CaptureQueriesContext(connection) as found:
            Client().post(ADDRESS, {"email": email})
        asked.append([re.sub(r"'[^']*'|\d+", "", query["sql"])[:40] for query in found])
    assert asked[0] == asked[1]
    assert not mailoutbox
