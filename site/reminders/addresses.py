"""Addresses of the admin as they stand in mails, which know no request."""

from django.conf import settings
from django.urls import reverse


def whole_address(place: str, *args: object) -> str:
    """Return the whole address of `place`: a path as it is, else the address that is called so."""
    path = place if place.startswith("/") else reverse(place, args=args)
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
