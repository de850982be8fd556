"""Every other door that a password alone might open, tried by direct request."""

import pytest
from django.contrib.auth import views as django_auth
from django.urls import NoReverseMatch, resolve, reverse
from wagtail.admin.views import account as wagtail_account

from demo import people
from tests.config.routes import routes

from .conftest import is_signed_in, with_app

pytestmark = pytest.mark.django_db
NAMES = ["account_signup", "account_email", "account_request_login_code", "account_confirm_login_code"]
NAMES += ["account_set_password", "account_reset_password", "account_signup_by_passkey", "mfa_trust"]
ASKS_FOR_A_PASSWORD = (django_auth.LoginView, wagtail_account.LoginView)


def leads_in(view) -> bool:
    view = getattr(view, "view_class", None)
    return isinstance(view, type) and issubclass(view, ASKS_FOR_A_PASSWORD)


def test_no_address_leads_to_a_form_that_takes_a_password_alone():
    found = [route.address({}) for route in routes() if leads_in(route.view)]
    assert "/admin/login/" in found
    assert [address for address in found if leads_in(resolve(address).func)] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_would_let_strangers_in_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/_util/login/", "/de/_util/login/", "/admin/login/"])
@pytest.mark.parametrize("field", ["login", "username"])
def test_a_password_alone_opens_nothing_to_whoever_has_an_app(client, path, field):
    with_app("eu-legal")
    client.post(path, {field: "eu-legal", "password": people.password()}, follow=True)
    assert not is_signed_in(client)


def test_the_admins_api_takes_no_password(client):
    answer = client.get("/admin/api/main/pages/", headers={"authorization": "Basic ZXUtbGVnYWw6eA=="})
    assert answer.status_code == 302


def test_a_code_is_asked_for_by_nobody_without_a_password(client):
    assert client.get("/admin/login/code/")["Location"] == "/admin/login/"
    assert client.post("/admin/login/code/", {"code": "123456"})["Location"] == "/admin/login/"


def test_whoever_may_not_come_any_more_does_not(client, django_user_model):
    django_user_model.objects.filter(username="eu-editor").update(is_active=False)
    client.post("/admin/login/", {"login": "eu-editor", "password": people.password()})
    assert not is_signed_in(client)
    assert client.get("/admin/login/inactive/").status_code == 200
