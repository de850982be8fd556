"""The page cache's settings; nothing else in the app reads them."""

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache

ALIAS = "pages"


def is_on() -> bool:
    """Say whether pages are kept."""
    return bool(settings.PAGE_CACHE)


def pages() -> BaseCache:
    """Return the cache that holds them."""
    return caches[ALIAS]


def max_stale() -> int:
    """Return for how many seconds pages go out while the database cannot be reached."""
    return int(settings.CACHE_MAX_STALE)


def is_fronted() -> bool:
    """Say whether there is a cache in front of the site that can be told what to drop."""
    return bool(settings.WAGTAILFRONTENDCACHE)


def session_cookie() -> str:
    """Return the name of the cookie that only people who are known have."""
    return settings.SESSION_COOKIE_NAME
