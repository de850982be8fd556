"""System checks of what the environment says: what is missing, and what contradicts something else."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage

A_YEAR = 365 * 24 * 60 * 60  # seconds, the least that browsers' makers take on their lists
EVERYWHERE = ("0.0.0.0", "[::]", "*")  # noqa: S104 - what nobody should listen at
WITHOUT = {
    "ANCHOR_STORAGE_URL": "anchors of the record are kept in its own database only.",
    "CACHE_URL": "each process has a cache of its own, and counts attempts to sign in by itself.",
    "DATABASE_URL": "all is kept in one file, by SQLite, on this machine.",
    "DEFAULT_FROM_EMAIL": "e-mails come from webmaster@localhost, which mail servers refuse.",
    "EMAIL_URL": "e-mails go to a mail server on this machine, if there is one.",
    "SECURITY_CONTACT": "whoever finds a weakness is not told whom to tell of it.",
    "TIMESTAMP_URL": "no authority stamps when something was on record.",
    "TIME_ZONE": "the day that decides what is in force is that of UTC.",
    "TRUSTED_PROXIES": "nobody is believed to have ended TLS, so every visitor is sent to HTTPS for ever.",
}
HINT = "Set it; docs/reference.md says how. To keep to what it is without, set it to just that."


def check_unset(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return which variables production has been left to guess, each with what follows."""
    unset = getattr(settings, "UNSET_VARIABLES", [])
    return [
        checks.Warning(f"{name} is not set: {WITHOUT[name]}", hint=HINT, id="config.W001") for name in unset
    ]


def check_any_host(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return that the site would answer by whatever name it is asked, and put that into its addresses."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    told = "ALLOWED_HOSTS is *, so the site answers by any name, and others can have it say theirs."
    return [checks.Error(told, hint="Name the hosts that visitors ask for.", id="config.E007")]


def check_hsts(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return that the site asks to be on the browsers' lists, and does not do what they ask for."""
    holds_long = settings.SECURE_HSTS_SECONDS >= A_YEAR
    if not settings.SECURE_HSTS_PRELOAD or (holds_long and settings.SECURE_HSTS_INCLUDE_SUBDOMAINS):
        return []
    told = "HSTS_PRELOAD is on, which takes HSTS_INCLUDE_SUBDOMAINS and HSTS_SECONDS of a year or more."
    hint = "Set HSTS_PRELOAD to 0, or those two to what it takes."
    return [checks.Error(told, hint=hint, id="config.E006")]


def check_metrics(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return that anybody who reaches this machine would be told the metrics."""
    if settings.METRICS_BIND.rpartition(":")[0] not in EVERYWHERE:
        return []
    told = f"METRICS_BIND is {settings.METRICS_BIND}, where everybody may ask who reaches this machine."
    hint = "Name an address of the inner network only."
    return [checks.Warning(told, hint=hint, id="config.W002")]


CHECKS = (check_unset, check_any_host, check_hsts, check_metrics)
