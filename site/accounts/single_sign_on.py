"""Single sign-on: who comes from the organisation's own provider, and is somebody here already.

A person is known by the e-mail address that the provider has verified, each time anew: no account is
made, none is linked, and whoever's address changes here or there comes in no more.
"""

import logging
from typing import Any, NoReturn

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext

logger = logging.getLogger("accounts")


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Lets in whom the provider vouches for and an administrator has made."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Say no: people are made in the admin."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Take the person whose address this is. Raises ImmediateHttpResponse where there is none."""
        person = person_with(verified_email(sociallogin.account.extra_data))
        if person is None or sociallogin.state.get("process") != "login":
            _refuse(request)
        sociallogin.user = person

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        """Lead back to the sign-in. Raises ImmediateHttpResponse."""
        _refuse(request)


class SecondFactorStage(AuthenticateStage):
    """Asks for the second factor, unless the provider's counts."""

    def handle(self) -> tuple[Any, bool]:
        """Return the way to the page that asks, if any, and whether to go on without."""
        if provider_vouches(self.request, self.login.user):
            return None, True
        answer: tuple[Any, bool] = super().handle()
        return answer


def provider_vouches(request: HttpRequest, user: AbstractBaseUser | None) -> bool:
    """Say whether `user` came from a provider whose own second factor counts."""
    if not settings.OIDC_MFA_COUNTS or user is None:
        return False
    records = get_authentication_records(request, user)
    return any(record["method"] == "socialaccount" for record in records)


def verified_email(claims: dict[str, Any]) -> str:
    """Return the address that the provider has verified; empty where it says so of none."""
    told = claims.get("userinfo") or claims.get("id_token") or claims
    return str(told.get("email", "")) if told.get("email_verified") is True else ""


def person_with(email: str) -> AbstractBaseUser | None:
    """Return who has `email`; nobody where two have it, in whatever case, or who has it is not active."""
    people = [*get_user_model().objects.filter(email__iexact=email)] if email else []
    found = [person for person in people if _is_same(person.email, email)]
    return found[0] if len(found) == len(people) == 1 and found[0].is_active else None


def _is_same(one: str, other: str) -> bool:
    """Compare as people read ASCII; letters that only look alike, or only in capitals, differ."""
    return one == other or (one.isascii() and other.isascii() and one.lower() == other.lower())


def _refuse(request: HttpRequest) -> NoReturn:
    logger.warning("accounts.failed: a single sign-on that does not fit")
    messages.error(
        request, gettext("Single sign-on did not work. Ask an administrator whether they know you.")
    )
    raise ImmediateHttpResponse(redirect("account_login"))
