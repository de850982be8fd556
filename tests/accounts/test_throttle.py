"""Guessing is slow, and nobody is locked out by what others guess."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Pause
from accounts.throttle import HERE, PERSON, PERSON_HERE
from demo import people

from .conftest import code_of, give_password, is_signed_in, person, with_app

pytestmark = pytest.mark.django_db
OWN, ELSEWHERE = {"REMOTE_ADDR": "198.51.100.1"}, {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture(autouse=True)
def clock():
    """A clock that a test moves on."""
    with time_machine.travel(timezone.now(), tick=False) as moved:
        yield moved


def fail(times: int, name: str = "eu-editor", **where) -> None:
    """Try in vain, each time as soon as it may be tried."""
    for _ in range(times):
        give_password(Client(), name, "wrong", **where)


def seconds_to_wait(name: str = "eu-editor", **where) -> int:
    errors = give_password(Client(), name, "wrong", **where).context["form"].errors.as_data()
    [error] = errors["__all__"]
    return int(str(error.message).split()[-2]) if error.code == "paused" else 0


@pytest.mark.parametrize(
    ("limit", "failures", "seconds"),
    [
        (PERSON_HERE, 0, 0),
        (PERSON_HERE, 4, 0),
        (PERSON_HERE, 5, 2),
        (PERSON_HERE, 6, 4),
        (PERSON_HERE, 100_000, 900),
        (PERSON, 10, 0),
        (PERSON, 50, 60),
        (HERE, 21, 2),
        (HERE, 500, 300),
    ],
)
def test_pauses_grow(limit, failures, seconds):
    assert limit.pause(failures) == timedelta(seconds=seconds)


def test_a_few_slips_cost_nothing(client):
    fail(4, **OWN)
    assert give_password(client, "eu-editor", **OWN)["Location"] == "/admin/"


def test_the_right_password_waits_its_turn_too(client, clock):
    fail(5, **OWN)
    assert "Please wait 2 seconds" in give_password(client, "eu-editor", **OWN).text
    assert not is_signed_in(client)
    clock.shift(3)
    give_password(client, "eu-editor", **OWN)
    assert is_signed_in(client)


def test_trying_during_a_pause_makes_it_no_longer(clock):
    fail(5, **OWN)
    fail(50, **OWN)
    clock.shift(3)
    assert seconds_to_wait(**OWN) == 0


def test_whoever_gets_in_starts_afresh(client):
    fail(4, **OWN)
    give_password(client, "eu-editor", **OWN)
    fail(4, **OWN)
    assert seconds_to_wait(**OWN) == 0


def test_many_addresses_that_guess_one_password_are_slowed(clock):
    for number in range(11):
        fail(1, REMOTE_ADDR=f"203.0.113.{number}")
    assert seconds_to_wait(REMOTE_ADDR="203.0.113.99") == 2


def test_the_owner_is_not_slowed_where_they_have_signed_in_before(client):
    give_password(client, "eu-editor", **OWN)
    for number in range(40):
        fail(1, REMOTE_ADDR=f"203.0.113.{number}")
    owner = Client()
    give_password(owner, "eu-editor", **OWN)
    assert is_signed_in(owner)


def test_another_persons_address_is_not_known_for_that(client):
    give_password(client, "us-editor", **OWN)
    for number in range(11):
        fail(1, REMOTE_ADDR=f"203.0.113.{number}")
    assert seconds_to_wait(**OWN) == 2


def test_one_address_that_tries_many_names_is_slowed(client):
    for number in range(21):
        fail(1, name=f"person-{number}", **ELSEWHERE)
    assert seconds_to_wait("person-99", **ELSEWHERE) == 2
    assert seconds_to_wait("person-99", **OWN) == 0


def test_own_successes_buy_no_guesses_at_others(client):
    for number in range(21):
        give_password(Client(), "us-editor", **ELSEWHERE)
        fail(1, name=f"person-{number}", **ELSEWHERE)
    assert seconds_to_wait("person-99", **ELSEWHERE) > 0


def test_what_nobody_tries_for_a_day_is_forgotten(clock):
    fail(5, **OWN)
    clock.shift(timedelta(days=1, seconds=1))
    fail(4, **OWN)
    assert seconds_to_wait(**OWN) == 0


def test_a_name_counts_the_same_in_capitals():
    fail(3, **OWN)
    fail(2, name="EU-Editor", **OWN)
    assert seconds_to_wait(**OWN) == 2


def test_codes_are_not_guessed_either(client, clock):
    secret = with_app("eu-legal")
    give_password(client, "eu-legal", **OWN)
    for _ in range(5):
        client.post("/admin/login/code/", {"code": "000000"}, **OWN)
    right = {"code": code_of(secret)}
    assert "Please wait 2 seconds" in client.post("/admin/login/code/", right, **OWN).text
    clock.shift(3)
    client.post("/admin/login/code/", {"code": code_of(secret)}, **OWN)
    assert is_signed_in(client)


def test_no_name_and_no_address_is_kept():
    fail(2, **OWN)
    kept = str([*Pause.objects.values()])
    assert "eu-editor" not in kept
    assert OWN["REMOTE_ADDR"] not in kept


def change_password(client, old: str):
    new = {"password-new_password1": "a-long-enough-phrase", "password-new_password2": "a-long-enough-phrase"}
    rest = {"name_email-first_name": "E", "name_email-last_name": "D", "name_email-email": "e@example.com"}
    rest |= {"theme-theme": "dark", "theme-contrast": "system", "theme-density": "default"}
    rest |= {"digest-frequency": "weekly", "locale-preferred_language": "", "locale-current_time_zone": ""}
    return client.post("/admin/account/", {"password-old_password": old, **new, **rest}, **OWN)


def test_the_old_password_is_not_guessed_in_a_window_left_open(eu_editor, clock):
    for _ in range(5):
        assert "was entered incorrectly" in change_password(eu_editor, "wrong").text
    assert "Please wait 2 seconds" in change_password(eu_editor, people.password()).text
    assert person("eu-editor").check_password(people.password())
    clock.shift(3)
    assert change_password(eu_editor, people.password()).status_code == 302
    assert person("eu-editor").check_password("a-long-enough-phrase")


def test_what_else_is_in_the_account_is_changed_without_the_password(eu_editor):
    assert eu_editor.post("/admin/account/", {"theme-theme": "dark"}).status_code in (200, 302)
    assert not Pause.objects.exists()


def test_the_account_is_for_those_who_are_signed_in(client):
    assert client.get("/admin/account/")["Location"].startswith("/admin/login/")
