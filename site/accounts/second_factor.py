"""Who needs a second factor, and who has one."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest

from home.access import LEGAL, is_in_a_team

from .single_sign_on import provider_vouches

GIVES_RIGHTS = ("auth.add_user", "auth.change_user", "auth.add_group", "auth.change_group")


def has_second_factor(user: AbstractBaseUser) -> bool:
    """Say whether `user` has an authenticator app or a passkey; recovery codes alone are none."""
    authenticators = Authenticator.objects.filter(user_id=user.pk)
    return authenticators.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def must_have_second_factor(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Say whether `user` approves, administers, or gives others their rights."""
    return is_in_a_team(user, LEGAL) or any(user.has_perm(right) for right in GIVES_RIGHTS)  # type: ignore[union-attr]


def lacks_second_factor(request: HttpRequest) -> bool:
    """Say whether `request` is somebody's who is signed in without the second factor that they need."""
    user = request.user
    if not settings.MFA_REQUIRED or not user.is_authenticated or not must_have_second_factor(user):
        return False
    return not has_second_factor(user) and not provider_vouches(request, user)
