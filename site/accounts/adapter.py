"""What allauth asks of this site: nobody signs up, secrets lie encrypted, people hear of changes."""

import base64
import logging
import time
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.encoding import force_bytes

from .client_address import client_address
from .throttle import Attempt, PausedError, paused

logger = logging.getLogger("accounts")

FRESH = 300  # seconds after a sign-in in which nobody is asked again who they are


class AccountAdapter(DefaultAccountAdapter):
    """Accounts that administrators make, and nobody else."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: people are made in the admin."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Say whether to ask again who it is: not of somebody who has just come in."""
        return not _is_fresh(self.request) and super().is_reauthentication_required(app=app, **kwargs)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell `user` at the address that the admin knows, where there is one; without post, go on."""
        try:
            if email := email or getattr(user, "email", ""):
                super().send_notification_mail(template_prefix, user, context, email)
        except OSError:
            logger.exception("Person %s could not be told of a change.", user.pk)

    def get_login_stages(self) -> list[str]:
        """Return allauth's, with ours that asks for the second factor."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.single_sign_on.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the client's address as trusted proxies tell it."""
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return the person whose name and password these are. Raises ValidationError if it is too early."""
        attempt = Attempt.to_sign_in(request, credentials.get("username", ""))
        try:
            attempt.start()
        except PausedError as error:
            raise paused(error) from error
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            attempt.succeed()
        return user


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors whose secrets nobody reads in a copy of the database."""

    def encrypt(self, text: str) -> str:
        """Return `text` encrypted with a key made of SECRET_KEY."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was encrypted with SECRET_KEY or one of its fallbacks."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _is_fresh(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < FRESH


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (sha256(b"accounts.second_factor" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
