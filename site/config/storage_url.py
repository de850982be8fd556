"""Where uploads are kept, as STORAGE_URL names it."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MEDIA_PATH = "/media/"  # where the site hands out pictures itself
EXAMPLE = "s3://KEY:SECRET@storage.example.com/bucket?region=eu-central-1"
OPTIONS = {"region": "region_name", "prefix": "location"}


def read_storage(url: str, name: str = "STORAGE_URL") -> dict[str, Any]:
    """Return what STORAGES needs for `url`: this machine's disk if it is blank, else an S3-compatible bucket.

    Without a host the bucket is Amazon's; without a key the machine has a role there; `tls=0` is for a
    server on an inner network. Raises ImproperlyConfigured.
    """
    if not url:
        return {"BACKEND": "home.storage.UploadStorage"}
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    is_safe = asked.pop("tls", "1") != "0"
    bucket = parts.path.strip("/")
    if parts.scheme != "s3" or not bucket or "/" in bucket or asked.keys() - OPTIONS.keys():
        raise ImproperlyConfigured(f"{name} has to be like {EXAMPLE}, with region, prefix or tls.")
    options = {"bucket_name": bucket, **{OPTIONS[name]: value for name, value in asked.items()}}
    if host := parts.netloc.rpartition("@")[2]:
        options["endpoint_url"] = f"{'https' if is_safe else 'http'}://{host}"
    if parts.username and parts.password:
        options |= {"access_key": unquote(parts.username), "secret_key": unquote(parts.password)}
    return {"BACKEND": "config.object_storage.ObjectStorage", "OPTIONS": options}


def read_anchor_storage(url: str) -> dict[str, Any] | None:
    """Return what STORAGES needs for the write-once place: a bucket, or a folder; None where `url` is blank.

    The bucket itself locks its objects, by a retention of its own. Raises ImproperlyConfigured.
    """
    if not url:
        return None
    if url.startswith("/"):
        return {"BACKEND": "therapies.anchoring.anchor_folder.AnchorFolder", "OPTIONS": {"location": url}}
    return {**read_storage(url, "ANCHOR_STORAGE_URL"), "BACKEND": "config.object_storage.AnchorBucket"}


def read_media_url(url: str) -> str:
    """Return from where visitors get pictures: a path of the site, or a host. Raises ImproperlyConfigured."""
    parts = urlsplit(url)
    is_elsewhere = parts.scheme == "https" and parts.hostname
    if not url.endswith("/") or parts.query or parts.fragment or not (is_elsewhere or url == MEDIA_PATH):
        raise ImproperlyConfigured(
            f"MEDIA_URL has to be {MEDIA_PATH}, or like https://media.example.com/, not {url!r}."
        )
    return url


def media_sources(media_url: str) -> list[str]:
    """Return what the CSP has to allow besides the site itself: the host of `media_url`, if it is another."""
    parts = urlsplit(media_url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
