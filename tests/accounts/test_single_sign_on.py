"""Single sign-on with a real provider, on this machine: who gets in, and who never does."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from oidc_provider_mock import run_server_in_thread

from accounts.single_sign_on import person_with, verified_email

from .conftest import is_signed_in, person, with_app

pytestmark = [
    pytest.mark.django_db,
    # The provider's, about a library of its own.
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]
LOGIN = "/admin/login/with/sso/?process=login"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that believes whoever asks."""
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def issuer(provider, settings) -> str:
    """A site that lets people in who come from the provider."""
    app = {"provider_id": "sso", "name": "The clinic", "client_id": "site", "secret": "hidden"}
    app["settings"] = {"server_url": provider}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return provider


@pytest.fixture(autouse=True)
def _addresses():
    User.objects.filter(username="eu-editor").update(email="Editor@example.com")
    User.objects.filter(username="eu-legal").update(email="legal@example.com")


def come_from(client, issuer: str, start: str = LOGIN, **claims):
    """Go to the provider and come back as whom it takes somebody for."""
    httpx.put(f"{issuer}/users/somebody", json=claims).raise_for_status()
    away = client.get(start)["Location"]
    assert away.startswith(issuer)
    back = urlsplit(httpx.post(away, data={"sub": "somebody"}).headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def test_whose_verified_address_fits_gets_in(client, issuer):
    answer = come_from(client, issuer, email="editor@example.com", email_verified=True)
    assert answer["Location"] == "/admin/"
    assert client.session["_auth_user_id"] == str(person("eu-editor").pk)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "editor@example.com", "email_verified": False},
        {"email": "editor@example.com", "email_verified": "true"},
        {"email": "editor@example.com"},
        {"email": "stranger@example.com", "email_verified": True},
        {"email": "", "email_verified": True},
        {"email_verified": True},
    ],
)
def test_others_do_not(client, issuer, claims):
    people = User.objects.count()
    assert come_from(client, issuer, **claims)["Location"] == "/admin/login/"
    assert not is_signed_in(client)
    assert User.objects.count() == people
    assert "Single sign-on did not work" in client.get("/admin/login/").text


def test_two_with_one_address_are_nobody(client, issuer):
    User.objects.create(username="twin", email="EDITOR@example.com")
    come_from(client, issuer, email="editor@example.com", email_verified=True)
    assert not is_signed_in(client)


def test_whoever_may_not_come_any_more_does_not(client, issuer):
    User.objects.filter(username="eu-editor").update(is_active=False)
    come_from(client, issuer, email="editor@example.com", email_verified=True)
    assert not is_signed_in(client)


def test_whose_address_has_changed_comes_in_no_more(client, issuer):
    claims = {"email": "editor@example.com", "email_verified": True}
    come_from(client, issuer, **claims)
    client.post("/admin/logout/")
    User.objects.filter(username="eu-editor").update(email="other@example.com")
    come_from(client, issuer, **claims)
    assert not is_signed_in(client)


def test_an_app_is_asked_for_all_the_same(client, issuer):
    with_app("eu-legal")
    answer = come_from(client, issuer, email="legal@example.com", email_verified=True)
    assert answer["Location"] == "/admin/login/code/"
    assert not is_signed_in(client)


def test_unless_the_provider_asks_for_one_itself(client, issuer, settings, demanding):
    settings.OIDC_MFA_COUNTS = True
    with_app("eu-legal")
    come_from(client, issuer, email="legal@example.com", email_verified=True)
    assert client.get("/admin/").status_code == 200


def test_without_an_app_legal_gets_one_first(client, issuer, demanding):
    come_from(client, issuer, email="legal@example.com", email_verified=True)
    assert client.get("/admin/")["Location"] == "/admin/account/second-factor/"
    assert client.get("/admin/account/second-factor/app/").status_code == 200


def test_nobody_ties_a_strangers_account_to_their_own(client, issuer, eu_editor):
    start = "/admin/login/with/sso/?process=connect"
    come_from(eu_editor, issuer, start, email="stranger@example.com", email_verified=True)
    assert not SocialAccount.objects.exists()


def test_the_answer_to_another_browsers_question_is_none(client, issuer):
    away = client.get(LOGIN)["Location"]
    back = urlsplit(httpx.post(away, data={"sub": "somebody"}).headers["Location"])
    client.cookies.clear()
    client.get(f"{back.path}?{back.query}")
    assert not is_signed_in(client)


def test_nobody_is_led_away(client, issuer):
    start = f"{LOGIN}&next=https://evil.test/"
    answer = come_from(client, issuer, start, email="editor@example.com", email_verified=True)
    assert answer["Location"] == "/admin/"


def test_without_a_provider_there_is_none(client):
    assert client.get(LOGIN).status_code == 404
    assert "/admin/login/with/" not in client.get("/admin/login/").text


def test_the_sign_in_leads_there_by_its_name(client, issuer):
    assert "Sign in with The clinic" in client.get("/admin/login/").text


@pytest.mark.parametrize("email", ["edıtor@example.com", "editor@example.com ", "editor@еxample.com"])
def test_letters_that_only_look_alike_are_others(email):
    assert person_with(email) is None


def test_a_claim_is_read_from_where_it_is_vouched_for():
    assert verified_email({"userinfo": {"email": "a@b", "email_verified": True}}) == "a@b"
    assert verified_email({"id_token": {"email": "a@b", "email_verified": 1}}) == ""
