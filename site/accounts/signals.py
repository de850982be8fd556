"""What happens to accounts, in the log and in the admin's audit trail: a person's number, and no more."""

import logging
from typing import Any

from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from wagtail.log_actions import log

from . import sessions, throttle

logger = logging.getLogger("accounts")


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> None:
    """Keep that `user` has signed in, and from where they are known; their time begins."""
    sessions.opened(request.session)
    throttle.remember(request, user.pk)
    _note("accounts.sign_in", user)


@receiver(user_logged_out)
def note_sign_out(user: AbstractBaseUser | None, **kwargs: Any) -> None:
    """Keep that `user` has signed out."""
    if user is not None:
        _note("accounts.sign_out", user)


@receiver(user_login_failed)
def note_failure(**kwargs: Any) -> None:
    """Keep that somebody gave a name and a password that do not fit; whose, the log does not say."""
    logger.warning("accounts.failed: a name and a password that do not fit")


@receiver(authentication_failed)
def note_wrong_code(user: AbstractBaseUser, **kwargs: Any) -> None:
    """Keep that `user` gave their password and a code that does not fit."""
    _note("accounts.wrong_code", user)


@receiver(authenticator_added)
@receiver(authenticator_reset)
def note_added(user: AbstractBaseUser, authenticator: Any, **kwargs: Any) -> None:
    """Keep that `user` has a new second factor."""
    _note("accounts.factor_added", user, kind=authenticator.type)


@receiver(authenticator_removed)
def note_removed(user: AbstractBaseUser, authenticator: Any, **kwargs: Any) -> None:
    """Keep that `user` has a second factor less."""
    _note("accounts.factor_removed", user, kind=authenticator.type)


def _note(action: str, user: AbstractBaseUser, **more: str) -> None:
    logger.info("%s: person %s %s", action, user.pk, " ".join(more.values()))
    log(user, action, user=user, data=more or None)
