"""Nothing is written through an API: the only one there is is the admin's own, behind its sign-in."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.views import APIView


def addresses(patterns, above: str = "") -> Iterator[tuple[str, type | None]]:
    """Give each address with the class of its view."""
    for pattern in patterns:
        address = f"{above}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, address)
        elif isinstance(pattern, URLPattern):
            yield address, getattr(pattern.callback, "cls", getattr(pattern.callback, "view_class", None))


def test_every_api_is_the_admins():
    apis = [address for address, view in addresses(get_resolver().url_patterns) if _is_api(view)]
    assert apis
    assert all(address.startswith("admin/api/") for address in apis)


def _is_api(view: type | None) -> bool:
    return view is not None and issubclass(view, APIView)
