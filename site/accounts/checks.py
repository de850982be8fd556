"""System checks of the settings of signing in."""

from collections.abc import Sequence
from ipaddress import ip_network

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what nobody could sign in with, or too many could."""
    return [*_proxies()]


def _proxies() -> list[CheckMessage]:
    return [
        Error(
            f"TRUSTED_PROXIES has “{network}”, which is no network.",
            hint="Such as 10.0.0.0/8.",
            id="accounts.E001",
        )
        for network in settings.TRUSTED_PROXIES
        if not _is_network(network)
    ]


def _is_network(text: str) -> bool:
    try:
        return bool(ip_network(text))
    except ValueError:
        return False
