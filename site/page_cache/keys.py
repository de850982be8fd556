"""Under which keys pages are kept."""

from hashlib import blake2b

from django.http import HttpRequest

from .software import fingerprint


def key_of(request: HttpRequest, edition: str) -> str:
    """Return the key of the page that `request` asks for in `edition`, whatever its query.

    A server's own port decides which of Wagtail's sites answers. The host has been checked by now.
    """
    sent = request.META
    host = sent.get("HTTP_HOST") or request.get_host()
    told = f"{fingerprint()} {edition} {request.scheme}://{host} {sent.get('SERVER_PORT')} {request.path}"
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def representation_key(key: str, encoding: str) -> str:
    """Return the key of one representation of the page with the key `key`."""
    return f"{key}:{encoding}"
