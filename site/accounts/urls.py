"""The admin's addresses for coming in, in the place of Wagtail's; what is not here, is closed.

Of allauth's own addresses, those that would let somebody sign up or in by an e-mail are left out.
"""

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount.providers.openid_connect import views as sso
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import include, path, reverse
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.admin.auth import require_admin_access

from . import views
from .account_view import SlowAccountView


def apart(view: Any) -> Any:
    """Return `view` such that no decision waits for it, nor it for one, and nobody keeps its answer."""

    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ReauthenticationRequired:
            return _ask_again(request)

    answer.opens_own_transaction = True  # type: ignore[attr-defined]
    return answer


def whole(view: Any) -> Any:
    """Return `view` apart, with all that it changes or nothing."""
    return apart(transaction.atomic(view))


def _ask_again(request: HttpRequest) -> HttpResponseBase:
    """Lead to where a person shows who they are, as allauth's middleware does where an error reaches it."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    if request.user.is_authenticated and not methods:
        raise PermissionDenied
    where = methods[0]["url"] if methods else reverse("account_login")
    return redirect(f"{where}?{urlencode({'next': request.path})}")


SECOND_FACTOR = [
    path("", whole(mfa.index), name="mfa_index"),
    path("again/", apart(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("app/", whole(totp.activate_totp), name="mfa_activate_totp"),
    path("app/remove/", whole(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("codes/", whole(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("codes/new/", whole(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("codes/file/", whole(recovery_codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("passkeys/", whole(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/add/", whole(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/again/", apart(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/", whole(passkeys.edit_webauthn), name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", whole(passkeys.remove_webauthn), name="mfa_remove_webauthn"),
]

urlpatterns = [
    path("login/", apart(account.login), name="account_login"),
    path("login/code/", apart(mfa.authenticate), name="mfa_authenticate"),
    path("login/passkey/", apart(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("login/inactive/", apart(account.account_inactive), name="account_inactive"),
    path("login/with/<slug:provider_id>/", apart(sso.login), name="openid_connect_login"),
    path("login/with/<slug:provider_id>/back/", apart(sso.callback), name="openid_connect_callback"),
    path(
        "login/cancelled/",
        RedirectView.as_view(pattern_name="account_login"),
        name="socialaccount_login_cancelled",
    ),
    path("session/", apart(views.session), name="session"),
    path("session/signed-in/", apart(views.signed_in), name="signed_in"),
    path("logout/", apart(account.logout), name="account_logout"),
    # In the place of Wagtail's, which lets the old password be guessed.
    path("account/", require_admin_access(SlowAccountView.as_view()), name="wagtailadmin_account"),
    path("account/again/", apart(account.reauthenticate), name="account_reauthenticate"),
    path("account/second-factor/", include(SECOND_FACTOR)),
]
