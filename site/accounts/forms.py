"""The forms of signing in that wait, as allauth and Wagtail are told of them in the settings."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from wagtail.admin.forms.auth import PasswordChangeForm, PasswordResetForm

from .reset import people_with, send_reset
from .throttle import Attempt, PausedError, paused


class SlowCodeMixin:
    """Pauses after codes that do not fit."""

    user: Any

    def clean_code(self) -> str:
        """Return the code, which fits. Raises ValidationError."""
        attempt = Attempt.to_enter_code(context.request, self.user.pk)
        try:
            attempt.start()
        except PausedError as error:
            raise paused(error) from error
        code: str = super().clean_code()  # type: ignore[misc]
        attempt.succeed()
        return code


class CodeForm(SlowCodeMixin, AuthenticateForm):
    """Asks for a code to sign in."""


class CodeAgainForm(SlowCodeMixin, ReauthenticateForm):
    """Asks for a code once more, before something that matters."""


class SlowPasswordChangeForm(PasswordChangeForm):
    """Asks for the old password as the sign-in does: whoever finds a window open does not guess it."""

    def clean_old_password(self) -> str:
        """Return the old password, which fits. Raises ValidationError."""
        attempt = Attempt.to_sign_in(context.request, self.user.get_username())
        try:
            attempt.start()
        except PausedError as error:
            raise paused(error) from error
        password: str = super().clean_old_password()
        attempt.succeed()
        return password


class SlowPasswordResetForm(PasswordResetForm):
    """Asks for an e-mail address, and says the same whoever has it, or nobody."""

    def clean(self) -> dict[str, Any]:
        """Return what was typed, unless it is too early. Raises ValidationError."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "email" in cleaned:
            try:
                Attempt.to_reset(context.request, cleaned["email"]).start()
            except PausedError as error:
                raise paused(error) from error
        return cleaned

    def save(self, **options: Any) -> None:
        """Have the worker send it, so that the answer takes as long for an address that nobody has."""
        request = options["request"]
        people = people_with(self.cleaned_data["email"])
        send_reset.enqueue(people, request.get_host(), request.is_secure())
