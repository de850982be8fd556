"""Who gets in, by which door."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from demo import people

from .conftest import code_of, give_password, is_signed_in, with_app

pytestmark = pytest.mark.django_db


def test_a_person_signs_in_with_their_password(client):
    assert give_password(client, "eu-editor")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_a_wrong_password_opens_nothing(client):
    answer = give_password(client, "eu-editor", "not it")
    assert answer.status_code == 200
    assert not is_signed_in(client)


def test_an_unknown_name_is_told_the_same(client):
    known, unknown = give_password(client, "eu-editor", "x"), give_password(Client(), "nobody-here", "x")
    assert known.context["form"].errors == unknown.context["form"].errors


def test_whoever_has_an_app_needs_its_code(client):
    secret = with_app("eu-legal")
    assert give_password(client, "eu-legal")["Location"] == "/admin/login/code/"
    assert not is_signed_in(client)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert client.post("/admin/login/code/", {"code": "000000"}).status_code == 200
    assert not is_signed_in(client)
    assert client.post("/admin/login/code/", {"code": code_of(secret)})["Location"] == "/admin/"
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "next_url", ["https://evil.test/", r"/\evil.test", "//evil.test/", "javascript:alert(1)"]
)
def test_nobody_is_led_away_after_signing_in(client, next_url):
    answer = client.post(
        "/admin/login/?next=" + next_url, {"login": "eu-editor", "next": next_url, **password()}
    )
    assert answer["Location"] == "/admin/"


def test_whoever_came_for_a_page_gets_there(client):
    answer = client.post("/admin/login/", {"login": "eu-editor", "next": "/admin/reports/", **password()})
    assert answer["Location"] == "/admin/reports/"


def password() -> dict[str, str]:
    return {"password": people.password()}


def test_asking_for_the_way_out_changes_nothing(client):
    give_password(client, "eu-editor")
    assert client.get("/admin/logout/").status_code == 200
    assert is_signed_in(client)
    client.post("/admin/logout/")
    assert not is_signed_in(client)


def test_a_secret_is_not_in_the_database(client):
    secret = with_app("eu-legal")
    assert all(secret not in str(found.data) for found in Authenticator.objects.all())
