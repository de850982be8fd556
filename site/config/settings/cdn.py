"""The cache in front of the site, which is told what to drop."""

from typing import Any

from environs import Env

env = Env()

BACKENDS = "wagtail.contrib.frontend_cache.backends"


def frontend_caches(cdn: str) -> dict[str, dict[str, Any]]:
    """Return Wagtail's setting for `cdn`, blank for none.

    It is `http://host:port`, `cloudfront:ID` or `cloudflare:ZONE`. Raises ValueError for anything else.
    """
    kind, _colon, name = cdn.partition(":")
    if not cdn:
        return {}
    if kind in ("http", "https"):
        return {"default": {"BACKEND": f"{BACKENDS}.HTTPBackend", "LOCATION": cdn}}
    if kind == "cloudfront" and name:
        return {"default": {"BACKEND": f"{BACKENDS}.CloudfrontBackend", "DISTRIBUTION_ID": name}}
    if kind == "cloudflare" and name:
        token = env.str("CLOUDFLARE_TOKEN")
        ours = "page_cache.cloudflare.WholeZoneBackend"
        return {"default": {"BACKEND": ours, "ZONEID": name, "BEARER_TOKEN": token}}
    raise ValueError(f"CDN is {cdn!r}: neither an address, nor “cloudfront:ID” nor “cloudflare:ZONE”.")


WAGTAILFRONTENDCACHE = frontend_caches(env.str("CDN", ""))
