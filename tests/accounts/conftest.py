"""People with second factors, as the tests of signing in have them."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import get_user_model
from django.test import Client

from demo import people


@pytest.fixture
def demanding(settings):
    """A site that demands a second factor, as in production."""
    settings.MFA_REQUIRED = True


def person(username: str):
    return get_user_model().objects.get(username=username)


def code_of(secret: str, at: float | None = None) -> str:
    """Return what an authenticator app shows."""
    return format_hotp_value(hotp_value(secret, int((at or time.time()) // 30)))


def with_app(username: str) -> str:
    """Give a person an authenticator app and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person(username), secret)
    RecoveryCodes.activate(person(username))
    return secret


def give_password(client: Client, username: str, password: str | None = None, **more):
    posted = {"login": username, "password": people.password() if password is None else password}
    return client.post("/admin/login/", posted, **more)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
