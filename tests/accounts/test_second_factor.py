"""Legal and administrators get nowhere without a second factor."""

import time
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import Resolver404, resolve

from accounts.middleware import OPEN
from demo import people
from tests.cases import first_cases
from tests.config.routes import routes
from tests.conftest import signed_in

from .conftest import code_of, give_password, is_signed_in, person, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demanding")]
METHODS = ["get", "post", "put", "patch", "delete", "head", "options"]
MADE_UP = dict.fromkeys(["uidb64", "token", "app_label", "model_name", "app_name", "action", "slug"], "x")


def admin_addresses() -> set[str]:
    """Return one address for each route of the admin, and whatever stands below."""
    found = set()
    for route in routes():
        values = {name: MADE_UP.get(name, "1") for name in route.names}
        address = route.address(values)
        if address.startswith("/admin/"):
            found.add(address)
    return found


def is_open(address: str) -> bool:
    try:
        return resolve(address).view_name in OPEN
    except Resolver404:
        return True


@first_cases("username", ["eu-legal", "admin"])
@first_cases("method", METHODS)
def test_whoever_lacks_one_meets_nothing_else(username, method):
    client = signed_in(username)
    answered = {
        address: answer.status_code
        for address in admin_addresses()
        if not is_open(address)
        for answer in [getattr(client, method)(address)]
        if answer.status_code != 403 and answer.get("Location") != "/admin/account/second-factor/"
    }
    assert answered == {}


def test_editors_need_none(eu_editor):
    assert eu_editor.get("/admin/").status_code == 200


@pytest.mark.parametrize("username", ["eu-legal", "admin"])
def test_whoever_has_one_works_as_ever(username):
    with_app(username)
    assert signed_in(username).get("/admin/").status_code == 200


def test_recovery_codes_alone_are_none(eu_legal):
    Authenticator.objects.create(user=person("eu-legal"), type="recovery_codes", data={})
    assert eu_legal.get("/admin/").status_code == 302


def test_where_none_is_demanded_nobody_is_asked(settings, eu_legal):
    settings.MFA_REQUIRED = False
    assert eu_legal.get("/admin/").status_code == 200


def test_on_the_site_itself_they_are_nobody(eu_legal):
    assert not eu_legal.get("/eu/").wsgi_request.user.is_authenticated


def test_a_visitors_page_varies_by_nothing(client):
    assert not client.get("/eu/").has_header("Vary")


def test_they_add_one_and_go_on(client):
    give_password(client, "eu-legal")
    assert client.get("/admin/")["Location"] == "/admin/account/second-factor/"
    form = client.get("/admin/account/second-factor/app/")
    code = code_of(form.context["form"].secret)
    added = client.post("/admin/account/second-factor/app/", {"code": code})
    assert added["Location"] == "/admin/account/second-factor/codes/"
    assert client.get(added["Location"]).status_code == 200
    assert client.get("/admin/").status_code == 200
    again = Client()
    assert give_password(again, "eu-legal")["Location"] == "/admin/login/code/"
    assert not is_signed_in(again)


def test_whoever_has_an_address_hears_of_a_new_one(client, mailoutbox, django_capture_on_commit_callbacks):
    give_password(client, "eu-legal")
    person_ = person("eu-legal")
    type(person_).objects.filter(pk=person_.pk).update(email="legal@example.com")
    form = client.get("/admin/account/second-factor/app/")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/admin/account/second-factor/app/", {"code": code_of(form.context["form"].secret)})
    assert [message.to for message in mailoutbox] == [["legal@example.com"]]


def test_to_add_a_second_one_asks_who_it_is(client):
    secret = with_app("eu-legal")
    give_password(client, "eu-legal")
    with time_machine.travel(time.time() + 60 * 10, tick=False):
        client.post("/admin/login/code/", {"code": code_of(secret)})
    with time_machine.travel(time.time() + 60 * 20, tick=False):
        answer = client.get("/admin/account/second-factor/passkeys/add/")
        assert answer["Location"].startswith("/admin/account/again/")
        client.post(answer["Location"], {"password": people.password()})
        assert client.get("/admin/account/second-factor/passkeys/add/").status_code == 200


def test_who_has_lost_theirs_gets_a_fresh_start(eu_legal):
    with_app("eu-legal")
    call_command("reset_second_factor", "eu-legal", verbosity=0, stdout=StringIO())
    assert eu_legal.get("/admin/")["Location"] == "/admin/account/second-factor/"
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody-here")
