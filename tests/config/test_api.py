"""Nothing is written through an API: the only one there is is the admin's own, behind its sign-in."""

from collections.abc import Iterator

import pytest
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


@pytest.mark.django_db
def test_the_admins_api_puts_no_older_draft_before_a_newer_one(administrator, eu_home):
    first = eu_home.save_revision()
    newer = eu_home.save_revision()
    address = f"/admin/api/main/pages/{eu_home.pk}/action/revert_to_page_revision/"
    assert administrator.post(address, {"revision_id": first.pk}).status_code == 404
    eu_home.refresh_from_db()
    assert eu_home.latest_revision_id == newer.pk
