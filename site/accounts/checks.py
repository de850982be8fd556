"""System checks of the settings of signing in."""

from collections.abc import Sequence
from ipaddress import ip_network

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from .client_address import SOCKET


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what nobody could sign in with, or too many could."""
    return [*_proxies(), *_provider(), *_sessions()]


def _sessions() -> list[CheckMessage]:
    told = {name: getattr(settings, name) for name in ("SESSION_IDLE_MINUTES", "SESSION_MAX_HOURS")}
    hint = "Such as 30 minutes and 12 hours."
    return [
        Error(f"{name} is {value}: nobody could stay signed in.", hint=hint, id="accounts.E003")
        for name, value in told.items()
        if value < 1
    ]


def _provider() -> list[CheckMessage]:
    told = {name: getattr(settings, name) for name in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")}
    if not any(told.values()):
        return []
    missing = [f"{name} is missing." for name, value in told.items() if not value]
    is_open = told["OIDC_ISSUER"].startswith("http:") and not settings.DEMO
    faults = [*missing, *(["OIDC_ISSUER does not begin with https."] if is_open else [])]
    hint = "Set all three, or none for no single sign-on."
    return [Error(fault, hint=hint, id="accounts.E002") for fault in faults]


def _proxies() -> list[CheckMessage]:
    return [
        Error(
            f"TRUSTED_PROXIES has “{network}”, which is no network.",
            hint="Such as 10.0.0.0/8.",
            id="accounts.E001",
        )
        for network in settings.TRUSTED_PROXIES
        if network != SOCKET and not _is_network(network)
    ]


def _is_network(text: str) -> bool:
    try:
        return bool(ip_network(text))
    except ValueError:
        return False
