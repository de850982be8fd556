"""Errors told to Sentry, or what speaks its language: what broke and where, nothing about a person."""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.django import DjangoIntegration

PERSONAL = ("user", "breadcrumbs", "extra")
OF_A_REQUEST = frozenset({"method", "url"})


def report_errors_to(dsn: str) -> None:
    """Report each error and each logged one to `dsn`, from now on."""
    sentry_sdk.init(
        dsn,
        integrations=[DjangoIntegration()],
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=without_personal_details,
    )


def without_personal_details(event: Any, _hint: Any) -> Any:
    """Return `event` less all that may tell who was there: of the request, its method and path stay."""
    kept = {name: value for name, value in event.items() if name not in PERSONAL}
    if request := event.get("request"):
        kept["request"] = {name: value for name, value in request.items() if name in OF_A_REQUEST}
    return kept
