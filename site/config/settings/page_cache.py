"""How public pages are kept; the database's connections too, of which each kept page needs one."""

from typing import Any

from environs import Env

env = Env()

PAGE_CACHE = env.bool("PAGE_CACHE", True)
PAGE_CACHE_MEGABYTES = env.int("PAGE_CACHE_MEGABYTES", 64)  # of each process's memory
CACHE_MAX_STALE = env.int("CACHE_MAX_STALE", 600)  # seconds, while the database cannot be reached


def page_cache(shared: dict[str, Any]) -> dict[str, Any]:
    """Return what CACHES needs to keep pages: `shared` where it is on another machine, else memory."""
    if "redis" in shared["BACKEND"]:
        return {**shared, "KEY_PREFIX": "pages"}
    return {
        "BACKEND": "page_cache.memory.PageMemory",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_BYTES": PAGE_CACHE_MEGABYTES * 1_000_000},
    }
