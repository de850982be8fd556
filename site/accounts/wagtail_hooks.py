"""The place of accounts in Wagtail's admin."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

ACTIONS = {
    "accounts.sign_in": (gettext_lazy("Sign in"), gettext_lazy("Signed in")),
    "accounts.sign_out": (gettext_lazy("Sign out"), gettext_lazy("Signed out")),
    "accounts.wrong_code": (gettext_lazy("Wrong code"), gettext_lazy("A code that does not fit")),
    "accounts.factor_added": (gettext_lazy("Add a second factor"), gettext_lazy("Second factor added")),
    "accounts.factor_removed": (
        gettext_lazy("Remove a second factor"),
        gettext_lazy("Second factor removed"),
    ),
}


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    """Name what the audit trail keeps of accounts."""
    for action, (label, message) in ACTIONS.items():
        actions.register_action(action, label, message)


@hooks.register("register_account_menu_item")
def second_factor_item(request: HttpRequest) -> dict[str, str]:
    """Lead from a person's account to their second factors."""
    return {
        "url": reverse("mfa_index"),
        "label": gettext("Second factor"),
        "help_text": gettext("An authenticator app, passkeys and recovery codes."),
    }


@hooks.register("insert_global_admin_js")
def keep_unsaved_work() -> SafeString:
    """Keep what is written when a session ends meanwhile."""
    return render_to_string("accounts/session_script.html")
