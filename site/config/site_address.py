"""The site's own address, SITE_URL, and Wagtail's default site, which stands there."""

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import DomainNameValidator, validate_ipv46_address

PORTS = {"http": 80, "https": 443}
LOCAL = "localhost"


class SiteAddress(NamedTuple):
    """Where the site stands: the origin of its addresses, their host, and the port."""

    origin: str
    host: str
    port: int


def read_site_address(url: str) -> SiteAddress:
    """Return what SITE_URL says. Raises ImproperlyConfigured where that is no site's address.

    Wagtail tells HTTPS by its own port, 443, so it stands at no other.
    """
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise ImproperlyConfigured(f"SITE_URL is no address: {url!r} ({error}).") from error
    if scheme not in PORTS or not _is_host(host):
        raise ImproperlyConfigured(f"SITE_URL has to be like https://www.example.com, not {url!r}.")
    if url.rstrip("/") != f"{scheme}://{parts.netloc}" or "@" in parts.netloc:
        raise ImproperlyConfigured(f"SITE_URL has more in it than scheme, host and port: {url!r}.")
    if (scheme == "https") != (port == PORTS["https"]):
        raise ImproperlyConfigured(f"SITE_URL has HTTPS at port 443, and nothing else there: {url!r}.")
    shown_host = f"[{host}]" if ":" in host else host
    shown_port = "" if port == PORTS[scheme] else f":{port}"
    return SiteAddress(f"{scheme}://{shown_host}{shown_port}", host, port)


def _is_host(host: str) -> bool:
    for validate in (DomainNameValidator(accept_idna=False), validate_ipv46_address):
        try:
            validate(host)
        except ValidationError:
            continue
        return True
    return host == LOCAL


def put_default_site(**kwargs: Any) -> None:
    """Have Wagtail's default site stand where SITE_URL says, once the database is migrated."""
    from wagtail.models import Site

    if not settings.SITE_URL:
        return
    _origin, host, port = read_site_address(settings.SITE_URL)
    if Site.objects.filter(hostname=host, port=port).exists():
        return  # it stands there, or another does, which the check tells
    for site in Site.objects.filter(is_default_site=True):
        site.hostname, site.port = host, port
        site.save()
