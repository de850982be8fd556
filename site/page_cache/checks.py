"""System checks of the page cache's settings."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

from .conf import ALIAS

WHOLE = ("CACHE_MAX_STALE", "PAGE_CACHE_MEGABYTES")


def check_settings(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:
    """Return what is wrong with the settings of the page cache."""
    return [*_of_the_cache(), *_of_numbers()]


def _of_the_cache() -> list[CheckMessage]:
    if ALIAS in settings.CACHES:
        return []
    return [Error(f"CACHES has no “{ALIAS}”, in which pages are kept.", id="page_cache.E001")]


def _of_numbers() -> list[CheckMessage]:
    return [
        Error(f"{name} is {value!r}; it must be a whole number from 0 on.", id="page_cache.E002")
        for name in WHOLE
        if not isinstance(value := getattr(settings, name, None), int) or value < 0
    ]
